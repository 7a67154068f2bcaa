"""Conditions and templates as tokens, with the places of their brackets and regions. What they mean is `scan.py`'s."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

_TOKEN = re.compile(
    r"(?P<text>'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\")"
    r"|(?P<number>\d[\d_]*(?:\.\d+)?(?:[eE][-+]?\d+)?)"
    r"|(?P<name>[^\W\d]\w*)"
    r"|(?P<sign>==|!=|<=|>=|\*\*|//|[-+*/%~<>=|.,:()\[\]{}])",
    re.DOTALL,
)
_INDEX = re.compile(r"(?P<number>\d+)")
_OPENER = re.compile(r"\{\{|\{%|\{#")
_CLOSES = {")": "(", "]": "[", "}": "{"}


class ExpressionError(Exception):
    """An expression that cannot be read, and where."""

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.message = message
        self.offset = offset


class Token(Struct):
    """One word, number, text or sign. Brackets have the `depth` of what stands around them."""

    kind: str
    text: str
    start: int
    end: int
    depth: int
    out: str
    """What minijinja gets in its place."""


class Region(Struct):
    """The tokens of one `{{ … }}` or `{% … %}`; `statement` is the word that a `{% … %}` begins with."""

    tokens: list[Token]
    statement: Token | None = None


def regions(source: str) -> Iterator[Region]:
    """The parts of a template that are no plain text. Raises ExpressionError."""
    at = 0
    while opener := _OPENER.search(source, at):
        at = opener.end()
        if opener.group() == "{#":
            at = source.find("#}", at) + 2
            if at < 2:
                raise ExpressionError("a comment is not closed with #}", opener.start())
            continue
        closer = "}}" if opener.group() == "{{" else "%}"
        if source[at : at + 1] in ("-", "+"):
            at += 1
        found, at = _tokens(source, at, closer)
        if not source.startswith(closer, at):
            raise ExpressionError(f"{opener.group()} is not closed with {closer}", opener.start())
        at += 2
        if closer == "}}":
            yield Region(found)
        elif found:
            yield Region(found[1:], found[0])


def expression_tokens(source: str) -> list[Token]:
    """The tokens of one expression. Raises ExpressionError."""
    found, _ = _tokens(source, 0, "")
    if not found:
        raise ExpressionError("the condition is empty", 0)
    return found


def _tokens(source: str, at: int, closer: str) -> tuple[list[Token], int]:
    """The tokens from here to the closer outside brackets, and where that stands."""
    tokens: list[Token] = []
    open_brackets: list[Token] = []
    while at < len(source):
        if source[at].isspace():
            at += 1
            continue
        if closer and not open_brackets and source.startswith((closer, f"-{closer}", f"+{closer}"), at):
            return tokens, at if source.startswith(closer, at) else at + 1
        behind_dot = bool(tokens) and tokens[-1].text == "."
        found = (_INDEX.match(source, at) if behind_dot else None) or _TOKEN.match(source, at)
        if found is None:
            what = "a quote is not closed" if source[at] in "'\"" else f"unexpected `{source[at]}`"
            raise ExpressionError(what, at)
        text = found.group()
        if text in _CLOSES and (not open_brackets or open_brackets.pop().text != _CLOSES[text]):
            raise ExpressionError(f"`{text}` closes nothing", at)
        kind = found.lastgroup or ""
        token = Token(kind=kind, text=text, start=at, end=found.end(), depth=len(open_brackets), out=text)
        tokens.append(token)
        if text in _CLOSES.values():
            open_brackets.append(token)
        at = found.end()
    if open_brackets:
        raise ExpressionError(f"`{open_brackets[-1].text}` is not closed", open_brackets[-1].start)
    return tokens, at
