"""init: from two keys to a connection that can run."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from connector.cli import options, output
from connector.cli.session import Session, pass_session
from connector.cli.stopping import Stopped
from connector.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from connector.errors import ConnectorError
    from connector.model import SourceName
    from connector.settings import Settings
    from connector.start.dialogue import Answers, Trials
    from connector.start.files import NewFile
    from connector.start.questions import Question

QUESTIONS_MAX = 8
UNREADABLE = "E101"
UNPREPARED = "E519"
NEXT = ("doctor", "setup", "plan", "sync")
_KEYS = ("source_api_key", "hubspot_token")
_CARRIED = ("source_base_url", "hubspot_base_url", "source_account")
"""Not asked for: who plays with the sandbox, goes through a proxy, or has a key to several accounts sets them."""


@click.command()
@click.option("--non-interactive", is_flag=True, help="Ask nothing: every answer is an option or in the environment.")
@click.option("--force", is_flag=True, help="Replace .env and the mapping if they are there.")
@click.option("--source", metavar="NAME", help="The voice platform.  [default: reception_ai]")
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

    At most eight questions. An answer given as an option or in the environment (CONNECTOR_REGION, …) is tried and not
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
    from connector.start.questions import variable

    found = {
        field: os.environ.get(variable(field), "") for field in (*chosen, *_KEYS, *_CARRIED) if field != "template"
    }
    return {field: text for field, text in {**found, **{k: v for k, v in chosen.items() if v}}.items() if text.strip()}


def _answers(session: Session, given: dict[str, str], *, non_interactive: bool, force: bool) -> Answers:
    """The platform first, then what is asked for it."""
    from connector.settings import ENV_FILE
    from connector.start.dialogue import converse, settle
    from connector.start.files import require_absent
    from connector.start.questions import PLATFORM, platform_of, questions

    if not force:
        # Said before anything is asked.
        require_absent([ENV_FILE])
    if not non_interactive and not sys.stdin.isatty():
        raise InputError("E136", "init asks questions, and its input is no terminal", where="stdin")
    trials = _trials(session)

    def answered(given: Mapping[str, str], questions: Sequence[Question], places: Sequence[str]) -> Answers:
        if non_interactive:
            return settle(given, trials, output.note, questions=questions)
        return converse(given, trials, _Terminal(questions, places), questions=questions)

    with _nothing_written():
        named = {field: text for field, text in given.items() if field == PLATFORM.field}
        source = platform_of(answered(named, [PLATFORM], [f"1/{QUESTIONS_MAX}"]))
        keeps_mapping = _keeps_mapping(source, wants_template="template" in given, force=force)
        asked = [question for question in questions(source) if not (keeps_mapping and question.field == "template")]
        places = [f"{at}/{len(asked) + 1}" for at in range(2, len(asked) + 2)]
        return answered({**given, PLATFORM.field: source}, asked, places)


def _keeps_mapping(source: SourceName, *, wants_template: bool, force: bool) -> bool:
    """Whether a mapping that is there stays. Raises InputError (E132) where it stands in the way of a template."""
    from connector.start.files import require_absent
    from connector.start.templates import mapping_place

    places = mapping_place(source)
    if force:
        return False
    if places[0].exists() and not wants_template:
        output.note(f"{places[0]} is there and stays as it is; --force replaces it by a template.")
        return True
    require_absent(places)
    return False


@contextmanager
def _nothing_written() -> Iterator[None]:
    """An end at a question says what it left: nothing."""
    try:
        yield
    except click.Abort:
        raise InputError("E135", "the input ended before the last question; nothing was written") from None
    except Stopped as stopped:
        output.note("")
        stopped.left = "nothing was written"
        raise


class _Terminal:
    """Asks on the terminal, on stderr: what init prints on stdout is its result."""

    def __init__(self, questions: Sequence[Question], places: Sequence[str]) -> None:
        self._places = {question.field: place for question, place in zip(questions, places, strict=True)}

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
            try:
                return app.look_at_ledger().words, {}
            except InputError as error:
                if error.code != UNPREPARED:
                    raise
                return f"{error.where} is there; `connector db upgrade` makes its tables", {}

    return {"source_api_key": key, "hubspot_token": token, "since": since, "ledger_url": ledger}


def _files(answers: Answers) -> list[NewFile]:
    from connector.settings import ENV_FILE
    from connector.start.envfile import env_text
    from connector.start.files import NewFile
    from connector.start.questions import platform_of
    from connector.start.templates import mapping_place, template

    settings = {"source": answers["source"], **{field: text for field, text in answers.items() if field != "template"}}
    files = [NewFile(ENV_FILE, env_text(settings).encode(), 0o600)]
    if "template" in answers:
        source = platform_of(answers)
        contents = template(source, answers["template"])
        files += [NewFile(path, content) for path, content in zip(mapping_place(source), contents, strict=True)]
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
