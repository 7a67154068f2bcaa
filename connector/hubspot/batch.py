"""One batch of writes, and the verdict on each of its inputs, however HubSpot answers.

With a trace id on every input HubSpot takes the good ones and lists the bad ones (207); without, or for faults that it
finds earlier, it refuses all for one (developer docs "batch create", multi-status errors; issue threads). Then the bad
one is looked for by halves.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from http import HTTPStatus
from typing import Any

import msgspec
from msgspec import Struct, field

from connector.errors import UncertainWriteError
from connector.http.client import Answer
from connector.hubspot.answers import BatchAnswer, Item, Problem, decode, decode_problem
from connector.hubspot.errors import meaning
from connector.hubspot.refusals import Failure, Kind, read_failure
from connector.model import Done, Exists

ACCEPTED = (HTTPStatus.OK, HTTPStatus.CREATED, HTTPStatus.MULTI_STATUS)
REFUSED = (
    HTTPStatus.BAD_REQUEST,
    HTTPStatus.CONFLICT,
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    HTTPStatus.UNPROCESSABLE_ENTITY,
)


class Input(Struct, frozen=True, kw_only=True):
    """One input of a batch. `name`, its key or id, is what it is known by where no trace id is echoed."""

    trace: str
    name: str
    properties: Mapping[str, str]
    rest: Mapping[str, Any] = field(default_factory=dict)
    """What else is sent: the id, the associations."""

    def brought(self, names: Collection[str]) -> list[tuple[str, str]]:
        """Those of these properties that it brings, with their values."""
        return [(name, self.properties[name]) for name in names if self.properties.get(name)]

    def body(self) -> dict[str, Any]:
        return {**self.rest, "properties": self.properties, "objectWriteTraceId": self.trace}


Verdict = Item | Failure | Done | Exists
Send = Callable[[Sequence[Input]], Answer]
Conflicts = Callable[[Sequence[Input], Failure], dict[str, Verdict]]
Explain = Callable[[Mapping[str, str]], tuple[str, ...]]

NAMELESS_MAX = 5
"""Inputs in a row that are refused all alone, and nobody knows why, before the others of the batch are left unsent:
what they have in common is the reason, and each would cost a request or two to say so."""


class BatchWrite:
    """Collects verdicts by the inputs' names. An input without one may be written or not: only a look can tell."""

    def __init__(
        self,
        send: Send,
        *,
        name_of: Callable[[Item], str | None],
        conflicts: Conflicts,
        doing: str,
        explain: Explain = lambda properties: (),
        taken: Callable[[], None] = lambda: None,
    ) -> None:
        """`conflicts` finds by reading whose value is taken, when a batch was refused as a whole for that.

        `explain` answers which properties the portal cannot take, when a refusal names none.
        `taken` is called whenever HubSpot took at least one input.
        """
        self._send = send
        self._name_of = name_of
        self._conflicts = conflicts
        self._doing = doing
        self._explain = explain
        self._taken = taken
        self._refused_values: set[tuple[str, str]] = set()
        """Properties with values that were refused by name all alone: whoever else brings them is refused too."""
        self._nameless = 0
        self.verdicts: dict[str, Verdict] = {}
        self.anonymous_problems = False
        """HubSpot told of refusals without saying whose: sent one by one, they will be clear."""
        self.unanswered: set[str] = set()
        """The names of inputs whose last request brought no answer that says anything: 5xx, silence, garbage."""

    def deliver(self, inputs: Sequence[Input]) -> bool:
        """Send these in one request; False when HubSpot refused them as a whole, and parts were sent instead.

        Raises what the transport raises, but for UncertainWriteError: then the inputs are left without a verdict.
        """
        inputs = self._still_to_send(inputs)
        if not inputs:
            return True
        names = {entry.name for entry in inputs}
        try:
            answer = self._send(inputs)
            if answer.status in ACCEPTED:
                self._sort(inputs, decode(answer.body, BatchAnswer))
                self.unanswered -= names
                return True
        except (UncertainWriteError, msgspec.DecodeError):
            self.unanswered |= names
            return True
        self.unanswered -= names
        self._refused_together(inputs, self._failure(answer))
        return False

    def _failure(self, answer: Answer) -> Failure:
        problem = decode_problem(answer.body)
        is_about_records = answer.status in REFUSED or problem.category == "OBJECT_NOT_FOUND"
        if not is_about_records:
            raise meaning(answer, self._doing)
        return read_failure(problem, answer.status)

    def _sort(self, inputs: Sequence[Input], answer: BatchAnswer) -> None:
        by_trace = {entry.trace: entry for entry in inputs}
        by_name = {entry.name: entry for entry in inputs}
        for item in answer.results:
            entry = by_trace.get(item.trace or "") or by_name.get(self._name_of(item) or "")
            if entry is not None:
                self.verdicts[entry.name] = item
        if answer.results:
            self._nameless = 0
            self._taken()
        anonymous: list[Problem] = []
        for problem in answer.errors or ():
            failure = read_failure(problem)
            concerned = [by_trace[trace] for trace in failure.traces if trace in by_trace]
            concerned = concerned or [by_name[name] for name in failure.ids if name in by_name]
            if not concerned:
                anonymous.append(problem)
            for entry in concerned:
                self.verdicts[entry.name] = failure
        self._attribute(inputs, anonymous)

    def _attribute(self, inputs: Sequence[Input], problems: Sequence[Problem]) -> None:
        """A refusal without a name belongs to the one input that is left; with several left, to nobody yet.

        Each input that the portal's facts explain takes one of the refusals with it.
        """
        open_inputs = [entry for entry in inputs if entry.name not in self.verdicts]
        if problems and all(read_failure(problem).kind is Kind.OTHER for problem in problems):
            explained = self._explained(open_inputs)
            self.verdicts.update(explained)
            open_inputs = [entry for entry in open_inputs if entry.name not in explained]
            problems = problems[len(explained) :]
        if len(problems) == 1 and len(open_inputs) == 1:
            self._refused_alone(open_inputs[0], read_failure(problems[0]))
        elif problems and open_inputs:
            self.anonymous_problems = True

    def _refused_together(self, inputs: Sequence[Input], failure: Failure) -> None:
        if len(inputs) == 1:
            self._refused_alone(inputs[0], failure)
            return
        apart = self._apart(inputs, failure)
        if apart:
            self.verdicts.update(apart)
            self.deliver([entry for entry in inputs if entry.name not in apart])
        else:
            self._bisect(inputs)

    def _apart(self, inputs: Sequence[Input], failure: Failure) -> dict[str, Verdict]:
        """The inputs that the refusal is about, as far as it, or a look at what is taken, can tell."""
        named = {entry.name: failure for entry in inputs if entry.trace in failure.traces or entry.name in failure.ids}
        if named:
            return dict(named)
        if failure.kind is Kind.TAKEN:
            return self._conflicts(inputs, failure)
        concerned = {entry.name: failure for entry in inputs if failure.concerns(entry.properties)}
        return dict(concerned or _alike(inputs, failure) or self._explained(inputs, failure))

    def _explained(self, inputs: Sequence[Input], failure: Failure | None = None) -> dict[str, Verdict]:
        """Whom a refusal that names nothing is about, as far as the portal's facts tell."""
        if failure is not None and failure.kind not in (Kind.OTHER, Kind.VALUES):
            return {}
        if failure is not None and any(entry.brought(failure.properties) for entry in inputs):
            return {}
        found = {entry.name: self._explain(entry.properties) for entry in inputs}
        return {name: Failure(kind=Kind.VALUES, properties=names) for name, names in found.items() if names}

    def _refused_alone(self, entry: Input, failure: Failure) -> None:
        self.verdicts[entry.name] = self._explained([entry], failure).get(entry.name, failure)
        if self.verdicts[entry.name] is failure and failure.kind is Kind.OTHER:
            self._nameless += 1
        elif failure.is_about_the_value:
            self._refused_values |= {(name, value) for name, value in entry.brought(failure.properties)}

    def _still_to_send(self, inputs: Sequence[Input]) -> Sequence[Input]:
        """The inputs of which the answer is not known yet; the others get it as their verdict."""
        if self._nameless >= NAMELESS_MAX:
            self.verdicts.update({entry.name: Failure(kind=Kind.UNSENT) for entry in inputs})
            return ()
        for entry in inputs:
            known = [name for name, value in self._refused_values if entry.properties.get(name) == value]
            if known:
                self.verdicts[entry.name] = Failure(kind=Kind.VALUES, properties=tuple(known))
        return [entry for entry in inputs if entry.name not in self.verdicts]

    def _bisect(self, inputs: Sequence[Input]) -> None:
        """Find the bad one among inputs that were refused together: at most 2·log₂(n) requests for one."""
        half = len(inputs) // 2
        first, second = inputs[:half], inputs[half:]
        # When the first half passes, the bad one is in the second: sending that as a whole would be for nothing.
        if self.deliver(first) and len(second) > 1:
            self._bisect(second)
        else:
            self.deliver(second)


def _alike(inputs: Sequence[Input], failure: Failure) -> dict[str, Verdict]:
    """All who bring the property that was refused, when they bring it with one and the same value."""
    if not failure.is_about_the_value:
        return {}
    values = {brought for entry in inputs for brought in entry.brought(failure.properties)}
    if len(values) != len({name for name, _ in values}):
        return {}
    return {entry.name: failure for entry in inputs if entry.brought(failure.properties)}
