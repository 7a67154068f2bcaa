"""What applying a mapping costs: `python tests/bench/bench_mapping.py`. Best of several; compare ratios only."""

from __future__ import annotations

import json
import sys
import tempfile
import time
import timeit
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from connector.mapping.compile import CompiledMapping, compile_mapping
from connector.mapping.load import load_mapping
from connector.model import Call, CallKey

SHIPPED = Path(__file__).resolve().parents[2] / "mappings" / "reception_ai.yaml"
MORE = ("id", "organizationId", "callerName", "callType", "outcome", "duration", "createdAt", "leadData.name")
END = datetime(2026, 4, 22, 10, 14, 7, tzinfo=UTC)
ROUNDS, TIMES = 15, 2_000


def main() -> None:
    mapping, call = _mapping(), _call()
    view = mapping.view(call)
    known = view.with_contact({"id": "1", "name": "Jane Doe", "known": False})
    count = len(mapping.call(known).wishes)
    _say("json.dumps of two values, for comparison", lambda: json.dumps({"a": 1, "b": "x"}))
    _say(f"one engagement of {count} properties, body included", lambda: mapping.call(known))
    _say("reading the caller", lambda: mapping.view(call))
    _say("the fingerprint", lambda: mapping.fingerprint(call))
    _say("the rules", lambda: mapping.ruling(view))
    _say("the contact", lambda: mapping.contact(view))
    _say("the task", lambda: mapping.records(known))
    _say("loading and compiling the file", _mapping, times=5)


def _mapping() -> CompiledMapping:
    """The shipped mapping with so many properties more that an engagement has twenty."""
    more = "".join(
        f"    custom_{at}: {{from: {path}}}\n" for at, path in enumerate((*MORE, "leadData.email", "call.id"))
    )
    text = SHIPPED.read_text().replace("    hs_call_disposition:", f"{more}    hs_call_disposition:")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "mapping.yaml"
        path.write_text(text)
        return compile_mapping(load_mapping(path))


def _call() -> Call:
    summary = "Asks about <b>delivery</b> & so on. " * 6
    payload = {
        "id": "c1",
        "organizationId": "org",
        "callerNumber": "+447700900123",
        "callerName": "Jane Doe",
        "callType": "new_enquiry",
        "outcome": "lead_captured",
        "duration": 60,
        "summary": summary,
        "leadData": {"name": "Jane Doe", "email": "jane@example.com", "note": "50 units"},
        "createdAt": "2026-04-22T10:14:07Z",
    }
    return Call(
        key=CallKey("reception_ai", "org", "c1"),
        started_at=END - timedelta(seconds=60),
        ended_at=END,
        duration_seconds=60,
        summary=summary,
        payload=payload,
    )


def _say(what: str, work: Callable[[], object], times: int = TIMES) -> None:
    seconds = min(timeit.repeat(work, number=times, repeat=ROUNDS, timer=time.process_time)) / times
    sys.stdout.write(f"{what:55} {seconds * 1e6:10.1f} µs\n")


if __name__ == "__main__":
    main()
