"""What a report may show of people unless the user asked to see them.

A property is shown in clear only when it is known to say nothing of a person: everything else is masked, so that a
property nobody foresaw is hidden rather than shown.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from connector.log import redact
from connector.mapping import mask
from connector.model import CONTACT_KEY, WRITTEN
from connector.reports import CallStory, Change, CheckReport, Departure, PlannedCall, PlannedRecord, PlanReport, Preview

_PHONES = frozenset({"phone", "mobilephone", "fax", "hs_call_from_number", "hs_call_to_number"})
_EMAILS = frozenset({"email", "work_email", "hs_additional_emails"})
_NAMES = frozenset({"firstname", "lastname"})
_TITLES = frozenset({"hs_call_title", "hs_task_subject", "hs_meeting_title", "dealname", "subject"})
_TEXTS = frozenset(
    {"hs_call_body", "hs_note_body", "hs_task_body", "hs_call_summary", "hs_call_recording_url", WRITTEN}
)
_CLEAR = re.compile(
    r"call_connector_\w+|hubspot_owner_id|lifecyclestage|dealstage|pipeline|hs_timestamp|hs_lead_status"
    r"|hs_call_(duration|direction|status|disposition)|hs_task_(type|priority|status)"
    r"|hs_pipeline(_stage)?|hs_activity_type"
)
_CONSTANT_ORIGINS = ("value", "set by the connector")
_PLAIN_WORD = re.compile(r"[\w:.+-]{1,64}")
_SAID = re.compile(r"summary|transcript|note|text|message|reason|url", re.IGNORECASE)
"""Fields of a platform's record that hold what was said, even where that is one word."""
_NOBODY = frozenset({"withheld number", "unknown caller"})
"""What a title says where nobody's name or number is known."""
_PARTS = re.compile(r"\s*;\s*")


def plan_report(report: PlanReport) -> PlanReport:
    return replace(report, calls=tuple(planned_call(call) for call in report.calls))


def departures(differing: Sequence[Departure]) -> tuple[Departure, ...]:
    return tuple(_departure(each) for each in differing)


def _departure(departure: Departure) -> Departure:
    return replace(
        departure,
        what=redact(departure.what),
        changes=tuple(_change(change, departure.people) for change in departure.changes),
        people=tuple(mask.name(name) for name in departure.people),
    )


def preview(shown: Preview) -> Preview:
    return replace(shown, plan=planned_call(shown.plan), payload=payload(shown.payload))


def story(told: CallStory) -> CallStory:
    shown = None if told.preview is None else preview(told.preview)
    return replace(told, preview=shown, details=details(told.details))


def check_report(report: CheckReport) -> CheckReport:
    """The values of sampled calls; findings and notes hold none."""
    if report.samples is None:
        return report
    properties = tuple(
        replace(seen, examples=tuple(dict.fromkeys(property_value(seen.property, value) for value in seen.examples)))
        for seen in report.samples.properties
    )
    return replace(report, samples=replace(report.samples, properties=properties))


def planned_call(call: PlannedCall) -> PlannedCall:
    names = (call.caller_name, call.contact_name)

    def record(planned: PlannedRecord | None) -> PlannedRecord | None:
        return None if planned is None else _record(planned, names=names)

    return replace(
        call,
        caller_number=mask.phone(call.caller_number),
        caller_email=mask.email(call.caller_email),
        caller_name=mask.name(call.caller_name),
        contact_name=mask.name(call.contact_name),
        contact=record(call.contact),
        engagement=record(call.engagement),
        records=tuple(_record(each, names=names) for each in call.records),
        notes=tuple(redact(line) for line in call.notes),
    )


def _record(record: PlannedRecord, *, names: Sequence[str]) -> PlannedRecord:
    return replace(
        record,
        key=None if record.key is None else _key(record.key),
        changes=tuple(_change(change, names) for change in record.changes),
        notes=tuple(redact(line) for line in record.notes),
    )


def _change(change: Change, names: Sequence[str]) -> Change:
    def shown(value: str) -> str:
        return property_value(change.property, value, origin=change.origin, names=names)

    return replace(change, before=None if change.before is None else shown(change.before), after=shown(change.after))


def property_value(name: str, value: str, *, origin: str = "", names: Sequence[str] = ()) -> str:
    """A property's value as it may be shown; a text is shown as its length."""
    if name == CONTACT_KEY:
        return _key(value)
    if name in _PHONES:
        return mask.phone(value)
    if name in _EMAILS:
        return "; ".join(mask.email(part) for part in _PARTS.split(value))
    if name in _NAMES:
        return mask.name(value)
    if name in _TITLES:
        return title(value, names)
    if name not in _TEXTS and (_CLEAR.fullmatch(name) or origin in _CONSTANT_ORIGINS):
        return redact(value)
    return length(value)


def title(text: str, names: Sequence[str]) -> str:
    """`Message: Jane Doe` → `Message: J•••`, `Call Jane Doe back` → `Call J••• back`.

    What follows the first colon is taken for a name, whoever's it is; elsewhere the names that are known are masked,
    whole and word by word.
    """
    said, colon, who = text.partition(": ")
    if colon and who not in _NOBODY and mask.DOT not in who:
        redacted = redact(who)
        who = redacted if redacted != who else mask.name(who)
    words = {word for name in names for word in (name, *name.split()) if word}
    for word in sorted(words, key=len, reverse=True):
        said = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", mask.name(word), said)
    return f"{redact(said)}{colon}{who}"


def length(text: str) -> str:
    return f"({len(text):,} characters)" if text else ""


def _key(key: str) -> str:
    """`tel:+44…;mailto:…`, or the key of a call or record, which names nobody."""
    kind, colon, rest = key.partition(":")
    if ";" in key:
        return ";".join(_key(part) for part in key.split(";"))
    match kind:
        case "tel":
            return kind + colon + mask.phone(rest)
        case "mailto":
            return kind + colon + mask.email(rest)
        case _:
            return key


def payload(record: Mapping[str, Any]) -> dict[str, Any]:
    """The platform's record: figures and plain words at the top stay, people and texts do not."""
    return {name: _field(name, value, at_top=True) for name, value in record.items()}


def details(found: Mapping[str, Any]) -> dict[str, Any]:
    """What the platform tells beside a record: events are masked as records are, all else as a part of one."""
    return {
        name: [payload(each) if isinstance(each, Mapping) else _field(name, each, at_top=False) for each in value]
        if isinstance(value, list | tuple)
        else _field(name, value, at_top=True)
        for name, value in found.items()
    }


def _field(name: str, value: Any, *, at_top: bool) -> Any:
    match value:
        case None | bool() | int() | float():
            return value
        case Mapping():
            return {str(key): _field(str(key), item, at_top=False) for key, item in value.items()}
        case list() | tuple():
            return [_field(name, item, at_top=False) for item in value]
    text, lowered = str(value), name.lower()
    if "number" in lowered or "phone" in lowered:
        return mask.phone(text)
    if "email" in lowered:
        return mask.email(text)
    if "name" in lowered:
        return mask.name(text)
    return redact(text) if at_top and _PLAIN_WORD.fullmatch(text) and not _SAID.search(name) else length(text)
