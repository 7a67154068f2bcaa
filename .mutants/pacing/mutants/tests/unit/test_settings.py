from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr

from connector.codes import CODES
from connector.errors import InputError
from connector.settings import Settings, load_settings

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
TOKEN = "pat-na1-00000000-0000-0000-0000-000000000000"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_defaults():
    settings = load_settings().settings
    assert settings.model_dump() == {
        "source": "reception_ai",
        "source_api_key": None,
        "source_base_url": None,
        "source_account": None,
        "since": timedelta(days=7),
        "hubspot_token": None,
        "hubspot_base_url": "https://api.hubapi.com",
        "hubspot_api_version": "v3",
        "ledger_url": "sqlite:///connector.db",
        "mapping": None,
        "region": None,
        "timezone": None,
        "concurrency": 8,
        "quota_share": 0.9,
        "overlap": timedelta(hours=24),
        "ledger_secret": None,
        "webhook_secret": None,
        "log_format": "auto",
    }


@pytest.mark.parametrize(
    ("variable", "text", "expected"),
    [
        ("SOURCE_API_KEY", " krai_1 \n", SecretStr("krai_1")),
        ("SOURCE_BASE_URL", "http://127.0.0.1:8080/reception_ai/", "http://127.0.0.1:8080/reception_ai"),
        ("SOURCE_ACCOUNT", "org_1", "org_1"),
        ("SINCE", "30d", timedelta(days=30)),
        ("SINCE", "2026-03-01T00:00Z", datetime(2026, 3, 1, tzinfo=UTC)),
        ("HUBSPOT_TOKEN", TOKEN, SecretStr(TOKEN)),
        ("HUBSPOT_API_VERSION", "2026-09", "2026-09"),
        ("LEDGER_URL", "sqlite:////var/lib/connector/calls.db", "sqlite:////var/lib/connector/calls.db"),
        ("MAPPING", "m.yaml", Path("m.yaml")),
        ("REGION", "GB", "GB"),
        ("TIMEZONE", "Europe/London", "Europe/London"),
        ("CONCURRENCY", "16", 16),
        ("QUOTA_SHARE", "0.5", 0.5),
        ("OVERLAP", "6h", timedelta(hours=6)),
        ("LOG_FORMAT", "json", "json"),
        ("SOURCE_API_KEY", "", None),
    ],
)
@pytest.mark.parametrize("place", ["environment", ".env"])
def test_reads(monkeypatch, variable, text, expected, place):
    if place == "environment":
        monkeypatch.setenv(f"CONNECTOR_{variable}", text)
    else:
        Path(".env").write_text(f"CONNECTOR_{variable}={text}")
    assert getattr(load_settings().settings, variable.lower()) == expected


WRONG = [
    ("SOURCE", "kai_calls"),
    ("SOURCE_API_KEY", "two words"),
    ("SOURCE_API_KEY", "smart’quote"),
    ("SOURCE_BASE_URL", "voiceapi.example.com"),
    ("SOURCE_BASE_URL", "http://voiceapi.example.com"),
    ("SOURCE_BASE_URL", "https://user:pass@voiceapi.example.com"),
    ("SOURCE_BASE_URL", "https://voiceapi.example.com?key=1"),
    ("SOURCE_BASE_URL", "https://voiceapi.example.com:port"),
    ("SOURCE_BASE_URL", "file:///etc/passwd"),
    ("SINCE", "last week"),
    ("HUBSPOT_API_VERSION", "v4"),
    ("HUBSPOT_API_VERSION", "2026-13"),
    ("REGION", "UK of GB"),
    ("REGION", "UK"),
    ("REGION", "XX"),
    ("REGION", "gb"),
    ("TIMEZONE", "Europe/Atlantis"),
    ("TIMEZONE", "../../etc/passwd"),
    ("CONCURRENCY", "0"),
    ("CONCURRENCY", "many"),
    ("QUOTA_SHARE", "1.5"),
    ("QUOTA_SHARE", "nan"),
    ("QUOTA_SHARE", "0.0000"),
    ("OVERLAP", "24hours"),
    ("LEDGER_SECRET", "brief"),
    ("LOG_FORMAT", "xml"),
]


@pytest.mark.parametrize(("variable", "text"), WRONG)
def test_a_wrong_value_is_named_and_never_repeated(monkeypatch, variable, text):
    monkeypatch.setenv(f"CONNECTOR_{variable}", text)
    with pytest.raises(InputError) as caught:
        load_settings()
    error = caught.value
    said = f"{error} {error.where} {error.fix} {error.__cause__!r} {error.__context__!r}"
    assert error.code == "E101"
    assert error.message.startswith(f"CONNECTOR_{variable} must be ")
    assert error.where == f"CONNECTOR_{variable} in the environment"
    assert text == "0" or text not in said


def test_the_line_of_the_env_file_is_named():
    Path(".env").write_text("# ours\nexport CONNECTOR_SINCE=soon\nCONNECTOR_CONCURRENCY=x\n")
    with pytest.raises(InputError) as caught:
        load_settings()
    assert caught.value.where == ".env:2, .env:3"
    assert "CONNECTOR_SINCE must be" in caught.value.message
    assert "CONNECTOR_CONCURRENCY must be" in caught.value.message


def test_the_environment_wins_over_the_env_file(monkeypatch):
    Path(".env").write_text("CONNECTOR_CONCURRENCY=3\n")
    monkeypatch.setenv("CONNECTOR_CONCURRENCY", "4")
    assert load_settings().settings.concurrency == 4


def test_an_env_file_may_start_with_a_byte_order_mark_and_end_lines_as_windows_does():
    Path(".env").write_bytes(b"\xef\xbb\xbfCONNECTOR_REGION=GB\r\nCONNECTOR_SINCE=3d\r\n")
    loaded = load_settings()
    assert (loaded.settings.region, loaded.settings.since) == ("GB", timedelta(days=3))
    assert loaded.warnings == ()


@pytest.mark.parametrize(
    "content",
    [pytest.param(b"\xff\xfe\x00C", id="not UTF-8"), pytest.param(b"#" * 300_000, id="too large")],
)
def test_an_env_file_that_is_no_text(content):
    Path(".env").write_bytes(content)
    with pytest.raises(InputError) as caught:
        load_settings()
    assert (caught.value.code, caught.value.where) == ("E106", ".env")


@pytest.mark.parametrize("target", ["/dev/zero", "."])
def test_an_env_file_that_is_no_file_is_not_read(target):
    Path(".env").symlink_to(target)
    assert load_settings().settings.source == "reception_ai"


@pytest.mark.parametrize(
    ("name", "fix"),
    [
        ("CONNECTOR_HUBSPOT_TOKN", "Did you mean CONNECTOR_HUBSPOT_TOKEN?"),
        ("CONNECTOR_COLOUR", "Remove it, or look its name up in the documentation."),
        ("CONNECTOR_CONNECTIONS", "Remove it, or look its name up in the documentation."),
    ],
)
def test_an_unknown_variable_is_a_warning_with_the_nearest_name(monkeypatch, name, fix):
    monkeypatch.setenv(name, "x")
    (warning,) = load_settings().warnings
    assert (warning.code, warning.where, warning.fix) == ("W101", f"{name} in the environment", fix)


def test_an_unknown_variable_in_the_env_file_is_told_with_its_line():
    Path(".env").write_text("OTHER=1\nCONNECTOR_SINSE=1d\n")
    (warning,) = load_settings().warnings
    assert (warning.code, warning.where) == ("W101", ".env:2")


@pytest.mark.skipif(os.name != "posix", reason="modes of files are POSIX's")
@pytest.mark.parametrize(("mode", "codes"), [(0o600, []), (0o644, ["W102"]), (0o640, ["W102"])])
def test_a_key_that_others_can_read_is_a_warning(mode, codes):
    Path(".env").write_text(f"CONNECTOR_HUBSPOT_TOKEN={TOKEN}\n")
    Path(".env").chmod(mode)
    assert [warning.code for warning in load_settings().warnings] == codes


@pytest.mark.parametrize(
    ("method", "variable"),
    [("required_source_api_key", "CONNECTOR_SOURCE_API_KEY"), ("required_hubspot_token", "CONNECTOR_HUBSPOT_TOKEN")],
)
def test_a_missing_key_is_told_when_it_is_needed(method, variable):
    with pytest.raises(InputError) as caught:
        getattr(Settings(), method)()
    assert (caught.value.code, caught.value.where) == ("E102", variable)


def test_secrets_stay_out_of_sight():
    settings = Settings(hubspot_token=SecretStr(TOKEN))
    assert TOKEN not in repr(settings) + str(settings) + settings.model_dump_json()
    assert settings.required_hubspot_token() == TOKEN


@pytest.mark.parametrize(
    ("since", "expected"),
    [
        pytest.param(timedelta(days=7), "2026-11-13T12:00:00+00:00", id="an age"),
        pytest.param(datetime(2026, 7, 1), "2026-06-30T23:00:00+00:00", id="a date there"),  # noqa: DTZ001
    ],
)
def test_starts_at(since, expected):
    assert Settings(since=since, timezone="Europe/London").starts_at(NOW).isoformat() == expected


def test_the_mapping_is_looked_up_here_then_in_the_package():
    settings = Settings()
    assert settings.mapping_path().is_absolute()
    assert settings.mapping_path().is_file()
    Path("mappings").mkdir()
    Path("mappings/reception_ai.yaml").touch()
    assert settings.mapping_path() == Path("mappings/reception_ai.yaml")


def test_a_mapping_that_was_named_must_be_there():
    with pytest.raises(InputError) as caught:
        Settings(mapping=Path("mine.yaml")).mapping_path()
    assert caught.value.where == "mine.yaml"


def test_every_setting_says_what_it_expects():
    assert all(field.description for field in Settings.model_fields.values())
    assert {"E101", "E102", "E105", "E106", "W101", "W102"} <= CODES.keys()
