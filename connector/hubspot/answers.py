"""HubSpot's answers, decoded as far as they are needed (models of the official client 12.0.0, 2026-11).

A list without `results` is no list: taken for an empty one it would say that nobody is there, and somebody would be
made anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

import msgspec
from msgspec import Struct, field

from connector.model import CrmRecord

Decoded = TypeVar("Decoded")


class Item(Struct, rename="camel"):
    """A record as HubSpot returns it. `trace` is echoed from the input that it was created or updated by."""

    id: str
    properties: dict[str, str | None] = field(default_factory=dict)
    archived: bool = False
    trace: str | None = field(default=None, name="objectWriteTraceId")


class Detail(Struct, rename="camel"):
    """One reason within a problem. HubSpot: "all of these fields should be treated as optional"."""

    message: str | None = None
    code: str | None = None
    sub_category: Any = None
    context: dict[str, Any] | None = None


class Problem(Struct, rename="camel"):
    """A refusal: of a request, or of one input of a batch."""

    message: str | None = None
    category: str | None = None
    sub_category: Any = None
    policy_name: str | None = None
    correlation_id: str | None = None
    context: dict[str, Any] | None = None
    errors: list[Detail] | None = None


class BatchAnswer(Struct, rename="camel"):
    results: list[Item]
    errors: list[Problem] | None = None


class LinkAnswer(Struct):
    """What came of linking; the results hold no more than the ids that were sent."""

    errors: list[Problem] | None = None


class Next(Struct):
    after: str


class Paging(Struct):
    next: Next | None = None


class Page(Struct):
    """A page of a listing or a search. `total` is left out on purpose: it counts archived records too."""

    results: list[Item]
    paging: Paging | None = None

    @property
    def after(self) -> str | None:
        return self.paging.next.after if self.paging and self.paging.next else None


class Linked(Struct, rename="camel"):
    """The other end of a link."""

    to_object_id: str | int


class Named(Struct):
    id: str | int


class Ends(Struct):
    """What one record is linked to, or a page of it."""

    start: Named = field(name="from")
    to: list[Linked] = field(default_factory=list)
    paging: Paging | None = None

    @property
    def after(self) -> str | None:
        return self.paging.next.after if self.paging and self.paging.next else None


class LinksAnswer(Struct):
    """The links of records. One that has none may be among the errors, or nowhere."""

    results: list[Ends] = field(default_factory=list)


class Account(Struct, rename="camel"):
    portal_id: int | str
    time_zone: str | None = None
    ui_domain: str | None = None
    account_type: str | None = None


class TokenInfo(Struct):
    """What HubSpot says of a token."""

    scopes: list[str] = field(default_factory=list)


class PropertyOption(Struct, rename="camel"):
    value: str
    label: str | None = None
    display_order: int | None = None


class Modification(Struct, rename="camel"):
    read_only_value: bool = False


class PropertyDefinition(Struct, rename="camel"):
    name: str
    label: str | None = None
    type: str | None = None
    has_unique_value: bool | None = None
    calculated: bool | None = None
    modification_metadata: Modification | None = None
    options: list[PropertyOption] | None = None


class Definitions(Struct):
    results: list[PropertyDefinition]


class Group(Struct):
    name: str


class Groups(Struct):
    results: list[Group]


class OwnerItem(Struct, rename="camel"):
    id: str
    email: str | None = None
    first_name: str | None = None
    last_name: str | None = None
    archived: bool = False


class Owners(Struct):
    results: list[OwnerItem]
    paging: Paging | None = None

    @property
    def after(self) -> str | None:
        return self.paging.next.after if self.paging and self.paging.next else None


class StageItem(Struct, rename="camel"):
    id: str
    label: str | None = None
    display_order: int = 0


class PipelineItem(Struct, rename="camel"):
    id: str
    label: str | None = None
    display_order: int = 0
    stages: list[StageItem] = field(default_factory=list)


class Pipelines(Struct):
    results: list[PipelineItem]


def decode(body: bytes, shape: type[Decoded]) -> Decoded:
    """The body in this shape. Raises msgspec.DecodeError."""
    try:
        return msgspec.json.decode(body, type=shape)
    except UnicodeDecodeError as error:
        message = "the text is not UTF-8"
        raise msgspec.DecodeError(message) from error


def decode_problem(body: bytes) -> Problem:
    """The refusal in this body; an empty one when it is HTML, cut short or of another shape."""
    try:
        return decode(body, Problem)
    except msgspec.DecodeError:
        return Problem()


def stored_otherwise(sent: Mapping[str, str], returned: Mapping[str, str | None]) -> dict[str, str | None]:
    """The values that came back other than they were sent. The rest is known: a window's answers would be megabytes."""
    return {name: returned[name] for name, value in sent.items() if name in returned and returned[name] != value}


def record(item: Item, properties: frozenset[str]) -> CrmRecord:
    """The record with exactly the properties asked for; unset ones are None."""
    values = item.properties
    return CrmRecord(id=item.id, properties={name: values.get(name) for name in properties}, archived=item.archived)


def texts(context: dict[str, Any] | None, name: str) -> list[str]:
    """The texts below a name of a problem's context, which holds a list in most answers and one value in some."""
    value = (context or {}).get(name)
    values = value if isinstance(value, list) else [value]
    return [str(entry) for entry in values if isinstance(entry, str | int)]
