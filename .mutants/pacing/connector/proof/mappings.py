"""Whether a mapping can be trusted: its file, the tests beside it, and the portal that it writes to."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from connector.errors import ConnectorError
from connector.mapping.casefile import Case, load_cases
from connector.mapping.check import check_against_portal, check_loaded
from connector.mapping.compile import CompiledMapping, compile_mapping
from connector.mapping.load import Loaded, MappingFileError, cases_path, load_mapping
from connector.mapping.structure import faults_of_source
from connector.model import BadCall, Call
from connector.proof.rehearse import ReadCall, rehearse
from connector.proof.samples import try_out
from connector.reports import CheckReport, Finding, PortalSchema, SampleReport, Stop

SAVED_OBJECTS = ("companies", "deals", "notes", "tasks", "tickets")
"""Beside contacts and calls: what most mappings make records of."""

TESTS_SUFFIX = ".test.yaml"
ReadPortal = Callable[[Collection[str]], PortalSchema]
"""A portal's facts for these types of records."""
ReadCalls = Callable[[], Sequence[Call | BadCall]]
Usable = list[tuple[Loaded, CompiledMapping]]
"""Mappings without faults of their own."""


def prove(
    files: Sequence[Path],
    *,
    source: str | None,
    region: str | None,
    timezone: str | None,
    reader: Callable[[str], ReadCall],
    portal: ReadPortal | None,
    samples: ReadCalls | None = None,
) -> CheckReport:
    """Check every mapping with its tests. A test file named alone stands for the mapping beside it.

    `source` is the platform that they must be for, None where each stands for itself; `reader` knows how the records of
    a platform are read.

    The tests belong to the file: they run with its own region and time zone, whatever a connection overrides.
    `samples` reads real calls, on which a mapping without faults is tried out; it goes with one mapping.
    """
    mappings = list(dict.fromkeys(_mapping_of(path) for path in files))
    findings: dict[Path, list[Finding]] = {}
    usable: Usable = []
    passed = failed = 0
    for path in mappings:
        cases, faults = _tests_beside(path)
        loaded, found = _read(path, source)
        findings[path] = [*found, *faults]
        if loaded is None or any(finding.is_error for finding in found):
            continue
        usable.append((loaded, compile_mapping(loaded, region=region, timezone=timezone)))
        failures = _failures(cases, compile_mapping(loaded), reader(loaded.document.source)) if cases else []
        findings[path] += failures
        failed += len(failures)
        passed += len(cases) - len(failures)
    looked = _look(usable, portal, samples)
    for path, found in looked.findings:
        findings[path] += found
    schema = looked.schema
    return CheckReport(
        files=tuple(str(path) for path in mappings),
        findings=tuple(finding for path in mappings for finding in findings[path]),
        tests_passed=passed,
        tests_failed=failed,
        portal_checked=schema is not None,
        portal_id=schema.portal.id if schema else None,
        portal_saved_at=schema.saved_at if schema else None,
        samples=looked.samples,
        stopped=looked.stopped,
    )


@dataclass(slots=True)
class _Look:
    """What a look at the portal and at real calls found, and why it ended early if it did."""

    findings: list[tuple[Path, list[Finding]]] = field(default_factory=list)
    schema: PortalSchema | None = None
    samples: SampleReport | None = None
    stopped: Stop | None = None


def _look(usable: Usable, portal: ReadPortal | None, samples: ReadCalls | None) -> _Look:
    """Check the mappings that have no faults of their own against what is outside of them.

    Nobody's findings are lost because a side cannot be reached.
    """
    look = _Look()
    try:
        if portal is not None and usable:
            look.schema = portal(frozenset[str]().union(*(compiled.object_types for _, compiled in usable)))
            look.findings += [(loaded.path, check_against_portal(loaded, look.schema)) for loaded, _ in usable]
        if samples is not None:
            for loaded, compiled in usable:
                look.samples, found = try_out(loaded, compiled, samples(), look.schema)
                look.findings.append((loaded.path, found))
    except ConnectorError as error:
        look.stopped = Stop(
            code=error.code, message=error.message, where=error.where, fix=error.fix, exit_code=error.exit_code
        )
    return look


def failing_tests(path: Path, read_call: ReadCall) -> list[Finding]:
    """One finding per failing test beside a mapping, run as in `prove`; no test file, no findings.

    Raises MappingFileError (an InputError) for a mapping or a test file that cannot be read.
    """
    cases = _cases(path)
    return _failures(cases, compile_mapping(load_mapping(path)), read_call) if cases else []


def objects_of(files: Sequence[Path]) -> frozenset[str]:
    """The types of records that these mappings make, as far as they can be read, and those that HubSpot always has."""
    made: set[str] = set(SAVED_OBJECTS)
    for path in files:
        try:
            made.update(record.object for record in load_mapping(_mapping_of(path)).document.records)
        except MappingFileError:
            # What is wrong with it is for the check to tell.
            continue
    return frozenset(made)


def _read(path: Path, source: str | None) -> tuple[Loaded | None, list[Finding]]:
    """The mapping, None when nothing can be made of it, and what is wrong with it."""
    try:
        loaded = load_mapping(path)
    except MappingFileError as error:
        return None, list(error.findings)
    return loaded, [*(faults_of_source(loaded, source) if source else ()), *check_loaded(loaded)]


def _tests_beside(path: Path) -> tuple[list[Case], tuple[Finding, ...]]:
    """The tests beside a mapping, and what is wrong with their file."""
    try:
        return _cases(path), ()
    except MappingFileError as error:
        return [], error.findings


def _failures(cases: Sequence[Case], mapping: CompiledMapping, read_call: ReadCall) -> list[Finding]:
    findings = []
    for case in cases:
        differences = rehearse(case, mapping, read_call)
        if differences:
            message = f"test {case.name!r}: {'; '.join(differences)}"
            findings.append(Finding(where=case.where, code="E452", message=message))
    return findings


def _cases(path: Path) -> list[Case]:
    return load_cases(cases_path(path)) if cases_path(path).is_file() else []


def _mapping_of(path: Path) -> Path:
    if not path.name.endswith(TESTS_SUFFIX):
        return path
    return path.with_name(path.name.removesuffix(TESTS_SUFFIX) + ".yaml")
