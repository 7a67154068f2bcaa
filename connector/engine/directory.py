"""The contacts that a window knows of: as read from the CRM, and as they will be after what was decided so far."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from connector.mapping import phone
from connector.model import CONTACT_KEY, CrmRecord

IDENTITY = ("email", "hs_additional_emails", "phone", "mobilephone", "firstname", "lastname")
"""The contact properties that matching compares."""
NUMBERS = ("phone", "mobilephone")
"""Those of them that hold a telephone number."""
COMPANY_ID = "associatedcompanyid"

_NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(slots=True, eq=False)
class Candidate:
    """One contact. `properties` follows what is decided; `before` stays as it was read."""

    id: str | None
    properties: dict[str, str | None]
    key: str | None = None
    """Our key, for a contact that is still to be created."""
    before: Mapping[str, str | None] = field(default_factory=dict)
    changes: dict[str, str] = field(default_factory=dict)
    origins: dict[str, str] = field(default_factory=dict)

    @property
    def is_new(self) -> bool:
        return self.id is None

    @property
    def is_made_by_us(self) -> bool:
        """Whether the connector made the contact, or is about to."""
        return bool(self.key or self.properties.get(CONTACT_KEY))

    @property
    def name(self) -> str:
        return " ".join(part for part in (self.properties.get("firstname"), self.properties.get("lastname")) if part)

    @property
    def created_at(self) -> datetime:
        created = self.properties.get("createdate")
        return datetime.fromisoformat(created) if created else _NEVER

    def emails(self) -> set[str]:
        """Every address of the contact, the secondary ones too, in lower case."""
        listed = f"{self.properties.get('email') or ''};{self.properties.get('hs_additional_emails') or ''}"
        return {address.strip().lower() for address in listed.split(";") if address.strip()}


class Directory:
    """Looks candidates up by what they have now: equality is ours to verify, whatever the search proposed."""

    def __init__(self, *, region: str) -> None:
        self._region = region
        self._by_id: dict[str, Candidate] = {}
        self._by_email: dict[str, list[Candidate]] = {}
        self._by_number: dict[str, list[Candidate]] = {}
        self._by_key: dict[str, Candidate] = {}

    def learn(self, records: Iterable[CrmRecord]) -> None:
        """Take in contacts as the CRM holds them; one that is known already stays as it was decided."""
        for record in records:
            if record.id not in self._by_id and not record.archived:
                candidate = Candidate(id=record.id, properties=dict(record.properties), before=record.properties)
                self._by_id[record.id] = candidate
                self.index(candidate)

    def index(self, candidate: Candidate) -> None:
        """Make the candidate findable by every address, number and key that it has now."""
        for email in candidate.emails():
            _append(self._by_email, email, candidate)
        for number in self.numbers(candidate):
            _append(self._by_number, number, candidate)
        key = candidate.key or candidate.properties.get(CONTACT_KEY)
        if key:
            self._by_key.setdefault(key, candidate)

    def forget(self, candidate: Candidate) -> None:
        """Take back a contact that was to be created and cannot be."""
        for table in (self._by_email, self._by_number):
            for found in table.values():
                if candidate in found:
                    found.remove(candidate)
        self._by_key = {key: holder for key, holder in self._by_key.items() if holder is not candidate}

    def index_id(self, candidate: Candidate) -> None:
        """Make a contact findable by the id that the CRM gave it."""
        if candidate.id is not None:
            self._by_id[candidate.id] = candidate

    def drop(self, candidate: Candidate) -> None:
        """Forget a contact that is no longer in the CRM."""
        self.forget(candidate)
        self._by_id = {contact_id: known for contact_id, known in self._by_id.items() if known is not candidate}

    def numbers(self, candidate: Candidate) -> set[str]:
        """The candidate's numbers in E.164, as far as they can be read in the connection's region."""
        found = set()
        for name in NUMBERS:
            stored = candidate.properties.get(name)
            number = phone.read_number(stored, self._region) if stored else None
            if number is not None and number.usable:
                found.add(number.e164)
        return found

    def by_id(self, contact_id: str) -> Candidate | None:
        return self._by_id.get(contact_id)

    def by_email(self, email: str) -> list[Candidate]:
        return [candidate for candidate in self._by_email.get(email, ()) if email in candidate.emails()]

    def by_number(self, number: str) -> list[Candidate]:
        return [candidate for candidate in self._by_number.get(number, ()) if number in self.numbers(candidate)]

    def holder_of(self, key: str) -> Candidate | None:
        """The contact that carries this contact key, whatever its numbers are by now."""
        return self._by_key.get(key)

    def alias(self, old_id: str, candidate_id: str) -> None:
        """Answer for a contact that was merged away with the contact that it became."""
        if candidate_id in self._by_id:
            self._by_id[old_id] = self._by_id[candidate_id]


def _append(table: dict[str, list[Candidate]], value: str, candidate: Candidate) -> None:
    found = table.setdefault(value, [])
    if candidate not in found:
        found.append(candidate)
