"""Where each awkward call stands among the first sixty, and the platform's record of it.

`edge_index(name)` finds one by what is awkward about it.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random
from typing import Any

from connector.sandbox import phrases
from connector.sandbox.edge_calls import EDGES, NEXT_MORNING, Edge
from connector.sandbox.people import ORGANIZATION_ID, conversation, recording_url, timestamp

FIRST_CALLS = 60
"""All edges are among so many first calls; the others of them are ordinary."""


def _slots() -> tuple[Edge | None, ...]:
    """The first calls in order, with the ordinary ones (None) spread among the edges."""
    slots: list[Edge | None] = []
    ordinary_left = FIRST_CALLS - len(EDGES)
    for done, edge in enumerate(EDGES):
        due = ordinary_left * done // len(EDGES)
        if not edge.a_second_after_previous and slots.count(None) < due:
            slots.append(None)
        slots.append(edge)
    return (*slots, *[None] * (FIRST_CALLS - len(slots)))


SLOTS = _slots()
_ORDINALS = tuple(SLOTS[:index].count(None) for index in range(FIRST_CALLS))
_BY_NAME = {name: index for index, edge in enumerate(SLOTS) if edge is not None for name in edge.names}


def edge_names() -> tuple[str, ...]:
    """Every name of an edge."""
    return tuple(_BY_NAME)


def edge_index(name: str) -> int:
    """The index of the call that shows this. Raises KeyError for an unknown name."""
    return _BY_NAME[name]


def edge_at(index: int) -> Edge | None:
    """The edge that the call of this index shows, None for an ordinary call."""
    return SLOTS[index] if index < FIRST_CALLS else None


def ordinal(index: int) -> int:
    """How many ordinary calls come before this index."""
    return _ORDINALS[index] if index < FIRST_CALLS else index - len(EDGES)


def edge_call(seed: int, edge: Edge, call_id: str, ended_at: datetime) -> dict[str, Any]:
    """The platform's record of an awkward call."""
    luck = Random(f"{seed} {edge.names[0]}")
    topic = luck.choice(phrases.TOPICS)
    call = {
        "id": call_id,
        "organizationId": ORGANIZATION_ID,
        "duration": luck.randrange(45, 300),
        "transcript": conversation(luck, topic.opening, topic.details, None),
        "recordingUrl": recording_url(call_id, ended_at),
        **edge.fields,
        "createdAt": timestamp(ended_at),
    }
    lead = call["leadData"]
    if lead and lead.get("callbackTime") == NEXT_MORNING:
        morning = (ended_at + timedelta(days=1)).replace(hour=9, minute=30, second=0, microsecond=0)
        call["leadData"] = {**lead, "callbackTime": timestamp(morning)}
    return call
