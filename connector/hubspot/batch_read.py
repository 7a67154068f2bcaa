"""One batch of records read, and every value accounted for: its record is given, or HubSpot says that there is none.

An answer that leaves out what it was asked for is no word of HubSpot's: taken for one, a call would count as deleted by
a person for good.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from http import HTTPStatus

from msgspec import Struct

from connector.http.client import Answer
from connector.hubspot.answers import BatchAnswer, Item, texts
from connector.hubspot.client import HubSpotClient
from connector.hubspot.errors import expect
from connector.hubspot.names import ADDITIONAL_EMAILS, MERGED_IDS, addresses, former_ids

_SAYS_MISSING = (b"OBJECT_NOT_FOUND", b"resource not found")
"""What a 404 of HubSpot's own holds (developer docs "error handling"); one without is somebody else's page."""


def batch_read(
    client: HubSpotClient,
    object_type: str,
    values: Sequence[str],
    properties: Collection[str],
    *,
    id_property: str | None = None,
    archived: bool = False,
) -> list[Item]:
    """At most 100 records; those are absent of which HubSpot says so. No values ask nothing.

    HubSpot names in a 207 what is missing (developer docs "batch read"; no recording of one is public). What an answer
    neither gives nor names is read again, and an id that is left out even then by itself: of a deleted call nothing
    but that word is proof. A key or an address that is left out twice is absent: HubSpot refuses a second record.
    """
    batch = _Batch(client, object_type, sorted(properties), id_property, archived)
    found, silent = batch.read(values)
    if silent:
        again, silent = batch.read(silent)
        found += again
    if id_property is None:
        found += [item for record_id in silent if (item := batch.read_alone(record_id)) is not None]
    return found


class _Batch(Struct, frozen=True):
    """What is asked of each record, and by what."""

    client: HubSpotClient
    object_type: str
    properties: list[str]
    id_property: str | None
    archived: bool

    def read(self, values: Sequence[str]) -> tuple[list[Item], list[str]]:
        """The records, and the values that the answer says nothing of."""
        if not values:
            return [], []
        answer = self.client.batch_read(
            self.object_type, list(values), self.properties, id_property=self.id_property, archived=self.archived
        )
        # Whether HubSpot answers 207 or 404 when all are missing is not documented, so that both mean it.
        if _says_missing(answer):
            return [], []
        content = expect(answer, BatchAnswer, self._doing)
        told = {name.lower() for item in content.results for name in self._names(item)}
        for problem in content.errors or ():
            if problem.category == "OBJECT_NOT_FOUND":
                told.update(name.lower() for name in texts(problem.context, "ids"))
        return content.results, [value for value in values if value.lower() not in told]

    def read_alone(self, record_id: str) -> Item | None:
        """The record with this id, None where HubSpot says that there is none."""
        answer = self.client.get(self.object_type, record_id, self.properties)
        return None if _says_missing(answer) else expect(answer, Item, self._doing)

    @property
    def _doing(self) -> str:
        return f"reading {self.object_type}"

    def _names(self, item: Item) -> list[str]:
        """What this record may have been asked for by."""
        match self.id_property:
            case None:
                return [item.id, *former_ids(item.properties.get(MERGED_IDS))]
            case "email":
                return addresses(item.properties.get("email"), item.properties.get(ADDITIONAL_EMAILS))
            case name:
                return [item.properties.get(name) or ""]


def _says_missing(answer: Answer) -> bool:
    return answer.status == HTTPStatus.NOT_FOUND and any(words in answer.body for words in _SAYS_MISSING)
