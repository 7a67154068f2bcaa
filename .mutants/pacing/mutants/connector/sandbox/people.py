"""Invented callers and their ordinary calls, made from seed and index alone, so that 100,000 of them need no memory.

Numbers come from ranges kept for fiction (Ofcom's drama numbers, 555-01xx in America), addresses from example.*.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random
from typing import Any, Literal

from msgspec import Struct

from connector.sandbox import phrases

ORGANIZATION_ID = "org_finchmarlow"
OWN_NUMBER = "+442079460000"
"""The firm's own line, which the assistant answers."""

CALLERS_MAX = 27_000
"""As many different people as the fictional ranges have numbers for; later indexes are the same people again."""

Relation = Literal["new", "client", "referral", "unknown", "staff"]

# Of 40 callers in a row; spread so that every dozen looks like the whole.
# fmt: off
_RELATIONS: tuple[Relation, ...] = (
    "new", "client", "new", "referral", "new", "new", "client", "unknown",
    "new", "client", "new", "new", "referral", "new", "client", "new",
    "new", "unknown", "client", "new", "new", "client", "referral", "new",
    "staff", "new", "client", "new", "new", "unknown", "client", "new",
    "new", "client", "new", "referral", "new", "client", "new", "new",
)
# fmt: on
# Which calls of 15 in a row come from somebody who never rang before: 1,000 calls have about 480 callers.
_FIRST_CALLS = (True, False, True, False, False, True, True, False, False, True, False, True, False, True, False)
_FIRST_CALLS_BEFORE = tuple(sum(_FIRST_CALLS[:position]) for position in range(len(_FIRST_CALLS)))
_FIRST_CALLS_EACH = sum(_FIRST_CALLS)

_OUTCOMES: dict[Relation, tuple[tuple[str, ...], tuple[int, ...]]] = {
    "new": (("lead_captured", "callback_scheduled", "message_taken", "transferred", "resolved"), (55, 73, 85, 93, 100)),
    "referral": (("lead_captured", "callback_scheduled", "message_taken"), (60, 80, 100)),
    "client": (("transferred", "message_taken", "resolved", "callback_scheduled"), (30, 60, 85, 100)),
    "unknown": (("resolved", "message_taken", "transferred"), (60, 80, 100)),
    "staff": (("transferred", "resolved"), (50, 100)),
}
_WITHHELD = ("anonymous", "private", "restricted", "unavailable", "")


class Caller(Struct, frozen=True, kw_only=True):
    """One invented person, with the number that they ring from."""

    first: str
    last: str
    number: str
    email: str
    relation: Relation
    in_crm: bool
    """Whether the CRM knew them before their first call."""

    @property
    def name(self) -> str:
        return f"{self.first} {self.last}"


def caller(seed: int, index: int) -> Caller:
    """The person of this index; the same seed gives the same people, each with their own number and address."""
    index %= CALLERS_MAX
    shift = seed * 7919
    names = len(phrases.FIRST_NAMES) * len(phrases.LAST_NAMES)
    # 1009 has no factor in common with the number of names, so that the first few thousand are all different.
    spot = (index * 1009 + shift) % names
    first = phrases.FIRST_NAMES[spot % len(phrases.FIRST_NAMES)]
    last = phrases.LAST_NAMES[spot // len(phrases.FIRST_NAMES)]
    round_of_names = index // names
    mailbox = f"{first}.{last}".lower().replace("'", "") + (str(round_of_names + 1) if round_of_names else "")
    relation = _RELATIONS[(index + seed) % len(_RELATIONS)]
    return Caller(
        first=first,
        last=last,
        number=_number(index),
        email=f"{mailbox}@example.{('com', 'org', 'net')[index % 3]}",
        relation=relation,
        # Six of seven clients; the others are known under another number.
        in_crm=relation == "client" and index % 7 != 3,
    )


def _number(index: int) -> str:
    """12 of 20 people have a British mobile, 5 a British landline, 3 an American number, while those ranges last."""
    rank, place = divmod(index, 20)
    if place < 12 and (spot := rank * 12 + place) < 800:
        return f"+447700900{200 + spot * 37 % 800:03d}"
    if 12 <= place < 15 and (spot := rank * 3 + place - 12) < 900:
        return f"+44207946{100 + spot * 77 % 900:04d}"
    if 15 <= place < 17 and (spot := rank * 2 + place - 15) < 900:
        return f"+44113496{100 + spot * 77 % 900:04d}"
    # Each index has an American number of its own, used or not: 270 area codes of a hundred.
    area = phrases.AREA_CODES[index % 270]
    return f"+1{area}55501{index // 270:02d}"


def caller_count(calls: int) -> int:
    """How many different callers the first so many ordinary calls have."""
    blocks, position = divmod(calls, len(_FIRST_CALLS))
    return min(blocks * _FIRST_CALLS_EACH + _FIRST_CALLS_BEFORE[position], CALLERS_MAX)


def caller_of(seed: int, ordinal: int) -> tuple[int, bool]:
    """Who makes the ordinary call of this ordinal (the caller's index), and whether it is their first."""
    block, position = divmod(ordinal, len(_FIRST_CALLS))
    known = block * _FIRST_CALLS_EACH + _FIRST_CALLS_BEFORE[position]
    if _FIRST_CALLS[position]:
        return known, known < CALLERS_MAX
    # Those who rang lately ring again rather than those of long ago.
    back = Random(seed << 33 ^ ordinal << 1 ^ 1).random() ** 1.5
    return known - 1 - int(known * back), False


def ordinary_call(seed: int, ordinal: int, call_id: str, ended_at: datetime) -> dict[str, Any]:
    """The platform's record of one unremarkable call."""
    luck = Random(seed << 33 ^ ordinal << 1)
    index, first_time = caller_of(seed, ordinal)
    person = caller(seed, index)
    outcomes, bounds = _OUTCOMES[person.relation]
    roll = luck.randrange(100)
    outcome = next(word for word, bound in zip(outcomes, bounds, strict=True) if roll < bound)
    wants, opening, details, note = _reason(person, luck)
    gives_name = person.relation != "unknown" or outcome == "message_taken"
    name = person.name if gives_name and luck.random() < 0.95 else None
    lead = _lead(person, outcome, note, ended_at, luck) if name and outcome != "resolved" else None
    transcript = conversation(luck, opening, details, name) if luck.random() < 0.9 else None
    return {
        "id": call_id,
        "organizationId": ORGANIZATION_ID,
        "callerNumber": luck.choice(_WITHHELD) if luck.random() < 0.03 else person.number,
        "callerName": name,
        "callType": _call_type(person, first_time, luck),
        "outcome": outcome,
        "duration": 8 if opening == "…" else luck.randrange(35, 420),
        "summary": f"{name or 'The caller'} {wants}. {phrases.OUTCOME_SENTENCES[outcome]}",
        "transcript": transcript,
        "recordingUrl": recording_url(call_id, ended_at) if luck.random() < 0.7 else None,
        "leadData": lead,
        "createdAt": timestamp(ended_at),
    }


def _call_type(person: Caller, first_time: bool, luck: Random) -> str:
    match person.relation:
        case "new":
            return "new_enquiry" if first_time or luck.random() < 0.7 else "existing_client"
        case "client":
            return "existing_client"
        case other:
            return other


def _reason(person: Caller, luck: Random) -> tuple[str, str, tuple[str, ...], str]:
    if person.relation == "client":
        wants, opening = luck.choice(phrases.CLIENT_REASONS)
        return wants, opening, (), f"Client {wants}."
    if person.relation == "unknown":
        wants, opening = luck.choice(phrases.UNKNOWN_REASONS)
        return wants, opening, (), f"Caller {wants}."
    if person.relation == "staff":
        return "rang in from the road", "It's me, can you put me through to the office?", (), "Colleague rang in."
    topic = phrases.TOPICS[sum(map(ord, person.email)) % len(phrases.TOPICS)]
    return f"{topic.wants} ({luck.choice(topic.details)})", topic.opening, topic.details, topic.note


def _lead(person: Caller, outcome: str, note: str, ended_at: datetime, luck: Random) -> dict[str, Any]:
    lead: dict[str, Any] = {"name": person.name}
    roll = luck.random()
    if roll < 0.55:
        lead["email"] = person.email
    elif roll < 0.63:
        lead["email"] = spoken(person.email)
    elif roll < 0.66:
        lead["email"] = person.email.upper()
    lead["notes" if luck.random() < 0.3 else "note"] = note
    if outcome == "callback_scheduled" and luck.random() < 0.5:
        agreed = ended_at + timedelta(days=1)
        lead["callbackTime"] = timestamp(agreed.replace(hour=luck.choice((9, 10, 11, 14, 15)), minute=30, second=0))
    if luck.random() < 0.15:
        lead["company"] = f"{person.last} & Co"
    if luck.random() < 0.1:
        lead["post code"] = "ZZ1 4AB"
    return lead


def spoken(address: str) -> str:
    """An e-mail address as a transcriber hears it."""
    return address.replace("@", " at ").replace(".", " dot ")


def conversation(luck: Random, opening: str, details: tuple[str, ...], name: str | None) -> str:
    """A transcript of a few turns; one in fifty is long."""
    lines = [phrases.GREETING, f"Caller: {opening}"]
    turns = luck.randrange(60, 140) if luck.random() < 0.02 else luck.randrange(1, 7)
    start = luck.randrange(len(phrases.SMALL_TALK))
    for turn in range(turns):
        # Steps of three come round to the same question only after all the others.
        question, reply = phrases.SMALL_TALK[(start + 3 * turn) % len(phrases.SMALL_TALK)]
        if turn < len(details):
            reply = f"{reply} So that you know: {details[turn]}."
        lines += (f"Assistant: {question}", f"Caller: {reply}")
    if name:
        lines += ("Assistant: May I take your name?", f"Caller: Yes, it's {name}.")
    lines.append(phrases.GOODBYE)
    return "\n".join(lines)


def repeated(text: str, length: int) -> str:
    """The same said again and again, until it has this length."""
    return (f"{text}\n" * (length // (len(text) + 1) + 1))[:length]


def recording_url(call_id: str, ended_at: datetime) -> str:
    """A signed link that says when it dies, seven days after the call."""
    expires = int((ended_at + timedelta(days=7)).timestamp())
    signature = f"{Random(call_id).getrandbits(128):032x}"
    return f"https://recordings.example.com/{ORGANIZATION_ID}/{call_id}.mp3?sig={signature}&exp={expires}"


def timestamp(at: datetime) -> str:
    """As the platform writes times."""
    return at.strftime("%Y-%m-%dT%H:%M:%S.") + f"{at.microsecond // 1000:03d}Z"


def clients(seed: int, callers: int) -> list[dict[str, str]]:
    """The CRM's contacts for those of the first so many callers whom it knows, written as people write them."""
    return [_contact(person, index) for index in range(callers) if (person := caller(seed, index)).in_crm]


def _contact(person: Caller, index: int) -> dict[str, str]:
    contact = {"firstname": person.first, "lastname": person.last, "lifecyclestage": "customer"}
    number_property = "mobilephone" if index % 5 == 2 else "phone"
    contact[number_property] = person.number if index % 3 == 0 else as_written(person.number)
    if index % 4 != 1:
        contact["email"] = person.email
    return contact


def as_written(number: str) -> str:
    """An E.164 number as a person in its country would type it."""
    if number.startswith("+1"):
        return f"({number[2:5]}) {number[5:8]}-{number[8:]}"
    national = "0" + number[3:]
    match national[:2]:
        case "07":
            return f"{national[:5]} {national[5:]}"
        case _ if national.startswith("020"):
            return f"{national[:3]} {national[3:7]} {national[7:]}"
        case _:
            return f"{national[:4]} {national[4:7]} {national[7:]}"
