"""A mapping file as closures: what each call should become in the CRM, decided without reading or writing anything."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from connector.mapping import phone
from connector.mapping.build import Builder, Location, MakeWish
from connector.mapping.engagement import TRANSCRIPT, EngagementWishes, transcript_note
from connector.mapping.fields import PLATFORM_FIELDS
from connector.mapping.fingerprint import fingerprinter, lightener, version
from connector.mapping.hours import business_hours
from connector.mapping.load import Loaded, MappingFileError
from connector.mapping.paths import Path, parse_path
from connector.mapping.people import PERSON_PROPERTIES, CallerReader, owner_reader, person_wishes
from connector.mapping.policy import Wish
from connector.mapping.rules import RuleBook
from connector.mapping.schema import Defaults, MappingDocument, Properties, RecordSection
from connector.mapping.structure import faults_of_source, faults_of_structure
from connector.mapping.template import Expressions
from connector.mapping.transforms import Context
from connector.mapping.view import Caller, View
from connector.mapping.wanted import Wanted
from connector.mapping.wishes import RecordWishes, Ruling, Wishes
from connector.model import Call

__all__ = ["CompiledMapping", "RecordWishes", "Ruling", "Wishes", "compile_mapping"]

MakeRecord = Callable[[View], RecordWishes | None]

_NOT_PROPERTIES = frozenset(("id", "name", "url", "known"))


class CompiledMapping:
    """A mapping ready to be applied; safe to use from several threads. Made by `compile_mapping`."""

    def __init__(self, loaded: Loaded, *, region: str, timezone: str) -> None:
        document = loaded.document
        context = _context(document.defaults, region, timezone)
        self.hours = context.hours
        """When work is done."""
        builder = Builder(
            expressions=Expressions(timezone=timezone, tables=document.tables),
            context=context,
            tables=document.tables,
            where=loaded.where,
        )
        self.source = document.source
        self.region = region
        self.timezone = timezone
        self.version = version([document.model_dump(mode="json", by_alias=True), region, timezone])
        """16 hex digits of the document and the overrides; comments and layout do not count."""
        self.match: tuple[str, ...] = tuple(document.contact.match)
        self.ambiguous: str = document.contact.ambiguous
        self.own_numbers = _numbers(document.own_numbers, region)
        """E.164."""
        self._connections: dict[str, dict[str, str]] = {}
        self._caller = CallerReader(document.caller, builder, region)
        self._rules = RuleBook(document.rules, builder)
        self._contact = _makes(builder, document.contact.properties, ("contact", "properties"), "if_empty")
        self._engagement = EngagementWishes(
            document.call,
            _makes(builder, document.call.properties, ("call", "properties"), "always"),
            region=region,
            timezone=timezone,
            platform=PLATFORM_FIELDS.get(document.source),
        )
        notes = [transcript_note] if document.call.transcript == "note" else []
        self._records = [*(_record(builder, record, at) for at, record in enumerate(document.records)), *notes]
        self._owner = owner_reader(document.owner, region)
        self.default_owner: str | None = str(document.owner.default) if document.owner.default else None
        """The owner when nothing else names one, by e-mail address or id: who is asked to review held calls."""
        reads = builder.reads | _read_by_the_connector(document)
        self._wanted = Wanted(reads, PLATFORM_FIELDS.get(document.source))
        self._fingerprint, self._lightened = fingerprinter(reads, document.tables), lightener(reads, document.tables)
        self.contact_properties: frozenset[str] = frozenset((*PERSON_PROPERTIES, *self._contact)) | _crm_reads(reads)
        """Every contact property that the mapping may write or reads through `crm.contact`."""
        kinds = _kinds_of_records(document)
        self.object_types = frozenset((*kinds.types.values(), *(("tasks",) if self.default_owner else ())))
        """Of the records, and of the task that asks for a review of held calls: `tasks`, `notes`, …"""
        self.call_properties: frozenset[str] = self._engagement.properties
        """Every property of the engagement that this mapping may write."""
        self.record_types = kinds.types
        """Object type by the record's name."""
        self.record_properties = kinds.properties
        """Every property that any record may write."""
        self.record_links = kinds.links
        """What each record is linked to (`contact`, `company`, `deal`, `ticket`), by the record's name."""

    def view(self, call: Call, *, connection: str = "default") -> View:
        """The call as this mapping sees it; reads the caller once. Raises RecordError when an expression fails."""
        known = self._connections.get(connection)
        if known is None:
            known = {"name": connection, "source": self.source, "region": self.region, "timezone": self.timezone}
            self._connections[connection] = known
        unread = View(call=call, connection=known, caller=Caller())
        return View(call=call, connection=known, caller=self._caller(unread))

    def fingerprint(self, call: Call) -> str:
        """32 hex digits over every source value that this mapping reads, and nothing of the CRM."""
        return self._fingerprint(call)

    def lightened(self, call: Call) -> Call:
        """The same call with nothing of its record but what this mapping reads: its fingerprint and all wishes stay."""
        return self._lightened(call)

    @property
    def wants(self) -> frozenset[str]:
        """The attributes of `Call` that this mapping reads, under whatever name, and the platform's fields that take a
        request more: what nobody reads is not fetched."""
        return self._wanted.names

    def lacks(self, call: Call) -> bool:
        """Whether a value that this mapping reads is missing and may still come."""
        return self._wanted.lacks(call)

    def lacks_caller(self, call: Call) -> bool:
        """Whether this mapping reads who called and the platform, which keeps people apart, named nobody yet."""
        return self._wanted.lacks_caller(call)

    def ruling(self, view: View) -> Ruling:
        """What the first rule says whose `when` holds. Raises RecordError when a condition fails."""
        return self._rules(view)

    def contact(self, view: View) -> Wishes:
        """Wishes for the caller's contact; e-mail, phone and name from `caller` unless the mapping says otherwise."""
        notes: list[str] = []
        wishes = {name: wish for name, wish in person_wishes(view.caller).items() if name not in self._contact}
        for name, make in self._contact.items():
            wish = make(view, notes)
            if wish is not None:
                wishes[name] = wish
        return Wishes(wishes=tuple(wishes.values()), notes=tuple(notes))

    def call(self, view: View) -> Wishes:
        """Wishes for the engagement: what is set without being asked, and the mapping's own properties over it."""
        return self._engagement(view)

    def records(self, view: View) -> tuple[RecordWishes, ...]:
        """The further records whose `when` holds, in the mapping's order."""
        return tuple(record for make in self._records if (record := make(view)) is not None)

    def owner(self, view: View) -> str | None:
        """What `owner.map` or `owner.default` says for this call: an owner's e-mail address or id."""
        return self._owner(view)


def compile_mapping(
    loaded: Loaded, *, source: str | None = None, region: str | None = None, timezone: str | None = None
) -> CompiledMapping:
    """Compile once. `region` and `timezone` override the file's defaults.

    Raises MappingFileError (an InputError) for a mapping that cannot be applied, or is for another platform than
    `source`. Unknown fields of the platform are
    not among the reasons: that a path can lead somewhere is `check`'s to say.
    """
    findings = [*(faults_of_source(loaded, source) if source else ()), *faults_of_structure(loaded)]
    if findings:
        raise MappingFileError(findings)
    defaults = loaded.document.defaults
    return CompiledMapping(loaded, region=region or defaults.region, timezone=timezone or defaults.timezone)


class _RecordKinds(NamedTuple):
    types: dict[str, str]
    links: dict[str, tuple[str, ...]]
    properties: frozenset[str]


def _kinds_of_records(document: MappingDocument) -> _RecordKinds:
    """What is known of the records before any call: the mapping's own, and the note that carries a transcript."""
    records = document.records
    types = {record.name: record.object for record in records}
    links: dict[str, tuple[str, ...]] = {record.name: tuple(record.associate) for record in records}
    properties = {name for record in records for name in record.properties}
    if document.call.transcript == "note":
        types[TRANSCRIPT], links[TRANSCRIPT] = "notes", ("contact",)
        properties |= {"hs_note_body", "hs_timestamp"}
    return _RecordKinds(types, links, frozenset(properties))


def _read_by_the_connector(document: MappingDocument) -> set[Path]:
    """What is read of every call for the properties that are set without being asked."""
    platform = PLATFORM_FIELDS.get(document.source)
    fields = (platform.call_type, platform.outcome) if platform else ()
    paths = {parse_path(field) for field in fields if field}
    if document.call.transcript != "none":
        paths.add(Path("call", ("transcript",)))
    if document.call.recording != "none":
        paths.add(Path("call", ("recording_url",)))
    return paths


def _crm_reads(paths: set[Path]) -> frozenset[str]:
    """The contact's properties that the mapping reads through `crm.contact`."""
    keys = {path.keys[1] for path in paths if path.root == "crm" and len(path.keys) > 1}
    return frozenset(keys) - _NOT_PROPERTIES


def _context(defaults: Defaults, region: str, timezone: str) -> Context:
    business = defaults.business_hours
    hours = business_hours(
        days=business.days, opens=business.from_, closes=business.to, holidays=business.holidays, timezone=timezone
    )
    return Context(region=region, timezone=timezone, hours=hours)


def _numbers(texts: list[str], region: str) -> frozenset[str]:
    return frozenset(number.e164 for text in texts if (number := phone.read_number(text, region)) is not None)


def _makes(builder: Builder, properties: Properties, location: Location, default_write: str) -> dict[str, MakeWish]:
    return {name: builder.wish(name, form, (*location, name), default_write) for name, form in properties.items()}


def _record(builder: Builder, record: RecordSection, at: int) -> MakeRecord:
    location: Location = ("records", at)
    label = f"the record {record.name}"
    holds = builder.condition(record.when, (*location, "when"), label) if record.when else None
    makes = tuple(_makes(builder, record.properties, (*location, "properties"), "on_create").values())
    associate = tuple(dict.fromkeys(record.associate))

    def make(view: View) -> RecordWishes | None:
        if holds is not None and not holds(view):
            return None
        notes: list[str] = []
        wishes: list[Wish] = [wish for made in makes if (wish := made(view, notes)) is not None]
        return RecordWishes(
            name=record.name,
            object_type=record.object,
            wishes=tuple(wishes),
            notes=tuple(notes),
            associate=associate,
        )

    return make
