"""What a backfill holds in memory: `python -m tests.bench.bench_memory [CALLS]`. Peaks of the connector's process."""

from __future__ import annotations

import sys

from tests.bench.away import MB, away

TRANSCRIPT_BYTES = 80_000
DAYS = 365


def main(calls_max: int) -> None:
    peaks = [peak(calls) for calls in (125, calls_max)]
    sys.stdout.write(f"{(peaks[1] - peaks[0]) / MB:>8.1f} MB more for the longer history\n")


def peak(calls: int) -> int:
    """The peak of the process that carries a whole history over."""
    options = ("--calls", str(calls), "--transcript-bytes", str(TRANSCRIPT_BYTES), "--days", str(DAYS))
    with away(*options, "--limits", "off", "--search-lag", "0") as side:
        spent = side.connector("backfill", "--since", f"{DAYS + 1}d")
        assert spent.answer["calls"]["read"] == calls
        sys.stdout.write(
            f"{spent.peak_bytes / MB:>8.1f} MB at its peak, {spent.processor_seconds:.1f} s of processor, "
            f"{spent.wall_seconds:.1f} s: backfill of {calls:,} calls, {calls * TRANSCRIPT_BYTES / MB:,.0f} MB\n"
        )
    return spent.peak_bytes


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 12_500)
