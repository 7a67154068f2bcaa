"""The rules of a mapping: which calls are written, and what becomes of one whose caller is not in the CRM."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from connector.mapping.build import Builder
from connector.mapping.schema import Rule
from connector.mapping.view import View
from connector.mapping.wishes import NO_IDENTITY, Ruling

_OTHERWISE = "otherwise"
_UNKNOWN_CALLER = "unknown_caller"
_NOT_A_WORD = re.compile(r"[^a-z0-9]+")


class RuleBook:
    """Finds the first rule whose `when` holds. What that rule does not say comes from the last one."""

    def __init__(self, rules: Sequence[Rule], builder: Builder) -> None:
        last = rules[-1] if rules and rules[-1].when is None else Rule()
        self._otherwise = _rulings(last, last, _OTHERWISE)
        self._rules: list[tuple[Callable[[View], bool], tuple[Ruling, Ruling]]] = []
        for at, rule in enumerate(rules):
            if rule.when is not None:
                name = rule.name or f"rule {at + 1}"
                holds = builder.condition(rule.when, ("rules", at, "when"), f"the rule {name!r}")
                self._rules.append((holds, _rulings(rule, last, name)))

    def __call__(self, view: View) -> Ruling:
        identified, nobody = next((made for holds, made in self._rules if holds(view)), self._otherwise)
        caller = view.caller
        return identified if caller.number or caller.email or caller.name else nobody


def _rulings(rule: Rule, last: Rule, name: str) -> tuple[Ruling, Ruling]:
    """What the rule says of a caller of whom something is known, and of nobody."""
    action = rule.action or last.action or "log"
    unknown_caller = rule.unknown_caller or last.unknown_caller or "hold"
    said = rule.name or (name if rule.when is not None else _UNKNOWN_CALLER)
    reason = _NOT_A_WORD.sub("_", said.lower()).strip("_") or _UNKNOWN_CALLER
    identified = Ruling(rule=rule.name or name, action=action, unknown_caller=unknown_caller, reason=reason)
    if action == "skip":
        return identified, identified
    nobody = Ruling(rule=rule.name or name, action=action, unknown_caller=unknown_caller, reason=NO_IDENTITY)
    return identified, nobody
