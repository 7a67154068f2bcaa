from __future__ import annotations

import sys
from pathlib import Path

import click
import pytest

from connector.cli.stopping import Stopped
from connector.doctor.platform import PlatformSeen
from connector.errors import AccessError
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


ANSWERS = ("krai_secret", "pat-secret", "GB", "", "leads-only", "", "")


def test_the_dialogue(connector, types):
    hidden = types(*ANSWERS)
    ran = connector("init", **LOOKS)
    assert ran.code == 0
    assert hidden == [True, True, False, False, False, False, False], "keys are typed unseen"
    assert "1/7  Reception AI: API key" in ran.err
    assert "✓ HubSpot takes the key: portal 1" in ran.err
    assert "secret" not in ran.out + ran.err
    assert "Leads only" in Path("mappings/reception_ai.yaml").read_text()


def test_a_wrong_answer_is_explained_and_asked_for_again(connector, types):
    types(*ANSWERS[:2], "UK", *ANSWERS[2:5], "1990-01-01", *ANSWERS[5:])
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
