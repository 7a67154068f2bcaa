"""What a mapping is checked against: the portal's facts as they are now, and what the connector can do with them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from msgspec.structs import replace

from connector.errors import AccessError, ConnectorError, FatalError
from connector.hubspot.answers import PipelineItem, Pipelines
from connector.hubspot.associations import TYPE_IDS
from connector.hubspot.client import HubSpotClient
from connector.hubspot.errors import expect
from connector.hubspot.portal import PortalFacts
from connector.model import Option
from connector.reports import Finding, Pipeline, PortalSchema

WITH_PIPELINES = frozenset(("deals", "tickets", "leads"))
_KEY_REFUSED = "E201"
_NO_OBJECT = "E431"


def survey(client: HubSpotClient, facts: PortalFacts, object_types: Collection[str]) -> PortalSchema:
    """Contacts, calls and owners, and of these types what the portal has and the token may see.

    Raises as any request does for contacts, calls and owners; another type's refusal stands under `unread`.
    """
    portal = facts.portal((), fresh=True)
    properties = dict(portal.properties)
    pipelines: dict[str, tuple[Pipeline, ...]] = {}
    unread: dict[str, Finding] = {}
    for object_type in sorted(set(object_types) - properties.keys()):
        try:
            properties[object_type] = facts.properties(object_type, fresh=True)
            if object_type in WITH_PIPELINES:
                pipelines[object_type] = _pipelines(client, object_type)
        except (AccessError, FatalError) as error:
            if error.code == _KEY_REFUSED:
                raise
            unread[object_type] = _why(object_type, error)
    return PortalSchema(
        portal=replace(portal, properties=properties, owners=(*portal.owners, *facts.former_owners())),
        pipelines=pipelines,
        links=_links(),
        unread=unread,
    )


def _why(object_type: str, error: ConnectorError) -> Finding:
    """HubSpot answers 400 or 404 for a type that it does not know, 403 for one that the token may not see."""
    if isinstance(error, AccessError):
        return Finding(where="", code=error.code, message=error.message, fix=error.fix)
    return Finding(where="", code=_NO_OBJECT, message=f"the portal has no object `{object_type}`")


def _pipelines(client: HubSpotClient, object_type: str) -> tuple[Pipeline, ...]:
    answer = expect(client.pipelines(object_type), Pipelines, f"reading the pipelines of {object_type}")
    return tuple(_pipeline(entry) for entry in sorted(answer.results, key=lambda entry: entry.display_order))


def _pipeline(entry: PipelineItem) -> Pipeline:
    stages = sorted(entry.stages, key=lambda stage: stage.display_order)
    return Pipeline(
        id=entry.id,
        label=entry.label or entry.id,
        stages=tuple(Option(stage.id, stage.label or stage.id) for stage in stages),
    )


def _links() -> dict[str, tuple[str, ...]]:
    links = defaultdict(list)
    for start, end in TYPE_IDS:
        links[start].append(end)
    return {start: tuple(sorted(ends)) for start, ends in links.items()}
