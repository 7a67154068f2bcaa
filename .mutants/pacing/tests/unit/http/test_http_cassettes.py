"""A canary: an exchange through our transport can be recorded with vcrpy and replayed without a network."""

from __future__ import annotations

import gzip
import json

import pytest
import vcr

from connector.clock import SystemClock
from tests.stubs.server import answers, serving
from tests.stubs.web import an_http

BODY = json.dumps({"results": [{"id": "1"}]}).encode()


@pytest.mark.parametrize("encoding", ["", "gzip"])
def test_recorded_and_replayed(tmp_path, encoding):
    tape = vcr.VCR(cassette_library_dir=str(tmp_path), filter_headers=["authorization"])
    headers = {"Content-Encoding": encoding} if encoding else {}
    with serving(answers(200, gzip.compress(BODY) if encoding else BODY, headers)) as server:
        address = f"{server.url}/crm/v3/objects/contacts"
        with tape.use_cassette("one.yaml", record_mode="once"):
            assert _ask(address) == BODY
    with tape.use_cassette("one.yaml", record_mode="none") as cassette:
        assert _ask(address) == BODY
        assert cassette.play_count == 1
    assert "pat-secret" not in (tmp_path / "one.yaml").read_text()


def test_what_was_not_recorded_is_not_asked(tmp_path):
    tape = vcr.VCR(cassette_library_dir=str(tmp_path))
    with (
        serving(answers(200, BODY)) as server,
        tape.use_cassette("none.yaml", record_mode="none"),
        pytest.raises(vcr.errors.CannotOverwriteExistingCassetteException),
    ):
        _ask(server.url)
    assert server.requests == []


def _ask(address):
    http = an_http(SystemClock(), attempts_max=1)
    try:
        return http.ask("GET", address, headers={"Authorization": "Bearer pat-secret"}, repeatable=True).body
    finally:
        http.close()
