"""serve: webhooks and health on one port, and `sync` on a schedule beside them."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Never

import click

from connector.cli import options, output
from connector.cli.session import Session, pass_session
from connector.cli.stopping import Stopped
from connector.cli.transfer import read_pause, say_for_people, sync_and_go_on
from connector.codes import CODES
from connector.errors import InputError

if TYPE_CHECKING:
    from connector.app import App
    from connector.model import RunSummary
    from connector.settings import Settings
    from connector.web.platforms import Platform
    from connector.web.rounds import Rounds
    from connector.web.site import Site

SECRET = "CONNECTOR_WEBHOOK_SECRET"  # noqa: S105 - the name of a variable
GOOD_OUTCOMES = ("ok", "partial")


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=8080, show_default=True, help="0 takes a free one.")
@click.option(
    "--every",
    "every_text",
    metavar="DURATION",
    default="5m",
    show_default=True,
    help="The pause between two runs of `sync` that no delivery called for.",
)
@options.force
@options.as_json
@pass_session
def serve(session: Session, *, host: str, port: int, every_text: str, force: bool, as_json: bool) -> int:
    """Keep going, and hear of calls at once.

    Runs `sync` on a schedule, and soon after the platform sent a delivery to /webhooks/default. A delivery is verified
    and kept as a hint to fetch its call; the platform's list stays the truth. /healthz says whether the process lives,
    /readyz whether it does its work.

    With --json, stdout has one line with the addresses; what runs did is in the log.
    """
    from connector.web.rounds import Rounds
    from connector.web.server import address_of, listen, serving

    every = read_pause(every_text)
    platform = _platform_of(session.settings)
    with listen(host, port) as listener, session.app() as app:
        # Opened here, and an error told, before anybody may send anything.
        app.count_hints()
        rounds = Rounds(every=every, now=session.clock.now)
        site = _site(session, app, rounds, platform)
        with serving(site.app, listener):
            _say_where(address_of(listener), platform, as_json=as_json)
            try:
                _go_on(session, rounds, force=force, tell=_say_nothing if as_json else say_for_people)
            except Stopped as stopped:
                if not as_json:
                    raise
                # The way to end it: one object is all that stdout gets.
                return stopped.exit_code


def _go_on(session: Session, rounds: Rounds, *, force: bool, tell: Callable[[RunSummary], object]) -> Never:
    while True:
        outcome = sync_and_go_on(session, force=force, tell=tell)
        rounds.ended(outcome, is_good=outcome in GOOD_OUTCOMES)
        rounds.wait()


def _say_nothing(summary: RunSummary) -> None:
    """The log has it."""


def _site(session: Session, app: App, rounds: Rounds, platform: Platform | None) -> Site:
    from connector.web.site import ADDRESS, Desk, Site

    desk = Desk(
        address=ADDRESS,
        platform=platform,
        secrets=session.settings.webhook_secrets,
        take_hint=app.take_hint,
        count_hints=app.count_hints,
        now=session.clock.now,
        monotonic=session.clock.monotonic,
    )
    return Site(desk, rounds)


def _say_where(url: str, platform: Platform | None, *, as_json: bool) -> None:
    from connector.web.signatures import InAddress
    from connector.web.site import ADDRESS

    webhooks = f"{url}{ADDRESS}"
    if platform is not None and isinstance(platform.proof, InAddress):
        webhooks += "/SECRET"
    if as_json:
        output.say_json({"url": url, "webhooks": webhooks if platform else None})
    else:
        output.note(f"listening on {url}" + (f"; deliveries at {webhooks}" if platform else ""))


def _platform_of(settings: Settings) -> Platform | None:
    """How the connection's platform sends, None when nothing it sends could be believed.

    Raises InputError (E151) for a secret that cannot stand in an address or could be guessed.
    """
    from connector.web.platforms import PLATFORMS
    from connector.web.signatures import InAddress

    platform = PLATFORMS.get(settings.source)
    if platform is None:
        _warn(f"deliveries of {settings.source} cannot be verified, and all are refused: calls are found by polling")
        return None
    if not settings.webhook_secrets:
        _warn(f"{SECRET} is not set, and every delivery is refused: calls are found by polling")
    if isinstance(platform.proof, InAddress):
        fits = re.compile(rf"[\w-]{{{platform.proof.length_min},}}", re.ASCII)
        if not all(fits.fullmatch(secret) for secret in settings.webhook_secrets):
            message = f"a secret must be {platform.proof.length_min} letters, digits, - and _ or more"
            raise InputError("E151", f"with {settings.source}, {message}", where=SECRET)
    return platform


def _warn(message: str) -> None:
    from connector.reports import Finding

    output.warn(Finding(where=SECRET, code="W150", message=message, fix=CODES["W150"].fix))
