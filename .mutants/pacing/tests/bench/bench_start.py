"""What starting costs: `python tests/bench/bench_start.py`. Processor time of a whole process, median of a few."""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
from pathlib import Path

CONNECTOR = Path(sys.executable).with_name("connector")
ROUNDS = 9


def main() -> None:
    say("python -c pass", [sys.executable, "-c", "pass"])
    for argv in (["--help"], ["version"], ["explain", "E101"], ["calls", "list"]):
        say(" ".join(["connector", *argv]), [str(CONNECTOR), *argv])


def say(what: str, command: list[str]) -> None:
    spent = statistics.median(processor_seconds(command) for _ in range(ROUNDS))
    sys.stdout.write(f"{spent * 1000:>8.0f} ms of processor: {what}\n")


def processor_seconds(command: list[str]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, capture_output=True, check=True, cwd="/")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    main()
