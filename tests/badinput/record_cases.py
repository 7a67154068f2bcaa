"""B: what a platform's records can hold."""

from __future__ import annotations

from collections.abc import Callable

from tests.badinput.room import CALL_ID, Room, changed, whole
from tests.badinput.terms import Absent, Case, Seen, Shown, Try

Do = Callable[[Room], Seen]

LISTS = "tests/contract/sources/test_source_lists.py"
SOURCES = "tests/unit/sources"
WITHOUT = {"leadData": None, "callerName": None}


def _list(*elements: bytes) -> Do:
    """These elements before a sound one."""
    return lambda room: room.listed(*elements, room.good())


def _rung(**fields: object) -> Do:
    return lambda room: room.rung(**fields)


def _written(name: str, **fields: object) -> Do:
    return lambda room: room.written(name, **fields)


def _surrogate(room: Room) -> Seen:
    room.listed(room.good(CALL_ID).replace(b"Asked for", b"\\\\ud83d Asked for"), room.good())
    room.listed(room.good("half").replace(b"Asked for", b"\\ud83d Asked for"))
    texts = [str(each.properties.get("hs_call_body")) for each in room.sandbox.hubspot.records("calls")]
    (body,) = [text for text in texts if "\ufffd" in text]
    return Seen(0, "–", f"hs_call_body: {body}")


def _erased(room: Room) -> Seen:
    """The platform blanks the person and what was said; what stands in the CRM stays."""
    room.rung(callerNumber="+447700900177")
    room.ring(callerNumber=None, callerName=None, leadData=None, summary="")
    return room.became()


def _nulls(room: Room) -> Seen:
    names = "organizationId callerNumber callerName callType outcome duration summary transcript recordingUrl leadData"
    return room.rung(**dict.fromkeys(names.split()))


PAYLOAD: tuple[Case, ...] = (
    Try("B20", "no JSON", 2, "E314", whole(b"nonsense")),
    Try(
        "B20",
        "the list is cut in the middle of a record",
        4,
        "E315",
        lambda room: whole(b"[" + room.good()[:40])(room),
    ),
    Try("B21", "100,000 nested lists", 1, "E320", _list(b"[" * 100_000 + b"]" * 100_000)),
    Try("B22", "NaN", 1, "E320", changed(b'"duration":60', b'"duration":NaN')),
    Try("B22", "a number of 1e400", 1, "E320", changed(b'"duration":60', b'"duration":1e400')),
    Try("B23", "a number of 5,000 digits", 1, "E320", changed(b'"duration":60', b'"duration":' + b"9" * 5000)),
    Try(
        "B24",
        "the id stands twice in one record: the last one counts",
        0,
        "–",
        changed(b'{"id":"bad"', b'{"id":"other","id":"bad"'),
    ),
    Try("B25", "half of a surrogate pair", 0, "–", _surrogate),
    Try("B26", "NUL in the summary", 0, "–", _written("hs_call_body", summary="a\0b")),
    Try("B27", "a list where a record is expected", 1, "E320", _list(b"[1, 2]")),
    Try("B27", "an object in place of the list", 2, "E314", whole(b'{"calls": []}')),
    Try(
        "B27",
        "lists and objects where text is expected",
        0,
        "–",
        _rung(leadData=["a"], callerName={"first": "Ada"}, callerNumber="+447700900177"),
    ),
    Try("B28", "no id", 1, "E321", changed(b'"id":"bad"', b'"id":null')),
    Try("B29", "an id of 10,000 characters", 0, "–", _rung(call_id="x" * 10_000)),
    Try("B29", "an id with a slash, a colon and a line end", 0, "–", _rung(call_id="a/b:c\nd")),
    Try("B30", "the same id twice in the list", 0, "–", lambda room: room.listed(room.good(), room.good())),
    Shown(
        "B31",
        "the same id later, with other content",
        "the same engagement changes",
        ("tests/e2e/test_changes.py::test_changes_the_same_engagement",),
    ),
    Try(
        "B32",
        "two ids that differ in case only are two calls",
        0,
        "–",
        lambda room: room.listed(room.good("A1"), room.good("a1")),
    ),
    Try(
        "B33",
        "an id once as number, once as text is one call",
        0,
        "–",
        lambda room: room.listed(room.good(17), room.good("17")),
    ),
    Shown(
        "B34",
        "a page that comes again, or pages that do not turn",
        "each call once; a list that leads nowhere ends the run",
        (
            f"{LISTS}::test_a_page_that_comes_again",
            f"{SOURCES}/test_sources_trail.py::test_a_page_that_adds_nothing_stops_the_walk",
            f"{SOURCES}/test_sources_pages.py::test_a_platform_that_does_not_turn_its_pages_is_no_endless_list",
        ),
        "E316",
        "4",
    ),
    Absent(
        "B35",
        "a page's token that has expired",
        "No platform gives tokens: lists go on by number, or by the time of a call, and each run begins at the first.",
    ),
    Shown(
        "B36",
        "calls that come or go while the pages are read",
        "cost no other call",
        (
            f"{LISTS}::test_calls_added_while_the_list_is_read_cost_no_other",
            f"{LISTS}::test_calls_deleted_while_the_list_is_read_cost_no_other",
        ),
    ),
    Shown(
        "B37",
        "a total that is not the number of calls",
        "not believed: what is listed counts",
        (f"{SOURCES}/test_sources_krosai_list.py::test_a_total_that_counts_what_was_filtered_out_is_not_believed",),
    ),
    Shown(
        "B38",
        "a call that never ends",
        "a dead letter after four hours, alive again when it ends",
        ("tests/e2e/test_looks.py::test_is_a_dead_letter_after_four_hours_and_alive_again_when_it_ends",),
        "E331",
        "1",
    ),
    Try("B39", "a duration of -5 seconds", 0, "–", _written("hs_call_duration", duration=-5)),
    Try("B39", "a duration of ten years", 0, "–", _written("hs_call_duration", duration=315_360_000)),
    Try("B39", "a duration that is a word", 1, "E322", changed(b'"duration":60', b'"duration":"long"')),
    Try("B40", "the end as seconds since 1970", 0, "–", _written("hs_timestamp", createdAt=1_776_859_200)),
    Try("B40", "as milliseconds", 0, "–", _written("hs_timestamp", createdAt=1_776_859_200_000)),
    Try("B40", "as microseconds", 0, "–", _written("hs_timestamp", createdAt=1_776_859_200_000_000)),
    Try("B40", "as a number of the year 57742", 1, "E322", changed(b'"createdAt":', b'"createdAt":1e30,"was":')),
    Try("B41", "a time without a zone is UTC", 0, "–", _written("hs_timestamp", createdAt="2026-04-22T12:00:00")),
    Try("B41", "seven digits of a second", 0, "–", _written("hs_timestamp", createdAt="2026-04-22T12:00:00.1234567Z")),
    Try("B41", "a leap second", 0, "–", _written("hs_timestamp", createdAt="2026-04-22T11:59:60Z")),
    Try("B41", "24:00", 0, "–", _written("hs_timestamp", createdAt="2026-04-21T24:00:00Z")),
    Try("B41", "an offset of +14:00", 0, "–", _written("hs_timestamp", createdAt="2026-04-22T12:00:00+14:00")),
    Try(
        "B41",
        "“last week”",
        1,
        "E322",
        lambda room: room.listed(room.good(CALL_ID, createdAt="last week"), room.good()),
    ),
    Try(
        "B41",
        "1999",
        1,
        "E322",
        lambda room: room.listed(room.good(CALL_ID, createdAt="1999-01-01T00:00:00Z"), room.good()),
    ),
    Try(
        "B42",
        "a call that ends in 2031",
        1,
        "E324",
        lambda room: room.listed(room.good(CALL_ID, createdAt="2031-01-01T00:00:00Z"), room.good()),
    ),
    Shown(
        "B42",
        "the watermark after such a call",
        "never moves past now",
        ("tests/e2e/test_guards.py::test_the_watermark_never_passes_the_clock",),
    ),
    Try("B43", "the caller withheld the number", 0, "–", _rung(callerNumber="anonymous", **WITHOUT)),
    Try("B43", "no number", 0, "–", _rung(callerNumber=None, **WITHOUT)),
    Try("B43", "an empty number", 0, "–", _rung(callerNumber="", **WITHOUT)),
    Try("B44", "a SIP address", 0, "–", _rung(callerNumber="sip:jane@example.com", **WITHOUT)),
    Try("B44", "a number with an extension", 0, "–", _rung(callerNumber="+447700900123 x123", **WITHOUT)),
    Try("B44", "a short code", 0, "–", _rung(callerNumber="84433", **WITHOUT)),
    Try("B44", "19 digits", 0, "–", _rung(callerNumber="1234567890123456789", **WITHOUT)),
    Try("B44", "letters", 0, "–", _rung(callerNumber="CALL ME", **WITHOUT)),
    Try("B44", "full-width digits", 0, "–", _written("hs_call_from_number", callerNumber="+４４７７００９００１２３")),
    Shown(
        "B45",
        "the caller is our own number",
        "skipped: `own_number`",
        ("tests/e2e/test_changes.py::test_an_own_number_is_skipped",),
    ),
    Try(
        "B46",
        "a web call: no number, no name, nothing asked of us",
        0,
        "–",
        _rung(callerNumber=None, callType="unknown", outcome="resolved", **WITHOUT),
    ),
    Try(
        "B47",
        "a transcript of 50 MB",
        1,
        "E323",
        lambda room: room.listed(room.good(CALL_ID, transcript="x" * 50_000_000)),
    ),
    Try("B47", "a transcript of 5 MB in one line", 0, "–", _rung(transcript="x" * 5_000_000)),
    Shown(
        "B47",
        "a transcript of 80 kB that the mapping asks for",
        "whole turns are cut from the middle and counted",
        ("tests/unit/mapping/test_mapping_text.py::test_whole_turns_are_cut_from_the_middle_and_counted",),
    ),
    Try("B48", "a script in the summary", 0, "–", _written("hs_call_body", summary="<script>alert(1)</script>")),
    Try("B48", "a right-to-left override in the summary", 0, "–", _written("hs_call_body", summary="a\u202eb")),
    Shown(
        "B48",
        "an escape sequence, a line end or an override in a name",
        "written out on a terminal and in the log (`\\x1b`, `\\n`, `\\u202e`), never obeyed",
        (
            "tests/unit/cli/test_cli_output.py::test_a_line_of_data_stays_one_line",
            "tests/unit/test_log.py::test_other_peoples_text_makes_no_lines_and_turns_nothing_round",
        ),
    ),
    Shown(
        "B48",
        "an emoji where the text is cut",
        "cut between characters",
        ("tests/unit/mapping/test_mapping_text.py::test_one_gigantic_turn_is_cut_between_characters",),
    ),
    Shown(
        "B49",
        "a recording at http, file:, data:, with a user, in the inner network",
        "never linked, played or fetched",
        (
            "tests/unit/mapping/test_mapping_recording.py::test_unsafe_addresses_are_never_linked_nor_played",
            "tests/unit/mapping/test_mapping_text.py::test_what_is_no_safe_link",
        ),
    ),
    Absent(
        "B49",
        "a recording's name that leads inside once it is fetched",
        "Recordings are linked, never fetched: HubSpot's player asks for them.",
    ),
    Try("B50", "an outcome that nobody knows", 0, "–", _written("call_connector_outcome", outcome="sang")),
    Shown(
        "B51",
        "a cost as “1,234”",
        "read by the transform `number`, or blank with a note",
        ("tests/property/test_mapping_values.py::test_a_transform_gives_a_value_that_can_be_stored_or_says_why_not",),
    ),
    Shown(
        "B52",
        "“false” as text",
        "read by the transform `boolean`",
        ("tests/property/test_mapping_values.py::test_a_transform_gives_a_value_that_can_be_stored_or_says_why_not",),
    ),
    Try(
        "B53",
        "an e-mail address as heard",
        0,
        "–",
        _rung(callerNumber="+447700900177", leadData={"name": "Ada Fern", "email": "ada at gmial"}),
    ),
    Try(
        "B53",
        "two addresses in one",
        0,
        "–",
        _rung(callerNumber="+447700900177", leadData={"name": "Ada Fern", "email": "a@example.com, b@example.com"}),
    ),
    Try(
        "B53",
        "an address of 300 characters",
        0,
        "–",
        _rung(callerNumber="+447700900177", leadData={"name": "Ada Fern", "email": "x" * 300 + "@example.com"}),
    ),
    Shown(
        "B54",
        "a call that is no longer on the platform",
        "nothing in the CRM changes; one left unfinished becomes a dead letter",
        ("tests/e2e/test_guards.py::test_an_unfinished_call_that_the_walk_does_not_reach_is_fetched_by_id",),
    ),
    Shown(
        "B54",
        "a call that is listed and never given by its id",
        "asked for by eight runs, then a dead letter; the others go on",
        ("tests/e2e/test_withheld.py::test_it_is_a_dead_letter_in_the_end_and_the_others_go_on",),
        "E333",
        "1",
    ),
    Try("B55", "a call whose fields were erased later", 0, "–", _erased),
    Try("–", "null in every field that may be missing", 0, "–", _nulls),
    Try("–", "emoji, joined ones too", 0, "–", _written("hs_call_body", summary="😀 👩‍👩‍👧")),
)
