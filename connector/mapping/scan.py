"""Conditions and templates before minijinja sees them: what they read, what they may not use, and two rewritings.

Every path becomes a plain variable (`leadData.note` → `_v0`), so that minijinja never holds an object of ours and
`leadData."post code"` works; and `a < b` becomes `_order("<", a, b)`, because to minijinja a missing value is
less than any number.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from connector.mapping.faults import suggestion
from connector.mapping.paths import Path
from connector.mapping.tokens import ExpressionError, Region, Token, expression_tokens, regions

FILTERS = (
    *("capitalize", "count", "d", "default", "first", "float", "int", "items", "join", "last", "length"),
    *("list", "lower", "replace", "reverse", "round", "sort", "split", "string", "title", "trim", "unique"),
    *("upper", "urlencode"),
)
"""What may stand behind `|`. Not `safe` and `escape`: bodies are escaped once, by themselves."""
TESTS = (
    *("defined", "undefined", "none", "string", "number", "integer", "float", "boolean", "in", "odd", "even"),
    *("divisibleby", "startingwith", "endingwith", "eq", "equalto", "ne", "true", "false"),
)
FUNCTIONS = ("range",)
STATEMENTS = frozenset(("if", "elif", "else", "endif", "for", "endfor", "set", "endset", "with", "endwith"))

_KEYWORDS = frozenset(("and", "or", "not", "in", "is", "if", "else", "true", "false", "True", "False"))
_ORDER = frozenset(("<", "<=", ">", ">="))
_COMPARISONS = _ORDER | {"==", "!=", "in"}
_ENDS_OPERAND = _COMPARISONS | {",", ":", "=", "and", "or", "not", "if", "else", "elif"}


class Use(Struct, frozen=True):
    """A path that an expression reads: the variable that stands for it, and where it stands."""

    variable: str
    path: Path
    offset: int


class Problem(Struct, frozen=True):
    """What is wrong with an expression, and where."""

    code: str
    message: str
    offset: int


class Scan(Struct, frozen=True, kw_only=True):
    """An expression as minijinja should get it. With problems, it must not be used."""

    rewritten: str
    uses: tuple[Use, ...]
    problems: tuple[Problem, ...]


def scan_template(source: str) -> Scan:
    """Scan a text with `{{ … }}` and `{% … %}`."""
    scanner = _Scanner(source)
    try:
        parts = list(regions(source))
    except ExpressionError as error:
        return _unreadable(source, error)
    scanner.locals = {name for part in parts for name in _targets(part)}
    for name in scanner.locals:
        if name.startswith("_"):
            scanner.problem("E425", f"`{name}`: names that begin with _ are taken", max(source.find(name), 0))
    for part in parts:
        scanner.read(part)
    return scanner.result()


def scan_condition(source: str) -> Scan:
    """Scan one expression, as in `when:`."""
    scanner = _Scanner(source)
    try:
        scanner.read(Region(expression_tokens(source)))
    except ExpressionError as error:
        return _unreadable(source, error)
    return scanner.result()


def _unreadable(source: str, error: ExpressionError) -> Scan:
    return Scan(rewritten=source, uses=(), problems=(Problem("E424", error.message, error.offset),))


class _Scanner:
    def __init__(self, source: str) -> None:
        self.source = source
        self.locals: set[str] = set()
        self.problems: list[Problem] = []
        self.uses: list[Use] = []
        self.edits: list[tuple[int, int, str]] = []
        self.variables: dict[Path, str] = {}

    def problem(self, code: str, message: str, offset: int) -> None:
        self.problems.append(Problem(code, message, offset))

    def result(self) -> Scan:
        pieces, at = [], 0
        for start, end, text in sorted(self.edits):
            pieces += [self.source[at:start], text]
            at = end
        pieces.append(self.source[at:])
        return Scan(rewritten="".join(pieces), uses=tuple(self.uses), problems=tuple(self.problems))

    def read(self, region: Region) -> None:
        """Check one region, note what it reads, and rewrite it."""
        tokens = region.tokens
        if region.statement and region.statement.text not in STATEMENTS:
            word = region.statement.text
            self.problem("E425", f"`{word}` cannot be used{suggestion(word, STATEMENTS)}", region.statement.start)
            return
        at = _first_expression(region)
        while at < len(tokens):
            at = self._step(tokens, at)
        self._order_comparisons(tokens)
        self.edits += [(token.start, token.end, token.out) for token in tokens if token.out != token.text]

    def _step(self, tokens: list[Token], at: int) -> int:
        """Deal with the token here; answers where to go on."""
        token = tokens[at]
        before = tokens[at - 1].text if at else ""
        after = tokens[at + 1].text if at + 1 < len(tokens) else ""
        if before == "." and token.kind in ("text", "name"):
            self._field_of_local(tokens, at, called=after == "(")
        elif token.kind != "name":
            pass
        elif before == "|":
            self._known("filter", FILTERS, token)
        elif before == "is" or (before == "not" and at > 1 and tokens[at - 2].text == "is"):
            if token.text != "not":
                self._known("test", TESTS, token)
        elif token.text in ("none", "None"):
            self.problem("E425", "nothing is equal to none; write `not x`, or `x is none`", token.start)
        elif not (token.text in _KEYWORDS or after == "=" or token.text in self.locals):
            if after != "(":
                return self._path(tokens, at)
            self._known("function", FUNCTIONS, token)
        elif after == "(" and token.text in self.locals:
            self.problem("E425", f"`{token.text}(…)` cannot be called", token.start)
        return at + 1

    def _field_of_local(self, tokens: list[Token], at: int, *, called: bool) -> None:
        token = tokens[at]
        if called:
            self.problem("E425", f"`.{token.text}(…)` cannot be called; use a filter or a transform", token.start)
        elif token.text.startswith("__"):
            # It would be blank: values have no such parts here, and whoever writes it expects otherwise.
            self.problem("E425", f"`.{token.text}` is no part of any value", token.start)
        if token.kind == "text":
            tokens[at - 1].out, token.out = "", f"[{token.text}]"

    def _known(self, what: str, known: Sequence[str], token: Token) -> None:
        word = token.text
        if word not in known:
            listed = f"; there are {', '.join(known)}" if what != "function" else ""
            self.problem("E425", f"the {what} `{word}` cannot be used{suggestion(word, known)}{listed}", token.start)

    def _path(self, tokens: list[Token], at: int) -> int:
        """Replace `a.b."c d"["e"]` by one variable."""
        first = last = tokens[at]
        keys, end = [], at + 1
        while end + 1 < len(tokens):
            opening, key = tokens[end], tokens[end + 1]
            if opening.text == "." and key.kind in ("name", "number", "text"):
                end += 2
            elif opening.text == "[" and key.kind in ("text", "number") and tokens[end + 2].text == "]":
                end += 3
            else:
                break
            last = key
            keys.append(_unquoted(key))
        if end < len(tokens) and tokens[end].text == "(":
            self.problem("E425", f"`.{keys[-1]}(…)` cannot be called; use a filter or a transform", last.start)
        path = Path(first.text, tuple(keys))
        variable = self.variables.setdefault(path, f"_v{len(self.variables)}")
        self.uses.append(Use(variable, path, first.start))
        first.out = variable
        for token in tokens[at + 1 : end]:
            token.out = ""
        return end

    def _order_comparisons(self, tokens: list[Token]) -> None:
        for at, token in enumerate(tokens):
            if token.text not in _ORDER or token.kind != "sign":
                continue
            left, right = _operand_start(tokens, at), _operand_end(tokens, at)
            beside = {tokens[left - 1].text if left else "", tokens[right].text if right < len(tokens) else ""}
            if left == at or right == at + 1:
                self.problem("E424", f"`{token.text}` needs a value on both sides", token.start)
            elif beside & _COMPARISONS:
                self.problem("E424", "write `a < b and b < c` in place of `a < b < c`", token.start)
            else:
                tokens[left].out = f'_order("{token.text}", {tokens[left].out}'
                token.out = ","
                tokens[right - 1].out += ")"


def _operand_start(tokens: list[Token], at: int) -> int:
    depth = tokens[at].depth
    while at > 0 and not _bounds(tokens[at - 1], depth):
        at -= 1
    return at


def _operand_end(tokens: list[Token], at: int) -> int:
    depth = tokens[at].depth
    at += 1
    while at < len(tokens) and not _bounds(tokens[at], depth):
        at += 1
    return at


def _bounds(token: Token, depth: int) -> bool:
    """Whether an operand at this depth ends here. Brackets have the depth of what stands around them."""
    return token.depth < depth or (token.depth == depth and token.text in _ENDS_OPERAND)


def _targets(region: Region) -> set[str]:
    """The names that a `for`, `set` or `with` gives a value to."""
    if region.statement is None:
        return set()
    names = {token.text for token in region.tokens[: _first_expression(region)] if token.kind == "name"}
    match region.statement.text:
        case "for":
            return names | {"loop"}
        case "with":
            pairs = zip(region.tokens, region.tokens[1:], strict=False)
            return {token.text for token, after in pairs if token.kind == "name" and after.text == "="}
        case "set":
            return names
        case _:
            return set()


def _first_expression(region: Region) -> int:
    """Where a statement's expression begins: behind `for x in`, behind `set x =`."""
    word = region.statement.text if region.statement else ""
    ends = {"for": "in", "set": "="}.get(word)
    if ends is None:
        return 0
    texts = [token.text for token in region.tokens]
    return texts.index(ends) + 1 if ends in texts else len(texts)


def _unquoted(token: Token) -> str:
    return token.text[1:-1] if token.kind == "text" else token.text
