"""F: where the ledger lies, and what becomes of the process."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable

from tests.badinput.room import Room
from tests.badinput.terms import Absent, Case, Seen, Shown, Try

SQLITE = "tests/unit/ledger/test_ledger_sqlite.py"
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
    Try("B95", "a PostgreSQL ledger", 2, "E502", _at("postgresql://db.example.com/ledger")),
    Absent(
        "B95",
        "PostgreSQL killed in a commit, a lagging replica, a pooler, another clock",
        "The ledger is a SQLite file.",
    ),
    Shown(
        "B96",
        "a long history in little memory",
        "memory does not grow with the history",
        (
            "tests/unit/sources/test_sources_stream.py::test_memory_does_not_grow_with_the_length",
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
        "frozen for minutes, then thawed",
        "the lane is lost: it writes no more",
        ("tests/e2e/test_guards.py::test_a_run_that_lost_its_lane_writes_no_more",),
        "E522",
        "5",
    ),
)
