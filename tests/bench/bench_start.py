"""What starting costs: `python tests/bench/bench_start.py`. Processor time of a whole process, median of a few."""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
from pathlib import Path

CONNECTOR = Path(sys.executable).with_name("connector")
ROUNDS = 9
FORGED = """
from connector.functions import aws
event = {"rawPath": "/webhooks/default", "requestContext": {"http": {"method": "POST"}}, "headers": {}, "body": "{}"}
assert aws.webhook(event, None)["statusCode"] == 401
"""
FUNCTION = {
    "CONNECTOR_SOURCE": "krosai",
    "CONNECTOR_LEDGER_URL": "postgresql://db.example.com/calls",
    "CONNECTOR_WEBHOOK_SECRET": "invented",
}


def main() -> None:
    say("python -c pass", [sys.executable, "-c", "pass"])
    for argv in (["--help"], ["version"], ["explain", "E101"], ["calls", "list"]):
        say(" ".join(["connector", *argv]), [str(CONNECTOR), *argv])

    for cloud in ("aws", "gcp", "azure"):
        say(f"import connector.functions.{cloud}", [sys.executable, "-c", f"import connector.functions.{cloud}"])
    say("a function refuses a forged delivery", [sys.executable, "-c", FORGED], **FUNCTION)


def say(what: str, command: list[str], **environment: str) -> None:
    spent = statistics.median(processor_seconds(command, environment) for _ in range(ROUNDS))
    sys.stdout.write(f"{spent * 1000:>8.0f} ms of processor: {what}\n")


def processor_seconds(command: list[str], environment: dict[str, str]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, capture_output=True, check=True, cwd="/", env={**os.environ, **environment})
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    main()
