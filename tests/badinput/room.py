"""A room for one bad input: the whole product behind its command line, with both vendors played in this process."""

from __future__ import annotations

import io
import os
import re
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, Self

import httpx
import msgspec

from connector.app import App
from connector.cli.main import run
from connector.model import Entry
from connector.sandbox.faults import Fault
from connector.sandbox.people import ORGANIZATION_ID
from connector.sandbox.site import HUBSPOT_TOKEN, SOURCE_API_KEY, SOURCE_PREFIX, Sandbox
from connector.sandbox.transport import SandboxTransport
from tests.badinput.terms import Seen
from tests.stubs.clock import VirtualClock

HOST = "https://vendor.example.com"
MAPPING = Path(__file__).parents[2] / "mappings" / "reception_ai.yaml"
CALL_ID = "bad"
Answer = Callable[[httpx.Request], httpx.Response]


class Room:
    """Settings as a user sets them, a portal, and a platform with no calls but those that a case puts there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.clock = VirtualClock()
        self.sandbox = Sandbox(now=self.clock.now, calls=0, limits=False, search_lag_seconds=3.0)
        self._source: httpx.BaseTransport = SandboxTransport(self.sandbox)
        self._hubspot: httpx.BaseTransport = self._source
        self.environment: dict[str, str] = {
            "CONNECTOR_SOURCE_API_KEY": SOURCE_API_KEY,
            "CONNECTOR_SOURCE_BASE_URL": HOST + SOURCE_PREFIX,
            "CONNECTOR_HUBSPOT_TOKEN": HUBSPOT_TOKEN,
            "CONNECTOR_HUBSPOT_BASE_URL": HOST,
            "CONNECTOR_MAPPING": str(MAPPING),
            "CONNECTOR_LOG_FORMAT": "text",
        }

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.sandbox.close()

    # --- what a case brings about ---

    def set(self, **settings: str | None) -> None:
        """Change settings by their names in lower case; None takes one away."""
        for name, value in settings.items():
            variable = f"CONNECTOR_{name.upper()}"
            self.environment.pop(variable, None)
            if value is not None:
                self.environment[variable] = value

    def write(self, name: str, content: str | bytes) -> Path:
        """A file in the current folder."""
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def mapping(self, content: str | bytes) -> None:
        """Another mapping file."""
        self.set(mapping=str(self.write("mapping.yaml", content)))

    def platform_says(self, answer: Answer | Exception | bytes) -> None:
        """Answer every request to the platform so. Bytes are the list of calls."""
        self._source = _Saying(_listed(answer) if isinstance(answer, bytes) else answer)

    def hubspot_says(self, answer: Answer | Exception) -> None:
        """Answer every request to HubSpot so."""
        self._hubspot = _Saying(answer)

    def fault(self, side: Any, action: Any, **more: Any) -> None:
        """Disturb the sandbox as its control would."""
        self.sandbox.faults.set([Fault(side=side, action=action, **more)])

    def refuse_properties(self, object_type: str) -> None:
        """Be a portal that takes no property of ours on this type of record."""
        self.sandbox = Sandbox(now=self.clock.now, calls=0, limits=False, custom={object_type: False})
        self._source = self._hubspot = SandboxTransport(self.sandbox)

    def ring(self, call_id: Any = CALL_ID, **fields: Any) -> None:
        """A call that just ended."""
        self.sandbox.history.put(call(self.clock, call_id, **fields))

    # --- what comes of it ---

    def prepare(self) -> None:
        """Have what the connector needs in the portal; the ledger knows nothing of it yet."""
        self.sandbox.restore(_prepared())

    def set_up(self) -> None:
        """Have what the connector needs in the portal, and the portal's facts in the ledger."""
        self.connector("setup", "--json")

    def sync(self) -> Seen:
        """A prepared portal and one sync, ten minutes after the call."""
        self.clock.sleep(600)
        return self.connector("sync", "--json")

    def connector(self, *argv: str) -> Seen:
        """Run one command; what it says is read from its JSON, or from stderr when it prints none."""
        code, out, err = self.printed(*argv)
        if "Traceback" in err:
            return Seen(code, "a traceback", err.strip().splitlines()[-1])
        return self._seen(code, out, err)

    def printed(self, *argv: str) -> tuple[int, str, str]:
        """Run one command: its exit status, what it prints to stdout and what to stderr."""
        with self._inside():
            return _captured(lambda: run(argv, open_app=self._open_app, clock=self.clock))

    def entry(self, call_id: str = CALL_ID) -> Entry:
        """What the ledger says of a call."""
        with self._inside():
            from connector.settings import load_settings

            with self._open_app(load_settings().settings, self.clock) as app:
                return next(each for each in app.calls_list(limit=1000) if each.call_id == call_id)

    def listed(self, *elements: bytes) -> Seen:
        """Sync from a platform whose list holds these elements, as they stand."""
        self.prepare()
        self.platform_says(b"[" + b",".join(elements) + b"]")
        return self.sync()

    def rung(self, call_id: Any = CALL_ID, **fields: Any) -> Seen:
        """Sync one call with these fields, and tell what became of it."""
        self.prepare()
        self.ring(call_id, **fields)
        return self.became(str(call_id))

    def written(self, name: str, call_id: Any = CALL_ID, **fields: Any) -> Seen:
        """Sync one call with these fields, and tell one value of its engagement."""
        seen = self.rung(call_id, **fields)
        (engagement,) = self.sandbox.hubspot.records("calls")
        return Seen(seen.exit_status, seen.code, f"{name}: {engagement.properties.get(name)}")

    def good(self, call_id: Any = "good", **fields: Any) -> bytes:
        """The bytes of a sound call."""
        return msgspec.json.encode(call(self.clock, call_id, **fields))

    def became(self, call_id: str = CALL_ID) -> Seen:
        """Sync, and tell what became of one call."""
        seen = self.sync()
        entry = self.entry(call_id)
        told = f"{entry.state.value}: {entry.decision}{' (' + entry.reason + ')' if entry.reason else ''}"
        notes = "; ".join(entry.notes)
        return Seen(seen.exit_status, entry.code or "–", entry.message or f"{told}{'; ' + notes if notes else ''}")

    @contextmanager
    def _inside(self) -> Iterator[None]:
        """The case's folder and environment, and nothing of the developer's."""
        before, here = dict(os.environ), Path.cwd()
        for name in [name for name in os.environ if name.startswith("CONNECTOR_")]:
            del os.environ[name]
        os.environ.update(self.environment)
        os.chdir(self.folder)
        try:
            yield
        finally:
            os.chdir(here)
            os.environ.clear()
            os.environ.update(before)

    def _open_app(self, settings: Any, clock: Any) -> App:
        return App.from_settings(settings, clock=clock, hubspot_transport=self._hubspot, source_transport=self._source)

    def _seen(self, code: int, out: str, err: str) -> Seen:
        try:
            said = msgspec.json.decode(out)
        except msgspec.DecodeError:
            first = (err or out).strip().splitlines()[0]
            found = re.match(r"(?:error|warning) ([EW]\d{3}) (.*)", first)
            return Seen(code, *((found[1], self._clean(found[2])) if found else ("–", self._clean(first))))
        if "error" in said:
            return Seen(code, said["error"]["code"], self._clean(said["error"]["message"]))
        if said.get("findings"):
            first = said["findings"][0]
            return Seen(code, first["code"], self._clean(first["message"]))
        if said.get("failures"):
            first = said["failures"][0]
            return Seen(code, first["code"], self._clean(first["message"]))
        calls = said.get("calls", {})
        told = ", ".join(f"{count} {what}" for what, count in calls.items() if what != "read" and count)
        return Seen(code, "–", f"{calls.get('read', 0)} read: {told}" if told else "nothing to say")

    def _clean(self, text: str) -> str:
        return text.replace(str(self.folder), "…")


@cache
def _prepared() -> dict[str, Any]:
    """The sandbox after `setup`, kept so that not every case need run it."""
    with tempfile.TemporaryDirectory() as folder, Room(Path(folder).resolve()) as room:
        seen = room.connector("setup", "--json")
        assert seen.exit_status == 0, seen
        return room.sandbox.dump()


def call(clock: VirtualClock, call_id: Any = CALL_ID, **fields: Any) -> dict[str, Any]:
    """A record of the platform."""
    return {
        "id": call_id,
        "organizationId": ORGANIZATION_ID,
        "callerNumber": "+447700900123",
        "callerName": "Ada Fern",
        "callType": "new_enquiry",
        "outcome": "lead_captured",
        "duration": 60,
        "summary": "Asked for a quote.",
        "transcript": None,
        "recordingUrl": None,
        "leadData": {"name": "Ada Fern", "email": "ada.fern@example.com"},
        "createdAt": clock.now().isoformat().replace("+00:00", "Z"),
        **fields,
    }


class _Saying(httpx.BaseTransport):
    def __init__(self, answer: Answer | Exception) -> None:
        self._answer = answer

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        if isinstance(self._answer, Exception):
            raise self._answer
        return self._answer(request)


def _listed(body: bytes) -> Answer:
    return lambda request: httpx.Response(200, headers={"Content-Type": "application/json"}, content=body)


def says(status: int, body: bytes = b"", **headers: str) -> Answer:
    """The same answer to every request; `_` in a header's name stands for `-`."""
    named = {"Content-Type": "application/json", **{name.replace("_", "-"): value for name, value in headers.items()}}
    return lambda request: httpx.Response(status, headers=named, content=body)


def whole(body: bytes) -> Callable[[Room], Seen]:
    """Sync from a platform that answers with these bytes for its list."""

    def do(room: Room) -> Seen:
        room.prepare()
        room.platform_says(body)
        return room.sync()

    return do


def changed(old: bytes, new: bytes) -> Callable[[Room], Seen]:
    """A call with some bytes changed, before a sound one."""

    def do(room: Room) -> Seen:
        bad = room.good(CALL_ID)
        assert old in bad
        return room.listed(bad.replace(old, new), room.good())

    return do


def _captured(command: Callable[[], int]) -> tuple[int, str, str]:
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _ in range(2))
    before = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = out, err
    try:
        code = command()
    finally:
        sys.stdout, sys.stderr = before
    return code, _text(out), _text(err)


def _text(stream: io.TextIOWrapper) -> str:
    buffer = stream.buffer
    assert isinstance(buffer, io.BytesIO)
    return buffer.getvalue().decode()
