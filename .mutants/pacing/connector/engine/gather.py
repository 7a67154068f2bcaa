"""The look into the CRM before a window is decided: who could the callers be?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from connector.engine.contacts import OWN_PROPERTIES
from connector.engine.directory import COMPANY_ID, IDENTITY, Directory
from connector.engine.people import hashes_of
from connector.engine.plan import Item
from connector.mapping.compile import CompiledMapping
from connector.model import CONTACT_KEY
from connector.ports import Crm

CONTACT_FACTS = (
    *IDENTITY,
    COMPANY_ID,
    "hubspot_owner_id",
    "createdate",
    "lastmodifieddate",
    CONTACT_KEY,
    *OWN_PROPERTIES,
)


def contact_properties(mapping: CompiledMapping) -> tuple[str, ...]:
    """Every contact property that matching compares, a write policy looks at or the connector owns."""
    return tuple(sorted({*CONTACT_FACTS, *mapping.contact_properties}))


def gather(crm: Crm, items: Sequence[Item], directory: Directory, *, properties: Sequence[str]) -> None:
    """Fill the directory with everyone who could be a caller, by id, by address and by number.

    A number is not searched for when the contact with the caller's address has that number too: whoever else
    shares it, the address decides.
    """
    people = [item.identity for item in items]
    emails = sorted({person.email for person in people if person.email})
    if emails:
        directory.learn(crm.read("contacts", "email", emails, properties).values())
    numbers = {
        person.number
        for person in people
        if person.number
        and not (
            person.email
            and any(found in directory.by_number(person.number) for found in directory.by_email(person.email))
        )
    }
    if numbers:
        directory.learn(crm.find_by_number(sorted(numbers), properties))


def recall(
    crm: Crm,
    items: Sequence[Item],
    directory: Directory,
    hints: Mapping[str, str],
    *,
    secret: bytes,
    properties: Sequence[str],
) -> None:
    """Read the contacts that the ledger names: those of known calls, and those last seen with a caller's number.

    A search lags behind writes of seconds ago; an id does not.
    """
    wanted = {item.entry.contact_id for item in items if item.entry and item.entry.contact_id}
    wanted |= {hints[hashed] for item in items for hashed in hashes_of(secret, item.identity) if hashed in hints}
    read_by_id(crm, directory, (contact_id for contact_id in wanted if contact_id), properties=properties)


def read_by_id(crm: Crm, directory: Directory, ids: Iterable[str], *, properties: Sequence[str]) -> None:
    """Learn contacts by id; one that was merged away answers as the contact that it became."""
    asked = sorted(set(ids))
    if not asked:
        return
    for asked_id, record in crm.read("contacts", "id", asked, properties).items():
        directory.learn([record])
        if record.id != asked_id:
            directory.alias(asked_id, record.id)
