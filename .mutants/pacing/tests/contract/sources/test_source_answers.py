"""What every source makes of refusals, limits, failures and answers that lead elsewhere."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from connector.errors import AccessError, ConnectorError, FatalError, TransientError
from connector.model import BadCall
from connector.ports import Source
from tests.contract.platforms.stage import SINCE, always, an_answer, answering, calls_of

WRONG_KEY = "invented_wrong_0123"
ASKS: dict[str, Callable[[Source], object]] = {
    "calls": lambda source: next(source.calls(since=SINCE)),
    "call": lambda source: source.call("call_1"),
    "profile": lambda source: source.profile(),
}
every_ask = pytest.mark.parametrize("ask", ASKS.values(), ids=ASKS)


@every_ask
def test_a_wrong_key(platform, ask):
    with pytest.raises(AccessError) as failure:
        ask(platform.source(api_key=WRONG_KEY))
    assert WRONG_KEY not in f"{failure.value} {failure.value.where} {failure.value.fix}"


@every_ask
@pytest.mark.parametrize("status", [401, 403])
def test_a_refusal_is_asked_once_and_shows_no_key(platform, ask, status):
    platform.wire.between = always(status, {"error": f"no {platform.api_key}"})
    source = platform.source()
    with pytest.raises(AccessError) as failure:
        ask(source)
    assert platform.wire.requests == source.requests == 1
    assert platform.api_key not in f"{failure.value} {failure.value.where} {failure.value.fix}"


@pytest.mark.parametrize("key", ["", "  ", "two words", "schlüssel", "a\nb"])
def test_what_cannot_be_a_key_is_never_sent(platform, key):
    with pytest.raises(AccessError):
        platform.source(api_key=key)
    assert platform.wire.requests == 0


def test_an_address_that_is_not_there(platform):
    platform.wire.between = always(404, {"message": "Not found"})
    source = platform.source()
    with pytest.raises(FatalError):
        next(source.calls(since=SINCE))
    assert source.call("call_1") is None
    with pytest.raises(FatalError):
        source.profile()


@every_ask
@pytest.mark.parametrize("status", [400, 402, 418])
def test_any_other_refusal_is_final(platform, ask, status):
    platform.wire.between = always(status, {"message": "no"})
    with pytest.raises(FatalError):
        ask(platform.source())


@every_ask
@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_platform_that_is_down_or_busy_is_asked_again_and_then_left(platform, ask, status):
    platform.wire.between = always(status, {"message": "later"})
    source = platform.source()
    with pytest.raises(TransientError) as failure:
        ask(source)
    assert isinstance(failure.value, ConnectorError)
    assert platform.wire.requests == source.requests > 1


@pytest.mark.parametrize("status", [429, 500, 502, 503])
def test_a_short_trouble_costs_nothing(platform, status):
    before = calls_of(platform.source())
    platform.wire.between = answering(an_answer(status, {"message": "later"}))
    assert calls_of(platform.source()) == before


@pytest.mark.parametrize(
    ("retry_after", "seconds"),
    [("7", 7.0), ("1.5", 1.5), ("Wed, 22 Apr 2026 12:00:20 GMT", 19.0), ("soon", 0.0), ("-3", 0.0), ("", 0.0)],
)
def test_the_wait_that_the_platform_names_is_kept(platform, retry_after, seconds):
    platform.wire.between = answering(an_answer(429, {"error": "slow down"}, retry_after=retry_after))
    before = platform.clock.monotonic()
    assert next(platform.source().calls(since=SINCE))
    assert seconds <= platform.clock.monotonic() - before < seconds + 60


@every_ask
def test_the_key_follows_no_redirect(platform, ask):
    platform.wire.between = always(302, {}, location="https://elsewhere.example.org/calls")
    with pytest.raises(ConnectorError):
        ask(platform.source())
    assert len(platform.wire.hosts) == 1


@pytest.mark.parametrize("body", [b"", b"[]", b"null", b"{}", b"<html>", b'{"id":"another"}', b'{"id":'])
def test_what_is_no_call_is_never_taken_for_one(platform, body):
    platform.wire.between = always(200, body)
    code, found = "", None
    try:
        found = platform.source().call("call_1")
    except ConnectorError as error:
        code = error.code
    assert code.startswith("E3") or isinstance(found, BadCall)
