"""What a request that HubSpot refused as a whole means for the run.

Sources: developer docs "error handling" and "usage guidelines", public recordings and issue threads, read 2026-11.
Of HubSpot's own messages nothing is repeated but what `words` lets through: they hold e-mail addresses and numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from http import HTTPStatus
from typing import TypeVar

import msgspec

from connector.errors import AccessError, ConnectorError, FatalError, TransientError
from connector.http.client import Answer
from connector.hubspot.answers import Problem, decode, decode_problem, texts
from connector.hubspot.words import sentence

Decoded = TypeVar("Decoded")

DAILY_LIMIT = "E219"
_MENDED_AT = "CONNECTOR_HUBSPOT_TOKEN"
"""Where a person mends what the token may not do."""

_NO_SUCH_ENDPOINT = (
    HTTPStatus.NOT_FOUND,
    HTTPStatus.METHOD_NOT_ALLOWED,
    HTTPStatus.GONE,
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
)
_SCOPE = re.compile(r"[a-z][a-z0-9_-]*(?:\.[a-z0-9_-]+)*")
_SCOPES_IN_WORDS = re.compile(r"requires (?:one|any|all) of \[([^\]]*)\]")
_TRACE = re.compile(r"[\w-]{8,64}")


def meaning(answer: Answer, doing: str) -> ConnectorError:
    """The error for a refused request; `doing` says what it was for, without anybody's data."""
    problem = decode_problem(answer.body)
    trace = problem.correlation_id or answer.headers.get("x-hubspot-correlation-id") or ""
    told = f"HubSpot answered {answer.status} while {doing}"
    if _TRACE.fullmatch(trace):
        told += f" (correlation id {trace})"
    match answer.status:
        case HTTPStatus.UNAUTHORIZED:
            return AccessError("E201", told, where=_MENDED_AT)
        case HTTPStatus.FORBIDDEN:
            scope = helpful_scope(problem)
            return AccessError("E202", f"{told}: the scope {scope} is missing" if scope else told, where=_MENDED_AT)
        case status if status in _NO_SUCH_ENDPOINT:
            return FatalError("E203", told)
        case _:
            words = sentence(problem.message)
            return FatalError("E204", f"{told}: {words}" if words else told)


def expect(answer: Answer, shape: type[Decoded], doing: str) -> Decoded:
    """The answer's content. Raises what a refusal means, and TransientError when the content cannot be read."""
    if not HTTPStatus.OK <= answer.status < HTTPStatus.MULTIPLE_CHOICES:
        raise meaning(answer, doing)
    try:
        return decode(answer.body, shape)
    except msgspec.DecodeError as error:
        message = f"HubSpot's answer while {doing} has another shape than documented"
        raise TransientError("E214", message) from error


def helpful_scope(problem: Problem) -> str | None:
    """One scope that would do. HubSpot lists about thirty of which *any* is enough, not all."""
    scopes = [scope for scope in _scopes(problem) if _SCOPE.fullmatch(scope)]
    for start in ("crm.objects.", "crm.schemas.", "crm."):
        for scope in scopes:
            if scope.startswith(start):
                return scope
    return next(iter(scopes), None)


def _scopes(problem: Problem) -> Iterable[str]:
    for context in (problem.context, *(detail.context for detail in problem.errors or ())):
        yield from texts(context, "requiredGranularScopes")
        yield from texts(context, "requiredScopes")
    # Properties answer in words only: "… (requires one of [contacts-read])".
    if found := _SCOPES_IN_WORDS.search(problem.message or ""):
        yield from (scope.strip() for scope in found[1].split(","))
