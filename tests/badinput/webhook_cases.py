"""C: what is sent to the port of `serve`. It has no exit status: the answer's status is told."""

from __future__ import annotations

from tests.badinput.terms import Absent, Case, Shown

RECEIVE = "tests/unit/web/test_web_receive.py"
SITE = "tests/unit/web/test_web_site.py"
HINTS = "tests/e2e/test_hints.py"
DELIVERIES = "tests/e2e/test_deliveries.py"

WEBHOOKS: tuple[Case, ...] = (
    Shown(
        "B56",
        "a signature that is missing, wrong, cut, doubled, of another algorithm or no hex",
        "401, alike for each; the log has the reason",
        (f"{RECEIVE}::test_a_signature_that_is_not_right", f"{SITE}::test_a_forged_delivery_is_told_nothing"),
    ),
    Shown(
        "B56",
        "no secret in the settings, or a platform whose deliveries cannot be verified",
        "said when it starts; 401 for every delivery",
        (
            f"{SITE}::test_without_a_secret_or_a_proof_all_are_refused",
            "tests/e2e/test_serve.py::test_it_says_that_deliveries_are_refused",
        ),
        "W150",
    ),
    Shown(
        "B56",
        "a signature whose making is unknown (Klen AI)",
        "not looked at: 401 unless the address ends with the secret",
        (
            f"{RECEIVE}::test_a_signature_that_cannot_be_checked_proves_nothing",
            f"{SITE}::test_klens_deliveries_need_the_secret_in_their_address",
        ),
    ),
    Shown(
        "B57",
        "the right signature over a body that a proxy wrote anew",
        "401",
        (f"{RECEIVE}::test_a_body_that_was_written_anew_is_refused",),
    ),
    Shown(
        "B58",
        "a timestamp more than five minutes off, doubled, no number, or too long",
        "401",
        (f"{RECEIVE}::test_too_old_or_too_new", f"{RECEIVE}::test_not_a_timestamp"),
    ),
    Shown(
        "B59",
        "a delivery that was sent before",
        "200, and nothing more",
        (f"{SITE}::test_a_repeated_delivery_has_no_second_effect",),
    ),
    Shown(
        "B60",
        "another method, address, case of the address, or type",
        "405, 404, 404, 415",
        (f"{SITE}::test_another_method_or_path", f"{SITE}::test_another_type_is_refused"),
    ),
    Shown(
        "B61",
        "a body of more than 1 MiB, with its length given or not",
        "413, unread",
        (
            f"{SITE}::test_is_refused_before_it_is_sent",
            f"{SITE}::test_without_a_length_is_refused_once_it_is_too_long",
        ),
    ),
    Shown(
        "B61",
        "a body, or headers, that trickle in",
        "408 after 10 seconds; the connection ends after 20",
        (f"{SITE}::test_of_a_body_is_told_so", f"{SITE}::test_of_headers_is_cut_off"),
    ),
    Shown(
        "B62",
        "an event about no finished call, or one that nobody knows",
        "200, and nothing is done",
        (f"{RECEIVE}::test_another_event_is_ignored", f"{SITE}::test_an_unknown_event_is_fine_and_does_nothing"),
    ),
    Shown(
        "B62",
        "verified bytes that are no JSON, JSON of another shape, or an id that cannot be one",
        "400; 200 and ignored; 200 and not fetched",
        (
            f"{RECEIVE}::test_a_body_that_is_not_json",
            f"{RECEIVE}::test_json_of_another_shape_is_ignored",
            f"{RECEIVE}::test_an_id_that_is_none_is_not_fetched",
        ),
    ),
    Shown(
        "B63",
        "a delivery about a call that the platform does not know yet",
        "asked for in five runs, then left to polling",
        (f"{HINTS}::test_an_unknown_call_is_asked_for_a_few_times",),
    ),
    Shown(
        "B63",
        "deliveries in another order, or about a call that still goes on or is older than the history",
        "the platform's own answer decides",
        (
            f"{DELIVERIES}::test_deliveries_and_polling_alone_give_the_same",
            f"{HINTS}::test_a_call_that_still_goes_on_is_tracked",
            f"{HINTS}::test_a_call_older_than_the_history_is_left_alone",
        ),
    ),
    Shown(
        "B64",
        "the same call by a delivery and by polling",
        "carried once, and not asked for twice",
        (
            f"{HINTS}::test_a_call_that_the_list_gives_in_full_is_not_asked_for",
            f"{HINTS}::test_a_call_that_is_due_anyway_is_asked_for_once",
        ),
    ),
    Shown(
        "B65",
        "the secret of another connection, or the address of another",
        "401; 404",
        (f"{RECEIVE}::test_another_secret_is_refused", f"{SITE}::test_another_method_or_path"),
    ),
    Shown(
        "B66",
        "more connections at once than there is room for",
        "503; the platform sends again, and polling finds the call",
        (f"{SITE}::test_more_connections_than_there_is_room_for_are_sent_away",),
    ),
    Shown(
        "B66",
        "a flood of forged deliveries",
        "401 each; the log tells once a minute",
        (f"{SITE}::test_a_flood_of_forged_deliveries_does_not_flood_the_log",),
    ),
    Shown(
        "B66",
        "deliveries while the ledger takes none",
        "503 with Retry-After",
        (f"{SITE}::test_a_ledger_that_takes_nothing_asks_for_the_delivery_again",),
        "E511",
    ),
    Absent("B67", "HubSpot's own webhooks, signed over a rewritten address", "HubSpot's webhooks are not received."),
    Shown(
        "B68",
        "a secret that is replaced while deliveries come",
        "both are believed while both are set",
        (f"{RECEIVE}::test_each_of_several_secrets_will_do_while_one_replaces_the_other",),
    ),
    Shown(
        "B68",
        "a secret that is too short to stand in an address",
        "refused before anything is received",
        ("tests/e2e/test_serve.py::test_a_secret_that_could_be_guessed_is_refused",),
        "E151",
        "2",
    ),
)
