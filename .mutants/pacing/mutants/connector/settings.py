"""The settings of a run: the only reader of the environment and of `.env`.

A wrong value is an InputError that names the variable, where it was set and what was expected; values are never
repeated, because any of them may be a secret put into the wrong place.
"""

from __future__ import annotations

import difflib
import os
import re
import stat
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple, get_args
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from connector import when
from connector.errors import InputError
from connector.mapping.regions import REGIONS
from connector.model import SourceName
from connector.reports import Finding

PREFIX = "CONNECTOR_"
ENV_FILE = Path(".env")
ENV_FILE_BYTES_MAX = 256 * 1024
_LOOPBACK = ("127.0.0.1", "localhost", "::1")


def _duration(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if (duration := when.read_duration(value)) is None:
        raise ValueError
    return duration


def _moment(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if (moment := when.read_moment(value)) is None:
        raise ValueError
    return moment


def _base_url(value: str) -> str:
    """A key is sent there, so nothing but HTTPS, except to this machine."""
    url = urlsplit(value.strip())
    plain_but_local = url.scheme == "http" and url.hostname in _LOOPBACK
    is_bare = not (url.username or url.password or url.query or url.fragment)
    if not (url.hostname and is_bare and (url.scheme == "https" or plain_but_local)):
        raise ValueError
    _ = url.port  # raises ValueError when it is no port
    return value.strip().rstrip("/")


def _secret(value: Any) -> Any:
    """One line of visible ASCII: anything else could not be sent in a header."""
    if not isinstance(value, str):
        return value
    secret = value.strip()
    if not re.fullmatch(r"[!-~]+", secret):
        raise ValueError
    return secret


def _secrets(value: Any) -> Any:
    """One or several, as while one is replaced by the next."""
    if not isinstance(value, str):
        return value
    found = re.split(r"[\s,]+", value.strip(" \t,"))
    return " ".join(_secret(each) for each in found)


def _region(value: str) -> str:
    if value not in REGIONS:
        raise ValueError
    return value


def _timezone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (KeyError, OSError) as error:
        raise ValueError from error
    return value


BaseUrl = Annotated[str, BeforeValidator(_base_url)]
Secret = Annotated[SecretStr, BeforeValidator(_secret)]
Secrets = Annotated[SecretStr, BeforeValidator(_secrets)]
URL_EXPECTED = "an https:// address without user, query or fragment (http:// only for this machine)"
KEY_EXPECTED = "the key alone: one line, no spaces"


class Settings(BaseModel):
    """What one connection needs to run. Each description says what is expected, for errors and for documentation."""

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True, extra="forbid")

    source: SourceName = Field("reception_ai", description=" or ".join(get_args(SourceName)))
    source_api_key: Secret | None = Field(None, description=KEY_EXPECTED)
    source_base_url: BaseUrl | None = Field(None, description=URL_EXPECTED)
    source_account: str | None = Field(
        None, min_length=1, max_length=200, description="the account's id on the platform"
    )
    since: Annotated[datetime | timedelta, BeforeValidator(_moment)] = Field(
        timedelta(days=7), description=when.MOMENT_EXPECTED
    )
    hubspot_token: Secret | None = Field(None, description=KEY_EXPECTED)
    hubspot_base_url: BaseUrl = Field("https://api.hubapi.com", description=URL_EXPECTED)
    hubspot_api_version: str = Field(
        "v3", pattern=r"^(v3|20\d\d-(0[1-9]|1[0-2]))$", description="v3, or a dated version such as 2026-09"
    )
    ledger_url: str = Field("sqlite:///connector.db", min_length=1, description="sqlite:/// and the path of a file")
    mapping: Path | None = Field(None, description="the path of a mapping file")
    region: Annotated[str, BeforeValidator(_region)] | None = Field(
        None, description="a country's two capital letters, such as US, or GB for the United Kingdom"
    )
    timezone: Annotated[str, BeforeValidator(_timezone)] | None = Field(
        None, description="an IANA time zone such as Europe/London"
    )
    concurrency: int = Field(8, ge=1, le=64, description="a whole number from 1 to 64")
    quota_share: float = Field(0.9, gt=0, le=1, description="a number above 0 and up to 1")
    overlap: Annotated[timedelta, BeforeValidator(_duration)] = Field(
        timedelta(hours=24),
        ge=timedelta(0),
        le=timedelta(days=365),
        description=when.DURATION_EXPECTED + ", up to 365d",
    )
    ledger_secret: Secret | None = Field(None, min_length=16, description="at least 16 visible characters on one line")
    webhook_secret: Secrets | None = Field(
        None, description="one or several secrets of visible characters, separated by commas or spaces"
    )
    log_format: Literal["auto", "text", "json"] = Field("auto", description="auto, text or json")

    def required_source_api_key(self) -> str:
        """The platform's key. Raises InputError (E102) when there is none."""
        return _required("source_api_key", self.source_api_key)

    def required_hubspot_token(self) -> str:
        """HubSpot's token. Raises InputError (E102) when there is none."""
        return _required("hubspot_token", self.hubspot_token)

    @property
    def webhook_secrets(self) -> tuple[str, ...]:
        """What the platform's deliveries may be signed with; none when none is set."""
        return () if self.webhook_secret is None else tuple(self.webhook_secret.get_secret_value().split(" "))

    def starts_at(self, now: datetime) -> datetime:
        """Where the very first `sync` starts, in UTC. Raises InputError (E105) when that lies out of range."""
        return when.resolve(self.since, now=now, zone=self.zone, where="CONNECTOR_SINCE")

    @property
    def zone(self) -> ZoneInfo:
        """The time zone of times that were written without one."""
        return ZoneInfo(self.timezone or "UTC")

    def mapping_path(self) -> Path:
        """The mapping's file: the one set, else `mappings/{source}.yaml` here, else the copy in the package.

        Raises InputError when there is none.
        """
        from connector.mapping.load import find_mapping  # brings YAML; a command without a mapping needs none

        return find_mapping(self.source, self.mapping)


def _required(field: str, secret: SecretStr | None) -> str:
    if secret is None:
        variable = PREFIX + field.upper()
        raise InputError("E102", f"{variable} is not set", where=variable)
    return secret.get_secret_value()


class _FromEnvironment(Settings, BaseSettings):
    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=ENV_FILE,
        env_file_encoding="utf-8-sig",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
    )


class Loaded(NamedTuple):
    settings: Settings
    warnings: tuple[Finding, ...]


def load_settings() -> Loaded:
    """Read the environment, then `.env` in the current folder, and say what looks like a slip.

    Raises InputError: E101 for a value that cannot be read, E106 for a `.env` that cannot.
    """
    lines = _variables_of_env_file()
    try:
        settings = _FromEnvironment()
    except ValidationError as error:
        wrong = _explain(error, lines)
    else:
        return Loaded(settings, (*_unknown(lines), *_readable_by_others(lines)))
    # Raised out here so that pydantic's error, which knows the value, is not chained to it.
    raise wrong


def _explain(error: ValidationError, lines: Mapping[str, int]) -> InputError:
    fields = dict.fromkeys(str(detail["loc"][0]) for detail in error.errors(include_input=False, include_context=False))
    wrong = [PREFIX + field.upper() for field in fields]
    said = [
        f"{name} must be {Settings.model_fields[field].description}" for name, field in zip(wrong, fields, strict=True)
    ]
    return InputError("E101", "; ".join(said), where=", ".join(_place(name, lines) for name in wrong))


def _place(variable: str, lines: Mapping[str, int]) -> str:
    if variable in (name.upper() for name in os.environ) or variable not in lines:
        return f"{variable} in the environment"
    return f"{ENV_FILE}:{lines[variable]}"


def _variables_of_env_file() -> dict[str, int]:
    """Our variables in `.env`, with the line of each."""
    if not ENV_FILE.is_file():
        return {}
    try:
        if ENV_FILE.stat().st_size > ENV_FILE_BYTES_MAX:
            raise InputError("E106", f"{ENV_FILE} is larger than {ENV_FILE_BYTES_MAX // 1024} KiB", where=str(ENV_FILE))
        text = ENV_FILE.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError("E106", f"{ENV_FILE} cannot be read as text", where=str(ENV_FILE)) from error
    found = re.compile(rf"\s*(?:export\s+)?({PREFIX}\w+)\s*=", re.IGNORECASE)
    matches = ((number, found.match(line)) for number, line in enumerate(text.splitlines(), start=1))
    return {match[1].upper(): number for number, match in matches if match}


def _unknown(lines: Mapping[str, int]) -> Iterator[Finding]:
    known = [field.upper() for field in Settings.model_fields]
    here = [name.upper() for name in os.environ if name.upper().startswith(PREFIX)]
    for name in sorted({*here, *lines} - {PREFIX + field for field in known}):
        near = difflib.get_close_matches(name.removeprefix(PREFIX), known, n=1, cutoff=0.75)
        fix = f"Did you mean {PREFIX}{near[0]}?" if near else "Remove it, or look its name up in the documentation."
        yield Finding(
            where=_place(name, lines), code="W101", message=f"{name} is not a setting of this version", fix=fix
        )


def _readable_by_others(lines: Mapping[str, int]) -> Iterator[Finding]:
    secrets = {
        PREFIX + field.upper() for field in ("source_api_key", "hubspot_token", "ledger_secret", "webhook_secret")
    }
    if os.name == "posix" and secrets & lines.keys() and ENV_FILE.stat().st_mode & (stat.S_IRGRP | stat.S_IROTH):
        yield Finding(
            where=str(ENV_FILE),
            code="W102",
            message=f"{ENV_FILE} holds a key and other users of this machine can read it",
            fix=f"chmod 600 {ENV_FILE}",
        )
