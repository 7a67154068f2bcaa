"""Which contact a person is, by the keyed hash of a number or an address."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy import select

from connector.ledger.entries import chunks
from connector.ledger.store import Transaction
from connector.ledger.tables import person


def look_up(tx: Transaction, portal_id: str, hashes: Collection[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for chunk in chunks(hashes):
        asked = select(person.c.hash, person.c.contact_id)
        rows = tx.db.execute(asked.where(person.c.portal_id == portal_id, person.c.hash.in_(chunk)))
        found.update((row.hash, row.contact_id) for row in rows)
    return found


def store(tx: Transaction, portal_id: str, people: Mapping[str, str]) -> None:
    tx.put(
        person,
        [{"portal_id": portal_id, "hash": hash_, "contact_id": contact_id} for hash_, contact_id in people.items()],
    )
