"""The words of the bad-input table: what is tried, what is shown elsewhere, and what this version does not have."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from tests.badinput.room import Room


class Seen(NamedTuple):
    """What a user sees of it."""

    exit_status: int
    code: str
    message: str


class Try(NamedTuple):
    """A case that is brought about by the tests and for the page; code and exit status are what is claimed."""

    id: str
    case: str
    exit_status: int
    code: str
    do: Callable[[Room], Seen]


class Shown(NamedTuple):
    """A case that other tests show, by their node ids. The code is one that they, or the registry, name.

    `played` says what stands in for a thing that no machine of the tests has.
    """

    id: str
    case: str
    what: str
    tests: tuple[str, ...]
    code: str = "–"
    exit_status: str = "–"
    played: str = ""


class Absent(NamedTuple):
    """A case of something that this version does not have, and why there is nothing to go wrong."""

    id: str
    case: str
    why: str


Case = Try | Shown | Absent
