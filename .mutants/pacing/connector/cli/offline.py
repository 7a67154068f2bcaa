"""demo and sandbox: the whole job on this machine, with invented people."""

from __future__ import annotations

import shlex
import sys
import threading
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from connector.cli import options, output
from connector.cli.session import Session, pass_session
from connector.cli.stopping import Stopped
from connector.errors import InputError

if TYPE_CHECKING:
    from connector.model import Entry, RunSummary
    from connector.sandbox import Options, Running
    from connector.settings import Settings

DEMO_FOLDER = Path(".demo")
DEFAULT_SOURCE = "reception_ai"
DEMO_CALLS = 60
DEMO_CALLS_OF = {"klen": 40}
"""As many as are asked for by their id within a minute: a demo should not wait for a platform's limit."""
DEMO_PORT = 8674
"""Always the same where it is free, so that the addresses in `.demo/env` stay true."""
DEMO_SINCE = "60d"

_HOW = {
    "created": "logged, contact created",
    "matched": "logged, contact found",
    "logged": "logged without a contact",
    "held": "held: logged, waits for a person",
    "skipped": "skipped: nothing written",
}


def _a_source(explanation: str) -> options.Decorator:
    return click.option("--source", default=DEFAULT_SOURCE, show_default=True, metavar="NAME", help=explanation)


@click.command()
@click.option("--port", type=click.IntRange(0, 65535), default=0, show_default=True, help="0 takes a free one.")
@click.option("--state", type=click.Path(path_type=Path, file_okay=False), help="Keep everything in this folder.")
@click.option("--seed", type=int, default=0, show_default=True, help="Other people and calls for another number.")
@_a_source("The voice platform to play.")
@click.option(
    "--calls", type=click.IntRange(0, 5_000_000), default=60, show_default=True, help="How many calls it has."
)
@click.option(
    "--days",
    type=click.FloatRange(0.1, 36_500),
    default=6.0,
    show_default=True,
    help="Over how many days until now they are spread.",
)
@click.option(
    "--transcript-bytes",
    type=click.IntRange(0, 10_000_000),
    default=0,
    help="Give ordinary calls transcripts of this length, to try a huge history.",
)
@click.option(
    "--unique-calls",
    type=click.Choice(["on", "off"]),
    default="on",
    show_default=True,
    help="Whether calls may have a unique property.",
)
@click.option(
    "--limits", type=click.Choice(["real", "off"]), default="real", show_default=True, help="HubSpot's rate limits."
)
@click.option(
    "--search-lag",
    type=click.FloatRange(0, 3600),
    default=3.0,
    show_default=True,
    help="Seconds until search sees a write.",
)
@click.option(
    "--latency", type=click.FloatRange(0, 60_000), default=0.0, show_default=True, help="Milliseconds per request."
)
@options.as_json
def sandbox(as_json: bool, **chosen: Any) -> int:
    """Serve an offline HubSpot and voice platform.

    On this machine, until Ctrl-C, with a page to look at.

    Prints one JSON line with the addresses and the keys, with or without --json.
    """
    from connector.sandbox import Options

    running = _start(
        Options(
            port=chosen["port"],
            state=chosen["state"],
            seed=chosen["seed"],
            source=chosen["source"],
            calls=chosen["calls"],
            days=chosen["days"],
            transcript_bytes=chosen["transcript_bytes"],
            unique_calls=chosen["unique_calls"] == "on",
            limits=chosen["limits"] == "real",
            search_lag_seconds=chosen["search_lag"],
            latency_ms=chosen["latency"],
        )
    )
    with running:
        output.say_json(running.addresses)
        try:
            _until_stopped()
        except Stopped as stopped:
            # The way to end it: nothing is cut short, so there is nothing to say.
            return stopped.exit_code
    return 0


def _start(chosen: Options) -> Running:
    """Raises InputError (E111) for a taken port, a source nobody plays, or a state that cannot be read."""
    from connector.sandbox import start

    try:
        return start(chosen)
    except (OSError, ValueError) as error:
        raise InputError("E111", f"the sandbox cannot start: {error}", where="sandbox") from error


def _until_stopped() -> None:
    threading.Event().wait()


@click.command()
@_a_source("The voice platform to show; each has a demo of its own.")
@options.as_json
@pass_session
def demo(session: Session, source: str, as_json: bool) -> None:
    """Run the whole job offline, and show what came of it.

    From a sandbox platform into a sandbox HubSpot, with invented people; run again, it writes nothing twice.
    On a terminal the page stays up until Ctrl-C. Everything is kept in .demo/; delete it to start afresh.
    """
    from connector import log

    log.configure("text")
    stage = _stage(source)
    with _start_demo(stage) as running:
        settings = _demo_settings(stage, running.addresses)
        (stage.folder / "env").write_text(_env_file(stage, running.addresses), encoding="utf-8")
        summary, entries = _carry_over(session, settings)
        stays = sys.stdout.isatty() and not as_json
        if as_json:
            output.say_json({"summary": summary, "calls": _tally(entries), "page": running.addresses["page"]})
        else:
            _say_outcome(summary, entries)
            _say_what_next(stage, running.addresses["page"], stays=stays)
        if stays:
            _stay_until_ctrl_c()


class Stage(NamedTuple):
    """Where the demo of one source is kept."""

    source: str
    folder: Path


def _stage(source: str) -> Stage:
    """The folder of this source's demo, made if it is not there. Raises InputError (E111)."""
    from connector.sandbox import TWINS

    if source not in TWINS:
        raise InputError(
            "E111",
            f"there is no demo of {source!r}",
            where="--source",
            fix=f"Give one of {', '.join(TWINS)}.",
        )
    # Calls, keys and people of two platforms must never meet in one ledger or one portal.
    folder = DEMO_FOLDER if source == DEFAULT_SOURCE else DEMO_FOLDER / source
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(
            "E111",
            "the demo cannot keep its state here",
            where=str(folder.absolute()),
            fix="Run it in a folder that this user may write to.",
        ) from error
    return Stage(source, folder)


def _start_demo(stage: Stage) -> Running:
    from connector.sandbox import InUseError, Options, start

    chosen: dict[str, Any] = {
        "state": stage.folder / "sandbox",
        "source": stage.source,
        "calls": DEMO_CALLS_OF.get(stage.source, DEMO_CALLS),
    }
    try:
        return start(Options(port=DEMO_PORT, **chosen))
    except OSError:
        return _start(Options(port=0, **chosen))
    except InUseError as error:
        raise InputError(
            "E111",
            f"the demo cannot start: {error}",
            where=str(stage.folder),
            fix="Wait for the other demo to end, or stop it with Ctrl-C; another folder can have a demo of its own.",
        ) from error
    except ValueError as error:
        raise InputError(
            "E111",
            f"the sandbox cannot start: {error}",
            where=str(stage.folder),
            fix=f"Delete {stage.folder}/ and run again.",
        ) from error


def _variables(stage: Stage, addresses: dict[str, str]) -> dict[str, str]:
    return {
        "source": stage.source,
        "source_api_key": addresses["source_api_key"],
        "source_base_url": addresses["source_base_url"],
        "hubspot_token": addresses["hubspot_token"],
        "hubspot_base_url": addresses["hubspot_base_url"],
        "ledger_url": f"sqlite:///{(stage.folder / 'ledger.db').as_posix()}",
        "since": DEMO_SINCE,
    }


def _demo_settings(stage: Stage, addresses: dict[str, str]) -> Settings:
    """Only these: neither the environment nor a `.env` may lead the demo to a real portal."""
    from connector.settings import Settings

    return Settings.model_validate(_variables(stage, addresses))


def _env_file(stage: Stage, addresses: dict[str, str]) -> str:
    lines = [f"CONNECTOR_{name.upper()}={shlex.quote(value)}" for name, value in _variables(stage, addresses).items()]
    how = f"# While the demo's page is up:  set -a; . {stage.folder}/env; connector calls list"
    return "\n".join([how, *lines, ""])


def _carry_over(session: Session, settings: Settings) -> tuple[RunSummary, list[Entry]]:
    from connector.cli.progress import shown_progress

    with session.app(settings) as app, shown_progress("demo", session.clock) as on_progress:
        app.setup(dry_run=False)
        summary = app.sync(force=False, on_progress=on_progress)
        entries = app.calls_list(states=(), since=None, limit=100 * DEMO_CALLS)
        now = session.clock.now()
        if any(entry.look_again_at is not None and entry.look_again_at <= now for entry in entries):
            # What a platform's list gives only in part is completed by the next run; here it is wanted at once.
            completed = app.sync(force=False, on_progress=on_progress)
            summary.requests.source += completed.requests.source
            summary.requests.hubspot += completed.requests.hubspot
    return summary, entries


def _tally(entries: list[Entry]) -> dict[str, dict[str, int]]:
    """How many calls were decided how, and why: `{decision: {reason: count}}`."""
    tally: dict[str, Counter[str]] = {decision: Counter() for decision in _HOW}
    for entry in entries:
        decision = entry.decision or entry.state.value
        tally.setdefault(decision, Counter())[entry.code or entry.reason] += 1
    return {decision: dict(reasons.most_common()) for decision, reasons in tally.items() if reasons}


def _say_outcome(summary: RunSummary, entries: list[Entry]) -> None:
    rows = [
        (_HOW.get(decision, decision), str(sum(reasons.values())), _reasons(reasons))
        for decision, reasons in _tally(entries).items()
    ]
    rows += [
        ("this run: contacts created", str(summary.contacts.created), ""),
        ("this run: contacts updated", str(summary.contacts.updated), ""),
        ("this run: follow-up tasks created", str(summary.records.created), ""),
        ("this run: requests to HubSpot", str(summary.requests.hubspot), ""),
    ]
    output.say_table(("calls and what became of them", "count", "why"), rows)
    output.say()
    calls = summary.calls
    if calls.created + calls.updated + calls.held + summary.contacts.created + summary.records.created == 0:
        output.say(
            f"Nothing was written twice: 0 created, {calls.unchanged} unchanged, {calls.skipped} skipped, "
            f"{summary.requests.hubspot} HubSpot requests."
        )
    else:
        output.say(f"{calls.read} calls read, {calls.created + calls.held} written, {calls.unchanged} unchanged.")


def _reasons(reasons: dict[str, int]) -> str:
    return ", ".join(f"{reason} {count}" for reason, count in reasons.items() if reason)


def _say_what_next(stage: Stage, page: str, *, stays: bool) -> None:
    if stays:
        output.say(f"What a sales person would see: {page}  (until Ctrl-C)")
        output.say(f"In another terminal: set -a; . {stage.folder}/env; set +a; .venv/bin/connector calls list")
        return
    chosen = "" if stage.source == DEFAULT_SOURCE else f" --source {stage.source}"
    output.say(f"What a sales person would see: {page}  (closed now, since this is no terminal)")
    output.say(
        f"Open it again: `connector demo{chosen}` in a terminal, or "
        f"`connector sandbox{chosen} --state {stage.folder}/sandbox --port {DEMO_PORT}`"
    )


def _stay_until_ctrl_c() -> None:
    """Ctrl-C is how the page is meant to be closed."""
    try:
        _until_stopped()
    except Stopped as stopped:
        if stopped.by != "Ctrl-C":
            raise
