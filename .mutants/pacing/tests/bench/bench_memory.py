"""What a backfill holds in memory: `python -m tests.bench.bench_memory [CALLS]`. Peaks of the connector's process."""

from __future__ import annotations

import sys

from tests.bench.away import MB, away

TRANSCRIPT_BYTES = 80_000
DAYS = 365


def main(calls_max: int) -> None:
    few = peak(125, TRANSCRIPT_BYTES)
    short = peak(calls_max, 0)
    long = peak(calls_max, TRANSCRIPT_BYTES)
    sys.stdout.write(f"{(long - short) / MB:>8.1f} MB more than for as many calls with transcripts of a few lines\n")
    sys.stdout.write(f"{(long - few) / MB:>8.1f} MB more than for a history that fits one window\n")


def peak(calls: int, transcript_bytes: int) -> int:
    """The peak of the process that carries a whole history over."""
    options = ("--calls", str(calls), "--transcript-bytes", str(transcript_bytes), "--days", str(DAYS))
    with away(*options, "--limits", "off", "--search-lag", "0") as side:
        spent = side.connector("backfill", "--since", f"{DAYS + 1}d")
        assert spent.answer["calls"]["read"] == calls
        sys.stdout.write(
            f"{spent.peak_bytes / MB:>8.1f} MB at its peak, {spent.processor_seconds:.1f} s of processor, "
            f"{spent.wall_seconds:.1f} s: {calls:,} calls, transcripts of {calls * transcript_bytes / MB:,.0f} MB\n"
        )
    return spent.peak_bytes


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 12_500)
