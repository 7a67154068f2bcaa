"""What became of one call, told to a person: in one sentence, then what is remembered, then what is read now."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from connector.cli.report_text import moment

if TYPE_CHECKING:
    from connector.model import Entry
    from connector.reports import CallStory

_HOW = {
    "email": "whose e-mail address the caller gave",
    "phone": "who has the caller's number",
    "name": "who has the name that was given, among several with the number or address",
    "newest": "the newest of several with the number or address",
    "oldest": "the oldest of several with the number or address",
}
_WHY_SKIPPED = {
    "own_number": "it came from one of our own numbers",
    "no_identity": "nobody could be found by it again, and nothing was asked of us",
    "suppressed": "the person asked HubSpot to be forgotten",
}


def story_lines(told: CallStory) -> Iterator[str]:
    """The ledger's part of a call's story."""
    from connector.codes import CODES
    from connector.mapping.people import GUESSED

    yield told.key
    if told.entry is None:
        yield "  not in the ledger: no run has seen it yet"
        return
    yield f"  {fate(told.entry)}"
    codes = {line.partition(" ")[0] for line in told.entry.notes} & set(CODES)
    if GUESSED in codes:
        yield "  Who called is a guess, see the notes."
    if codes - {GUESSED}:
        yield "  It lost something on the way, see the notes."
    yield ""
    yield from entry_lines(told.entry)
    for what, url in told.urls.items():
        yield f"  {what + ' page':<12} {url}"


def fate(entry: Entry) -> str:
    """What became of the call, in one sentence."""
    from connector.model import State

    match entry.state:
        case State.DONE:
            return f"Logged in HubSpot {_for_whom(entry)}."
        case State.HELD:
            later = f" It is looked up again on {moment(entry.look_again_at)}." if entry.look_again_at else ""
            return f"Held: logged in HubSpot without a contact ({entry.reason}), for a person to settle.{later}"
        case State.SKIPPED if entry.is_left_by_hand:
            words = f" ({entry.message})" if entry.message else ""
            return f"Left alone: a person skipped it{words}. `connector calls retry {entry.call_id}` takes it up again."
        case State.SKIPPED:
            why = _WHY_SKIPPED.get(entry.reason, f"the rule “{entry.reason}” of the mapping says so")
            return f"Skipped: {why}."
        case State.FAILED:
            return f"Failed, and tried again by the next sync: {_failure(entry)}"
        case State.DEAD:
            return (
                f"Given up: {_failure(entry)} Once the reason is mended, `connector calls retry {entry.call_id}` "
                "carries it."
            )
        case State.GONE:
            return "Deleted in HubSpot by a person: it is never made again."
        case State.INTENT:
            return "Begun by a run that did not finish; the next sync goes on with it."
        case State.ONGOING:
            return "Not over when the platform last listed it: nothing is written yet."


def _for_whom(entry: Entry) -> str:
    match entry.decision:
        case "created":
            return "for a contact that the connector created: nobody there had the number or the address"
        case "logged":
            return f"without a contact: {entry.reason}"
        case _:
            return f"for the contact {_HOW.get(entry.reason, f'that it was known to belong to ({entry.reason})')}"


def _failure(entry: Entry) -> str:
    from connector.codes import CODES

    fix = f" {CODES[entry.code].fix}" if entry.code in CODES else ""
    return f"{entry.code} {entry.message.rstrip('.')}.{fix}"


def entry_lines(entry: Entry) -> Iterator[str]:
    """What the ledger remembers, and under each loss what can be done about it."""
    rows = {
        "state": entry.state.value,
        "decision": entry.decision,
        "reason": entry.reason,
        "failure" if entry.code else "why": f"{entry.code} {entry.message}".strip(),
        "ended": moment(entry.ended_at),
        "contact": entry.contact_id,
        "engagement": entry.engagement_id,
        **{f"record {name}": record_id for name, record_id in entry.records.items()},
        "attempts": str(entry.attempts) if entry.attempts else "",
        "run": entry.run_id,
        "mapping": entry.mapping_version,
        "updated": moment(entry.updated_at) if entry.updated_at else "",
    }
    for name, value in rows.items():
        if value:
            yield f"  {name:<12} {value}"
    yield from _note_lines(entry.notes)


def _note_lines(notes: tuple[str, ...]) -> Iterator[str]:
    from connector.codes import CODES

    told: set[str] = set()
    for line in dict.fromkeys(notes):
        yield f"  note         {line}"
        code = line.partition(" ")[0]
        if code in CODES and code not in told:
            told.add(code)
            yield f"               to mend: {CODES[code].fix}"
