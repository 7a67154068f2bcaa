"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

import click

from connector import when
from connector.errors import InputError

if TYPE_CHECKING:
    from connector.cli.session import Session

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]

as_json = click.option("--json", "as_json", is_flag=True, help="Print exactly one JSON object on stdout.")
show_pii = click.option(
    "--show-pii", is_flag=True, help="Show telephone numbers, addresses, names and texts; they are masked otherwise."
)
force = click.option("--force", is_flag=True, help="Go on although the mapping's own tests fail.")


def limit(default: int) -> Decorator:
    return click.option(
        "--limit", type=click.IntRange(1, 100_000), default=default, show_default=True, help="How many at most."
    )


def known_code(code: str | None) -> str:
    """The code as the registry writes it, blank for none. Raises InputError E108 when there is no such code."""
    if not code:
        return ""
    from connector.codes import CODES

    if code.upper() not in CODES:
        raise InputError("E108", f"there is no code {code}", where="--code")
    return code.upper()


def since(explanation: str) -> Decorator:
    return click.option("--since", "since_text", metavar="DATE", help=explanation)


def read_moment(session: Session, option: str, text: str | None, *, fold: Literal[0, 1] = 0) -> datetime | None:
    """The option's moment in UTC; without a zone it is read in CONNECTOR_TIMEZONE, else UTC.

    Raises InputError: E103 when it cannot be read, E105 when no call can be there.
    """
    if text is None:
        return None
    moment = when.read_moment(text)
    if moment is None:
        raise InputError("E103", f"{option} must be {when.MOMENT_EXPECTED}", where=option)
    return when.resolve(moment, now=session.clock.now(), zone=session.settings.zone, where=option, fold=fold)
