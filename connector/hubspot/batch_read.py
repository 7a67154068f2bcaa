"""One batch of records read, and every value accounted for: its record is given, or HubSpot says that there is none.

An answer that leaves out what it was asked for is no word of HubSpot's: taken for one, a call would count as deleted by
a person for good.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from http import HTTPStatus

from msgspec import Struct

from connector.errors import TransientError
from connector.http.client import Answer
from connector.hubspot.answers import BatchAnswer, Item, decode_problem, texts
from connector.hubspot.client import HubSpotClient
from connector.hubspot.errors import expect
from connector.hubspot.names import ADDITIONAL_EMAILS, MERGED_IDS, addresses, former_ids

LEFT_OUT_MAX = 10
"""Of so many ids that two answers left out each is asked for. Of more, the first that is there ends the run."""

_MISSING = "OBJECT_NOT_FOUND"
_SAYS_MISSING = (_MISSING.encode(), b"resource not found")
"""What HubSpot's own 404 for one record holds (developer docs "error handling"); without it is somebody else's page."""


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
        found += batch.read_each(silent)
    return found


def read_one(client: HubSpotClient, object_type: str, record_id: str, properties: Collection[str]) -> Item | None:
    """The live record with this id, None where HubSpot says that there is none."""
    answer = client.get(object_type, record_id, sorted(properties))
    return None if _says_missing(answer) else expect(answer, Item, f"reading {object_type}")


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
        problem = decode_problem(answer.body)
        # Whether HubSpot answers 207 or 404 when all are missing is not documented, so that both mean it.
        if answer.status == HTTPStatus.NOT_FOUND and problem.category == _MISSING:
            results, problems = [], [problem]
        else:
            content = expect(answer, BatchAnswer, self._doing)
            results, problems = content.results, content.errors or []
        told = {name.lower() for item in results for name in self._names(item)}
        for problem in problems:
            if problem.category == _MISSING:
                told.update(name.lower() for name in texts(problem.context, "ids"))
        return results, [value for value in values if value.lower() not in told]

    def read_each(self, ids: Sequence[str]) -> list[Item]:
        """The records with these ids, one request each; those are absent of which HubSpot says so.

        Raises TransientError (E214) where answers left out many that are there: what HubSpot says is worth nothing now.
        """
        found: list[Item] = []
        for record_id in ids:
            if (item := read_one(self.client, self.object_type, record_id, self.properties)) is not None:
                found.append(item)
                if len(ids) > LEFT_OUT_MAX:
                    message = f"HubSpot's answers while {self._doing} leave out records that are there"
                    raise TransientError("E214", message)
        return found

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
    if answer.status != HTTPStatus.NOT_FOUND:
        return False
    # HubSpot's page for people says it in a header (recorded for a look by e-mail).
    return "x-hubspot-notfound" in answer.headers or any(words in answer.body for words in _SAYS_MISSING)
