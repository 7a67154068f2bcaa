"""Stored values as a person reads them on the CRM page."""

from __future__ import annotations

import html
import re
from datetime import UTC, datetime
from html.parser import HTMLParser
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

PORTAL_ZONE = ZoneInfo("Europe/London")

_KEPT_TAGS = frozenset(
    re.findall(
        r"\w+",
        """a b blockquote br code div em h1 h2 h3 h4 hr i li ol p pre s span strong
        table tbody td th thead tr u ul""",
    )
)
_EMPTY_TAGS = frozenset(("br", "hr"))
_DROPPED_WHOLE = frozenset(("script", "style", "iframe", "object", "template", "noscript", "textarea", "title"))
_KEPT_SCHEMES = frozenset(("http", "https", "mailto", "tel"))


class _Cleaner(HTMLParser):
    """Keeps harmless tags without attributes, and links; everything else becomes text or nothing."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._out: list[str] = []
        self._open: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _DROPPED_WHOLE:
            self._hidden += 1
        elif tag in _KEPT_TAGS and not self._hidden:
            self._out.append(f"<a{_link(dict(attrs))}>" if tag == "a" else f"<{tag}>")
            if tag not in _EMPTY_TAGS:
                self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in _DROPPED_WHOLE:
            self._hidden = max(0, self._hidden - 1)
        elif tag in self._open and not self._hidden:
            while (last := self._open.pop()) != tag:
                self._out.append(f"</{last}>")
            self._out.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self._out.append(html.escape(data))

    def cleaned(self) -> str:
        """What was fed, with every tag closed."""
        self.close()
        return "".join(self._out) + "".join(f"</{tag}>" for tag in reversed(self._open))


def _link(attributes: dict[str, str | None]) -> str:
    address = (attributes.get("href") or "").strip()
    try:
        scheme = urlsplit(address).scheme.lower()
    except ValueError:
        scheme = ""
    if scheme not in _KEPT_SCHEMES:
        return ""
    return f' href="{html.escape(address)}" rel="nofollow noopener noreferrer"'


def sanitized(body: str) -> str:
    """Stored rich text as HubSpot would show it: safe to put into a page as it is."""
    cleaner = _Cleaner()
    cleaner.feed(body)
    return cleaner.cleaned()


def moment(value: str | None) -> datetime | None:
    """A stored time: ISO 8601 or milliseconds since the epoch; None if it is neither."""
    if not value:
        return None
    try:
        if value.isdigit():
            return datetime.fromtimestamp(int(value) / 1000, UTC)
        at = datetime.fromisoformat(value)
    except (ValueError, OverflowError, OSError):
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def when(at: datetime | None, now: datetime) -> str:
    """A time as people say it, in the portal's time zone."""
    if at is None:
        return ""
    local, today = at.astimezone(PORTAL_ZONE), now.astimezone(PORTAL_ZONE)
    days = (local.date() - today.date()).days
    named = {0: "Today", -1: "Yesterday", 1: "Tomorrow"}.get(days)
    if named:
        return f"{named} {local:%H:%M}"
    if local.year == today.year:
        return f"{local:%a} {local.day} {local:%b %H:%M}"
    return f"{local.day} {local:%b %Y %H:%M}"


def duration(milliseconds: str | None) -> str:
    """How long a call was."""
    if not milliseconds or not milliseconds.isdigit():
        return ""
    seconds = int(milliseconds) // 1000
    hours, rest = divmod(seconds, 3600)
    minutes, seconds = divmod(rest, 60)
    if hours:
        return f"{hours} h {minutes} min"
    return f"{minutes} min {seconds} s" if minutes else f"{seconds} s"


def words(value: str | None) -> str:
    """An enumeration's value as words: `lead_captured` and `NOT_STARTED` read the same way."""
    return (value or "").replace("_", " ").strip().capitalize()


def initials(name: str) -> str:
    """At most two letters for the badge beside a name."""
    letters = [part[0] for part in name.split() if part[0].isalpha()]
    return "".join(letters[:1] + letters[-1:] if len(letters) > 1 else letters).upper() or "·"
