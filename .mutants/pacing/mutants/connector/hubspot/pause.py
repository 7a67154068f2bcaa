"""A portal that gives no answers until a time that is known: said once, remembered, and not asked about in between."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec
from msgspec import Struct

from connector.errors import TransientError
from connector.http.pacing import DaySpentError
from connector.hubspot.errors import DAILY_LIMIT
from connector.ports import Clock, Facts

T = TypeVar("T")

KEPT_PART = "E223"
ASK_AGAIN_AFTER = timedelta(hours=1)
"""A limit may be raised before its time is over: one request an hour finds out."""
REMEMBERED_SECONDS_MIN = 300.0
"""Shorter pauses are over before another run matters."""
TOLD_SECONDS_MIN = 60.0
"""What is over sooner needs no time of day."""

_SPENT = "the portal's daily limit of requests is used up"
_SHARE_SPENT = "the share of the portal's daily limit that CONNECTOR_QUOTA_SHARE allows is used up"
_PART_SPENT = (
    "this backfill has used its half of what was left of the portal's requests for today; the rest is for sync"
)


from mutmut.mutation.trampoline import wrap_in_trampoline as _mutmut_mutated, MutantDict


class Stop(Struct, frozen=True, kw_only=True):
    """Why nothing is asked, and until when. `noted_at` is when HubSpot said so last."""

    code: str
    message: str
    until: datetime
    noted_at: datetime
mutants_xǁPauseǁ__init____mutmut: MutantDict = {}  # type: ignore
mutants_xǁPauseǁask__mutmut: MutantDict = {}  # type: ignore
mutants_xǁPauseǁ_refuse_while_believed__mutmut: MutantDict = {}  # type: ignore
mutants_xǁPauseǁ_sent__mutmut: MutantDict = {}  # type: ignore
mutants_xǁPauseǁ_told__mutmut: MutantDict = {}  # type: ignore
mutants_xǁPauseǁ_recall__mutmut: MutantDict = {}  # type: ignore
mutants_xǁPauseǁ_remember__mutmut: MutantDict = {}  # type: ignore


class Pause:
    """One portal's stop, if there is one, kept under `name` in the ledger. Safe to use from several threads."""

    @_mutmut_mutated(mutants_xǁPauseǁ__init____mutmut)
    def __init__(self, facts: Facts, clock: Clock, *, name: str, time_zone: Callable[[], str]) -> None:
        self._facts = facts
        self._clock = clock
        self._name = name
        self._time_zone = time_zone
        self._lock = threading.RLock()
        self._is_recalled = False
        self._stop: Stop | None = None

    def xǁPauseǁ__init____mutmut_orig(self, facts: Facts, clock: Clock, *, name: str, time_zone: Callable[[], str]) -> None:
        self._facts = facts
        self._clock = clock
        self._name = name
        self._time_zone = time_zone
        self._lock = threading.RLock()
        self._is_recalled = False
        self._stop: Stop | None = None

    def xǁPauseǁ__init____mutmut_1(self, facts: Facts, clock: Clock, *, name: str, time_zone: Callable[[], str]) -> None:
        self._facts = None
        self._clock = clock
        self._name = name
        self._time_zone = time_zone
        self._lock = threading.RLock()
        self._is_recalled = False
        self._stop: Stop | None = None

    def xǁPauseǁ__init____mutmut_2(self, facts: Facts, clock: Clock, *, name: str, time_zone: Callable[[], str]) -> None:
        self._facts = facts
        self._clock = None
        self._name = name
        self._time_zone = time_zone
        self._lock = threading.RLock()
        self._is_recalled = False
        self._stop: Stop | None = None

    def xǁPauseǁ__init____mutmut_3(self, facts: Facts, clock: Clock, *, name: str, time_zone: Callable[[], str]) -> None:
        self._facts = facts
        self._clock = clock
        self._name = None
        self._time_zone = time_zone
        self._lock = threading.RLock()
        self._is_recalled = False
        self._stop: Stop | None = None

    def xǁPauseǁ__init____mutmut_4(self, facts: Facts, clock: Clock, *, name: str, time_zone: Callable[[], str]) -> None:
        self._facts = facts
        self._clock = clock
        self._name = name
        self._time_zone = None
        self._lock = threading.RLock()
        self._is_recalled = False
        self._stop: Stop | None = None

    def xǁPauseǁ__init____mutmut_5(self, facts: Facts, clock: Clock, *, name: str, time_zone: Callable[[], str]) -> None:
        self._facts = facts
        self._clock = clock
        self._name = name
        self._time_zone = time_zone
        self._lock = None
        self._is_recalled = False
        self._stop: Stop | None = None

    def xǁPauseǁ__init____mutmut_6(self, facts: Facts, clock: Clock, *, name: str, time_zone: Callable[[], str]) -> None:
        self._facts = facts
        self._clock = clock
        self._name = name
        self._time_zone = time_zone
        self._lock = threading.RLock()
        self._is_recalled = None
        self._stop: Stop | None = None

    def xǁPauseǁ__init____mutmut_7(self, facts: Facts, clock: Clock, *, name: str, time_zone: Callable[[], str]) -> None:
        self._facts = facts
        self._clock = clock
        self._name = name
        self._time_zone = time_zone
        self._lock = threading.RLock()
        self._is_recalled = True
        self._stop: Stop | None = None

    def xǁPauseǁ__init____mutmut_8(self, facts: Facts, clock: Clock, *, name: str, time_zone: Callable[[], str]) -> None:
        self._facts = facts
        self._clock = clock
        self._name = name
        self._time_zone = time_zone
        self._lock = threading.RLock()
        self._is_recalled = False
        self._stop: Stop | None = ""

    @_mutmut_mutated(mutants_xǁPauseǁask__mutmut)
    def ask(self, send: Callable[[], T]) -> T:
        """What `send` gives, unless HubSpot said to come back later: then TransientError, at most once an hour asked.

        Errors of `send` that name a time long after now are remembered, and tell it in words.
        """
        with self._lock:
            stop = self._recall()
            if stop is not None:
                # Under the lock: the first request tells all others whether it is over.
                self._refuse_while_believed(stop)
                answer = self._sent(send)
                self._remember(None)
                return answer
        return self._sent(send)

    def xǁPauseǁask__mutmut_orig(self, send: Callable[[], T]) -> T:
        """What `send` gives, unless HubSpot said to come back later: then TransientError, at most once an hour asked.

        Errors of `send` that name a time long after now are remembered, and tell it in words.
        """
        with self._lock:
            stop = self._recall()
            if stop is not None:
                # Under the lock: the first request tells all others whether it is over.
                self._refuse_while_believed(stop)
                answer = self._sent(send)
                self._remember(None)
                return answer
        return self._sent(send)

    def xǁPauseǁask__mutmut_1(self, send: Callable[[], T]) -> T:
        """What `send` gives, unless HubSpot said to come back later: then TransientError, at most once an hour asked.

        Errors of `send` that name a time long after now are remembered, and tell it in words.
        """
        with self._lock:
            stop = None
            if stop is not None:
                # Under the lock: the first request tells all others whether it is over.
                self._refuse_while_believed(stop)
                answer = self._sent(send)
                self._remember(None)
                return answer
        return self._sent(send)

    def xǁPauseǁask__mutmut_2(self, send: Callable[[], T]) -> T:
        """What `send` gives, unless HubSpot said to come back later: then TransientError, at most once an hour asked.

        Errors of `send` that name a time long after now are remembered, and tell it in words.
        """
        with self._lock:
            stop = self._recall()
            if stop is None:
                # Under the lock: the first request tells all others whether it is over.
                self._refuse_while_believed(stop)
                answer = self._sent(send)
                self._remember(None)
                return answer
        return self._sent(send)

    def xǁPauseǁask__mutmut_3(self, send: Callable[[], T]) -> T:
        """What `send` gives, unless HubSpot said to come back later: then TransientError, at most once an hour asked.

        Errors of `send` that name a time long after now are remembered, and tell it in words.
        """
        with self._lock:
            stop = self._recall()
            if stop is not None:
                # Under the lock: the first request tells all others whether it is over.
                self._refuse_while_believed(None)
                answer = self._sent(send)
                self._remember(None)
                return answer
        return self._sent(send)

    def xǁPauseǁask__mutmut_4(self, send: Callable[[], T]) -> T:
        """What `send` gives, unless HubSpot said to come back later: then TransientError, at most once an hour asked.

        Errors of `send` that name a time long after now are remembered, and tell it in words.
        """
        with self._lock:
            stop = self._recall()
            if stop is not None:
                # Under the lock: the first request tells all others whether it is over.
                self._refuse_while_believed(stop)
                answer = None
                self._remember(None)
                return answer
        return self._sent(send)

    def xǁPauseǁask__mutmut_5(self, send: Callable[[], T]) -> T:
        """What `send` gives, unless HubSpot said to come back later: then TransientError, at most once an hour asked.

        Errors of `send` that name a time long after now are remembered, and tell it in words.
        """
        with self._lock:
            stop = self._recall()
            if stop is not None:
                # Under the lock: the first request tells all others whether it is over.
                self._refuse_while_believed(stop)
                answer = self._sent(None)
                self._remember(None)
                return answer
        return self._sent(send)

    def xǁPauseǁask__mutmut_6(self, send: Callable[[], T]) -> T:
        """What `send` gives, unless HubSpot said to come back later: then TransientError, at most once an hour asked.

        Errors of `send` that name a time long after now are remembered, and tell it in words.
        """
        with self._lock:
            stop = self._recall()
            if stop is not None:
                # Under the lock: the first request tells all others whether it is over.
                self._refuse_while_believed(stop)
                answer = self._sent(send)
                self._remember(None)
                return answer
        return self._sent(None)

    @_mutmut_mutated(mutants_xǁPauseǁ_refuse_while_believed__mutmut)
    def _refuse_while_believed(self, stop: Stop) -> None:
        now = self._clock.now()
        if now - stop.noted_at < ASK_AGAIN_AFTER:
            raise TransientError(stop.code, stop.message, retry_after=(stop.until - now).total_seconds())

    def xǁPauseǁ_refuse_while_believed__mutmut_orig(self, stop: Stop) -> None:
        now = self._clock.now()
        if now - stop.noted_at < ASK_AGAIN_AFTER:
            raise TransientError(stop.code, stop.message, retry_after=(stop.until - now).total_seconds())

    def xǁPauseǁ_refuse_while_believed__mutmut_1(self, stop: Stop) -> None:
        now = None
        if now - stop.noted_at < ASK_AGAIN_AFTER:
            raise TransientError(stop.code, stop.message, retry_after=(stop.until - now).total_seconds())

    def xǁPauseǁ_refuse_while_believed__mutmut_2(self, stop: Stop) -> None:
        now = self._clock.now()
        if now + stop.noted_at < ASK_AGAIN_AFTER:
            raise TransientError(stop.code, stop.message, retry_after=(stop.until - now).total_seconds())

    def xǁPauseǁ_refuse_while_believed__mutmut_3(self, stop: Stop) -> None:
        now = self._clock.now()
        if now - stop.noted_at <= ASK_AGAIN_AFTER:
            raise TransientError(stop.code, stop.message, retry_after=(stop.until - now).total_seconds())

    def xǁPauseǁ_refuse_while_believed__mutmut_4(self, stop: Stop) -> None:
        now = self._clock.now()
        if now - stop.noted_at < ASK_AGAIN_AFTER:
            raise TransientError(None, stop.message, retry_after=(stop.until - now).total_seconds())

    def xǁPauseǁ_refuse_while_believed__mutmut_5(self, stop: Stop) -> None:
        now = self._clock.now()
        if now - stop.noted_at < ASK_AGAIN_AFTER:
            raise TransientError(stop.code, None, retry_after=(stop.until - now).total_seconds())

    def xǁPauseǁ_refuse_while_believed__mutmut_6(self, stop: Stop) -> None:
        now = self._clock.now()
        if now - stop.noted_at < ASK_AGAIN_AFTER:
            raise TransientError(stop.code, stop.message, retry_after=None)

    def xǁPauseǁ_refuse_while_believed__mutmut_7(self, stop: Stop) -> None:
        now = self._clock.now()
        if now - stop.noted_at < ASK_AGAIN_AFTER:
            raise TransientError(stop.message, retry_after=(stop.until - now).total_seconds())

    def xǁPauseǁ_refuse_while_believed__mutmut_8(self, stop: Stop) -> None:
        now = self._clock.now()
        if now - stop.noted_at < ASK_AGAIN_AFTER:
            raise TransientError(stop.code, retry_after=(stop.until - now).total_seconds())

    def xǁPauseǁ_refuse_while_believed__mutmut_9(self, stop: Stop) -> None:
        now = self._clock.now()
        if now - stop.noted_at < ASK_AGAIN_AFTER:
            raise TransientError(stop.code, stop.message, )

    def xǁPauseǁ_refuse_while_believed__mutmut_10(self, stop: Stop) -> None:
        now = self._clock.now()
        if now - stop.noted_at < ASK_AGAIN_AFTER:
            raise TransientError(stop.code, stop.message, retry_after=(stop.until + now).total_seconds())

    @_mutmut_mutated(mutants_xǁPauseǁ_sent__mutmut)
    def _sent(self, send: Callable[[], T]) -> T:
        try:
            return send()
        except TransientError as error:
            told = self._told(error)
            if told.retry_after is not None and told.code != KEPT_PART and told.retry_after >= REMEMBERED_SECONDS_MIN:
                now = self._clock.now()
                until = now + timedelta(seconds=told.retry_after)
                self._remember(Stop(code=told.code, message=told.message, until=until, noted_at=now))
            if told is error:
                raise
            raise told from error

    def xǁPauseǁ_sent__mutmut_orig(self, send: Callable[[], T]) -> T:
        try:
            return send()
        except TransientError as error:
            told = self._told(error)
            if told.retry_after is not None and told.code != KEPT_PART and told.retry_after >= REMEMBERED_SECONDS_MIN:
                now = self._clock.now()
                until = now + timedelta(seconds=told.retry_after)
                self._remember(Stop(code=told.code, message=told.message, until=until, noted_at=now))
            if told is error:
                raise
            raise told from error

    def xǁPauseǁ_sent__mutmut_1(self, send: Callable[[], T]) -> T:
        try:
            return send()
        except TransientError as error:
            told = None
            if told.retry_after is not None and told.code != KEPT_PART and told.retry_after >= REMEMBERED_SECONDS_MIN:
                now = self._clock.now()
                until = now + timedelta(seconds=told.retry_after)
                self._remember(Stop(code=told.code, message=told.message, until=until, noted_at=now))
            if told is error:
                raise
            raise told from error

    def xǁPauseǁ_sent__mutmut_2(self, send: Callable[[], T]) -> T:
        try:
            return send()
        except TransientError as error:
            told = self._told(None)
            if told.retry_after is not None and told.code != KEPT_PART and told.retry_after >= REMEMBERED_SECONDS_MIN:
                now = self._clock.now()
                until = now + timedelta(seconds=told.retry_after)
                self._remember(Stop(code=told.code, message=told.message, until=until, noted_at=now))
            if told is error:
                raise
            raise told from error

    def xǁPauseǁ_sent__mutmut_3(self, send: Callable[[], T]) -> T:
        try:
            return send()
        except TransientError as error:
            told = self._told(error)
            if told.retry_after is not None and told.code != KEPT_PART or told.retry_after >= REMEMBERED_SECONDS_MIN:
                now = self._clock.now()
                until = now + timedelta(seconds=told.retry_after)
                self._remember(Stop(code=told.code, message=told.message, until=until, noted_at=now))
            if told is error:
                raise
            raise told from error

    def xǁPauseǁ_sent__mutmut_4(self, send: Callable[[], T]) -> T:
        try:
            return send()
        except TransientError as error:
            told = self._told(error)
            if told.retry_after is not None or told.code != KEPT_PART and told.retry_after >= REMEMBERED_SECONDS_MIN:
                now = self._clock.now()
                until = now + timedelta(seconds=told.retry_after)
                self._remember(Stop(code=told.code, message=told.message, until=until, noted_at=now))
            if told is error:
                raise
            raise told from error

    def xǁPauseǁ_sent__mutmut_5(self, send: Callable[[], T]) -> T:
        try:
            return send()
        except TransientError as error:
            told = self._told(error)
            if told.retry_after is None and told.code != KEPT_PART and told.retry_after >= REMEMBERED_SECONDS_MIN:
                now = self._clock.now()
                until = now + timedelta(seconds=told.retry_after)
                self._remember(Stop(code=told.code, message=told.message, until=until, noted_at=now))
            if told is error:
                raise
            raise told from error

    def xǁPauseǁ_sent__mutmut_6(self, send: Callable[[], T]) -> T:
        try:
            return send()
        except TransientError as error:
            told = self._told(error)
            if told.retry_after is not None and told.code == KEPT_PART and told.retry_after >= REMEMBERED_SECONDS_MIN:
                now = self._clock.now()
                until = now + timedelta(seconds=told.retry_after)
                self._remember(Stop(code=told.code, message=told.message, until=until, noted_at=now))
            if told is error:
                raise
            raise told from error

    def xǁPauseǁ_sent__mutmut_7(self, send: Callable[[], T]) -> T:
        try:
            return send()
        except TransientError as error:
            told = self._told(error)
            if told.retry_after is not None and told.code != KEPT_PART and told.retry_after > REMEMBERED_SECONDS_MIN:
                now = self._clock.now()
                until = now + timedelta(seconds=told.retry_after)
                self._remember(Stop(code=told.code, message=told.message, until=until, noted_at=now))
            if told is error:
                raise
            raise told from error

    def xǁPauseǁ_sent__mutmut_8(self, send: Callable[[], T]) -> T:
        try:
            return send()
        except TransientError as error:
            told = self._told(error)
            if told.retry_after is not None and told.code != KEPT_PART and told.retry_after >= REMEMBERED_SECONDS_MIN:
                now = None
                until = now + timedelta(seconds=told.retry_after)
                self._remember(Stop(code=told.code, message=told.message, until=until, noted_at=now))
            if told is error:
                raise
            raise told from error

    def xǁPauseǁ_sent__mutmut_9(self, send: Callable[[], T]) -> T:
        try:
            return send()
        except TransientError as error:
            told = self._told(error)
            if told.retry_after is not None and told.code != KEPT_PART and told.retry_after >= REMEMBERED_SECONDS_MIN:
                now = self._clock.now()
                until = None
                self._remember(Stop(code=told.code, message=told.message, until=until, noted_at=now))
            if told is error:
                raise
            raise told from error

    def xǁPauseǁ_sent__mutmut_10(self, send: Callable[[], T]) -> T:
        try:
            return send()
        except TransientError as error:
            told = self._told(error)
            if told.retry_after is not None and told.code != KEPT_PART and told.retry_after >= REMEMBERED_SECONDS_MIN:
                now = self._clock.now()
                until = now - timedelta(seconds=told.retry_after)
                self._remember(Stop(code=told.code, message=told.message, until=until, noted_at=now))
            if told is error:
                raise
            raise told from error

    def xǁPauseǁ_sent__mutmut_11(self, send: Callable[[], T]) -> T:
        try:
            return send()
        except TransientError as error:
            told = self._told(error)
            if told.retry_after is not None and told.code != KEPT_PART and told.retry_after >= REMEMBERED_SECONDS_MIN:
                now = self._clock.now()
                until = now + timedelta(seconds=None)
                self._remember(Stop(code=told.code, message=told.message, until=until, noted_at=now))
            if told is error:
                raise
            raise told from error

    def xǁPauseǁ_sent__mutmut_12(self, send: Callable[[], T]) -> T:
        try:
            return send()
        except TransientError as error:
            told = self._told(error)
            if told.retry_after is not None and told.code != KEPT_PART and told.retry_after >= REMEMBERED_SECONDS_MIN:
                now = self._clock.now()
                until = now + timedelta(seconds=told.retry_after)
                self._remember(None)
            if told is error:
                raise
            raise told from error

    def xǁPauseǁ_sent__mutmut_13(self, send: Callable[[], T]) -> T:
        try:
            return send()
        except TransientError as error:
            told = self._told(error)
            if told.retry_after is not None and told.code != KEPT_PART and told.retry_after >= REMEMBERED_SECONDS_MIN:
                now = self._clock.now()
                until = now + timedelta(seconds=told.retry_after)
                self._remember(Stop(code=None, message=told.message, until=until, noted_at=now))
            if told is error:
                raise
            raise told from error

    def xǁPauseǁ_sent__mutmut_14(self, send: Callable[[], T]) -> T:
        try:
            return send()
        except TransientError as error:
            told = self._told(error)
            if told.retry_after is not None and told.code != KEPT_PART and told.retry_after >= REMEMBERED_SECONDS_MIN:
                now = self._clock.now()
                until = now + timedelta(seconds=told.retry_after)
                self._remember(Stop(code=told.code, message=None, until=until, noted_at=now))
            if told is error:
                raise
            raise told from error

    def xǁPauseǁ_sent__mutmut_15(self, send: Callable[[], T]) -> T:
        try:
            return send()
        except TransientError as error:
            told = self._told(error)
            if told.retry_after is not None and told.code != KEPT_PART and told.retry_after >= REMEMBERED_SECONDS_MIN:
                now = self._clock.now()
                until = now + timedelta(seconds=told.retry_after)
                self._remember(Stop(code=told.code, message=told.message, until=None, noted_at=now))
            if told is error:
                raise
            raise told from error

    def xǁPauseǁ_sent__mutmut_16(self, send: Callable[[], T]) -> T:
        try:
            return send()
        except TransientError as error:
            told = self._told(error)
            if told.retry_after is not None and told.code != KEPT_PART and told.retry_after >= REMEMBERED_SECONDS_MIN:
                now = self._clock.now()
                until = now + timedelta(seconds=told.retry_after)
                self._remember(Stop(code=told.code, message=told.message, until=until, noted_at=None))
            if told is error:
                raise
            raise told from error

    def xǁPauseǁ_sent__mutmut_17(self, send: Callable[[], T]) -> T:
        try:
            return send()
        except TransientError as error:
            told = self._told(error)
            if told.retry_after is not None and told.code != KEPT_PART and told.retry_after >= REMEMBERED_SECONDS_MIN:
                now = self._clock.now()
                until = now + timedelta(seconds=told.retry_after)
                self._remember(Stop(message=told.message, until=until, noted_at=now))
            if told is error:
                raise
            raise told from error

    def xǁPauseǁ_sent__mutmut_18(self, send: Callable[[], T]) -> T:
        try:
            return send()
        except TransientError as error:
            told = self._told(error)
            if told.retry_after is not None and told.code != KEPT_PART and told.retry_after >= REMEMBERED_SECONDS_MIN:
                now = self._clock.now()
                until = now + timedelta(seconds=told.retry_after)
                self._remember(Stop(code=told.code, until=until, noted_at=now))
            if told is error:
                raise
            raise told from error

    def xǁPauseǁ_sent__mutmut_19(self, send: Callable[[], T]) -> T:
        try:
            return send()
        except TransientError as error:
            told = self._told(error)
            if told.retry_after is not None and told.code != KEPT_PART and told.retry_after >= REMEMBERED_SECONDS_MIN:
                now = self._clock.now()
                until = now + timedelta(seconds=told.retry_after)
                self._remember(Stop(code=told.code, message=told.message, noted_at=now))
            if told is error:
                raise
            raise told from error

    def xǁPauseǁ_sent__mutmut_20(self, send: Callable[[], T]) -> T:
        try:
            return send()
        except TransientError as error:
            told = self._told(error)
            if told.retry_after is not None and told.code != KEPT_PART and told.retry_after >= REMEMBERED_SECONDS_MIN:
                now = self._clock.now()
                until = now + timedelta(seconds=told.retry_after)
                self._remember(Stop(code=told.code, message=told.message, until=until, ))
            if told is error:
                raise
            raise told from error

    def xǁPauseǁ_sent__mutmut_21(self, send: Callable[[], T]) -> T:
        try:
            return send()
        except TransientError as error:
            told = self._told(error)
            if told.retry_after is not None and told.code != KEPT_PART and told.retry_after >= REMEMBERED_SECONDS_MIN:
                now = self._clock.now()
                until = now + timedelta(seconds=told.retry_after)
                self._remember(Stop(code=told.code, message=told.message, until=until, noted_at=now))
            if told is not error:
                raise
            raise told from error

    @_mutmut_mutated(mutants_xǁPauseǁ_told__mutmut)
    def _told(self, error: TransientError) -> TransientError:
        """The same error with the time to go on in words."""
        now, zone = self._clock.now(), self._time_zone()
        match error.__cause__:
            case DaySpentError(keeps_part=True):
                return until_midnight(KEPT_PART, _PART_SPENT, now, zone)
            case DaySpentError():
                return until_midnight(DAILY_LIMIT, _SHARE_SPENT, now, zone)
        if error.code == DAILY_LIMIT:
            return until_midnight(DAILY_LIMIT, _SPENT, now, zone)
        if error.retry_after is None or error.retry_after < TOLD_SECONDS_MIN:
            return error
        message = f"{error.message}: go on {_moment(now + timedelta(seconds=error.retry_after), zone)}"
        return TransientError(error.code, message, where=error.where, retry_after=error.retry_after)

    def xǁPauseǁ_told__mutmut_orig(self, error: TransientError) -> TransientError:
        """The same error with the time to go on in words."""
        now, zone = self._clock.now(), self._time_zone()
        match error.__cause__:
            case DaySpentError(keeps_part=True):
                return until_midnight(KEPT_PART, _PART_SPENT, now, zone)
            case DaySpentError():
                return until_midnight(DAILY_LIMIT, _SHARE_SPENT, now, zone)
        if error.code == DAILY_LIMIT:
            return until_midnight(DAILY_LIMIT, _SPENT, now, zone)
        if error.retry_after is None or error.retry_after < TOLD_SECONDS_MIN:
            return error
        message = f"{error.message}: go on {_moment(now + timedelta(seconds=error.retry_after), zone)}"
        return TransientError(error.code, message, where=error.where, retry_after=error.retry_after)

    def xǁPauseǁ_told__mutmut_1(self, error: TransientError) -> TransientError:
        """The same error with the time to go on in words."""
        now, zone = None
        match error.__cause__:
            case DaySpentError(keeps_part=True):
                return until_midnight(KEPT_PART, _PART_SPENT, now, zone)
            case DaySpentError():
                return until_midnight(DAILY_LIMIT, _SHARE_SPENT, now, zone)
        if error.code == DAILY_LIMIT:
            return until_midnight(DAILY_LIMIT, _SPENT, now, zone)
        if error.retry_after is None or error.retry_after < TOLD_SECONDS_MIN:
            return error
        message = f"{error.message}: go on {_moment(now + timedelta(seconds=error.retry_after), zone)}"
        return TransientError(error.code, message, where=error.where, retry_after=error.retry_after)

    def xǁPauseǁ_told__mutmut_2(self, error: TransientError) -> TransientError:
        """The same error with the time to go on in words."""
        now, zone = self._clock.now(), self._time_zone()
        match error.__cause__:
            case DaySpentError():
                return until_midnight(DAILY_LIMIT, _SHARE_SPENT, now, zone)
        if error.code == DAILY_LIMIT:
            return until_midnight(DAILY_LIMIT, _SPENT, now, zone)
        if error.retry_after is None or error.retry_after < TOLD_SECONDS_MIN:
            return error
        message = f"{error.message}: go on {_moment(now + timedelta(seconds=error.retry_after), zone)}"
        return TransientError(error.code, message, where=error.where, retry_after=error.retry_after)

    def xǁPauseǁ_told__mutmut_3(self, error: TransientError) -> TransientError:
        """The same error with the time to go on in words."""
        now, zone = self._clock.now(), self._time_zone()
        match error.__cause__:
            case DaySpentError(keeps_part=True):
                return until_midnight(KEPT_PART, _PART_SPENT, now, zone)
        if error.code == DAILY_LIMIT:
            return until_midnight(DAILY_LIMIT, _SPENT, now, zone)
        if error.retry_after is None or error.retry_after < TOLD_SECONDS_MIN:
            return error
        message = f"{error.message}: go on {_moment(now + timedelta(seconds=error.retry_after), zone)}"
        return TransientError(error.code, message, where=error.where, retry_after=error.retry_after)

    def xǁPauseǁ_told__mutmut_4(self, error: TransientError) -> TransientError:
        """The same error with the time to go on in words."""
        now, zone = self._clock.now(), self._time_zone()
        match error.__cause__:
            case DaySpentError(keeps_part=False):
                return until_midnight(KEPT_PART, _PART_SPENT, now, zone)
            case DaySpentError():
                return until_midnight(DAILY_LIMIT, _SHARE_SPENT, now, zone)
        if error.code == DAILY_LIMIT:
            return until_midnight(DAILY_LIMIT, _SPENT, now, zone)
        if error.retry_after is None or error.retry_after < TOLD_SECONDS_MIN:
            return error
        message = f"{error.message}: go on {_moment(now + timedelta(seconds=error.retry_after), zone)}"
        return TransientError(error.code, message, where=error.where, retry_after=error.retry_after)

    def xǁPauseǁ_told__mutmut_5(self, error: TransientError) -> TransientError:
        """The same error with the time to go on in words."""
        now, zone = self._clock.now(), self._time_zone()
        match error.__cause__:
            case DaySpentError(keeps_part=True):
                return until_midnight(None, _PART_SPENT, now, zone)
            case DaySpentError():
                return until_midnight(DAILY_LIMIT, _SHARE_SPENT, now, zone)
        if error.code == DAILY_LIMIT:
            return until_midnight(DAILY_LIMIT, _SPENT, now, zone)
        if error.retry_after is None or error.retry_after < TOLD_SECONDS_MIN:
            return error
        message = f"{error.message}: go on {_moment(now + timedelta(seconds=error.retry_after), zone)}"
        return TransientError(error.code, message, where=error.where, retry_after=error.retry_after)

    def xǁPauseǁ_told__mutmut_6(self, error: TransientError) -> TransientError:
        """The same error with the time to go on in words."""
        now, zone = self._clock.now(), self._time_zone()
        match error.__cause__:
            case DaySpentError(keeps_part=True):
                return until_midnight(KEPT_PART, None, now, zone)
            case DaySpentError():
                return until_midnight(DAILY_LIMIT, _SHARE_SPENT, now, zone)
        if error.code == DAILY_LIMIT:
            return until_midnight(DAILY_LIMIT, _SPENT, now, zone)
        if error.retry_after is None or error.retry_after < TOLD_SECONDS_MIN:
            return error
        message = f"{error.message}: go on {_moment(now + timedelta(seconds=error.retry_after), zone)}"
        return TransientError(error.code, message, where=error.where, retry_after=error.retry_after)

    def xǁPauseǁ_told__mutmut_7(self, error: TransientError) -> TransientError:
        """The same error with the time to go on in words."""
        now, zone = self._clock.now(), self._time_zone()
        match error.__cause__:
            case DaySpentError(keeps_part=True):
                return until_midnight(KEPT_PART, _PART_SPENT, None, zone)
            case DaySpentError():
                return until_midnight(DAILY_LIMIT, _SHARE_SPENT, now, zone)
        if error.code == DAILY_LIMIT:
            return until_midnight(DAILY_LIMIT, _SPENT, now, zone)
        if error.retry_after is None or error.retry_after < TOLD_SECONDS_MIN:
            return error
        message = f"{error.message}: go on {_moment(now + timedelta(seconds=error.retry_after), zone)}"
        return TransientError(error.code, message, where=error.where, retry_after=error.retry_after)

    def xǁPauseǁ_told__mutmut_8(self, error: TransientError) -> TransientError:
        """The same error with the time to go on in words."""
        now, zone = self._clock.now(), self._time_zone()
        match error.__cause__:
            case DaySpentError(keeps_part=True):
                return until_midnight(KEPT_PART, _PART_SPENT, now, None)
            case DaySpentError():
                return until_midnight(DAILY_LIMIT, _SHARE_SPENT, now, zone)
        if error.code == DAILY_LIMIT:
            return until_midnight(DAILY_LIMIT, _SPENT, now, zone)
        if error.retry_after is None or error.retry_after < TOLD_SECONDS_MIN:
            return error
        message = f"{error.message}: go on {_moment(now + timedelta(seconds=error.retry_after), zone)}"
        return TransientError(error.code, message, where=error.where, retry_after=error.retry_after)

    def xǁPauseǁ_told__mutmut_9(self, error: TransientError) -> TransientError:
        """The same error with the time to go on in words."""
        now, zone = self._clock.now(), self._time_zone()
        match error.__cause__:
            case DaySpentError(keeps_part=True):
                return until_midnight(_PART_SPENT, now, zone)
            case DaySpentError():
                return until_midnight(DAILY_LIMIT, _SHARE_SPENT, now, zone)
        if error.code == DAILY_LIMIT:
            return until_midnight(DAILY_LIMIT, _SPENT, now, zone)
        if error.retry_after is None or error.retry_after < TOLD_SECONDS_MIN:
            return error
        message = f"{error.message}: go on {_moment(now + timedelta(seconds=error.retry_after), zone)}"
        return TransientError(error.code, message, where=error.where, retry_after=error.retry_after)

    def xǁPauseǁ_told__mutmut_10(self, error: TransientError) -> TransientError:
        """The same error with the time to go on in words."""
        now, zone = self._clock.now(), self._time_zone()
        match error.__cause__:
            case DaySpentError(keeps_part=True):
                return until_midnight(KEPT_PART, now, zone)
            case DaySpentError():
                return until_midnight(DAILY_LIMIT, _SHARE_SPENT, now, zone)
        if error.code == DAILY_LIMIT:
            return until_midnight(DAILY_LIMIT, _SPENT, now, zone)
        if error.retry_after is None or error.retry_after < TOLD_SECONDS_MIN:
            return error
        message = f"{error.message}: go on {_moment(now + timedelta(seconds=error.retry_after), zone)}"
        return TransientError(error.code, message, where=error.where, retry_after=error.retry_after)

    def xǁPauseǁ_told__mutmut_11(self, error: TransientError) -> TransientError:
        """The same error with the time to go on in words."""
        now, zone = self._clock.now(), self._time_zone()
        match error.__cause__:
            case DaySpentError(keeps_part=True):
                return until_midnight(KEPT_PART, _PART_SPENT, zone)
            case DaySpentError():
                return until_midnight(DAILY_LIMIT, _SHARE_SPENT, now, zone)
        if error.code == DAILY_LIMIT:
            return until_midnight(DAILY_LIMIT, _SPENT, now, zone)
        if error.retry_after is None or error.retry_after < TOLD_SECONDS_MIN:
            return error
        message = f"{error.message}: go on {_moment(now + timedelta(seconds=error.retry_after), zone)}"
        return TransientError(error.code, message, where=error.where, retry_after=error.retry_after)

    def xǁPauseǁ_told__mutmut_12(self, error: TransientError) -> TransientError:
        """The same error with the time to go on in words."""
        now, zone = self._clock.now(), self._time_zone()
        match error.__cause__:
            case DaySpentError(keeps_part=True):
                return until_midnight(KEPT_PART, _PART_SPENT, now, )
            case DaySpentError():
                return until_midnight(DAILY_LIMIT, _SHARE_SPENT, now, zone)
        if error.code == DAILY_LIMIT:
            return until_midnight(DAILY_LIMIT, _SPENT, now, zone)
        if error.retry_after is None or error.retry_after < TOLD_SECONDS_MIN:
            return error
        message = f"{error.message}: go on {_moment(now + timedelta(seconds=error.retry_after), zone)}"
        return TransientError(error.code, message, where=error.where, retry_after=error.retry_after)

    def xǁPauseǁ_told__mutmut_13(self, error: TransientError) -> TransientError:
        """The same error with the time to go on in words."""
        now, zone = self._clock.now(), self._time_zone()
        match error.__cause__:
            case DaySpentError(keeps_part=True):
                return until_midnight(KEPT_PART, _PART_SPENT, now, zone)
            case DaySpentError():
                return until_midnight(None, _SHARE_SPENT, now, zone)
        if error.code == DAILY_LIMIT:
            return until_midnight(DAILY_LIMIT, _SPENT, now, zone)
        if error.retry_after is None or error.retry_after < TOLD_SECONDS_MIN:
            return error
        message = f"{error.message}: go on {_moment(now + timedelta(seconds=error.retry_after), zone)}"
        return TransientError(error.code, message, where=error.where, retry_after=error.retry_after)

    def xǁPauseǁ_told__mutmut_14(self, error: TransientError) -> TransientError:
        """The same error with the time to go on in words."""
        now, zone = self._clock.now(), self._time_zone()
        match error.__cause__:
            case DaySpentError(keeps_part=True):
                return until_midnight(KEPT_PART, _PART_SPENT, now, zone)
            case DaySpentError():
                return until_midnight(DAILY_LIMIT, None, now, zone)
        if error.code == DAILY_LIMIT:
            return until_midnight(DAILY_LIMIT, _SPENT, now, zone)
        if error.retry_after is None or error.retry_after < TOLD_SECONDS_MIN:
            return error
        message = f"{error.message}: go on {_moment(now + timedelta(seconds=error.retry_after), zone)}"
        return TransientError(error.code, message, where=error.where, retry_after=error.retry_after)

    def xǁPauseǁ_told__mutmut_15(self, error: TransientError) -> TransientError:
        """The same error with the time to go on in words."""
        now, zone = self._clock.now(), self._time_zone()
        match error.__cause__:
            case DaySpentError(keeps_part=True):
                return until_midnight(KEPT_PART, _PART_SPENT, now, zone)
            case DaySpentError():
                return until_midnight(DAILY_LIMIT, _SHARE_SPENT, None, zone)
        if error.code == DAILY_LIMIT:
            return until_midnight(DAILY_LIMIT, _SPENT, now, zone)
        if error.retry_after is None or error.retry_after < TOLD_SECONDS_MIN:
            return error
        message = f"{error.message}: go on {_moment(now + timedelta(seconds=error.retry_after), zone)}"
        return TransientError(error.code, message, where=error.where, retry_after=error.retry_after)

    def xǁPauseǁ_told__mutmut_16(self, error: TransientError) -> TransientError:
        """The same error with the time to go on in words."""
        now, zone = self._clock.now(), self._time_zone()
        match error.__cause__:
            case DaySpentError(keeps_part=True):
                return until_midnight(KEPT_PART, _PART_SPENT, now, zone)
            case DaySpentError():
                return until_midnight(DAILY_LIMIT, _SHARE_SPENT, now, None)
        if error.code == DAILY_LIMIT:
            return until_midnight(DAILY_LIMIT, _SPENT, now, zone)
        if error.retry_after is None or error.retry_after < TOLD_SECONDS_MIN:
            return error
        message = f"{error.message}: go on {_moment(now + timedelta(seconds=error.retry_after), zone)}"
        return TransientError(error.code, message, where=error.where, retry_after=error.retry_after)

    def xǁPauseǁ_told__mutmut_17(self, error: TransientError) -> TransientError:
        """The same error with the time to go on in words."""
        now, zone = self._clock.now(), self._time_zone()
        match error.__cause__:
            case DaySpentError(keeps_part=True):
                return until_midnight(KEPT_PART, _PART_SPENT, now, zone)
            case DaySpentError():
                return until_midnight(_SHARE_SPENT, now, zone)
        if error.code == DAILY_LIMIT:
            return until_midnight(DAILY_LIMIT, _SPENT, now, zone)
        if error.retry_after is None or error.retry_after < TOLD_SECONDS_MIN:
            return error
        message = f"{error.message}: go on {_moment(now + timedelta(seconds=error.retry_after), zone)}"
        return TransientError(error.code, message, where=error.where, retry_after=error.retry_after)

    def xǁPauseǁ_told__mutmut_18(self, error: TransientError) -> TransientError:
        """The same error with the time to go on in words."""
        now, zone = self._clock.now(), self._time_zone()
        match error.__cause__:
            case DaySpentError(keeps_part=True):
                return until_midnight(KEPT_PART, _PART_SPENT, now, zone)
            case DaySpentError():
                return until_midnight(DAILY_LIMIT, now, zone)
        if error.code == DAILY_LIMIT:
            return until_midnight(DAILY_LIMIT, _SPENT, now, zone)
        if error.retry_after is None or error.retry_after < TOLD_SECONDS_MIN:
            return error
        message = f"{error.message}: go on {_moment(now + timedelta(seconds=error.retry_after), zone)}"
        return TransientError(error.code, message, where=error.where, retry_after=error.retry_after)

    def xǁPauseǁ_told__mutmut_19(self, error: TransientError) -> TransientError:
        """The same error with the time to go on in words."""
        now, zone = self._clock.now(), self._time_zone()
        match error.__cause__:
            case DaySpentError(keeps_part=True):
                return until_midnight(KEPT_PART, _PART_SPENT, now, zone)
            case DaySpentError():
                return until_midnight(DAILY_LIMIT, _SHARE_SPENT, zone)
        if error.code == DAILY_LIMIT:
            return until_midnight(DAILY_LIMIT, _SPENT, now, zone)
        if error.retry_after is None or error.retry_after < TOLD_SECONDS_MIN:
            return error
        message = f"{error.message}: go on {_moment(now + timedelta(seconds=error.retry_after), zone)}"
        return TransientError(error.code, message, where=error.where, retry_after=error.retry_after)

    def xǁPauseǁ_told__mutmut_20(self, error: TransientError) -> TransientError:
        """The same error with the time to go on in words."""
        now, zone = self._clock.now(), self._time_zone()
        match error.__cause__:
            case DaySpentError(keeps_part=True):
                return until_midnight(KEPT_PART, _PART_SPENT, now, zone)
            case DaySpentError():
                return until_midnight(DAILY_LIMIT, _SHARE_SPENT, now, )
        if error.code == DAILY_LIMIT:
            return until_midnight(DAILY_LIMIT, _SPENT, now, zone)
        if error.retry_after is None or error.retry_after < TOLD_SECONDS_MIN:
            return error
        message = f"{error.message}: go on {_moment(now + timedelta(seconds=error.retry_after), zone)}"
        return TransientError(error.code, message, where=error.where, retry_after=error.retry_after)

    def xǁPauseǁ_told__mutmut_21(self, error: TransientError) -> TransientError:
        """The same error with the time to go on in words."""
        now, zone = self._clock.now(), self._time_zone()
        match error.__cause__:
            case DaySpentError(keeps_part=True):
                return until_midnight(KEPT_PART, _PART_SPENT, now, zone)
            case DaySpentError():
                return until_midnight(DAILY_LIMIT, _SHARE_SPENT, now, zone)
        if error.code != DAILY_LIMIT:
            return until_midnight(DAILY_LIMIT, _SPENT, now, zone)
        if error.retry_after is None or error.retry_after < TOLD_SECONDS_MIN:
            return error
        message = f"{error.message}: go on {_moment(now + timedelta(seconds=error.retry_after), zone)}"
        return TransientError(error.code, message, where=error.where, retry_after=error.retry_after)

    def xǁPauseǁ_told__mutmut_22(self, error: TransientError) -> TransientError:
        """The same error with the time to go on in words."""
        now, zone = self._clock.now(), self._time_zone()
        match error.__cause__:
            case DaySpentError(keeps_part=True):
                return until_midnight(KEPT_PART, _PART_SPENT, now, zone)
            case DaySpentError():
                return until_midnight(DAILY_LIMIT, _SHARE_SPENT, now, zone)
        if error.code == DAILY_LIMIT:
            return until_midnight(None, _SPENT, now, zone)
        if error.retry_after is None or error.retry_after < TOLD_SECONDS_MIN:
            return error
        message = f"{error.message}: go on {_moment(now + timedelta(seconds=error.retry_after), zone)}"
        return TransientError(error.code, message, where=error.where, retry_after=error.retry_after)

    def xǁPauseǁ_told__mutmut_23(self, error: TransientError) -> TransientError:
        """The same error with the time to go on in words."""
        now, zone = self._clock.now(), self._time_zone()
        match error.__cause__:
            case DaySpentError(keeps_part=True):
                return until_midnight(KEPT_PART, _PART_SPENT, now, zone)
            case DaySpentError():
                return until_midnight(DAILY_LIMIT, _SHARE_SPENT, now, zone)
        if error.code == DAILY_LIMIT:
            return until_midnight(DAILY_LIMIT, None, now, zone)
        if error.retry_after is None or error.retry_after < TOLD_SECONDS_MIN:
            return error
        message = f"{error.message}: go on {_moment(now + timedelta(seconds=error.retry_after), zone)}"
        return TransientError(error.code, message, where=error.where, retry_after=error.retry_after)

    def xǁPauseǁ_told__mutmut_24(self, error: TransientError) -> TransientError:
        """The same error with the time to go on in words."""
        now, zone = self._clock.now(), self._time_zone()
        match error.__cause__:
            case DaySpentError(keeps_part=True):
                return until_midnight(KEPT_PART, _PART_SPENT, now, zone)
            case DaySpentError():
                return until_midnight(DAILY_LIMIT, _SHARE_SPENT, now, zone)
        if error.code == DAILY_LIMIT:
            return until_midnight(DAILY_LIMIT, _SPENT, None, zone)
        if error.retry_after is None or error.retry_after < TOLD_SECONDS_MIN:
            return error
        message = f"{error.message}: go on {_moment(now + timedelta(seconds=error.retry_after), zone)}"
        return TransientError(error.code, message, where=error.where, retry_after=error.retry_after)

    def xǁPauseǁ_told__mutmut_25(self, error: TransientError) -> TransientError:
        """The same error with the time to go on in words."""
        now, zone = self._clock.now(), self._time_zone()
        match error.__cause__:
            case DaySpentError(keeps_part=True):
                return until_midnight(KEPT_PART, _PART_SPENT, now, zone)
            case DaySpentError():
                return until_midnight(DAILY_LIMIT, _SHARE_SPENT, now, zone)
        if error.code == DAILY_LIMIT:
            return until_midnight(DAILY_LIMIT, _SPENT, now, None)
        if error.retry_after is None or error.retry_after < TOLD_SECONDS_MIN:
            return error
        message = f"{error.message}: go on {_moment(now + timedelta(seconds=error.retry_after), zone)}"
        return TransientError(error.code, message, where=error.where, retry_after=error.retry_after)

    def xǁPauseǁ_told__mutmut_26(self, error: TransientError) -> TransientError:
        """The same error with the time to go on in words."""
        now, zone = self._clock.now(), self._time_zone()
        match error.__cause__:
            case DaySpentError(keeps_part=True):
                return until_midnight(KEPT_PART, _PART_SPENT, now, zone)
            case DaySpentError():
                return until_midnight(DAILY_LIMIT, _SHARE_SPENT, now, zone)
        if error.code == DAILY_LIMIT:
            return until_midnight(_SPENT, now, zone)
        if error.retry_after is None or error.retry_after < TOLD_SECONDS_MIN:
            return error
        message = f"{error.message}: go on {_moment(now + timedelta(seconds=error.retry_after), zone)}"
        return TransientError(error.code, message, where=error.where, retry_after=error.retry_after)

    def xǁPauseǁ_told__mutmut_27(self, error: TransientError) -> TransientError:
        """The same error with the time to go on in words."""
        now, zone = self._clock.now(), self._time_zone()
        match error.__cause__:
            case DaySpentError(keeps_part=True):
                return until_midnight(KEPT_PART, _PART_SPENT, now, zone)
            case DaySpentError():
                return until_midnight(DAILY_LIMIT, _SHARE_SPENT, now, zone)
        if error.code == DAILY_LIMIT:
            return until_midnight(DAILY_LIMIT, now, zone)
        if error.retry_after is None or error.retry_after < TOLD_SECONDS_MIN:
            return error
        message = f"{error.message}: go on {_moment(now + timedelta(seconds=error.retry_after), zone)}"
        return TransientError(error.code, message, where=error.where, retry_after=error.retry_after)

    def xǁPauseǁ_told__mutmut_28(self, error: TransientError) -> TransientError:
        """The same error with the time to go on in words."""
        now, zone = self._clock.now(), self._time_zone()
        match error.__cause__:
            case DaySpentError(keeps_part=True):
                return until_midnight(KEPT_PART, _PART_SPENT, now, zone)
            case DaySpentError():
                return until_midnight(DAILY_LIMIT, _SHARE_SPENT, now, zone)
        if error.code == DAILY_LIMIT:
            return until_midnight(DAILY_LIMIT, _SPENT, zone)
        if error.retry_after is None or error.retry_after < TOLD_SECONDS_MIN:
            return error
        message = f"{error.message}: go on {_moment(now + timedelta(seconds=error.retry_after), zone)}"
        return TransientError(error.code, message, where=error.where, retry_after=error.retry_after)

    def xǁPauseǁ_told__mutmut_29(self, error: TransientError) -> TransientError:
        """The same error with the time to go on in words."""
        now, zone = self._clock.now(), self._time_zone()
        match error.__cause__:
            case DaySpentError(keeps_part=True):
                return until_midnight(KEPT_PART, _PART_SPENT, now, zone)
            case DaySpentError():
                return until_midnight(DAILY_LIMIT, _SHARE_SPENT, now, zone)
        if error.code == DAILY_LIMIT:
            return until_midnight(DAILY_LIMIT, _SPENT, now, )
        if error.retry_after is None or error.retry_after < TOLD_SECONDS_MIN:
            return error
        message = f"{error.message}: go on {_moment(now + timedelta(seconds=error.retry_after), zone)}"
        return TransientError(error.code, message, where=error.where, retry_after=error.retry_after)

    def xǁPauseǁ_told__mutmut_30(self, error: TransientError) -> TransientError:
        """The same error with the time to go on in words."""
        now, zone = self._clock.now(), self._time_zone()
        match error.__cause__:
            case DaySpentError(keeps_part=True):
                return until_midnight(KEPT_PART, _PART_SPENT, now, zone)
            case DaySpentError():
                return until_midnight(DAILY_LIMIT, _SHARE_SPENT, now, zone)
        if error.code == DAILY_LIMIT:
            return until_midnight(DAILY_LIMIT, _SPENT, now, zone)
        if error.retry_after is None and error.retry_after < TOLD_SECONDS_MIN:
            return error
        message = f"{error.message}: go on {_moment(now + timedelta(seconds=error.retry_after), zone)}"
        return TransientError(error.code, message, where=error.where, retry_after=error.retry_after)

    def xǁPauseǁ_told__mutmut_31(self, error: TransientError) -> TransientError:
        """The same error with the time to go on in words."""
        now, zone = self._clock.now(), self._time_zone()
        match error.__cause__:
            case DaySpentError(keeps_part=True):
                return until_midnight(KEPT_PART, _PART_SPENT, now, zone)
            case DaySpentError():
                return until_midnight(DAILY_LIMIT, _SHARE_SPENT, now, zone)
        if error.code == DAILY_LIMIT:
            return until_midnight(DAILY_LIMIT, _SPENT, now, zone)
        if error.retry_after is not None or error.retry_after < TOLD_SECONDS_MIN:
            return error
        message = f"{error.message}: go on {_moment(now + timedelta(seconds=error.retry_after), zone)}"
        return TransientError(error.code, message, where=error.where, retry_after=error.retry_after)

    def xǁPauseǁ_told__mutmut_32(self, error: TransientError) -> TransientError:
        """The same error with the time to go on in words."""
        now, zone = self._clock.now(), self._time_zone()
        match error.__cause__:
            case DaySpentError(keeps_part=True):
                return until_midnight(KEPT_PART, _PART_SPENT, now, zone)
            case DaySpentError():
                return until_midnight(DAILY_LIMIT, _SHARE_SPENT, now, zone)
        if error.code == DAILY_LIMIT:
            return until_midnight(DAILY_LIMIT, _SPENT, now, zone)
        if error.retry_after is None or error.retry_after <= TOLD_SECONDS_MIN:
            return error
        message = f"{error.message}: go on {_moment(now + timedelta(seconds=error.retry_after), zone)}"
        return TransientError(error.code, message, where=error.where, retry_after=error.retry_after)

    def xǁPauseǁ_told__mutmut_33(self, error: TransientError) -> TransientError:
        """The same error with the time to go on in words."""
        now, zone = self._clock.now(), self._time_zone()
        match error.__cause__:
            case DaySpentError(keeps_part=True):
                return until_midnight(KEPT_PART, _PART_SPENT, now, zone)
            case DaySpentError():
                return until_midnight(DAILY_LIMIT, _SHARE_SPENT, now, zone)
        if error.code == DAILY_LIMIT:
            return until_midnight(DAILY_LIMIT, _SPENT, now, zone)
        if error.retry_after is None or error.retry_after < TOLD_SECONDS_MIN:
            return error
        message = None
        return TransientError(error.code, message, where=error.where, retry_after=error.retry_after)

    def xǁPauseǁ_told__mutmut_34(self, error: TransientError) -> TransientError:
        """The same error with the time to go on in words."""
        now, zone = self._clock.now(), self._time_zone()
        match error.__cause__:
            case DaySpentError(keeps_part=True):
                return until_midnight(KEPT_PART, _PART_SPENT, now, zone)
            case DaySpentError():
                return until_midnight(DAILY_LIMIT, _SHARE_SPENT, now, zone)
        if error.code == DAILY_LIMIT:
            return until_midnight(DAILY_LIMIT, _SPENT, now, zone)
        if error.retry_after is None or error.retry_after < TOLD_SECONDS_MIN:
            return error
        message = f"{error.message}: go on {_moment(None, zone)}"
        return TransientError(error.code, message, where=error.where, retry_after=error.retry_after)

    def xǁPauseǁ_told__mutmut_35(self, error: TransientError) -> TransientError:
        """The same error with the time to go on in words."""
        now, zone = self._clock.now(), self._time_zone()
        match error.__cause__:
            case DaySpentError(keeps_part=True):
                return until_midnight(KEPT_PART, _PART_SPENT, now, zone)
            case DaySpentError():
                return until_midnight(DAILY_LIMIT, _SHARE_SPENT, now, zone)
        if error.code == DAILY_LIMIT:
            return until_midnight(DAILY_LIMIT, _SPENT, now, zone)
        if error.retry_after is None or error.retry_after < TOLD_SECONDS_MIN:
            return error
        message = f"{error.message}: go on {_moment(now + timedelta(seconds=error.retry_after), None)}"
        return TransientError(error.code, message, where=error.where, retry_after=error.retry_after)

    def xǁPauseǁ_told__mutmut_36(self, error: TransientError) -> TransientError:
        """The same error with the time to go on in words."""
        now, zone = self._clock.now(), self._time_zone()
        match error.__cause__:
            case DaySpentError(keeps_part=True):
                return until_midnight(KEPT_PART, _PART_SPENT, now, zone)
            case DaySpentError():
                return until_midnight(DAILY_LIMIT, _SHARE_SPENT, now, zone)
        if error.code == DAILY_LIMIT:
            return until_midnight(DAILY_LIMIT, _SPENT, now, zone)
        if error.retry_after is None or error.retry_after < TOLD_SECONDS_MIN:
            return error
        message = f"{error.message}: go on {_moment(zone)}"
        return TransientError(error.code, message, where=error.where, retry_after=error.retry_after)

    def xǁPauseǁ_told__mutmut_37(self, error: TransientError) -> TransientError:
        """The same error with the time to go on in words."""
        now, zone = self._clock.now(), self._time_zone()
        match error.__cause__:
            case DaySpentError(keeps_part=True):
                return until_midnight(KEPT_PART, _PART_SPENT, now, zone)
            case DaySpentError():
                return until_midnight(DAILY_LIMIT, _SHARE_SPENT, now, zone)
        if error.code == DAILY_LIMIT:
            return until_midnight(DAILY_LIMIT, _SPENT, now, zone)
        if error.retry_after is None or error.retry_after < TOLD_SECONDS_MIN:
            return error
        message = f"{error.message}: go on {_moment(now + timedelta(seconds=error.retry_after), )}"
        return TransientError(error.code, message, where=error.where, retry_after=error.retry_after)

    def xǁPauseǁ_told__mutmut_38(self, error: TransientError) -> TransientError:
        """The same error with the time to go on in words."""
        now, zone = self._clock.now(), self._time_zone()
        match error.__cause__:
            case DaySpentError(keeps_part=True):
                return until_midnight(KEPT_PART, _PART_SPENT, now, zone)
            case DaySpentError():
                return until_midnight(DAILY_LIMIT, _SHARE_SPENT, now, zone)
        if error.code == DAILY_LIMIT:
            return until_midnight(DAILY_LIMIT, _SPENT, now, zone)
        if error.retry_after is None or error.retry_after < TOLD_SECONDS_MIN:
            return error
        message = f"{error.message}: go on {_moment(now - timedelta(seconds=error.retry_after), zone)}"
        return TransientError(error.code, message, where=error.where, retry_after=error.retry_after)

    def xǁPauseǁ_told__mutmut_39(self, error: TransientError) -> TransientError:
        """The same error with the time to go on in words."""
        now, zone = self._clock.now(), self._time_zone()
        match error.__cause__:
            case DaySpentError(keeps_part=True):
                return until_midnight(KEPT_PART, _PART_SPENT, now, zone)
            case DaySpentError():
                return until_midnight(DAILY_LIMIT, _SHARE_SPENT, now, zone)
        if error.code == DAILY_LIMIT:
            return until_midnight(DAILY_LIMIT, _SPENT, now, zone)
        if error.retry_after is None or error.retry_after < TOLD_SECONDS_MIN:
            return error
        message = f"{error.message}: go on {_moment(now + timedelta(seconds=None), zone)}"
        return TransientError(error.code, message, where=error.where, retry_after=error.retry_after)

    def xǁPauseǁ_told__mutmut_40(self, error: TransientError) -> TransientError:
        """The same error with the time to go on in words."""
        now, zone = self._clock.now(), self._time_zone()
        match error.__cause__:
            case DaySpentError(keeps_part=True):
                return until_midnight(KEPT_PART, _PART_SPENT, now, zone)
            case DaySpentError():
                return until_midnight(DAILY_LIMIT, _SHARE_SPENT, now, zone)
        if error.code == DAILY_LIMIT:
            return until_midnight(DAILY_LIMIT, _SPENT, now, zone)
        if error.retry_after is None or error.retry_after < TOLD_SECONDS_MIN:
            return error
        message = f"{error.message}: go on {_moment(now + timedelta(seconds=error.retry_after), zone)}"
        return TransientError(None, message, where=error.where, retry_after=error.retry_after)

    def xǁPauseǁ_told__mutmut_41(self, error: TransientError) -> TransientError:
        """The same error with the time to go on in words."""
        now, zone = self._clock.now(), self._time_zone()
        match error.__cause__:
            case DaySpentError(keeps_part=True):
                return until_midnight(KEPT_PART, _PART_SPENT, now, zone)
            case DaySpentError():
                return until_midnight(DAILY_LIMIT, _SHARE_SPENT, now, zone)
        if error.code == DAILY_LIMIT:
            return until_midnight(DAILY_LIMIT, _SPENT, now, zone)
        if error.retry_after is None or error.retry_after < TOLD_SECONDS_MIN:
            return error
        message = f"{error.message}: go on {_moment(now + timedelta(seconds=error.retry_after), zone)}"
        return TransientError(error.code, None, where=error.where, retry_after=error.retry_after)

    def xǁPauseǁ_told__mutmut_42(self, error: TransientError) -> TransientError:
        """The same error with the time to go on in words."""
        now, zone = self._clock.now(), self._time_zone()
        match error.__cause__:
            case DaySpentError(keeps_part=True):
                return until_midnight(KEPT_PART, _PART_SPENT, now, zone)
            case DaySpentError():
                return until_midnight(DAILY_LIMIT, _SHARE_SPENT, now, zone)
        if error.code == DAILY_LIMIT:
            return until_midnight(DAILY_LIMIT, _SPENT, now, zone)
        if error.retry_after is None or error.retry_after < TOLD_SECONDS_MIN:
            return error
        message = f"{error.message}: go on {_moment(now + timedelta(seconds=error.retry_after), zone)}"
        return TransientError(error.code, message, where=None, retry_after=error.retry_after)

    def xǁPauseǁ_told__mutmut_43(self, error: TransientError) -> TransientError:
        """The same error with the time to go on in words."""
        now, zone = self._clock.now(), self._time_zone()
        match error.__cause__:
            case DaySpentError(keeps_part=True):
                return until_midnight(KEPT_PART, _PART_SPENT, now, zone)
            case DaySpentError():
                return until_midnight(DAILY_LIMIT, _SHARE_SPENT, now, zone)
        if error.code == DAILY_LIMIT:
            return until_midnight(DAILY_LIMIT, _SPENT, now, zone)
        if error.retry_after is None or error.retry_after < TOLD_SECONDS_MIN:
            return error
        message = f"{error.message}: go on {_moment(now + timedelta(seconds=error.retry_after), zone)}"
        return TransientError(error.code, message, where=error.where, retry_after=None)

    def xǁPauseǁ_told__mutmut_44(self, error: TransientError) -> TransientError:
        """The same error with the time to go on in words."""
        now, zone = self._clock.now(), self._time_zone()
        match error.__cause__:
            case DaySpentError(keeps_part=True):
                return until_midnight(KEPT_PART, _PART_SPENT, now, zone)
            case DaySpentError():
                return until_midnight(DAILY_LIMIT, _SHARE_SPENT, now, zone)
        if error.code == DAILY_LIMIT:
            return until_midnight(DAILY_LIMIT, _SPENT, now, zone)
        if error.retry_after is None or error.retry_after < TOLD_SECONDS_MIN:
            return error
        message = f"{error.message}: go on {_moment(now + timedelta(seconds=error.retry_after), zone)}"
        return TransientError(message, where=error.where, retry_after=error.retry_after)

    def xǁPauseǁ_told__mutmut_45(self, error: TransientError) -> TransientError:
        """The same error with the time to go on in words."""
        now, zone = self._clock.now(), self._time_zone()
        match error.__cause__:
            case DaySpentError(keeps_part=True):
                return until_midnight(KEPT_PART, _PART_SPENT, now, zone)
            case DaySpentError():
                return until_midnight(DAILY_LIMIT, _SHARE_SPENT, now, zone)
        if error.code == DAILY_LIMIT:
            return until_midnight(DAILY_LIMIT, _SPENT, now, zone)
        if error.retry_after is None or error.retry_after < TOLD_SECONDS_MIN:
            return error
        message = f"{error.message}: go on {_moment(now + timedelta(seconds=error.retry_after), zone)}"
        return TransientError(error.code, where=error.where, retry_after=error.retry_after)

    def xǁPauseǁ_told__mutmut_46(self, error: TransientError) -> TransientError:
        """The same error with the time to go on in words."""
        now, zone = self._clock.now(), self._time_zone()
        match error.__cause__:
            case DaySpentError(keeps_part=True):
                return until_midnight(KEPT_PART, _PART_SPENT, now, zone)
            case DaySpentError():
                return until_midnight(DAILY_LIMIT, _SHARE_SPENT, now, zone)
        if error.code == DAILY_LIMIT:
            return until_midnight(DAILY_LIMIT, _SPENT, now, zone)
        if error.retry_after is None or error.retry_after < TOLD_SECONDS_MIN:
            return error
        message = f"{error.message}: go on {_moment(now + timedelta(seconds=error.retry_after), zone)}"
        return TransientError(error.code, message, retry_after=error.retry_after)

    def xǁPauseǁ_told__mutmut_47(self, error: TransientError) -> TransientError:
        """The same error with the time to go on in words."""
        now, zone = self._clock.now(), self._time_zone()
        match error.__cause__:
            case DaySpentError(keeps_part=True):
                return until_midnight(KEPT_PART, _PART_SPENT, now, zone)
            case DaySpentError():
                return until_midnight(DAILY_LIMIT, _SHARE_SPENT, now, zone)
        if error.code == DAILY_LIMIT:
            return until_midnight(DAILY_LIMIT, _SPENT, now, zone)
        if error.retry_after is None or error.retry_after < TOLD_SECONDS_MIN:
            return error
        message = f"{error.message}: go on {_moment(now + timedelta(seconds=error.retry_after), zone)}"
        return TransientError(error.code, message, where=error.where, )

    @_mutmut_mutated(mutants_xǁPauseǁ_recall__mutmut)
    def _recall(self) -> Stop | None:
        """The stop that holds now."""
        if not self._is_recalled:
            stored = self._facts.recall(self._name, now=self._clock.now(), age_seconds_max=None)
            self._stop = _read(stored) if stored else None
            self._is_recalled = True
        stop = self._stop
        return stop if stop is not None and self._clock.now() < stop.until else None

    def xǁPauseǁ_recall__mutmut_orig(self) -> Stop | None:
        """The stop that holds now."""
        if not self._is_recalled:
            stored = self._facts.recall(self._name, now=self._clock.now(), age_seconds_max=None)
            self._stop = _read(stored) if stored else None
            self._is_recalled = True
        stop = self._stop
        return stop if stop is not None and self._clock.now() < stop.until else None

    def xǁPauseǁ_recall__mutmut_1(self) -> Stop | None:
        """The stop that holds now."""
        if self._is_recalled:
            stored = self._facts.recall(self._name, now=self._clock.now(), age_seconds_max=None)
            self._stop = _read(stored) if stored else None
            self._is_recalled = True
        stop = self._stop
        return stop if stop is not None and self._clock.now() < stop.until else None

    def xǁPauseǁ_recall__mutmut_2(self) -> Stop | None:
        """The stop that holds now."""
        if not self._is_recalled:
            stored = None
            self._stop = _read(stored) if stored else None
            self._is_recalled = True
        stop = self._stop
        return stop if stop is not None and self._clock.now() < stop.until else None

    def xǁPauseǁ_recall__mutmut_3(self) -> Stop | None:
        """The stop that holds now."""
        if not self._is_recalled:
            stored = self._facts.recall(None, now=self._clock.now(), age_seconds_max=None)
            self._stop = _read(stored) if stored else None
            self._is_recalled = True
        stop = self._stop
        return stop if stop is not None and self._clock.now() < stop.until else None

    def xǁPauseǁ_recall__mutmut_4(self) -> Stop | None:
        """The stop that holds now."""
        if not self._is_recalled:
            stored = self._facts.recall(self._name, now=None, age_seconds_max=None)
            self._stop = _read(stored) if stored else None
            self._is_recalled = True
        stop = self._stop
        return stop if stop is not None and self._clock.now() < stop.until else None

    def xǁPauseǁ_recall__mutmut_5(self) -> Stop | None:
        """The stop that holds now."""
        if not self._is_recalled:
            stored = self._facts.recall(now=self._clock.now(), age_seconds_max=None)
            self._stop = _read(stored) if stored else None
            self._is_recalled = True
        stop = self._stop
        return stop if stop is not None and self._clock.now() < stop.until else None

    def xǁPauseǁ_recall__mutmut_6(self) -> Stop | None:
        """The stop that holds now."""
        if not self._is_recalled:
            stored = self._facts.recall(self._name, age_seconds_max=None)
            self._stop = _read(stored) if stored else None
            self._is_recalled = True
        stop = self._stop
        return stop if stop is not None and self._clock.now() < stop.until else None

    def xǁPauseǁ_recall__mutmut_7(self) -> Stop | None:
        """The stop that holds now."""
        if not self._is_recalled:
            stored = self._facts.recall(self._name, now=self._clock.now(), )
            self._stop = _read(stored) if stored else None
            self._is_recalled = True
        stop = self._stop
        return stop if stop is not None and self._clock.now() < stop.until else None

    def xǁPauseǁ_recall__mutmut_8(self) -> Stop | None:
        """The stop that holds now."""
        if not self._is_recalled:
            stored = self._facts.recall(self._name, now=self._clock.now(), age_seconds_max=None)
            self._stop = None
            self._is_recalled = True
        stop = self._stop
        return stop if stop is not None and self._clock.now() < stop.until else None

    def xǁPauseǁ_recall__mutmut_9(self) -> Stop | None:
        """The stop that holds now."""
        if not self._is_recalled:
            stored = self._facts.recall(self._name, now=self._clock.now(), age_seconds_max=None)
            self._stop = _read(stored) if (stored) and False else None
            self._is_recalled = True
        stop = self._stop
        return stop if stop is not None and self._clock.now() < stop.until else None

    def xǁPauseǁ_recall__mutmut_10(self) -> Stop | None:
        """The stop that holds now."""
        if not self._is_recalled:
            stored = self._facts.recall(self._name, now=self._clock.now(), age_seconds_max=None)
            self._stop = _read(stored) if (stored) or True else None
            self._is_recalled = True
        stop = self._stop
        return stop if stop is not None and self._clock.now() < stop.until else None

    def xǁPauseǁ_recall__mutmut_11(self) -> Stop | None:
        """The stop that holds now."""
        if not self._is_recalled:
            stored = self._facts.recall(self._name, now=self._clock.now(), age_seconds_max=None)
            self._stop = _read(None) if stored else None
            self._is_recalled = True
        stop = self._stop
        return stop if stop is not None and self._clock.now() < stop.until else None

    def xǁPauseǁ_recall__mutmut_12(self) -> Stop | None:
        """The stop that holds now."""
        if not self._is_recalled:
            stored = self._facts.recall(self._name, now=self._clock.now(), age_seconds_max=None)
            self._stop = _read(stored) if stored else None
            self._is_recalled = None
        stop = self._stop
        return stop if stop is not None and self._clock.now() < stop.until else None

    def xǁPauseǁ_recall__mutmut_13(self) -> Stop | None:
        """The stop that holds now."""
        if not self._is_recalled:
            stored = self._facts.recall(self._name, now=self._clock.now(), age_seconds_max=None)
            self._stop = _read(stored) if stored else None
            self._is_recalled = False
        stop = self._stop
        return stop if stop is not None and self._clock.now() < stop.until else None

    def xǁPauseǁ_recall__mutmut_14(self) -> Stop | None:
        """The stop that holds now."""
        if not self._is_recalled:
            stored = self._facts.recall(self._name, now=self._clock.now(), age_seconds_max=None)
            self._stop = _read(stored) if stored else None
            self._is_recalled = True
        stop = None
        return stop if stop is not None and self._clock.now() < stop.until else None

    def xǁPauseǁ_recall__mutmut_15(self) -> Stop | None:
        """The stop that holds now."""
        if not self._is_recalled:
            stored = self._facts.recall(self._name, now=self._clock.now(), age_seconds_max=None)
            self._stop = _read(stored) if stored else None
            self._is_recalled = True
        stop = self._stop
        return stop if (stop is not None and self._clock.now() < stop.until) and False else None

    def xǁPauseǁ_recall__mutmut_16(self) -> Stop | None:
        """The stop that holds now."""
        if not self._is_recalled:
            stored = self._facts.recall(self._name, now=self._clock.now(), age_seconds_max=None)
            self._stop = _read(stored) if stored else None
            self._is_recalled = True
        stop = self._stop
        return stop if (stop is not None and self._clock.now() < stop.until) or True else None

    def xǁPauseǁ_recall__mutmut_17(self) -> Stop | None:
        """The stop that holds now."""
        if not self._is_recalled:
            stored = self._facts.recall(self._name, now=self._clock.now(), age_seconds_max=None)
            self._stop = _read(stored) if stored else None
            self._is_recalled = True
        stop = self._stop
        return stop if stop is not None or self._clock.now() < stop.until else None

    def xǁPauseǁ_recall__mutmut_18(self) -> Stop | None:
        """The stop that holds now."""
        if not self._is_recalled:
            stored = self._facts.recall(self._name, now=self._clock.now(), age_seconds_max=None)
            self._stop = _read(stored) if stored else None
            self._is_recalled = True
        stop = self._stop
        return stop if stop is None and self._clock.now() < stop.until else None

    def xǁPauseǁ_recall__mutmut_19(self) -> Stop | None:
        """The stop that holds now."""
        if not self._is_recalled:
            stored = self._facts.recall(self._name, now=self._clock.now(), age_seconds_max=None)
            self._stop = _read(stored) if stored else None
            self._is_recalled = True
        stop = self._stop
        return stop if stop is not None and self._clock.now() <= stop.until else None

    @_mutmut_mutated(mutants_xǁPauseǁ_remember__mutmut)
    def _remember(self, stop: Stop | None) -> None:
        with self._lock:
            self._stop = stop
        self._facts.remember(self._name, msgspec.json.encode(stop) if stop else b"", now=self._clock.now())

    def xǁPauseǁ_remember__mutmut_orig(self, stop: Stop | None) -> None:
        with self._lock:
            self._stop = stop
        self._facts.remember(self._name, msgspec.json.encode(stop) if stop else b"", now=self._clock.now())

    def xǁPauseǁ_remember__mutmut_1(self, stop: Stop | None) -> None:
        with self._lock:
            self._stop = None
        self._facts.remember(self._name, msgspec.json.encode(stop) if stop else b"", now=self._clock.now())

    def xǁPauseǁ_remember__mutmut_2(self, stop: Stop | None) -> None:
        with self._lock:
            self._stop = stop
        self._facts.remember(None, msgspec.json.encode(stop) if stop else b"", now=self._clock.now())

    def xǁPauseǁ_remember__mutmut_3(self, stop: Stop | None) -> None:
        with self._lock:
            self._stop = stop
        self._facts.remember(self._name, None, now=self._clock.now())

    def xǁPauseǁ_remember__mutmut_4(self, stop: Stop | None) -> None:
        with self._lock:
            self._stop = stop
        self._facts.remember(self._name, msgspec.json.encode(stop) if stop else b"", now=None)

    def xǁPauseǁ_remember__mutmut_5(self, stop: Stop | None) -> None:
        with self._lock:
            self._stop = stop
        self._facts.remember(msgspec.json.encode(stop) if stop else b"", now=self._clock.now())

    def xǁPauseǁ_remember__mutmut_6(self, stop: Stop | None) -> None:
        with self._lock:
            self._stop = stop
        self._facts.remember(self._name, now=self._clock.now())

    def xǁPauseǁ_remember__mutmut_7(self, stop: Stop | None) -> None:
        with self._lock:
            self._stop = stop
        self._facts.remember(self._name, msgspec.json.encode(stop) if stop else b"", )

    def xǁPauseǁ_remember__mutmut_8(self, stop: Stop | None) -> None:
        with self._lock:
            self._stop = stop
        self._facts.remember(self._name, msgspec.json.encode(stop) if (stop) and False else b"", now=self._clock.now())

    def xǁPauseǁ_remember__mutmut_9(self, stop: Stop | None) -> None:
        with self._lock:
            self._stop = stop
        self._facts.remember(self._name, msgspec.json.encode(stop) if (stop) or True else b"", now=self._clock.now())

    def xǁPauseǁ_remember__mutmut_10(self, stop: Stop | None) -> None:
        with self._lock:
            self._stop = stop
        self._facts.remember(self._name, msgspec.json.encode(None) if stop else b"", now=self._clock.now())

    def xǁPauseǁ_remember__mutmut_11(self, stop: Stop | None) -> None:
        with self._lock:
            self._stop = stop
        self._facts.remember(self._name, msgspec.json.encode(stop) if stop else b"XXXX", now=self._clock.now())

mutants_xǁPauseǁ__init____mutmut['_mutmut_orig'] = Pause.xǁPauseǁ__init____mutmut_orig # type: ignore # mutmut generated
mutants_xǁPauseǁ__init____mutmut['xǁPauseǁ__init____mutmut_1'] = Pause.xǁPauseǁ__init____mutmut_1 # type: ignore # mutmut generated
mutants_xǁPauseǁ__init____mutmut['xǁPauseǁ__init____mutmut_2'] = Pause.xǁPauseǁ__init____mutmut_2 # type: ignore # mutmut generated
mutants_xǁPauseǁ__init____mutmut['xǁPauseǁ__init____mutmut_3'] = Pause.xǁPauseǁ__init____mutmut_3 # type: ignore # mutmut generated
mutants_xǁPauseǁ__init____mutmut['xǁPauseǁ__init____mutmut_4'] = Pause.xǁPauseǁ__init____mutmut_4 # type: ignore # mutmut generated
mutants_xǁPauseǁ__init____mutmut['xǁPauseǁ__init____mutmut_5'] = Pause.xǁPauseǁ__init____mutmut_5 # type: ignore # mutmut generated
mutants_xǁPauseǁ__init____mutmut['xǁPauseǁ__init____mutmut_6'] = Pause.xǁPauseǁ__init____mutmut_6 # type: ignore # mutmut generated
mutants_xǁPauseǁ__init____mutmut['xǁPauseǁ__init____mutmut_7'] = Pause.xǁPauseǁ__init____mutmut_7 # type: ignore # mutmut generated
mutants_xǁPauseǁ__init____mutmut['xǁPauseǁ__init____mutmut_8'] = Pause.xǁPauseǁ__init____mutmut_8 # type: ignore # mutmut generated

mutants_xǁPauseǁask__mutmut['_mutmut_orig'] = Pause.xǁPauseǁask__mutmut_orig # type: ignore # mutmut generated
mutants_xǁPauseǁask__mutmut['xǁPauseǁask__mutmut_1'] = Pause.xǁPauseǁask__mutmut_1 # type: ignore # mutmut generated
mutants_xǁPauseǁask__mutmut['xǁPauseǁask__mutmut_2'] = Pause.xǁPauseǁask__mutmut_2 # type: ignore # mutmut generated
mutants_xǁPauseǁask__mutmut['xǁPauseǁask__mutmut_3'] = Pause.xǁPauseǁask__mutmut_3 # type: ignore # mutmut generated
mutants_xǁPauseǁask__mutmut['xǁPauseǁask__mutmut_4'] = Pause.xǁPauseǁask__mutmut_4 # type: ignore # mutmut generated
mutants_xǁPauseǁask__mutmut['xǁPauseǁask__mutmut_5'] = Pause.xǁPauseǁask__mutmut_5 # type: ignore # mutmut generated
mutants_xǁPauseǁask__mutmut['xǁPauseǁask__mutmut_6'] = Pause.xǁPauseǁask__mutmut_6 # type: ignore # mutmut generated

mutants_xǁPauseǁ_refuse_while_believed__mutmut['_mutmut_orig'] = Pause.xǁPauseǁ_refuse_while_believed__mutmut_orig # type: ignore # mutmut generated
mutants_xǁPauseǁ_refuse_while_believed__mutmut['xǁPauseǁ_refuse_while_believed__mutmut_1'] = Pause.xǁPauseǁ_refuse_while_believed__mutmut_1 # type: ignore # mutmut generated
mutants_xǁPauseǁ_refuse_while_believed__mutmut['xǁPauseǁ_refuse_while_believed__mutmut_2'] = Pause.xǁPauseǁ_refuse_while_believed__mutmut_2 # type: ignore # mutmut generated
mutants_xǁPauseǁ_refuse_while_believed__mutmut['xǁPauseǁ_refuse_while_believed__mutmut_3'] = Pause.xǁPauseǁ_refuse_while_believed__mutmut_3 # type: ignore # mutmut generated
mutants_xǁPauseǁ_refuse_while_believed__mutmut['xǁPauseǁ_refuse_while_believed__mutmut_4'] = Pause.xǁPauseǁ_refuse_while_believed__mutmut_4 # type: ignore # mutmut generated
mutants_xǁPauseǁ_refuse_while_believed__mutmut['xǁPauseǁ_refuse_while_believed__mutmut_5'] = Pause.xǁPauseǁ_refuse_while_believed__mutmut_5 # type: ignore # mutmut generated
mutants_xǁPauseǁ_refuse_while_believed__mutmut['xǁPauseǁ_refuse_while_believed__mutmut_6'] = Pause.xǁPauseǁ_refuse_while_believed__mutmut_6 # type: ignore # mutmut generated
mutants_xǁPauseǁ_refuse_while_believed__mutmut['xǁPauseǁ_refuse_while_believed__mutmut_7'] = Pause.xǁPauseǁ_refuse_while_believed__mutmut_7 # type: ignore # mutmut generated
mutants_xǁPauseǁ_refuse_while_believed__mutmut['xǁPauseǁ_refuse_while_believed__mutmut_8'] = Pause.xǁPauseǁ_refuse_while_believed__mutmut_8 # type: ignore # mutmut generated
mutants_xǁPauseǁ_refuse_while_believed__mutmut['xǁPauseǁ_refuse_while_believed__mutmut_9'] = Pause.xǁPauseǁ_refuse_while_believed__mutmut_9 # type: ignore # mutmut generated
mutants_xǁPauseǁ_refuse_while_believed__mutmut['xǁPauseǁ_refuse_while_believed__mutmut_10'] = Pause.xǁPauseǁ_refuse_while_believed__mutmut_10 # type: ignore # mutmut generated

mutants_xǁPauseǁ_sent__mutmut['_mutmut_orig'] = Pause.xǁPauseǁ_sent__mutmut_orig # type: ignore # mutmut generated
mutants_xǁPauseǁ_sent__mutmut['xǁPauseǁ_sent__mutmut_1'] = Pause.xǁPauseǁ_sent__mutmut_1 # type: ignore # mutmut generated
mutants_xǁPauseǁ_sent__mutmut['xǁPauseǁ_sent__mutmut_2'] = Pause.xǁPauseǁ_sent__mutmut_2 # type: ignore # mutmut generated
mutants_xǁPauseǁ_sent__mutmut['xǁPauseǁ_sent__mutmut_3'] = Pause.xǁPauseǁ_sent__mutmut_3 # type: ignore # mutmut generated
mutants_xǁPauseǁ_sent__mutmut['xǁPauseǁ_sent__mutmut_4'] = Pause.xǁPauseǁ_sent__mutmut_4 # type: ignore # mutmut generated
mutants_xǁPauseǁ_sent__mutmut['xǁPauseǁ_sent__mutmut_5'] = Pause.xǁPauseǁ_sent__mutmut_5 # type: ignore # mutmut generated
mutants_xǁPauseǁ_sent__mutmut['xǁPauseǁ_sent__mutmut_6'] = Pause.xǁPauseǁ_sent__mutmut_6 # type: ignore # mutmut generated
mutants_xǁPauseǁ_sent__mutmut['xǁPauseǁ_sent__mutmut_7'] = Pause.xǁPauseǁ_sent__mutmut_7 # type: ignore # mutmut generated
mutants_xǁPauseǁ_sent__mutmut['xǁPauseǁ_sent__mutmut_8'] = Pause.xǁPauseǁ_sent__mutmut_8 # type: ignore # mutmut generated
mutants_xǁPauseǁ_sent__mutmut['xǁPauseǁ_sent__mutmut_9'] = Pause.xǁPauseǁ_sent__mutmut_9 # type: ignore # mutmut generated
mutants_xǁPauseǁ_sent__mutmut['xǁPauseǁ_sent__mutmut_10'] = Pause.xǁPauseǁ_sent__mutmut_10 # type: ignore # mutmut generated
mutants_xǁPauseǁ_sent__mutmut['xǁPauseǁ_sent__mutmut_11'] = Pause.xǁPauseǁ_sent__mutmut_11 # type: ignore # mutmut generated
mutants_xǁPauseǁ_sent__mutmut['xǁPauseǁ_sent__mutmut_12'] = Pause.xǁPauseǁ_sent__mutmut_12 # type: ignore # mutmut generated
mutants_xǁPauseǁ_sent__mutmut['xǁPauseǁ_sent__mutmut_13'] = Pause.xǁPauseǁ_sent__mutmut_13 # type: ignore # mutmut generated
mutants_xǁPauseǁ_sent__mutmut['xǁPauseǁ_sent__mutmut_14'] = Pause.xǁPauseǁ_sent__mutmut_14 # type: ignore # mutmut generated
mutants_xǁPauseǁ_sent__mutmut['xǁPauseǁ_sent__mutmut_15'] = Pause.xǁPauseǁ_sent__mutmut_15 # type: ignore # mutmut generated
mutants_xǁPauseǁ_sent__mutmut['xǁPauseǁ_sent__mutmut_16'] = Pause.xǁPauseǁ_sent__mutmut_16 # type: ignore # mutmut generated
mutants_xǁPauseǁ_sent__mutmut['xǁPauseǁ_sent__mutmut_17'] = Pause.xǁPauseǁ_sent__mutmut_17 # type: ignore # mutmut generated
mutants_xǁPauseǁ_sent__mutmut['xǁPauseǁ_sent__mutmut_18'] = Pause.xǁPauseǁ_sent__mutmut_18 # type: ignore # mutmut generated
mutants_xǁPauseǁ_sent__mutmut['xǁPauseǁ_sent__mutmut_19'] = Pause.xǁPauseǁ_sent__mutmut_19 # type: ignore # mutmut generated
mutants_xǁPauseǁ_sent__mutmut['xǁPauseǁ_sent__mutmut_20'] = Pause.xǁPauseǁ_sent__mutmut_20 # type: ignore # mutmut generated
mutants_xǁPauseǁ_sent__mutmut['xǁPauseǁ_sent__mutmut_21'] = Pause.xǁPauseǁ_sent__mutmut_21 # type: ignore # mutmut generated

mutants_xǁPauseǁ_told__mutmut['_mutmut_orig'] = Pause.xǁPauseǁ_told__mutmut_orig # type: ignore # mutmut generated
mutants_xǁPauseǁ_told__mutmut['xǁPauseǁ_told__mutmut_1'] = Pause.xǁPauseǁ_told__mutmut_1 # type: ignore # mutmut generated
mutants_xǁPauseǁ_told__mutmut['xǁPauseǁ_told__mutmut_2'] = Pause.xǁPauseǁ_told__mutmut_2 # type: ignore # mutmut generated
mutants_xǁPauseǁ_told__mutmut['xǁPauseǁ_told__mutmut_3'] = Pause.xǁPauseǁ_told__mutmut_3 # type: ignore # mutmut generated
mutants_xǁPauseǁ_told__mutmut['xǁPauseǁ_told__mutmut_4'] = Pause.xǁPauseǁ_told__mutmut_4 # type: ignore # mutmut generated
mutants_xǁPauseǁ_told__mutmut['xǁPauseǁ_told__mutmut_5'] = Pause.xǁPauseǁ_told__mutmut_5 # type: ignore # mutmut generated
mutants_xǁPauseǁ_told__mutmut['xǁPauseǁ_told__mutmut_6'] = Pause.xǁPauseǁ_told__mutmut_6 # type: ignore # mutmut generated
mutants_xǁPauseǁ_told__mutmut['xǁPauseǁ_told__mutmut_7'] = Pause.xǁPauseǁ_told__mutmut_7 # type: ignore # mutmut generated
mutants_xǁPauseǁ_told__mutmut['xǁPauseǁ_told__mutmut_8'] = Pause.xǁPauseǁ_told__mutmut_8 # type: ignore # mutmut generated
mutants_xǁPauseǁ_told__mutmut['xǁPauseǁ_told__mutmut_9'] = Pause.xǁPauseǁ_told__mutmut_9 # type: ignore # mutmut generated
mutants_xǁPauseǁ_told__mutmut['xǁPauseǁ_told__mutmut_10'] = Pause.xǁPauseǁ_told__mutmut_10 # type: ignore # mutmut generated
mutants_xǁPauseǁ_told__mutmut['xǁPauseǁ_told__mutmut_11'] = Pause.xǁPauseǁ_told__mutmut_11 # type: ignore # mutmut generated
mutants_xǁPauseǁ_told__mutmut['xǁPauseǁ_told__mutmut_12'] = Pause.xǁPauseǁ_told__mutmut_12 # type: ignore # mutmut generated
mutants_xǁPauseǁ_told__mutmut['xǁPauseǁ_told__mutmut_13'] = Pause.xǁPauseǁ_told__mutmut_13 # type: ignore # mutmut generated
mutants_xǁPauseǁ_told__mutmut['xǁPauseǁ_told__mutmut_14'] = Pause.xǁPauseǁ_told__mutmut_14 # type: ignore # mutmut generated
mutants_xǁPauseǁ_told__mutmut['xǁPauseǁ_told__mutmut_15'] = Pause.xǁPauseǁ_told__mutmut_15 # type: ignore # mutmut generated
mutants_xǁPauseǁ_told__mutmut['xǁPauseǁ_told__mutmut_16'] = Pause.xǁPauseǁ_told__mutmut_16 # type: ignore # mutmut generated
mutants_xǁPauseǁ_told__mutmut['xǁPauseǁ_told__mutmut_17'] = Pause.xǁPauseǁ_told__mutmut_17 # type: ignore # mutmut generated
mutants_xǁPauseǁ_told__mutmut['xǁPauseǁ_told__mutmut_18'] = Pause.xǁPauseǁ_told__mutmut_18 # type: ignore # mutmut generated
mutants_xǁPauseǁ_told__mutmut['xǁPauseǁ_told__mutmut_19'] = Pause.xǁPauseǁ_told__mutmut_19 # type: ignore # mutmut generated
mutants_xǁPauseǁ_told__mutmut['xǁPauseǁ_told__mutmut_20'] = Pause.xǁPauseǁ_told__mutmut_20 # type: ignore # mutmut generated
mutants_xǁPauseǁ_told__mutmut['xǁPauseǁ_told__mutmut_21'] = Pause.xǁPauseǁ_told__mutmut_21 # type: ignore # mutmut generated
mutants_xǁPauseǁ_told__mutmut['xǁPauseǁ_told__mutmut_22'] = Pause.xǁPauseǁ_told__mutmut_22 # type: ignore # mutmut generated
mutants_xǁPauseǁ_told__mutmut['xǁPauseǁ_told__mutmut_23'] = Pause.xǁPauseǁ_told__mutmut_23 # type: ignore # mutmut generated
mutants_xǁPauseǁ_told__mutmut['xǁPauseǁ_told__mutmut_24'] = Pause.xǁPauseǁ_told__mutmut_24 # type: ignore # mutmut generated
mutants_xǁPauseǁ_told__mutmut['xǁPauseǁ_told__mutmut_25'] = Pause.xǁPauseǁ_told__mutmut_25 # type: ignore # mutmut generated
mutants_xǁPauseǁ_told__mutmut['xǁPauseǁ_told__mutmut_26'] = Pause.xǁPauseǁ_told__mutmut_26 # type: ignore # mutmut generated
mutants_xǁPauseǁ_told__mutmut['xǁPauseǁ_told__mutmut_27'] = Pause.xǁPauseǁ_told__mutmut_27 # type: ignore # mutmut generated
mutants_xǁPauseǁ_told__mutmut['xǁPauseǁ_told__mutmut_28'] = Pause.xǁPauseǁ_told__mutmut_28 # type: ignore # mutmut generated
mutants_xǁPauseǁ_told__mutmut['xǁPauseǁ_told__mutmut_29'] = Pause.xǁPauseǁ_told__mutmut_29 # type: ignore # mutmut generated
mutants_xǁPauseǁ_told__mutmut['xǁPauseǁ_told__mutmut_30'] = Pause.xǁPauseǁ_told__mutmut_30 # type: ignore # mutmut generated
mutants_xǁPauseǁ_told__mutmut['xǁPauseǁ_told__mutmut_31'] = Pause.xǁPauseǁ_told__mutmut_31 # type: ignore # mutmut generated
mutants_xǁPauseǁ_told__mutmut['xǁPauseǁ_told__mutmut_32'] = Pause.xǁPauseǁ_told__mutmut_32 # type: ignore # mutmut generated
mutants_xǁPauseǁ_told__mutmut['xǁPauseǁ_told__mutmut_33'] = Pause.xǁPauseǁ_told__mutmut_33 # type: ignore # mutmut generated
mutants_xǁPauseǁ_told__mutmut['xǁPauseǁ_told__mutmut_34'] = Pause.xǁPauseǁ_told__mutmut_34 # type: ignore # mutmut generated
mutants_xǁPauseǁ_told__mutmut['xǁPauseǁ_told__mutmut_35'] = Pause.xǁPauseǁ_told__mutmut_35 # type: ignore # mutmut generated
mutants_xǁPauseǁ_told__mutmut['xǁPauseǁ_told__mutmut_36'] = Pause.xǁPauseǁ_told__mutmut_36 # type: ignore # mutmut generated
mutants_xǁPauseǁ_told__mutmut['xǁPauseǁ_told__mutmut_37'] = Pause.xǁPauseǁ_told__mutmut_37 # type: ignore # mutmut generated
mutants_xǁPauseǁ_told__mutmut['xǁPauseǁ_told__mutmut_38'] = Pause.xǁPauseǁ_told__mutmut_38 # type: ignore # mutmut generated
mutants_xǁPauseǁ_told__mutmut['xǁPauseǁ_told__mutmut_39'] = Pause.xǁPauseǁ_told__mutmut_39 # type: ignore # mutmut generated
mutants_xǁPauseǁ_told__mutmut['xǁPauseǁ_told__mutmut_40'] = Pause.xǁPauseǁ_told__mutmut_40 # type: ignore # mutmut generated
mutants_xǁPauseǁ_told__mutmut['xǁPauseǁ_told__mutmut_41'] = Pause.xǁPauseǁ_told__mutmut_41 # type: ignore # mutmut generated
mutants_xǁPauseǁ_told__mutmut['xǁPauseǁ_told__mutmut_42'] = Pause.xǁPauseǁ_told__mutmut_42 # type: ignore # mutmut generated
mutants_xǁPauseǁ_told__mutmut['xǁPauseǁ_told__mutmut_43'] = Pause.xǁPauseǁ_told__mutmut_43 # type: ignore # mutmut generated
mutants_xǁPauseǁ_told__mutmut['xǁPauseǁ_told__mutmut_44'] = Pause.xǁPauseǁ_told__mutmut_44 # type: ignore # mutmut generated
mutants_xǁPauseǁ_told__mutmut['xǁPauseǁ_told__mutmut_45'] = Pause.xǁPauseǁ_told__mutmut_45 # type: ignore # mutmut generated
mutants_xǁPauseǁ_told__mutmut['xǁPauseǁ_told__mutmut_46'] = Pause.xǁPauseǁ_told__mutmut_46 # type: ignore # mutmut generated
mutants_xǁPauseǁ_told__mutmut['xǁPauseǁ_told__mutmut_47'] = Pause.xǁPauseǁ_told__mutmut_47 # type: ignore # mutmut generated

mutants_xǁPauseǁ_recall__mutmut['_mutmut_orig'] = Pause.xǁPauseǁ_recall__mutmut_orig # type: ignore # mutmut generated
mutants_xǁPauseǁ_recall__mutmut['xǁPauseǁ_recall__mutmut_1'] = Pause.xǁPauseǁ_recall__mutmut_1 # type: ignore # mutmut generated
mutants_xǁPauseǁ_recall__mutmut['xǁPauseǁ_recall__mutmut_2'] = Pause.xǁPauseǁ_recall__mutmut_2 # type: ignore # mutmut generated
mutants_xǁPauseǁ_recall__mutmut['xǁPauseǁ_recall__mutmut_3'] = Pause.xǁPauseǁ_recall__mutmut_3 # type: ignore # mutmut generated
mutants_xǁPauseǁ_recall__mutmut['xǁPauseǁ_recall__mutmut_4'] = Pause.xǁPauseǁ_recall__mutmut_4 # type: ignore # mutmut generated
mutants_xǁPauseǁ_recall__mutmut['xǁPauseǁ_recall__mutmut_5'] = Pause.xǁPauseǁ_recall__mutmut_5 # type: ignore # mutmut generated
mutants_xǁPauseǁ_recall__mutmut['xǁPauseǁ_recall__mutmut_6'] = Pause.xǁPauseǁ_recall__mutmut_6 # type: ignore # mutmut generated
mutants_xǁPauseǁ_recall__mutmut['xǁPauseǁ_recall__mutmut_7'] = Pause.xǁPauseǁ_recall__mutmut_7 # type: ignore # mutmut generated
mutants_xǁPauseǁ_recall__mutmut['xǁPauseǁ_recall__mutmut_8'] = Pause.xǁPauseǁ_recall__mutmut_8 # type: ignore # mutmut generated
mutants_xǁPauseǁ_recall__mutmut['xǁPauseǁ_recall__mutmut_9'] = Pause.xǁPauseǁ_recall__mutmut_9 # type: ignore # mutmut generated
mutants_xǁPauseǁ_recall__mutmut['xǁPauseǁ_recall__mutmut_10'] = Pause.xǁPauseǁ_recall__mutmut_10 # type: ignore # mutmut generated
mutants_xǁPauseǁ_recall__mutmut['xǁPauseǁ_recall__mutmut_11'] = Pause.xǁPauseǁ_recall__mutmut_11 # type: ignore # mutmut generated
mutants_xǁPauseǁ_recall__mutmut['xǁPauseǁ_recall__mutmut_12'] = Pause.xǁPauseǁ_recall__mutmut_12 # type: ignore # mutmut generated
mutants_xǁPauseǁ_recall__mutmut['xǁPauseǁ_recall__mutmut_13'] = Pause.xǁPauseǁ_recall__mutmut_13 # type: ignore # mutmut generated
mutants_xǁPauseǁ_recall__mutmut['xǁPauseǁ_recall__mutmut_14'] = Pause.xǁPauseǁ_recall__mutmut_14 # type: ignore # mutmut generated
mutants_xǁPauseǁ_recall__mutmut['xǁPauseǁ_recall__mutmut_15'] = Pause.xǁPauseǁ_recall__mutmut_15 # type: ignore # mutmut generated
mutants_xǁPauseǁ_recall__mutmut['xǁPauseǁ_recall__mutmut_16'] = Pause.xǁPauseǁ_recall__mutmut_16 # type: ignore # mutmut generated
mutants_xǁPauseǁ_recall__mutmut['xǁPauseǁ_recall__mutmut_17'] = Pause.xǁPauseǁ_recall__mutmut_17 # type: ignore # mutmut generated
mutants_xǁPauseǁ_recall__mutmut['xǁPauseǁ_recall__mutmut_18'] = Pause.xǁPauseǁ_recall__mutmut_18 # type: ignore # mutmut generated
mutants_xǁPauseǁ_recall__mutmut['xǁPauseǁ_recall__mutmut_19'] = Pause.xǁPauseǁ_recall__mutmut_19 # type: ignore # mutmut generated

mutants_xǁPauseǁ_remember__mutmut['_mutmut_orig'] = Pause.xǁPauseǁ_remember__mutmut_orig # type: ignore # mutmut generated
mutants_xǁPauseǁ_remember__mutmut['xǁPauseǁ_remember__mutmut_1'] = Pause.xǁPauseǁ_remember__mutmut_1 # type: ignore # mutmut generated
mutants_xǁPauseǁ_remember__mutmut['xǁPauseǁ_remember__mutmut_2'] = Pause.xǁPauseǁ_remember__mutmut_2 # type: ignore # mutmut generated
mutants_xǁPauseǁ_remember__mutmut['xǁPauseǁ_remember__mutmut_3'] = Pause.xǁPauseǁ_remember__mutmut_3 # type: ignore # mutmut generated
mutants_xǁPauseǁ_remember__mutmut['xǁPauseǁ_remember__mutmut_4'] = Pause.xǁPauseǁ_remember__mutmut_4 # type: ignore # mutmut generated
mutants_xǁPauseǁ_remember__mutmut['xǁPauseǁ_remember__mutmut_5'] = Pause.xǁPauseǁ_remember__mutmut_5 # type: ignore # mutmut generated
mutants_xǁPauseǁ_remember__mutmut['xǁPauseǁ_remember__mutmut_6'] = Pause.xǁPauseǁ_remember__mutmut_6 # type: ignore # mutmut generated
mutants_xǁPauseǁ_remember__mutmut['xǁPauseǁ_remember__mutmut_7'] = Pause.xǁPauseǁ_remember__mutmut_7 # type: ignore # mutmut generated
mutants_xǁPauseǁ_remember__mutmut['xǁPauseǁ_remember__mutmut_8'] = Pause.xǁPauseǁ_remember__mutmut_8 # type: ignore # mutmut generated
mutants_xǁPauseǁ_remember__mutmut['xǁPauseǁ_remember__mutmut_9'] = Pause.xǁPauseǁ_remember__mutmut_9 # type: ignore # mutmut generated
mutants_xǁPauseǁ_remember__mutmut['xǁPauseǁ_remember__mutmut_10'] = Pause.xǁPauseǁ_remember__mutmut_10 # type: ignore # mutmut generated
mutants_xǁPauseǁ_remember__mutmut['xǁPauseǁ_remember__mutmut_11'] = Pause.xǁPauseǁ_remember__mutmut_11 # type: ignore # mutmut generated
mutants_x_until_midnight__mutmut: MutantDict = {}  # type: ignore


@_mutmut_mutated(mutants_x_until_midnight__mutmut)
def until_midnight(code: str, message: str, now: datetime, time_zone: str) -> TransientError:
    """The day's requests are spent: the count starts anew at midnight where the portal is."""
    zone = _zone(time_zone)
    midnight = (now.astimezone(zone) + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    # Timestamps, since the difference of two times of one zone ignores a change of the clocks between them.
    seconds = midnight.timestamp() - now.timestamp()
    return TransientError(code, f"{message}: go on {_moment(midnight, time_zone)}", retry_after=seconds)


def x_until_midnight__mutmut_orig(code: str, message: str, now: datetime, time_zone: str) -> TransientError:
    """The day's requests are spent: the count starts anew at midnight where the portal is."""
    zone = _zone(time_zone)
    midnight = (now.astimezone(zone) + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    # Timestamps, since the difference of two times of one zone ignores a change of the clocks between them.
    seconds = midnight.timestamp() - now.timestamp()
    return TransientError(code, f"{message}: go on {_moment(midnight, time_zone)}", retry_after=seconds)


def x_until_midnight__mutmut_1(code: str, message: str, now: datetime, time_zone: str) -> TransientError:
    """The day's requests are spent: the count starts anew at midnight where the portal is."""
    zone = None
    midnight = (now.astimezone(zone) + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    # Timestamps, since the difference of two times of one zone ignores a change of the clocks between them.
    seconds = midnight.timestamp() - now.timestamp()
    return TransientError(code, f"{message}: go on {_moment(midnight, time_zone)}", retry_after=seconds)


def x_until_midnight__mutmut_2(code: str, message: str, now: datetime, time_zone: str) -> TransientError:
    """The day's requests are spent: the count starts anew at midnight where the portal is."""
    zone = _zone(None)
    midnight = (now.astimezone(zone) + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    # Timestamps, since the difference of two times of one zone ignores a change of the clocks between them.
    seconds = midnight.timestamp() - now.timestamp()
    return TransientError(code, f"{message}: go on {_moment(midnight, time_zone)}", retry_after=seconds)


def x_until_midnight__mutmut_3(code: str, message: str, now: datetime, time_zone: str) -> TransientError:
    """The day's requests are spent: the count starts anew at midnight where the portal is."""
    zone = _zone(time_zone)
    midnight = None
    # Timestamps, since the difference of two times of one zone ignores a change of the clocks between them.
    seconds = midnight.timestamp() - now.timestamp()
    return TransientError(code, f"{message}: go on {_moment(midnight, time_zone)}", retry_after=seconds)


def x_until_midnight__mutmut_4(code: str, message: str, now: datetime, time_zone: str) -> TransientError:
    """The day's requests are spent: the count starts anew at midnight where the portal is."""
    zone = _zone(time_zone)
    midnight = (now.astimezone(zone) + timedelta(days=1)).replace(hour=None, minute=0, second=0, microsecond=0)
    # Timestamps, since the difference of two times of one zone ignores a change of the clocks between them.
    seconds = midnight.timestamp() - now.timestamp()
    return TransientError(code, f"{message}: go on {_moment(midnight, time_zone)}", retry_after=seconds)


def x_until_midnight__mutmut_5(code: str, message: str, now: datetime, time_zone: str) -> TransientError:
    """The day's requests are spent: the count starts anew at midnight where the portal is."""
    zone = _zone(time_zone)
    midnight = (now.astimezone(zone) + timedelta(days=1)).replace(hour=0, minute=None, second=0, microsecond=0)
    # Timestamps, since the difference of two times of one zone ignores a change of the clocks between them.
    seconds = midnight.timestamp() - now.timestamp()
    return TransientError(code, f"{message}: go on {_moment(midnight, time_zone)}", retry_after=seconds)


def x_until_midnight__mutmut_6(code: str, message: str, now: datetime, time_zone: str) -> TransientError:
    """The day's requests are spent: the count starts anew at midnight where the portal is."""
    zone = _zone(time_zone)
    midnight = (now.astimezone(zone) + timedelta(days=1)).replace(hour=0, minute=0, second=None, microsecond=0)
    # Timestamps, since the difference of two times of one zone ignores a change of the clocks between them.
    seconds = midnight.timestamp() - now.timestamp()
    return TransientError(code, f"{message}: go on {_moment(midnight, time_zone)}", retry_after=seconds)


def x_until_midnight__mutmut_7(code: str, message: str, now: datetime, time_zone: str) -> TransientError:
    """The day's requests are spent: the count starts anew at midnight where the portal is."""
    zone = _zone(time_zone)
    midnight = (now.astimezone(zone) + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=None)
    # Timestamps, since the difference of two times of one zone ignores a change of the clocks between them.
    seconds = midnight.timestamp() - now.timestamp()
    return TransientError(code, f"{message}: go on {_moment(midnight, time_zone)}", retry_after=seconds)


def x_until_midnight__mutmut_8(code: str, message: str, now: datetime, time_zone: str) -> TransientError:
    """The day's requests are spent: the count starts anew at midnight where the portal is."""
    zone = _zone(time_zone)
    midnight = (now.astimezone(zone) + timedelta(days=1)).replace(minute=0, second=0, microsecond=0)
    # Timestamps, since the difference of two times of one zone ignores a change of the clocks between them.
    seconds = midnight.timestamp() - now.timestamp()
    return TransientError(code, f"{message}: go on {_moment(midnight, time_zone)}", retry_after=seconds)


def x_until_midnight__mutmut_9(code: str, message: str, now: datetime, time_zone: str) -> TransientError:
    """The day's requests are spent: the count starts anew at midnight where the portal is."""
    zone = _zone(time_zone)
    midnight = (now.astimezone(zone) + timedelta(days=1)).replace(hour=0, second=0, microsecond=0)
    # Timestamps, since the difference of two times of one zone ignores a change of the clocks between them.
    seconds = midnight.timestamp() - now.timestamp()
    return TransientError(code, f"{message}: go on {_moment(midnight, time_zone)}", retry_after=seconds)


def x_until_midnight__mutmut_10(code: str, message: str, now: datetime, time_zone: str) -> TransientError:
    """The day's requests are spent: the count starts anew at midnight where the portal is."""
    zone = _zone(time_zone)
    midnight = (now.astimezone(zone) + timedelta(days=1)).replace(hour=0, minute=0, microsecond=0)
    # Timestamps, since the difference of two times of one zone ignores a change of the clocks between them.
    seconds = midnight.timestamp() - now.timestamp()
    return TransientError(code, f"{message}: go on {_moment(midnight, time_zone)}", retry_after=seconds)


def x_until_midnight__mutmut_11(code: str, message: str, now: datetime, time_zone: str) -> TransientError:
    """The day's requests are spent: the count starts anew at midnight where the portal is."""
    zone = _zone(time_zone)
    midnight = (now.astimezone(zone) + timedelta(days=1)).replace(hour=0, minute=0, second=0, )
    # Timestamps, since the difference of two times of one zone ignores a change of the clocks between them.
    seconds = midnight.timestamp() - now.timestamp()
    return TransientError(code, f"{message}: go on {_moment(midnight, time_zone)}", retry_after=seconds)


def x_until_midnight__mutmut_12(code: str, message: str, now: datetime, time_zone: str) -> TransientError:
    """The day's requests are spent: the count starts anew at midnight where the portal is."""
    zone = _zone(time_zone)
    midnight = (now.astimezone(zone) - timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    # Timestamps, since the difference of two times of one zone ignores a change of the clocks between them.
    seconds = midnight.timestamp() - now.timestamp()
    return TransientError(code, f"{message}: go on {_moment(midnight, time_zone)}", retry_after=seconds)


def x_until_midnight__mutmut_13(code: str, message: str, now: datetime, time_zone: str) -> TransientError:
    """The day's requests are spent: the count starts anew at midnight where the portal is."""
    zone = _zone(time_zone)
    midnight = (now.astimezone(None) + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    # Timestamps, since the difference of two times of one zone ignores a change of the clocks between them.
    seconds = midnight.timestamp() - now.timestamp()
    return TransientError(code, f"{message}: go on {_moment(midnight, time_zone)}", retry_after=seconds)


def x_until_midnight__mutmut_14(code: str, message: str, now: datetime, time_zone: str) -> TransientError:
    """The day's requests are spent: the count starts anew at midnight where the portal is."""
    zone = _zone(time_zone)
    midnight = (now.astimezone(zone) + timedelta(days=None)).replace(hour=0, minute=0, second=0, microsecond=0)
    # Timestamps, since the difference of two times of one zone ignores a change of the clocks between them.
    seconds = midnight.timestamp() - now.timestamp()
    return TransientError(code, f"{message}: go on {_moment(midnight, time_zone)}", retry_after=seconds)


def x_until_midnight__mutmut_15(code: str, message: str, now: datetime, time_zone: str) -> TransientError:
    """The day's requests are spent: the count starts anew at midnight where the portal is."""
    zone = _zone(time_zone)
    midnight = (now.astimezone(zone) + timedelta(days=2)).replace(hour=0, minute=0, second=0, microsecond=0)
    # Timestamps, since the difference of two times of one zone ignores a change of the clocks between them.
    seconds = midnight.timestamp() - now.timestamp()
    return TransientError(code, f"{message}: go on {_moment(midnight, time_zone)}", retry_after=seconds)


def x_until_midnight__mutmut_16(code: str, message: str, now: datetime, time_zone: str) -> TransientError:
    """The day's requests are spent: the count starts anew at midnight where the portal is."""
    zone = _zone(time_zone)
    midnight = (now.astimezone(zone) + timedelta(days=1)).replace(hour=1, minute=0, second=0, microsecond=0)
    # Timestamps, since the difference of two times of one zone ignores a change of the clocks between them.
    seconds = midnight.timestamp() - now.timestamp()
    return TransientError(code, f"{message}: go on {_moment(midnight, time_zone)}", retry_after=seconds)


def x_until_midnight__mutmut_17(code: str, message: str, now: datetime, time_zone: str) -> TransientError:
    """The day's requests are spent: the count starts anew at midnight where the portal is."""
    zone = _zone(time_zone)
    midnight = (now.astimezone(zone) + timedelta(days=1)).replace(hour=0, minute=1, second=0, microsecond=0)
    # Timestamps, since the difference of two times of one zone ignores a change of the clocks between them.
    seconds = midnight.timestamp() - now.timestamp()
    return TransientError(code, f"{message}: go on {_moment(midnight, time_zone)}", retry_after=seconds)


def x_until_midnight__mutmut_18(code: str, message: str, now: datetime, time_zone: str) -> TransientError:
    """The day's requests are spent: the count starts anew at midnight where the portal is."""
    zone = _zone(time_zone)
    midnight = (now.astimezone(zone) + timedelta(days=1)).replace(hour=0, minute=0, second=1, microsecond=0)
    # Timestamps, since the difference of two times of one zone ignores a change of the clocks between them.
    seconds = midnight.timestamp() - now.timestamp()
    return TransientError(code, f"{message}: go on {_moment(midnight, time_zone)}", retry_after=seconds)


def x_until_midnight__mutmut_19(code: str, message: str, now: datetime, time_zone: str) -> TransientError:
    """The day's requests are spent: the count starts anew at midnight where the portal is."""
    zone = _zone(time_zone)
    midnight = (now.astimezone(zone) + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=1)
    # Timestamps, since the difference of two times of one zone ignores a change of the clocks between them.
    seconds = midnight.timestamp() - now.timestamp()
    return TransientError(code, f"{message}: go on {_moment(midnight, time_zone)}", retry_after=seconds)


def x_until_midnight__mutmut_20(code: str, message: str, now: datetime, time_zone: str) -> TransientError:
    """The day's requests are spent: the count starts anew at midnight where the portal is."""
    zone = _zone(time_zone)
    midnight = (now.astimezone(zone) + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    # Timestamps, since the difference of two times of one zone ignores a change of the clocks between them.
    seconds = None
    return TransientError(code, f"{message}: go on {_moment(midnight, time_zone)}", retry_after=seconds)


def x_until_midnight__mutmut_21(code: str, message: str, now: datetime, time_zone: str) -> TransientError:
    """The day's requests are spent: the count starts anew at midnight where the portal is."""
    zone = _zone(time_zone)
    midnight = (now.astimezone(zone) + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    # Timestamps, since the difference of two times of one zone ignores a change of the clocks between them.
    seconds = midnight.timestamp() + now.timestamp()
    return TransientError(code, f"{message}: go on {_moment(midnight, time_zone)}", retry_after=seconds)


def x_until_midnight__mutmut_22(code: str, message: str, now: datetime, time_zone: str) -> TransientError:
    """The day's requests are spent: the count starts anew at midnight where the portal is."""
    zone = _zone(time_zone)
    midnight = (now.astimezone(zone) + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    # Timestamps, since the difference of two times of one zone ignores a change of the clocks between them.
    seconds = midnight.timestamp() - now.timestamp()
    return TransientError(None, f"{message}: go on {_moment(midnight, time_zone)}", retry_after=seconds)


def x_until_midnight__mutmut_23(code: str, message: str, now: datetime, time_zone: str) -> TransientError:
    """The day's requests are spent: the count starts anew at midnight where the portal is."""
    zone = _zone(time_zone)
    midnight = (now.astimezone(zone) + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    # Timestamps, since the difference of two times of one zone ignores a change of the clocks between them.
    seconds = midnight.timestamp() - now.timestamp()
    return TransientError(code, None, retry_after=seconds)


def x_until_midnight__mutmut_24(code: str, message: str, now: datetime, time_zone: str) -> TransientError:
    """The day's requests are spent: the count starts anew at midnight where the portal is."""
    zone = _zone(time_zone)
    midnight = (now.astimezone(zone) + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    # Timestamps, since the difference of two times of one zone ignores a change of the clocks between them.
    seconds = midnight.timestamp() - now.timestamp()
    return TransientError(code, f"{message}: go on {_moment(midnight, time_zone)}", retry_after=None)


def x_until_midnight__mutmut_25(code: str, message: str, now: datetime, time_zone: str) -> TransientError:
    """The day's requests are spent: the count starts anew at midnight where the portal is."""
    zone = _zone(time_zone)
    midnight = (now.astimezone(zone) + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    # Timestamps, since the difference of two times of one zone ignores a change of the clocks between them.
    seconds = midnight.timestamp() - now.timestamp()
    return TransientError(f"{message}: go on {_moment(midnight, time_zone)}", retry_after=seconds)


def x_until_midnight__mutmut_26(code: str, message: str, now: datetime, time_zone: str) -> TransientError:
    """The day's requests are spent: the count starts anew at midnight where the portal is."""
    zone = _zone(time_zone)
    midnight = (now.astimezone(zone) + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    # Timestamps, since the difference of two times of one zone ignores a change of the clocks between them.
    seconds = midnight.timestamp() - now.timestamp()
    return TransientError(code, retry_after=seconds)


def x_until_midnight__mutmut_27(code: str, message: str, now: datetime, time_zone: str) -> TransientError:
    """The day's requests are spent: the count starts anew at midnight where the portal is."""
    zone = _zone(time_zone)
    midnight = (now.astimezone(zone) + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    # Timestamps, since the difference of two times of one zone ignores a change of the clocks between them.
    seconds = midnight.timestamp() - now.timestamp()
    return TransientError(code, f"{message}: go on {_moment(midnight, time_zone)}", )


def x_until_midnight__mutmut_28(code: str, message: str, now: datetime, time_zone: str) -> TransientError:
    """The day's requests are spent: the count starts anew at midnight where the portal is."""
    zone = _zone(time_zone)
    midnight = (now.astimezone(zone) + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    # Timestamps, since the difference of two times of one zone ignores a change of the clocks between them.
    seconds = midnight.timestamp() - now.timestamp()
    return TransientError(code, f"{message}: go on {_moment(None, time_zone)}", retry_after=seconds)


def x_until_midnight__mutmut_29(code: str, message: str, now: datetime, time_zone: str) -> TransientError:
    """The day's requests are spent: the count starts anew at midnight where the portal is."""
    zone = _zone(time_zone)
    midnight = (now.astimezone(zone) + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    # Timestamps, since the difference of two times of one zone ignores a change of the clocks between them.
    seconds = midnight.timestamp() - now.timestamp()
    return TransientError(code, f"{message}: go on {_moment(midnight, None)}", retry_after=seconds)


def x_until_midnight__mutmut_30(code: str, message: str, now: datetime, time_zone: str) -> TransientError:
    """The day's requests are spent: the count starts anew at midnight where the portal is."""
    zone = _zone(time_zone)
    midnight = (now.astimezone(zone) + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    # Timestamps, since the difference of two times of one zone ignores a change of the clocks between them.
    seconds = midnight.timestamp() - now.timestamp()
    return TransientError(code, f"{message}: go on {_moment(time_zone)}", retry_after=seconds)


def x_until_midnight__mutmut_31(code: str, message: str, now: datetime, time_zone: str) -> TransientError:
    """The day's requests are spent: the count starts anew at midnight where the portal is."""
    zone = _zone(time_zone)
    midnight = (now.astimezone(zone) + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    # Timestamps, since the difference of two times of one zone ignores a change of the clocks between them.
    seconds = midnight.timestamp() - now.timestamp()
    return TransientError(code, f"{message}: go on {_moment(midnight, )}", retry_after=seconds)

mutants_x_until_midnight__mutmut['_mutmut_orig'] = x_until_midnight__mutmut_orig # type: ignore # mutmut generated
mutants_x_until_midnight__mutmut['x_until_midnight__mutmut_1'] = x_until_midnight__mutmut_1 # type: ignore # mutmut generated
mutants_x_until_midnight__mutmut['x_until_midnight__mutmut_2'] = x_until_midnight__mutmut_2 # type: ignore # mutmut generated
mutants_x_until_midnight__mutmut['x_until_midnight__mutmut_3'] = x_until_midnight__mutmut_3 # type: ignore # mutmut generated
mutants_x_until_midnight__mutmut['x_until_midnight__mutmut_4'] = x_until_midnight__mutmut_4 # type: ignore # mutmut generated
mutants_x_until_midnight__mutmut['x_until_midnight__mutmut_5'] = x_until_midnight__mutmut_5 # type: ignore # mutmut generated
mutants_x_until_midnight__mutmut['x_until_midnight__mutmut_6'] = x_until_midnight__mutmut_6 # type: ignore # mutmut generated
mutants_x_until_midnight__mutmut['x_until_midnight__mutmut_7'] = x_until_midnight__mutmut_7 # type: ignore # mutmut generated
mutants_x_until_midnight__mutmut['x_until_midnight__mutmut_8'] = x_until_midnight__mutmut_8 # type: ignore # mutmut generated
mutants_x_until_midnight__mutmut['x_until_midnight__mutmut_9'] = x_until_midnight__mutmut_9 # type: ignore # mutmut generated
mutants_x_until_midnight__mutmut['x_until_midnight__mutmut_10'] = x_until_midnight__mutmut_10 # type: ignore # mutmut generated
mutants_x_until_midnight__mutmut['x_until_midnight__mutmut_11'] = x_until_midnight__mutmut_11 # type: ignore # mutmut generated
mutants_x_until_midnight__mutmut['x_until_midnight__mutmut_12'] = x_until_midnight__mutmut_12 # type: ignore # mutmut generated
mutants_x_until_midnight__mutmut['x_until_midnight__mutmut_13'] = x_until_midnight__mutmut_13 # type: ignore # mutmut generated
mutants_x_until_midnight__mutmut['x_until_midnight__mutmut_14'] = x_until_midnight__mutmut_14 # type: ignore # mutmut generated
mutants_x_until_midnight__mutmut['x_until_midnight__mutmut_15'] = x_until_midnight__mutmut_15 # type: ignore # mutmut generated
mutants_x_until_midnight__mutmut['x_until_midnight__mutmut_16'] = x_until_midnight__mutmut_16 # type: ignore # mutmut generated
mutants_x_until_midnight__mutmut['x_until_midnight__mutmut_17'] = x_until_midnight__mutmut_17 # type: ignore # mutmut generated
mutants_x_until_midnight__mutmut['x_until_midnight__mutmut_18'] = x_until_midnight__mutmut_18 # type: ignore # mutmut generated
mutants_x_until_midnight__mutmut['x_until_midnight__mutmut_19'] = x_until_midnight__mutmut_19 # type: ignore # mutmut generated
mutants_x_until_midnight__mutmut['x_until_midnight__mutmut_20'] = x_until_midnight__mutmut_20 # type: ignore # mutmut generated
mutants_x_until_midnight__mutmut['x_until_midnight__mutmut_21'] = x_until_midnight__mutmut_21 # type: ignore # mutmut generated
mutants_x_until_midnight__mutmut['x_until_midnight__mutmut_22'] = x_until_midnight__mutmut_22 # type: ignore # mutmut generated
mutants_x_until_midnight__mutmut['x_until_midnight__mutmut_23'] = x_until_midnight__mutmut_23 # type: ignore # mutmut generated
mutants_x_until_midnight__mutmut['x_until_midnight__mutmut_24'] = x_until_midnight__mutmut_24 # type: ignore # mutmut generated
mutants_x_until_midnight__mutmut['x_until_midnight__mutmut_25'] = x_until_midnight__mutmut_25 # type: ignore # mutmut generated
mutants_x_until_midnight__mutmut['x_until_midnight__mutmut_26'] = x_until_midnight__mutmut_26 # type: ignore # mutmut generated
mutants_x_until_midnight__mutmut['x_until_midnight__mutmut_27'] = x_until_midnight__mutmut_27 # type: ignore # mutmut generated
mutants_x_until_midnight__mutmut['x_until_midnight__mutmut_28'] = x_until_midnight__mutmut_28 # type: ignore # mutmut generated
mutants_x_until_midnight__mutmut['x_until_midnight__mutmut_29'] = x_until_midnight__mutmut_29 # type: ignore # mutmut generated
mutants_x_until_midnight__mutmut['x_until_midnight__mutmut_30'] = x_until_midnight__mutmut_30 # type: ignore # mutmut generated
mutants_x_until_midnight__mutmut['x_until_midnight__mutmut_31'] = x_until_midnight__mutmut_31 # type: ignore # mutmut generated
mutants_x__moment__mutmut: MutantDict = {}  # type: ignore


@_mutmut_mutated(mutants_x__moment__mutmut)
def _moment(at: datetime, time_zone: str) -> str:
    """`at 2026-04-23 00:00 Europe/London (2026-04-22 23:00 UTC)`."""
    zone = _zone(time_zone)
    there, utc = f"{at.astimezone(zone):%Y-%m-%d %H:%M}", f"{at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
    return f"at {utc}" if zone.key == "UTC" else f"at {there} {zone.key} ({utc})"


def x__moment__mutmut_orig(at: datetime, time_zone: str) -> str:
    """`at 2026-04-23 00:00 Europe/London (2026-04-22 23:00 UTC)`."""
    zone = _zone(time_zone)
    there, utc = f"{at.astimezone(zone):%Y-%m-%d %H:%M}", f"{at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
    return f"at {utc}" if zone.key == "UTC" else f"at {there} {zone.key} ({utc})"


def x__moment__mutmut_1(at: datetime, time_zone: str) -> str:
    """`at 2026-04-23 00:00 Europe/London (2026-04-22 23:00 UTC)`."""
    zone = None
    there, utc = f"{at.astimezone(zone):%Y-%m-%d %H:%M}", f"{at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
    return f"at {utc}" if zone.key == "UTC" else f"at {there} {zone.key} ({utc})"


def x__moment__mutmut_2(at: datetime, time_zone: str) -> str:
    """`at 2026-04-23 00:00 Europe/London (2026-04-22 23:00 UTC)`."""
    zone = _zone(None)
    there, utc = f"{at.astimezone(zone):%Y-%m-%d %H:%M}", f"{at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
    return f"at {utc}" if zone.key == "UTC" else f"at {there} {zone.key} ({utc})"


def x__moment__mutmut_3(at: datetime, time_zone: str) -> str:
    """`at 2026-04-23 00:00 Europe/London (2026-04-22 23:00 UTC)`."""
    zone = _zone(time_zone)
    there, utc = None
    return f"at {utc}" if zone.key == "UTC" else f"at {there} {zone.key} ({utc})"


def x__moment__mutmut_4(at: datetime, time_zone: str) -> str:
    """`at 2026-04-23 00:00 Europe/London (2026-04-22 23:00 UTC)`."""
    zone = _zone(time_zone)
    there, utc = f"{at.astimezone(None):%Y-%m-%d %H:%M}", f"{at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
    return f"at {utc}" if zone.key == "UTC" else f"at {there} {zone.key} ({utc})"


def x__moment__mutmut_5(at: datetime, time_zone: str) -> str:
    """`at 2026-04-23 00:00 Europe/London (2026-04-22 23:00 UTC)`."""
    zone = _zone(time_zone)
    there, utc = f"{at.astimezone(zone):%Y-%m-%d %H:%M}", f"{at.astimezone(None):%Y-%m-%d %H:%M} UTC"
    return f"at {utc}" if zone.key == "UTC" else f"at {there} {zone.key} ({utc})"


def x__moment__mutmut_6(at: datetime, time_zone: str) -> str:
    """`at 2026-04-23 00:00 Europe/London (2026-04-22 23:00 UTC)`."""
    zone = _zone(time_zone)
    there, utc = f"{at.astimezone(zone):%Y-%m-%d %H:%M}", f"{at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
    return f"at {utc}" if (zone.key == "UTC") and False else f"at {there} {zone.key} ({utc})"


def x__moment__mutmut_7(at: datetime, time_zone: str) -> str:
    """`at 2026-04-23 00:00 Europe/London (2026-04-22 23:00 UTC)`."""
    zone = _zone(time_zone)
    there, utc = f"{at.astimezone(zone):%Y-%m-%d %H:%M}", f"{at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
    return f"at {utc}" if (zone.key == "UTC") or True else f"at {there} {zone.key} ({utc})"


def x__moment__mutmut_8(at: datetime, time_zone: str) -> str:
    """`at 2026-04-23 00:00 Europe/London (2026-04-22 23:00 UTC)`."""
    zone = _zone(time_zone)
    there, utc = f"{at.astimezone(zone):%Y-%m-%d %H:%M}", f"{at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
    return f"at {utc}" if zone.key != "UTC" else f"at {there} {zone.key} ({utc})"


def x__moment__mutmut_9(at: datetime, time_zone: str) -> str:
    """`at 2026-04-23 00:00 Europe/London (2026-04-22 23:00 UTC)`."""
    zone = _zone(time_zone)
    there, utc = f"{at.astimezone(zone):%Y-%m-%d %H:%M}", f"{at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
    return f"at {utc}" if zone.key == "XXUTCXX" else f"at {there} {zone.key} ({utc})"


def x__moment__mutmut_10(at: datetime, time_zone: str) -> str:
    """`at 2026-04-23 00:00 Europe/London (2026-04-22 23:00 UTC)`."""
    zone = _zone(time_zone)
    there, utc = f"{at.astimezone(zone):%Y-%m-%d %H:%M}", f"{at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
    return f"at {utc}" if zone.key == "utc" else f"at {there} {zone.key} ({utc})"

mutants_x__moment__mutmut['_mutmut_orig'] = x__moment__mutmut_orig # type: ignore # mutmut generated
mutants_x__moment__mutmut['x__moment__mutmut_1'] = x__moment__mutmut_1 # type: ignore # mutmut generated
mutants_x__moment__mutmut['x__moment__mutmut_2'] = x__moment__mutmut_2 # type: ignore # mutmut generated
mutants_x__moment__mutmut['x__moment__mutmut_3'] = x__moment__mutmut_3 # type: ignore # mutmut generated
mutants_x__moment__mutmut['x__moment__mutmut_4'] = x__moment__mutmut_4 # type: ignore # mutmut generated
mutants_x__moment__mutmut['x__moment__mutmut_5'] = x__moment__mutmut_5 # type: ignore # mutmut generated
mutants_x__moment__mutmut['x__moment__mutmut_6'] = x__moment__mutmut_6 # type: ignore # mutmut generated
mutants_x__moment__mutmut['x__moment__mutmut_7'] = x__moment__mutmut_7 # type: ignore # mutmut generated
mutants_x__moment__mutmut['x__moment__mutmut_8'] = x__moment__mutmut_8 # type: ignore # mutmut generated
mutants_x__moment__mutmut['x__moment__mutmut_9'] = x__moment__mutmut_9 # type: ignore # mutmut generated
mutants_x__moment__mutmut['x__moment__mutmut_10'] = x__moment__mutmut_10 # type: ignore # mutmut generated
mutants_x__zone__mutmut: MutantDict = {}  # type: ignore


@_mutmut_mutated(mutants_x__zone__mutmut)
def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def x__zone__mutmut_orig(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def x__zone__mutmut_1(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(None)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def x__zone__mutmut_2(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo(None)


def x__zone__mutmut_3(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("XXUTCXX")


def x__zone__mutmut_4(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("utc")

mutants_x__zone__mutmut['_mutmut_orig'] = x__zone__mutmut_orig # type: ignore # mutmut generated
mutants_x__zone__mutmut['x__zone__mutmut_1'] = x__zone__mutmut_1 # type: ignore # mutmut generated
mutants_x__zone__mutmut['x__zone__mutmut_2'] = x__zone__mutmut_2 # type: ignore # mutmut generated
mutants_x__zone__mutmut['x__zone__mutmut_3'] = x__zone__mutmut_3 # type: ignore # mutmut generated
mutants_x__zone__mutmut['x__zone__mutmut_4'] = x__zone__mutmut_4 # type: ignore # mutmut generated
mutants_x__read__mutmut: MutantDict = {}  # type: ignore


@_mutmut_mutated(mutants_x__read__mutmut)
def _read(stored: bytes) -> Stop | None:
    try:
        return msgspec.json.decode(stored, type=Stop)
    except msgspec.DecodeError:
        # Remembered by another version, in another shape.
        return None


def x__read__mutmut_orig(stored: bytes) -> Stop | None:
    try:
        return msgspec.json.decode(stored, type=Stop)
    except msgspec.DecodeError:
        # Remembered by another version, in another shape.
        return None


def x__read__mutmut_1(stored: bytes) -> Stop | None:
    try:
        return msgspec.json.decode(None, type=Stop)
    except msgspec.DecodeError:
        # Remembered by another version, in another shape.
        return None


def x__read__mutmut_2(stored: bytes) -> Stop | None:
    try:
        return msgspec.json.decode(stored, type=None)
    except msgspec.DecodeError:
        # Remembered by another version, in another shape.
        return None


def x__read__mutmut_3(stored: bytes) -> Stop | None:
    try:
        return msgspec.json.decode(type=Stop)
    except msgspec.DecodeError:
        # Remembered by another version, in another shape.
        return None


def x__read__mutmut_4(stored: bytes) -> Stop | None:
    try:
        return msgspec.json.decode(stored, )
    except msgspec.DecodeError:
        # Remembered by another version, in another shape.
        return None

mutants_x__read__mutmut['_mutmut_orig'] = x__read__mutmut_orig # type: ignore # mutmut generated
mutants_x__read__mutmut['x__read__mutmut_1'] = x__read__mutmut_1 # type: ignore # mutmut generated
mutants_x__read__mutmut['x__read__mutmut_2'] = x__read__mutmut_2 # type: ignore # mutmut generated
mutants_x__read__mutmut['x__read__mutmut_3'] = x__read__mutmut_3 # type: ignore # mutmut generated
mutants_x__read__mutmut['x__read__mutmut_4'] = x__read__mutmut_4 # type: ignore # mutmut generated
