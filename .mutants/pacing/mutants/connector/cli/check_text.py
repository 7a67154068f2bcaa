"""What `check` found, as text for people."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from connector.cli import output

if TYPE_CHECKING:
    from connector.reports import CheckReport, SampledProperty, SampleReport


def say_check(report: CheckReport, *, has_portal: bool) -> None:
    """Every finding as `file:line:column CODE text`, the samples, and one line that sums up."""
    for finding in report.findings:
        output.say(f"{finding.where} {finding.code} {finding.message}")
        if finding.fix:
            output.say(f"  fix: {finding.fix}")
    if report.samples is not None:
        _say_samples(report.samples)
    if not report.is_clean:
        verdict = output.styled("wrong", "red")
    else:
        verdict = output.styled("unfinished", "yellow") if report.stopped else output.styled("ok", "green")
    tests = f"{report.tests_passed} tests passed, {report.tests_failed} failed"
    files = "1 mapping" if len(report.files) == 1 else f"{len(report.files)} mappings"
    output.say(f"{verdict} · {files} · {tests} · {_portal_checked(report, has_portal=has_portal)}")


def _portal_checked(report: CheckReport, *, has_portal: bool) -> str:
    if not report.portal_checked:
        why = "errors come first" if not report.is_clean else "it could not be asked"
        return f"not checked against a portal ({why if has_portal else 'no token'})"
    saved = f" as saved on {report.portal_saved_at:%Y-%m-%d}" if report.portal_saved_at else ""
    return f"checked against portal {report.portal_id}{saved}"


def _say_samples(samples: SampleReport) -> None:
    output.say()
    failed = [call for call in samples.calls if call.code]
    skipped = sum(call.action == "skip" for call in samples.calls)
    output.say(f"{len(samples.calls)} calls tried: {skipped} would be skipped, {len(failed)} failed")
    for call in failed:
        output.say(f"  {call.call} {call.code} {call.message}")
    if samples.properties:
        output.say()
        headings = ("property", "calls", "got a value", "blank", "left out")
        output.say_table(headings, [_row(seen) for seen in samples.properties])
    output.say()


def _row(seen: SampledProperty) -> tuple[str, ...]:
    lost = "; ".join(_losses(seen))
    return (f"{seen.place}.{seen.property}", str(seen.of), str(seen.values), str(seen.blank), lost)


def _losses(seen: SampledProperty) -> Iterator[str]:
    yield from (f"{times}: {reason}" for reason, times in seen.left_out.items())
    if seen.examples:
        yield f"such as {', '.join(seen.examples)}"
