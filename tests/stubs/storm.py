"""Weather for a whole run: every fault that leaves portal and platform as they are, at random by a seed."""

from __future__ import annotations

from random import Random
from typing import Any

from connector.sandbox.faults import Fault

BATCHES = r"/batch/(create|update|associate)"
BATCH_READS = r"/objects/\w+/batch/read"
ALL_BUT_AGENTS = "(?<!/kaicalls/agents)$"
"""Where KaiCalls' agents cannot be had, its calls are carried without their line, for good: docs/platforms.md."""
IN_PLACE: tuple[dict[str, Any], ...] = (
    *({"action": "status", "status": status, "body": {}} for status in (500, 502, 503, 504, 521, 522, 523, 524)),
    {"action": "drop"},
    {"action": "stall", "seconds": 90},
    {"action": "body", "headers": {"Content-Type": "text/html"}, "body": "<html>Log in</html>"},
    {"action": "body"},
    {"action": "status", "status": 204},
    {"action": "body", "body": {"status": "error", "message": "no"}},
    {"action": "body", "body": {}},
    {"action": "body", "body": '{"results": ['},
)
ON_THE_WAY: tuple[dict[str, Any], ...] = (
    {"action": "truncate", "at": 30},
    {"action": "reset", "at": 0},
    {"action": "slow_headers", "seconds": 90},
    {"action": "wrong_length", "count": 3},
    {"action": "wrong_length", "count": -3},
    {"action": "bad_chunks"},
    {"action": "interim", "count": 3},
    {"action": "interim", "count": 0},
    {"action": "endless"},
    {"action": "recode", "charset": "utf-16"},
    {"action": "recode", "charset": "utf-8-sig"},
)
CREATED_TWICE: dict[str, Any] = {"side": "hubspot", "action": "twice", "path": "/batch/create"}
"""A gateway carries the request out twice: only a portal that refuses the second key helps against that."""
OF_HUBSPOT: tuple[dict[str, Any], ...] = (
    {"action": "refuse", "policy": "TEN_SECONDLY_ROLLING"},
    {"action": "refuse", "policy": "SECONDLY"},
    {"action": "refuse", "policy": "bare"},
    {"action": "refuse", "policy": "bare", "retry_after": "2.5"},
    {"action": "refuse", "policy": "DAILY"},
    {"action": "refuse", "status": 401},
    {"action": "refuse", "status": 423},
    {"action": "refuse", "status": 477, "retry_after": "20"},
    {"action": "refuse", "status": 477, "retry_after": "7200"},
    {"action": "omit", "path": BATCHES},
    {"action": "omit", "path": BATCHES, "when": "after"},
    {"action": "omit", "path": BATCHES, "count": 0},
    {"action": "omit", "path": BATCHES, "count": 0, "when": "after"},
    {"action": "omit", "path": BATCH_READS},
    {"action": "omit", "path": BATCH_READS, "when": "after"},
    {"action": "omit", "path": BATCH_READS, "count": 0},
    {"action": "omit", "path": BATCH_READS, "count": 0, "when": "after"},
    {"action": "strip", "fields": ("objectWriteTraceId",)},
    CREATED_TWICE,
    {"action": "twice", "path": "/batch/(update|associate)"},
    {"action": "stall", "path": BATCHES, "seconds": 90, "when": "after"},
    {"action": "status", "status": 502, "path": BATCHES, "when": "after", "body": {}},
    {"action": "drop", "path": BATCHES, "when": "after"},
)
OF_PLATFORM: tuple[dict[str, Any], ...] = (
    {"action": "status", "status": 429, "headers": {"Retry-After": "1.5"}, "body": {"error": "slow down"}},
    {"action": "status", "status": 429, "body": {}},
)
KINDS = tuple({"side": "hubspot", **kind} for kind in (*IN_PLACE, *ON_THE_WAY, *OF_HUBSPOT)) + tuple(
    {"side": "source", "path": ALL_BUT_AGENTS, **kind} for kind in (*IN_PLACE, *ON_THE_WAY, *OF_PLATFORM)
)


def storm(seed: int, step: str) -> list[Fault]:
    """So many kinds of fault at once as a bad day has, each with a chance of its own; the same for the same seed.

    `step` is one of `STEPS`: what the portal takes of our keys.
    """
    kinds = KINDS if step == "unique" else [kind for kind in KINDS if kind != CREATED_TWICE]
    random = Random(seed)
    wind = random.choice((0.02, 0.05, 0.15))
    chosen = random.sample(kinds, random.randint(4, 24))
    return [Fault(**{**kind, "times": 0, "chance": wind, "seed": random.getrandbits(32)}) for kind in chosen]
