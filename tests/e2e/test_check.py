"""`connector check` against the portal, and against the portal as it was saved."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from connector.errors import InputError
from connector.reports import CheckReport
from tests.stubs.phone_line import edit_mapping
from tests.stubs.world import World

Edit = Callable[[str], str]


def said(report: CheckReport) -> list[str]:
    return [f"{finding.code} {finding.message}" for finding in report.findings]


def put(old: str, new: str) -> Edit:
    return lambda text: text.replace(old, new, 1)


EDITS = [
    pytest.param(put("hs_lead_status:", "lead_status:"), "E431 contacts have no property `lead_status`", id="property"),
    pytest.param(put("value: NEW,", "value: NUE,"), "E434 `hs_lead_status` has no option `NUE` (did you", id="option"),
    pytest.param(put("value: CALL}", "value: Phone call}"), "E434 `hs_task_type` has no option", id="label"),
    pytest.param(put('"*": Connected', '"*": Conected'), "W434 the portal has no disposition `Conected`", id="outcome"),
    pytest.param(put("default: null", "default: tom@example.com"), "E435 the portal has no such user", id="no owner"),
    pytest.param(put("default: null", 'default: "71003"'), "W435 this user is not active any more", id="former owner"),
    pytest.param(put("[contact]", "[contact, deal]"), "W436 no record of this mapping makes deals", id="link"),
    pytest.param(
        put("hs_task_type: {value: CALL}", "hs_task_is_overdue: {value: true}"),
        "E432 HubSpot itself sets `hs_task_is_overdue`",
        id="calculated",
    ),
    pytest.param(
        put("  properties:                 #", "  properties:\n    annualrevenue: {from: summary}\n    #"),
        "",
        id="text",
    ),
    pytest.param(
        put("  properties:                 #", "  properties:\n    closedate: {from: summary}\n    #"),
        "E433 `closedate` holds times, and this is a text",
        id="type",
    ),
]


@pytest.mark.parametrize(("edit", "finding"), EDITS)
def test_what_the_portal_does_not_take(world: World, tmp_path: Path, edit: Edit, finding: str) -> None:
    saved = tmp_path / "portal.json"
    with world.app() as app:
        app.save_portal_schema(saved)
    edit_mapping(world, tmp_path, edit)
    with world.app() as app:
        live = app.check()
    with world.app(hubspot_token=None) as app:
        offline = app.check(portal_schema=saved)
    for report in (live, offline):
        assert report.portal_checked
        lines = [line for line in said(report) if not line.startswith("E452")]
        assert len(lines) == bool(finding)
        assert not finding or lines[0].startswith(finding)
    assert (live.portal_id, offline.portal_id) == ("48121107", "48121107")
    assert (live.portal_saved_at, offline.portal_saved_at) == (None, world.clock.now())


def test_a_saved_portal_needs_neither_network_nor_ledger(world: World, tmp_path: Path) -> None:
    saved = tmp_path / "portal.json"
    with world.app() as app:
        app.save_portal_schema(saved)
    world.lose_the_ledger()
    world.forget_requests()
    with world.app() as app:
        report = app.check(portal_schema=saved)
    assert (report.findings, report.is_clean) == ((), True)
    assert world.requests("hubspot") == world.requests("source") == []
    assert not world.ledger.exists()


CUSTOM = """
  - name: visit
    object: p_visits
    properties: {kind: {value: call}}
    associate: []
"""


def test_an_object_that_the_portal_lacks_is_told_at_its_place(world: World, tmp_path: Path) -> None:
    before, after = tmp_path / "before.json", tmp_path / "after.json"
    with world.app() as app:
        app.save_portal_schema(before)
    edit_mapping(world, tmp_path, lambda text: text + CUSTOM)
    with world.app() as app:
        app.save_portal_schema(after)
        assert said(app.check()) == ["E431 the portal has no object `p_visits`"]
        assert said(app.check(portal_schema=after)) == ["E431 the portal has no object `p_visits`"]
        (finding,) = app.check(portal_schema=before).findings
    lines = world.mapping.read_text().splitlines()
    assert (finding.code, finding.where) == (
        "W431",
        f"{world.mapping}:{lines.index('    object: p_visits') + 1}:13",
    )


def test_saving_takes_a_token(world: World, tmp_path: Path) -> None:
    with world.app(hubspot_token=None) as app, pytest.raises(InputError) as refused:
        app.save_portal_schema(tmp_path / "portal.json")
    assert refused.value.code == "E102"
