from __future__ import annotations

import sys
from pathlib import Path

import click
import pytest

from connector.cli.stopping import Stopped
from connector.doctor.platform import PlatformSeen
from connector.errors import AccessError, InputError
from connector.hubspot.examination import Vitals
from connector.ledger.place import Place
from connector.model import SourceProfile

SEEN = PlatformSeen(profile=SourceProfile(name="Finch"), account="org")
VITALS = Vitals(portal_id="1", time_zone="Europe/London")
PLACE = Place(path=Path("/x/connector.db"), is_there=False, free_bytes=10**12)
LOOKS = {"look_at_platform": SEEN, "look_at_portal": VITALS, "look_at_ledger": PLACE}
KEYS = {"CONNECTOR_SOURCE_API_KEY": "krai_secret", "CONNECTOR_HUBSPOT_TOKEN": "pat-secret"}
UNASKED = ["init", "--non-interactive", "--region", "GB", "--template", "regulated"]
WRITTEN = [".env", "mappings/reception_ai.yaml", "mappings/reception_ai.test.yaml"]


@pytest.fixture
def keys(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in KEYS.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def types(monkeypatch: pytest.MonkeyPatch):
    """`types("answer", …)`: a person at a terminal; an exception is raised where it stands."""

    def typed(*answers: str | BaseException) -> list[bool]:
        left, hidden = list(answers), []

        def prompt(text: str, *, hide_input: bool, **_: object) -> str:
            hidden.append(hide_input)
            answer = left.pop(0)
            if isinstance(answer, BaseException):
                raise answer
            return answer

        monkeypatch.setattr(click, "prompt", prompt)
        monkeypatch.setattr(sys, "stdin", type("Terminal", (), {"isatty": lambda self: True})())
        return hidden

    return typed


def test_without_questions(connector, keys):
    ran = connector(*UNASKED, **LOOKS)
    assert ran.code == 0
    assert ran.out.splitlines()[:3] == [
        "wrote .env (readable by you alone)",
        "wrote mappings/reception_ai.yaml",
        "wrote mappings/reception_ai.test.yaml",
    ]
    assert "secret" not in ran.out + ran.err
    lines = Path(".env").read_text().splitlines()
    assert "CONNECTOR_REGION=GB" in lines
    assert "CONNECTOR_TIMEZONE=Europe/London" in lines
    assert Path(".env").stat().st_mode & 0o777 == 0o600
    assert "Regulated" in Path("mappings/reception_ai.yaml").read_text()


def test_a_database_that_is_not_prepared_yet_can_be_named(connector, keys):
    unprepared = InputError("E519", "the database holds no ledger yet", where="postgresql://db/ledger")
    assert connector(*UNASKED, **{**LOOKS, "look_at_ledger": unprepared}).code == 0
    refused = InputError("E518", "wrong password", where="postgresql://db/ledger")
    assert connector(*UNASKED, "--force", **{**LOOKS, "look_at_ledger": refused}).code == 2


def test_as_json(connector, keys):
    assert connector(*UNASKED, "--json", **LOOKS).json == {
        "written": WRITTEN,
        "next": ["connector doctor", "connector setup", "connector plan", "connector sync"],
    }


def test_an_option_wins_over_the_environment(connector, keys, monkeypatch):
    monkeypatch.setenv("CONNECTOR_REGION", "US")
    assert connector(*UNASKED, **LOOKS).code == 0
    assert "CONNECTOR_REGION=GB" in Path(".env").read_text()


def test_what_is_missing_is_named(connector):
    ran = connector("init", "--non-interactive", "--json", **LOOKS)
    assert (ran.code, ran.json["error"]["code"]) == (2, "E134")
    assert not Path(".env").exists()


def test_a_refused_key_is_told_and_nothing_is_written(connector, keys):
    ran = connector(*UNASKED, "--json", **{**LOOKS, "look_at_portal": AccessError("E201", "HubSpot answered 401")})
    assert (ran.code, ran.json["error"]["code"]) == (3, "E201")
    assert not list(Path().iterdir())


@pytest.mark.parametrize("name", WRITTEN)
def test_what_is_there_is_not_replaced(connector, keys, name):
    Path("mappings").mkdir()
    Path(name).write_text("mine")
    ran = connector(*UNASKED, "--json", **LOOKS)
    assert (ran.code, ran.json["error"]["code"]) == (2, "E132")
    assert ran.app.asked == [], "said before anything is tried"
    assert Path(name).read_text() == "mine"
    assert connector(*UNASKED, "--force", **LOOKS).code == 0
    assert Path(name).read_text() != "mine"


def test_a_mapping_that_is_there_stays_when_no_template_is_asked_for(connector, keys):
    Path("mappings").mkdir()
    Path("mappings/reception_ai.yaml").write_text("mine")
    ran = connector("init", "--non-interactive", "--region", "GB", **LOOKS)
    assert ran.code == 0
    assert "stays as it is" in ran.err
    assert Path("mappings/reception_ai.yaml").read_text() == "mine"


def test_no_terminal(connector, monkeypatch):
    monkeypatch.setattr(sys, "stdin", type("Pipe", (), {"isatty": lambda self: False})())
    ran = connector("init", "--json", **LOOKS)
    assert (ran.code, ran.json["error"]["code"]) == (2, "E136")


ANSWERS = ("", "krai_secret", "pat-secret", "GB", "", "leads-only", "", "")


def test_the_dialogue(connector, types):
    hidden = types(*ANSWERS)
    ran = connector("init", **LOOKS)
    assert ran.code == 0
    assert hidden == [False, True, True, False, False, False, False, False], "keys are typed unseen"
    assert "1/8  Voice platform" in ran.err
    assert "2/8  Reception AI: API key" in ran.err
    assert "✓ HubSpot takes the key: portal 1" in ran.err
    assert "secret" not in ran.out + ran.err
    assert "Leads only" in Path("mappings/reception_ai.yaml").read_text()


@pytest.mark.parametrize(
    ("source", "title"), [("kaicalls", "KaiCalls"), ("klen", "Klen AI"), ("krosai", "KrosAI"), ("vapi", "Vapi")]
)
def test_every_platform_is_set_up(connector, types, source, title):
    types(source, *ANSWERS[1:])
    ran = connector("init", **LOOKS)
    assert ran.code == 0
    assert f"2/8  {title}: API key" in ran.err
    assert Path(".env").read_text().splitlines()[1:3] == [
        f"CONNECTOR_SOURCE={source}",
        "CONNECTOR_SOURCE_API_KEY=krai_secret",
    ]
    mapping = Path(f"mappings/{source}.yaml").read_text()
    assert f"source: {source}" in mapping
    assert "Leads only" in mapping
    assert Path(f"mappings/{source}.test.yaml").exists()
    assert ran.app.settings.source == source, "each answer is tried on that platform"


def test_a_platform_and_an_account_are_given_without_questions(connector, keys, monkeypatch):
    monkeypatch.setenv("CONNECTOR_SOURCE_ACCOUNT", "org_1")
    assert connector(*UNASKED, "--source", "krosai", **LOOKS).code == 0
    lines = Path(".env").read_text().splitlines()
    assert {"CONNECTOR_SOURCE=krosai", "CONNECTOR_SOURCE_ACCOUNT=org_1"} <= set(lines)
    ran = connector(*UNASKED, "--source", "vappi", "--force", "--json", **LOOKS)
    assert (ran.code, ran.json["error"]["code"]) == (2, "E101")


def test_a_mapping_of_the_chosen_platform_stays_and_is_not_asked_about(connector, types):
    Path("mappings").mkdir()
    Path("mappings/klen.yaml").write_text("mine")
    types("klen", *ANSWERS[1:5], *ANSWERS[6:])
    ran = connector("init", **LOOKS)
    assert ran.code == 0
    assert "2/7  Klen AI: API key" in ran.err
    assert Path("mappings/klen.yaml").read_text() == "mine"


def test_a_wrong_answer_is_explained_and_asked_for_again(connector, types):
    types(*ANSWERS[:3], "UK", *ANSWERS[3:6], "1990-01-01", *ANSWERS[6:])
    ran = connector("init", **LOOKS)
    assert ran.code == 0
    assert "✗ E101 Country of your callers must be" in ran.err
    assert "✗ E105 CONNECTOR_SINCE lies before the year 2000" in ran.err


@pytest.mark.parametrize("at", range(len(ANSWERS)))
@pytest.mark.parametrize(
    ("end", "code", "said"),
    [
        pytest.param(Stopped(2), 130, "E112 stopped by Ctrl-C: nothing was written", id="Ctrl-C"),
        pytest.param(Stopped(15), 143, "E112 stopped by SIGTERM: nothing was written", id="SIGTERM"),
        pytest.param(click.Abort(), 2, "E135", id="Ctrl-D"),
    ],
)
def test_an_end_at_any_question_writes_nothing(connector, types, at, end, code, said):
    types(*ANSWERS[:at], end)
    ran = connector("init", **LOOKS)
    assert ran.code == code
    assert said in ran.err
    assert not list(Path().iterdir())
