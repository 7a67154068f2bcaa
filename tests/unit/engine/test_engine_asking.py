"""Asking a platform for calls by their ids: what it says of the others, and whether it is still the same account."""

from __future__ import annotations

import pytest

from connector.engine.asking import TROUBLES_MAX, Asking
from connector.errors import AccessError, ConnectorError, TransientError
from connector.model import BadCall, OngoingCall
from tests.stubs.desk import NOW, Listed, a_call

EMPTY = "the platform lists no call at all and does not know one that it gave before"
STRANGER = "the key opens another account than the one this connection was first run with"
CALL = a_call(5, "c1")


def asking(source: Listed, *, account: str | None = "org") -> Asking:
    return Asking(source, now=NOW, account=lambda: account)


@pytest.mark.parametrize(
    ("answer", "gives"),
    [
        pytest.param(CALL, True, id="a call"),
        pytest.param(OngoingCall(key=CALL.key, started_at=NOW), True, id="one that goes on"),
        pytest.param(BadCall(key=CALL.key, code="E322", message="no time"), False, id="an unreadable one"),
    ],
)
def test_what_was_given_shows_a_platform_that_has_calls_and_gives_them(answer, gives):
    source = Listed()
    source.by_id["c1"] = answer
    asked = asking(source)
    assert (asked.gives, asked.has_shown) == (False, False)
    assert asked.plainly("c1") == answer
    assert asked.plainly("gone") is None
    assert (asked.gives, asked.has_shown, source.readings) == (gives, True, 0)


def test_what_cannot_be_believed_is_set_aside():
    source = Listed()
    source.by_id["c1"] = a_call(-60 * 24 * 9, "c1")
    found = asking(source).plainly("c1")
    assert isinstance(found, BadCall)
    assert found.code == "E324"


def test_that_a_call_is_gone_is_believed_of_a_platform_that_lists_another():
    source = Listed(a_call(1), a_call(2))
    asked = asking(source)
    assert (asked.plainly("gone"), asked.plainly("gone too")) == (None, None)
    assert (source.readings, source.drawn) == (1, 1)


@pytest.mark.parametrize(
    ("named", "known", "kind", "code", "message"),
    [
        pytest.param("another", "org", AccessError, "E120", STRANGER, id="another one"),
        pytest.param("org", "org", TransientError, "E334", EMPTY, id="the same, emptied"),
        pytest.param(None, "org", TransientError, "E334", EMPTY, id="nobody says whose key it is"),
        pytest.param(
            "org", None, TransientError, "E334", EMPTY, id="no run came so far as to learn whose calls they are"
        ),
        pytest.param(None, None, TransientError, "E334", EMPTY, id="neither"),
    ],
)
def test_an_account_without_a_call_is_asked_about_once_and_never_believed(named, known, kind, code, message):
    source = Listed()
    source.account = named
    asked = asking(source, account=known)
    for call_id in ("c1", "c2"):
        with pytest.raises(kind) as refused:
            asked.plainly(call_id)
        error = refused.value
        assert (error.code, error.message, error.where) == (code, message, "CONNECTOR_SOURCE_API_KEY")
    assert (source.readings, asked.has_shown) == (1, False)


def test_while_the_list_is_read_no_more_is_asked_after_three_failures_in_a_row():
    source = Listed()
    errors = [TransientError("E308", f"failure {number}") for number in range(9)]
    source.by_id = {f"c{number}": error for number, error in enumerate(errors)}
    source.by_id["c2"] = CALL
    asked, met = asking(source), []
    for number in range(9):
        try:
            asked.ask(f"c{number}")
        except ConnectorError as error:
            met.append(error)
    last = errors[2 + TROUBLES_MAX]
    assert met == [errors[0], errors[1], errors[3], errors[4], last, last, last, last]
    assert source.asked == [f"c{number}" for number in range(3 + TROUBLES_MAX)]
    assert asked.postponed == {f"c{number}" for number in range(9) if number != 2}
    assert asked.has_given_up
