"""The mapping: its file, its tests, and what it names in the portal."""

from __future__ import annotations

from connector.doctor.reading import Unread, fine, found, told, unchecked
from connector.errors import ConnectorError
from connector.reports import CheckReport, Diagnosis

MAPPING = "mapping"

APART = {"W434": "dispositions", "E435": "owners", "W435": "owners"}
"""The codes that `doctor` tells as checks of their own."""


def check_mapping(report: CheckReport | ConnectorError, *, why_not_against_portal: str) -> list[Diagnosis]:
    """The file, the tests beside it, and the portal unless there is a reason why not."""
    if isinstance(report, ConnectorError):
        return [told(MAPPING, report)]
    findings = [finding for finding in report.findings if finding.code not in APART]
    diagnoses = [found(MAPPING, finding) for finding in findings]
    if not any(finding.is_error for finding in findings):
        tests = f"{report.tests_passed} tests pass" if report.tests_passed else "it has no tests"
        diagnoses.insert(0, fine(MAPPING, f"{', '.join(report.files)}: {tests}"))
    if why_not_against_portal:
        diagnoses.append(unchecked(MAPPING, f"against the portal: {why_not_against_portal}"))
    return diagnoses


def check_names(check: str, report: CheckReport | ConnectorError | Unread) -> list[Diagnosis]:
    """The `dispositions` or the `owners` that the mapping names."""
    if isinstance(report, Unread):
        return [unchecked(check, report.reason)]
    if isinstance(report, ConnectorError) or not report.portal_checked:
        return [unchecked(check, "the mapping cannot be used")]
    diagnoses = [found(check, entry) for entry in report.findings if APART.get(entry.code) == check]
    return diagnoses or [fine(check, f"the portal has all {check} that the mapping names")]
