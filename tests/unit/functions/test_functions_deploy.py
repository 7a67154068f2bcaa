"""What deploy/functions holds fits the code: handlers, settings and times."""

from __future__ import annotations

import ast
import importlib
from pathlib import Path
from typing import Any

import pytest
import yaml

from connector.functions.shared import RESERVE_SECONDS
from connector.settings import PREFIX, Settings
from connector.web.answering import ADDRESS

DEPLOY = Path(__file__).resolve().parents[3] / "deploy" / "functions"


@pytest.fixture(scope="module")
def template() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((DEPLOY / "template.yaml").read_text())
    return loaded


def functions(template: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {name: each["Properties"] for name, each in template["Resources"].items()}


def test_handlers_are_there(template: dict[str, Any]) -> None:
    for name, properties in functions(template).items():
        module, _, handler = properties["Handler"].rpartition(".")
        assert callable(getattr(importlib.import_module(module), handler)), name


def test_a_run_has_time_and_an_answer_is_in_time(template: dict[str, Any]) -> None:
    found = functions(template)
    assert found["Sync"]["Timeout"] > 2 * RESERVE_SECONDS
    assert found["Webhook"]["Timeout"] <= 10
    assert found["Sync"]["ReservedConcurrentExecutions"] == 1


def test_variables_are_settings(template: dict[str, Any]) -> None:
    variables = template["Globals"]["Function"]["Environment"]["Variables"]
    assert {name.removeprefix(PREFIX).lower() for name in variables} <= Settings.model_fields.keys()
    assert "CONNECTOR_LEDGER_URL" in variables


def test_addresses_are_those_of_deliveries(template: dict[str, Any]) -> None:
    assert template["Outputs"]["Deliveries"]["Value"]["Fn::Sub"].endswith(ADDRESS.lstrip("/"))
    assert f'"{ADDRESS.lstrip("/")}/{{*secret}}"' in (DEPLOY / "function_app.py").read_text()


@pytest.mark.parametrize(("file", "module"), [("main.py", "gcp"), ("function_app.py", "azure")])
def test_scripts_call_what_is_there(file: str, module: str) -> None:
    tree = ast.parse((DEPLOY / file).read_text())
    handlers = importlib.import_module(f"connector.functions.{module}")
    imported = [name.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for name in node.names]
    called = [node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute) and node.attr in dir(handlers)]
    assert {"webhook", "sync"} <= {*imported, *called}
    assert all(callable(getattr(handlers, name)) for name in ("webhook", "sync"))
