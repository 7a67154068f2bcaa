"""What a broken exchange means: send again, look before writing again, or stop."""

from __future__ import annotations

import ssl

import httpx

from connector.errors import ConnectorError, FatalError, TransientError, UncertainWriteError
from connector.http.body import MalformedBodyError, TooLargeError
from connector.http.retry import AgainError
from connector.http.terms import Codes, Limits

NOTHING_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
BROKEN = (httpx.HTTPError, httpx.StreamError, MalformedBodyError, TooLargeError)
"""Everything that an exchange can end with on the network or in the body."""
UNSENDABLE = (httpx.LocalProtocolError, httpx.UnsupportedProtocol, UnicodeError)
"""The request itself is wrong; UnicodeError is what Python raises for a host name that cannot be."""


class Failures:
    """One side's failures, in its own codes. No message repeats what the other side or a header said."""

    def __init__(self, codes: Codes, other_side: str) -> None:
        self.codes = codes
        self._other_side = other_side

    def broken(
        self, error: Exception, *, where: str, limits: Limits, is_late: bool, repeatable: bool
    ) -> AgainError | ConnectorError:
        """The exchange ended without a whole answer. `is_late` says that its total deadline had passed."""
        if isinstance(error, NOTHING_SENT):
            return self._unconnected(error, where)
        code, happened = self._happened(error, limits, is_late)
        if not repeatable:
            return self.uncertain(code, happened, where)
        if isinstance(error, TooLargeError):
            return FatalError(code, f"{self._other_side} {happened}", where=where)
        return AgainError(TransientError(code, f"{self._other_side} {happened}", where=where))

    def doubtful(self, status: int, *, where: str, repeatable: bool, garbled: str = "") -> AgainError | ConnectorError:
        """The other side answered, but not so that we know what it did; `garbled` says what is wrong with that."""
        if not garbled and repeatable:
            return AgainError(self._refusal(status, where, None))
        code = self.codes.malformed if garbled else self.codes.unavailable
        happened = f"answered {status} {garbled}".rstrip()
        if not repeatable:
            return self.uncertain(code, happened, where)
        return AgainError(TransientError(code, f"{self._other_side} {happened}", where=where))

    def refused(self, status: int, *, where: str, seconds: float | None) -> AgainError:
        """Nothing was applied, and there is a time to come back."""
        return AgainError(self._refusal(status, where, seconds), seconds=seconds)

    def paused(self, seconds: float, *, where: str) -> TransientError:
        """Our own pacing sees no turn within our patience."""
        message = f"{self._other_side}'s limit leaves no request for {seconds:.0f} s"
        return TransientError(self.codes.limited, message, where=where, retry_after=seconds)

    def redirected(self, status: int, location: str, *, where: str) -> FatalError:
        return FatalError(
            self.codes.redirect, f"{self._other_side} answered {status} and points to {location}", where=where
        )

    def unsendable(self, *, where: str) -> FatalError:
        """The cause is left out on purpose: its text may repeat a header, and with it the key."""
        message = (
            f"a request to {self._other_side} cannot be sent: its address or a header has characters that HTTP refuses"
        )
        return FatalError(self.codes.malformed, message, where=where)

    def uncertain(self, code: str, happened: str, where: str) -> UncertainWriteError:
        return UncertainWriteError(code, f"{self._other_side} {happened}; the write may have been applied", where=where)

    def _refusal(self, status: int, where: str, seconds: float | None) -> TransientError:
        if status == 429:
            message = f"{self._other_side} answered 429 (too many requests)"
            return TransientError(self.codes.limited, message, where=where, retry_after=seconds)
        message = f"{self._other_side} answered {status}"
        return TransientError(self.codes.unavailable, message, where=where, retry_after=seconds)

    def _unconnected(self, error: Exception, where: str) -> AgainError | ConnectorError:
        if _is_certificate(error):
            message = f"the certificate of {self._other_side} is not to be trusted"
            return FatalError(self.codes.certificate, message, where=where)
        how = "in time" if isinstance(error, httpx.TimeoutException) else "at all"
        return AgainError(
            TransientError(self.codes.unreachable, f"{self._other_side} cannot be reached {how}", where=where)
        )

    def _happened(self, error: Exception, limits: Limits, is_late: bool) -> tuple[str, str]:
        match error:
            case TooLargeError():
                return self.codes.too_large, f"answered with more than {limits.body_bytes_max:,} bytes"
            case httpx.TimeoutException() if is_late:
                return self.codes.timeout, f"took longer than {limits.total_seconds:g} s for one answer"
            case httpx.TimeoutException():
                return self.codes.timeout, f"was silent for {limits.idle_seconds:g} s"
            case httpx.NetworkError():
                return self.codes.unreachable, "broke the connection"
            case MalformedBodyError():
                return self.codes.malformed, f"sent a body that cannot be decoded ({error})"
            case _:
                return self.codes.malformed, "broke off its answer or did not speak HTTP"


def _is_certificate(error: BaseException) -> bool:
    seen: BaseException | None = error
    while seen is not None:
        if isinstance(seen, ssl.SSLCertVerificationError):
            return True
        seen = seen.__cause__ or seen.__context__
    return False
