"""Takes everything out of a recording that is not allowed to stay, and puts invented values in its place.

Equal originals get equal replacements, within sentences and addresses too, and ids keep their order: what the
connector reads from one answer and asks for next fits the recording of that next request.
"""

from __future__ import annotations

import json
import re
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from msgspec import Struct

from tests.record import allowed

LIST_ELEMENTS_MAX = 12
"""Of a platform's whole history the newest calls are kept."""
NOTHING_OF_IT = "(not JSON: left out of the recording)"

_EMAIL = re.compile(r"[\w.+%'-]+@[\w.-]+")
_PHONE = re.compile(r"\+?[\d\s().-]{7,24}")
_TOKEN = re.compile(r"[\w.+%'-]+@[\w.-]+|\+\d{7,15}|[\w-]+")


class UnknownRequestError(Exception):
    """A request holds something that is not known to be harmless: nothing of the recording is written."""


class Sent(Struct, frozen=True):
    """One exchange as it travelled, or as it may be kept."""

    method: str
    uri: str
    request_headers: Mapping[str, str]
    request_body: bytes
    status: int
    reason: str
    response_headers: Mapping[str, Sequence[str]]
    response_body: bytes


def scrub(exchanges: Sequence[Sent], *, places: Mapping[str, str], ours: Iterable[str], tag: str) -> list[Sent]:
    """The exchanges as they may be kept.

    `places` maps the addresses recorded from to those that the cassette shall name; `ours` are the invented values that
    the scene itself sends, in which `tag` stands for what made them new in this recording.
    """
    inventions = _Inventions()
    scrubber = _Scrubber(inventions, places=places, ours=frozenset(ours), tag=tag)
    for exchange in exchanges:
        scrubber.exchange(exchange)
    inventions.settle()
    return [scrubber.exchange(exchange) for exchange in exchanges]


TAG = "r0000000"
"""What a recording's own tag becomes."""


class _Inventions:
    """First collects originals, then has a replacement for each."""

    def __init__(self) -> None:
        self._seen: dict[str, set[str]] = defaultdict(set)
        self._made: dict[tuple[str, str], str] = {}
        self._is_settled = False

    def of(self, kind: str, original: str) -> str:
        if not self._is_settled:
            self._seen[kind].add(original)
            return original
        return self._made[kind, original]

    def known_id(self, original: str) -> bool:
        return original in self._seen["id"]

    def settle(self) -> None:
        for kind, originals in self._seen.items():
            # By length first: ids that are numbers keep their order both as numbers and as texts.
            for number, original in enumerate(sorted(originals, key=lambda text: (len(text), text)), start=1):
                self._made[kind, original] = _MAKE[kind](number)
        self._is_settled = True


def _phone(number: int) -> str:
    if number > 99:
        raise UnknownRequestError("more numbers than the fictional range has: record an account with fewer calls")
    return f"+4477009008{number:02d}"


_MAKE: dict[str, Callable[[int], str]] = {
    "email": lambda number: f"person{number}@example.com",
    "field": lambda number: f"field_{number}",
    "id": lambda number: str(100_000 + number),
    "text id": lambda number: f"id-{number:04d}",
    "name": lambda number: f"Name{number}",
    "phone": _phone,
    "text": lambda number: f"Text {number}.",
    "url": lambda number: f"https://example.com/{number}",
    "word": lambda number: f"word{number}",
}


class _Scrubber:
    def __init__(self, inventions: _Inventions, *, places: Mapping[str, str], ours: frozenset[str], tag: str) -> None:
        self._inventions = inventions
        self._places = places
        self._ours = ours
        self._tag = tag

    def exchange(self, sent: Sent) -> Sent:
        request_type = sent.request_headers.get("content-type", "")
        body = sent.request_body
        return Sent(
            sent.method,
            self._uri(sent.uri),
            {name: value for name, value in sent.request_headers.items() if name in allowed.REQUEST_HEADERS},
            self._json(body, request_type, is_answer=False) if body else b"",
            sent.status,
            sent.reason,
            {name: list(values) for name, values in sent.response_headers.items() if name in allowed.RESPONSE_HEADERS},
            self._json(_decoded(sent), (sent.response_headers.get("content-type") or [""])[0], is_answer=True),
        )

    # --- addresses ---

    def _uri(self, uri: str) -> str:
        for recorded, named in self._places.items():
            if uri.startswith(recorded):
                split = urlsplit(uri.removeprefix(recorded))
                path = "/".join(self._segment(segment) for segment in split.path.split("/"))
                query = urlencode([(name, self._parameter(name, value)) for name, value in parse_qsl(split.query)])
                return f"{named}{path}{'?' + query if query else ''}"
        raise UnknownRequestError("a request went to an address that is neither HubSpot's nor the platform's")

    def _segment(self, segment: str) -> str:
        text = unquote(segment)
        if not text or allowed.is_path_word(text):
            return segment
        return quote(self._text("id", text), safe="")

    def _parameter(self, name: str, value: str) -> str:
        if name == "properties":
            return ",".join(self._text("properties", each) for each in value.split(","))
        if name == "after":
            return self._text("after", value)
        pattern = allowed.QUERY.get(name)
        if pattern is None or not pattern.fullmatch(value):
            raise UnknownRequestError("a request has a query parameter that the recorder does not know")
        return value

    # --- bodies ---

    def _json(self, body: bytes, content_type: str, *, is_answer: bool) -> bytes:
        if not body:
            return b""
        try:
            value = json.loads(body) if "json" in content_type else NOTHING_OF_IT
        except ValueError:
            value = NOTHING_OF_IT
        if value == NOTHING_OF_IT:
            return NOTHING_OF_IT.encode()
        return json.dumps(self._value("", _cut(value) if is_answer else value), ensure_ascii=False).encode()

    def _value(self, name: str, value: Any) -> Any:
        match value:
            case None | bool():
                return value
            case dict():
                return {self._key(key): self._value(key, each) for key, each in value.items()}
            case list():
                return [self._value(name, each) for each in value]
            case int() | float():
                return value if name in allowed.NUMBERS else int(self._inventions.of("id", str(int(value))))
            case str():
                return self._text(name, value)
        raise UnknownRequestError("a body holds what JSON cannot hold")

    def _key(self, key: str) -> str:
        return key if key in allowed.KEYS or key in self._ours else self._inventions.of("field", key)

    # --- texts ---

    def _text(self, name: str, text: str) -> str:
        untagged = text.replace(self._tag, TAG)
        if not text or untagged in self._ours:
            return untagged
        if any(test(text) for test in allowed.KEPT.get(name, ())):
            return text
        if name in allowed.SAID:
            return _TOKEN.sub(lambda match: self._token(match[0]), text)
        return self._inventions.of(_kind(name, text), text)

    def _token(self, token: str) -> str:
        """One word of a sentence."""
        untagged = token.replace(self._tag, TAG)
        if untagged in self._ours or token.lower() in allowed.WORDS or token in allowed.PUBLISHED:
            return untagged
        if self._inventions.known_id(token) or (token.isdecimal() and len(token) > 3):
            return self._inventions.of("id", token)
        if token.isdecimal():
            return token
        if _EMAIL.fullmatch(token):
            return self._inventions.of("email", token)
        return self._inventions.of("phone" if token.startswith("+") else "word", token)


def _kind(name: str, text: str) -> str:
    """What the text stands for, so that its replacement can be taken for the same."""
    if _EMAIL.fullmatch(text):
        return "email"
    if name in allowed.PHONES:
        return "phone"
    if text.isdecimal():
        return "id"
    if _PHONE.fullmatch(text):
        return "phone"
    if text.startswith(("https://", "http://")):
        return "url"
    if name in allowed.NAMES:
        return "name"
    return "text id" if re.fullmatch(r"[\w:#%.-]{1,200}", text) else "text"


def _cut(value: Any) -> Any:
    """The history to its newest calls, and a portal's properties to those that matter."""
    if isinstance(value, list):
        return value[:LIST_ELEMENTS_MAX]
    results = value.get("results") if isinstance(value, dict) else None
    if isinstance(results, list) and all(isinstance(each, dict) and "fieldType" in each for each in results):
        ours = [each for each in results if _is_wanted(str(each.get("name")))]
        return {**value, "results": ours}
    return value


def _is_wanted(name: str) -> bool:
    return name in allowed.DEFINITIONS or (name.startswith("call_connector_") and name in allowed.PUBLISHED)


def _decoded(sent: Sent) -> bytes:
    encoding = (sent.response_headers.get("content-encoding") or [""])[0]
    if encoding in ("gzip", "deflate"):
        return zlib.decompress(sent.response_body, zlib.MAX_WBITS | 32)
    return sent.response_body
