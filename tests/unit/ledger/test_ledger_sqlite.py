"""One SQLite file: durable, private, patient, and plain about what went wrong."""

from __future__ import annotations

import hashlib
import hmac
import os
import re
import signal
import sqlite3
import subprocess
import sys
import tempfile
import textwrap
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import event
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.pool import QueuePool

from connector.errors import ConnectorError, FatalError, InputError, TransientError
from connector.ledger.look import open_for_reading
from connector.ledger.open import has_ledger
from connector.ledger.sql import SqlLedger
from connector.ledger.sqlite import open_sqlite
from connector.model import Entry, Lane, RunSummary, State

NOW = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
NOBODY = 65534


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "connector.db"


@pytest.fixture
def ledger(path: Path) -> Iterator[SqlLedger]:
    opened = open_sqlite(path, secret=None, busy_seconds=0.1)
    yield opened
    opened.close()


def a_lane(ledger: SqlLedger) -> Lane:
    taken = ledger.take_lane("50001", "run-1", lease_seconds=300)
    assert taken is not None
    return taken


def an_entry(call_id: str, state: State = State.INTENT, *, message: str = "") -> Entry:
    return Entry(call_id=call_id, state=state, ended_at=NOW, account="org_1", message=message)


def pragma(ledger: SqlLedger, name: str) -> object:
    with ledger.store.reading() as tx:
        return tx.db.exec_driver_sql(f"PRAGMA {name}").scalar()


def set_pragma(ledger: SqlLedger, setting: str) -> None:
    """Set something on the ledger's connection, outside of any transaction."""
    raw = ledger.store.engine.raw_connection()
    raw.cursor().execute(f"PRAGMA {setting}")
    raw.close()


# --- how it is opened


def test_durable_settings(ledger: SqlLedger) -> None:
    assert pragma(ledger, "journal_mode") == "wal"
    assert pragma(ledger, "synchronous") == 2
    assert pragma(ledger, "busy_timeout") == 100, "as it was opened"


def test_a_transaction_waits_five_seconds_for_another(path: Path) -> None:
    opened = open_sqlite(path, secret=None)
    assert pragma(opened, "busy_timeout") == 5000
    opened.close()


def test_the_threads_of_a_process_take_turns_on_one_connection(path: Path) -> None:
    """And errors do not carry what was to be stored, nor what was asked for."""
    opened = open_sqlite(path, secret=None)
    for is_written in (True, False):
        if not is_written:
            opened.close()
        looking = open_for_reading(path)
        assert pragma(looking, "busy_timeout") == 5000
        for ledger in (opened, looking) if is_written else (looking,):
            pool = ledger.store.engine.pool
            assert isinstance(pool, QueuePool)
            assert (pool.size(), pool._max_overflow) == (1, 0)
            assert ledger.store.engine.hide_parameters
        looking.close()


def test_only_the_owner_reads_the_ledger_and_its_log(ledger: SqlLedger, path: Path) -> None:
    ledger.connection("default", source="reception_ai")
    modes = {file.name: file.stat().st_mode & 0o777 for file in path.parent.iterdir()}
    assert modes == {"connector.db": 0o600, "connector.db-wal": 0o600, "connector.db-shm": 0o600}


def test_one_file_is_left_when_it_is_closed(ledger: SqlLedger, path: Path) -> None:
    ledger.connection("default", source="reception_ai")
    ledger.close()
    assert [file.name for file in path.parent.iterdir()] == ["connector.db"]


def test_old_libraries_are_refused(path: Path) -> None:
    with pytest.raises(InputError) as caught:
        open_sqlite(path, secret=None, library=(3, 34, 1))
    assert caught.value.code == "E508"
    assert caught.value.message == "this Python has SQLite 3.34.1, 3.35 is needed"
    open_sqlite(path, secret=None, library=(3, 35, 0)).close()


def test_network_file_systems_are_refused(path: Path) -> None:
    with pytest.raises(InputError) as caught:
        open_sqlite(path, secret=None, file_system=lambda _: "nfs4")
    assert caught.value.code == "E505"
    assert not path.exists()


def test_writers_take_their_lock_first_and_readers_none(ledger: SqlLedger) -> None:
    begun: list[str] = []

    def listen(_conn: object, _cursor: object, statement: str, *_: object) -> None:
        if statement.startswith("BEGIN"):
            begun.append(statement)

    lane = a_lane(ledger)
    ledger.connection("default", source="klen")
    event.listen(ledger.store.engine, "before_cursor_execute", listen)
    run = RunSummary(run_id="run-1", connection="default", kind="sync", started_at=NOW)
    writes = [
        lambda: ledger.claim("default", [], lane=lane),
        lambda: ledger.settle("default", [], lane=lane),
        lambda: ledger.remember_people("50001", {}, lane=lane),
        lambda: ledger.pin("default"),
        lambda: ledger.advance("default", NOW),
        lambda: ledger.start_run(run),
        lambda: ledger.finish_run(run),
        lambda: ledger.remember("x", b"", now=NOW),
        lambda: ledger.renew_lane(lane, lease_seconds=1),
        lambda: ledger.take_lane("50001", "run-1", lease_seconds=1),
        lambda: ledger.release_lane(lane),
    ]
    for write in writes:
        write()
    assert begun == ["BEGIN IMMEDIATE"] * len(writes)
    begun.clear()
    reads = [
        ledger.connections,
        lambda: ledger.connection("default", source="klen"),
        lambda: ledger.entries("default", ["c1"]),
        lambda: ledger.people("50001", ["h1"]),
        lambda: ledger.unfinished("default", now=NOW, limit=1),
        lambda: ledger.list_entries("default"),
        lambda: ledger.count_entries("default"),
        lambda: ledger.runs("default"),
        lambda: ledger.run("run-1"),
        lambda: ledger.recall("x", now=NOW, age_seconds_max=None),
    ]
    for read in reads:
        read()
    assert begun == ["BEGIN"] * len(reads)


def test_questions_by_state_walk_the_index(ledger: SqlLedger) -> None:
    asked: list[tuple[str, object]] = []

    def listen(_conn: object, _cursor: object, statement: str, parameters: object, *_: object) -> None:
        asked.append((statement, parameters))

    event.listen(ledger.store.engine, "before_cursor_execute", listen)
    ledger.unfinished("default", now=NOW, limit=10)
    ledger.list_entries("default", limit=10)
    ledger.list_entries("default", states=[State.DEAD], since=NOW, limit=10)
    ledger.count_entries("default")
    limits = [statement.count("LIMIT") for statement, _ in asked if "entry" in statement]
    assert limits == [2 + 1, 8 + 1, 1 + 1, 0], "each state is read no further than the whole"
    plans = []
    with ledger.store.reading() as tx:
        for statement, parameters in [one for one in asked if "entry" in one[0]]:
            rows = tx.db.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)  # type: ignore[arg-type]
            plans += [row.detail for row in rows]
    walks = [plan for plan in plans if re.search(r"\bentry\b", plan)]
    assert len(walks) == 2 + 8 + 1 + 1
    assert all("USING INDEX entry_by_state" in plan or "COVERING INDEX entry_by_state" in plan for plan in walks), walks


@pytest.mark.parametrize(
    ("question", "index"),
    [
        ("SELECT * FROM entry WHERE connection = 'default' AND look_again_at <= 1", "entry_by_look"),
        ("SELECT * FROM entry WHERE connection = 'default' AND perhaps_sent_at >= 1", "entry_by_doubt"),
    ],
)
def test_what_is_due_or_in_doubt_is_found_by_its_index(ledger: SqlLedger, question: str, index: str) -> None:
    with ledger.store.reading() as tx:
        (plan,) = [row.detail for row in tx.db.exec_driver_sql(f"EXPLAIN QUERY PLAN {question}")]
    assert f"USING INDEX {index}" in plan


# --- the secret


def test_the_secret_is_made_once(path: Path) -> None:
    first = open_sqlite(path, secret=None)
    second = open_sqlite(path, secret=None)
    assert len(first.secret) == 32
    assert first.secret == second.secret
    first.close()
    second.close()


def test_each_ledger_has_a_secret_of_its_own(tmp_path: Path) -> None:
    ledgers = [open_sqlite(tmp_path / name, secret=None) for name in ("a.db", "b.db")]
    assert ledgers[0].secret != ledgers[1].secret
    for ledger in ledgers:
        ledger.close()


def test_a_secret_that_is_given_is_not_stored(path: Path) -> None:
    given = bytes(range(32))
    opened = open_sqlite(path, secret=given)
    assert opened.secret == given
    opened.close()
    content = path.read_bytes()
    assert given not in content
    assert given.hex().encode() not in content


# --- what it keeps to itself


def test_nothing_that_names_a_person_lies_in_the_files(ledger: SqlLedger, path: Path) -> None:
    canaries = ["+447700900123", "447700900123", "7700900123", "ada.canary@example.com", "Ada Canary"]
    hashes = [hmac.new(ledger.secret, canary.encode(), hashlib.sha256).hexdigest() for canary in canaries]
    lane = a_lane(ledger)
    ledger.claim("default", [an_entry("c1")], lane=lane)
    ledger.remember_people("50001", dict.fromkeys(hashes, "501"), lane=lane)
    ledger.settle("default", [an_entry("c1", State.DONE)], lane=lane, people=dict.fromkeys(hashes, "501"))
    files = b"".join(file.read_bytes() for file in path.parent.iterdir())
    assert hashes[0].encode() in files
    for canary in canaries:
        assert canary.encode() not in files


def test_an_entry_has_no_field_for_what_was_said_or_who_said_it() -> None:
    # A new field belongs here only when it can hold no name, number, address or text of a caller.
    assert set(Entry.__struct_fields__) == {
        "call_id", "state", "ended_at", "account", "fingerprint", "mapping_version", "decision", "reason", "contact_id",
        "engagement_id", "records", "attempts", "code", "message", "notes", "run_id", "updated_at",
        "listed", "look_again_at", "perhaps_sent_at",
    }  # fmt: skip


def test_a_bug_does_not_tell_what_was_to_be_stored(ledger: SqlLedger) -> None:
    lane = a_lane(ledger)
    with pytest.raises(Exception) as caught:  # noqa: PT011 - whatever the driver raises
        ledger.claim("default", [an_entry("c1", message=["+447700900123"])], lane=lane)  # type: ignore[arg-type]
    assert not isinstance(caught.value, ConnectorError)
    assert "447700900123" not in str(caught.value)


# --- what goes wrong


def test_another_writer_makes_it_wait_and_then_say_so(ledger: SqlLedger, path: Path) -> None:
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(TransientError) as caught:
        ledger.remember("portal", b"x", now=NOW)
    assert (caught.value.code, caught.value.where, caught.value.exit_code) == ("E511", str(path), 4)
    assert ledger.recall("portal", now=NOW, age_seconds_max=None) is None
    other.execute("COMMIT")
    other.close()
    ledger.remember("portal", b"x", now=NOW)


def test_a_locked_ledger_cannot_be_made_or_upgraded(path: Path) -> None:
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(TransientError) as caught:
        open_sqlite(path, secret=None, busy_seconds=0.1)
    assert caught.value.code == "E511"
    other.close()


def test_a_full_disk_undoes_the_whole_transaction(ledger: SqlLedger) -> None:
    lane = a_lane(ledger)
    ledger.claim("default", [an_entry("c0")], lane=lane)
    set_pragma(ledger, "max_page_count = 1")
    with pytest.raises(FatalError) as caught:
        ledger.claim("default", [an_entry(f"c{number}") for number in range(5_000)], lane=lane)
    assert caught.value.code == "E513"
    set_pragma(ledger, "max_page_count = 1000000")
    assert ledger.count_entries("default") == {State.INTENT: 1}
    ledger.claim("default", [an_entry("c1")], lane=lane)


def test_a_read_only_ledger_can_be_read(ledger: SqlLedger) -> None:
    ledger.connection("default", source="klen")
    set_pragma(ledger, "query_only = 1")
    assert ledger.connection("default", source="klen").name == "default"
    with pytest.raises(FatalError) as caught:
        ledger.advance("default", NOW)
    assert caught.value.code == "E512"


@pytest.fixture
def folder_of_a_plain_user(path: Path) -> Iterator[Path]:
    """A folder that the rights of files apply to: they do not bind the superuser, who becomes somebody else."""
    open_sqlite(path, secret=None).close()  # Loads what only the superuser may be able to read.
    with tempfile.TemporaryDirectory() as folder:
        superuser = os.geteuid() == 0
        if superuser:
            os.chown(folder, NOBODY, -1)
            os.seteuid(NOBODY)
        yield Path(folder)
        if superuser:
            os.seteuid(0)


def test_a_folder_that_this_user_may_not_write(folder_of_a_plain_user: Path) -> None:
    folder_of_a_plain_user.chmod(0o500)
    with pytest.raises(FatalError) as caught:
        open_sqlite(folder_of_a_plain_user / "connector.db", secret=None)
    folder_of_a_plain_user.chmod(0o700)
    assert caught.value.code == "E512"


def test_a_folder_that_this_user_may_not_enter(folder_of_a_plain_user: Path) -> None:
    folder_of_a_plain_user.chmod(0o000)
    with pytest.raises(FatalError) as caught:
        open_sqlite(folder_of_a_plain_user / "connector.db", secret=None)
    assert not has_ledger(f"sqlite:///{folder_of_a_plain_user}/connector.db")
    folder_of_a_plain_user.chmod(0o700)
    assert caught.value.code == "E512"


def test_a_file_that_this_user_may_not_write(folder_of_a_plain_user: Path) -> None:
    path = folder_of_a_plain_user / "connector.db"
    open_sqlite(path, secret=None).close()
    path.chmod(0o400)
    ledger = open_sqlite(path, secret=None)
    assert ledger.connections() == []
    with pytest.raises(FatalError) as caught:
        ledger.connection("default", source="klen")
    ledger.close()
    assert caught.value.code == "E512"


def test_a_file_that_this_user_may_not_read(folder_of_a_plain_user: Path) -> None:
    path = folder_of_a_plain_user / "connector.db"
    open_sqlite(path, secret=None).close()
    path.chmod(0o000)
    with pytest.raises(FatalError) as caught:
        open_sqlite(path, secret=None)
    assert caught.value.code == "E515"


def test_a_damaged_ledger_is_told_apart(ledger: SqlLedger, path: Path) -> None:
    lane = a_lane(ledger)
    ledger.claim("default", [an_entry(f"c{number}") for number in range(2_000)], lane=lane)
    ledger.close()
    with path.open("r+b") as file:
        file.seek(4096 * 4)
        file.write(b"\xa5" * (path.stat().st_size - 4096 * 4))
    with pytest.raises(FatalError) as caught:
        ledger.entries("default", [f"c{number}" for number in range(2_000)])
    assert (caught.value.code, caught.value.where) == ("E514", str(path))


def test_a_ledger_that_vanished_while_it_was_open(ledger: SqlLedger, path: Path) -> None:
    ledger.close()
    path.unlink()
    path.mkdir()
    with pytest.raises(FatalError) as caught:
        ledger.connections()
    assert caught.value.code == "E515"


# --- several processes


def run_python(program: str, *arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", textwrap.dedent(program), *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_many_processes_may_open_a_new_ledger_at_once(path: Path) -> None:
    program = """
        import sys
        from connector.ledger.open import open_ledger
        sys.stdin.read()
        ledger = open_ledger("sqlite:///" + sys.argv[1], secret=None)
        print(ledger.secret.hex())
        ledger.close()
    """
    command = [sys.executable, "-c", textwrap.dedent(program), str(path)]
    pipe = subprocess.PIPE
    processes = [subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, text=True) for _ in range(4)]
    for process in processes:
        assert process.stdin is not None
        process.stdin.close()
        process.stdin = None
    answers = [process.communicate() for process in processes]
    assert [errors for _, errors in answers] == [""] * 4
    assert len({secret for secret, _ in answers}) == 1


def test_what_a_killed_process_was_told_is_stored_is_stored(path: Path) -> None:
    program = """
        import sys
        from datetime import UTC, datetime
        from connector.ledger.open import open_ledger
        from connector.model import Entry, State
        now = datetime(2026, 3, 1, tzinfo=UTC)
        ledger = open_ledger("sqlite:///" + sys.argv[1], secret=None)
        lane = ledger.take_lane("50001", "run-1", lease_seconds=300)
        number = 0
        while True:
            pair = [Entry(call_id=f"{number}{end}", state=State.INTENT, ended_at=now, account="o") for end in "ab"]
            ledger.claim("default", pair, lane=lane)
            print(number, flush=True)
            number += 1
    """
    process = run_python(program, str(path))
    assert process.stdout is not None
    told = [process.stdout.readline() for _ in range(20)]
    process.send_signal(signal.SIGKILL)
    told += process.communicate()[0].splitlines()
    last = int(told[-1])
    ledger = open_sqlite(path, secret=None)
    stored = ledger.count_entries("default")[State.INTENT]
    ledger.close()
    assert stored in (2 * (last + 1), 2 * (last + 2))


def test_bytes_that_are_no_text_are_refused_with_a_code(ledger: SqlLedger) -> None:
    """Such as a terminal of another encoding passes on."""
    with pytest.raises(InputError) as caught:
        ledger.entries("default", ["c\udcff"])
    assert (caught.value.code, caught.value.message) == ("E533", "a name or an id holds bytes that are no text")


def test_a_thread_that_waits_in_vain_for_another_tells_it(ledger: SqlLedger) -> None:
    with pytest.raises(TransientError) as caught, ledger.store.reading():
        raise PoolTimeoutError("of SQLAlchemy's words nothing is told")
    assert caught.value.code == "E511"
    assert caught.value.message == "another thread has been using the ledger for too long"
