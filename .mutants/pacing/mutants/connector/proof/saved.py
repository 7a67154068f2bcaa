"""A portal's facts in a file, so that mappings can be checked without a token: at a desk, and wherever changes are
tested before they are merged."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from typing import TypeVar

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from connector.errors import InputError
from connector.model import Owner
from connector.reports import PortalSchema

T = TypeVar("T")

FORMAT = 1
FILE_BYTES_MAX = 32 * 1024 * 1024
"""A portal with a thousand properties on each of ten objects takes some 3 MB."""


class SchemaFile(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What stands in the file."""

    call_connector_portal_schema: int
    schema: PortalSchema


class _AnyFormat(Struct, frozen=True):
    """As much of a file as tells whether it is one of ours."""

    call_connector_portal_schema: int


def save_schema(path: Path, schema: PortalSchema, *, now: datetime) -> PortalSchema:
    """Write the file, for this user's eyes: it holds the owners' addresses, though not their names.

    Replaces an older one. Raises InputError (E118) where something else stands, or nothing can be written.
    """
    if path.exists():
        _read(path, _AnyFormat)
    owners = tuple(Owner(id=owner.id, email=owner.email, active=owner.active) for owner in schema.portal.owners)
    saved = replace(schema, portal=replace(schema.portal, owners=owners), saved_at=now)
    whole = SchemaFile(call_connector_portal_schema=FORMAT, schema=saved)
    content = msgspec.json.format(msgspec.json.encode(whole), indent=1)
    beside = path.with_name(f"{path.name}.new")
    try:
        beside.unlink(missing_ok=True)
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content + b"\n")
        beside.replace(path)
    except OSError as error:
        raise InputError("E118", f"{path} cannot be written: {error.strerror}", where=str(path)) from None
    return saved


def load_schema(path: Path) -> PortalSchema:
    """Read the file. Raises InputError: E107 when there is none, E118 when it cannot be used."""
    version = _read(path, _AnyFormat).call_connector_portal_schema
    if version != FORMAT:
        message = f"the portal schema has form {version}, this version of the connector reads form {FORMAT}"
        raise InputError("E118", message, where=str(path))
    return _read(path, SchemaFile).schema


def _read(path: Path, shape: type[T]) -> T:
    if not path.is_file():
        code, message = ("E118", "is not a regular file") if path.exists() else ("E107", "is not there")
        raise InputError(code, f"{path} {message}", where=str(path))
    try:
        with path.open("rb") as file:
            content = file.read(FILE_BYTES_MAX + 1)
    except OSError as error:
        raise InputError("E118", f"{path} cannot be read: {error.strerror}", where=str(path)) from None
    if len(content) > FILE_BYTES_MAX:
        raise InputError("E118", f"{path} is larger than a portal schema can be", where=str(path))
    try:
        return msgspec.json.decode(content, type=shape)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        # The decoder's own words may quote the file, which may be anything.
        raise InputError("E118", f"{path} is no portal schema that this version saved", where=str(path)) from None
