"""What runs cost: `python -m tests.bench.bench_run`. The connector's process alone; the other side has its own.

`wall` measures how much of HubSpot's limits a long run uses: `python -m tests.bench.bench_run wall [CALLS]`.
"""

from __future__ import annotations

import statistics
import sys

from tests.bench.away import MB, Away, away

QUICK = ("--limits", "off", "--search-lag", "0")
SINCE = "30d"
SHARE = 0.9
"""CONNECTOR_QUOTA_SHARE."""
REQUESTS_PER_SECOND, SEARCHES_PER_SECOND = 19.0 * SHARE, 5.0 * SHARE
LATENCY_MS = 400


def main() -> None:
    processor(few=1_000, many=5_000)
    idle()


def processor(*, few: int, many: int) -> None:
    """The processor's time of a thousand calls more, so that starting is left out."""
    seconds = []
    for calls in (few, many):
        with away("--calls", str(calls), *QUICK) as side:
            seconds.append(min(carried(side, f"{attempt}.db") for attempt in range(3)))
    per_thousand = (seconds[1] - seconds[0]) / (many - few) * 1000
    say(f"{per_thousand * 1000:>8.0f} ms of processor for 1,000 new calls, starting left out")
    say(f"{seconds[0] * 1000:>8.0f} ms of processor for a backfill of {few:,} calls")


def carried(side: Away, ledger: str) -> float:
    """Processor seconds of a backfill into an empty portal."""
    side.reset("portal")
    side.connector("setup")
    spent = side.connector("backfill", "--since", SINCE, ledger_url=f"sqlite:///{ledger}")
    return spent.processor_seconds


def idle() -> None:
    """A run with nothing to do, of a year's history of 1.13 GB."""
    with away("--calls", "100000", "--days", "365", "--transcript-bytes", "10600", *QUICK) as side:
        side.connector("sync", since="3d")
        # What is held is due for another look at first.
        while side.connector("sync", since="3d").answer["requests"]["hubspot"]:
            pass
        runs = [side.connector("sync", since="3d") for _ in range(9)]
    spent = statistics.median(run.processor_seconds for run in runs)
    say(f"{spent * 1000:>8.0f} ms of processor for a sync with nothing to do, starting included")
    say(f"{max(run.peak_bytes for run in runs) / MB:>8.1f} MB at its peak")


def wall(calls: int) -> None:
    """Measured time against the least that the limits allow for the requests that were sent."""
    with away("--calls", str(calls), "--limits", "real", "--latency", str(LATENCY_MS)) as side:
        side.reset("log")
        spent = side.connector("backfill", "--since", SINCE)
        paths = [each["path"] for each in side.control("requests?side=hubspot&bodies=off")["requests"]]
    searches = sum(path.endswith("/search") for path in paths)
    least = max((len(paths) - searches) / REQUESTS_PER_SECOND, searches / SEARCHES_PER_SECOND)
    rate, most = calls / spent.wall_seconds, calls / least
    say(f"{rate:>8.0f} calls/s at {LATENCY_MS} ms for each request, of {most:.0f} that the limits allow")
    say(f"{100 * least / spent.wall_seconds:>8.0f} % of the limits used by {calls:,} calls")
    say(f"{len(paths) / calls * 1000:>8.1f} requests for 1,000 calls, {searches / calls * 1000:.1f} of them searches")


def say(text: str) -> None:
    sys.stdout.write(text + "\n")


if __name__ == "__main__":
    if sys.argv[1:2] == ["wall"]:
        wall(int(sys.argv[2]) if len(sys.argv) > 2 else 10_000)
    else:
        main()
