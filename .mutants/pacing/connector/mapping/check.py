"""`connector check` for mapping files: what can be known to be wrong before a call is mapped."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path as FilePath

from connector.mapping.faults import suggestion
from connector.mapping.fields import PLATFORM_FIELDS, PlatformFields
from connector.mapping.load import Loaded, MappingFileError, in_file_order, load_mapping
from connector.mapping.paths import CALL_FIELDS, CALLER_FIELDS, CONNECTION_FIELDS, RESERVED, Path, parse_path
from connector.mapping.portal import check_against_portal
from connector.mapping.scan import scan_condition, scan_template
from connector.mapping.schema import paths_of
from connector.mapping.structure import faults_of_structure, finding
from connector.mapping.walk import Section, expressions, values
from connector.reports import Finding

__all__ = ["check_against_portal", "check_loaded", "check_mapping"]


def check_mapping(path: FilePath) -> list[Finding]:
    """Every fault of a mapping file that shows without a portal, in the file's order; never raises for a fault."""
    try:
        loaded = load_mapping(path)
    except MappingFileError as error:
        return list(error.findings)
    return check_loaded(loaded)


def check_loaded(loaded: Loaded) -> list[Finding]:
    """The same for a mapping that was read before."""
    return in_file_order([*faults_of_structure(loaded), *_faults_of_paths(loaded), *_open_rules(loaded)])


def _open_rules(loaded: Loaded) -> Iterator[Finding]:
    rules = loaded.document.rules
    if rules and rules[-1].when is not None:
        message = "a call may match none of the rules: it is logged, and held when its caller is unknown"
        yield finding(loaded, ("rules", len(rules) - 1, "when"), "W414", message, key=True)


def _faults_of_paths(loaded: Loaded) -> Iterator[Finding]:
    document = loaded.document
    platform = PLATFORM_FIELDS.get(document.source)
    tables = document.tables
    for value in values(document):
        form = value.choice.from_
        for at, text in enumerate(paths_of(form)):
            place = (*value.location, "from", *([at] if isinstance(form, list) else []))
            try:
                message = path_fault(parse_path(text), value.section, platform, tables)
            except ValueError as error:
                message = f"`{text}`: {error}"
            if message:
                yield Finding(where=loaded.where(place), code="E421", message=message)
    for expression in expressions(document):
        scan = scan_condition(expression.text) if expression.is_condition else scan_template(expression.text)
        for use in scan.uses:
            message = path_fault(use.path, expression.section, platform, tables)
            if message:
                where = loaded.where_within(expression.location, expression.text, use.offset)
                yield Finding(where=where, code="E421", message=message)


def path_fault(
    path: Path,
    section: Section,
    platform: PlatformFields | None,
    tables: dict[str, dict[str, str | int | float | bool]],
) -> str:
    """Why a path can lead nowhere, with the nearest name; empty when it can lead somewhere."""
    root, keys = path.root, path.keys
    match root:
        case "call":
            return _one_of(path, CALL_FIELDS)
        case "connection":
            return _one_of(path, CONNECTION_FIELDS)
        case "caller" if section == "caller":
            return f"`{path}`: the caller is only known when this part has been read"
        case "caller":
            return _one_of(path, CALLER_FIELDS)
        case "crm" if section not in ("call", "records"):
            return f"`{path}`: the contact is only known in `call` and `records`"
        case "crm":
            known = bool(keys) and keys[0] == "contact" and len(keys) == 2
            return "" if known else f"`{path}` is not known{suggestion(str(path), ['crm.contact.name'])}"
        case "source":
            return _platform_fault(keys, platform, path) if keys else ""
        case _ if root in tables:
            unknown = len(keys) > 1 or (bool(keys) and keys[0] not in tables[root])
            hint = suggestion(keys[0], tables[root]) if unknown else ""
            return f"`{path}`: the table has no such entry{hint}" if unknown else ""
        case _:
            return _platform_fault((root, *keys), platform, path, also=frozenset(tables) | RESERVED)


def _one_of(path: Path, known: frozenset[str]) -> str:
    if len(path.keys) == 1 and path.keys[0] in known:
        return ""
    names = [f"{path.root}.{name}" for name in known]
    return f"`{path}` is not known{suggestion(str(path), names)}"


def _platform_fault(
    keys: tuple[str, ...], platform: PlatformFields | None, path: Path, also: frozenset[str] = frozenset()
) -> str:
    if platform is None or keys[0] in platform.open:
        return ""
    if keys[0] not in platform.plain:
        near = suggestion(keys[0], platform.all | also) or suggestion(
            str(path), [f"call.{name}" for name in CALL_FIELDS] + [f"caller.{name}" for name in CALLER_FIELDS]
        )
        return f"`{path}` is not a field of the platform{near}"
    return f"`{path}`: `{keys[0]}` has no parts" if len(keys) > 1 else ""
