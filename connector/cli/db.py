"""db: the tables of the ledger, made and upgraded by hand where many may share them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from msgspec import structs

from connector.cli import options, output
from connector.cli.session import Session, pass_session

if TYPE_CHECKING:
    from connector.ledger.shape import Shape


@click.group()
def db() -> None:
    """Look at the tables of the ledger, and upgrade them."""


@db.command("show")
@options.as_json
@pass_session
def show(session: Session, as_json: bool) -> None:
    """Tell where the ledger is, and whether its tables are those of this version. Changes nothing."""
    with session.app() as app:
        shape = app.show_ledger()
    if as_json:
        output.say_json(structs.asdict(shape))
    else:
        output.say(f"{shape.where} {_state(shape)}")


@db.command("upgrade")
@options.as_json
@pass_session
def upgrade(session: Session, as_json: bool) -> None:
    """Make the tables of the ledger, or bring them to this version.

    Does nothing where there is nothing to do; of several at once one does the work. Stop the runs of an earlier version
    first. A ledger in a file is upgraded by its next run, too.
    """
    with session.app() as app:
        before = app.upgrade_ledger()
    if as_json:
        output.say_json({"where": before.where, "before": before.revision, "revision": before.newest})
    elif before.revision == before.newest:
        output.say(f"{before.where} is of revision {before.newest} already")
    else:
        was = "made" if before.revision is None else f"upgraded from revision {before.revision}"
        output.say(f"{before.where} is {was}: it is of revision {before.newest} now")


def _state(shape: Shape) -> str:
    if shape.revision is None:
        return "holds no ledger yet"
    if shape.revision == shape.newest:
        return f"is of revision {shape.revision}, as this version needs it"
    return f"is of revision {shape.revision}, this version needs {shape.newest}"
