"""Files that come together or not at all, and a `.env` that is read back as it was meant."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import get_args

import pytest

from connector.cli.stopping import Stopped
from connector.errors import ConnectorError
from connector.mapping.casefile import load_cases
from connector.mapping.compile import compile_mapping
from connector.mapping.load import load_mapping
from connector.model import SourceName
from connector.proof.rehearse import rehearse
from connector.settings import load_settings
from connector.sources.registry import read_record
from connector.start.envfile import env_text
from connector.start.files import NewFile, put
from connector.start.templates import TEMPLATES, mapping_place, template

ENV = Path(".env")
FILES = [NewFile(ENV, b"A=1\n", 0o600), NewFile(Path("mappings/m.yaml"), b"m"), NewFile(Path("mappings/t.yaml"), b"t")]


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def there() -> dict[str, str]:
    return {str(path): path.read_text() for path in sorted(Path().rglob("*")) if path.is_file()}


ALL = {".env": "A=1\n", "mappings/m.yaml": "m", "mappings/t.yaml": "t"}


def test_all_of_them():
    put(FILES, replaces=False)
    assert there() == ALL
    assert ENV.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("name", [".env", "mappings/t.yaml"])
def test_none_is_replaced_unasked(name):
    Path("mappings").mkdir()
    Path(name).write_text("mine")
    with pytest.raises(ConnectorError, match="E132"):
        put(FILES, replaces=False)
    assert there() == {name: "mine"}


def test_a_link_that_leads_nowhere_is_a_file_that_is_there():
    ENV.symlink_to("elsewhere")
    with pytest.raises(ConnectorError, match="E132"):
        put(FILES, replaces=False)


def test_those_that_are_there_are_replaced_when_told():
    ENV.write_text("mine")
    ENV.chmod(0o644)
    put(FILES, replaces=True)
    assert there() == ALL
    assert ENV.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("dies_at", [0, 1, 2, 3])
@pytest.mark.parametrize("before", [{}, {".env": "mine"}], ids=["new", "replacing"])
def test_a_stop_at_any_instant_leaves_everything_as_it_was(monkeypatch, dies_at, before):
    for name, text in before.items():
        Path(name).write_text(text)
    really, count = Path.replace, [0]

    def replace(self: Path, target: Path) -> Path:
        if count[0] == dies_at:
            count[0] += 1
            raise Stopped(2)
        count[0] += 1
        return really(self, target)

    monkeypatch.setattr(Path, "replace", replace)
    if dies_at == 3:
        put(FILES, replaces=True)
        assert there() == ALL
        return
    with pytest.raises(Stopped):
        put(FILES, replaces=True)
    assert there() == before
    assert not Path("mappings").exists()


def test_a_folder_that_refuses():
    Path("mappings").write_text("a file")
    with pytest.raises(ConnectorError, match="E133"):
        put(FILES, replaces=False)
    assert there() == {"mappings": "a file"}


# --- .env


@pytest.mark.parametrize("key", ["krai_plain", "a#b", "sp&ecial;|$x", 'quo"te', "~tilde`tick"])
def test_what_is_written_is_read_back(key):
    ENV.write_text(env_text({"source": "reception_ai", "source_api_key": key, "region": "GB", "since": "7d"}))
    ENV.chmod(0o600)
    loaded = load_settings()
    assert loaded.settings.required_source_api_key() == key
    assert loaded.settings.region == "GB"
    assert loaded.warnings == ()
    # As `set -a; . ./.env` does it, for a scheduled run.
    sourced = subprocess.run(
        ["sh", "-c", '. ./.env; printf %s "$CONNECTOR_SOURCE_API_KEY"'], capture_output=True, text=True, check=False
    )
    assert (sourced.stdout, sourced.stderr) == (key, "")


@pytest.mark.parametrize("key", ["o'clock", "back\\slash", "${HOME}"])
def test_what_no_reader_would_read_back_is_refused_unshown(key):
    with pytest.raises(ConnectorError) as raised:
        env_text({"source_api_key": key})
    assert raised.value.code == "E101"
    assert key not in str(raised.value) + raised.value.fix


# --- templates


EVERY_ONE = [(source, name) for source in get_args(SourceName) for name in TEMPLATES]


@pytest.mark.parametrize(("source", "name"), EVERY_ONE)
def test_each_template_keeps_what_it_promises_where_it_is_copied_to(source, name):
    mapping, tests = mapping_place(source)
    contents = template(source, name)
    put([NewFile(mapping, contents[0]), NewFile(tests, contents[1])], replaces=False)
    compiled = compile_mapping(load_mapping(mapping), source=source)
    cases = load_cases(tests)
    assert len(cases) >= 7
    for case in cases:
        assert rehearse(case, compiled, lambda payload: read_record(source, payload, account=None)) == []


@pytest.mark.parametrize(
    ("source", "fields"),
    [
        ("reception_ai", ("summary", "leadData", "callerName", "recordingUrl")),
        ("kaicalls", ("summary", "lead.name", "lead.email", "lead.notes", "guessed_lead")),
        ("klen", ("summary", "contact.")),
        ("krosai", ("from: transcript",)),
        ("vapi", ("summary", "structuredData.name", "structuredData.email", "structuredData.note", "customer.name")),
    ],
)
def test_regulated_reads_nothing_of_what_was_said(source, fields):
    text = template(source, "regulated")[0].decode()
    said = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("#"))
    assert "crm.contact" not in said, "a name would stand in a title"
    assert "transcript: none" in said
    assert "recording: none" in said
    for field in fields:
        assert field not in said
