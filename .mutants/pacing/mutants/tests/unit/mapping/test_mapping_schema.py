"""The generated JSON Schema and the reference say what the loader does."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from connector.mapping.load import MappingFileError, load_mapping, read_yaml
from connector.mapping.reference import reference_markdown
from connector.mapping.schema import mapping_json_schema
from connector.mapping.transforms import TRANSFORMS

ROOT = Path(__file__).resolve().parents[3]
SHIPPED = ROOT / "mappings" / "reception_ai.yaml"

MINIMAL: dict[str, Any] = {
    "version": 1,
    "source": "reception_ai",
    "defaults": {"region": "GB"},
    "caller": {"number": {"from": "callerNumber"}},
}
TASK = {"name": "a", "object": "tasks", "properties": {"hs_timestamp": {"value": 1}}}

GOOD = [
    {},
    {"owner": {"map": {"a": 1}, "default": None}},
    {"rules": [{"when": "a", "unknown_caller": "create"}, {"unknown_caller": "hold"}]},
    {"records": [TASK]},
    {"tables": {"t": {"a": "b", "c": 1, "d": True}}},
    {"contact": {"match": ["phone"], "ambiguous": "oldest", "properties": {"p": [{"from": ["a"]}, {"value": 1}]}}},
    {"call": {"properties": {"p": {"first": [{"from": "a", "transform": {"truncate": 3}}, {"value": "x"}]}}}},
    {"call": {"properties": {"p": {"from": "a", "transform": ["trim", {"truncate": 3}], "map": {"*": "x"}}}}},
]
BAD = [
    {"version": 2},
    {"colour": "red"},
    {"source": "nobody"},
    {"defaults": {}},
    {"defaults": {"region": "gb"}},
    {"defaults": {"region": "GB", "business_hours": {"from": "9"}}},
    {"own_numbers": [1]},
    {"rules": [{"unknown_caller": "guess"}]},
    {"rules": [{"action": "drop"}]},
    {"caller": {"number": {"from": "a", "write": "always"}}},
    {"contact": {"match": []}},
    {"contact": {"properties": {"p": {}}}},
    {"contact": {"properties": {"p": {"from": "a", "value": 1}}}},
    {"contact": {"properties": {"p": {"from": []}}}},
    {"contact": {"properties": {"p": {"value": [1]}}}},
    {"contact": {"properties": {"p": {"from": "a", "write": "sometimes"}}}},
    {"contact": {"properties": {"p": {"from": "a", "transform": {"a": 1, "b": 2}}}}},
    {"contact": {"properties": {"p": []}}},
    {"contact": {"properties": {"P": {"value": 1}}}},
    {"call": {"properties": {"p": {"first": [{"from": "a", "write": "always"}]}}}},
    {"call": {"transcript": "all"}},
    {"records": [{"name": "A b", "object": "tasks", "properties": {"p": {"value": 1}}}]},
    {"records": [{"name": "a", "object": "tasks", "properties": {}}]},
    {"records": [{**TASK, "associate": ["contacts"]}]},
    {"tables": {"a b": {}}},
]


def is_loaded(folder: Path, document: dict[str, Any]) -> bool:
    path = folder / "m.yaml"
    path.write_text(json.dumps(document))  # JSON is YAML
    try:
        load_mapping(path)
    except MappingFileError:
        return False
    return True


def test_the_schema_is_a_schema():
    Draft202012Validator.check_schema(mapping_json_schema())


def test_the_shipped_mapping_fits_the_schema():
    errors = Draft202012Validator(mapping_json_schema()).iter_errors(read_yaml(SHIPPED).value)
    assert [error.message for error in errors] == []


@pytest.mark.parametrize("change", GOOD)
def test_loader_and_schema_agree_on_what_is_right(tmp_path, change):
    document = {**MINIMAL, **change}
    assert is_loaded(tmp_path, document)
    assert Draft202012Validator(mapping_json_schema()).is_valid(document)


@pytest.mark.parametrize("change", BAD)
def test_loader_and_schema_agree_on_what_is_wrong(tmp_path, change):
    document = {**MINIMAL, **change}
    assert not is_loaded(tmp_path, document)
    assert not Draft202012Validator(mapping_json_schema()).is_valid(document)


def test_the_schema_beside_the_mappings_is_the_one_that_is_generated():
    said = json.loads((ROOT / "mappings" / "mapping.schema.json").read_text())
    assert said == mapping_json_schema(), "connector schema > mappings/mapping.schema.json"


def test_the_reference_is_the_one_that_is_generated():
    said = (ROOT / "docs" / "mapping-reference.md").read_text()
    assert said == reference_markdown(), "python -m connector.mapping.reference > docs/mapping-reference.md"


def test_every_key_and_every_transform_is_described():
    reference = reference_markdown()
    for definition in mapping_json_schema()["$defs"].values():
        for name, node in definition.get("properties", {}).items():
            assert node.get("description"), name
            assert f"| `{name}` |" in reference
    for name in TRANSFORMS:
        assert f"| `{name}` |" in reference
