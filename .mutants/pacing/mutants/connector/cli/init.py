"""init: from two keys to a connection that can run."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from connector.cli import options, output
from connector.cli.session import Session, pass_session
from connector.cli.stopping import Stopped
from connector.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from connector.errors import ConnectorError
    from connector.settings import Settings
    from connector.start.dialogue import Answers, Trials
    from connector.start.files import NewFile
    from connector.start.questions import Question

SOURCE = "reception_ai"
UNREADABLE = "E101"
NEXT = ("doctor", "setup", "plan", "sync")
_CARRIED = ("source_base_url", "hubspot_base_url")
"""Not asked for: only who plays with the sandbox, or goes through a proxy, sets them."""


@click.command()
@click.option("--non-interactive", is_flag=True, help="Ask nothing: every answer is an option or in the environment.")
@click.option("--force", is_flag=True, help="Replace .env and the mapping if they are there.")
@click.option("--region", metavar="XX", help="Country of the callers, such as GB.")
@click.option("--timezone", metavar="ZONE", help="Time zone of the business; else the portal's.")
@click.option("--template", metavar="NAME", help="Mapping to begin with: leads-only, log-everything or regulated.")
@click.option("--since", metavar="DATE", help="Where the first sync starts.  [default: 7d]")
@click.option(
    "--ledger", "ledger_url", metavar="FILE", help="Where to remember what was written.  [default: connector.db]"
)
@options.as_json
@pass_session
def init(session: Session, /, non_interactive: bool, force: bool, as_json: bool, **chosen: str | None) -> None:
    """Ask what a connection needs, try each answer at once, and write .env and a mapping.

    At most seven questions. An answer given as an option or in the environment (CONNECTOR_REGION, …) is tried and not
    asked for. Keys are taken from the environment or typed unseen, never from an option. Nothing is written before
    the last question is answered, and no file is replaced without --force.
    """
    from connector.start.files import put

    answers = _answers(session, _given(chosen), non_interactive=non_interactive, force=force)
    files = _files(answers)
    put(files, replaces=force)
    written = [str(file.path) for file in files]
    if as_json:
        output.say_json({"written": written, "next": [f"connector {command}" for command in NEXT]})
    else:
        output.note("")
        _say_what_next(written)


def _given(chosen: Mapping[str, str | None]) -> dict[str, str]:
    """Options win over the environment; a `.env` that is there is what is to be replaced, so it has no say."""
    from connector.start.questions import QUESTIONS, variable

    fields = [question.field for question in QUESTIONS if question.field != "template"]
    found = {field: os.environ.get(variable(field), "") for field in (*fields, *_CARRIED)}
    return {field: text for field, text in {**found, **{k: v for k, v in chosen.items() if v}}.items() if text.strip()}


def _answers(session: Session, given: dict[str, str], *, non_interactive: bool, force: bool) -> Answers:
    from connector.settings import ENV_FILE
    from connector.start.dialogue import converse, settle
    from connector.start.files import require_absent
    from connector.start.questions import QUESTIONS
    from connector.start.templates import mapping_place

    mapping, tests = mapping_place(SOURCE)
    keeps_mapping = mapping.exists() and not force and "template" not in given
    if not force:
        # Said before anything is asked.
        require_absent([ENV_FILE] if keeps_mapping else [ENV_FILE, mapping, tests])
    questions = [question for question in QUESTIONS if not (keeps_mapping and question.field == "template")]
    if keeps_mapping:
        output.note(f"{mapping} is there and stays as it is; --force replaces it by a template.")
    trials = _trials(session)
    if non_interactive:
        return settle(given, trials, output.note, questions=questions)
    if not sys.stdin.isatty():
        raise InputError("E136", "init asks questions, and its input is no terminal", where="stdin")
    try:
        return converse(given, trials, _Terminal(questions), questions=questions)
    except click.Abort:
        raise InputError("E135", "the input ended before the last question; nothing was written") from None
    except Stopped as stopped:
        output.note("")
        stopped.left = "nothing was written"
        raise


class _Terminal:
    """Asks on the terminal, on stderr: what init prints on stdout is its result."""

    def __init__(self, questions: Sequence[Question]) -> None:
        self._places = {question.field: f"{at}/{len(questions)}" for at, question in enumerate(questions, start=1)}

    def ask(self, question: Question, default: str) -> str:
        output.note("")
        output.note(f"{self._places[question.field]}  {output.styled(question.text, 'cyan')}")
        for line in question.help.splitlines():
            output.note(f"     {line}")
        shown = f" [{default}]" if default else ""
        answer = click.prompt(
            f"    {shown}",
            default="",
            show_default=False,
            hide_input=question.is_secret,
            prompt_suffix=" > ",
            err=True,
        )
        return str(answer)

    def say(self, text: str) -> None:
        output.note(f"     {output.styled('✓', 'green')} {text}")

    def object(self, error: ConnectorError) -> None:
        output.note(f"     {output.styled('✗', 'red')} {error.code} {error.message}")
        if error.code != UNREADABLE:
            # What is expected is all the help there is for an answer that cannot be read.
            output.note(f"       fix: {error.fix}")


def _trials(session: Session) -> Trials:
    """How the answers are tried: by the app that would use them."""

    def key(settings: Settings) -> tuple[str, Mapping[str, str]]:
        with session.app(settings) as app:
            seen = app.look_at_platform()
        whose = seen.profile.name or seen.account
        return f"the platform takes the key{f' ({whose})' if whose else ''}", {}

    def token(settings: Settings) -> tuple[str, Mapping[str, str]]:
        with session.app(settings) as app:
            vitals = app.look_at_portal()
        suggested = {"timezone": vitals.time_zone} if vitals.time_zone else {}
        return f"HubSpot takes the key: portal {vitals.portal_id}", suggested

    def since(settings: Settings) -> tuple[str, Mapping[str, str]]:
        return f"from {settings.starts_at(session.clock.now()):%Y-%m-%d %H:%M} UTC on", {}

    def ledger(settings: Settings) -> tuple[str, Mapping[str, str]]:
        with session.app(settings) as app:
            place = app.look_at_ledger()
        return f"{place.path} {'is there' if place.is_there else 'can be made'}", {}

    return {"source_api_key": key, "hubspot_token": token, "since": since, "ledger_url": ledger}


def _files(answers: Answers) -> list[NewFile]:
    from connector.settings import ENV_FILE
    from connector.start.envfile import env_text
    from connector.start.files import NewFile
    from connector.start.templates import mapping_place, template

    settings = {"source": SOURCE, **{field: text for field, text in answers.items() if field != "template"}}
    files = [NewFile(ENV_FILE, env_text(settings).encode(), 0o600)]
    if "template" in answers:
        contents = template(SOURCE, answers["template"])
        files += [NewFile(path, content) for path, content in zip(mapping_place(SOURCE), contents, strict=True)]
    return files


def _say_what_next(written: Sequence[str]) -> None:
    for path in written:
        output.say(f"wrote {path}{' (readable by you alone)' if Path(path).name == '.env' else ''}")
    output.say()
    output.say("What comes next:")
    output.say("  connector doctor   is everything in order?")
    output.say("  connector setup    creates the properties that the portal lacks; --dry-run lists them")
    output.say("  connector plan     what a sync would do; writes nothing")
    output.say("  connector sync     does it; run this on a schedule")
