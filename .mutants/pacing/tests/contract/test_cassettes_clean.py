"""No cassette holds a secret or a person. A second look that shares nothing with the scrubber."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

FOLDER = Path(__file__).parents[1] / "cassettes"
CASSETTES = sorted(FOLDER.rglob("*.yaml"))

SECRETS = re.compile(
    r"authorization|bearer|x-api-key|api[-_]?key=|set-cookie|\bpat-|krai_|\bsk-|\beyJ|-----BEGIN|password",
    re.IGNORECASE,
)
OPAQUE = re.compile(r"(?=[\w+=-]*\d)(?=[\w+=-]*[A-Za-z])[\w+=-]{16,}")
"""Long, of letters and digits: as keys, hashes and ids are."""
SCENE_KEY = re.compile(r"cassette-r0000000-[a-z]+-[a-z]+")
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
DISPOSITIONS = (
    "9d9162e7-6cf3-4944-bf63-4dff82258764",
    "f240bbac-87c9-4f6e-bf70-924b57d47db7",
    "a4c4c377-d246-4b32-a13b-75a56a4cd0ff",
    "b2cf5968-551e-4856-9783-52b3da59a7d0",
    "73a0d17f-1163-4015-bdd5-ec830791da20",
    "17b47fee-58de-441e-a44c-c6300d46f273",
)
"""HubSpot's own, the same in every portal."""
EMAIL = re.compile(r"[\w.+%'-]+@[\w.-]+")
INSTANT = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?")
DIGITS = re.compile(r"\+?\d[\d .()-]{6,}\d")
FICTIONAL = re.compile(r"(\+?44|0)?7700900\d{3}|(\+?44|0)?2079460\d{3}|(\+?1)?\d{3}55501\d{2}")
INVENTED_ID = re.compile(r"\b(100\d{3}|999999999999)\b")
NAME_FIELDS = frozenset({"firstname", "lastname", "firstName", "lastName", "callerName", "company"})
PERSON = re.compile(r"Name\d+|Ada|Ben|Cleo|Dora|Eve|Fern|Frond")
HOSTS = frozenset({"api.hubapi.com", "voiceapi.klarnow.ai", "example.com", "app.hubspot.com", "app-eu1.hubspot.com"})


def faults(text: str) -> Iterator[str]:
    """What in this text should not be in a cassette."""
    yield from (f"a secret: {match[0]}" for match in SECRETS.finditer(text))
    yield from (f"an address: {each}" for each in EMAIL.findall(text) if not _is_example(each))
    undated = INSTANT.sub(" ", UUID.sub(_without_dispositions, text))
    tokens = OPAQUE.findall(SCENE_KEY.sub(" ", undated))
    yield from (f"a token: {each}" for each in tokens)
    numbers = (re.sub(r"[ .()-]", "", match[0]) for match in DIGITS.finditer(INVENTED_ID.sub("x", undated)))
    yield from (f"a number: {each}" for each in numbers if not FICTIONAL.fullmatch(each))
    hosts = re.findall(r"https?://([^/\s\"'\\]+)", text)
    yield from (f"a host: {host}" for host in hosts if host not in HOSTS)


def _is_example(address: str) -> bool:
    return address.rstrip(".").endswith(("@example.com", "@example.org"))


def _without_dispositions(match: re.Match[str]) -> str:
    return " " if match[0] in DISPOSITIONS else match[0]


def texts_of(path: Path) -> Iterator[tuple[str, str]]:
    """Every text of a cassette with the field it stands in; bodies are opened."""
    cassette = yaml.safe_load(path.read_text(encoding="utf-8"))
    for interaction in cassette["interactions"]:
        request, response = interaction["request"], interaction["response"]
        yield "uri", request["uri"]
        for headers in (request["headers"], response["headers"]):
            yield from ((name, value) for name, values in headers.items() for value in [name, *values])
        for body in (request["body"], response["body"]["string"]):
            yield from _leaves("", json.loads(body)) if body[:1] in ("{", "[") else [("", body)]


def _leaves(name: str, value: Any) -> Iterator[tuple[str, str]]:
    match value:
        case dict():
            for key, each in value.items():
                yield "a name of a field", key
                yield from _leaves(key, each)
        case list():
            for each in value:
                yield from _leaves(name, each)
        case None | bool():
            return
        case _:
            yield name, str(value)


def test_there_are_cassettes():
    assert len(CASSETTES) >= 15


@pytest.mark.parametrize("path", CASSETTES, ids=lambda path: str(path.relative_to(FOLDER)))
def test_a_cassette_holds_no_secret_and_nobody(path):
    for name, text in texts_of(path):
        assert list(faults(text)) == [], f"in {name}"
        assert name not in NAME_FIELDS or PERSON.fullmatch(text), f"{name} holds {text}"


@pytest.mark.parametrize("path", CASSETTES, ids=lambda path: str(path.relative_to(FOLDER)))
def test_no_text_of_the_file_looks_like_a_secret(path):
    """The whole file as it is, in case something stands where no body or header is."""
    text = path.read_text(encoding="utf-8")
    assert SECRETS.findall(text) == []
    assert [each for each in EMAIL.findall(text) if not _is_example(each)] == []


PLANTED = {
    "a service key": "pat-na1-11111111-2222-3333-4444-555555555555",
    "a platform's key": "krai_abc",
    "a header": "Authorization: Basic Zm9v",
    "a signed token": "eyJhbGciOiJIUzI1NiJ9.e30.abc",
    "an opaque token": "AbC123dEf456GhI789jKl012",
    "a hash": "9b74c9897bac770ffc029102a200c5de",
    "somebody's number": "+442083661177",
    "a national number": "(202) 456-1111",
    "an address": "jane.doe@gmail.com",
    "a spoken address": "write to jane.doe@corp.co.uk please",
    "a portal's id": "portalId=62515001",
    "another host": "https://files.acme.test/rec.mp3",
}


@pytest.mark.parametrize("text", PLANTED.values(), ids=PLANTED)
def test_what_must_not_be_there_would_be_found(text):
    assert list(faults(text))
