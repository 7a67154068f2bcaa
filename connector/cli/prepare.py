"""setup and check: is the portal ready, is the mapping right?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec import structs

from connector.cli import options, output
from connector.cli.session import Session, pass_session
from connector.errors import InputError

if TYPE_CHECKING:
    from connector.reports import CheckReport, SetupReport

EXIT_WRONG = InputError.exit_code


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
@options.as_json
@pass_session
def check(session: Session, files: tuple[Path, ...], as_json: bool) -> int:
    """Check mapping FILES and the tests beside them; of a folder, every mapping in it.

    With a token in the settings they are checked against the portal too. Without FILES the connection's own
    mapping is checked.
    """
    paths = _mappings(files) or [session.settings.mapping_path()]
    with session.app() as app:
        report = app.check(paths)
    if as_json:
        output.say_json(report)
    else:
        _say_check(report)
    return 0 if report.is_clean else EXIT_WRONG


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
        if not mapping.is_file():
            raise InputError("E107", f"there is no file {mapping}", where=str(mapping))
    return list(dict.fromkeys(mappings))


def _in_folder(folder: Path) -> list[Path]:
    found = sorted(folder.glob("*.yaml")) + sorted(folder.glob("*.yml"))
    if not found:
        raise InputError("E107", f"there is no mapping (*.yaml) in {folder}", where=str(folder))
    return found


def _say_check(report: CheckReport) -> None:
    for finding in report.findings:
        output.say(f"{finding.where} {finding.code} {finding.message}")
        if finding.fix:
            output.say(f"  fix: {finding.fix}")
    verdict = output.styled("ok", "green") if report.is_clean else output.styled("wrong", "red")
    tests = f"{report.tests_passed} tests passed, {report.tests_failed} failed"
    portal = "checked against the portal" if report.portal_checked else "not checked against a portal (no token)"
    files = "1 mapping" if len(report.files) == 1 else f"{len(report.files)} mappings"
    output.say(f"{verdict} · {files} · {tests} · {portal}")
