"""The verbs that prepare a connection and examine it: portal, mapping, and everything that a run needs."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from connector.app.verbs import Verbs
from connector.draft.ledger import DraftLedger
from connector.ledger.open import look_at_place, open_to_look
from connector.parts import CONNECTION
from connector.reports import CheckReport, DoctorReport, Finding, PortalSchema, SetupReport

if TYPE_CHECKING:
    from connector.doctor.platform import PlatformSeen
    from connector.hubspot.examination import Vitals
    from connector.ledger.place import Place
    from connector.proof.mappings import ReadCalls, ReadPortal


class Preparing(Verbs):
    """setup, check, doctor."""

    def setup(self, *, dry_run: bool = False) -> SetupReport:
        """Create what the portal lacks, or only list it."""
        types = self._parts.mapping.object_types
        if dry_run:
            return self._parts.reading_crm(self._parts.overlay()).setup(types, dry_run=True)
        with self._parts.lane.held(self._parts.crm.portal_id()):
            return self._parts.crm.setup(types, dry_run=False)

    def check(self, paths: Sequence[Path] = (), *, portal_schema: Path | None = None, samples: int = 0) -> CheckReport:
        """Check mapping files and the tests beside them; against a saved portal, else the real one with a token.

        Files that are named may be for any platform; the connection's own, and one with samples, must be for its own.
        With `samples` the one mapping is tried out on so many of the platform's newest calls.
        """
        from connector.proof.samples import newest_calls
        from connector.proof.saved import load_schema

        files = list(paths) or [self._parts.settings.mapping_path()]
        portal: ReadPortal | None = None
        if portal_schema is not None:
            saved = load_schema(portal_schema)
            portal = lambda object_types: saved  # noqa: E731 - a saved portal is the same for every type
        elif self._parts.settings.hubspot_token is not None:
            # Asked anew: somebody who checks has often just changed something in the portal.
            portal = self._parts.surveying_crm().survey
        newest = partial(newest_calls, self._parts.source, samples) if samples else None
        is_the_connections = not paths or bool(samples)
        return self._prove(
            files, portal, source=self._parts.settings.source if is_the_connections else None, samples=newest
        )

    def _prove(
        self,
        files: Sequence[Path],
        portal: ReadPortal | None,
        *,
        source: str | None,
        samples: ReadCalls | None = None,
    ) -> CheckReport:
        from connector.proof.mappings import prove

        return prove(
            files,
            source=source,
            region=self._parts.settings.region,
            timezone=self._parts.settings.timezone,
            reader=self._parts.reader_of,
            portal=portal,
            samples=samples,
        )

    def save_portal_schema(self, path: Path, files: Sequence[Path] = ()) -> PortalSchema:
        """Save what these mappings, and most others, can be checked against without a token. The file names owners."""
        from connector.proof.mappings import objects_of
        from connector.proof.saved import save_schema

        found = self._parts.surveying_crm().survey(objects_of(list(files) or [self._parts.settings.mapping_path()]))
        return save_schema(path, found, now=self._parts.clock.now())

    def look_at_platform(self) -> PlatformSeen:
        """What the platform's key opens. Raises AccessError when it is refused, TransientError when nobody answers."""
        from connector.doctor.platform import look

        return look(self._parts.source_as_told(), self._parts.clock.now())

    def look_at_portal(self) -> Vitals:
        """The portal behind the token; raises likewise. Nothing that is learnt is kept."""
        return self._parts.reading_crm(DraftLedger()).examination.vitals()

    def look_at_ledger(self) -> Place:
        """Where the ledger is or will be. Raises InputError or FatalError for a place that cannot hold one."""
        return look_at_place(self._parts.settings.ledger_url)

    def doctor(self, warnings: Sequence[Finding] = ()) -> DoctorReport:
        """Everything that a run needs, examined; `warnings` are those of the settings. Writes nothing anywhere."""
        from connector.doctor.examine import Patient, examine

        parts, settings = self._parts, self._parts.settings
        patient = Patient(
            connection=CONNECTION,
            account=settings.source_account,
            quota_share=settings.quota_share,
            warnings=warnings,
            now=parts.clock.now,
            open_source=parts.source_as_told,
            place=self.look_at_ledger,
            open_ledger=partial(open_to_look, settings.ledger_url),
            examination=lambda ledger: parts.reading_crm(DraftLedger(ledger)).examination,
            object_types=lambda: parts.mapping.object_types,
            prove=self._prove_against,
        )
        return examine(patient)

    def _prove_against(self, portal: PortalSchema | None) -> CheckReport:
        read = None if portal is None else lambda types: portal
        return self._prove([self._parts.settings.mapping_path()], read, source=self._parts.settings.source)
