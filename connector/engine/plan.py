"""What should become of each call of a window: pure decisions over what the CRM and the ledger say.

Calls are decided oldest first against a directory that follows every decision, so that the second call of a new
caller finds the contact that the first one is about to create.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from connector.engine.contacts import contact_key, fold, second_key
from connector.engine.directory import Candidate, Directory
from connector.engine.drafts import Draft
from connector.engine.fit import choose_owner, is_warning, refused_value
from connector.engine.match import Identity, Known, Several, Unknown, who
from connector.mapping.compile import CompiledMapping, Ruling
from connector.mapping.view import Caller, View
from connector.model import STATE, UNANSWERED, UNSENT, Call, CrmRecord, Entry, Portal, State

NEW_CALLER = "new caller"
CREATED, MATCHED, HELD, LOGGED, SKIPPED = "created", "matched", "held", "logged", "skipped"
NOT_KNOWN_ANY_MORE = "its contact is not known any more"
"""Why a call is logged that the CRM had already and the ledger had lost: whom it is linked to, only the CRM knows."""

LINK_REFUSED = "E233"
ATTEMPTS_MAX = {LINK_REFUSED: 3, UNANSWERED: 8, UNSENT: 8}
"""How many runs try a call before it is a dead letter, by the code of the refusal; one where nothing is said.

A link may be refused because the contact went while the call was written; the next run looks for it anew.
"""


NOT_LINKED = "W239"
CALL_NOT_LINKED = f"{NOT_LINKED} call:"
"""How the note of a call begins whose engagement stands on nobody's timeline because HubSpot refused the link."""
NOT_YET_LINKED = f"{CALL_NOT_LINKED} not linked, the run ended before it"
NOBODY = Caller()


def was_not_linked(entry: Entry) -> bool:
    """Whether the engagement was not linked to its contact: HubSpot refused it, or a run ended before."""
    return any(note.startswith(CALL_NOT_LINKED) for note in entry.notes)


@dataclass(slots=True, eq=False)
class Item:
    """One call on its way through a window, with what is decided and known of it so far."""

    call: Call
    fingerprint: str
    entry: Entry | None = None
    view: View = field(init=False)
    ruling: Ruling = field(init=False)
    """Both are set by `see`, before anything else; a call on which a condition fails ends there."""
    caller: Caller = NOBODY
    rule: str = ""
    """What is known of the two in any case: nobody and nothing for a call that ended before."""
    engagement: CrmRecord | None = None
    """The engagement that is in the CRM already, as read before it is changed."""
    engagement_id: str | None = None
    keeps_state: bool = True
    """Whether the CRM keeps our own state of an engagement."""
    perhaps_sent_at: datetime | None = None
    """When an earlier run may have begun to write what belongs to this call, at the latest."""
    drafts: list[Draft] = field(default_factory=list)
    decision: str = ""
    reason: str = ""
    candidate: Candidate | None = None
    makes_contact: bool = False
    """Whether the contact comes to be by this very call, and not by an earlier one of the window."""
    contact_view: dict[str, Any] = field(default_factory=dict)
    """The contact as it is after this call, without what later calls of the window add."""
    contact_before: dict[str, str | None] = field(default_factory=dict)
    """The contact's properties that this call changes, with the values that they had before it."""
    records: dict[str, str] = field(default_factory=dict)
    """Record name → id, as known so far."""
    notes: list[str] = field(default_factory=list)
    state: State | None = None
    """Where the call stands at the end, once that is known."""
    result: str = ""
    """What the run counts it as: `created updated unchanged skipped held failed`."""
    code: str = ""
    message: str = ""

    @property
    def is_open(self) -> bool:
        """Whether there is still something to do for this call in this run."""
        return self.state is None

    @property
    def is_degraded(self) -> bool:
        """Whether the CRM could not take something of this call."""
        return any(is_warning(note) for note in self.notes)

    @property
    def identity(self) -> Identity:
        return Identity(number=self.caller.number, email=self.caller.email, name=self.caller.name)

    @property
    def prior_decision(self) -> str:
        """What a run that did not come to its end had decided for this call as it is now: it is carried out so."""
        entry = self.entry
        if entry is not None and self.known_decision in (HELD, LOGGED):
            # A later try finds out anew who its caller is, unless a run was just about to leave the call without one.
            return entry.decision if entry.state is State.INTENT else ""
        # As it does for a call that stands in the CRM.
        return "" if entry is not None and entry.engagement_id else self.known_decision

    @property
    def known_decision(self) -> str:
        """What was decided for this call as it is now when it was last planned; blank when it never was."""
        entry = self.entry
        return entry.decision if entry is not None and entry.fingerprint == self.fingerprint else ""

    @property
    def is_bare(self) -> bool:
        """Whether the engagement stands in the CRM without a contact, as far as its marks and the ledger tell."""
        if self.engagement is None:
            return False
        if self.engagement.properties.get(STATE) == HELD:
            return True
        entry = self.entry
        if entry is None or entry.reason == NOT_KNOWN_ANY_MORE:
            return False
        # Where the CRM keeps no state, the ledger alone knows of held ones.
        decisions = (LOGGED,) if self.keeps_state else (LOGGED, HELD)
        return was_not_linked(entry) or (entry.decision in decisions and entry.contact_id is None)

    def see(self, mapping: CompiledMapping, *, connection: str) -> None:
        """Take the call in as the mapping sees it. Raises RecordError when a condition fails on it."""
        self.view = mapping.view(self.call, connection=connection)
        self.caller = self.view.caller
        self.notes += self.caller.notes
        self.ruling = mapping.ruling(self.view)
        self.rule = self.ruling.rule

    @property
    def failed_before(self) -> int:
        """How many runs in a row failed on the call as it is now: one that changed has all its attempts ahead."""
        entry = self.entry
        return entry.attempts if entry is not None and entry.fingerprint == self.fingerprint else 0

    def may_pass(self, code: str) -> bool:
        """Whether a later run should try again what the CRM refused with this code."""
        return self.failed_before + 1 < ATTEMPTS_MAX.get(code, 1)

    def fail(self, code: str, message: str, *, retry: bool = False) -> None:
        """End as a dead letter, or as a failure that a later run tries again."""
        self.state = State.FAILED if retry else State.DEAD
        self.result, self.code, self.message = "failed", code, message

    def hold(self, reason: str) -> None:
        """Write the engagement without a contact, for a person to settle."""
        self.decision, self.reason = HELD, reason

    def skip(self, reason: str, state: State = State.SKIPPED) -> None:
        """End without a write."""
        self.decision, self.reason, self.state, self.result = SKIPPED, reason, state, "skipped"

    def finish(self, result: str) -> None:
        """End as written, or as found written already."""
        self.state = State.HELD if self.decision == HELD else State.DONE
        self.result = result

    def undecide(self) -> None:
        """Forget the decision: the CRM knew more than the look at it had shown."""
        self.decision, self.reason, self.candidate, self.contact_view = "", "", None, {}
        self.contact_before, self.makes_contact = {}, False
        self.notes = list(self.caller.notes)


def skip_reason(item: Item, mapping: CompiledMapping) -> str:
    """Why this call has no business in the CRM, whoever its caller is; blank when it has."""
    caller = item.caller
    if caller.number and caller.number in mapping.own_numbers:
        return "own_number"
    if item.ruling.action == "skip":
        return item.ruling.reason
    if item.ruling.unknown_caller == "skip" and not (caller.number or caller.email):
        # Nobody can be known by nothing, so the answer for an unknown caller is the answer.
        return item.ruling.reason
    return ""


class Planner:
    """Decides who the caller of each call is and what that does to contacts."""

    def __init__(self, mapping: CompiledMapping, portal: Portal, directory: Directory) -> None:
        self._mapping = mapping
        self._portal = portal
        self._directory = directory
        self._contact_properties = portal.properties.get("contacts", {})
        self.taken_keys: set[str] = set()
        """Contact keys held by contacts that no longer have the number, as creations found out."""
        self._barred: dict[str, set[str]] = {}

    def bar(self, candidate: Candidate, names: Collection[str]) -> None:
        """Leave these properties out of the contact from now on: the CRM refused their values."""
        self._barred.setdefault(_barring_key(candidate), set()).update(names)

    def finds_by_email(self, email: str) -> bool:
        """Whether a caller with this address would be taken for a contact that is known by now."""
        return "email" in self._mapping.match and bool(self._directory.by_email(email.lower()))

    def decide(self, item: Item) -> None:
        """Settle the caller and the decision of one call; the directory follows."""
        entry = item.entry
        if entry is not None and item.prior_decision in (HELD, LOGGED):
            item.decision, item.reason = entry.decision, entry.reason
            return
        if entry is not None and entry.contact_id is not None and (entry.engagement_id or item.engagement_id):
            self._known_by_ledger(item, entry.contact_id)
            return
        match who(item.identity, self._directory, match=self._mapping.match, ambiguous=self._mapping.ambiguous):
            case Known() as known:
                self._take(item, known)
            case Unknown() | Several() if item.engagement is not None and not item.is_bare:
                # It was linked when it was written, to whom the lost ledger knew: it is not held or given to another.
                item.decision, item.reason = LOGGED, NOT_KNOWN_ANY_MORE
            case Several() as several:
                item.hold(f"{several.count} contacts by {several.how}")
            case Unknown():
                self._unknown(item)

    def _known_by_ledger(self, item: Item, contact_id: str) -> None:
        candidate = self._directory.by_id(contact_id)
        if candidate is not None:
            self._take(item, Known(candidate=candidate, how="ledger", without=self._of_others(item, candidate)))
        else:
            # A person deleted the contact: the call stays in the CRM and nobody is made again for it.
            item.decision, item.reason = LOGGED, "the contact was deleted"

    def _of_others(self, item: Item, candidate: Candidate) -> frozenset[str]:
        """The caller's values that belong to other contacts, and so are not copied onto this one."""
        identity = item.identity
        holders = {
            "email": self._directory.by_email(identity.email) if identity.email else [],
            "number": self._directory.by_number(identity.number) if identity.number else [],
        }
        return frozenset(part for part, found in holders.items() if any(other is not candidate for other in found))

    def _take(self, item: Item, known: Known) -> None:
        # An interrupted run that meant to make the contact may have learned that somebody had the address already.
        is_made_by_us = item.prior_decision == CREATED and known.candidate.is_made_by_us
        was_ours = is_made_by_us or (item.entry is not None and item.engagement_id and item.entry.decision == CREATED)
        item.decision = CREATED if was_ours else MATCHED
        item.reason = item.entry.reason if known.how == "ledger" and item.entry else known.how
        item.notes += known.notes
        self._fold(item, known.candidate, without=known.without, is_known=not was_ours)

    def _unknown(self, item: Item) -> None:
        match item.ruling.unknown_caller:
            case "create":
                self._create(item)
            case "hold":
                item.hold("unknown caller")
            case "log":
                item.decision, item.reason = LOGGED, "unknown caller"
            case "skip":
                item.skip(item.ruling.reason)

    def _create(self, item: Item) -> None:
        identity = item.identity
        key = contact_key(identity.number, identity.email)
        if key is None:
            item.hold("no number or address to find the contact again")
            return
        holder = self._directory.holder_of(key)
        if holder is not None or key in self.taken_keys:
            # The key is a guard, not an identity: its holder no longer has the number.
            key = second_key(identity.number, identity.email)
            if key is None or key in self.taken_keys or self._directory.holder_of(key):
                item.hold("the contact key belongs to someone else by now")
                return
        if identity.number is None and "email" in self._barred.get(key, set()):
            item.hold("HubSpot refused the address and there is no number")
            return
        candidate = Candidate(id=None, key=key, properties={})
        item.decision, item.reason, item.makes_contact = CREATED, NEW_CALLER, True
        self._fold(item, candidate, without=frozenset(), is_known=False)

    def _fold(self, item: Item, candidate: Candidate, *, without: Collection[str], is_known: bool) -> None:
        item.candidate = candidate
        self._write_contact(item, candidate, without)
        self._directory.index(candidate)
        item.contact_view = {**candidate.properties, "name": candidate.name, "known": is_known}

    def _write_contact(self, item: Item, candidate: Candidate, without: Collection[str]) -> None:
        wanted = self._mapping.contact(item.view)
        barred = {"number": ("phone", "mobilephone"), "email": ("email",)}
        left_out = {name for part in without for name in barred[part]}
        refused = self._barred.get(_barring_key(candidate), set())
        wishes = [wish for wish in wanted.wishes if wish.property not in left_out]
        item.notes += [refused_value("contact", name) for name in sorted(refused)]
        owner = choose_owner(None, self._mapping.owner(item.view), self._portal) if candidate.is_new else None
        owner_id = owner.owner_id if owner else None
        folded = fold(candidate, item.call, wishes, self._contact_properties, owner_id=owner_id, refused=refused)
        item.notes += (*wanted.notes, *folded.notes)
        item.contact_before = folded.before


def _barring_key(candidate: Candidate) -> str:
    return candidate.id or candidate.key or ""
