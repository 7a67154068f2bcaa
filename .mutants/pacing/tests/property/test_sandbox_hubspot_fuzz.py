"""Whatever is sent, the sandbox's HubSpot answers as HTTP does and stays whole."""

from __future__ import annotations

from datetime import UTC, datetime

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from connector.sandbox.hubspot import HubSpot
from connector.sandbox.wire import Request

NOW = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
TYPES = st.sampled_from(["contacts", "calls", "0-27", "unicorns", ""])
NAME_WORDS = "batch/create batch/read batch/update batch/upsert batch/archive search merge gdpr-delete 1 groups"
NAMES = st.sampled_from(NAME_WORDS.split())
ROOTS = st.sampled_from(["/crm/v3/objects", "/crm/objects/2026-09", "/crm/v3/properties", "/crm/v3/pipelines"])
LINKS = st.sampled_from(["create", "read", "archive", "associate/default"])
KEY_WORDS = (
    "inputs id properties idProperty objectWriteTraceId associations to from types associationTypeId"
    " associationCategory filterGroups filters propertyName operator value values highValue sorts limit after query"
    " email phone hs_timestamp lifecyclestage name label type fieldType groupName options displayOrder"
    " primaryObjectId objectIdToMerge objectId hasUniqueValue"
)
KEYS = st.sampled_from(KEY_WORDS.split())
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-5, 300),
    st.sampled_from(
        ["EQ", "IN", "BETWEEN", "LT", "email", "string", "enumeration", "text", "call", "jane@example.com", "lead"]
    ),
    st.text(max_size=5).filter(lambda text: text.isprintable()),
)
BODIES = st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=5))
ITEM = st.dictionaries(KEYS, BODIES, max_size=4)
END = st.fixed_dictionaries({"id": BODIES})
LIKELY = st.one_of(
    BODIES,
    st.fixed_dictionaries({"inputs": st.lists(ITEM, max_size=3)}),
    st.fixed_dictionaries({"inputs": st.lists(st.fixed_dictionaries({"id": SCALARS, "properties": ITEM}), max_size=3)}),
    st.fixed_dictionaries(
        {"inputs": st.lists(st.fixed_dictionaries({"from": END, "to": st.one_of(END, st.lists(END)), "types": BODIES}))}
    ),
    st.fixed_dictionaries({"filterGroups": st.lists(st.fixed_dictionaries({"filters": st.lists(ITEM, max_size=3)}))}),
    st.fixed_dictionaries({"properties": ITEM, "associations": st.lists(ITEM, max_size=2)}),
    st.fixed_dictionaries(
        {
            "name": st.just("my_name"),
            "label": SCALARS,
            "type": st.sampled_from(["string", "bool", "enumeration"]),
            "fieldType": st.just("text"),
            "groupName": st.sampled_from(["call", "contactinformation"]),
            "options": BODIES,
            "displayOrder": SCALARS,
            "hasUniqueValue": SCALARS,
        }
    ),
)
PATHS = st.one_of(
    st.builds("{}/{}/{}".format, ROOTS, TYPES, NAMES),
    st.builds("/crm/v4/associations/{}/{}/batch/{}".format, TYPES, TYPES, LINKS),
    st.builds("/crm/v4/objects/{}/1/associations/{}/2".format, TYPES, TYPES),
    st.sampled_from(["/crm/v3/owners", "/crm/v4", "/", "", "/calling/v1/dispositions"]),
)
QUERIES = st.dictionaries(
    st.sampled_from(["limit", "after", "archived", "idProperty", "properties"]),
    st.lists(st.sampled_from(["true", "email", "x", "-1", "5", "²"]), max_size=2),
    max_size=2,
)


@settings(max_examples=150, deadline=None)
@given(
    method=st.sampled_from(["POST", "POST", "GET", "PATCH", "PUT", "DELETE"]),
    path=PATHS,
    query=QUERIES,
    body=st.one_of(LIKELY.map(msgspec.json.encode), st.binary(max_size=20)),
)
def test_any_request_is_answered(method: str, path: str, query: dict[str, list[str]], body: bytes) -> None:
    hubspot = HubSpot(now=lambda: NOW, token="t")
    hubspot.seed_contacts([{"email": "jane@example.com"}])
    before = hubspot.export()
    response = hubspot.handle(Request(method, path, query, {"authorization": "Bearer t"}, body))
    assert 200 <= response.status < 500
    if response.status >= 400:
        assert hubspot.export() == before
