"""HubSpot's answers: success bodies, and every error shape that it is known to send."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from http import HTTPStatus
from typing import Any

import msgspec
from msgspec import Struct

from connector.sandbox.hubspot.kinds import KINDS
from connector.sandbox.wire import JSON, Request, Response, json_response

Headers = tuple[tuple[str, str], ...]
VALIDATION_ERROR = "VALIDATION_ERROR"
OBJECT_NOT_FOUND = "OBJECT_NOT_FOUND"
HTML_NOT_FOUND = (
    b"<html>\n<head>\n<title>Error 404 Not Found</title>\n</head>\n<body><h2>HTTP ERROR 404</h2></body>\n</html>\n"
)


class Refusal(Exception):
    """An error answer, or one entry among the errors of a 207."""

    def __init__(
        self,
        status: int,
        message: str,
        *,
        category: str | None = None,
        sub_category: str | None = None,
        errors: Sequence[Mapping[str, Any]] = (),
        context: Mapping[str, list[str]] | None = None,
        headers: Headers = (),
        more: Mapping[str, Any] | None = None,
        bare: bool = False,
        page: bytes = b"",
    ) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.category = category
        self.sub_category = sub_category
        self.errors = errors
        self.context = context
        self.headers = headers
        self.more = more or {}
        self.bare = bare
        """Sent without the headers of the limits."""
        self.page = page

    def response(self, correlation_id: str) -> Response:
        """This refusal as an answer of its own."""
        if self.page:
            return Response(self.status, self.headers, self.page)
        body: dict[str, Any] = {"status": "error", "message": self.message, "correlationId": correlation_id}
        if self.context:
            body["context"] = self.context
        if self.errors:
            body["errors"] = self.errors
        if self.category:
            body["category"] = self.category
        if self.sub_category:
            body["subCategory"] = self.sub_category
        return json_response(self.status, {**body, **self.more}, self.headers)

    def entry(self, context: Mapping[str, list[str]] | None = None) -> dict[str, Any]:
        """This refusal as one of the errors of a batch, which HubSpot ties to its input by `context`."""
        entry = {"status": "error", "category": self.category or VALIDATION_ERROR, "message": self.message}
        if self.sub_category:
            entry["subCategory"] = self.sub_category
        return {**entry, "context": {**(self.context or {}), **(context or {})}}


class Problem(Struct, frozen=True):
    """What is wrong with the value of one property."""

    name: str
    code: str
    message: str


# --- success -----------------------------------------------------------------------------------------------


def created(request: Request, body: dict[str, Any], record_path: str) -> Response:
    """201 with the new thing and where it is."""
    host = request.header("host", "api.hubapi.com")
    return json_response(HTTPStatus.CREATED, body, (("Location", f"https://{host}{record_path}"),))


def ok(body: Any) -> Response:
    return json_response(HTTPStatus.OK, body)


def no_content() -> Response:
    return Response(HTTPStatus.NO_CONTENT)


def batch(status: int, stamp: str, results: Sequence[Any], errors: Sequence[Mapping[str, Any]] = ()) -> Response:
    """The answer of a batch; with errors it is a 207 unless said otherwise by `status`."""
    body: dict[str, Any] = {"status": "COMPLETE", "results": results, "startedAt": stamp, "completedAt": stamp}
    if errors:
        body["numErrors"] = len(errors)
        body["errors"] = errors
    return Response(status, (("Content-Type", JSON),), msgspec.json.encode(body))


# --- refusals ----------------------------------------------------------------------------------------------


def bad_request(message: str, **more: Any) -> Refusal:
    return Refusal(HTTPStatus.BAD_REQUEST, message, category=VALIDATION_ERROR, **more)


def bad_json(detail: str) -> Refusal:
    return Refusal(HTTPStatus.BAD_REQUEST, f"Invalid input JSON on line 1, column 1: {detail}")


def not_found(message: str = "resource not found", category: str | None = OBJECT_NOT_FOUND) -> Refusal:
    return Refusal(HTTPStatus.NOT_FOUND, message, category=category)


def page_not_found() -> Refusal:
    """What a GET by `idProperty` answers when it finds nothing: a page, not JSON."""
    headers = (("Content-Type", "text/html;charset=iso-8859-1"), ("X-HubSpot-NotFound", "true"))
    return Refusal(HTTPStatus.NOT_FOUND, "not found", headers=headers, page=HTML_NOT_FOUND)


def not_allowed(method: str) -> Refusal:
    return Refusal(HTTPStatus.METHOD_NOT_ALLOWED, f"HTTP {method} is not supported here")


def invalid_properties(problems: Iterable[Problem], portal_id: int) -> Refusal:
    """400 for values that HubSpot does not take; the message carries the list once more, as JSON in text."""
    problems = list(problems)
    listed = [
        {
            "isValid": False,
            "message": problem.message,
            "error": problem.code,
            "name": problem.name,
            "localizedErrorMessage": problem.message,
            "portalId": portal_id,
        }
        for problem in problems
    ]
    errors = [
        {"message": problem.message, "code": problem.code, "context": {"propertyName": [problem.name]}}
        for problem in problems
    ]
    text = msgspec.json.encode(listed).decode()
    return bad_request(f"Property values were not valid: {text}", errors=errors)


def missing_required(object_type: str, name: str, *, dated: bool) -> Refusal:
    """400 for a record without a property that its type needs; the dated API names a code as well."""
    kind = KINDS[object_type]
    errors: list[dict[str, Any]] = []
    if dated:
        errors = [
            {
                "message": f'Property "{name}" is required',
                "code": "MISSING_REQUIRED_PROPERTY",
                "context": {"propertyName": [name]},
            }
        ]
    return bad_request(
        f"Error creating {kind.legacy}. Some required properties were not set.",
        context={"properties": [name]},
        errors=errors,
    )


def email_taken(existing_id: str) -> Refusal:
    """409: the address is another contact's primary one."""
    message = f"Contact already exists. Existing ID: {existing_id}"
    return Refusal(HTTPStatus.CONFLICT, message, category="CONFLICT")


def value_taken(object_type: str, name: str, value: str, *, own_id: str, existing_id: str, portal_id: int) -> Refusal:
    """400 with two ids, of which the second is the record that has the value."""
    where = (
        f"PropertyValueCoordinates{{portalId={portal_id}, "
        f"objectTypeId=ObjectTypeId{{legacyObjectType={KINDS[object_type].legacy}}}, "
        f"propertyName={name}, value={value}}}"
    )
    return bad_request(f"Cannot set {where} on {own_id}. {existing_id} already has that value.")


def blocklisted(email: str) -> Refusal:
    return bad_request(f"{email} was deleted under GDPR and is blocklisted: no contact can be created with it.")


def bad_associations() -> Refusal:
    return bad_request("Invalid input: one or more associations are not valid")


def too_many(policy: str, *, headers: Headers = ()) -> Refusal:
    """429 in the documented shape, or in the recorded one without a policy name (`bare`)."""
    if policy == "bare":
        return Refusal(
            HTTPStatus.TOO_MANY_REQUESTS,
            "You have reached your secondly limit.",
            category="RATE_LIMITS",
            headers=headers,
        )
    more = {"errorType": "RATE_LIMIT", "policyName": policy, "requestId": f"request-{policy.lower()}"}
    message = f"You have reached your {policy.lower()} limit."
    return Refusal(HTTPStatus.TOO_MANY_REQUESTS, message, headers=headers, more=more)
