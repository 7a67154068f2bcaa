"""The definition of a property, and the definitions of one object type."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from msgspec import Struct, field

TYPES: Final = ("bool", "date", "datetime", "enumeration", "number", "phone_number", "string")
FIELD_TYPES: Final = (
    "booleancheckbox",
    "calculation_equation",
    "checkbox",
    "date",
    "file",
    "html",
    "number",
    "phonenumber",
    "radio",
    "select",
    "text",
    "textarea",
)
UNIQUE_COUNT_MAX: Final = 10


class Option(Struct, frozen=True, kw_only=True):
    """One option of an enumeration."""

    value: str
    label: str
    hidden: bool = False
    display_order: int = -1
    description: str = ""


class Definition(Struct, kw_only=True):
    """A property as the portal defines it."""

    name: str
    label: str
    type: str = "string"
    field_type: str = "text"
    group: str
    description: str = ""
    options: list[Option] = field(default_factory=list)
    unique: bool = False
    read_only: bool = False
    calculated: bool = False
    hubspot_defined: bool = True
    external_options: bool = False
    hidden: bool = False
    form_field: bool = False
    display_order: int = -1
    created_at: str = "2019-08-06T02:41:08.029Z"
    updated_at: str = "2019-08-06T02:41:08.029Z"
    archived_at: str = ""
    visible_at: float = 0.0
    """From when on a reader sees it, in seconds since 1970."""

    @property
    def option_values(self) -> list[str]:
        return [option.value for option in self.options]

    @property
    def validated_email(self) -> bool:
        """Whether this is the address that HubSpot itself checks, not one that somebody added."""
        return self.hubspot_defined and self.group == "contactinformation"

    @property
    def is_plain(self) -> bool:
        """Whether any text of allowed length is a value of it."""
        return self.type in ("string", "phone_number") and self.name != "email"

    @property
    def is_single_choice(self) -> bool:
        """Whether exactly one of its options is a value of it."""
        return self.type in ("enumeration", "bool") and self.field_type != "checkbox"

    def as_json(self) -> dict[str, Any]:
        """As the properties API shows it."""
        body: dict[str, Any] = {
            "updatedAt": self.updated_at,
            "createdAt": self.created_at,
            "name": self.name,
            "label": self.label,
            "type": self.type,
            "fieldType": self.field_type,
            "description": self.description,
            "groupName": self.group,
            "options": [
                {
                    "label": option.label,
                    "value": option.value,
                    "description": option.description,
                    "displayOrder": option.display_order,
                    "hidden": option.hidden,
                }
                for option in ([] if self.external_options else self.options)
            ],
            "displayOrder": self.display_order,
            "calculated": self.calculated,
            "externalOptions": self.external_options,
            "archived": bool(self.archived_at),
            "hasUniqueValue": self.unique,
            "hidden": self.hidden,
            "modificationMetadata": {
                "archivable": not self.hubspot_defined,
                "readOnlyDefinition": self.hubspot_defined,
                "readOnlyValue": self.read_only,
            },
            "formField": self.form_field,
            "dataSensitivity": "non_sensitive",
        }
        if self.hubspot_defined:
            body["hubspotDefined"] = True
        if self.archived_at:
            body["archivedAt"] = self.archived_at
        return body


class Group(Struct, kw_only=True):
    """A property group."""

    name: str
    label: str
    display_order: int = -1
    hubspot_defined: bool = True
    archived: bool = False

    def as_json(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "label": self.label,
            "displayOrder": self.display_order,
            "archived": self.archived,
        }


class Schema:
    """The properties and groups of one object type."""

    simple: dict[str, frozenset[str] | None]
    """The properties whose values need no reading: they take one of some texts, or any (None)."""
    unique: tuple[str, ...]
    """The properties, archived ones too, of which no two records may have the same value."""

    def __init__(self, definitions: Iterable[Definition], groups: Iterable[Group]) -> None:
        self.definitions = {definition.name: definition for definition in definitions}
        self.groups = {group.name: group for group in groups}
        self._young: list[str] = []
        self.refresh()

    def refresh(self) -> None:
        """Take note that definitions changed."""
        live = [definition for definition in self.definitions.values() if not definition.archived_at]
        self._young = [definition.name for definition in live if definition.visible_at]
        writable = [definition for definition in live if not (definition.read_only or definition.visible_at)]
        self.simple = {d.name: frozenset(d.option_values) for d in writable if d.is_single_choice}
        self.simple |= {d.name: None for d in writable if d.is_plain}
        self.unique = tuple(d.name for d in self.definitions.values() if d.unique and not d.hubspot_defined)

    def ripen(self, at: float) -> None:
        """Let readers see the properties whose time has come."""
        if self._young and any(self.definitions[name].visible_at <= at for name in self._young):
            for name in self._young:
                if self.definitions[name].visible_at <= at:
                    self.definitions[name].visible_at = 0.0
            self.refresh()

    def get(self, name: str) -> Definition | None:
        """The definition of a live property that can be seen by now."""
        definition = self.definitions.get(name)
        return None if definition is None or definition.archived_at or definition.visible_at else definition
