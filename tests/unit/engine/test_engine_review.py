"""The task that asks for a review of held calls: for which calls, once a day, and as one that may have been sent."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from connector.draft.ledger import DraftLedger
from connector.engine.drafts import Draft
from connector.engine.engagement import Drafter
from connector.engine.plan import Item
from connector.engine.review import Reviewer
from connector.mapping.compile import CompiledMapping, compile_mapping
from connector.mapping.load import load_mapping
from connector.model import Call, CallKey, Create, CrmRecord, Done, Exists, Outcome, Owner, Portal
from tests.stubs.world import MAPPINGS

NOW = datetime(2026, 4, 22, 12, 0, tzinfo=UTC)
WEEK = timedelta(days=7)
PORTAL = Portal(id="1", owners=(Owner(id="11", email="ann@example.com"),))


@pytest.fixture
def mapping(tmp_path: Path) -> CompiledMapping:
    path = tmp_path / "reception_ai.yaml"
    shipped = (MAPPINGS / "reception_ai.yaml").read_text()
    path.write_text(shipped.replace("default: null}", "default: ann@example.com}"))
    return compile_mapping(load_mapping(path))


class Crm:
    def __init__(self, outcome: Outcome) -> None:
        self._outcome = outcome
        self.wishes: list[Create] = []

    def create(self, object_type: str, wishes: list[Create]) -> list[Outcome]:
        assert object_type == "tasks"
        self.wishes += wishes
        return [self._outcome for _ in wishes]


def a_held_call(ago: timedelta = timedelta(hours=1)) -> Item:
    call = Call(
        key=CallKey("klen", "org", "c1"), started_at=NOW - ago, ended_at=NOW - ago, duration_seconds=0, payload={}
    )
    item = Item(call=call, fingerprint="v")
    item.hold("unknown caller")
    return item


def ask(mapping: CompiledMapping, *items: Item, outcome: Outcome | None = None) -> tuple[Crm, Draft | None]:
    crm: Any = Crm(outcome or Done("9"))
    reviewer = Reviewer(crm, DraftLedger(), mapping, PORTAL, connection="main")
    drafter = Drafter(mapping, PORTAL, now=NOW)
    return crm, reviewer.ask(items, drafter, now=NOW, perhaps_sent_at=NOW - WEEK)


def test_it_is_sent_as_one_that_may_have_been_sent_before(mapping: CompiledMapping) -> None:
    crm, draft = ask(mapping, a_held_call())
    [wish] = crm.wishes
    assert (wish.key, wish.perhaps_sent_at, wish.associations) == ("klen:org#review-2026-04-22", NOW - WEEK, ())
    assert draft is not None
    assert (draft.name, draft.object_type, draft.create) == ("review", "tasks", wish)


def test_one_that_is_there_was_not_made_here(mapping: CompiledMapping) -> None:
    crm, draft = ask(mapping, a_held_call(), outcome=Exists(CrmRecord(id="9", properties={})))
    assert (len(crm.wishes), draft) == (1, None)


@pytest.mark.parametrize(("ago", "asked"), [(WEEK, 1), (WEEK + timedelta(seconds=1), 0)])
def test_calls_of_a_week_are_worth_a_look(mapping: CompiledMapping, ago: timedelta, asked: int) -> None:
    assert len(ask(mapping, a_held_call(ago))[0].wishes) == asked
