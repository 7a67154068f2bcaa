"""Whether a value fits a property of the portal: its type, its options, its owners."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from connector.mapping import mask
from connector.mapping.dispositions import DEFAULT_DISPOSITIONS
from connector.mapping.faults import nearest, suggestion
from connector.model import Owner, Property
from connector.reports import Pipeline

DISPOSITION = "hs_call_disposition"

OWNER = "hubspot_owner_id"
PIPELINES = frozenset(("pipeline", "hs_pipeline"))
STAGES = frozenset(("dealstage", "hs_pipeline_stage"))

HOLDS = {"number": "numbers", "bool": "true or false", "date": "dates", "datetime": "times"}
"""What a property of a type holds, in words."""

_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_EPOCH_MS = re.compile(r"\d{12,14}")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")

Verdict = tuple[str, str]
"""A code and what is wrong; no code when the value fits."""

_FITS: Verdict = ("", "")


def verdict(prop: Property, text: str, *, owners: Sequence[Owner]) -> Verdict:
    """What is wrong with this value in this property. No message repeats the address of an owner."""
    if prop.name == DISPOSITION:
        return _disposition(prop, text)
    if prop.name == OWNER:
        return owner_verdict(text, owners, ids_only=True)
    if prop.type == "enumeration" and prop.options:
        return _options(prop, text)
    return _FITS if _is_of_type(prop.type, text) else ("E433", f"`{prop.name}` holds {HOLDS[prop.type]}")


def owner_verdict(wanted: str, owners: Sequence[Owner], *, ids_only: bool = False) -> Verdict:
    """Whether a user of the portal is meant, by id or e-mail address, and whether that user is still there."""
    lowered = wanted.strip().lower()
    by_email = [owner for owner in owners if owner.email and owner.email.lower() == lowered]
    found = [owner for owner in owners if owner.id == lowered] or by_email
    if not found:
        near = nearest(lowered, [owner.email for owner in owners if owner.email and owner.active])
        hint = f" (did you mean {mask.email(near)}?)" if near else ""
        return "E435", f"the portal has no such user{hint}"
    if ids_only and by_email == found:
        return "E435", f"`{OWNER}` takes an owner's id, here {found[0].id}"
    if not any(owner.active for owner in found):
        return "W435", "this user is not active any more: nobody becomes the owner"
    return _FITS


def pipeline_verdict(text: str, pipelines: Sequence[Pipeline]) -> Verdict:
    """Whether it is the id of a pipeline."""
    ids = {pipeline.id: pipeline.label for pipeline in pipelines}
    return _FITS if text in ids else ("E434", f"there is no pipeline `{text}`{_id_of(text, ids)}")


def stage_verdict(text: str, pipelines: Sequence[Pipeline], pipeline_id: str | None) -> Verdict:
    """Whether it is the id of a stage: of this pipeline where one is named, else of any."""
    named = [pipeline for pipeline in pipelines if pipeline.id == pipeline_id]
    ids = {stage.value: stage.label for pipeline in named or pipelines for stage in pipeline.stages}
    where = f"the pipeline `{pipeline_id}`" if named else "no pipeline"
    lacks = f"{where} has no stage `{text}`" if named else f"{where} has a stage `{text}`"
    return _FITS if text in ids else ("E434", f"{lacks}{_id_of(text, ids)}")


def _id_of(text: str, labels: Mapping[str, str]) -> str:
    """People know pipelines and stages by their labels, and HubSpot takes their ids alone."""
    by_label = next((key for key, label in labels.items() if label.casefold() == text.casefold()), None)
    return f" (did you mean {by_label}?)" if by_label else suggestion(text, labels)


def _disposition(prop: Property, text: str) -> Verdict:
    """By id or label, whatever its case; one of HubSpot's own by its first label too, if the portal renamed it."""
    ids = {option.value for option in prop.options}
    words = {*ids, *(option.label for option in prop.options)}
    if not ids or DEFAULT_DISPOSITIONS.get(text.lower()) in ids or text.lower() in {word.lower() for word in words}:
        return _FITS
    return "W434", f"the portal has no disposition `{text}`{suggestion(text, words)}"


def _options(prop: Property, text: str) -> Verdict:
    """One option by its value or label; several, with `;` between them, by their values alone."""
    values = {option.value: option for option in prop.options}
    labels = {option.label: option.value for option in prop.options}
    words = {*values, *labels}
    if text.casefold() in {word.casefold() for word in words}:
        return _FITS
    for part in text.split(";"):
        if part not in values:
            in_a_list = labels.get(part.strip()) if ";" in text else None
            near = f" (did you mean {in_a_list}?)" if in_a_list else suggestion(part.strip(), words)
            return "E434", f"`{prop.name}` has no option `{part.strip()}`{near}"
    return _FITS


def _is_of_type(kind: str, text: str) -> bool:
    match kind:
        case "number":
            return _NUMBER.fullmatch(text) is not None
        case "bool":
            return text.lower() in ("true", "false")
        case "date":
            return _EPOCH_MS.fullmatch(text) is not None or (_DATE.fullmatch(text) is not None and _is_iso(text))
        case "datetime":
            return _EPOCH_MS.fullmatch(text) is not None or _is_iso(text)
        case _:
            return True


def _is_iso(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def known_by_label(name: str, known: Collection[Property]) -> str:
    """People know properties by their labels: `lead_status` is the label of `hs_lead_status`."""
    labels = {"_".join(prop.label.lower().split()): prop.name for prop in known}
    return f" (did you mean {labels[name]}?)" if name in labels else ""
