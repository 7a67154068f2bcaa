"""Cassettes: recorded through the connector's own transport, scrubbed before a byte of them reaches the disk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import vcr
import yaml
from msgspec import Struct
from vcr.persisters.filesystem import FilesystemPersister
from vcr.request import Request
from vcr.serialize import serialize

from tests.record.scrub import Sent, scrub

FOLDER = Path(__file__).parents[1] / "cassettes"
MATCH_ON = ("method", "scheme", "host", "port", "path", "query", "body")


class Recorded(Struct, frozen=True):
    """What stands at the head of a cassette."""

    against: str
    """`the sandbox` or `the live API`."""
    on: str

    @property
    def note(self) -> str:
        if self.against == "the sandbox":
            return f"recorded against the sandbox on {self.on}, not the live API"
        return f"recorded against the live API on {self.on}; people, texts, ids and keys were replaced"


@contextmanager
def recording(
    path: Path, *, recorded: Recorded, places: Mapping[str, str], ours: Iterable[str], tag: str
) -> Iterator[None]:
    """Everything that our transport sends meanwhile becomes this cassette, unless something goes wrong."""
    tape = _tape(_Head(recorded.note))
    tape.register_persister(_Scrubbing(places, ours, tag))
    path.unlink(missing_ok=True)
    with tape.use_cassette(str(path), record_mode="all", record_on_exception=False):
        yield


@contextmanager
def replaying(path: Path) -> Iterator[Any]:
    """Nothing is sent: what this cassette does not hold raises vcrpy's CannotOverwriteExistingCassetteException."""
    with _tape(_Head("")).use_cassette(str(path), record_mode="none", match_on=MATCH_ON) as cassette:
        yield cassette


def note_of(path: Path) -> str:
    """The head of a cassette."""
    head = yaml.safe_load(path.read_text(encoding="utf-8"))["recorded"]
    assert isinstance(head, str)
    return head


def _tape(head: _Head) -> Any:
    tape = vcr.VCR(serializer="headed")
    tape.register_serializer("headed", head)
    return tape


class _Head:
    """YAML that says first of all what was recorded."""

    def __init__(self, note: str) -> None:
        self._note = note

    def serialize(self, cassette: dict[str, Any]) -> str:
        return yaml.safe_dump({"recorded": self._note, **cassette}, sort_keys=False, allow_unicode=True, width=110)

    def deserialize(self, text: str) -> Any:
        return yaml.safe_load(text)


class _Scrubbing(FilesystemPersister):  # type: ignore[misc] # vcrpy has no types
    """The only thing that writes a recording, and it knows no way to write one as it came."""

    def __init__(self, places: Mapping[str, str], ours: Iterable[str], tag: str) -> None:
        self._places = places
        self._ours = frozenset(ours)
        self._tag = tag

    def save_cassette(self, path: str, cassette: Mapping[str, Any], serializer: Any) -> None:
        pairs = zip(cassette["requests"], cassette["responses"], strict=True)
        kept = scrub([_sent(*pair) for pair in pairs], places=self._places, ours=self._ours, tag=self._tag)
        text = serialize(
            {"requests": [_request(each) for each in kept], "responses": [_response(each) for each in kept]}, serializer
        )
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        Path(path).write_text(text, encoding="utf-8")


def _sent(request: Any, response: Mapping[str, Any]) -> Sent:
    return Sent(
        request.method,
        request.uri,
        {name.lower(): value for name, value in request.headers.items()},
        request.body or b"",
        response["status"]["code"],
        response["status"]["message"],
        {name.lower(): values for name, values in response["headers"].items()},
        response["body"]["string"],
    )


def _request(kept: Sent) -> Any:
    return Request(kept.method, kept.uri, kept.request_body, dict(kept.request_headers))


def _response(kept: Sent) -> dict[str, Any]:
    return {
        "status": {"code": kept.status, "message": kept.reason},
        "headers": dict(kept.response_headers),
        "body": {"string": kept.response_body},
    }
