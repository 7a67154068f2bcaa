"""HubSpot's answer to one request is lost, cut, or not what it should be; the request took effect, or it did not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.faults.limits import CREATING, READING
from tests.faults.stage import Stage
from tests.faults.terms import Fault

PEOPLE = "contacts/batch/create"
TASKS = "tasks/batch/create"
CHANGING = "calls/batch/update"
LOOKING = "calls/batch/read"
SEARCHING = "contacts/search"
Strike = Callable[[Stage], object]
TRACES = ("objectWriteTraceId",)
PAGE: dict[str, Any] = {"headers": {"Content-Type": "text/html"}, "body": "<html>Log in</html>"}


def hubspot(action: str, path: str, **more: Any) -> Strike:
    return lambda stage: stage.fault("hubspot", action, path=path, **more)


def before_and_after(
    fault: str, action: str, path: str, doing: str, *, step: str = "unique", **more: Any
) -> tuple[Fault, ...]:
    """The same fault before the request took effect, and after it did."""
    return tuple(
        Fault(fault, f"{doing}, {when} the commit{_words(step)}", hubspot(action, path, when=when, **more), step=step)
        for when in ("before", "after")
    )


def _words(step: str) -> str:
    return "" if step == "unique" else ", no unique keys"


READS = (
    Fault("no answer in time", "reading", hubspot("stall", READING)),
    Fault("the connection is reset", "searching", hubspot("drop", SEARCHING)),
    Fault("500", "searching", hubspot("status", SEARCHING)),
    Fault("the answer is cut", "reading", hubspot("truncate", READING, at=20)),
    Fault("200 with `{}`", "searching", hubspot("body", SEARCHING, body={})),
    Fault("a web page, and 200", "reading", hubspot("body", READING, **PAGE)),
    Fault("a web page, and 404", "reading", hubspot("refuse", READING, status=404)),
    Fault("a call is left out, and not said to be missing", "reading", hubspot("omit", LOOKING, when="after")),
    Fault("the same, each time", "reading", hubspot("omit", LOOKING, when="after", times=0)),
    Fault("a call is not looked for", "reading", hubspot("omit", LOOKING)),
    Fault("all contacts are left out", "reading", hubspot("omit", "contacts/batch/read", when="after", count=0)),
    Fault("a web page, and 200, for hours", "everywhere", hubspot("body", "/crm/", times=0, **PAGE)),
)

WRITES = (
    *before_and_after("no answer in time", "stall", CREATING, "creating calls"),
    *before_and_after("no answer in time", "stall", PEOPLE, "creating contacts"),
    *before_and_after("no answer in time", "stall", CHANGING, "changing calls"),
    *before_and_after("the connection is reset", "drop", CREATING, "creating calls"),
    *before_and_after("the connection is reset", "drop", TASKS, "creating tasks"),
    *before_and_after("502", "status", CREATING, "creating calls", status=502),
    *before_and_after("502", "status", PEOPLE, "creating contacts", status=502),
    *before_and_after("503", "status", TASKS, "creating tasks", status=503),
    *before_and_after("524", "status", CREATING, "creating calls", status=524),
    *before_and_after("a web page, and 200", "body", CREATING, "creating calls", **PAGE),
    *before_and_after("200 with `{}`", "body", CREATING, "creating calls", body={}),
    *before_and_after("an input in neither list of a 207", "omit", CREATING, "creating calls"),
    *before_and_after("an input in neither list of a 207", "omit", PEOPLE, "creating contacts"),
    Fault("the answer is cut", "creating calls, after the commit", hubspot("truncate", CREATING, at=20)),
    Fault("the answer is reset midway", "creating contacts, after the commit", hubspot("reset", PEOPLE, at=20)),
    Fault("a chunk without a length", "creating calls, after the commit", hubspot("bad_chunks", CREATING)),
    Fault("the answer in UTF-16", "creating calls, after the commit", hubspot("recode", CREATING)),
    Fault(
        "no trace ids", "creating calls, after the commit", hubspot("strip", CREATING, fields=["objectWriteTraceId"])
    ),
    Fault("the request arrives twice", "creating calls, after the commit", hubspot("twice", CREATING)),
    Fault("the request arrives twice", "creating contacts, after the commit", hubspot("twice", PEOPLE)),
    Fault("502, each time", "creating calls, before the commit", hubspot("status", CREATING, status=502, times=0)),
    Fault("500 for one of the calls, each time", "creating it", hubspot("status", CREATING, contains="new1", times=0)),
)

WITHOUT_UNIQUE_KEYS = (
    *before_and_after("no answer in time", "stall", CREATING, "creating calls", step="plain"),
    *before_and_after("502", "status", TASKS, "creating tasks", step="plain", status=502),
    *before_and_after("the connection is reset", "drop", PEOPLE, "creating contacts", step="plain"),
    *before_and_after("an input in neither list of a 207", "omit", CREATING, "creating calls", step="plain"),
)
