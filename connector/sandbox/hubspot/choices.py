"""What HubSpot does where neither documents nor recordings tell: one guess each, and the other one on request."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct


class Choices(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The guesses of this portal. A connector must come out right with either value of each."""

    merge_keeps_primary_id: bool = False
    """A merged contact keeps the winner's id (HubSpot's beta) instead of getting a new one."""
    merged_ids_resolve: bool = False
    """An id that was merged away still finds the contact that it became; otherwise it is unknown."""
    secondary_email_resolves: bool = True
    """Reading or upserting by e-mail finds the contact that owns the address as a secondary one."""
    echo_trace_ids: bool = True
    """Results of a batch carry the `objectWriteTraceId` of their input."""
    archived_keeps_unique: bool = True
    """An archived record still owns the value of its custom unique properties. E-mail addresses are always freed."""
    all_missing_status: Literal[207, 404] = 207
    """What a batch read answers when it found nothing at all: 207 or 404."""
    missing_are_named: bool = True
    """A batch read names in a 207 what it did not find; otherwise it answers 200 and only what it found."""
    property_lag_seconds: Annotated[float, Meta(ge=0)] = 0.0
    """How long after its creation a property is not there yet for reads and writes."""
    default_lifecyclestage: str = ""
    """The stage a new contact gets by itself (a portal setting); blank for none."""
