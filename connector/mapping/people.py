"""Who called, who that makes in the CRM, and who should own it, as far as the mapping says."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from connector.mapping import email, mask, names, phone
from connector.mapping.build import Builder, Evaluate
from connector.mapping.policy import Wish
from connector.mapping.schema import CallerSection, Choice, OwnerSection
from connector.mapping.text import Unreadable, as_hubspot
from connector.mapping.view import Caller, View

NOBODY = "unknown caller"
GUESSED = "W341"
"""How the note of a call begins whose caller the platform did not name."""
WITHHELD = "withheld number"

SHORT_NUMBER_DIGITS_MAX = 6
"""Up to here a number is an extension or a short code: nobody's own, so it is shown."""

PERSON_PROPERTIES = ("email", "phone", "firstname", "lastname")


class CallerReader:
    """Reads the caller's number, e-mail and name; of several sources the first usable value wins."""

    def __init__(self, section: CallerSection, builder: Builder, region: str) -> None:
        self._region = region
        self._number = _candidates(section.number, builder, "number")
        self._email = _candidates(section.email, builder, "email")
        self._name = _candidates(section.name, builder, "name")

    def __call__(self, view: View) -> Caller:
        notes = [f"{GUESSED} caller: nobody was named, this is a guess by time"] if view.call.is_caller_guessed else []
        number, instead = self._read_number(view, notes)
        address = self._read_email(view, notes)
        masked = _masked_number(number) if number else mask.email(address) or instead
        return Caller(
            number=number, email=address, name=self._read_name(view, notes), masked=masked, notes=tuple(notes)
        )

    def _read_number(self, view: View, notes: list[str]) -> tuple[str | None, str]:
        """The number, and what to call the caller where there is none."""
        instead, note = NOBODY, ""
        for text in _texts(self._number, view, notes, "number"):
            number = phone.read_number(text, self._region)
            if number is not None and number.usable:
                return number.e164, ""
            if phone.is_withheld(text):
                instead, note = WITHHELD, "it is withheld"
            else:
                instead, note = _shown_number(text), "it is no number that can be matched"
        if note:
            notes.append(f"caller.number: {note}")
        return None, instead

    def _read_email(self, view: View, notes: list[str]) -> str | None:
        refused = ""
        for text in _texts(self._email, view, notes, "email"):
            reading = email.read_email(text)
            if reading.value:
                if reading.note:
                    notes.append(f"caller.email: {reading.note}")
                return reading.value
            refused = refused or reading.note
        if refused:
            notes.append(f"caller.email: {refused}")
        return None

    def _read_name(self, view: View, notes: list[str]) -> str | None:
        refused = False
        for text in _texts(self._name, view, notes, "name"):
            name = names.clean_name(text)
            if name:
                return name
            refused = True
        if refused:
            notes.append("caller.name: it is no name")
        return None


# The same people call again and again.
_masked_number = lru_cache(maxsize=2_048)(mask.phone)


def person_wishes(caller: Caller) -> dict[str, Wish]:
    """What `caller` gives a contact where the mapping does not say otherwise, by property."""
    values = {
        "email": (caller.email, "caller.email"),
        "phone": (caller.number, "caller.number"),
        "firstname": (names.first_name(caller.name) if caller.name else None, "caller.name"),
        "lastname": (names.last_name(caller.name) if caller.name else None, "caller.name"),
    }
    return {
        name: Wish(property=name, value=value, write="if_empty", origin=origin)
        for name, (value, origin) in values.items()
        if value
    }


def owner_reader(section: OwnerSection, region: str) -> Callable[[View], str | None]:
    """What `owner` says for a call: by the line that was called, then by the agent's name, then the default."""
    default = None if section.default is None else str(section.default)
    by_name = {key.casefold(): str(owner) for key, owner in section.map.items()}
    by_number = {number.e164: str(owner) for key, owner in section.map.items() if (number := _number(key, region))}
    if not by_name:
        return lambda view: default

    def owner(view: View) -> str | None:
        line = view.call.agent_number or ""
        number = _number(line, region)
        found = by_number.get(number.e164) if number else None
        return found or by_name.get(line.casefold()) or by_name.get((view.call.agent_name or "").casefold()) or default

    return owner


def _candidates(choice: Choice | None, builder: Builder, name: str) -> list[Evaluate]:
    return [] if choice is None else builder.candidates(choice, ("caller", name), f"caller.{name}")


def _texts(candidates: list[Evaluate], view: View, notes: list[str], name: str) -> list[str]:
    texts = []
    for evaluate in candidates:
        value, _ = evaluate(view, notes)
        if value is not None:
            try:
                texts.append(as_hubspot(value))
            except Unreadable as unreadable:
                notes.append(f"caller.{name}: {unreadable.note}")
    return texts


def _shown_number(text: str) -> str:
    digits = "".join(character for character in text if character.isdecimal())
    return digits if 0 < len(digits) <= SHORT_NUMBER_DIGITS_MAX else mask.phone(text)


def _number(text: str, region: str) -> phone.Number | None:
    number = phone.read_number(text, region)
    return number if number is not None and number.usable else None
