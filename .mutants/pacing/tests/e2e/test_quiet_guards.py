"""Guards that do their work without a word: what goes wrong without them shows itself only later."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from connector.errors import InputError
from tests.stubs.phone_line import edit_mapping, entry, ring, sync
from tests.stubs.world import MAPPINGS, World


def test_a_change_after_an_edit_of_the_mapping_is_noticed(world: World, tmp_path: Path) -> None:
    """Fingerprints of two mappings say nothing of each other: the quiet run in between has to take a new one."""
    ring(world)
    sync(world)
    edit_mapping(world, tmp_path, lambda text: text.replace("New enquiry", "Fresh enquiry"))
    before = entry(world)
    assert sync(world).requests.hubspot == 0
    after = entry(world)
    assert after.fingerprint != before.fingerprint
    # Who wrote the call is another matter: `backfill --remap` still has it to do.
    assert after.mapping_version == before.mapping_version
    ring(world, summary="Two quotes.")
    assert sync(world).calls.updated == 1


class Tidy(httpx.BaseTransport):
    """A HubSpot that keeps rich text in its own way, and returns it so."""

    def __init__(self, inner: httpx.BaseTransport) -> None:
        self._inner = inner

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        content = request.read().replace(b"<p>", b"<p dir=auto>")
        headers = {**request.headers, "content-length": str(len(content))}
        return self._inner.handle_request(
            httpx.Request(request.method, request.url, headers=headers, content=content, extensions=request.extensions)
        )


def test_a_value_that_hubspot_keeps_in_its_own_way_is_not_taken_for_a_persons_edit(world: World) -> None:
    world.between = Tidy
    ring(world)
    sync(world)
    for text in ("Two quotes.", "Three quotes."):
        ring(world, summary=text)
        assert sync(world).calls.updated == 1
        [call] = world.sandbox.hubspot.records("calls")
        assert call.properties["hs_call_body"] == f"<p dir=auto>{text}</p>"


class TestAMappingWhoseOwnTestsFail:
    @pytest.fixture
    def broken(self, world: World, tmp_path: Path) -> World:
        ring(world)
        edit_mapping(world, tmp_path, lambda text: text.replace("New enquiry", "Something else"))
        tests = (MAPPINGS / "reception_ai.test.yaml").read_text()
        world.mapping.with_name(f"{world.mapping.stem}.test.yaml").write_text(tests)
        world.wait(minutes=10)
        return world

    def test_carries_nothing(self, broken: World) -> None:
        with pytest.raises(InputError) as raised:
            broken.sync()
        assert raised.value.code == "E451"
        for verb in ("backfill", "plan"):
            with broken.app() as app, pytest.raises(InputError) as raised:
                getattr(app, verb)(since=broken.clock.now().replace(hour=0))
            assert raised.value.code == "E451"
        assert broken.sandbox.hubspot.records("calls") == []

    def test_retries_nothing(self, broken: World) -> None:
        with broken.app() as app:
            app.sync(force=True)
        with broken.app() as app, pytest.raises(InputError) as raised:
            app.calls_retry(["c1"])
        assert raised.value.code == "E451"

    def test_carries_when_the_user_insists(self, broken: World) -> None:
        with broken.app() as app:
            assert app.sync(force=True).calls.created == 1

    def test_is_tried_again_each_time_until_it_passes(self, broken: World) -> None:
        for _ in range(2):
            with pytest.raises(InputError):
                broken.sync()
        broken.mapping.with_name(f"{broken.mapping.stem}.test.yaml").unlink()
        assert broken.sync().calls.created == 1
