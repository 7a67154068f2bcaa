"""What the ledger costs: `python tests/bench/bench_ledger.py [ROWS]`. Medians; compare ratios, not machines."""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

START = datetime(2026, 3, 1, tzinfo=UTC)
WINDOW = 1_000
PEOPLE = 480
ROUNDS = 9


def main(rows: int) -> None:
    _say("importing the ledger", *_timed(_import))
    with tempfile.TemporaryDirectory() as folder:
        from connector.ledger.open import open_ledger

        url = f"sqlite:///{Path(folder)}/connector.db"
        _say("making a new ledger, Alembic's import included", *_timed(lambda: open_ledger(url, secret=None).close()))
        _say("opening it again", *_median(lambda: open_ledger(url, secret=None).close()))
        _bench_windows(url, rows)


def _import() -> None:
    import connector.ledger.sqlite  # noqa: F401


def _bench_windows(url: str, rows: int) -> None:
    from connector.ledger.open import open_ledger
    from connector.model import Entry, State

    def a_window(number: int, state: State) -> list[Entry]:
        return [
            Entry(
                call_id=f"call-{call:010d}",
                state=state,
                ended_at=START + timedelta(seconds=call),
                account="org_1",
                fingerprint="f" * 32,
                mapping_version="m" * 16,
                decision="created",
                reason="phone",
                contact_id=str(call),
                engagement_id=str(call) if state is State.DONE else None,
                run_id="r" * 32,
                updated_at=START,
            )
            for call in range(number * WINDOW, (number + 1) * WINDOW)
        ]

    ledger = open_ledger(url, secret=None)
    lane = ledger.take_lane("50001", "bench", lease_seconds=1e9)
    assert lane is not None
    windows = max(rows // WINDOW, ROUNDS)
    work: list[tuple[float, float]] = []
    for number in range(windows):
        claimed, settled = a_window(number, State.INTENT), a_window(number, State.DONE)
        people = {f"{number * PEOPLE + person:064x}": "501" for person in range(PEOPLE)}

        def carry(
            claimed: list[Entry] = claimed, settled: list[Entry] = settled, people: dict[str, str] = people
        ) -> None:
            ledger.claim("default", claimed, lane=lane)
            ledger.settle("default", settled, lane=lane, people=people)

        work.append(_timed(carry))
    last = work[-min(windows, 100) :]
    wall, cpu = statistics.median(one[0] for one in last), statistics.median(one[1] for one in last)
    _say(f"claim and settle 1,000 calls and 480 people, at {windows * WINDOW:,} rows", wall, cpu)
    _line(f"{2 * WINDOW / wall:>10,.0f} rows/s, each window made durable twice")
    ids = [f"call-{call:010d}" for call in range((windows - 1) * WINDOW, windows * WINDOW)]
    _say("look 1,000 calls up", *_median(lambda: ledger.entries("default", ids)))
    _say("check the lane", *_median(lambda: ledger.check_lane(lane)))
    _say("list the newest 100 calls", *_median(lambda: ledger.list_entries("default")))
    _say("unfinished calls", *_median(lambda: ledger.unfinished("default", now=START, limit=100)))
    _say("count all calls by state", *_median(lambda: ledger.count_entries("default")))
    size = sum(file.stat().st_size for file in Path(url.removeprefix("sqlite:///")).parent.iterdir())
    _line(f"{size / (windows * WINDOW):>10,.0f} bytes on disk for each call, people included")
    ledger.close()


def _timed(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds by the wall, seconds of processor."""
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - wall, time.process_time() - cpu


def _median(work: Callable[[], object]) -> tuple[float, float]:
    runs = [_timed(work) for _ in range(ROUNDS)]
    return statistics.median(run[0] for run in runs), statistics.median(run[1] for run in runs)


def _line(text: str) -> None:
    sys.stdout.write(text + "\n")


def _say(what: str, wall: float, cpu: float) -> None:
    _line(f"{wall * 1000:>10.2f} ms, {cpu * 1000:>8.2f} ms of processor: {what}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)
