"""A progress bar on stderr while a verb runs, on a terminal only."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from connector.reports import Progress


@contextmanager
def shown_progress(title: str) -> Iterator[Callable[[Progress], None]]:
    """What to hand to a verb as `on_progress`. Calls read are the whole, calls settled the part done."""
    if not sys.stderr.isatty():
        yield lambda progress: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, SpinnerColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(title, total=None, rate="")

        def show(progress: Progress) -> None:
            speed = bar.tasks[0].speed
            bar.update(
                task,
                description=progress.stage or title,
                total=progress.read or None,
                completed=progress.done + progress.failed,
                rate=f"{speed:,.0f} calls/s" if speed else "",
            )

        yield show
