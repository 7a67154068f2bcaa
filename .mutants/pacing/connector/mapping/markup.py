"""HTML as text that may be cut or read: tags, entities and characters stay whole."""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser

ELLIPSIS = "…"

_TOKEN = re.compile(r"<[^<>]*>|&#?\w{1,31};|[\s\S]")
_NO_TAG = re.compile(r"<(?![^<>]*>)")
_TAG = re.compile(r"<(?P<end>/?)(?P<name>[a-zA-Z][a-zA-Z0-9]*)")
_VOID_TAGS = frozenset(["br", "hr", "img", "wbr", "input"])
_BLOCK_TAGS = frozenset(["p", "div", "li", "ul", "ol", "tr", "table", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote"])
_SILENT_TAGS = frozenset(["script", "style", "head", "title", "template"])


def units(text: str) -> int:
    """Length in UTF-16 units: never less than the number of characters."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def cut(markup: str, limit: int) -> str:
    """The beginning of some HTML within `limit` UTF-16 units, an ellipsis where it was cut, its open tags closed."""
    if units(markup) <= limit:
        return markup
    limit -= len(ELLIPSIS)
    kept: list[str] = []
    closing: list[str] = []
    used = 0
    for token in _TOKEN.finditer(markup):
        piece = token[0]
        size = units(piece)
        opened = closing
        tag = _TAG.match(piece) if size > 1 else None
        if tag and tag["name"].lower() not in _VOID_TAGS:
            opened = closing[:-1] if tag["end"] else [*closing, f"</{tag['name']}>"]
        if used + size + sum(map(len, opened)) > limit:
            break
        kept.append(piece)
        used += size
        closing = opened
    return "".join([*kept, ELLIPSIS, *reversed(closing)]) if kept else ""


def words(markup: str) -> str:
    """What a reader of the page would see: tags go, scripts with all they hold, a block begins a line."""
    reader = _Words()
    try:
        reader.feed(_plainly_tagged(markup))
        reader.close()
    except AssertionError:  # html.parser's answer to some broken declarations
        return html.unescape(re.sub(r"<[^<>]*>", " ", markup))
    return "".join(reader.seen)


def _plainly_tagged(markup: str) -> str:
    """The same without comments, and with every `<` that begins no tag made a character.

    html.parser looks for the end of each tag to the end of the text: 60 kB of `<a <a <a …` would take it a minute.
    """
    kept: list[str] = []
    at = 0
    while (start := markup.find("<!--", at)) >= 0 and (end := markup.find("-->", start + 4)) >= 0:
        kept.append(markup[at:start])
        at = end + 3
    return _NO_TAG.sub("&lt;", "".join([*kept, markup[at:]]))


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.seen: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT_TAGS:
            self._silent += 1
        elif tag == "br" or tag in _BLOCK_TAGS:
            self.seen.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT_TAGS:
            self._silent = max(self._silent - 1, 0)
        elif tag in _BLOCK_TAGS:
            self.seen.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.seen.append(data)
