from __future__ import annotations

from typing import Any

import msgspec
import pytest

from connector.errors import AccessError, FatalError, TransientError
from connector.http.client import Answer, Deliver, Doubt, Judgement, Stop, Wait
from connector.hubspot.answers import BatchAnswer, decode_problem
from connector.hubspot.errors import expect, helpful_scope, meaning
from connector.hubspot.limits import NO_JSON, judge_with
from tests.stubs.clock import VirtualClock

JSON = {"content-type": "application/json;charset=utf-8"}
BARE_SECONDLY = {"status": "error", "message": "You have reached your secondly limit.", "category": "RATE_LIMITS"}

MOVING = "HubSpot is moving the portal between data centres"


def an_answer(status: int, body: Any = None, **headers: str) -> Answer:
    encoded = body if isinstance(body, bytes) else msgspec.json.encode(body if body is not None else {})
    return Answer(status, {**JSON, **{name.replace("_", "-"): value for name, value in headers.items()}}, encoded)


def limited(policy: str) -> dict[str, str]:
    return {
        "status": "error",
        "message": f"You have reached your {policy.lower()} limit.",
        "errorType": "RATE_LIMIT",
        "policyName": policy,
    }


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        pytest.param(an_answer(200), Deliver(), id="200"),
        pytest.param(an_answer(201), Deliver(), id="201"),
        pytest.param(an_answer(207), Deliver(), id="207"),
        pytest.param(an_answer(200, [1]), Deliver(), id="200, a list"),
        pytest.param(an_answer(300, b"<html>"), Deliver(), id="300"),
        pytest.param(Answer(204, {}, b""), Deliver(), id="204 has no body"),
        pytest.param(
            an_answer(200, b"<html>log in</html>", content_type="text/html"), Doubt(NO_JSON), id="200, a page"
        ),
        pytest.param(an_answer(200, b""), Doubt(NO_JSON), id="200, nothing"),
        pytest.param(Answer(200, {}, b"{}"), Doubt(NO_JSON), id="200, of no named kind"),
        pytest.param(an_answer(200, b"<html>"), Doubt(NO_JSON), id="200, a page that says it is JSON"),
        pytest.param(an_answer(400), Deliver(), id="400"),
        pytest.param(an_answer(401), Deliver(), id="401"),
        pytest.param(an_answer(403), Deliver(), id="403"),
        pytest.param(Answer(404, {"content-type": "text/html"}, b"<html>"), Deliver(), id="404, a page"),
        pytest.param(an_answer(409), Deliver(), id="409"),
        pytest.param(an_answer(408), Doubt(), id="408"),
        pytest.param(an_answer(423), Wait(2.0), id="423"),
        pytest.param(an_answer(423, retry_after="1"), Wait(2.0), id="423, too soon"),
        pytest.param(an_answer(423, retry_after="7"), Wait(7.0), id="423, later"),
        pytest.param(an_answer(429, limited("TEN_SECONDLY_ROLLING")), Wait(10.0, pool_block=True), id="429, 10 s"),
        pytest.param(an_answer(429, limited("SECONDLY")), Wait(1.0, pool_block=True), id="429, a second"),
        pytest.param(an_answer(429, BARE_SECONDLY), Wait(1.0, pool_block=True), id="429 as recorded in 2022"),
        pytest.param(
            an_answer(429, limited("SECONDLY"), retry_after="4"), Wait(4.0, pool_block=True), id="429, Retry-After"
        ),
        pytest.param(
            an_answer(429, limited("SECONDLY"), retry_after="Wed, 22 Apr 2026 12:00:30 GMT"),
            Wait(30.0, pool_block=True),
            id="429, Retry-After as a date",
        ),
        pytest.param(an_answer(429, b"slow down"), Wait(1.0, pool_block=True), id="429, of another kind"),
        pytest.param(an_answer(477, retry_after="60"), Wait(60.0), id="477, soon over"),
        *(pytest.param(an_answer(status), Doubt(), id=str(status)) for status in (500, 502, 503, 504, 521, 524, 526)),
    ],
)
def test_what_the_transport_does(answer: Answer, expected: Judgement):
    assert judge_with(VirtualClock())(answer) == expected


@pytest.mark.parametrize(
    ("answer", "code", "message", "retry_after"),
    [
        pytest.param(
            an_answer(429, limited("DAILY")), "E219", "the portal's daily limit is used up", None, id="the day is spent"
        ),
        pytest.param(an_answer(477, retry_after="7200"), "E220", MOVING, 7200.0, id="477, for hours"),
        pytest.param(an_answer(477), "E220", MOVING, None, id="477, who knows how long"),
    ],
)
def test_what_is_not_waited_for(answer, code, message, retry_after):
    match judge_with(VirtualClock())(answer):
        case Stop(TransientError() as error):
            assert (error.code, error.message, error.retry_after) == (code, message, retry_after)
        case judgement:
            pytest.fail(str(judgement))


@pytest.mark.parametrize(
    ("answer", "kind", "code"),
    [
        pytest.param(an_answer(401, {"category": "INVALID_AUTHENTICATION"}), AccessError, "E201", id="401 missing"),
        pytest.param(
            an_answer(
                401, {"category": "EXPIRED_AUTHENTICATION", "context": {"expire time": ["1970-01-01T00:00:00Z"]}}
            ),
            AccessError,
            "E201",
            id="401 garbage",
        ),
        pytest.param(an_answer(403, {"category": "MISSING_SCOPES"}), AccessError, "E202", id="403"),
        pytest.param(an_answer(404, {"message": "resource not found"}), FatalError, "E203", id="404"),
        pytest.param(Answer(404, {"content-type": "text/html"}, b"<html>"), FatalError, "E203", id="404, a page"),
        pytest.param(an_answer(405), FatalError, "E203", id="405"),
        pytest.param(an_answer(415), FatalError, "E203", id="415"),
        pytest.param(an_answer(400, {"category": "VALIDATION_ERROR"}), FatalError, "E204", id="400"),
    ],
)
def test_what_a_refused_request_means(answer, kind, code):
    error = meaning(answer, "reading calls")
    assert (type(error), error.code) == (kind, code)
    assert error.where == ("CONNECTOR_HUBSPOT_TOKEN" if kind is AccessError else None)
    assert "while reading calls" in error.message


def test_the_correlation_id_helps_to_report_it():
    assert "0a1b2c3d-4e5f" in meaning(an_answer(400, {"correlationId": "0a1b2c3d-4e5f"}), "x").message
    assert "0a1b2c3d-4e5f" in meaning(an_answer(400, x_hubspot_correlation_id="0a1b2c3d-4e5f"), "x").message
    assert "<script>" not in meaning(an_answer(400, {"correlationId": "<script>alert(1)"}), "x").message


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param(
            {
                "category": "MISSING_SCOPES",
                "errors": [
                    {"context": {"requiredGranularScopes": ["e-commerce", "crm.objects.contacts.read", "tickets"]}}
                ],
            },
            "crm.objects.contacts.read",
            id="one of thirty",
        ),
        pytest.param(
            {"errors": [{"context": {"requiredScopes": ["contacts"]}}]},
            "contacts",
            id="the old name, if there is no other",
        ),
        pytest.param({"context": {"requiredScopes": ["crm.schemas.calls.read"]}}, "crm.schemas.calls.read", id="above"),
        pytest.param(
            {
                "message": "You do not have permissions to view object type ObjectTypeId{legacyObjectType=CONTACT} in "
                "portal 1 (requires one of [contacts-read])"
            },
            "contacts-read",
            id="in words",
        ),
        pytest.param({"errors": [{"context": {"requiredScopes": ["Robert'); DROP"]}}]}, None, id="no scope at all"),
        pytest.param({}, None, id="nothing said"),
    ],
)
def test_one_scope_that_would_do(body, expected):
    assert helpful_scope(decode_problem(msgspec.json.encode(body))) == expected
    assert (expected or "") in meaning(an_answer(403, body), "reading contacts").message


def test_an_answer_of_another_shape_is_not_believed():
    for body in (b"[]", b'{"results": 1}', b'{"results": [{"id": 7}]}', b"{", b'{"results": [{"id": "\xff"}]}'):
        with pytest.raises(TransientError) as raised:
            expect(an_answer(200, body), BatchAnswer, "reading calls")
        assert raised.value.code == "E214"


def test_what_is_new_in_an_answer_is_passed_over():
    body = {"results": [{"id": "7", "properties": {"a": None}, "url": "…", "warnings": [{}]}], "requestedAt": "…"}
    [item] = expect(an_answer(200, body), BatchAnswer, "reading calls").results
    assert (item.id, item.properties) == ("7", {"a": None})


TOLD = "HubSpot answered {} while reading calls"
TRACE = "0a1b2c3d"


@pytest.mark.parametrize(
    ("answer", "code", "message"),
    [
        pytest.param(an_answer(401), "E201", TOLD.format(401), id="401"),
        pytest.param(an_answer(403), "E202", TOLD.format(403), id="403"),
        pytest.param(
            an_answer(403, {"context": {"requiredScopes": ["tickets"]}}),
            "E202",
            f"{TOLD.format(403)}: the scope tickets is missing",
            id="403, with the scope",
        ),
        *(pytest.param(an_answer(each), "E203", TOLD.format(each), id=str(each)) for each in (404, 405, 410, 415)),
        pytest.param(an_answer(409), "E204", TOLD.format(409), id="409, without a word"),
        pytest.param(
            an_answer(400, {"message": "No such filter"}), "E204", f"{TOLD.format(400)}: No such filter", id="in words"
        ),
        pytest.param(
            an_answer(404, {"message": "No such type"}), "E203", TOLD.format(404), id="words that tell nothing more"
        ),
        pytest.param(
            an_answer(400, {"message": "No", "correlationId": TRACE}, x_hubspot_correlation_id="deadbeef"),
            "E204",
            f"{TOLD.format(400)} (correlation id {TRACE}): No",
            id="the id of the body comes first",
        ),
        pytest.param(
            an_answer(400, x_hubspot_correlation_id="deadbeef"),
            "E204",
            f"{TOLD.format(400)} (correlation id deadbeef)",
            id="the id of the header",
        ),
        pytest.param(an_answer(400, {"correlationId": "0a1b2c3"}), "E204", TOLD.format(400), id="too short an id"),
    ],
)
def test_a_refusal_in_words(answer, code, message):
    error = meaning(answer, "reading calls")
    assert (error.code, error.message) == (code, message)


@pytest.mark.parametrize("status", [200, 204, 299, 300, 304, 400])
def test_only_a_success_is_read(status):
    answer = an_answer(status, {"results": []})
    if status < 300:
        assert expect(answer, BatchAnswer, "reading calls") == BatchAnswer(results=[])
    else:
        with pytest.raises(FatalError) as raised:
            expect(answer, BatchAnswer, "reading calls")
        assert (raised.value.code, raised.value.message) == ("E204", TOLD.format(status))


def test_another_shape_than_documented_says_what_it_was_for():
    with pytest.raises(TransientError) as raised:
        expect(an_answer(200, b"[]"), BatchAnswer, "reading calls")
    assert raised.value.message == "HubSpot's answer while reading calls has another shape than documented"
    assert isinstance(raised.value.__cause__, msgspec.DecodeError)


@pytest.mark.parametrize(
    ("scopes", "expected"),
    [
        (["tickets", "crm.lists.read", "crm.schemas.calls.read", "crm.objects.calls.read"], "crm.objects.calls.read"),
        (["tickets", "crm.lists.read", "crm.schemas.calls.read"], "crm.schemas.calls.read"),
        (["tickets", "crm.lists.read"], "crm.lists.read"),
        (["tickets", "oauth"], "tickets"),
    ],
)
def test_the_scope_that_helps_most_comes_first(scopes, expected):
    assert helpful_scope(decode_problem(msgspec.json.encode({"context": {"requiredScopes": scopes}}))) == expected


@pytest.mark.parametrize("of", ["one", "any", "all"])
def test_scopes_in_words(of):
    message = f"no permission (requires {of} of [crm.objects.calls.read, tickets])"
    assert helpful_scope(decode_problem(msgspec.json.encode({"message": message}))) == "crm.objects.calls.read"
