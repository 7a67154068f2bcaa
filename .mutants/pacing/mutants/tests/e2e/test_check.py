"""`connector check` against the portal, and against the portal as it was saved."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from connector.errors import InputError
from connector.reports import CheckReport, SampledProperty
from tests.stubs.phone_line import edit_mapping, ring
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


# --- on real calls ---------------------------------------------------------------------------------------------------


def sampled(world: World, count: int = 10, **settings: object) -> CheckReport:
    with world.app(**settings) as app:
        return app.check(samples=count)


def seen(report: CheckReport, place: str, name: str) -> SampledProperty:
    assert report.samples is not None
    return next(each for each in report.samples.properties if (each.place, each.property) == (place, name))


def test_samples_are_the_newest_calls_and_nothing_is_written(world: World) -> None:
    for number in range(4):
        ring(world, f"c{number}", callType="staff" if number == 3 else "new_enquiry")
        world.wait(minutes=1)
    before = world.export()
    world.lose_the_ledger()
    world.forget_requests()
    report = sampled(world, 3)
    assert report.samples is not None
    assert [call.call.rpartition(":")[2] for call in report.samples.calls] == ["c3", "c2", "c1"]
    assert [call.action for call in report.samples.calls] == ["skip", "log", "log"]
    assert [call.reason for call in report.samples.calls] == ["staff", "", ""]
    title = seen(report, "call", "hs_call_title")
    assert (title.of, title.values, title.blank, title.left_out) == (2, 2, 0, {})
    assert seen(report, "records.callback", "hs_task_subject").of == 0
    assert world.export() == before
    assert {line.split()[0] for line in world.requests()} == {"GET"}
    assert len(world.requests("source")) == 1
    assert not world.ledger.exists()


def test_a_sample_that_a_sync_would_skip_gives_nothing(world: World, tmp_path: Path) -> None:
    edit_mapping(world, tmp_path, put("own_numbers: []", 'own_numbers: ["+447700900199"]'))
    ring(world, "c1")
    ring(world, "c2", callerNumber="anonymous", callerName=None, leadData={}, outcome="resolved")
    report = sampled(world)
    assert report.samples is not None
    reasons = {call.call.rpartition(":")[2]: (call.action, call.reason) for call in report.samples.calls}
    assert reasons == {"c1": ("skip", "own_number"), "c2": ("skip", "no_identity")}
    assert seen(report, "contact", "lifecyclestage").of == 0


def test_a_sample_on_which_an_expression_fails(world: World, tmp_path: Path) -> None:
    edit_mapping(world, tmp_path, put("{{ crm.contact.name or", "{{ 1 // (duration - 61) }}{{ crm.contact.name or"))
    ring(world, "c1", duration=61)
    ring(world, "c2", duration=60)
    ring(world, "c3", duration=61)
    report = sampled(world)
    (failure,) = [finding for finding in report.findings if finding.code == "E441"]
    assert failure.message.endswith(": 2 calls, first reception_ai:org_1:c3") or failure.message.endswith("c1")
    line = next(at for at, text in enumerate(world.mapping.read_text().splitlines(), 1) if "duration - 61" in text)
    assert failure.where.startswith(f"{world.mapping}:{line}:")
    assert not report.is_clean
    assert report.samples is not None
    assert sum(call.code == "E441" for call in report.samples.calls) == 2


LOSSES = [
    pytest.param("hs_email_optout: {from: leadData.size}", {"size": "large"}, "W235", id="a word for yes or no"),
    pytest.param("hs_lead_status: {from: leadData.size}", {"size": "large"}, "W233", id="no option"),
    pytest.param("jobtitle: {from: leadData.size, map: {a: b}}", {"size": "large"}, "W443", id="not in the map"),
    pytest.param("closedate: {from: leadData.size, transform: datetime}", {"size": "large"}, "W443", id="no time"),
    pytest.param("jobtitle: {from: leadData.size}", {"size": ["a", "b"]}, "W443", id="a list"),
]


@pytest.mark.parametrize(("line", "lead", "code"), LOSSES)
def test_a_value_that_is_left_out_of_a_sample(
    world: World, tmp_path: Path, line: str, lead: dict[str, object], code: str
) -> None:
    text = '    hs_lead_status: {value: NEW, write: on_create, when: \'callType in ["new_enquiry", "referral"]\'}'
    edit_mapping(world, tmp_path, put(text, f"    {line}"))
    ring(world, "c1", leadData={"name": "Ada Fern", **lead})
    ring(world, "c2", leadData={"name": "Ada Fern"})
    report = sampled(world)
    name = line.partition(":")[0]
    lost = seen(report, "contact", name)
    assert (lost.of, lost.values, lost.blank, sum(lost.left_out.values())) == (2, 0, 1, 1)
    (finding,) = [each for each in report.findings if each.code == code]
    assert finding.message.startswith(f"`{name}` is left out of 1 of 2 calls: ")
    assert world.mapping.read_text().splitlines()[int(finding.where.split(":")[-2]) - 1].strip() == line
    assert "large" not in str(report.findings)
    assert lost.examples == (("large",) if code in ("W233", "W235") else ())


@pytest.mark.parametrize(
    ("old", "new", "lead", "found"),
    [
        pytest.param("", "", {"email": "a@example.com"}, [], id="what calls hold"),
        pytest.param("leadData.email", "leadData.emial", {"email": "a@example.com"}, ["email"], id="a misspelling"),
        pytest.param("leadData.email", "leadData.fax", {"email": "a@example.com"}, [""], id="nothing like it"),
        pytest.param(
            "{from: leadData.email}", "{from: [leadData.fax, leadData.email]}", {"email": "x"}, [], id="another"
        ),
        pytest.param("leadData.name, ", "leadData.nmae, ", {"name": "Ada"}, ["name"], id="misspelt among others"),
    ],
)
def test_paths_that_no_sample_has(
    world: World, tmp_path: Path, old: str, new: str, lead: dict[str, str], found: list[str]
) -> None:
    edit_mapping(world, tmp_path, put(old, new))
    common = {"name": "Ada Fern", "email": "ada@example.com", "note": "x", "callbackTime": "2026-11-21T10:00:00Z"}
    ring(world, "c1", leadData={**common, **lead})
    said_of = [finding.message for finding in sampled(world).findings if finding.code == "W421"]
    assert len(said_of) == len(found)
    for message, near in zip(said_of, found, strict=True):
        assert message.startswith(
            f"`leadData.{new.partition('leadData.')[2].partition(',')[0]}`: none of 1 calls has it"
        )
        assert message.endswith(f" (did you mean {near}?)" if near else "has it")


def test_samples_without_a_portal_need_the_platforms_key_alone(world: World) -> None:
    ring(world)
    report = sampled(world, hubspot_token=None)
    assert (report.portal_checked, report.is_clean) == (False, True)
    with pytest.raises(InputError) as refused:
        sampled(world, source_api_key=None)
    assert refused.value.code == "E102"


def test_unreadable_samples_are_told_and_counted(world: World) -> None:
    ring(world, "c1")
    ring(world, "c2", duration="long")
    report = sampled(world)
    assert report.samples is not None
    assert [call.code for call in report.samples.calls if call.code] == ["E322"]
    assert report.is_clean


def test_a_mapping_with_faults_is_not_tried(world: World, tmp_path: Path) -> None:
    ring(world)
    edit_mapping(world, tmp_path, put("transform: [collapse_spaces", "transform: [colapse_spaces"))
    report = sampled(world)
    assert report.samples is None
    assert world.requests("source") == []


def test_what_the_portal_lacks_is_one_finding_however_many_samples(world: World, tmp_path: Path) -> None:
    edit_mapping(world, tmp_path, put("hs_lead_status:", "lead_state:"))
    ring(world)
    report = sampled(world)
    assert [finding.code for finding in report.findings if "lead_state" in finding.message] == ["E431"]
    lost = seen(report, "contact", "lead_state")
    assert (lost.values, list(lost.left_out)) == (0, ["W231 the portal has no such property"])
