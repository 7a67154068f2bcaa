"""What the vendors answered, replayed: the connector asks exactly what was recorded, and understands the answers.

The cassettes in `tests/cassettes` say in their first line where they come from; `make record` makes new ones.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import vcr

from connector.hubspot.refusals import Kind, read_failure
from connector.model import BadCall, Call, Done, Exists, Gone, Refused
from tests.record.scenes import OURS, SCENES, Scene, _person
from tests.record.stage import Stage, replay_stage, sandbox_stage
from tests.record.tape import FOLDER, Recorded, note_of, recording, replaying

CASSETTES = sorted(FOLDER.rglob("*.yaml"))
BY_PATH = {scene.path: scene for scene in SCENES}


def scene_of(path: Path) -> Scene:
    return BY_PATH["/".join(path.parts[-2:])]


def names(path: Path) -> str:
    return str(path.relative_to(FOLDER))


def replayed(name: str, origin: str = "sandbox") -> Any:
    path = FOLDER / origin / f"{name}.yaml"
    with replaying(path) as cassette:
        result = BY_PATH[f"{name}.yaml"].play(replay_stage())
        assert cassette.play_count == len(cassette), "all that was recorded was asked for"
    return result


def test_every_scene_has_its_cassette_and_every_cassette_its_scene():
    assert {names(path) for path in CASSETTES if path.is_relative_to(FOLDER / "sandbox")} == {
        f"sandbox/{scene.path}" for scene in SCENES
    }


@pytest.mark.parametrize("path", CASSETTES, ids=names)
def test_it_replays_without_a_network(path):
    with replaying(path) as cassette:
        scene_of(path).play(replay_stage())
        assert cassette.play_count == len(cassette)


@pytest.mark.parametrize("path", CASSETTES, ids=names)
def test_it_says_where_it_comes_from_and_is_small(path):
    against = {"sandbox": "recorded against the sandbox on ", "live": "recorded against the live API on "}
    assert note_of(path).startswith(against[path.relative_to(FOLDER).parts[0]])
    assert path.stat().st_size < 96 * 1024


def test_the_page_beside_them_says_it_too():
    page = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert all(note_of(path) in page for path in CASSETTES if path.is_relative_to(FOLDER / "sandbox"))


# --- what is understood: Reception AI ---


def test_profile():
    profile = replayed("reception_ai/profile")
    assert profile.account == "id-0001"
    assert profile.phone_number == "+447700900801"


def test_stats():
    assert replayed("reception_ai/stats")["totalCalls"] == 5


def test_calls_are_read_newest_first():
    calls = replayed("reception_ai/calls")
    assert len(calls) == 5
    assert all(isinstance(call, Call) for call in calls)
    ended = [call.ended_at for call in calls]
    assert ended == sorted(ended, reverse=True)
    assert all(call.ended_at - call.started_at == timedelta(seconds=call.duration_seconds) for call in calls)
    assert len({call.key for call in calls}) == 5


def test_an_early_stop_sees_the_same_calls():
    assert replayed("reception_ai/first_calls") == replayed("reception_ai/calls")[:2]


def test_a_call_by_its_id_is_the_one_of_the_list():
    listed, asked, absent = replayed("reception_ai/one_call")
    assert listed == asked
    assert not isinstance(listed, BadCall)
    assert absent is None


@pytest.mark.parametrize(("name", "code"), [("reception_ai/wrong_key", "E310"), ("hubspot/wrong_token", "E201")])
def test_a_refused_key(name, code):
    assert replayed(name) == [code]


# --- what is understood: HubSpot ---


def test_account_properties_and_owners():
    portal = replayed("hubspot/account")
    assert portal.id.isdecimal()
    assert portal.properties["calls"]["call_connector_key"].unique
    assert portal.properties["contacts"]["call_connector_contact_key"].unique
    assert portal.properties["contacts"]["lifecyclestage"].options[0].value == "subscriber"
    assert portal.owners
    assert all(owner.active and owner.id for owner in portal.owners)


def test_setup_is_listed_then_done_then_has_nothing_left():
    listed, done, again = replayed("hubspot/setup")
    assert {step.action for step in listed.steps} == {"create"}
    assert {step.action for step in done.steps} == {"created"}
    assert {step.action for step in again.steps} == {"exists"}
    assert [step.name for step in done.steps] == [step.name for step in again.steps]


def test_create_once_and_again_and_with_one_refused():
    made, again, mixed = replayed("hubspot/contacts")
    assert [type(each) for each in made] == [Done, Done]
    assert [(type(each), each.record.id) for each in again] == [(Exists, one.id) for one in made]
    assert isinstance(mixed[0], Done)
    assert mixed[1] == Refused("E232", "HubSpot refused email (INVALID_EMAIL)", ("email",))


def test_read_by_key_email_and_id():
    by_key, by_email, by_id = replayed("hubspot/read")
    (record,) = by_key.values()
    assert list(by_email.values()) == list(by_id.values()) == [record]
    assert record.properties == {"firstname": "Ada", "email": "ada.read.r0000000@example.com"}


def test_update():
    changed, taken, refused, gone = replayed("hubspot/update")
    assert isinstance(changed, Done)
    assert isinstance(taken, Exists)
    assert taken.by == "email"
    assert isinstance(refused, Refused)
    assert refused.properties == ("lifecyclestage",)
    assert gone == Gone("999999999999")


def test_an_engagement_is_made_once_and_linked():
    made, again, refused = replayed("hubspot/calls")
    assert isinstance(made, Done)
    assert isinstance(again, Exists)
    assert again.record.id == made.id
    assert [(start, end.id) for start, end in refused] == [(made.id, "999999999999")]


def test_search():
    assert replayed("hubspot/search") == (True, True)


def test_refusals_of_whole_batches_are_told_apart():
    made, taken, unknown, absent = replayed("hubspot/refusals")
    assert made[0] == 201
    assert taken[0] == 409
    assert read_failure(taken[1], taken[0]).kind is Kind.TAKEN
    assert read_failure(taken[1], taken[0]).existing_id == "100002"
    assert unknown[0] == 400
    assert read_failure(unknown[1]).properties == ("no_such_property",)
    assert absent[0] == 404


# --- a replay is worth something only if it notices ---


def test_a_changed_request_is_noticed(monkeypatch):
    """As if the connector sent one property more than when it was recorded."""
    scene = BY_PATH["hubspot/contacts.yaml"]
    monkeypatch.setattr("tests.record.scenes._person", _with_a_company)
    with (
        replaying(FOLDER / "sandbox" / scene.path),
        pytest.raises(vcr.errors.CannotOverwriteExistingCassetteException, match="body differs"),
    ):
        scene.play(replay_stage())


def _with_a_company(stage: Stage, scene: str, name: str, **changes: str) -> Any:
    return _person(stage, scene, name, **{**changes, "company": "Fern"})


def test_another_address_is_noticed():
    stage = replay_stage()
    elsewhere = Stage(clock=stage.clock, keys=stage._keys, hubspot_url="https://api.example.com", tag=stage.tag)
    scene = BY_PATH["hubspot/account.yaml"]
    with (
        replaying(FOLDER / "sandbox" / scene.path),
        pytest.raises(vcr.errors.CannotOverwriteExistingCassetteException),
    ):
        scene.play(elsewhere)


def test_recording_again_gives_the_same_bytes(tmp_path):
    """So that a difference between two recordings is a difference of the vendor's, or of ours."""
    first, second = (_record_all(tmp_path / name) for name in ("first", "second"))
    assert first == second


def _record_all(folder: Path) -> dict[str, bytes]:
    with sandbox_stage() as stage:
        for scene in SCENES:
            path = folder / scene.path
            with recording(
                path, recorded=Recorded("the sandbox", "2026-01-01"), places=stage.places, ours=OURS, tag=stage.tag
            ):
                scene.play(stage)
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*.yaml"))}
