"""setup and check: is the portal ready, is the mapping right?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec import structs

from connector.cli import options, output
from connector.cli.check_text import say_check
from connector.cli.session import Session, pass_session
from connector.errors import FatalError, InputError

if TYPE_CHECKING:
    from connector.reports import SetupReport

EXIT_WRONG = InputError.exit_code
SAMPLES_MAX = 1_000
"""Calls that are kept in memory while a mapping is tried on them."""


@click.command()
@click.option("--dry-run", is_flag=True, help="Only list what is missing.")
@options.as_json
@pass_session
def setup(session: Session, dry_run: bool, as_json: bool) -> int:
    """Create the properties that the portal lacks.

    A property group, unique keys, and the connector's own properties of calls and contacts. Does nothing twice.
    """
    with session.app() as app:
        report = app.setup(dry_run=dry_run)
    refusal = _refusal(report)
    if as_json:
        output.say_json({**structs.asdict(report), **({"error": output.error_object(refusal)} if refusal else {})})
    else:
        _say_setup(report)
        if refusal:
            output.say_error(refusal, as_json=False)
    return refusal.exit_code if refusal else 0


def _refusal(report: SetupReport) -> InputError | None:
    refused = [f"{step.object_type}.{step.name}" for step in report.steps if step.action == "refused"]
    return InputError("E114", "the portal refused what is needed", where=", ".join(refused)) if refused else None


def _say_setup(report: SetupReport) -> None:
    output.say_table(
        ("", "object", "property", ""),
        [(step.action, step.object_type, step.name, step.detail) for step in report.steps],
    )
    missing = sum(step.action == "create" for step in report.steps)
    state = "is ready" if report.is_ready else f"lacks {missing}" if missing else "is not ready"
    output.say(f"portal {report.portal_id} {state}")
    for line in report.notes:
        output.say(line)


@click.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--samples", metavar="N", type=click.IntRange(1, SAMPLES_MAX), help="Try the mapping on the N newest calls."
)
@click.option(
    "--portal-schema", metavar="FILE", type=click.Path(path_type=Path), help="Check against a portal that was saved."
)
@click.option(
    "--save-portal-schema",
    "save_to",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Save the portal's properties, options, pipelines and owners for checks without a token.",
)
@options.show_pii
@options.as_json
@pass_session
def check(
    session: Session,
    *,
    files: tuple[Path, ...],
    samples: int | None,
    portal_schema: Path | None,
    save_to: Path | None,
    show_pii: bool,
    as_json: bool,
) -> int:
    """Check mapping FILES and the tests beside them; of a folder, every mapping in it.

    With a token in the settings they are checked against the portal too, or against a saved one: `--portal-schema`.
    Without FILES the connection's own mapping is checked. Nothing is written to HubSpot.
    """
    from connector.cli import masking

    paths = _mappings(files) or [session.settings.mapping_path()]
    if save_to is not None and portal_schema is not None:
        message = "--save-portal-schema asks the portal, --portal-schema does not: use one of them"
        raise InputError("E100", message, where="--save-portal-schema")
    if samples is not None and len(paths) > 1:
        raise InputError("E100", "--samples goes with one mapping", where="--samples")
    with session.app() as app:
        if save_to is not None:
            saved = app.save_portal_schema(save_to, paths)
            output.note(f"portal {saved.portal.id} is saved in {save_to}, the addresses of its owners included")
        report = app.check(paths, portal_schema=portal_schema or save_to, samples=samples or 0)
    if not show_pii:
        report = masking.check_report(report)
    stop = report.stopped
    error = FatalError(stop.code, stop.message, where=stop.where, fix=stop.fix) if stop else None
    if as_json:
        told = {name: value for name, value in structs.asdict(report).items() if name != "stopped"}
        output.say_json({**told, **({"error": output.error_object(error)} if error else {})})
    else:
        say_check(report, has_portal=bool(session.settings.hubspot_token or portal_schema))
        if error:
            output.say_error(error, as_json=False)
    if not report.is_clean:
        return EXIT_WRONG
    return stop.exit_code if stop else 0


def _mappings(files: tuple[Path, ...]) -> list[Path]:
    """A file of tests stands for its mapping, so that `mappings/*.yaml` may be given; a folder for its mappings.

    Raises InputError (E107).
    """
    mappings = [
        file.with_name(file.name.removesuffix(".test.yaml") + ".yaml") if file.name.endswith(".test.yaml") else file
        for given in files
        for file in (_in_folder(given) if given.is_dir() else [given])
    ]
    for mapping in mappings:
        if not mapping.exists():
            raise InputError("E107", f"there is no file {mapping}", where=str(mapping))
    return list(dict.fromkeys(mappings))


def _in_folder(folder: Path) -> list[Path]:
    found = sorted(folder.glob("*.yaml")) + sorted(folder.glob("*.yml"))
    if not found:
        raise InputError("E107", f"there is no mapping (*.yaml) in {folder}", where=str(folder))
    return found
