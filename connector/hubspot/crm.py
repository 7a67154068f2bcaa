"""HubSpot as the engine knows it: the port `Crm`, and what setting a portal up needs."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Literal

from connector.http.client import Http
from connector.model import Association, Create, CrmRecord, Outcome, Portal, Update
from connector.ports import BeforeWrite, Clock, Facts
from connector.reports import SetupReport


class HubSpotCrm:
    """One portal behind the port `Crm`.

    Nothing is asked, and the vendor's client is not even imported, before the first method that needs HubSpot.
    Safe to use from several threads. Raises as the port says.
    """

    def __init__(
        self,
        *,
        token: str,
        base_url: str,
        api_version: str,
        http: Http,
        facts: Facts,
        clock: Clock,
        concurrency: int,
        region: str,
        before_write: BeforeWrite,
    ) -> None:
        """`http` comes from `connector.hubspot.limits.hubspot_http`. Raises InputError for an unknown API version."""
        raise NotImplementedError

    @property
    def requests(self) -> int:
        """How many HTTP requests were sent so far, retries included."""
        raise NotImplementedError

    def portal_id(self) -> str:
        """The portal's id: one request, then remembered for a day."""
        raise NotImplementedError

    def portal(self, object_types: Collection[str] = ()) -> Portal:
        """The facts of contacts, calls and the types named; each kind of fact is asked for once a day."""
        raise NotImplementedError

    def require_ready(self, object_types: Collection[str] = ()) -> Portal:
        """The portal, prepared for contacts, calls and these record types; call it before the first write.

        Facts that say otherwise are read again before they are believed. Raises InputError: the portal lacks what
        `connector setup` creates (E241), refuses unique keys (E242), or has one of our properties in another shape
        (E243).
        """
        raise NotImplementedError

    def setup(self, object_types: Collection[str] = (), *, dry_run: bool) -> SetupReport:
        """Create what the portal lacks for contacts, calls and these record types; again, it creates nothing.

        A dry run only reads. What HubSpot refuses is a step `refused` with a note, not an error.
        """
        raise NotImplementedError

    def holds_keys(self) -> bool:
        """Whether any call, archived ones among them, carries one of our keys; at most two requests."""
        raise NotImplementedError

    def read(
        self,
        object_type: str,
        by: Literal["id", "key", "email"],
        values: Collection[str],
        properties: Collection[str],
    ) -> dict[str, CrmRecord]:
        raise NotImplementedError

    def find_by_number(self, numbers: Collection[str], properties: Collection[str]) -> list[CrmRecord]:
        raise NotImplementedError

    def create(self, object_type: str, wishes: Sequence[Create]) -> list[Outcome]:
        raise NotImplementedError

    def update(self, object_type: str, wishes: Sequence[Update]) -> list[Outcome]:
        raise NotImplementedError

    def associate(self, object_type: str, links: Sequence[tuple[str, Association]]) -> None:
        raise NotImplementedError

    def close(self) -> None:
        """End the threads. The `http` given stays open: it belongs to the caller."""
        raise NotImplementedError
