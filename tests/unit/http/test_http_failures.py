"""What a broken exchange means, whole: kind, code, words and place."""

from __future__ import annotations

import ssl

import httpx
import pytest

from connector.errors import ConnectorError, FatalError, TransientError, UncertainWriteError
from connector.http import Limits
from connector.http.body import MalformedBodyError, TooLargeError
from connector.http.failures import Failures
from connector.http.retry import AgainError
from tests.stubs.web import CODES

FAILURES = Failures(CODES, "Klen AI")
WHERE = "GET https://api.example.com/calls"
LIMITS = Limits(idle_seconds=7.5, total_seconds=90.0, body_bytes_max=1_234_567)


def told(error: Exception) -> tuple[object, ...]:
    """Everything of an error but its advice; one that may pass says first after how many seconds."""
    if isinstance(error, AgainError):
        assert str(error) == str(error.error)
        return ("again", error.seconds, *told(error.error))
    assert isinstance(error, ConnectorError)
    after = (error.retry_after,) if isinstance(error, TransientError) else ()
    return (type(error), error.code, error.message, error.where, *after)


def broken(error: Exception, *, is_late: bool = False, repeatable: bool = True) -> tuple[object, ...]:
    return told(FAILURES.broken(error, where=WHERE, limits=LIMITS, is_late=is_late, repeatable=repeatable))


@pytest.mark.parametrize("repeatable", [True, False])
@pytest.mark.parametrize(
    ("error", "how"),
    [
        (httpx.ConnectError("refused"), "at all"),
        (httpx.ConnectTimeout("slow"), "in time"),
        (httpx.PoolTimeout("full"), "in time"),
    ],
)
@pytest.mark.parametrize("is_late", [True, False])
def test_where_nothing_was_sent_it_is_sent_again(error, how, is_late, repeatable):
    expected = ("again", None, TransientError, "E301", f"Klen AI cannot be reached {how}", WHERE, None)
    assert broken(error, is_late=is_late, repeatable=repeatable) == expected


@pytest.mark.parametrize(
    ("error", "is_late", "code", "happened"),
    [
        (httpx.ReadTimeout("slow"), False, "E303", "was silent for 7.5 s"),
        (httpx.WriteTimeout("slow"), False, "E303", "was silent for 7.5 s"),
        (httpx.ReadTimeout("slow"), True, "E303", "took longer than 90 s for one answer"),
        (httpx.ReadError("reset"), False, "E301", "broke the connection"),
        (httpx.ReadError("reset"), True, "E301", "broke the connection"),
        (httpx.RemoteProtocolError("peer"), False, "E304", "broke off its answer or did not speak HTTP"),
        (httpx.StreamClosed(), False, "E304", "broke off its answer or did not speak HTTP"),
        (MalformedBodyError("cut short"), False, "E304", "sent a body that cannot be decoded (cut short)"),
    ],
)
def test_what_breaks_on_the_way_is_read_again_and_never_written_again(error, is_late, code, happened):
    assert broken(error, is_late=is_late) == ("again", None, TransientError, code, f"Klen AI {happened}", WHERE, None)
    uncertain = (UncertainWriteError, code, f"Klen AI {happened}; the write may have been applied", WHERE)
    assert broken(error, is_late=is_late, repeatable=False) == uncertain


def test_a_body_that_is_too_large_is_not_read_again():
    words = "Klen AI answered with more than 1,234,567 bytes"
    assert broken(TooLargeError("…")) == (FatalError, "E305", words, WHERE)
    expected = (UncertainWriteError, "E305", f"{words}; the write may have been applied", WHERE)
    assert broken(TooLargeError("…"), repeatable=False) == expected


def caused(error: Exception, *, cause: Exception | None = None, context: Exception | None = None) -> Exception:
    error.__cause__, error.__context__ = cause, context
    return error


@pytest.mark.parametrize(
    "cause",
    [
        {"cause": ssl.SSLCertVerificationError("self-signed")},
        {"context": ssl.SSLCertVerificationError("self-signed")},
        {"cause": caused(OSError(), context=caused(OSError(), cause=ssl.SSLCertVerificationError("self-signed")))},
    ],
    ids=["its cause", "its context", "far below"],
)
def test_a_certificate_is_recognised_wherever_it_stands_below_the_error(cause):
    expected = (FatalError, "E302", "the certificate of Klen AI is not to be trusted", WHERE)
    assert broken(caused(httpx.ConnectError("tls"), **cause)) == expected


@pytest.mark.parametrize(
    ("repeatable", "garbled", "expected"),
    [
        (True, "", ("again", None, TransientError, "E308", "Klen AI answered 502", WHERE, None)),
        (
            True,
            "with a page",
            ("again", None, TransientError, "E304", "Klen AI answered 502 with a page", WHERE, None),
        ),
        (
            False,
            "",
            (UncertainWriteError, "E308", "Klen AI answered 502; the write may have been applied", WHERE),
        ),
        (
            False,
            "with a page",
            (UncertainWriteError, "E304", "Klen AI answered 502 with a page; the write may have been applied", WHERE),
        ),
    ],
)
def test_an_answer_that_leaves_in_doubt(repeatable, garbled, expected):
    assert told(FAILURES.doubtful(502, where=WHERE, repeatable=repeatable, garbled=garbled)) == expected


def test_a_doubt_about_a_limit_has_its_words():
    [*_, code, message, _, _] = told(FAILURES.doubtful(429, where=WHERE, repeatable=True))
    assert (code, message) == ("E307", "Klen AI answered 429 (too many requests)")


@pytest.mark.parametrize("seconds", [None, 12.5])
@pytest.mark.parametrize(
    ("status", "code", "message"),
    [(429, "E307", "Klen AI answered 429 (too many requests)"), (423, "E308", "Klen AI answered 423")],
)
def test_a_refusal_names_its_time(status, code, message, seconds):
    refused = FAILURES.refused(status, where=WHERE, seconds=seconds)
    assert told(refused) == ("again", seconds, TransientError, code, message, WHERE, seconds)


def test_what_ends_a_request_before_it_is_sent_or_without_an_answer_of_its_own():
    paused = FAILURES.paused(7199.6, where=WHERE)
    words = "Klen AI's limit leaves no request for 7200 s"
    assert told(paused) == (TransientError, "E307", words, WHERE, 7199.6)
    redirected = FAILURES.redirected(302, "https://login.example.com/", where=WHERE)
    words = "Klen AI answered 302 and points to https://login.example.com/"
    assert told(redirected) == (FatalError, "E306", words, WHERE)
    unsendable = FAILURES.unsendable(where="GET")
    words = "a request to Klen AI cannot be sent: its address or a header has characters that HTTP refuses"
    assert told(unsendable) == (FatalError, "E304", words, "GET")
