"""D: what HubSpot can answer."""

from __future__ import annotations

from collections.abc import Callable

import httpx

from tests.badinput.room import Room
from tests.badinput.terms import Case, Seen, Shown, Try

CREATE = "tests/unit/hubspot/test_hubspot_create.py"
BATCH = "tests/unit/hubspot/test_hubspot_batch.py"
READ = "tests/unit/hubspot/test_hubspot_read.py"
REFUSALS = "tests/unit/hubspot/test_hubspot_refusals.py"
CHANGES = "tests/e2e/test_changes.py"

Do = Callable[[Room], Seen]
HTML = {"Content-Type": "text/html"}


def _answers(status: int, body: object = "", **headers: str) -> Do:
    """A prepared portal that answers everything so, and a call for it."""

    def do(room: Room) -> Seen:
        room.set_up()
        room.ring()
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        room.fault("hubspot", "status", status=status, times=0, body=body, headers=named)
        return room.sync()

    return do


def _limit(policy: str | None, **more: str) -> Do:
    words = policy.lower() if policy else "secondly"
    body = {"status": "error", "message": f"You have reached your {words} limit.", **more}
    return _answers(429, {**body, "policyName": policy} if policy else {**body, "category": "RATE_LIMITS"})


def _unprepared(room: Room) -> Seen:
    room.ring()
    return room.sync()


def _unreachable(room: Room) -> Seen:
    room.set_up()
    room.ring()
    room.hubspot_says(httpx.ConnectError("Name or service not known"))
    return room.sync()


def _without_a_key(room: Room) -> Seen:
    room.refuse_properties("tasks")
    room.set_up()
    room.ring()
    return room.sync()


EXPIRED = {"status": "error", "category": "EXPIRED_AUTHENTICATION", "message": "The OAuth token expired."}
SCOPES = {
    "status": "error",
    "category": "MISSING_SCOPES",
    "message": "This app hasn't been granted all required scopes.",
    "errors": [{"message": "x", "context": {"requiredGranularScopes": ["crm.objects.contacts.write"]}}],
}

HUBSPOT: tuple[Case, ...] = (
    Shown(
        "B69",
        "409 with the existing id",
        "the record that is there is taken, nothing is doubled",
        (f"{CREATE}::test_an_address_as_a_409", f"{CREATE}::test_by_key"),
    ),
    Shown(
        "B70",
        "400 with two ids: a secondary address",
        "the second id is the record that has it",
        (f"{CREATE}::test_a_secondary_address_as_a_400_with_two_ids",),
    ),
    Shown(
        "B71",
        "207: some written, some refused",
        "one bad value harms no neighbour",
        (
            f"{CREATE}::test_one_bad_value_harms_no_neighbour",
            "tests/contract/test_cassettes.py::test_create_once_and_again_and_with_one_refused",
        ),
    ),
    Shown(
        "B72",
        "400 for a hundred because of one",
        "found by halves: at most 2·log₂ 100 requests more",
        (f"{BATCH}::test_one_poison_record_costs_at_most_two_log_n",),
    ),
    Shown(
        "B73",
        "results in another order, fewer than inputs, without marks",
        "told apart by trace id or key, never by position",
        (f"{BATCH}::test_by_trace_id_never_by_position", f"{CREATE}::test_an_input_in_neither_list_is_looked_into"),
    ),
    Try("B74", "404 as a web page", 2, "E203", _answers(404, "<html></html>", Content_Type="text/html")),
    Try("B74", "200 as a web page", 4, "E214", _answers(200, "<html></html>", Content_Type="text/html")),
    Try("B75", "423, for as long as we wait", 4, "E218", _answers(423, {})),
    Try("B75", "477, Retry-After an hour", 4, "E220", _answers(477, {}, Retry_After="3600")),
    Try("B75", "502", 4, "E218", _answers(502)),
    Try("B75", "504", 4, "E218", _answers(504)),
    Try("B75", "524", 4, "E218", _answers(524)),
    Try("B76", "429 of ten seconds", 4, "E217", _limit("TEN_SECONDLY_ROLLING")),
    Try("B76", "429 without the name of a policy", 4, "E217", _limit(None)),
    Try("B76", "429 of the day", 4, "E219", _limit("DAILY")),
    Shown(
        "B77",
        "written, and the answer lost",
        "looked up by its key before anything is sent again",
        (
            f"{CREATE}::test_each_record_stands_once",
            "tests/property/test_crm_lost_answers.py::test_each_record_stands_once",
        ),
    ),
    Shown(
        "B78",
        "a contact merged or deleted between read and write",
        "followed; a deleted one is not made again",
        (
            "tests/e2e/test_guards.py::test_a_contact_merged_while_the_run_goes_on_is_followed",
            "tests/e2e/test_corners.py::test_contact_deleted_between_read_and_create_of_call",
        ),
    ),
    Shown(
        "B79",
        "a call that a person deleted",
        "never made again",
        (f"{CHANGES}::test_a_deleted_call_is_never_made_again",),
    ),
    Shown(
        "B80",
        "a property deleted, read-only or retyped by an admin",
        "that property is left out and told, the call goes through",
        (
            f"{REFUSALS}::test_a_property_that_cannot_be_written_concerns_all_that_bring_it",
            "tests/e2e/test_recovery.py::test_two_refused_values_cost_two_values_and_not_the_call",
        ),
    ),
    Shown(
        "B81",
        "the portal takes no unique property on calls",
        "carried with a key that is not unique: looked for, and waited for, before anything is sent again",
        (
            "tests/e2e/test_crash_points.py::test_nor_where_the_portal_refuses_no_second_key",
            "tests/e2e/test_doctor.py::test_keys_that_hubspot_does_not_hold_unique",
        ),
        "W241",
        "0",
    ),
    Try("B81", "the portal takes no property for our key on tasks", 2, "E242", _without_a_key),
    Try("–", "the portal was never set up", 2, "E241", _unprepared),
    Shown(
        "B82",
        "an owner who is not active",
        "owns nothing; noted",
        ("tests/e2e/test_outcomes.py::test_the_contacts_active_owner_owns_call_and_task_and_an_inactive_one_nothing",),
    ),
    Shown(
        "B83",
        "a value of more than 65,536 characters",
        "cut before it is sent, by whole turns where it is a transcript",
        ("tests/property/test_mapping_values.py::test_a_body_never_passes_its_limit_nor_splits_an_entity",),
    ),
    Shown(
        "B84",
        "a search that shows what is no longer so",
        "every hit is read again by id and compared",
        (f"{READ}::test_exactly_what_was_asked_for", "tests/unit/engine/test_engine_match.py::test_finds_nobody"),
    ),
    Try("B85", "the token is revoked during the run", 3, "E201", _answers(401, EXPIRED)),
    Try("B85", "a scope is taken away", 3, "E202", _answers(403, SCOPES)),
    Try("B85", "HubSpot cannot be reached", 4, "E211", _unreachable),
    Shown(
        "B85",
        "the token belongs to another portal by now",
        "refused before anything is written",
        ("tests/e2e/test_guards.py::test_another_portal_is_refused_before_anything_is_written",),
        "E121",
        "2",
    ),
    Shown(
        "B86",
        "as many links as a record may have",
        "that link is refused and told, the others stand",
        (
            "tests/unit/hubspot/test_hubspot_link.py::test_one_end_that_is_gone_harms_no_other_link",
            "tests/e2e/test_recovery.py::test_a_link_that_hubspot_refuses_does_not_stop_the_other_calls",
        ),
    ),
)
