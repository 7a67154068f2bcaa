"""Each check as a function of what was read."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from connector.doctor.clock import check_clock
from connector.doctor.config import check_config
from connector.doctor.ledger import CLOCK_SECONDS_MAX, FREE_BYTES_MIN, check_content, check_place
from connector.doctor.mapping import check_mapping, check_names
from connector.doctor.platform import PlatformSeen, check_key, look
from connector.doctor.portal import check_properties
from connector.doctor.quota import check_quota
from connector.doctor.reading import Unread
from connector.doctor.token import check_scopes, check_token, hides_the_rest
from connector.errors import AccessError, ConnectorError, FatalError, InputError, TransientError
from connector.hubspot.examination import Quota, Vitals
from connector.hubspot.shape import wanted
from connector.ledger.place import Place, ServerPlace
from connector.model import Property, SourceProfile, State
from connector.reports import CheckReport, Diagnosis, DoctorReport, Finding
from tests.stubs.told_source import ToldSource

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
NO_TOKEN = Unread("no token")
REFUSED = AccessError("E201", "HubSpot answered 401")
NO_SCOPE = AccessError("E202", "the scope is missing")
DOWN = TransientError("E211", "HubSpot cannot be reached")


def short(diagnoses: list[Diagnosis]) -> list[tuple[str, str, int]]:
    return [(each.status, each.code, each.exit_code) for each in diagnoses]


OK, UNCHECKED = ("ok", "", 0), ("unchecked", "", 0)


# --- config


def test_a_slip_in_the_settings_is_a_warning():
    slips = [Finding(where=".env", code="W102", message="readable", fix="chmod 600 .env")]
    assert short(check_config([])) == [OK]
    assert short(check_config(slips)) == [("warning", "W102", 0)]
    assert check_config(slips)[0].fix == "chmod 600 .env"


# --- mapping

CLEAN = CheckReport(files=("m.yaml",), findings=(), tests_passed=3, portal_checked=True)
WRONG = CheckReport(files=("m.yaml",), findings=(Finding(where="m.yaml:1:1", code="E431", message="no property"),))


def telling(code: str) -> CheckReport:
    finding = Finding(where="m.yaml:1:1", code=code, message="not there")
    return CheckReport(files=("m.yaml",), findings=(finding,), portal_checked=True)


@pytest.mark.parametrize(
    ("report", "why_not", "expected"),
    [
        pytest.param(CLEAN, "", [OK], id="clean"),
        pytest.param(CLEAN, "no token", [OK, UNCHECKED], id="without a portal"),
        pytest.param(WRONG, "", [("error", "E431", 2)], id="an error"),
        pytest.param(telling("W436"), "", [OK, ("warning", "W436", 0)], id="a warning"),
        pytest.param(telling("W434"), "", [OK], id="dispositions are told apart"),
        pytest.param(telling("E435"), "", [OK], id="owners are told apart"),
        pytest.param(InputError("E401", "no mapping"), "", [("error", "E401", 2)], id="no file"),
    ],
)
def test_mapping(report, why_not, expected):
    assert short(check_mapping(report, why_not_against_portal=why_not)) == expected


def test_a_finding_without_a_fix_gets_that_of_its_code():
    assert check_mapping(WRONG, why_not_against_portal="")[0].fix.startswith("Use the internal name")


@pytest.mark.parametrize(
    ("check", "report", "expected"),
    [
        pytest.param("dispositions", CLEAN, [OK], id="all dispositions are there"),
        pytest.param("dispositions", telling("W434"), [("warning", "W434", 0)], id="one is not"),
        pytest.param("dispositions", telling("E435"), [OK], id="an owner is no disposition"),
        pytest.param("owners", CLEAN, [OK], id="all owners are there"),
        pytest.param("owners", telling("W435"), [("warning", "W435", 0)], id="one left"),
        pytest.param("owners", telling("E435"), [("error", "E435", 2)], id="one never was"),
        pytest.param("owners", NO_TOKEN, [UNCHECKED], id="no portal"),
        pytest.param("owners", WRONG, [UNCHECKED], id="a mapping that cannot be used"),
        pytest.param("owners", InputError("E401", "no mapping"), [UNCHECKED], id="no mapping"),
    ],
)
def test_names(check, report, expected):
    assert short(check_names(check, report)) == expected


# --- key


def seen(account: str | None = "org", name: str | None = "Finch") -> PlatformSeen:
    return PlatformSeen(profile=SourceProfile(account=account, name=name), account=account, newest_at=NOW)


@pytest.mark.parametrize(
    ("read", "configured", "pinned", "expected"),
    [
        pytest.param(seen(), None, None, [OK], id="new"),
        pytest.param(seen(), None, "org", [OK], id="as before"),
        pytest.param(seen(account=None), None, "org", [OK], id="no calls to tell"),
        pytest.param(seen(), "mine", "mine", [OK, ("warning", "W340", 0)], id="configured otherwise"),
        pytest.param(seen(), None, "other", [OK, ("error", "E120", 2)], id="another account"),
        pytest.param(seen(), "org", "other", [OK, ("error", "E120", 2)], id="configured to another account"),
        pytest.param(seen(), None, Unread("broken"), [OK, UNCHECKED], id="the ledger cannot tell"),
        pytest.param(AccessError("E310", "refused"), None, None, [("error", "E310", 3)], id="refused"),
        pytest.param(TransientError("E301", "down"), None, None, [("error", "E301", 4)], id="down"),
        pytest.param(InputError("E102", "not set"), None, None, [("error", "E102", 2)], id="no key"),
    ],
)
def test_key(read, configured, pinned, expected):
    assert short(check_key(read, configured=configured, pinned=pinned)) == expected


@pytest.mark.parametrize(
    ("count", "remembered", "expected"),
    [
        pytest.param(None, 7, "(Finch), newest call 2026-11-20 12:00 UTC", id="the platform does not say"),
        pytest.param(1, None, "(Finch), it counts 1 call, newest", id="no ledger yet"),
        pytest.param(4812, 312, "(Finch), it counts 4,812 calls (312 in the ledger), newest", id="beside the ledger"),
        pytest.param(5, 0, "(Finch), it counts 5 calls, newest", id="nothing is carried yet"),
    ],
)
def test_the_platforms_own_number_of_calls(count, remembered, expected):
    counted = replace(seen(), call_count=count)
    (told,) = check_key(counted, configured=None, pinned=None, remembered=remembered)
    assert expected in told.message


class Counting(ToldSource):
    """Implements `ports.Counted`, too."""

    def __init__(self, says: int | ConnectorError) -> None:
        super().__init__()
        self._says = says

    def call_count(self) -> int:
        if isinstance(self._says, ConnectorError):
            raise self._says
        return self._says


@pytest.mark.parametrize(("says", "count"), [(5, 5), (FatalError("E311", "no such path"), None)])
def test_a_number_that_cannot_be_had_costs_nothing_else(says, count):
    looked_at = look(Counting(says), NOW)
    assert (looked_at.call_count, looked_at.profile.account) == (count, "org_1")
    assert look(ToldSource(), NOW).call_count is None


# --- token and scopes

VITALS = Vitals(portal_id="1", account_type="STANDARD", time_zone="Europe/London", answered_at=NOW)


@pytest.mark.parametrize(
    ("vitals", "pinned", "expected"),
    [
        pytest.param(VITALS, None, [OK], id="new"),
        pytest.param(VITALS, "1", [OK], id="as before"),
        pytest.param(VITALS, "2", [OK, ("error", "E121", 2)], id="another portal"),
        pytest.param(VITALS, Unread("broken"), [OK, UNCHECKED], id="the ledger cannot tell"),
        pytest.param(REFUSED, "1", [("error", "E201", 3)], id="refused"),
        pytest.param(DOWN, "1", [("error", "E211", 4)], id="down"),
    ],
)
def test_token(vitals, pinned, expected):
    assert short(check_token(vitals, pinned=pinned)) == expected


@pytest.mark.parametrize(
    ("vitals", "hides"),
    [(VITALS, False), (REFUSED, True), (DOWN, True), (NO_SCOPE, False), (FatalError("E203", "404"), False)],
)
def test_what_makes_further_questions_useless(vitals, hides):
    assert bool(hides_the_rest(vitals)) is hides


ALL_READ = {"contacts": None, "calls": None, "owners": None}
WRITER = frozenset({"crm.objects.contacts.write"})


@pytest.mark.parametrize(
    ("probes", "granted", "needs_setup", "expected"),
    [
        pytest.param(ALL_READ, WRITER, False, [OK, OK], id="all there"),
        pytest.param(ALL_READ, WRITER, True, [OK, ("error", "E202", 3)], id="may not set up"),
        pytest.param(ALL_READ, frozenset({"oauth"}), False, [OK, ("error", "E202", 3)], id="may not write"),
        pytest.param({**ALL_READ, "deals": None}, WRITER, False, [OK, ("error", "E202", 3)], id="may not write deals"),
        pytest.param({**ALL_READ, "tickets": None}, WRITER, False, [OK, ("error", "E202", 3)], id="nor tickets"),
        pytest.param(
            {**ALL_READ, "owners": NO_SCOPE}, WRITER, False, [OK, ("error", "E202", 3), OK], id="may not read"
        ),
        pytest.param({"contacts": NO_SCOPE}, WRITER, False, [("error", "E202", 3), OK], id="may read nothing"),
        pytest.param(ALL_READ, None, False, [OK, UNCHECKED], id="HubSpot does not tell"),
        pytest.param(ALL_READ, Unread("HubSpot did not say (E213)"), False, [OK, UNCHECKED], id="HubSpot is silent"),
        pytest.param(NO_TOKEN, NO_TOKEN, True, [UNCHECKED], id="no token"),
    ],
)
def test_scopes(probes, granted, needs_setup, expected):
    assert short(check_scopes(probes, granted, needs_setup=needs_setup)) == expected


# --- properties


def prepared(object_type: str, **changes: Property) -> dict[str, Property]:
    made = {
        entry.name: Property(name=entry.name, label=entry.label, type=entry.type, unique=entry.unique)
        for entry in wanted(object_type)
    }
    return {**made, **changes}


KEY = Property(name="call_connector_key", label="key", type="string", unique=False)
NUMBER = Property(name="call_connector_key", label="key", type="number", unique=False)


@pytest.mark.parametrize(
    ("read", "keyless", "expected"),
    [
        pytest.param({"calls": prepared("calls")}, (), [OK], id="prepared"),
        pytest.param({"calls": {}}, (), [("error", "E241", 2)], id="nothing there"),
        pytest.param({"tasks": {}}, ("tasks",), [("error", "E242", 2)], id="refused by setup"),
        pytest.param({"tasks": prepared("tasks")}, ("tasks",), [OK], id="refused once, there now"),
        pytest.param({"calls": {}}, ("calls",), [("warning", "W241", 0)], id="in a property of HubSpot's own"),
        pytest.param({"calls": prepared("calls", call_connector_key=KEY)}, (), [("warning", "W241", 0)], id="plain"),
        pytest.param({"calls": prepared("calls", call_connector_key=NUMBER)}, (), [("error", "E243", 2)], id="number"),
        pytest.param({"calls": prepared("calls"), "contacts": {}}, (), [OK, ("error", "E241", 2)], id="one of two"),
        pytest.param({"calls": NO_SCOPE, "contacts": {}}, (), [("error", "E202", 3), ("error", "E241", 2)], id="403"),
        pytest.param(NO_TOKEN, (), [UNCHECKED], id="no token"),
    ],
)
def test_properties(read, keyless, expected):
    assert short(check_properties(read, keyless=keyless)) == expected


# --- ledger, clock, quota


def a_server(clock_ahead_seconds: float) -> ServerPlace:
    return ServerPlace(where="postgresql://db/l", version="15.1", clock_ahead_seconds=clock_ahead_seconds)


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        pytest.param(Place(path=Path("/l.db"), is_there=True, free_bytes=FREE_BYTES_MIN), OK, id="room enough"),
        pytest.param(
            Place(path=Path("/l.db"), is_there=False, free_bytes=FREE_BYTES_MIN - 1), ("warning", "W502", 0), id="full"
        ),
        pytest.param(a_server(CLOCK_SECONDS_MAX), OK, id="a server"),
        pytest.param(a_server(CLOCK_SECONDS_MAX + 1), ("warning", "W504", 0), id="a server whose clock is behind"),
        pytest.param(a_server(-CLOCK_SECONDS_MAX - 1), ("warning", "W504", 0), id="a server whose clock is ahead"),
        pytest.param(InputError("E505", "nfs"), ("error", "E505", 2), id="a network's disk"),
    ],
)
def test_place(place, expected):
    assert short(check_place(place)) == [expected]


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        pytest.param(None, [], id="no ledger"),
        pytest.param({}, [OK], id="empty"),
        pytest.param({State.DONE: 5, State.FAILED: 2, State.HELD: 1}, [OK], id="failed and held"),
        pytest.param({State.DEAD: 3}, [OK, ("warning", "W503", 0)], id="dead letters"),
        pytest.param(InputError("W501", "older"), [("warning", "W501", 0)], id="an older one"),
        pytest.param(FatalError("E507", "newer"), [("error", "E507", 2)], id="a newer one"),
    ],
)
def test_content(counts, expected):
    assert short(check_content(counts)) == expected


def test_what_the_ledger_counts_is_said():
    said = check_content({State.DONE: 5, State.FAILED: 2, State.INTENT: 1, State.HELD: 1})[0].message
    assert said == "9 calls remembered, 3 failed or interrupted (the next run tries them again), 1 held for a person"


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [
        *((0, OK), (60, OK), (-60, OK), (61, ("warning", "W131", 0)), (-3600, ("warning", "W131", 0))),
        *((3601, ("error", "E131", 2)), (-86_400, ("error", "E131", 2))),
    ],
)
def test_clock(seconds, expected):
    assert short(check_clock(VITALS, now=NOW + timedelta(seconds=seconds))) == [expected]


def test_how_far_the_clock_is_off_is_said():
    [ahead] = check_clock(VITALS, now=NOW + timedelta(minutes=10))
    [behind] = check_clock(VITALS, now=NOW - timedelta(days=3))
    assert ahead.message == "this machine's clock is 10 min ahead of HubSpot's"
    assert behind.message == "this machine's clock is 3 d behind HubSpot's"


def test_a_clock_that_cannot_be_compared():
    assert short(check_clock(Vitals(portal_id="1"), now=NOW)) == [UNCHECKED]
    assert short(check_clock(NO_TOKEN, now=NOW)) == [UNCHECKED]


@pytest.mark.parametrize(
    ("remaining", "share", "expected"),
    [
        pytest.param(1000, 0.9, OK, id="all of it"),
        pytest.param(150, 0.9, ("warning", "W262", 0), id="little"),
        pytest.param(100, 0.9, ("error", "E219", 4), id="our share is used up"),
        pytest.param(100, 1.0, OK, id="it is all ours"),
        pytest.param(0, 1.0, ("error", "E219", 4), id="nothing"),
    ],
)
def test_the_day(remaining, share, expected):
    quota = Quota(interval_max=190, interval_remaining=180, day_max=1000, day_remaining=remaining)
    assert short(check_quota(Vitals(portal_id="1", quota=quota), share=share)) == [OK, expected]


def test_a_quota_that_is_not_told():
    assert short(check_quota(VITALS, share=0.9)) == [UNCHECKED]
    assert short(check_quota(NO_TOKEN, share=0.9)) == [UNCHECKED]


# --- the whole


@pytest.mark.parametrize(("codes", "expected"), [((0, 0), 0), ((4, 0), 4), ((4, 3), 3), ((3, 4, 2), 2)])
def test_the_exit_code_is_that_of_the_worst(codes, expected):
    found = (Diagnosis(check="x", status="error", message="", exit_code=code) for code in codes)
    assert DoctorReport(diagnoses=tuple(found)).exit_code == expected
