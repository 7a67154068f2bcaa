"""The ledger: where it is, what is in it, and whether there is room."""

from __future__ import annotations

from collections.abc import Mapping

from connector.doctor.reading import fine, told
from connector.errors import ConnectorError, InputError
from connector.ledger.place import Place
from connector.model import State
from connector.reports import Diagnosis

CHECK = "ledger"

FREE_BYTES_MIN = 200 * 1024 * 1024
"""A ledger of 100,000 calls takes some 50 MB, the spool of a backfill as much again."""


def check_place(place: Place | ConnectorError) -> list[Diagnosis]:
    if isinstance(place, ConnectorError):
        return [told(CHECK, place)]
    if place.free_bytes < FREE_BYTES_MIN:
        message = f"{place.free_bytes // (1024 * 1024)} MB are free on the disk of the ledger"
        return [told(CHECK, InputError("W502", message, where=str(place.path)))]
    state = "is there" if place.is_there else "is made by the first run"
    return [fine(CHECK, f"{place.path} {state}, {place.free_bytes // 1024**3} GB free")]


def check_content(counts: Mapping[State, int] | ConnectorError | None) -> list[Diagnosis]:
    """How many calls stand where; None when there is no ledger yet."""
    if counts is None:
        return []
    if isinstance(counts, ConnectorError):
        return [told(CHECK, counts)]
    waiting = counts.get(State.FAILED, 0) + counts.get(State.INTENT, 0)
    parts = [
        f"{sum(counts.values())} calls remembered",
        f"{waiting} failed or interrupted (the next run tries them again)" if waiting else "",
        f"{counts[State.HELD]} held for a person" if counts.get(State.HELD) else "",
    ]
    diagnoses = [fine(CHECK, ", ".join(filter(None, parts)))]
    if dead := counts.get(State.DEAD, 0):
        diagnoses.append(told(CHECK, InputError("W503", f"{dead} calls are dead letters")))
    return diagnoses
