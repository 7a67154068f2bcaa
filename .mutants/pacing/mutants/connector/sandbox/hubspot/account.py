"""The account itself: owners, pipelines, dispositions, its details and what it used today."""

from __future__ import annotations

from typing import Any, Final
from zoneinfo import ZoneInfo

from connector.sandbox.hubspot.answers import not_found, ok
from connector.sandbox.hubspot.defaults import DEAL_STAGES, TICKET_STAGES
from connector.sandbox.hubspot.objects import read_count, wants_archived
from connector.sandbox.hubspot.portal import Portal
from connector.sandbox.hubspot.staff import OWNERS
from connector.sandbox.hubspot.values import iso
from connector.sandbox.wire import Request, Response

_EPOCH: Final = "1970-01-01T00:00:00Z"
_OWNERS_MAX: Final = 100
_CLOSED_TICKET: Final = "4"


def owners(portal: Portal, request: Request) -> Response:
    """GET owners: 200; with `archived=true` those who left; `email` finds one."""
    archived, email = wants_archived(request), request.first("email").lower()
    found = [o for o in OWNERS if o["archived"] == archived and email in ("", o["email"])]
    limit, skip = read_count(request, "limit", _OWNERS_MAX), read_count(request, "after", 0)
    body: dict[str, Any] = {"results": found[skip : skip + limit]}
    if skip + limit < len(found):
        body["paging"] = {"next": {"after": str(skip + limit), "link": f"{request.path}?after={skip + limit}"}}
    return ok(body)


def owner(portal: Portal, request: Request, owner_id: str) -> Response:
    """GET one owner by its id or its user's: 200 or 404."""
    key = "userIdIncludingInactive" if request.first("idProperty") == "userId" else "id"
    archived = wants_archived(request)
    for one in OWNERS:
        if str(one[key]) == owner_id and one["archived"] == archived:
            return ok(one)
    raise not_found()


def pipelines(portal: Portal, object_type: str) -> Response:
    """GET pipelines: 200; the types without pipelines have none."""
    return ok({"results": _pipelines(object_type)})


def pipeline(portal: Portal, object_type: str, pipeline_id: str) -> Response:
    """GET one pipeline: 200 or 404."""
    for one in _pipelines(object_type):
        if one["id"] == pipeline_id:
            return ok(one)
    raise not_found()


def stages(portal: Portal, object_type: str, pipeline_id: str) -> Response:
    """GET the stages of a pipeline: 200 or 404."""
    for one in _pipelines(object_type):
        if one["id"] == pipeline_id:
            return ok({"results": one["stages"]})
    raise not_found()


def dispositions(portal: Portal) -> Response:
    """GET the call outcomes: 200, from the options of the property that holds them."""
    definition = portal.schemas["calls"].definitions["hs_call_disposition"]
    return ok([{"id": option.value, "label": option.label, "deleted": False} for option in definition.options])


def details(portal: Portal) -> Response:
    """GET the account's details: 200."""
    offset = portal.moment.astimezone(ZoneInfo(portal.time_zone)).utcoffset()
    seconds = int(offset.total_seconds()) if offset else 0
    hours, minutes = divmod(abs(seconds) // 60, 60)
    return ok(
        {
            "portalId": portal.portal_id,
            "accountType": "STANDARD",
            "timeZone": portal.time_zone,
            "companyCurrency": "GBP",
            "additionalCurrencies": [],
            "utcOffset": f"{'-' if seconds < 0 else '+'}{hours:02d}:{minutes:02d}",
            "utcOffsetMilliseconds": seconds * 1000,
            "uiDomain": "app.hubspot.com",
            "dataHostingLocation": "na1",
        }
    )


def usage(portal: Portal) -> Response:
    """GET today's usage: 200."""
    midnight = portal.moment.astimezone(ZoneInfo(portal.time_zone)).replace(
        hour=23, minute=59, second=59, microsecond=0
    )
    return ok(
        [
            {
                "name": "private-apps-api-calls-daily",
                "usageLimit": portal.usage.daily_max,
                "currentUsage": portal.usage.sent_today,
                "collectedAt": portal.stamp,
                "fetchStatus": "SUCCESS",
                "resetsAt": iso(midnight),
            }
        ]
    )


def _pipelines(object_type: str) -> list[dict[str, Any]]:
    if object_type == "deals":
        deal = {
            stage: (label, {"isClosed": str(stage.startswith("closed")).lower(), "probability": probability})
            for stage, (label, probability) in DEAL_STAGES.items()
        }
        return [_pipeline("default", "Sales Pipeline", deal)]
    if object_type == "tickets":
        ticket = {
            stage: (label, {"isClosed": str(stage == _CLOSED_TICKET).lower(), "ticketState": _ticket_state(stage)})
            for stage, label in TICKET_STAGES.items()
        }
        return [_pipeline("0", "Support Pipeline", ticket)]
    return []


def _ticket_state(stage: str) -> str:
    return "CLOSED" if stage == _CLOSED_TICKET else "OPEN"


def _pipeline(pipeline_id: str, label: str, listed: dict[str, tuple[str, dict[str, str]]]) -> dict[str, Any]:
    common = {"createdAt": _EPOCH, "updatedAt": _EPOCH, "archived": False}
    return {
        "id": pipeline_id,
        "label": label,
        "displayOrder": 0,
        "stages": [
            {
                "id": stage,
                "label": name,
                "displayOrder": position,
                "metadata": metadata,
                "writePermissions": "CRM_PERMISSIONS_ENFORCEMENT",
                **common,
            }
            for position, (stage, (name, metadata)) in enumerate(listed.items())
        ],
        **common,
    }
