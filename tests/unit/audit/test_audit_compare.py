"""One call from three sides: where it stands, and what is wrong with it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from connector.audit.compare import GRACE, Listed, Seen, judge
from connector.audit.findings import Standing, Verdict
from connector.codes import CODES
from connector.engine.looks import ONGOING_MAX
from connector.model import BY_HAND, FINGERPRINT, KEY, STATE, CallKey, CrmRecord, Entry, State

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
BEGAN = NOW - timedelta(days=30)
AT = NOW - timedelta(days=1)
CALL = CallKey("klen", "org", "c1")
AS_IT_IS, AS_IT_WAS, OF_OTHERS = "m1-new", "m1-old", "m2-old"


def listed(**fields: Any) -> Listed:
    return Listed(**{"key": CALL, "ended_at": AT, "fingerprint": AS_IT_IS, **fields})


def an_entry(state: State = State.DONE, **fields: Any) -> Entry:
    about = {"decision": "matched", "contact_id": "51", "engagement_id": "9", "fingerprint": AS_IT_IS}
    return Entry(call_id="c1", account="org", state=state, ended_at=AT, **{**about, **fields})


def unwritten(state: State, **fields: Any) -> Entry:
    return an_entry(state, **{"contact_id": None, "engagement_id": None, **fields})


def engagement(fingerprint: str = AS_IT_IS, *, archived: bool = False, state: str | None = None) -> CrmRecord:
    marks = {KEY: str(CALL), FINGERPRINT: fingerprint, STATE: state}
    return CrmRecord(id="9", properties=marks, archived=archived)


def contact(contact_id: str) -> CrmRecord:
    return CrmRecord(id=contact_id, properties={})


def judged(**sides: Any) -> Verdict:
    return judge(Seen(key=CALL, **sides), now=NOW, started_from=BEGAN)


def codes(verdict: Verdict) -> list[str]:
    return [finding.code for finding in verdict.findings]


TWO = ("9", "10")


@pytest.mark.parametrize(
    ("sides", "found"),
    [
        pytest.param({"engagements": TWO}, ["E277"], id="two engagements"),
        pytest.param({"twins": ("51", "52")}, ["E278"], id="two contacts"),
        pytest.param({"engagements": TWO, "twins": ("51", "52")}, ["E277", "E278"], id="both"),
        pytest.param({}, [], id="neither"),
    ],
)
def test_what_stands_twice_is_wrong_and_never_mended(sides: dict[str, Any], found: list[str]) -> None:
    verdict = judged(listed=listed(), entry=an_entry(), record=engagement(), **sides)
    assert (verdict.standing, codes(verdict)) == (Standing.CARRIED, found)
    assert all(finding.is_wrong and not finding.mend for finding in verdict.findings)
    assert {finding.engagements or finding.contacts for finding in verdict.findings} == set(sides.values())


RECENT, OLDER = NOW - GRACE + timedelta(seconds=1), NOW - GRACE


@pytest.mark.parametrize(
    ("sides", "standing", "found"),
    [
        # --- there
        pytest.param({"entry": an_entry(), "record": engagement()}, Standing.CARRIED, [], id="written"),
        pytest.param({"record": engagement()}, Standing.CARRIED, [], id="there, the ledger lost"),
        pytest.param({"record": engagement(state="held")}, Standing.HELD, [], id="held, the ledger lost"),
        pytest.param({"entry": unwritten(State.HELD), "record": engagement()}, Standing.HELD, [], id="held"),
        pytest.param({"entry": an_entry(State.GONE), "record": engagement()}, Standing.CARRIED, [], id="restored"),
        # --- not to be there
        pytest.param({"entry": unwritten(State.SKIPPED, reason="staff")}, Standing.SKIPPED, [], id="skipped"),
        pytest.param({"listed": listed(skip="staff")}, Standing.SKIPPED, [], id="never read, would be skipped"),
        pytest.param({"listed": listed(ended_at=RECENT)}, Standing.WAITING, [], id="ended within the hour"),
        pytest.param({"listed": listed(ended_at=OLDER)}, Standing.MISSING, ["E271"], id="ended an hour ago"),
        pytest.param(
            {"listed": listed(ended_at=BEGAN - timedelta(seconds=1))}, Standing.BEFORE, [], id="before the beginning"
        ),
        pytest.param({"listed": listed(ended_at=BEGAN)}, Standing.MISSING, ["E271"], id="at the beginning"),
        pytest.param(
            {"listed": listed(ended_at=RECENT), "entry": unwritten(State.ONGOING)}, Standing.WAITING, [], id="just over"
        ),
        # --- not over
        pytest.param(
            {"listed": listed(fingerprint="", is_ongoing=True, ended_at=AT)},
            Standing.MISSING,
            ["E271"],
            id="for too long",
        ),
        pytest.param(
            {"listed": listed(fingerprint="", is_ongoing=True, ended_at=NOW - ONGOING_MAX)},
            Standing.WAITING,
            [],
            id="goes on",
        ),
        pytest.param(
            {
                "listed": listed(fingerprint="", is_ongoing=True, ended_at=NOW - ONGOING_MAX),
                "entry": unwritten(State.DEAD, code="E331"),
            },
            Standing.MISSING,
            ["E272"],
            id="goes on, and was given up",
        ),
        # --- missing
        pytest.param({}, Standing.MISSING, ["E271"], id="never read"),
        pytest.param({"listed": listed(fingerprint="", code="E320")}, Standing.MISSING, ["E271"], id="unreadable"),
        pytest.param({"entry": unwritten(State.ONGOING)}, Standing.MISSING, ["E271"], id="not read since its end"),
        pytest.param({"entry": unwritten(State.INTENT)}, Standing.MISSING, ["E272"], id="intent"),
        pytest.param({"entry": unwritten(State.FAILED, code="E231")}, Standing.MISSING, ["E272"], id="failed"),
        pytest.param({"entry": unwritten(State.DEAD, code="E231")}, Standing.MISSING, ["E272"], id="dead"),
        pytest.param(
            {"listed": listed(ended_at=RECENT), "entry": unwritten(State.FAILED)},
            Standing.MISSING,
            ["E272"],
            id="failed just now",
        ),
        # --- deleted
        pytest.param(
            {"entry": an_entry(), "record": engagement(archived=True)}, Standing.DELETED, ["W271"], id="deleted"
        ),
        pytest.param({"entry": an_entry()}, Standing.DELETED, ["W271"], id="deleted for good"),
        pytest.param(
            {"entry": unwritten(State.HELD, engagement_id="9")}, Standing.DELETED, ["W271"], id="held, deleted"
        ),
        pytest.param({"entry": an_entry(State.GONE)}, Standing.DELETED, ["W271"], id="known to be deleted"),
        pytest.param({"record": engagement(archived=True)}, Standing.DELETED, ["W271"], id="deleted, the ledger lost"),
        # --- keyless
        pytest.param({"entry": an_entry(), "keyless_id": "9"}, Standing.CARRIED, ["W274"], id="its key cleared"),
    ],
)
def test_where_a_call_stands(sides: dict[str, Any], standing: Standing, found: list[str]) -> None:
    verdict = judged(**{"listed": listed(), **sides})
    assert (verdict.standing, codes(verdict)) == (standing, found)


@pytest.mark.parametrize(
    ("sides", "found", "mend"),
    [
        pytest.param(
            {"entry": an_entry(fingerprint=AS_IT_WAS), "record": engagement(AS_IT_WAS)}, ["E273"], "list", id="changed"
        ),
        pytest.param({"entry": an_entry(), "record": engagement(AS_IT_WAS)}, ["E273"], "id", id="the CRM went back"),
        pytest.param({"record": engagement(AS_IT_WAS)}, ["E273"], "list", id="changed, the ledger lost"),
        pytest.param(
            {"entry": an_entry(fingerprint=AS_IT_WAS), "record": engagement()}, [], "", id="only the ledger is behind"
        ),
        pytest.param({"entry": an_entry(), "record": engagement(OF_OTHERS)}, [], "", id="another mapping's"),
        pytest.param(
            {
                "listed": listed(ended_at=RECENT),
                "entry": an_entry(fingerprint=AS_IT_WAS),
                "record": engagement(AS_IT_WAS),
            },
            [],
            "",
            id="changed within the hour",
        ),
        pytest.param(
            {"listed": listed(is_partial=True), "entry": an_entry(listed=AS_IT_IS), "record": engagement(AS_IT_WAS)},
            [],
            "",
            id="what the list gives is as it was",
        ),
        pytest.param(
            {"listed": listed(is_partial=True), "entry": an_entry(listed=AS_IT_WAS), "record": engagement()},
            ["E273"],
            "list",
            id="what the list gives has changed",
        ),
        pytest.param(
            {"listed": listed(is_partial=True), "record": engagement(AS_IT_WAS)},
            [],
            "",
            id="a part says nothing of the whole",
        ),
        pytest.param(
            {"entry": unwritten(State.SKIPPED, fingerprint=AS_IT_WAS)}, ["E273"], "list", id="skipped, and changed"
        ),
        pytest.param(
            {"entry": unwritten(State.SKIPPED, fingerprint=AS_IT_WAS, reason=BY_HAND)},
            [],
            "",
            id="left by a person, and changed",
        ),
        pytest.param(
            {"entry": an_entry(State.FAILED), "record": engagement(AS_IT_WAS)}, ["E273"], "list", id="the change failed"
        ),
        pytest.param(
            {"entry": an_entry(State.DEAD), "record": engagement(AS_IT_WAS)},
            ["E273"],
            "id",
            id="the change was given up",
        ),
        pytest.param({"entry": an_entry(State.INTENT), "record": engagement()}, ["W273"], "list", id="not settled"),
        pytest.param(
            {"entry": an_entry(), "record": engagement(AS_IT_WAS, archived=True)},
            ["W271"],
            "",
            id="deleted, and changed",
        ),
    ],
)
def test_what_was_not_carried(sides: dict[str, Any], found: list[str], mend: str) -> None:
    verdict = judged(**{"listed": listed(), **sides})
    assert codes(verdict) == found
    assert [finding.mend for finding in verdict.findings] == ([mend] if found else [])


NOT_LINKED = ("W239 call: not linked, HubSpot refused the link",)


@pytest.mark.parametrize(
    ("entry", "links", "contacts", "found"),
    [
        pytest.param(an_entry(), {"51"}, {}, [], id="its contact"),
        pytest.param(an_entry(), {"51", "52"}, {}, [], id="its contact and another"),
        pytest.param(an_entry(), {"52"}, {"51": contact("52"), "52": contact("52")}, [], id="merged away"),
        pytest.param(an_entry(), {"50"}, {"51": contact("52"), "50": contact("52")}, [], id="both merged into a third"),
        pytest.param(an_entry(), {"52"}, {"51": contact("51"), "52": contact("52")}, ["W272"], id="another"),
        pytest.param(an_entry(), set(), {"51": contact("51")}, ["W272"], id="taken off"),
        pytest.param(an_entry(), set(), {}, ["W272"], id="its contact deleted"),
        pytest.param(an_entry(notes=NOT_LINKED), set(), {"51": contact("51")}, ["E276"], id="the link refused"),
        pytest.param(an_entry(notes=NOT_LINKED), set(), {}, ["W272"], id="the link refused, the contact deleted"),
        pytest.param(
            an_entry(notes=NOT_LINKED), {"52"}, {"51": contact("51")}, ["W272"], id="the link refused, a person chose"
        ),
        pytest.param(
            an_entry(notes=("W239 task: not linked",)), set(), {"51": contact("51")}, ["W272"], id="a task's link"
        ),
        pytest.param(
            an_entry(decision="logged", contact_id=None), {"52"}, {}, [], id="written for nobody, given somebody"
        ),
        pytest.param(unwritten(State.HELD, engagement_id="9"), set(), {}, [], id="held"),
        pytest.param(unwritten(State.HELD, engagement_id="9"), {"52"}, {}, ["W272"], id="held, and given its contact"),
    ],
)
def test_on_whose_timeline_it_stands(entry: Entry, links: set[str], contacts: Any, found: list[str]) -> None:
    verdict = judged(listed=listed(), entry=entry, record=engagement(), links=frozenset(links), contacts=contacts)
    assert codes(verdict) == found
    assert [finding.mend for finding in verdict.findings] == ["id" if code == "E276" else "" for code in found]


def test_a_held_mark_that_is_left_on_a_call_for_nobody_is_ours_to_mend() -> None:
    marked = engagement(state="held")
    known = {"51": contact("51")}
    verdict = judged(listed=listed(), entry=an_entry(), record=marked, links=frozenset(), contacts=known)
    assert codes(verdict) == ["E276"]


def test_one_call_may_have_several_findings() -> None:
    verdict = judged(listed=listed(), entry=an_entry(), record=engagement(AS_IT_WAS), links=frozenset({"52"}))
    assert codes(verdict) == ["E273", "W272"]


def test_an_unfinished_call_that_is_not_listed_any_more_is_fetched_by_its_id() -> None:
    [finding] = judged(entry=unwritten(State.FAILED, code="E222", message="No answer.")).findings
    assert (finding.code, finding.mend, finding.ended_at) == ("E272", "id", AT)
    assert finding.message.endswith("E222 No answer; the platform no longer lists it")


def test_a_failure_names_its_reason_and_how_to_mend_that() -> None:
    entry = unwritten(State.DEAD, code="E231", message="HubSpot refused it.")
    [finding] = judged(listed=listed(caller_name="Ada Fern", caller_number="+447700900199"), entry=entry).findings
    assert (finding.because, finding.call, finding.call_id) == ("E231", "klen:org:c1", "c1")
    assert finding.fix == f"{CODES['E231'].fix} Then run `connector reconcile --repair`."
    assert (finding.caller_name, finding.caller_number) == ("Ada Fern", "+447700900199")
    assert finding.is_wrong


def test_what_cannot_be_read_was_when_it_was_met_first() -> None:
    unreadable = listed(fingerprint="", code="E320", ended_at=NOW)
    [finding] = judged(listed=unreadable, entry=unwritten(State.DEAD, code="E320")).findings
    assert finding.ended_at == AT
    assert judged(listed=unreadable).findings[0].ended_at == NOW
