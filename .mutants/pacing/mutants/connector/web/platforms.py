"""What each platform sends: its proof, its names for events, and where a delivery says which call it is about.

A platform has several names for one event where its own documents disagree. Events before the end of a call are not
among them: there is nothing to fetch yet that the platform's list would not tell.
"""

from __future__ import annotations

from typing import NamedTuple

from connector.web.signatures import InAddress, Proof, Signed

Path = tuple[str, ...]


class Platform(NamedTuple):
    """How to read the deliveries of one platform."""

    proof: Proof
    event: tuple[Path, ...]
    """Where the event's name may stand; the first that is there counts."""
    events: frozenset[str]
    """Events after which a call is worth fetching."""
    call_id: tuple[Path, ...]
    delivery_id: tuple[Path, ...] = ()
    """Where the delivery's own id stands; else the hash of its body is its id."""
    needs_event: bool = True
    """Whether a delivery that names no event is to be ignored."""


# Header and signed content are known from one customer's code, not from KaiCalls' own documents; nor is the body
# documented, which a user may even shape in the dashboard: a delivery that names no call still says that one ended.
KAICALLS = Platform(
    proof=Signed(
        header="X-KaiCalls-Signature",
        prefix="sha256=",
        content="{timestamp}.{body}",
        timestamp_header="X-KaiCalls-Timestamp",
    ),
    event=(("event",), ("event_type",), ("type",)),
    events=frozenset({"call.completed", "call.ended", "lead.captured"}),
    call_id=(("call_id",), ("call", "id"), ("data", "call_id"), ("data", "call", "id")),
    needs_event=False,
)

# docs.klen.ai, webhooks/call-events. `X-Klen-Signature` is sent, and how it is made is nowhere to be read: it is not
# checked, since a guess that happens to fit nothing would refuse everything, and one that is too weak would let
# everybody in. `call.id` is another id than the one that a call's key is made of.
KLEN = Platform(
    proof=InAddress(),
    event=(("event_type",),),
    events=frozenset({"call.ended", "call.failed", "call.transcript", "call.recording", "call.summary"}),
    call_id=(("call", "klen_call_id"),),
)

# docs.krosai.com, webhooks/overview (the signature; no timestamp), webhooks/events, and the OpenAPI document: three
# vocabularies for the same events.
KROSAI = Platform(
    proof=Signed(header="X-Webhook-Signature", prefix="sha256="),
    event=(("event",),),
    events=frozenset(
        {
            "call.ended",
            "call.completed",
            "call.failed",
            "call.recording.completed",
            "call.recording.ready",
            "recording.ready",
            "transcription.completed",
            "transcript.ready",
        }
    ),
    call_id=(("data", "call_id"),),
    delivery_id=(("id",),),
)

PLATFORMS: dict[str, Platform] = {"kaicalls": KAICALLS, "klen": KLEN, "krosai": KROSAI}
"""By the source's name; a platform that is not here documents no deliveries that could be believed."""
