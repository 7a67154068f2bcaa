"""When `make record` refuses to begin."""

from __future__ import annotations

import pytest

from connector.sandbox.site import HUBSPOT_TOKEN, SOURCE_API_KEY
from tests.record.__main__ import VARIABLES, NotToBeRecordedError, keys_of, main, require_portal
from tests.record.stage import sandbox_stage

REAL = {"CONNECTOR_SOURCE_API_KEY": "krai_x", "CONNECTOR_HUBSPOT_TOKEN": "pat-x", "RECORD_PORTAL": "1"}


@pytest.mark.parametrize("name", VARIABLES)
@pytest.mark.parametrize("value", [None, "", " "])
def test_without_a_variable(name, value, capsys):
    environment = {key: each for key, each in REAL.items() if key != name} | ({} if value is None else {name: value})
    assert main([], environment) == 2
    err = capsys.readouterr().err
    assert f"{name}: {VARIABLES[name]}" in err
    assert "krai_x" not in err


@pytest.mark.parametrize(
    "changes",
    [
        {"CONNECTOR_HUBSPOT_BASE_URL": "http://127.0.0.1:8674"},
        {"CONNECTOR_SOURCE_BASE_URL": "http://127.0.0.1:8674/reception_ai"},
        {"CONNECTOR_HUBSPOT_TOKEN": HUBSPOT_TOKEN},
        {"CONNECTOR_SOURCE_API_KEY": SOURCE_API_KEY},
    ],
    ids=["HubSpot's address", "the platform's address", "the sandbox's token", "the sandbox's key"],
)
def test_the_sandbox_is_not_recorded_unasked(changes, capsys):
    assert main([], {**REAL, **changes}) == 2
    assert "make record-sandbox" in capsys.readouterr().err


def test_with_everything_there():
    keys = keys_of({**REAL, "CONNECTOR_HUBSPOT_TOKEN": " pat-x\n"})
    assert (keys.hubspot_token, keys.source_api_key) == ("pat-x", "krai_x")


def test_another_portal_than_the_one_named_is_not_written_to():
    with sandbox_stage() as stage:
        with stage.crm() as crm:
            portal_id = crm.portal_id()
        require_portal(stage, f" {portal_id} ")
        with pytest.raises(NotToBeRecordedError, match="RECORD_PORTAL"):
            require_portal(stage, "1")


def test_an_option_that_is_none(capsys):
    assert main(["--live"], {}) == 2
    assert "usage" in capsys.readouterr().err
