"""How far a running verb got: a bar on a terminal's stderr, a line of the log now and then anywhere else."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from connector.cli.pace import Pace, in_words
from connector.reports import READING, Progress

if TYPE_CHECKING:
    from connector.ports import Clock

LOG_EVERY_SECONDS = 30.0

log = logging.getLogger("connector.cli")

Show = Callable[[Progress], None]


@contextmanager
def shown_progress(title: str, clock: Clock) -> Iterator[Show]:
    """What to hand to a verb as `on_progress`. Calls read are the whole, calls settled the part done."""
    if sys.stderr.isatty():
        with _bar(title, clock) as show:
            yield show
    else:
        yield _log_lines(clock)


def _log_lines(clock: Clock) -> Show:
    pace = Pace()
    said_at = clock.monotonic()

    def show(progress: Progress) -> None:
        nonlocal said_at
        now = clock.monotonic()
        if progress.stage != READING:
            pace.saw(progress.done, now)
        if now - said_at < LOG_EVERY_SECONDS:
            return
        said_at = now
        rate, left = pace.rate, pace.seconds_left(progress.read)
        log.info(
            "progress",
            extra={
                "stage": progress.stage,
                "read": progress.read,
                "done": progress.done,
                "failed": progress.failed,
                "calls_per_second": None if rate is None else round(rate, 1),
                "seconds_left": None if left is None else round(left),
                "hubspot_requests_left_today": progress.day_left,
            },
        )

    return show


@contextmanager
def _bar(title: str, clock: Clock) -> Iterator[Show]:
    from rich.console import Console
    from rich.progress import BarColumn, SpinnerColumn, TextColumn
    from rich.progress import Progress as Bar

    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[told]}"))
    pace = Pace()
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(title, total=None, told="")

        def show(progress: Progress) -> None:
            is_reading = progress.stage == READING
            if not is_reading:
                pace.saw(progress.done, clock.monotonic())
            bar.update(
                task,
                description=progress.stage or title,
                # While calls are being read nobody knows how many there are.
                total=None if is_reading else progress.read,
                completed=progress.done,
                told=" · ".join(_told(progress, pace)),
            )

        yield show


def _told(progress: Progress, pace: Pace) -> Iterator[str]:
    """What stands beside the bar, piece by piece."""
    if progress.stage == READING:
        yield f"{progress.read:,} calls"
        return
    yield f"{progress.done:,}/{progress.read:,} calls"
    if progress.failed:
        yield f"{progress.failed:,} failed"
    rate, left = pace.rate, pace.seconds_left(progress.read)
    if rate is not None and left is not None:
        yield f"{rate:,.0f} calls/s" if rate >= 1 else f"{rate * 60:,.0f} calls/min"
        yield f"{in_words(left)} left"
    if progress.day_left is not None:
        yield f"{progress.day_left:,} HubSpot requests left today"
