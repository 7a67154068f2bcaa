"""F: where the ledger lies, and what becomes of the process."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable

from tests.badinput.room import Room
from tests.badinput.terms import Absent, Case, Seen, Shown, Try

SQLITE = "tests/unit/ledger/test_ledger_sqlite.py"
POSTGRESQL = "tests/unit/ledger/test_ledger_postgresql.py"
PLACE = "tests/unit/ledger/test_ledger_place.py"
Do = Callable[[Room], Seen]
LEDGER = "connector.db"


def _at(url: str) -> Do:
    def do(room: Room) -> Seen:
        room.set(ledger_url=url)
        return room.connector("setup", "--json")

    return do


def _no_database(room: Room) -> Seen:
    room.write(LEDGER, "hello " * 1000)
    return room.connector("setup", "--json")


def _after_a_sync(change: Callable[[Room], object]) -> Do:
    """Change the ledger's file between two runs."""

    def do(room: Room) -> Seen:
        room.prepare()
        room.ring()
        room.sync()
        change(room)
        return room.sync()

    return do


def _sql(statement: str) -> Callable[[Room], None]:
    def change(room: Room) -> None:
        connection = sqlite3.connect(room.folder / LEDGER)
        connection.execute(statement)
        connection.commit()
        connection.close()

    return change


def _other_program(room: Room) -> Seen:
    _sql("CREATE TABLE invoices (id)")(room)
    return room.connector("setup", "--json")


def _damage(room: Room) -> None:
    path = room.folder / LEDGER
    content = bytearray(path.read_bytes())
    content[4096:] = os.urandom(len(content) - 4096)
    path.write_bytes(content)


def _lose(*suffixes: str) -> Callable[[Room], None]:
    def change(room: Room) -> None:
        for suffix in suffixes:
            (room.folder / (LEDGER + suffix)).unlink(missing_ok=True)

    return change


STORE: tuple[Case, ...] = (
    Shown(
        "B94",
        "the ledger on a network file system",
        "refused before anything is made",
        (f"{PLACE}::test_a_network_file_system_is_refused", f"{SQLITE}::test_network_file_systems_are_refused"),
        "E505",
        "2",
        played="a file system whose name is one",
    ),
    Try("B94", "in a folder that is not there", 2, "E503", _at("sqlite:///nowhere/connector.db")),
    Try("B94", "at a folder", 2, "E504", _at("sqlite:///.")),
    Try("B94", "at a device", 2, "E504", _at("sqlite:////dev/full")),
    Try("B94", "where nothing can be made", 2, "E512", _at("sqlite:////sys/connector.db")),
    Try("B94", "at an address that is none", 2, "E501", _at("connector.db")),
    Shown(
        "B94",
        "in a folder, or a file, that is read-only",
        "said before anything is sent",
        (f"{SQLITE}::test_a_folder_that_this_user_may_not_write", f"{SQLITE}::test_a_read_only_ledger_can_be_read"),
        "E512",
        "2",
    ),
    Shown(
        "B94",
        "the disk is full",
        "the transaction is undone as a whole; what was stored stays",
        (f"{SQLITE}::test_a_full_disk_undoes_the_whole_transaction",),
        "E513",
        "2",
        played="a ledger that may not grow",
    ),
    Try("B94", "the file is no database", 2, "E506", _no_database),
    Try("B94", "the database of another program", 2, "E506", _other_program),
    Try("B94", "damaged pages", 2, "E514", _after_a_sync(_damage)),
    Try(
        "B94",
        "written by a newer version",
        2,
        "E507",
        _after_a_sync(_sql("UPDATE connector_schema SET version_num = '9999'")),
    ),
    Try("B94", "the write-ahead log is gone", 0, "–", _after_a_sync(_lose("-wal", "-shm"))),
    Try("B94", "the ledger is gone", 0, "–", _after_a_sync(_lose("", "-wal", "-shm"))),
    Shown(
        "B94",
        "two runs at once",
        "the second waits for the lane, then says so",
        ("tests/unit/engine/test_engine_lane.py::test_a_second_run_waits_and_gives_up",),
        "E521",
        "5",
    ),
    Shown(
        "B94",
        "another program holds the ledger's lock",
        "five seconds, then said",
        (f"{SQLITE}::test_another_writer_makes_it_wait_and_then_say_so",),
        "E511",
        "4",
    ),
    Try("B95", "a PostgreSQL server that is down", 4, "E517", _at("postgresql://me:secret@127.0.0.1:1/ledger")),
    Try("B95", "an address with half of a password for its host", 2, "E501", _at("postgresql://me:p/w@127.0.0.1/l")),
    Shown(
        "B95",
        "a wrong password, an unknown user or database, no rights",
        "said with the server's words, without the password",
        (f"{POSTGRESQL}::test_a_server_that_does_not_let_in", f"{POSTGRESQL}::test_an_unknown_database"),
        "E518",
        "2",
    ),
    Shown(
        "B95",
        "a database without tables, or with older ones",
        "no run changes them: `connector db upgrade` does",
        (
            f"{POSTGRESQL}::test_a_run_makes_no_tables",
            f"{POSTGRESQL}::test_a_ledger_of_another_version_is_left_alone",
        ),
        "E519",
        "2",
    ),
    Shown(
        "B95",
        "a deadlock, a serialization failure, a server that ends connections",
        "the transaction is done again for up to 15 seconds",
        (
            f"{POSTGRESQL}::test_what_the_server_undid_is_done_again",
            "tests/unit/ledger/test_ledger_patience.py::test_patience_ends_and_is_not_spent_twice",
        ),
        "E517",
        "4",
    ),
    Shown(
        "B95",
        "a failover to a server that cannot be written yet",
        "said; safe to run again",
        (f"{POSTGRESQL}::test_what_the_server_says_becomes_a_code",),
        "E512",
        "4",
        played="a server's word that it is read-only",
    ),
    Shown(
        "B95",
        "cut off at any message, killed in a commit",
        "nothing is half done; done again, it comes to the same",
        (
            "tests/unit/ledger/test_ledger_cut.py::test_every_message_may_be_lost",
            "tests/unit/ledger/test_ledger_cut.py::test_a_server_that_crashes_and_starts_again_has_what_it_said_it_has",
        ),
    ),
    Shown(
        "B95",
        "a pooler in transaction mode",
        "nothing is set for a session, nothing is prepared",
        (f"{POSTGRESQL}::test_nothing_is_left_set_in_a_session_or_prepared",),
        played="one session that nothing may be left behind in",
    ),
    Shown(
        "B95",
        "the database's clock is not this machine's",
        "the database's alone measures leases",
        (
            f"{POSTGRESQL}::test_the_servers_clock_measures_leases",
            "tests/e2e/test_several_runs.py::test_a_machine_whose_clock_is_wrong_takes_no_lane_that_is_held",
        ),
    ),
    Shown(
        "B95",
        "the clock is set back after a run died",
        "the next run has the lane after a lease",
        (
            "tests/e2e/test_several_runs.py::test_who_died_before_the_ledgers_clock_was_set_is_followed_within_a_lease",
            "tests/e2e/test_several_runs.py::test_who_lives_while_the_ledgers_clock_is_set_back_keeps_its_lane",
        ),
    ),
    Shown(
        "B96",
        "a long history in little memory",
        "memory does not grow with the history",
        (
            "tests/unit/sources/test_sources_stream_sizes.py::test_memory_does_not_grow_with_the_length",
            "tests/unit/engine/test_engine_spool.py::test_windows_are_bounded_by_count_and_by_size",
        ),
    ),
    Shown(
        "B96",
        "the temporary folder is full",
        "there is no room for the calls that wait",
        ("tests/unit/engine/test_engine_spool.py::test_a_temporary_folder_that_is_full_is_told_with_its_code",),
        "E516",
        "2",
        played="a file that takes no more",
    ),
    Shown(
        "–",
        "two demos, or sandboxes, in one folder",
        "another sandbox uses .demo/sandbox",
        (
            "tests/unit/cli/test_cli_offline.py::test_a_second_demo_says_that_there_is_one",
            "tests/unit/sandbox/test_sandbox_keeper.py::test_one_at_a_time",
        ),
        "E111",
        "2",
    ),
    Shown(
        "B96",
        "killed at any point",
        "the next run finishes it; nothing is doubled",
        ("tests/e2e/test_crash_points.py::test_dying_at_any_point_changes_nothing",),
    ),
    Shown(
        "B96",
        "the time of a function is up",
        "the run ends in order; the next one goes on",
        ("tests/e2e/test_functions.py::test_a_run_answers_its_summary",),
        "E161",
    ),
    Absent("B96", "a fork while threads run", "Nothing forks: each process is begun by whoever schedules it."),
    Shown(
        "B96",
        "frozen for minutes, then thawed",
        "the lane is lost: it writes no more",
        (
            "tests/e2e/test_guards.py::test_a_run_that_lost_its_lane_writes_no_more",
            "tests/e2e/test_several_processes.py::test_who_was_stopped_past_its_lease_writes_no_more",
        ),
        "E522",
        "5",
    ),
)
