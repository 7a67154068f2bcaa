"""A portal's facts in a file."""

from __future__ import annotations

import json
import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest

from connector.errors import InputError
from connector.model import Option, Owner, Portal, Property
from connector.proof.saved import load_schema, save_schema
from connector.reports import Finding, Pipeline, PortalSchema

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
STATUS = Property(name="hs_lead_status", label="Lead status", type="enumeration", options=(Option("NEW", "New"),))
SCHEMA = PortalSchema(
    portal=Portal(
        id="7",
        properties={"contacts": {"hs_lead_status": STATUS}},
        owners=(Owner(id="1", email="jane@example.com", name="Jane Doe", active=False),),
    ),
    pipelines={"tickets": (Pipeline(id="0", label="Support", stages=(Option("1", "New"),)),)},
    links={"tasks": ("contacts",)},
    unread={"p_visits": Finding(where="", code="E431", message="none")},
)


def test_what_was_saved_is_read_again_without_names(tmp_path):
    path = tmp_path / "portal.json"
    saved = save_schema(path, SCHEMA, now=NOW)
    assert load_schema(path) == saved
    assert saved.saved_at == NOW
    assert saved.portal.properties == SCHEMA.portal.properties
    assert (saved.pipelines, saved.links, saved.unread) == (SCHEMA.pipelines, SCHEMA.links, SCHEMA.unread)
    assert saved.portal.owners == (Owner(id="1", email="jane@example.com", active=False),)
    assert "Jane" not in path.read_text()


def test_only_its_owner_may_read_the_file(tmp_path):
    path = tmp_path / "portal.json"
    path.with_name("portal.json.new").touch(mode=0o644)
    save_schema(path, SCHEMA, now=NOW)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [path]


def test_an_older_file_is_replaced_and_nothing_else_is(tmp_path):
    path = tmp_path / "portal.json"
    save_schema(path, SCHEMA, now=datetime(2026, 1, 1, tzinfo=UTC))
    assert save_schema(path, SCHEMA, now=NOW).saved_at == NOW
    other = tmp_path / "mapping.yaml"
    other.write_text("version: 1\n")
    with pytest.raises(InputError) as refused:
        save_schema(other, SCHEMA, now=NOW)
    assert refused.value.code == "E118"
    assert other.read_text() == "version: 1\n"


def test_a_folder_that_is_not_there(tmp_path):
    with pytest.raises(InputError) as refused:
        save_schema(tmp_path / "none" / "portal.json", SCHEMA, now=NOW)
    assert (refused.value.code, "cannot be written" in refused.value.message) == ("E118", True)


def edited(**changes: object) -> str:
    whole = {"call_connector_portal_schema": 1, "schema": {"portal": {"id": "7"}}}
    return json.dumps({**whole, **changes})


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param("", "no portal schema", id="empty"),
        pytest.param("{", "no portal schema", id="cut"),
        pytest.param("version: 1\n", "no portal schema", id="a mapping"),
        pytest.param("[]", "no portal schema", id="a list"),
        pytest.param('{"results": [{"name": "jane@example.com"}]}', "no portal schema", id="an answer of HubSpot"),
        pytest.param(b"\xff\xfe", "no portal schema", id="no text"),
        pytest.param(b"PK\x03\x04\x00\x00", "no portal schema", id="binary"),
        pytest.param("[" * 100_000, "no portal schema", id="nested deeply"),
        pytest.param(edited(schema={"portal": {"id": 7}}), "no portal schema", id="edited by hand"),
        pytest.param(edited(more=1), "no portal schema", id="more than there should be"),
        pytest.param(edited(call_connector_portal_schema=0), "has form 0, this version", id="older"),
        pytest.param(edited(call_connector_portal_schema=2, schema=3), "has form 2, this version", id="newer"),
    ],
)
def test_a_file_that_cannot_be_used(tmp_path, content, said):
    path = tmp_path / "portal.json"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(InputError) as refused:
        load_schema(path)
    error = refused.value
    assert (error.code, error.where, error.exit_code) == ("E118", str(path), 2)
    assert said in error.message
    assert "jane" not in f"{error} {error.fix}"


@pytest.mark.parametrize(("path", "code"), [("none.json", "E107"), ("/dev/zero", "E118"), (".", "E118")])
def test_what_is_no_file(path, code):
    with pytest.raises(InputError) as refused:
        load_schema(Path(path))
    assert refused.value.code == code


def test_a_huge_file_is_not_read(tmp_path):
    path = tmp_path / "portal.json"
    with path.open("wb") as file:
        file.truncate(64 * 1024 * 1024)
    with pytest.raises(InputError) as refused:
        load_schema(path)
    assert "larger" in refused.value.message
