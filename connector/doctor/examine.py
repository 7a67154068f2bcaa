"""The whole examination: everything is read once, one failure hides nothing that could still be read."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import cached_property, partial
from typing import NamedTuple

from msgspec import Struct

from connector.doctor.clock import check_clock
from connector.doctor.config import check_config
from connector.doctor.ledger import check_content, check_place
from connector.doctor.mapping import check_mapping, check_names
from connector.doctor.platform import check_key, look
from connector.doctor.portal import PropertiesRead, check_properties, is_prepared
from connector.doctor.quota import check_quota
from connector.doctor.reading import Unread, attempt, or_unread, told, unchecked
from connector.doctor.token import check_scopes, check_token, hides_the_rest
from connector.errors import ConnectorError
from connector.hubspot.examination import Examination, Vitals
from connector.hubspot.shape import object_types_of
from connector.ledger.place import Place, ServerPlace
from connector.model import ConnectionState, State
from connector.ports import Ledger, Source
from connector.reports import CheckReport, Diagnosis, DoctorReport, Finding, PortalSchema

CHECKS = (
    *("config", "mapping", "key", "token", "scopes", "properties", "dispositions", "owners"),
    *("ledger", "clock", "quota"),
)


class Patient(Struct, frozen=True, kw_only=True):
    """One connection, not touched yet: each question is asked when it is called, and may raise a ConnectorError."""

    connection: str
    account: str | None
    quota_share: float
    warnings: Sequence[Finding]
    now: Callable[[], datetime]
    open_source: Callable[[], Source]
    """Without CONNECTOR_SOURCE_ACCOUNT, so that it tells whose calls they really are."""
    place: Callable[[], Place | ServerPlace]
    open_ledger: Callable[[], Ledger | None]
    """For reading alone; None when there is none yet."""
    examination: Callable[[Ledger | None], Examination]
    """HubSpot, with what the ledger remembers of it."""
    object_types: Callable[[], frozenset[str]]
    prove: Callable[[PortalSchema | None], CheckReport]
    """The mapping with its tests, and held against the portal where one is given."""


def examine(patient: Patient) -> DoctorReport:
    """Every check. Raises nothing of what it finds; writes nothing anywhere."""
    exam = _Exam(patient)
    try:
        return DoctorReport(diagnoses=tuple(exam.diagnoses()))
    finally:
        exam.close()


def unreadable(error: ConnectorError) -> DoctorReport:
    """The settings themselves cannot be read, so that there is nothing to go by."""
    rest = [unchecked(check, f"the settings cannot be read ({error.code})") for check in CHECKS[1:]]
    return DoctorReport(diagnoses=(told("config", error), *rest))


class _Pins(NamedTuple):
    account: str | None = None
    portal_id: str | None = None


class _Exam:
    """What was read so far; each property is read once."""

    def __init__(self, patient: Patient) -> None:
        self._patient = patient

    def close(self) -> None:
        if not isinstance(self._ledger, ConnectorError) and self._ledger is not None:
            self._ledger.close()

    def diagnoses(self) -> list[Diagnosis]:
        patient, pins = self._patient, self._pins
        seen = attempt(lambda: look(patient.open_source(), patient.now()))
        vitals, answered = self._vitals
        report = self._report
        return [
            *check_config(patient.warnings),
            *check_mapping(report, why_not_against_portal=self._why_no_portal),
            *check_key(
                seen,
                configured=patient.account,
                pinned=pins if isinstance(pins, Unread) else pins.account,
                remembered=self._remembered,
            ),
            *check_token(vitals, pinned=pins if isinstance(pins, Unread) else pins.portal_id),
            *check_scopes(self._probes, self._granted, needs_setup=not self._is_prepared),
            *check_properties(self._properties, keyless=self._keyless),
            *check_names("dispositions", Unread(self._why_no_portal) if self._why_no_portal else report),
            *check_names("owners", Unread(self._why_no_portal) if self._why_no_portal else report),
            *check_place(self._place),
            *check_content(self._counts),
            *check_clock(self._known_vitals, now=answered),
            *check_quota(self._known_vitals, share=patient.quota_share),
        ]

    # --- the ledger

    @cached_property
    def _place(self) -> Place | ServerPlace | ConnectorError:
        return attempt(self._patient.place)

    @cached_property
    def _ledger(self) -> Ledger | ConnectorError | None:
        return attempt(self._patient.open_ledger)

    @cached_property
    def _states(self) -> list[ConnectionState] | ConnectorError | None:
        ledger = self._ledger
        return ledger if ledger is None or isinstance(ledger, ConnectorError) else attempt(ledger.connections)

    @property
    def _pins(self) -> _Pins | Unread:
        """What the ledger pinned at the first run; nothing before it."""
        states = or_unread(self._states, "the ledger cannot be read")
        if isinstance(states, Unread):
            return states
        known = next((state for state in states or () if state.name == self._patient.connection), None)
        return _Pins(known.account, known.portal_id) if known else _Pins()

    @cached_property
    def _counts(self) -> Mapping[State, int] | ConnectorError | None:
        ledger = self._ledger
        if ledger is None or isinstance(ledger, ConnectorError):
            # What is wrong with the place was told of it already.
            return None if isinstance(self._place, ConnectorError) else ledger
        return attempt(lambda: ledger.count_entries(self._patient.connection))

    @property
    def _remembered(self) -> int | None:
        counts = self._counts
        return None if counts is None or isinstance(counts, ConnectorError) else sum(counts.values())

    # --- HubSpot

    @cached_property
    def _exam(self) -> Examination | ConnectorError:
        ledger = self._ledger
        return attempt(lambda: self._patient.examination(None if isinstance(ledger, ConnectorError) else ledger))

    @cached_property
    def _vitals(self) -> tuple[Vitals | ConnectorError, datetime]:
        """The account, and this machine's time when it answered."""
        exam = self._exam
        vitals = exam if isinstance(exam, ConnectorError) else attempt(exam.vitals)
        return vitals, self._patient.now()

    @property
    def _hubspot(self) -> Examination | Unread:
        """HubSpot, unless asking more of it would only say the same again."""
        if isinstance(self._exam, ConnectorError):
            return Unread("no token" if self._exam.code == "E102" else f"HubSpot cannot be asked ({self._exam.code})")
        reason = hides_the_rest(self._vitals[0])
        return Unread(reason) if reason else self._exam

    @property
    def _known_vitals(self) -> Vitals | Unread:
        if isinstance(self._hubspot, Unread):
            return self._hubspot
        return or_unread(self._vitals[0], "the account's details cannot be read")

    @cached_property
    def _object_types(self) -> tuple[str, ...]:
        """What the mapping writes; of one that cannot be read, what every mapping does."""
        types = attempt(self._patient.object_types)
        return object_types_of(() if isinstance(types, ConnectorError) else types)

    @cached_property
    def _schema(self) -> PortalSchema | ConnectorError | Unread:
        """Everything at once; where one refusal spoils it, what can be read is read piece by piece below."""
        hubspot = self._hubspot
        return hubspot if isinstance(hubspot, Unread) else attempt(partial(hubspot.survey, self._object_types))

    @cached_property
    def _properties(self) -> PropertiesRead | Unread:
        hubspot, schema = self._hubspot, self._schema
        if isinstance(hubspot, Unread):
            return hubspot
        known = schema.portal.properties if isinstance(schema, PortalSchema) else {}
        return {
            name: known[name] if name in known else attempt(partial(hubspot.properties, name))
            for name in self._object_types
        }

    @cached_property
    def _probes(self) -> Mapping[str, ConnectorError | None] | Unread:
        hubspot = self._hubspot
        if isinstance(hubspot, Unread):
            return hubspot
        read = {name: attempt(partial(hubspot.require_readable, name)) for name in self._object_types}
        # The survey asks for the owners, too.
        owners = None if isinstance(self._schema, PortalSchema) else attempt(hubspot.owners)
        return {**read, "owners": owners if isinstance(owners, ConnectorError) else None}

    @cached_property
    def _granted(self) -> frozenset[str] | Unread | None:
        hubspot = self._hubspot
        return hubspot if isinstance(hubspot, Unread) else or_unread(attempt(hubspot.scopes), "HubSpot did not say")

    @property
    def _is_prepared(self) -> bool:
        return is_prepared(self._properties, keyless=self._keyless)

    @property
    def _keyless(self) -> frozenset[str]:
        return frozenset() if isinstance(self._hubspot, Unread) else self._hubspot.keyless()

    # --- the mapping

    @property
    def _why_no_portal(self) -> str:
        schema = or_unread(self._schema, "the portal cannot be read")
        return schema.reason if isinstance(schema, Unread) else ""

    @cached_property
    def _report(self) -> CheckReport | ConnectorError:
        schema = self._schema
        return attempt(lambda: self._patient.prove(schema if isinstance(schema, PortalSchema) else None))
