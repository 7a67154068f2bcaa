"""Text on its way into the CRM: escaped, cut where it may be cut, and written as HubSpot stores it."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

from connector.mapping import markup as html_text
from connector.mapping.markup import ELLIPSIS, units

BODY_LENGTH_MAX = 60_000
"""UTF-16 units. HubSpot takes 65,536 characters and does not say of which kind: so the larger count, well below."""

URL_LENGTH_MAX = 2_048

# All control characters but line feed and tab.
_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_LINE_END = re.compile("\r\n?|\u2028|\u2029|\x85")
_SURROGATE = re.compile("[\ud800-\udfff]")

# "Assistant: …", "Caller 2: …", but not "https://…".
_SPEAKER = re.compile(r"[^\W\d_][\w .'-]{0,40}:(?!//)")
_TURN_BREAK = "<br>"
_NOTE_LENGTH_MAX = 100
"""Room kept behind a long head for the line that says what of the transcript is missing."""

_JOINER = "\u200d"
_MARKS_MAX = 32


class Unreadable(Exception):
    """A value that cannot be read as asked: a blank with this note, never an error of the call.

    The note says what is wrong and never carries the value.
    """

    def __init__(self, note: str) -> None:
        super().__init__(note)
        self.note = note


def as_hubspot(value: Any) -> str:
    """The string that HubSpot stores for a value; None gives "". Raises Unreadable for a list or an object.

    Times become UTC with milliseconds and Z, truth `true` and `false`, numbers plain digits without exponent or
    trailing zeros; text loses control characters other than line feed and tab.
    """
    match value:
        case str():
            return clean(value)
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case int():
            return plain_number(Decimal(value))
        case float() | Decimal():
            return plain_number(Decimal(str(value)))
        case datetime():
            return _timestamp(value)
        case _:
            raise Unreadable(f"{_kind(value)} is no text; join it or take one of its fields")


def plain_number(number: Decimal) -> str:
    """The number in plain digits; raises Unreadable for one that is not finite."""
    if not number.is_finite():
        raise Unreadable("it is no finite number")
    text = format(number, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def clean(text: str) -> str:
    """The text without what no CRM can store: NUL and other controls go, lone surrogates become U+FFFD."""
    if text.isprintable():
        return text
    return _UNWRITABLE.sub("", _SURROGATE.sub("\ufffd", _LINE_END.sub("\n", text)))


def escape_html(text: str) -> str:
    """The text as it may stand between tags and in quoted attributes: nothing in it is markup any more."""
    return html.escape(clean(text))


def plain_text(markup: str) -> str:
    """The words of some HTML: tags go, scripts with all they hold, blocks become lines. Never raises."""
    return _tidy(clean(html_text.words(markup) if "<" in markup or "&" in markup else markup))


def truncate(text: str, length: int) -> str:
    """At most `length` characters, the last one an ellipsis where text was cut; accents and emoji stay whole."""
    if len(text) <= length:
        return text
    return text[: _boundary(text, length - 1)].rstrip() + ELLIPSIS


def safe_link(url: str) -> str | None:
    """An anchor that shows the host it leads to, or None for anything but a plain http(s) address."""
    url = url.strip()
    if not url or len(url) > URL_LENGTH_MAX or not url.isprintable() or any(c.isspace() or c in '\\<>"' for c in url):
        return None
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").encode("idna").decode("ascii")
        _ = parts.port
    except (ValueError, UnicodeError):
        return None
    if parts.scheme not in ("http", "https") or not host or "@" in parts.netloc:
        return None
    return f'<a href="{html.escape(url)}" rel="nofollow">{html.escape(host)}</a>'


def fit_body(head: str, transcript: str, limit: int = BODY_LENGTH_MAX) -> str:
    """One body of at most `limit` UTF-16 units: the `head` (HTML), then the transcript (plain text), escaped.

    What is too much is cut as whole turns from the middle of the transcript, and a line says how many. A turn that
    alone is too long is cut between two characters, never inside an entity. A head that leaves no room is cut
    likewise and its tags closed.
    """
    turns = _turns(clean(transcript))
    if not turns:
        return html_text.cut(head, limit)
    room = limit - units(head) - len("<p></p>")
    kept = _whole(turns, room)
    if kept is None:
        head = html_text.cut(head, limit - _NOTE_LENGTH_MAX)
        kept = _from_both_ends(turns, limit - units(head) - len("<p></p>"))
    return f"{head}<p>{kept}</p>" if kept else html_text.cut(head, limit)


def _whole(turns: Sequence[str], room: int) -> str | None:
    if sum(len(turn) for turn in turns) > room:
        return None
    whole = _TURN_BREAK.join(_escaped_turn(turn) for turn in turns)
    return whole if units(whole) <= room else None


def _from_both_ends(turns: Sequence[str], room: int) -> str:
    """As many escaped turns from the start and from the end as there is room for, and a line on what is missing."""
    room -= _NOTE_LENGTH_MAX - len("<p></p>")
    if room < 0:
        return ""
    first, last, used = _ends(turns, room)
    left_out = len(turns) - len(first) - len(last)
    if used < room // 2:
        # One huge turn stands in the way: its beginning is better than nothing of it.
        piece = html_text.cut(_escaped_turn(turns[len(first)][:room]), room - used - len(_TURN_BREAK))
        if piece:
            return _TURN_BREAK.join([*first, piece, _left_out(left_out - 1, cut=True), *last])
    return _TURN_BREAK.join([*first, _left_out(left_out, cut=False), *last])


def _ends(turns: Sequence[str], room: int) -> tuple[list[str], list[str], int]:
    """As many whole escaped turns as fit, taken by turns from the start and from the end; and their length."""
    first: list[str] = []
    last: list[str] = []
    used = 0
    waiting = [first, last]
    while waiting:
        side = waiting.pop(0)
        turn = turns[len(first)] if side is first else turns[-1 - len(last)]
        if len(turn) > room:
            continue
        escaped = _escaped_turn(turn)
        cost = units(escaped) + len(_TURN_BREAK)
        if used + cost <= room:
            side.append(escaped)
            used += cost
            waiting.append(side)
    return first, last[::-1], used


def _left_out(count: int, *, cut: bool) -> str:
    turns = f"{count} turn{'' if count == 1 else 's'} left out"
    if cut:
        return f"[{ELLIPSIS} the rest of this turn{f' and {turns}' if count else ' left out'} {ELLIPSIS}]"
    return f"[{ELLIPSIS} {turns} {ELLIPSIS}]"


def _turns(transcript: str) -> list[str]:
    """What one speaker said at a time: a line that names its speaker begins a turn, or each line is one."""
    lines = [line for line in map(str.strip, transcript.split("\n")) if line]
    if not any(_SPEAKER.match(line) for line in lines):
        return lines
    turns: list[list[str]] = []
    for line in lines:
        if not turns or _SPEAKER.match(line):
            turns.append([line])
        else:
            turns[-1].append(line)
    return ["\n".join(turn) for turn in turns]


def _escaped_turn(turn: str) -> str:
    return html.escape(turn).replace("\n", _TURN_BREAK)


def _boundary(text: str, at: int) -> int:
    """The nearest place at or before `at` that does not part a letter from its accents or an emoji from its parts."""
    for place in range(at, max(at - _MARKS_MAX, 0), -1):
        if not _joins(text[place]) and text[place - 1] != _JOINER:
            return place
    return max(at, 0)


def _joins(character: str) -> bool:
    """Whether it belongs to the character before it: an accent, a joiner, a variation, an emoji's skin tone."""
    return (
        character == _JOINER
        or unicodedata.category(character) in ("Mn", "Me", "Mc")
        or "\U0001f3fb" <= character <= "\U0001f3ff"
    )


def _timestamp(at: datetime) -> str:
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _kind(value: Any) -> str:
    match value:
        case list() | tuple():
            return "a list"
        case dict():
            return "an object"
        case _:
            return "this"


def _tidy(text: str) -> str:
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
