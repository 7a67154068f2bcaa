"""Giving a portal what the connector keeps in it; run again, it creates nothing."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from http import HTTPStatus
from typing import Any

from msgspec import structs

from connector.codes import CODES
from connector.errors import TransientError, UncertainWriteError
from connector.http.client import Answer
from connector.hubspot.answers import Groups, decode_problem
from connector.hubspot.client import HubSpotClient
from connector.hubspot.errors import expect, meaning
from connector.hubspot.ladder import EXTERNAL_ID, Step, bounded_words, step_of
from connector.hubspot.portal import PortalFacts
from connector.hubspot.readiness import misfit
from connector.hubspot.search import search_page
from connector.hubspot.shape import GROUP, GROUP_LABEL, Wanted, object_types_of, wanted
from connector.hubspot.words import sentence
from connector.model import STATE, Property
from connector.ports import Clock
from connector.reports import SetupReport, SetupStep

ATTEMPTS_MAX = 3
SIGHT_LOOKS_MAX = 8
SIGHT_PAUSE_SECONDS = 0.5
"""A new property is seen by readers after 250 to 700 ms (a conformance note of 2026-09-29)."""

HELD_CALLS_VIEW = (
    "To see the calls that wait for a person: in HubSpot open CRM, Calls, add the filter "
    f"“Call connector: state” ({STATE}) is equal to “held”, and save it as the view “Held calls”."
)


class Setup:
    """Prepares one portal."""

    def __init__(self, client: HubSpotClient, facts: PortalFacts, clock: Clock) -> None:
        self._client = client
        self._facts = facts
        self._clock = clock

    def run(self, object_types: Collection[str], *, dry_run: bool) -> SetupReport:
        """Create what is missing on contacts, calls and these types; a dry run only says so.

        Which step of the ladder an object type stands on is found out by creating its key, calls first. Where HubSpot
        takes no key at all and there is no step left, nothing else is created that would stand there to no use. Raises
        AccessError when the key may not do this, TransientError when HubSpot is not available.
        """
        types = object_types_of(object_types)
        parts = [_Part(self._client, self._facts, self._clock, name, dry_run=dry_run) for name in types]
        for part in sorted(parts, key=lambda part: part.object_type != "calls"):
            if not any(other.is_key_refused for other in parts):
                part.begin()
        is_refused = any(part.is_key_refused for part in parts)
        for part in parts:
            part.leave() if is_refused else part.finish()
        if not dry_run:
            keyless = {part.object_type for part in parts if part.is_keyless}
            self._facts.remember_keyless((self._facts.keyless() - set(types)) | keyless)
            # So that the first sync need not ask.
            self._facts.owners()
        return SetupReport(
            portal_id=self._facts.place(fresh=True).id,
            steps=tuple(step for part in parts for step in part.steps),
            keys={part.object_type: part.step for part in parts if part.step is not None},
            notes=(*(note for part in parts for note in part.notes), *_views(parts)),
        )


def _views(parts: Sequence[_Part]) -> tuple[str, ...]:
    """How to see held calls, where calls have a property that tells."""
    return () if any(part.step is Step.EXTERNAL for part in parts) else (HELD_CALLS_VIEW,)


class _Part:
    """One object type of the portal."""

    def __init__(
        self, client: HubSpotClient, facts: PortalFacts, clock: Clock, object_type: str, *, dry_run: bool
    ) -> None:
        self._client = client
        self._facts = facts
        self._clock = clock
        self._dry_run = dry_run
        self.object_type = object_type
        self.steps: list[SetupStep] = []
        self.notes: list[str] = []
        self.is_keyless = object_type in facts.keyless()
        """Whether HubSpot takes not even a plain property for the key."""
        self._there: dict[str, Property] = {}
        self._missing: list[Wanted] = []
        self._created: list[Wanted] = []
        self._group_name = GROUP

    @property
    def step(self) -> Step | None:
        """Where the key is, as far as it was made by now."""
        return step_of(self.object_type, self._there, keyless=[self.object_type] if self.is_keyless else [])

    @property
    def is_key_refused(self) -> bool:
        """Whether HubSpot takes no key of ours on this type, and none of its own properties will do."""
        return self.is_keyless and self.step is None

    def begin(self) -> None:
        """Make the key, which HubSpot may refuse: unique, else plain, else in a property of HubSpot's own."""
        self._look()
        if self.step is Step.EXTERNAL and (self._dry_run or self._holds_external_keys()):
            # To begin with another property now would lose the calls whose keys are in this one.
            return
        self.is_keyless = False
        self._group_name = self._group(is_needed=bool(self._missing))
        for entry in self._missing:
            if entry.unique:
                self._make_key(entry)

    def finish(self) -> None:
        """Make everything else."""
        if self.step is Step.EXTERNAL:
            self._step(EXTERNAL_ID, "exists", "holds the key: this portal takes no property of ours on calls")
        else:
            for entry in self._missing:
                if not entry.unique and self._make(entry):
                    self._created.append(entry)
            self._judge_all()
        if self.step not in (None, Step.UNIQUE):
            self.notes.append(f"W241 {bounded_words(self.object_type, self.step)}. {CODES['W241'].fix}")

    def leave(self) -> None:
        """Make nothing else: a key was refused."""
        self._look()
        for entry in self._missing:
            if entry not in self._created and not (entry.unique and self.is_key_refused):
                self._step(entry.name, "create", "left out: this portal takes no key")
        self._judge_all()

    def _look(self) -> None:
        if not self._there:
            self._there = self._facts.properties(self.object_type, fresh=True)
            self._missing = [entry for entry in wanted(self.object_type) if entry.name not in self._there]

    def _holds_external_keys(self) -> bool:
        filters = [{"propertyName": EXTERNAL_ID, "operator": "HAS_PROPERTY"}]
        return bool(search_page(self._client, self.object_type, [{"filters": filters}], [], limit=1).results)

    def _make_key(self, entry: Wanted) -> None:
        if self._dry_run:
            self._step(entry.name, "create", "unique if HubSpot takes that, plain if not")
            return
        if self._refusal(entry) and (refusal := self._refusal(structs.replace(entry, unique=False))):
            self.is_keyless = True
            if self.is_key_refused:
                self._refuse(entry, refusal)
        else:
            self._created.append(entry)

    def _judge_all(self) -> None:
        if self._created:
            self._there = self._wait_for_sight([entry.name for entry in self._created])
        for entry in wanted(self.object_type):
            if entry in self._created:
                self._judge(entry, self._there.get(entry.name), "created")
            elif entry not in self._missing:
                self._judge(entry, self._there[entry.name], "exists")

    def _group(self, *, is_needed: bool) -> str:
        """The group for our properties: our own, or one of HubSpot's where it takes none of ours."""
        what = f"reading the property groups of {self.object_type}"
        groups = [group.name for group in expect(self._client.groups(self.object_type), Groups, what).results]
        if GROUP in groups:
            self._step(GROUP, "exists")
            return GROUP
        if self._dry_run or not is_needed:
            if is_needed:
                self._step(GROUP, "create")
            return GROUP
        definition = {"name": GROUP, "label": GROUP_LABEL, "displayOrder": -1}
        answer = self._written(lambda: self._client.create_group(self.object_type, definition))
        if answer.status in (HTTPStatus.CREATED, HTTPStatus.OK, HTTPStatus.CONFLICT):
            self._step(GROUP, "created")
            return GROUP
        self._raise_unless_refused(answer, f"creating a property group on {self.object_type}")
        return self._other_group(groups)

    def _other_group(self, groups: list[str]) -> str:
        usual = f"{self.object_type.removesuffix('s')}information"
        group = usual if usual in groups or not groups else groups[0]
        self.notes.append(f"HubSpot takes no property group of ours on {self.object_type}: {group} is used instead.")
        return group

    def _make(self, entry: Wanted) -> bool:
        """Whether the property was created."""
        if self._dry_run:
            self._step(entry.name, "create")
            return False
        refusal = self._refusal(entry)
        if refusal:
            self._step(entry.name, "refused", refusal)
        return not refusal

    def _refusal(self, entry: Wanted) -> str:
        """Create the property; what HubSpot says when it takes none like it."""
        definition = entry.definition(self._group_name)
        answer = self._written(lambda: self._client.create_property(self.object_type, definition))
        if answer.status in (HTTPStatus.CREATED, HTTPStatus.OK, HTTPStatus.CONFLICT):
            return ""
        self._raise_unless_refused(answer, f"creating a property on {self.object_type}")
        return sentence(decode_problem(answer.body).message) or f"HubSpot answered {answer.status}"

    def _refuse(self, entry: Wanted, detail: str) -> None:
        self._step(entry.name, "refused", detail)
        self.notes.append(
            f"This portal takes no property for our key on {self.object_type}. Without one nobody could tell whether a "
            f"record is there already, so the connector does not write {self.object_type} here."
        )

    def _judge(self, entry: Wanted, there: Property | None, action: Any) -> None:
        fault = misfit(entry, there) if there is not None else "was created and cannot be seen yet: run setup again"
        if fault:
            self._step(entry.name, "refused", fault)
            self.notes.append(f"{entry.name} on {self.object_type} {fault}.")
        else:
            self._step(entry.name, action, "not unique" if entry.unique and there and not there.unique else "")

    def _wait_for_sight(self, names: Collection[str]) -> dict[str, Property]:
        """The properties as read anew, once these are among them or patience ends."""
        there = self._facts.properties(self.object_type, fresh=True)
        for _ in range(SIGHT_LOOKS_MAX - 1):
            if all(name in there for name in names):
                break
            self._clock.sleep(SIGHT_PAUSE_SECONDS)
            there = self._facts.properties(self.object_type, fresh=True)
        return there

    def _written(self, ask: Callable[[], Answer]) -> Answer:
        """The answer to a write that may be sent again: what is there by then answers 409."""
        for number in range(1, ATTEMPTS_MAX):
            try:
                return ask()
            except UncertainWriteError:
                self._clock.sleep(float(number))
        try:
            return ask()
        except UncertainWriteError as error:
            message = f"HubSpot did not say whether it took a property of {self.object_type}"
            raise TransientError("E221", message) from error

    def _raise_unless_refused(self, answer: Answer, doing: str) -> None:
        """A key without the scope, or an address that is not HubSpot's, is the user's to mend; a 400 is an answer."""
        if answer.status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
            raise meaning(answer, doing)

    def _step(self, name: str, action: Any, detail: str = "") -> None:
        self.steps.append(SetupStep(object_type=self.object_type, name=name, action=action, detail=detail))
