"""E: settings, mapping files, the command line."""

from __future__ import annotations

from collections.abc import Callable

from tests.badinput.room import MAPPING, Room
from tests.badinput.terms import Absent, Case, Seen, Shown, Try

LOAD = "tests/unit/mapping/test_mapping_load.py"
PROCESS = "tests/e2e/test_cli_process.py"
Do = Callable[[Room], Seen]

SHIPPED = MAPPING.read_text(encoding="utf-8")
PROPERTIES = "call:\n  properties:\n"


def _run(*argv: str, **settings: str | None) -> Do:
    def do(room: Room) -> Seen:
        room.set(**settings)
        return room.connector(*argv)

    return do


def _check(content: str | bytes) -> Do:
    """`check` of a mapping file with this content, without a portal."""

    def do(room: Room) -> Seen:
        room.set(hubspot_token=None)
        room.mapping(content)
        return room.connector("check", "--json")

    return do


def _edited(old: str, new: str) -> Do:
    """`check` of the shipped mapping with one place changed."""
    assert SHIPPED.count(old) >= 1, old
    return _check(SHIPPED.replace(old, new, 1))


def _with_property(entry: str) -> Do:
    """`check` of a mapping with one property more."""
    return _edited(PROPERTIES, _also(entry))


def _also(entry: str) -> str:
    return f"{PROPERTIES}    hs_call_external_id: {entry}\n"


def _prepared(*argv: str) -> Do:
    def do(room: Room) -> Seen:
        room.prepare()
        return room.connector(*argv)

    return do


def _wrong_key(room: Room) -> Seen:
    room.prepare()
    room.set(source_api_key="krai_wrong")
    return room.sync()


def _endless(room: Room) -> Seen:
    loops = "{% for a in range(9999) %}{% for b in range(9999) %}x{% endfor %}{% endfor %}"
    room.prepare()
    room.mapping(SHIPPED.replace(PROPERTIES, _also(f'{{template: "{loops}"}}'), 1))
    room.ring()
    return room.became()


def _device(room: Room) -> Seen:
    (room.folder / "mapping.yaml").symlink_to("/dev/zero")
    return _run("check", "--json", mapping="mapping.yaml", hubspot_token=None)(room)


def _readable_env(room: Room) -> Seen:
    room.write(".env", "CONNECTOR_LEDGER_SECRET=0123456789abcdef\n").chmod(0o644)
    return room.connector("runs", "list")


def _binary_env(room: Room) -> Seen:
    room.write(".env", b"\xff\xfe\x00")
    return room.connector("runs", "list", "--json")


def _two_platforms(room: Room) -> Seen:
    room.prepare()
    room.ring()
    room.sync()
    room.set(source_account="another")
    return room.sync()


CONFIGURATION: tuple[Case, ...] = (
    Try("–", "no key of the platform", 2, "E102", _run("sync", "--json", source_api_key=None)),
    Try("–", "no token of HubSpot", 2, "E102", _run("sync", "--json", hubspot_token=None)),
    Try("–", "a wrong key", 3, "E310", _wrong_key),
    Try("–", "a wrong token", 3, "E201", _run("setup", "--json", hubspot_token="pat-wrong")),
    Try("–", "a token with a space in it", 2, "E101", _run("sync", "--json", hubspot_token="pat x")),
    Try("–", "an address without https", 2, "E101", _run("sync", "--json", hubspot_base_url="http://api.hubapi.com")),
    Try("–", "a region that is no country", 2, "E101", _run("sync", "--json", region="ZZ")),
    Try("–", "a time zone that nobody knows", 2, "E101", _run("sync", "--json", timezone="Europe/Nowhere")),
    Try("–", "a variable that is no setting", 0, "W101", _run("runs", "list", hubspot_tokn="x")),
    Try("–", "the mapping is not there", 2, "E401", _run("check", "--json", mapping="nowhere.yaml")),
    Try("–", "the mapping is a folder", 2, "E401", _run("sync", "--json", mapping=".")),
    Try("–", "an empty mapping", 2, "E406", _check("")),
    Try("–", "a mapping that is a list", 2, "E406", _check("- version: 1\n")),
    Try("–", "version 2", 2, "E407", _edited("version: 1", "version: 2")),
    Try("–", "an unknown transform", 2, "E422", _with_property("{from: summary, transform: trunctate}")),
    Try("B87", "aliases", 2, "E403", _edited("own_numbers: []", "own_numbers: &a []\ntables2: *a")),
    Shown(
        "B87",
        "a bomb of aliases; an alias of itself",
        "refused where it stands",
        (f"{LOAD}::test_a_bomb_of_aliases_is_refused", f"{LOAD}::test_what_is_no_mapping_is_refused_with_a_place"),
        "E403",
        "2",
    ),
    Try("B87", "a key twice", 2, "E404", _edited("version: 1", "version: 1\nversion: 1")),
    Try("B87", "tabs", 2, "E402", _edited("  region: GB", "\tregion: GB")),
    Try(
        "B87",
        "a byte order mark and Windows' line ends",
        0,
        "–",
        _check(("\ufeff" + SHIPPED.replace("\n", "\r\n")).encode()),
    ),
    Try("B87", "10 MB", 2, "E405", _check("# " + "x" * 10_000_000)),
    Try("B87", "no text at all", 2, "E402", _check(bytes(range(256)))),
    Try("B87", "a link to /dev/zero", 2, "E401", _device),
    Try("B87", "keys in a `.env` that everybody can read", 0, "W102", _readable_env),
    Try("B87", "a `.env` that is no text", 2, "E106", _binary_env),
    Shown(
        "B88",
        "+44…, no, 12:30 and 0123 without quotes",
        "stay the texts that they are",
        (f"{LOAD}::test_scalars_are_texts_unless_they_are_plainly_something_else",),
    ),
    Try("B89", "an unknown key", 2, "E411", _edited("\nowner:", "\nowners:")),
    Try("B89", "a value of the wrong type", 2, "E412", _edited("own_numbers: []", "own_numbers: 5")),
    Try("B89", "an include", 2, "E411", _edited("version: 1", "version: 1\ninclude: ../other.yaml")),
    Try("B89", "a YAML tag", 2, "E403", _edited("own_numbers: []", "own_numbers: !include ../other.yaml")),
    Try(
        "–",
        "a secret in the mapping",
        2,
        "E408",
        _with_property("{value: pat-na1-11111111-2222-3333-4444-555555555555}"),
    ),
    Shown(
        "B90",
        "a template that reaches for `__class__`",
        "reads nothing of Python",
        ("tests/unit/mapping/test_mapping_template.py::test_python_stays_out_of_reach",),
    ),
    Try(
        "B90",
        "a template that calls what mappings do without",
        2,
        "E425",
        _with_property('{template: "{{ summary|safe }}"}'),
    ),
    Try("B90", "a template that cannot be read", 2, "E424", _with_property('{template: "{{ summary "}')),
    Try("B90", "a template that never ends", 1, "E442", _endless),
    Absent("B90", "a regular expression that takes for ever", "The mapping language has no regular expressions."),
    Absent("B91", "two connections with one portal and one prefix", "A process serves one connection."),
    Try("B91", "the same ledger, another account", 2, "E120", _two_platforms),
    Try(
        "B92",
        "--since after --until",
        2,
        "E104",
        _run("backfill", "--since", "2026-04-20", "--until", "2026-04-10", "--json"),
    ),
    Try("B92", "--since in the year 9999", 2, "E105", _run("backfill", "--since", "9999-12-31", "--json")),
    Try("B92", "--since that is no date", 2, "E103", _run("backfill", "--since", "lately", "--json")),
    Try("B92", "--since tomorrow", 2, "E104", _run("backfill", "--since", "2026-04-23", "--json")),
    Shown(
        "B92",
        "a local time that a clock change repeats",
        "the window takes in both",
        ("tests/unit/cli/test_cli_transfer.py::test_backfill_until_takes_in_the_hour_that_a_clock_change_repeats",),
    ),
    Try("–", "--every 0s", 2, "E103", _run("sync", "--every", "0s")),
    Try("–", "a command that is misspelt", 2, "E100", _run("snyc", "--json")),
    Try("–", "an option that is misspelt", 2, "E100", _run("sync", "--ever", "5m", "--json")),
    Try("–", "an unknown code", 2, "E108", _run("explain", "E999", "--json")),
    Try("–", "an unknown call", 2, "E109", _prepared("calls", "show", "nope", "--json")),
    Try("–", "an unknown run", 2, "E110", _prepared("runs", "show", "nope", "--json")),
    Shown(
        "B93",
        "Ctrl-C, SIGTERM",
        "stopped, state saved",
        ("tests/unit/cli/test_cli_main.py::test_stopped",),
        "E112",
        "130, 143",
    ),
    Shown(
        "B93",
        "Ctrl-C twice",
        "ends at once; nothing is lost by it",
        (f"{PROCESS}::test_a_second_signal_ends_the_process_at_once",),
        "E112",
        "130",
    ),
    Shown(
        "B93",
        "SIGTERM during a commit",
        "a killed process leaves what it was told is stored",
        (
            "tests/unit/ledger/test_ledger_sqlite.py::test_what_a_killed_process_was_told_is_stored_is_stored",
            "tests/e2e/test_crash_ledger.py::test_dying_changes_neither_portal_nor_ledger",
        ),
    ),
    Shown(
        "B93",
        "the reader of stdout went away",
        "no failure",
        (f"{PROCESS}::test_a_reader_that_has_seen_enough_is_no_failure",),
        "–",
        "0",
    ),
    Shown(
        "B93",
        "a full disk under stdout",
        "the output cannot be written: No space left on device",
        (f"{PROCESS}::test_a_full_disk_under_stdout_is_told_on_stderr",),
        "E115",
        "2",
    ),
    Shown(
        "B93",
        "the locale C",
        "marks that it lacks become `?`",
        (f"{PROCESS}::test_a_locale_without_our_characters",),
        "–",
        "0",
    ),
    Shown(
        "B93",
        "no terminal",
        "no colours, no progress bar",
        ("tests/unit/cli/test_cli_main.py::test_no_colour_off_a_terminal",),
        "–",
        "0",
    ),
)
