"""Who is calling: the rules over what the CRM proposed, and nobody is ever guessed."""

from __future__ import annotations

from collections.abc import Collection

from msgspec import Struct

from connector.engine.directory import Candidate, Directory
from connector.mapping import names


class Identity(Struct, frozen=True, kw_only=True):
    """What is known of the caller; blank (None) unless usable. The number is E.164, the address lower case."""

    number: str | None = None
    email: str | None = None
    name: str | None = None


class Known(Struct, frozen=True, kw_only=True):
    """The caller is this contact. `without` names the caller's values that must not be copied onto it."""

    candidate: Candidate
    how: str
    """`email`, `phone`, `name` (the number is shared, the name decided), `newest` or `oldest`."""
    without: frozenset[str] = frozenset()
    notes: tuple[str, ...] = ()


class Unknown(Struct, frozen=True):
    """Nobody in the CRM has this number or address."""


class Several(Struct, frozen=True):
    """More than one contact fits and nothing tells them apart."""

    how: str
    count: int


def who(caller: Identity, directory: Directory, *, match: Collection[str], ambiguous: str) -> Known | Unknown | Several:
    """Find the caller among the contacts: the address first, then the number, the spoken name between equals.

    `ambiguous` says what becomes of several that nothing tells apart: `hold`, or the `newest` or `oldest` of them.
    """
    by_email = directory.by_email(caller.email) if caller.email and "email" in match else []
    by_number = directory.by_number(caller.number) if caller.number and "phone" in match else []
    if by_email:
        return _by_email(caller, by_email, by_number, ambiguous)
    if by_number:
        return _one_of(by_number, caller, how="phone", ambiguous=ambiguous)
    return Unknown()


def _by_email(
    caller: Identity, by_email: list[Candidate], by_number: list[Candidate], ambiguous: str
) -> Known | Several:
    # Nothing but the portal's own mistakes gives one address to two contacts; the primary one is the owner.
    primary = [candidate for candidate in by_email if candidate.properties.get("email") == caller.email]
    chosen = _one_of(primary or by_email, caller, how="email", ambiguous=ambiguous)
    if isinstance(chosen, Several) or not by_number or chosen.candidate in by_number:
        return chosen
    other = by_number[0]
    if len(by_number) == 1 and _is_named(other, caller) and not _is_named(chosen.candidate, caller):
        # An address is easily misheard; a number and a full name that agree are not.
        return Known(candidate=other, how="phone", without=frozenset({"email"}), notes=("possible_duplicate",))
    return Known(
        candidate=chosen.candidate, how=chosen.how, without=frozenset({"number"}), notes=("possible_duplicate",)
    )


def _one_of(found: list[Candidate], caller: Identity, *, how: str, ambiguous: str) -> Known | Several:
    if len(found) == 1:
        return Known(candidate=found[0], how=how)
    named = [candidate for candidate in found if _is_named(candidate, caller)]
    if len(named) == 1:
        return Known(candidate=named[0], how="name")
    if ambiguous == "hold":
        return Several(how=how, count=len(found))
    in_order = sorted(found, key=lambda candidate: (candidate.created_at, len(candidate.id or ""), candidate.id or ""))
    return Known(candidate=in_order[-1 if ambiguous == "newest" else 0], how=ambiguous)


def _is_named(candidate: Candidate, caller: Identity) -> bool:
    return caller.name is not None and names.same_person(
        caller.name, candidate.properties.get("firstname"), candidate.properties.get("lastname")
    )
