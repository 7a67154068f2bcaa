"""Every path of HubSpot that the connector uses: its dated twin, the limit that counts it, and what it does.

The official client speaks v3 and v4 only. From 2026-03 on HubSpot serves the same shapes below dated paths, and the
undated ones lose support in 2027; an endpoint whose dated path is not documented stays where it is.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from connector.errors import InputError

UNDATED = "v3"
_DATED_VERSION = re.compile(r"\d{4}-(0[1-9]|1[0-2])")


class Endpoint(NamedTuple):
    method: str
    path: str
    dated: str | None
    pool: str
    writes: bool = False


_OBJECTS = "/crm/v3/objects/{type}"
_DATED_OBJECTS = "/crm/objects/{version}/{type}"
_PROPERTIES = "/crm/v3/properties/{type}"
_LINKS = "/crm/v4/associations/{type}/{to}/batch/associate/default"
_DATED_LINKS = "/crm/associations/{version}/{type}/{to}/batch/associate/default"

ENDPOINTS = (
    Endpoint("POST", f"{_OBJECTS}/batch/create", f"{_DATED_OBJECTS}/batch/create", "interval", writes=True),
    Endpoint("POST", f"{_OBJECTS}/batch/update", f"{_DATED_OBJECTS}/batch/update", "interval", writes=True),
    Endpoint("POST", f"{_OBJECTS}/batch/read", f"{_DATED_OBJECTS}/batch/read", "interval"),
    Endpoint("POST", f"{_OBJECTS}/search", f"{_DATED_OBJECTS}/search", "search"),
    Endpoint("GET", _OBJECTS, _DATED_OBJECTS, "interval"),
    Endpoint("GET", f"{_OBJECTS}/{{id}}", f"{_DATED_OBJECTS}/{{id}}", "interval"),
    Endpoint("POST", _LINKS, _DATED_LINKS, "associations", writes=True),
    Endpoint("GET", _PROPERTIES, None, "interval"),
    Endpoint("POST", _PROPERTIES, None, "interval", writes=True),
    Endpoint("GET", f"{_PROPERTIES}/groups", None, "interval"),
    Endpoint("POST", f"{_PROPERTIES}/groups", None, "interval", writes=True),
    Endpoint("GET", "/crm/v3/owners/", None, "interval"),
    Endpoint("GET", "/crm/v3/pipelines/{type}", None, "interval"),
    Endpoint("GET", "/account-info/v3/details", None, "interval"),
    # Reads, though it is a POST: the token stands in the body (public code, 2026; in no specification).
    Endpoint("POST", "/oauth/v2/private-apps/get/access-token-info", None, "interval"),
)


class Route(NamedTuple):
    """Where a request really goes, and how it is to be treated on the way."""

    path: str
    pool: str
    writes: bool


def check_version(version: str) -> str:
    """The version as it is. Raises InputError unless it is `v3` or a date such as `2026-09`."""
    if version != UNDATED and not _DATED_VERSION.fullmatch(version):
        message = "the API version is neither v3 nor a date such as 2026-09"
        raise InputError("E205", message, where="CONNECTOR_HUBSPOT_API_VERSION")
    return version


def route(method: str, path: str, version: str) -> Route:
    """The route of a v3 path under this version. Raises LookupError for a path that is not in the table."""
    for endpoint in ENDPOINTS:
        if endpoint.method == method and (match := _pattern(endpoint.path).fullmatch(path)):
            real = path
            if version != UNDATED and endpoint.dated is not None:
                real = endpoint.dated.format(version=version, **match.groupdict())
            return Route(real, endpoint.pool, endpoint.writes)
    message = f"no endpoint in the table for {method} {path}"
    raise LookupError(message)


@cache
def _pattern(template: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", template))
