"""HubSpot as the engine knows it: the port `Crm`, and what setting a portal up needs."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Literal

from connector.errors import InputError
from connector.http.client import Http
from connector.hubspot.client import HubSpotClient
from connector.hubspot.create import Creator
from connector.hubspot.doubts import Doubts
from connector.hubspot.examination import Examination
from connector.hubspot.failing import Pulse
from connector.hubspot.flight import Flight
from connector.hubspot.ladder import Ladder
from connector.hubspot.link import Linker
from connector.hubspot.linked import read_links
from connector.hubspot.means import Means
from connector.hubspot.pause import Pause
from connector.hubspot.portal import PortalFacts, facts_name
from connector.hubspot.read import Reader
from connector.hubspot.readiness import require_ready
from connector.hubspot.setup import Setup
from connector.hubspot.survey import survey
from connector.hubspot.twins import read_twins
from connector.hubspot.update import Updater
from connector.model import Association, Create, CrmRecord, Outcome, Portal, Refused, Update
from connector.ports import BeforeWrite, Clock, Facts
from connector.reports import PortalSchema, SetupReport


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
        before_write: BeforeWrite,
    ) -> None:
        """`http` comes from `connector.hubspot.limits.hubspot_http`. Raises InputError for an unknown API version."""
        self._http = http
        name = facts_name(token=token, base_url=base_url)
        self._client = HubSpotClient(
            token=token,
            base_url=base_url,
            api_version=api_version,
            http=http,
            pause=Pause(facts, clock, name=f"{name}:pause", time_zone=self._time_zone),
            before_write=before_write,
        )
        self._facts = PortalFacts(self._client, facts, clock, name=name)
        self._flight = Flight(concurrency)
        self._ladder = Ladder(self._facts)
        self._reader = Reader(self._client, self._flight, self._ladder)
        means = Means(self._client, clock, Pulse(clock), Doubts(self._facts, clock))
        self._creator = Creator(means, self._flight, self._ladder)
        self._updater = Updater(means, self._flight)
        self._linker = Linker(self._client, self._flight, clock)
        self._setup = Setup(self._client, self._facts, clock)

    @property
    def requests(self) -> int:
        """How many HTTP requests were sent so far, retries included."""
        return self._http.requests

    def take_part_of_day(self, part: float) -> None:
        """From now on leave the rest of what is left of each day's requests to others: 0.5 takes half."""
        self._http.take_part_of_day(part)

    @property
    def examination(self) -> Examination:
        """For looking at the portal and the token closely."""
        return Examination(self._client, self._facts)

    def portal_id(self) -> str:
        """The portal's id: one request, then remembered for a day."""
        return self._facts.place().id

    def portal(self, object_types: Collection[str] = (), *, fresh: bool = False) -> Portal:
        """The facts of contacts, calls and the types named; each kind is asked for once a day, or now when `fresh`."""
        return self._ladder.seen_on(self._facts.portal(object_types, fresh=fresh))

    def survey(self, object_types: Collection[str] = ()) -> PortalSchema:
        """What a mapping with records of these types is checked against, asked for now and remembered.

        A type that the portal does not have or show is not an error: the survey says why nothing is known of it.
        """
        return survey(self._client, self._facts, object_types)

    def renew(self, object_types: Collection[str]) -> None:
        """As the port says: a request per type, and one for the owners."""
        for object_type in object_types:
            self._facts.properties(object_type, fresh=True)
        self._facts.owners(fresh=True)

    def require_ready(self, object_types: Collection[str] = ()) -> Portal:
        """The portal, prepared for contacts, calls and these record types; call it before the first write.

        Facts that say otherwise are asked for again before they are believed. Raises InputError: the portal lacks what
        `connector setup` creates (E241), takes no key of ours (E242), or has one of our properties in another shape
        (E243).
        """
        portal = self.portal(object_types)
        keyless = self._facts.keyless()
        try:
            require_ready(portal, object_types, keyless=keyless)
        except InputError:
            portal = self._facts.portal(object_types, fresh=True)
            require_ready(portal, object_types, keyless=keyless)
        return self._ladder.seen_on(portal)

    def setup(self, object_types: Collection[str] = (), *, dry_run: bool) -> SetupReport:
        """Create what the portal lacks for contacts, calls and these record types; again, it creates nothing.

        A dry run only reads. What HubSpot refuses is a step `refused` with a note, not an error.
        """
        return self._setup.run(object_types, dry_run=dry_run)

    def holds_keys(self) -> bool:
        """Whether any call carries one of our keys, the hundred archived ones that HubSpot lists first included.

        At most two requests. The search may lag by a minute, which does no harm: a key that it does not tell of is
        met again as a conflict.
        """
        return self._reader.holds_keys("calls")

    def read(
        self,
        object_type: str,
        by: Literal["id", "key", "email"],
        values: Collection[str],
        properties: Collection[str],
    ) -> dict[str, CrmRecord]:
        """As the port says; by e-mail, a secondary address is found as far as HubSpot's own batch read knows it."""
        return self._reader.read(object_type, by, values, properties)

    def find_by_number(self, numbers: Collection[str], properties: Collection[str]) -> list[CrmRecord]:
        """As the port says: about a hundred numbers per search, then the values of what was found, read by id."""
        return self._reader.find_by_number(numbers, properties)

    def create(self, object_type: str, wishes: Sequence[Create]) -> list[Outcome]:
        """As the port says. A record that an unanswered attempt of this very call made is Done, not Exists."""
        return self._creator.create(object_type, wishes)

    def update(self, object_type: str, wishes: Sequence[Update]) -> list[Outcome]:
        """As the port says."""
        return self._updater.update(object_type, wishes)

    def associate(
        self, object_type: str, links: Sequence[tuple[str, Association]]
    ) -> dict[tuple[str, Association], Refused]:
        """As the port says."""
        return self._linker.associate(object_type, links)

    def linked(self, object_type: str, ids: Collection[str], to: str) -> dict[str, frozenset[str]]:
        """As the port says: one request for a thousand records."""
        return read_links(self._client, self._flight, object_type, ids, to)

    def twins(self, object_type: str, by: Literal["id", "key"], values: Collection[str]) -> dict[str, tuple[str, ...]]:
        """As the port says: where keys are not unique, a search for some fifty keys and a request per hundred hits."""
        return read_twins(
            self._client, self._flight, object_type, self._ladder.place(object_type), by=by, values=values
        )

    def _time_zone(self) -> str:
        return self._facts.time_zone()

    def close(self) -> None:
        """End the threads. The `http` given stays open: it belongs to the caller."""
        self._flight.close()
