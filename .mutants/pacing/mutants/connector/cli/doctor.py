"""doctor: what stands between this connection and its next run."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING

import click

from connector.cli import options, output
from connector.cli.session import Session, pass_session
from connector.errors import ConnectorError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from connector.reports import Diagnosis, DoctorReport

_MARKS = {"ok": ("✓", "green"), "warning": ("!", "yellow"), "error": ("✗", "red"), "unchecked": ("-", "")}
_INDENT = " " * 17


@click.command()
@options.as_json
@pass_session
def doctor(session: Session, as_json: bool) -> int:
    """Examine settings, keys, portal, ledger and clock, and say how to mend what is wrong.

    Writes nothing anywhere. Each finding has a code and a fix. The exit code is that of the worst one: 2 settings,
    mapping, portal or ledger; 3 key, token or scope; 4 a side is unavailable or limited; 0 with warnings only.
    """
    report = _examined(session)
    if as_json:
        output.say_json(
            {"is_healthy": report.exit_code == 0, "exit_code": report.exit_code, "checks": report.diagnoses}
        )
    else:
        _say(report)
    return report.exit_code


def _examined(session: Session) -> DoctorReport:
    try:
        loaded = session.loaded
    except ConnectorError as error:
        from connector.doctor.examine import unreadable

        return unreadable(error)
    with session.app(loaded.settings) as app:
        return app.doctor(loaded.warnings)


def _say(report: DoctorReport) -> None:
    for check, group in groupby(report.diagnoses, key=lambda each: each.check):
        for at, diagnosis in enumerate(group):
            for line in _lines("" if at else check, diagnosis):
                output.say(line)
    counts = Counter(each.status for each in report.diagnoses)
    words = {"error": "wrong", "warning": "warnings", "unchecked": "not checked", "ok": "in order"}
    told = [f"{counts[status]} {word}" for status, word in words.items() if counts[status]]  # type: ignore[index]
    verdict = output.styled("ok", "green") if report.exit_code == 0 else output.styled("wrong", "red")
    output.say(f"{verdict} · {' · '.join(told)}")


def _lines(check: str, diagnosis: Diagnosis) -> Iterator[str]:
    mark, colour = _MARKS[diagnosis.status]
    code = f"{diagnosis.code} " if diagnosis.code else ""
    yield f"{output.styled(mark, colour) if colour else mark} {check:<13}  {code}{diagnosis.message}"
    if diagnosis.where:
        yield f"{_INDENT}where: {diagnosis.where}"
    if diagnosis.fix:
        yield f"{_INDENT}fix: {diagnosis.fix}"
