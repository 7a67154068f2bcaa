"""Every shape in which HubSpot is known to refuse a record (addresses and numbers are invented)."""

from __future__ import annotations

import msgspec
import pytest

from connector.hubspot.answers import Problem, decode_problem
from connector.hubspot.refusals import Failure, Kind, read_failure
from connector.model import Refused

TWO_IDS = (
    "Cannot set PropertyValueCoordinates{portalId=1, objectTypeId=ObjectTypeId{legacyObjectType=CONTACT}, "
    "propertyName=email, value=jane.doe@example.com} on 552148386511. 552239500007 already has that value."
)
LISTED = (
    'Property values were not valid: [{"isValid":false,"message":"Email address jane@example.con is invalid",'
    '"error":"INVALID_EMAIL","name":"email","localizedErrorMessage":"Email address jane@example.con is invalid",'
    '"portalId":1}]'
)


def a_problem(message: str = "", category: str | None = "VALIDATION_ERROR", **more: object) -> Problem:
    return decode_problem(msgspec.json.encode({"status": "error", "message": message, "category": category, **more}))


@pytest.mark.parametrize(
    ("problem", "status", "expected"),
    [
        pytest.param(
            a_problem("Contact already exists. Existing ID: 37765128953", "CONFLICT"),
            409,
            Failure(kind=Kind.TAKEN, existing_id="37765128953"),
            id="409",
        ),
        pytest.param(
            a_problem(TWO_IDS),
            400,
            Failure(kind=Kind.TAKEN, properties=("email",), existing_id="552239500007"),
            id="400 with two ids: the second is the existing one",
        ),
        pytest.param(
            a_problem(TWO_IDS.replace("propertyName=email", "propertyName=call_connector_key")),
            400,
            Failure(kind=Kind.TAKEN, properties=("call_connector_key",), existing_id="552239500007"),
            id="400 with two ids, our key",
        ),
        pytest.param(
            a_problem(TWO_IDS, errors=[{"message": TWO_IDS}]),
            400,
            Failure(kind=Kind.TAKEN, properties=("email",), existing_id="552239500007"),
            id="400 with two ids, said twice",
        ),
        pytest.param(
            a_problem(
                errors=[{"code": "CONFLICTING_UNIQUE_VALUE", "context": {"propertyName": ["call_connector_key"]}}],
            ),
            400,
            Failure(kind=Kind.TAKEN, properties=("call_connector_key",)),
            id="CONFLICTING_UNIQUE_VALUE",
        ),
        pytest.param(
            a_problem(category="UNIQUE_VALUE_CONFLICT"), 400, Failure(kind=Kind.TAKEN), id="UNIQUE_VALUE_CONFLICT"
        ),
        pytest.param(
            a_problem("A property named 'x' already exists.", "OBJECT_ALREADY_EXISTS"),
            409,
            Failure(kind=Kind.TAKEN),
            id="OBJECT_ALREADY_EXISTS",
        ),
        pytest.param(
            a_problem(LISTED),
            400,
            Failure(kind=Kind.VALUES, properties=("email",), reasons=("INVALID_EMAIL",)),
            id="a list in the text only, as in a 207",
        ),
        pytest.param(
            a_problem(LISTED[:-40]),
            400,
            Failure(kind=Kind.VALUES, properties=("email",), reasons=("INVALID_EMAIL",)),
            id="a list that was cut",
        ),
        pytest.param(
            a_problem(
                'Property values were not valid: [{"isValid":false,"message":"Property \\"x\\" does not exist",'
                '"error":"PROPERTY_DOESNT_EXIST","name":"x"}]',
                errors=[{"message": "…", "code": "PROPERTY_DOESNT_EXIST", "context": {"propertyName": ["x"]}}],
            ),
            400,
            Failure(kind=Kind.VALUES, properties=("x",), reasons=("PROPERTY_DOESNT_EXIST",)),
            id="a list in both places",
        ),
        pytest.param(
            a_problem(
                "Error creating CALL. Some required properties were not set.", context={"properties": ["hs_timestamp"]}
            ),
            400,
            Failure(kind=Kind.VALUES, properties=("hs_timestamp",), reasons=("MISSING_REQUIRED_PROPERTY",)),
            id="required, told in words",
        ),
        pytest.param(
            a_problem(errors=[{"code": "MISSING_REQUIRED_PROPERTY", "context": {"propertyName": ["hs_call_title"]}}]),
            400,
            Failure(kind=Kind.VALUES, properties=("hs_call_title",), reasons=("MISSING_REQUIRED_PROPERTY",)),
            id="required by the portal's rules",
        ),
        pytest.param(
            a_problem("Invalid input: one or more associations are not valid"),
            400,
            Failure(kind=Kind.LINK),
            id="an association",
        ),
        pytest.param(
            a_problem("Invalid input", errors=[{"code": "INVALID_ASSOCIATION", "message": "The association is none"}]),
            400,
            Failure(kind=Kind.LINK, reasons=("INVALID_ASSOCIATION",)),
            id="an association, with a code",
        ),
        pytest.param(
            a_problem("No contact with ID 9993051 exists", "OBJECT_NOT_FOUND", context={"ids": ["9993051"]}),
            404,
            Failure(kind=Kind.MISSING, ids=("9993051",)),
            id="no such record",
        ),
        pytest.param(
            a_problem("No contact with ID 9993051 exists", "OBJECT_NOT_FOUND", context={"id": ["9993051"]}),
            400,
            Failure(kind=Kind.MISSING, ids=("9993051",)),
            id="no such record, one named alone",
        ),
        pytest.param(
            a_problem("jane@example.com was deleted under GDPR and is blocklisted"),
            400,
            Failure(kind=Kind.BLOCKED, properties=("email",)),
            id="blocklisted",
        ),
        pytest.param(
            a_problem("Invalid input JSON on line 3, column 9: Cannot deserialize value of type …", None),
            400,
            Failure(
                kind=Kind.OTHER,
                words="Invalid input JSON on line 3, column 9: Cannot deserialize value of type …",
            ),
            id="malformed JSON, without a category",
        ),
        pytest.param(
            a_problem("who knows", "SOMETHING_NEW", context={"objectWriteTraceId": ["7"]}),
            400,
            Failure(kind=Kind.OTHER, reasons=("SOMETHING_NEW",), traces=("7",), words="who knows"),
            id="something new",
        ),
        pytest.param(
            a_problem("who knows", "VALIDATION_ERROR", context={"objectWriteTraceId": "7"}),
            400,
            Failure(kind=Kind.OTHER, reasons=("VALIDATION_ERROR",), traces=("7",), words="who knows"),
            id="a context without a list",
        ),
        pytest.param(
            a_problem("It was refused.", errors=[{"message": "Nobody knows why."}, {}]),
            400,
            Failure(kind=Kind.OTHER, reasons=("VALIDATION_ERROR",), words="It was refused. Nobody knows why."),
            id="in several sentences",
        ),
        pytest.param(decode_problem(b"<html>"), 400, Failure(kind=Kind.OTHER), id="a page"),
    ],
)
def test_what_a_refusal_says(problem, status, expected):
    assert read_failure(problem, status) == expected


@pytest.mark.parametrize(
    ("failure", "expected"),
    [
        (
            Failure(kind=Kind.VALUES, properties=("email",), reasons=("INVALID_EMAIL",)),
            Refused("E232", "HubSpot refused email (INVALID_EMAIL)", ("email",)),
        ),
        (
            Failure(kind=Kind.TAKEN, properties=("patient_number",)),
            Refused("E234", "another record of the portal has this patient_number already", ("patient_number",)),
        ),
        (
            Failure(kind=Kind.VALUES, properties=("email", "phone"), reasons=("INVALID_EMAIL", "INVALID_PHONE")),
            Refused("E232", "HubSpot refused email, phone (INVALID_EMAIL, INVALID_PHONE)", ("email", "phone")),
        ),
        (Failure(kind=Kind.VALUES), Refused("E232", "HubSpot refused a value")),
        (Failure(kind=Kind.TAKEN), Refused("E234", "another record of the portal has this value already")),
        (Failure(kind=Kind.LINK), Refused("E233", "HubSpot refused a link of the record")),
        (Failure(kind=Kind.MISSING), Refused("E233", "HubSpot refused a link of the record")),
        (
            Failure(kind=Kind.BLOCKED, properties=("email",)),
            Refused("E236", "HubSpot keeps this e-mail address off the portal", ("email",)),
        ),
        (
            Failure(kind=Kind.OTHER, reasons=("SOMETHING_NEW",)),
            Refused("E231", "HubSpot refused the record (SOMETHING_NEW)"),
        ),
        (
            Failure(kind=Kind.OTHER, reasons=("VALIDATION_ERROR",), words="A call must have a title."),
            Refused("E231", "HubSpot refused the record (VALIDATION_ERROR): A call must have a title."),
        ),
        (
            Failure(kind=Kind.FAILING),
            Refused("E222", "HubSpot fails on this record each time, while it takes others"),
        ),
        (
            Failure(kind=Kind.UNSENT),
            Refused("E225", "not sent, HubSpot refused others before it and did not say why"),
        ),
    ],
)
def test_what_the_engine_is_told(failure, expected):
    assert failure.refused() == expected


@pytest.mark.parametrize("message", [LISTED, TWO_IDS, "jane.doe@example.com is blocklisted"])
def test_nobodys_data_is_told(message):
    refused = read_failure(a_problem(message)).refused()
    assert "@" not in refused.message


@pytest.mark.parametrize(
    ("failure", "properties", "expected"),
    [
        pytest.param(("x",), {"x": "1"}, True, id="brings it"),
        pytest.param(("x",), {"y": "1"}, False, id="does not bring it"),
    ],
)
def test_a_property_that_cannot_be_written_concerns_all_that_bring_it(failure, properties, expected):
    unwritable = Failure(kind=Kind.VALUES, properties=failure, reasons=("PROPERTY_DOESNT_EXIST",))
    assert unwritable.concerns(properties) is expected


@pytest.mark.parametrize(("properties", "expected"), [({"x": "1"}, False), ({"x": ""}, True), ({}, True)])
def test_a_property_that_is_required_concerns_all_that_lack_it(properties, expected):
    required = Failure(kind=Kind.VALUES, properties=("x",), reasons=("MISSING_REQUIRED_PROPERTY",))
    assert required.concerns(properties) is expected


def test_a_bad_value_concerns_nobody_else():
    assert not Failure(kind=Kind.VALUES, properties=("email",), reasons=("INVALID_EMAIL",)).concerns({"email": "x"})
    assert not Failure(kind=Kind.VALUES, properties=("email",)).concerns({"email": "x"})
    assert not Failure(kind=Kind.OTHER).concerns({"email": "x"})
