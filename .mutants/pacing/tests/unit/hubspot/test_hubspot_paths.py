from __future__ import annotations

import pytest

from connector.errors import InputError
from connector.hubspot.paths import ENDPOINTS, check_version, route


@pytest.mark.parametrize(
    ("method", "path", "dated"),
    [
        ("POST", "/crm/v3/objects/calls/batch/create", "/crm/objects/2026-09/calls/batch/create"),
        ("POST", "/crm/v3/objects/contacts/batch/update", "/crm/objects/2026-09/contacts/batch/update"),
        ("POST", "/crm/v3/objects/tasks/batch/read", "/crm/objects/2026-09/tasks/batch/read"),
        ("POST", "/crm/v3/objects/contacts/search", "/crm/objects/2026-09/contacts/search"),
        ("GET", "/crm/v3/objects/calls", "/crm/objects/2026-09/calls"),
        ("GET", "/crm/v3/objects/contacts/51", "/crm/objects/2026-09/contacts/51"),
        (
            "POST",
            "/crm/v4/associations/calls/contacts/batch/associate/default",
            "/crm/associations/2026-09/calls/contacts/batch/associate/default",
        ),
        pytest.param("GET", "/crm/v3/properties/calls", "/crm/v3/properties/calls", id="no known twin: properties"),
        pytest.param("GET", "/crm/v3/owners/", "/crm/v3/owners/", id="no known twin: owners"),
        pytest.param("GET", "/account-info/v3/details", "/account-info/v3/details", id="no known twin: account"),
    ],
)
def test_one_switch_turns_paths_into_dated_ones(method, path, dated):
    assert route(method, path, "v3").path == path
    assert route(method, path, "2026-09").path == dated


@pytest.mark.parametrize(
    ("method", "path", "pool", "writes"),
    [
        ("POST", "/crm/v3/objects/calls/batch/create", "interval", True),
        ("POST", "/crm/v3/objects/calls/batch/update", "interval", True),
        ("POST", "/crm/v3/objects/calls/batch/read", "interval", False),
        ("POST", "/crm/v3/objects/calls/search", "search", False),
        ("POST", "/crm/v4/associations/calls/contacts/batch/associate/default", "associations", True),
        ("GET", "/crm/v3/properties/calls", "interval", False),
        ("POST", "/crm/v3/properties/calls", "interval", True),
        ("POST", "/crm/v3/properties/calls/groups", "interval", True),
    ],
)
def test_each_path_knows_its_limit_and_whether_it_writes(method, path, pool, writes):
    there = route(method, path, "2026-09")
    assert (there.pool, there.writes) == (pool, writes)


def test_only_reads_are_not_writes():
    """A write that the table calls a read would be sent again unseen."""
    for endpoint in ENDPOINTS:
        is_read = endpoint.method == "GET" or endpoint.path.endswith(("/batch/read", "/search", "/access-token-info"))
        assert endpoint.writes is not is_read, endpoint


def test_a_path_outside_the_table_is_a_bug():
    with pytest.raises(LookupError):
        route("DELETE", "/crm/v3/objects/calls/1", "v3")


@pytest.mark.parametrize("version", ["v3", "2026-03", "2026-09", "2027-12"])
def test_versions(version):
    assert check_version(version) == version


@pytest.mark.parametrize("version", ["", "v4", "3", "2026", "2026-13", "2026-9", "v3 ", "../v3"])
def test_other_versions_are_refused(version):
    with pytest.raises(InputError) as raised:
        check_version(version)
    assert (raised.value.code, raised.value.where) == ("E205", "CONNECTOR_HUBSPOT_API_VERSION")
