"""Keeping within another side's limits, pool by pool.

HubSpot counts three pools (developer docs, "usage guidelines" and "associations", read 2026): requests per ten seconds
and token, five searches per second and portal, and associations per ten seconds. The day is counted over all of them.
"""

from __future__ import annotations

import math
import threading
from collections import deque
from collections.abc import Callable, Mapping

from connector.http.day import Day, part_of
from connector.ports import Clock

INTERVAL_LIMIT = 100
"""Requests per ten seconds on the smallest plan: what holds until an answer tells the portal's own limit."""
SEARCHES_PER_SECOND = 5
ASSOCIATIONS_LIMIT = 100
WINDOW_SECONDS = 10.0
PROBE_SECONDS = 1.0
"""How long one request may take to tell what others use of a limit, before a second one asks as well."""
SLEEP_SECONDS_MIN = 0.001


from mutmut.mutation.trampoline import wrap_in_trampoline as _mutmut_mutated, MutantDict
mutants_xǁLongWaitErrorǁ__init____mutmut: MutantDict = {}  # type: ignore


class LongWaitError(Exception):
    """A turn would take longer than the caller wants to wait. `seconds` is how long it would have been."""

    @_mutmut_mutated(mutants_xǁLongWaitErrorǁ__init____mutmut)
    def __init__(self, seconds: float) -> None:
        super().__init__(f"the next turn is {seconds:.0f} s away")
        self.seconds = seconds

    def xǁLongWaitErrorǁ__init____mutmut_orig(self, seconds: float) -> None:
        super().__init__(f"the next turn is {seconds:.0f} s away")
        self.seconds = seconds

    def xǁLongWaitErrorǁ__init____mutmut_1(self, seconds: float) -> None:
        super().__init__(None)
        self.seconds = seconds

    def xǁLongWaitErrorǁ__init____mutmut_2(self, seconds: float) -> None:
        super().__init__(f"the next turn is {seconds:.0f} s away")
        self.seconds = None

mutants_xǁLongWaitErrorǁ__init____mutmut['_mutmut_orig'] = LongWaitError.xǁLongWaitErrorǁ__init____mutmut_orig # type: ignore # mutmut generated
mutants_xǁLongWaitErrorǁ__init____mutmut['xǁLongWaitErrorǁ__init____mutmut_1'] = LongWaitError.xǁLongWaitErrorǁ__init____mutmut_1 # type: ignore # mutmut generated
mutants_xǁLongWaitErrorǁ__init____mutmut['xǁLongWaitErrorǁ__init____mutmut_2'] = LongWaitError.xǁLongWaitErrorǁ__init____mutmut_2 # type: ignore # mutmut generated
mutants_xǁDaySpentErrorǁ__init____mutmut: MutantDict = {}  # type: ignore


class DaySpentError(LongWaitError):
    """The day has no request left for us: its share is used, or what is left is kept for others (`keeps_part`)."""

    @_mutmut_mutated(mutants_xǁDaySpentErrorǁ__init____mutmut)
    def __init__(self, seconds: float, *, keeps_part: bool) -> None:
        super().__init__(seconds)
        self.keeps_part = keeps_part

    def xǁDaySpentErrorǁ__init____mutmut_orig(self, seconds: float, *, keeps_part: bool) -> None:
        super().__init__(seconds)
        self.keeps_part = keeps_part

    def xǁDaySpentErrorǁ__init____mutmut_1(self, seconds: float, *, keeps_part: bool) -> None:
        super().__init__(None)
        self.keeps_part = keeps_part

    def xǁDaySpentErrorǁ__init____mutmut_2(self, seconds: float, *, keeps_part: bool) -> None:
        super().__init__(seconds)
        self.keeps_part = None

mutants_xǁDaySpentErrorǁ__init____mutmut['_mutmut_orig'] = DaySpentError.xǁDaySpentErrorǁ__init____mutmut_orig # type: ignore # mutmut generated
mutants_xǁDaySpentErrorǁ__init____mutmut['xǁDaySpentErrorǁ__init____mutmut_1'] = DaySpentError.xǁDaySpentErrorǁ__init____mutmut_1 # type: ignore # mutmut generated
mutants_xǁDaySpentErrorǁ__init____mutmut['xǁDaySpentErrorǁ__init____mutmut_2'] = DaySpentError.xǁDaySpentErrorǁ__init____mutmut_2 # type: ignore # mutmut generated
mutants_xǁ_Poolǁ__init____mutmut: MutantDict = {}  # type: ignore
mutants_xǁ_Poolǁtake__mutmut: MutantDict = {}  # type: ignore
mutants_xǁ_Poolǁseconds_until_turn__mutmut: MutantDict = {}  # type: ignore
mutants_xǁ_Poolǁ_seconds_until_room__mutmut: MutantDict = {}  # type: ignore
mutants_xǁ_Poolǁsee_remaining__mutmut: MutantDict = {}  # type: ignore


class _Pool:
    """At most `turns_max` turns in any `seconds`; others' use of the same limit is taken off as far as it is known."""

    @_mutmut_mutated(mutants_xǁ_Poolǁ__init____mutmut)
    def __init__(self, turns_max: int, seconds: float) -> None:
        self.turns_max = turns_max
        self.seconds = seconds
        self.limit = turns_max
        """What all users of this limit may send together."""
        self.turns: deque[float] = deque()
        self.others = 0
        self.others_until = -math.inf
        self.blocked_until = -math.inf
        self._probed_at = -math.inf

    def xǁ_Poolǁ__init____mutmut_orig(self, turns_max: int, seconds: float) -> None:
        self.turns_max = turns_max
        self.seconds = seconds
        self.limit = turns_max
        """What all users of this limit may send together."""
        self.turns: deque[float] = deque()
        self.others = 0
        self.others_until = -math.inf
        self.blocked_until = -math.inf
        self._probed_at = -math.inf

    def xǁ_Poolǁ__init____mutmut_1(self, turns_max: int, seconds: float) -> None:
        self.turns_max = None
        self.seconds = seconds
        self.limit = turns_max
        """What all users of this limit may send together."""
        self.turns: deque[float] = deque()
        self.others = 0
        self.others_until = -math.inf
        self.blocked_until = -math.inf
        self._probed_at = -math.inf

    def xǁ_Poolǁ__init____mutmut_2(self, turns_max: int, seconds: float) -> None:
        self.turns_max = turns_max
        self.seconds = None
        self.limit = turns_max
        """What all users of this limit may send together."""
        self.turns: deque[float] = deque()
        self.others = 0
        self.others_until = -math.inf
        self.blocked_until = -math.inf
        self._probed_at = -math.inf

    def xǁ_Poolǁ__init____mutmut_3(self, turns_max: int, seconds: float) -> None:
        self.turns_max = turns_max
        self.seconds = seconds
        self.limit = None
        """What all users of this limit may send together."""
        self.turns: deque[float] = deque()
        self.others = 0
        self.others_until = -math.inf
        self.blocked_until = -math.inf
        self._probed_at = -math.inf

    def xǁ_Poolǁ__init____mutmut_4(self, turns_max: int, seconds: float) -> None:
        self.turns_max = turns_max
        self.seconds = seconds
        self.limit = turns_max
        """What all users of this limit may send together."""
        self.turns: deque[float] = None
        self.others = 0
        self.others_until = -math.inf
        self.blocked_until = -math.inf
        self._probed_at = -math.inf

    def xǁ_Poolǁ__init____mutmut_5(self, turns_max: int, seconds: float) -> None:
        self.turns_max = turns_max
        self.seconds = seconds
        self.limit = turns_max
        """What all users of this limit may send together."""
        self.turns: deque[float] = deque()
        self.others = None
        self.others_until = -math.inf
        self.blocked_until = -math.inf
        self._probed_at = -math.inf

    def xǁ_Poolǁ__init____mutmut_6(self, turns_max: int, seconds: float) -> None:
        self.turns_max = turns_max
        self.seconds = seconds
        self.limit = turns_max
        """What all users of this limit may send together."""
        self.turns: deque[float] = deque()
        self.others = 1
        self.others_until = -math.inf
        self.blocked_until = -math.inf
        self._probed_at = -math.inf

    def xǁ_Poolǁ__init____mutmut_7(self, turns_max: int, seconds: float) -> None:
        self.turns_max = turns_max
        self.seconds = seconds
        self.limit = turns_max
        """What all users of this limit may send together."""
        self.turns: deque[float] = deque()
        self.others = 0
        self.others_until = None
        self.blocked_until = -math.inf
        self._probed_at = -math.inf

    def xǁ_Poolǁ__init____mutmut_8(self, turns_max: int, seconds: float) -> None:
        self.turns_max = turns_max
        self.seconds = seconds
        self.limit = turns_max
        """What all users of this limit may send together."""
        self.turns: deque[float] = deque()
        self.others = 0
        self.others_until = +math.inf
        self.blocked_until = -math.inf
        self._probed_at = -math.inf

    def xǁ_Poolǁ__init____mutmut_9(self, turns_max: int, seconds: float) -> None:
        self.turns_max = turns_max
        self.seconds = seconds
        self.limit = turns_max
        """What all users of this limit may send together."""
        self.turns: deque[float] = deque()
        self.others = 0
        self.others_until = -math.inf
        self.blocked_until = None
        self._probed_at = -math.inf

    def xǁ_Poolǁ__init____mutmut_10(self, turns_max: int, seconds: float) -> None:
        self.turns_max = turns_max
        self.seconds = seconds
        self.limit = turns_max
        """What all users of this limit may send together."""
        self.turns: deque[float] = deque()
        self.others = 0
        self.others_until = -math.inf
        self.blocked_until = +math.inf
        self._probed_at = -math.inf

    def xǁ_Poolǁ__init____mutmut_11(self, turns_max: int, seconds: float) -> None:
        self.turns_max = turns_max
        self.seconds = seconds
        self.limit = turns_max
        """What all users of this limit may send together."""
        self.turns: deque[float] = deque()
        self.others = 0
        self.others_until = -math.inf
        self.blocked_until = -math.inf
        self._probed_at = None

    def xǁ_Poolǁ__init____mutmut_12(self, turns_max: int, seconds: float) -> None:
        self.turns_max = turns_max
        self.seconds = seconds
        self.limit = turns_max
        """What all users of this limit may send together."""
        self.turns: deque[float] = deque()
        self.others = 0
        self.others_until = -math.inf
        self.blocked_until = -math.inf
        self._probed_at = +math.inf

    @_mutmut_mutated(mutants_xǁ_Poolǁtake__mutmut)
    def take(self, now: float) -> None:
        """Count one turn that was given."""
        self.turns.append(now)
        self._probed_at = now

    def xǁ_Poolǁtake__mutmut_orig(self, now: float) -> None:
        """Count one turn that was given."""
        self.turns.append(now)
        self._probed_at = now

    def xǁ_Poolǁtake__mutmut_1(self, now: float) -> None:
        """Count one turn that was given."""
        self.turns.append(None)
        self._probed_at = now

    def xǁ_Poolǁtake__mutmut_2(self, now: float) -> None:
        """Count one turn that was given."""
        self.turns.append(now)
        self._probed_at = None

    @_mutmut_mutated(mutants_xǁ_Poolǁseconds_until_turn__mutmut)
    def seconds_until_turn(self, now: float) -> float:
        return max(self.blocked_until - now, self._seconds_until_room(now))

    def xǁ_Poolǁseconds_until_turn__mutmut_orig(self, now: float) -> float:
        return max(self.blocked_until - now, self._seconds_until_room(now))

    def xǁ_Poolǁseconds_until_turn__mutmut_1(self, now: float) -> float:
        return max(None, self._seconds_until_room(now))

    def xǁ_Poolǁseconds_until_turn__mutmut_2(self, now: float) -> float:
        return max(self.blocked_until - now, None)

    def xǁ_Poolǁseconds_until_turn__mutmut_3(self, now: float) -> float:
        return max(self._seconds_until_room(now))

    def xǁ_Poolǁseconds_until_turn__mutmut_4(self, now: float) -> float:
        return max(self.blocked_until - now, )

    def xǁ_Poolǁseconds_until_turn__mutmut_5(self, now: float) -> float:
        return max(self.blocked_until + now, self._seconds_until_room(now))

    def xǁ_Poolǁseconds_until_turn__mutmut_6(self, now: float) -> float:
        return max(self.blocked_until - now, self._seconds_until_room(None))

    @_mutmut_mutated(mutants_xǁ_Poolǁ_seconds_until_room__mutmut)
    def _seconds_until_room(self, now: float) -> float:
        while self.turns and self.turns[0] + self.seconds <= now:
            self.turns.popleft()
        if len(self.turns) >= self.turns_max:
            return self.turns[-self.turns_max] + self.seconds - now
        if now < self.others_until and len(self.turns) + self.others >= self.limit:
            own_oldest_leaves = self.turns[0] + self.seconds if self.turns else math.inf
            return min(self.others_until, own_oldest_leaves) - now
        if self.others and now >= self.others_until:
            # What is known of the others is too old: one request goes ahead and finds out, for all that wait.
            return max(0.0, self._probed_at + PROBE_SECONDS - now)
        return 0.0

    def xǁ_Poolǁ_seconds_until_room__mutmut_orig(self, now: float) -> float:
        while self.turns and self.turns[0] + self.seconds <= now:
            self.turns.popleft()
        if len(self.turns) >= self.turns_max:
            return self.turns[-self.turns_max] + self.seconds - now
        if now < self.others_until and len(self.turns) + self.others >= self.limit:
            own_oldest_leaves = self.turns[0] + self.seconds if self.turns else math.inf
            return min(self.others_until, own_oldest_leaves) - now
        if self.others and now >= self.others_until:
            # What is known of the others is too old: one request goes ahead and finds out, for all that wait.
            return max(0.0, self._probed_at + PROBE_SECONDS - now)
        return 0.0

    def xǁ_Poolǁ_seconds_until_room__mutmut_1(self, now: float) -> float:
        while self.turns or self.turns[0] + self.seconds <= now:
            self.turns.popleft()
        if len(self.turns) >= self.turns_max:
            return self.turns[-self.turns_max] + self.seconds - now
        if now < self.others_until and len(self.turns) + self.others >= self.limit:
            own_oldest_leaves = self.turns[0] + self.seconds if self.turns else math.inf
            return min(self.others_until, own_oldest_leaves) - now
        if self.others and now >= self.others_until:
            # What is known of the others is too old: one request goes ahead and finds out, for all that wait.
            return max(0.0, self._probed_at + PROBE_SECONDS - now)
        return 0.0

    def xǁ_Poolǁ_seconds_until_room__mutmut_2(self, now: float) -> float:
        while self.turns and self.turns[0] - self.seconds <= now:
            self.turns.popleft()
        if len(self.turns) >= self.turns_max:
            return self.turns[-self.turns_max] + self.seconds - now
        if now < self.others_until and len(self.turns) + self.others >= self.limit:
            own_oldest_leaves = self.turns[0] + self.seconds if self.turns else math.inf
            return min(self.others_until, own_oldest_leaves) - now
        if self.others and now >= self.others_until:
            # What is known of the others is too old: one request goes ahead and finds out, for all that wait.
            return max(0.0, self._probed_at + PROBE_SECONDS - now)
        return 0.0

    def xǁ_Poolǁ_seconds_until_room__mutmut_3(self, now: float) -> float:
        while self.turns and self.turns[1] + self.seconds <= now:
            self.turns.popleft()
        if len(self.turns) >= self.turns_max:
            return self.turns[-self.turns_max] + self.seconds - now
        if now < self.others_until and len(self.turns) + self.others >= self.limit:
            own_oldest_leaves = self.turns[0] + self.seconds if self.turns else math.inf
            return min(self.others_until, own_oldest_leaves) - now
        if self.others and now >= self.others_until:
            # What is known of the others is too old: one request goes ahead and finds out, for all that wait.
            return max(0.0, self._probed_at + PROBE_SECONDS - now)
        return 0.0

    def xǁ_Poolǁ_seconds_until_room__mutmut_4(self, now: float) -> float:
        while self.turns and self.turns[0] + self.seconds < now:
            self.turns.popleft()
        if len(self.turns) >= self.turns_max:
            return self.turns[-self.turns_max] + self.seconds - now
        if now < self.others_until and len(self.turns) + self.others >= self.limit:
            own_oldest_leaves = self.turns[0] + self.seconds if self.turns else math.inf
            return min(self.others_until, own_oldest_leaves) - now
        if self.others and now >= self.others_until:
            # What is known of the others is too old: one request goes ahead and finds out, for all that wait.
            return max(0.0, self._probed_at + PROBE_SECONDS - now)
        return 0.0

    def xǁ_Poolǁ_seconds_until_room__mutmut_5(self, now: float) -> float:
        while self.turns and self.turns[0] + self.seconds <= now:
            self.turns.popleft()
        if len(self.turns) > self.turns_max:
            return self.turns[-self.turns_max] + self.seconds - now
        if now < self.others_until and len(self.turns) + self.others >= self.limit:
            own_oldest_leaves = self.turns[0] + self.seconds if self.turns else math.inf
            return min(self.others_until, own_oldest_leaves) - now
        if self.others and now >= self.others_until:
            # What is known of the others is too old: one request goes ahead and finds out, for all that wait.
            return max(0.0, self._probed_at + PROBE_SECONDS - now)
        return 0.0

    def xǁ_Poolǁ_seconds_until_room__mutmut_6(self, now: float) -> float:
        while self.turns and self.turns[0] + self.seconds <= now:
            self.turns.popleft()
        if len(self.turns) >= self.turns_max:
            return self.turns[-self.turns_max] + self.seconds + now
        if now < self.others_until and len(self.turns) + self.others >= self.limit:
            own_oldest_leaves = self.turns[0] + self.seconds if self.turns else math.inf
            return min(self.others_until, own_oldest_leaves) - now
        if self.others and now >= self.others_until:
            # What is known of the others is too old: one request goes ahead and finds out, for all that wait.
            return max(0.0, self._probed_at + PROBE_SECONDS - now)
        return 0.0

    def xǁ_Poolǁ_seconds_until_room__mutmut_7(self, now: float) -> float:
        while self.turns and self.turns[0] + self.seconds <= now:
            self.turns.popleft()
        if len(self.turns) >= self.turns_max:
            return self.turns[-self.turns_max] - self.seconds - now
        if now < self.others_until and len(self.turns) + self.others >= self.limit:
            own_oldest_leaves = self.turns[0] + self.seconds if self.turns else math.inf
            return min(self.others_until, own_oldest_leaves) - now
        if self.others and now >= self.others_until:
            # What is known of the others is too old: one request goes ahead and finds out, for all that wait.
            return max(0.0, self._probed_at + PROBE_SECONDS - now)
        return 0.0

    def xǁ_Poolǁ_seconds_until_room__mutmut_8(self, now: float) -> float:
        while self.turns and self.turns[0] + self.seconds <= now:
            self.turns.popleft()
        if len(self.turns) >= self.turns_max:
            return self.turns[+self.turns_max] + self.seconds - now
        if now < self.others_until and len(self.turns) + self.others >= self.limit:
            own_oldest_leaves = self.turns[0] + self.seconds if self.turns else math.inf
            return min(self.others_until, own_oldest_leaves) - now
        if self.others and now >= self.others_until:
            # What is known of the others is too old: one request goes ahead and finds out, for all that wait.
            return max(0.0, self._probed_at + PROBE_SECONDS - now)
        return 0.0

    def xǁ_Poolǁ_seconds_until_room__mutmut_9(self, now: float) -> float:
        while self.turns and self.turns[0] + self.seconds <= now:
            self.turns.popleft()
        if len(self.turns) >= self.turns_max:
            return self.turns[-self.turns_max] + self.seconds - now
        if now < self.others_until or len(self.turns) + self.others >= self.limit:
            own_oldest_leaves = self.turns[0] + self.seconds if self.turns else math.inf
            return min(self.others_until, own_oldest_leaves) - now
        if self.others and now >= self.others_until:
            # What is known of the others is too old: one request goes ahead and finds out, for all that wait.
            return max(0.0, self._probed_at + PROBE_SECONDS - now)
        return 0.0

    def xǁ_Poolǁ_seconds_until_room__mutmut_10(self, now: float) -> float:
        while self.turns and self.turns[0] + self.seconds <= now:
            self.turns.popleft()
        if len(self.turns) >= self.turns_max:
            return self.turns[-self.turns_max] + self.seconds - now
        if now <= self.others_until and len(self.turns) + self.others >= self.limit:
            own_oldest_leaves = self.turns[0] + self.seconds if self.turns else math.inf
            return min(self.others_until, own_oldest_leaves) - now
        if self.others and now >= self.others_until:
            # What is known of the others is too old: one request goes ahead and finds out, for all that wait.
            return max(0.0, self._probed_at + PROBE_SECONDS - now)
        return 0.0

    def xǁ_Poolǁ_seconds_until_room__mutmut_11(self, now: float) -> float:
        while self.turns and self.turns[0] + self.seconds <= now:
            self.turns.popleft()
        if len(self.turns) >= self.turns_max:
            return self.turns[-self.turns_max] + self.seconds - now
        if now < self.others_until and len(self.turns) - self.others >= self.limit:
            own_oldest_leaves = self.turns[0] + self.seconds if self.turns else math.inf
            return min(self.others_until, own_oldest_leaves) - now
        if self.others and now >= self.others_until:
            # What is known of the others is too old: one request goes ahead and finds out, for all that wait.
            return max(0.0, self._probed_at + PROBE_SECONDS - now)
        return 0.0

    def xǁ_Poolǁ_seconds_until_room__mutmut_12(self, now: float) -> float:
        while self.turns and self.turns[0] + self.seconds <= now:
            self.turns.popleft()
        if len(self.turns) >= self.turns_max:
            return self.turns[-self.turns_max] + self.seconds - now
        if now < self.others_until and len(self.turns) + self.others > self.limit:
            own_oldest_leaves = self.turns[0] + self.seconds if self.turns else math.inf
            return min(self.others_until, own_oldest_leaves) - now
        if self.others and now >= self.others_until:
            # What is known of the others is too old: one request goes ahead and finds out, for all that wait.
            return max(0.0, self._probed_at + PROBE_SECONDS - now)
        return 0.0

    def xǁ_Poolǁ_seconds_until_room__mutmut_13(self, now: float) -> float:
        while self.turns and self.turns[0] + self.seconds <= now:
            self.turns.popleft()
        if len(self.turns) >= self.turns_max:
            return self.turns[-self.turns_max] + self.seconds - now
        if now < self.others_until and len(self.turns) + self.others >= self.limit:
            own_oldest_leaves = None
            return min(self.others_until, own_oldest_leaves) - now
        if self.others and now >= self.others_until:
            # What is known of the others is too old: one request goes ahead and finds out, for all that wait.
            return max(0.0, self._probed_at + PROBE_SECONDS - now)
        return 0.0

    def xǁ_Poolǁ_seconds_until_room__mutmut_14(self, now: float) -> float:
        while self.turns and self.turns[0] + self.seconds <= now:
            self.turns.popleft()
        if len(self.turns) >= self.turns_max:
            return self.turns[-self.turns_max] + self.seconds - now
        if now < self.others_until and len(self.turns) + self.others >= self.limit:
            own_oldest_leaves = self.turns[0] + self.seconds if (self.turns) and False else math.inf
            return min(self.others_until, own_oldest_leaves) - now
        if self.others and now >= self.others_until:
            # What is known of the others is too old: one request goes ahead and finds out, for all that wait.
            return max(0.0, self._probed_at + PROBE_SECONDS - now)
        return 0.0

    def xǁ_Poolǁ_seconds_until_room__mutmut_15(self, now: float) -> float:
        while self.turns and self.turns[0] + self.seconds <= now:
            self.turns.popleft()
        if len(self.turns) >= self.turns_max:
            return self.turns[-self.turns_max] + self.seconds - now
        if now < self.others_until and len(self.turns) + self.others >= self.limit:
            own_oldest_leaves = self.turns[0] + self.seconds if (self.turns) or True else math.inf
            return min(self.others_until, own_oldest_leaves) - now
        if self.others and now >= self.others_until:
            # What is known of the others is too old: one request goes ahead and finds out, for all that wait.
            return max(0.0, self._probed_at + PROBE_SECONDS - now)
        return 0.0

    def xǁ_Poolǁ_seconds_until_room__mutmut_16(self, now: float) -> float:
        while self.turns and self.turns[0] + self.seconds <= now:
            self.turns.popleft()
        if len(self.turns) >= self.turns_max:
            return self.turns[-self.turns_max] + self.seconds - now
        if now < self.others_until and len(self.turns) + self.others >= self.limit:
            own_oldest_leaves = self.turns[0] - self.seconds if self.turns else math.inf
            return min(self.others_until, own_oldest_leaves) - now
        if self.others and now >= self.others_until:
            # What is known of the others is too old: one request goes ahead and finds out, for all that wait.
            return max(0.0, self._probed_at + PROBE_SECONDS - now)
        return 0.0

    def xǁ_Poolǁ_seconds_until_room__mutmut_17(self, now: float) -> float:
        while self.turns and self.turns[0] + self.seconds <= now:
            self.turns.popleft()
        if len(self.turns) >= self.turns_max:
            return self.turns[-self.turns_max] + self.seconds - now
        if now < self.others_until and len(self.turns) + self.others >= self.limit:
            own_oldest_leaves = self.turns[1] + self.seconds if self.turns else math.inf
            return min(self.others_until, own_oldest_leaves) - now
        if self.others and now >= self.others_until:
            # What is known of the others is too old: one request goes ahead and finds out, for all that wait.
            return max(0.0, self._probed_at + PROBE_SECONDS - now)
        return 0.0

    def xǁ_Poolǁ_seconds_until_room__mutmut_18(self, now: float) -> float:
        while self.turns and self.turns[0] + self.seconds <= now:
            self.turns.popleft()
        if len(self.turns) >= self.turns_max:
            return self.turns[-self.turns_max] + self.seconds - now
        if now < self.others_until and len(self.turns) + self.others >= self.limit:
            own_oldest_leaves = self.turns[0] + self.seconds if self.turns else math.inf
            return min(self.others_until, own_oldest_leaves) + now
        if self.others and now >= self.others_until:
            # What is known of the others is too old: one request goes ahead and finds out, for all that wait.
            return max(0.0, self._probed_at + PROBE_SECONDS - now)
        return 0.0

    def xǁ_Poolǁ_seconds_until_room__mutmut_19(self, now: float) -> float:
        while self.turns and self.turns[0] + self.seconds <= now:
            self.turns.popleft()
        if len(self.turns) >= self.turns_max:
            return self.turns[-self.turns_max] + self.seconds - now
        if now < self.others_until and len(self.turns) + self.others >= self.limit:
            own_oldest_leaves = self.turns[0] + self.seconds if self.turns else math.inf
            return min(None, own_oldest_leaves) - now
        if self.others and now >= self.others_until:
            # What is known of the others is too old: one request goes ahead and finds out, for all that wait.
            return max(0.0, self._probed_at + PROBE_SECONDS - now)
        return 0.0

    def xǁ_Poolǁ_seconds_until_room__mutmut_20(self, now: float) -> float:
        while self.turns and self.turns[0] + self.seconds <= now:
            self.turns.popleft()
        if len(self.turns) >= self.turns_max:
            return self.turns[-self.turns_max] + self.seconds - now
        if now < self.others_until and len(self.turns) + self.others >= self.limit:
            own_oldest_leaves = self.turns[0] + self.seconds if self.turns else math.inf
            return min(self.others_until, None) - now
        if self.others and now >= self.others_until:
            # What is known of the others is too old: one request goes ahead and finds out, for all that wait.
            return max(0.0, self._probed_at + PROBE_SECONDS - now)
        return 0.0

    def xǁ_Poolǁ_seconds_until_room__mutmut_21(self, now: float) -> float:
        while self.turns and self.turns[0] + self.seconds <= now:
            self.turns.popleft()
        if len(self.turns) >= self.turns_max:
            return self.turns[-self.turns_max] + self.seconds - now
        if now < self.others_until and len(self.turns) + self.others >= self.limit:
            own_oldest_leaves = self.turns[0] + self.seconds if self.turns else math.inf
            return min(own_oldest_leaves) - now
        if self.others and now >= self.others_until:
            # What is known of the others is too old: one request goes ahead and finds out, for all that wait.
            return max(0.0, self._probed_at + PROBE_SECONDS - now)
        return 0.0

    def xǁ_Poolǁ_seconds_until_room__mutmut_22(self, now: float) -> float:
        while self.turns and self.turns[0] + self.seconds <= now:
            self.turns.popleft()
        if len(self.turns) >= self.turns_max:
            return self.turns[-self.turns_max] + self.seconds - now
        if now < self.others_until and len(self.turns) + self.others >= self.limit:
            own_oldest_leaves = self.turns[0] + self.seconds if self.turns else math.inf
            return min(self.others_until, ) - now
        if self.others and now >= self.others_until:
            # What is known of the others is too old: one request goes ahead and finds out, for all that wait.
            return max(0.0, self._probed_at + PROBE_SECONDS - now)
        return 0.0

    def xǁ_Poolǁ_seconds_until_room__mutmut_23(self, now: float) -> float:
        while self.turns and self.turns[0] + self.seconds <= now:
            self.turns.popleft()
        if len(self.turns) >= self.turns_max:
            return self.turns[-self.turns_max] + self.seconds - now
        if now < self.others_until and len(self.turns) + self.others >= self.limit:
            own_oldest_leaves = self.turns[0] + self.seconds if self.turns else math.inf
            return min(self.others_until, own_oldest_leaves) - now
        if self.others or now >= self.others_until:
            # What is known of the others is too old: one request goes ahead and finds out, for all that wait.
            return max(0.0, self._probed_at + PROBE_SECONDS - now)
        return 0.0

    def xǁ_Poolǁ_seconds_until_room__mutmut_24(self, now: float) -> float:
        while self.turns and self.turns[0] + self.seconds <= now:
            self.turns.popleft()
        if len(self.turns) >= self.turns_max:
            return self.turns[-self.turns_max] + self.seconds - now
        if now < self.others_until and len(self.turns) + self.others >= self.limit:
            own_oldest_leaves = self.turns[0] + self.seconds if self.turns else math.inf
            return min(self.others_until, own_oldest_leaves) - now
        if self.others and now > self.others_until:
            # What is known of the others is too old: one request goes ahead and finds out, for all that wait.
            return max(0.0, self._probed_at + PROBE_SECONDS - now)
        return 0.0

    def xǁ_Poolǁ_seconds_until_room__mutmut_25(self, now: float) -> float:
        while self.turns and self.turns[0] + self.seconds <= now:
            self.turns.popleft()
        if len(self.turns) >= self.turns_max:
            return self.turns[-self.turns_max] + self.seconds - now
        if now < self.others_until and len(self.turns) + self.others >= self.limit:
            own_oldest_leaves = self.turns[0] + self.seconds if self.turns else math.inf
            return min(self.others_until, own_oldest_leaves) - now
        if self.others and now >= self.others_until:
            # What is known of the others is too old: one request goes ahead and finds out, for all that wait.
            return max(None, self._probed_at + PROBE_SECONDS - now)
        return 0.0

    def xǁ_Poolǁ_seconds_until_room__mutmut_26(self, now: float) -> float:
        while self.turns and self.turns[0] + self.seconds <= now:
            self.turns.popleft()
        if len(self.turns) >= self.turns_max:
            return self.turns[-self.turns_max] + self.seconds - now
        if now < self.others_until and len(self.turns) + self.others >= self.limit:
            own_oldest_leaves = self.turns[0] + self.seconds if self.turns else math.inf
            return min(self.others_until, own_oldest_leaves) - now
        if self.others and now >= self.others_until:
            # What is known of the others is too old: one request goes ahead and finds out, for all that wait.
            return max(0.0, None)
        return 0.0

    def xǁ_Poolǁ_seconds_until_room__mutmut_27(self, now: float) -> float:
        while self.turns and self.turns[0] + self.seconds <= now:
            self.turns.popleft()
        if len(self.turns) >= self.turns_max:
            return self.turns[-self.turns_max] + self.seconds - now
        if now < self.others_until and len(self.turns) + self.others >= self.limit:
            own_oldest_leaves = self.turns[0] + self.seconds if self.turns else math.inf
            return min(self.others_until, own_oldest_leaves) - now
        if self.others and now >= self.others_until:
            # What is known of the others is too old: one request goes ahead and finds out, for all that wait.
            return max(self._probed_at + PROBE_SECONDS - now)
        return 0.0

    def xǁ_Poolǁ_seconds_until_room__mutmut_28(self, now: float) -> float:
        while self.turns and self.turns[0] + self.seconds <= now:
            self.turns.popleft()
        if len(self.turns) >= self.turns_max:
            return self.turns[-self.turns_max] + self.seconds - now
        if now < self.others_until and len(self.turns) + self.others >= self.limit:
            own_oldest_leaves = self.turns[0] + self.seconds if self.turns else math.inf
            return min(self.others_until, own_oldest_leaves) - now
        if self.others and now >= self.others_until:
            # What is known of the others is too old: one request goes ahead and finds out, for all that wait.
            return max(0.0, )
        return 0.0

    def xǁ_Poolǁ_seconds_until_room__mutmut_29(self, now: float) -> float:
        while self.turns and self.turns[0] + self.seconds <= now:
            self.turns.popleft()
        if len(self.turns) >= self.turns_max:
            return self.turns[-self.turns_max] + self.seconds - now
        if now < self.others_until and len(self.turns) + self.others >= self.limit:
            own_oldest_leaves = self.turns[0] + self.seconds if self.turns else math.inf
            return min(self.others_until, own_oldest_leaves) - now
        if self.others and now >= self.others_until:
            # What is known of the others is too old: one request goes ahead and finds out, for all that wait.
            return max(1.0, self._probed_at + PROBE_SECONDS - now)
        return 0.0

    def xǁ_Poolǁ_seconds_until_room__mutmut_30(self, now: float) -> float:
        while self.turns and self.turns[0] + self.seconds <= now:
            self.turns.popleft()
        if len(self.turns) >= self.turns_max:
            return self.turns[-self.turns_max] + self.seconds - now
        if now < self.others_until and len(self.turns) + self.others >= self.limit:
            own_oldest_leaves = self.turns[0] + self.seconds if self.turns else math.inf
            return min(self.others_until, own_oldest_leaves) - now
        if self.others and now >= self.others_until:
            # What is known of the others is too old: one request goes ahead and finds out, for all that wait.
            return max(0.0, self._probed_at + PROBE_SECONDS + now)
        return 0.0

    def xǁ_Poolǁ_seconds_until_room__mutmut_31(self, now: float) -> float:
        while self.turns and self.turns[0] + self.seconds <= now:
            self.turns.popleft()
        if len(self.turns) >= self.turns_max:
            return self.turns[-self.turns_max] + self.seconds - now
        if now < self.others_until and len(self.turns) + self.others >= self.limit:
            own_oldest_leaves = self.turns[0] + self.seconds if self.turns else math.inf
            return min(self.others_until, own_oldest_leaves) - now
        if self.others and now >= self.others_until:
            # What is known of the others is too old: one request goes ahead and finds out, for all that wait.
            return max(0.0, self._probed_at - PROBE_SECONDS - now)
        return 0.0

    def xǁ_Poolǁ_seconds_until_room__mutmut_32(self, now: float) -> float:
        while self.turns and self.turns[0] + self.seconds <= now:
            self.turns.popleft()
        if len(self.turns) >= self.turns_max:
            return self.turns[-self.turns_max] + self.seconds - now
        if now < self.others_until and len(self.turns) + self.others >= self.limit:
            own_oldest_leaves = self.turns[0] + self.seconds if self.turns else math.inf
            return min(self.others_until, own_oldest_leaves) - now
        if self.others and now >= self.others_until:
            # What is known of the others is too old: one request goes ahead and finds out, for all that wait.
            return max(0.0, self._probed_at + PROBE_SECONDS - now)
        return 1.0

    @_mutmut_mutated(mutants_xǁ_Poolǁsee_remaining__mutmut)
    def see_remaining(self, remaining: int, now: float) -> None:
        """What is neither left nor ours was used by others; it leaves the window within one window's length."""
        ours = sum(1 for turn in self.turns if turn + self.seconds > now)
        self.others = max(0, self.limit - remaining - ours)
        self.others_until = now + self.seconds

    def xǁ_Poolǁsee_remaining__mutmut_orig(self, remaining: int, now: float) -> None:
        """What is neither left nor ours was used by others; it leaves the window within one window's length."""
        ours = sum(1 for turn in self.turns if turn + self.seconds > now)
        self.others = max(0, self.limit - remaining - ours)
        self.others_until = now + self.seconds

    def xǁ_Poolǁsee_remaining__mutmut_1(self, remaining: int, now: float) -> None:
        """What is neither left nor ours was used by others; it leaves the window within one window's length."""
        ours = None
        self.others = max(0, self.limit - remaining - ours)
        self.others_until = now + self.seconds

    def xǁ_Poolǁsee_remaining__mutmut_2(self, remaining: int, now: float) -> None:
        """What is neither left nor ours was used by others; it leaves the window within one window's length."""
        ours = sum(None)
        self.others = max(0, self.limit - remaining - ours)
        self.others_until = now + self.seconds

    def xǁ_Poolǁsee_remaining__mutmut_3(self, remaining: int, now: float) -> None:
        """What is neither left nor ours was used by others; it leaves the window within one window's length."""
        ours = sum(2 for turn in self.turns if turn + self.seconds > now)
        self.others = max(0, self.limit - remaining - ours)
        self.others_until = now + self.seconds

    def xǁ_Poolǁsee_remaining__mutmut_4(self, remaining: int, now: float) -> None:
        """What is neither left nor ours was used by others; it leaves the window within one window's length."""
        ours = sum(1 for turn in self.turns if turn - self.seconds > now)
        self.others = max(0, self.limit - remaining - ours)
        self.others_until = now + self.seconds

    def xǁ_Poolǁsee_remaining__mutmut_5(self, remaining: int, now: float) -> None:
        """What is neither left nor ours was used by others; it leaves the window within one window's length."""
        ours = sum(1 for turn in self.turns if turn + self.seconds >= now)
        self.others = max(0, self.limit - remaining - ours)
        self.others_until = now + self.seconds

    def xǁ_Poolǁsee_remaining__mutmut_6(self, remaining: int, now: float) -> None:
        """What is neither left nor ours was used by others; it leaves the window within one window's length."""
        ours = sum(1 for turn in self.turns if turn + self.seconds > now)
        self.others = None
        self.others_until = now + self.seconds

    def xǁ_Poolǁsee_remaining__mutmut_7(self, remaining: int, now: float) -> None:
        """What is neither left nor ours was used by others; it leaves the window within one window's length."""
        ours = sum(1 for turn in self.turns if turn + self.seconds > now)
        self.others = max(None, self.limit - remaining - ours)
        self.others_until = now + self.seconds

    def xǁ_Poolǁsee_remaining__mutmut_8(self, remaining: int, now: float) -> None:
        """What is neither left nor ours was used by others; it leaves the window within one window's length."""
        ours = sum(1 for turn in self.turns if turn + self.seconds > now)
        self.others = max(0, None)
        self.others_until = now + self.seconds

    def xǁ_Poolǁsee_remaining__mutmut_9(self, remaining: int, now: float) -> None:
        """What is neither left nor ours was used by others; it leaves the window within one window's length."""
        ours = sum(1 for turn in self.turns if turn + self.seconds > now)
        self.others = max(self.limit - remaining - ours)
        self.others_until = now + self.seconds

    def xǁ_Poolǁsee_remaining__mutmut_10(self, remaining: int, now: float) -> None:
        """What is neither left nor ours was used by others; it leaves the window within one window's length."""
        ours = sum(1 for turn in self.turns if turn + self.seconds > now)
        self.others = max(0, )
        self.others_until = now + self.seconds

    def xǁ_Poolǁsee_remaining__mutmut_11(self, remaining: int, now: float) -> None:
        """What is neither left nor ours was used by others; it leaves the window within one window's length."""
        ours = sum(1 for turn in self.turns if turn + self.seconds > now)
        self.others = max(1, self.limit - remaining - ours)
        self.others_until = now + self.seconds

    def xǁ_Poolǁsee_remaining__mutmut_12(self, remaining: int, now: float) -> None:
        """What is neither left nor ours was used by others; it leaves the window within one window's length."""
        ours = sum(1 for turn in self.turns if turn + self.seconds > now)
        self.others = max(0, self.limit - remaining + ours)
        self.others_until = now + self.seconds

    def xǁ_Poolǁsee_remaining__mutmut_13(self, remaining: int, now: float) -> None:
        """What is neither left nor ours was used by others; it leaves the window within one window's length."""
        ours = sum(1 for turn in self.turns if turn + self.seconds > now)
        self.others = max(0, self.limit + remaining - ours)
        self.others_until = now + self.seconds

    def xǁ_Poolǁsee_remaining__mutmut_14(self, remaining: int, now: float) -> None:
        """What is neither left nor ours was used by others; it leaves the window within one window's length."""
        ours = sum(1 for turn in self.turns if turn + self.seconds > now)
        self.others = max(0, self.limit - remaining - ours)
        self.others_until = None

    def xǁ_Poolǁsee_remaining__mutmut_15(self, remaining: int, now: float) -> None:
        """What is neither left nor ours was used by others; it leaves the window within one window's length."""
        ours = sum(1 for turn in self.turns if turn + self.seconds > now)
        self.others = max(0, self.limit - remaining - ours)
        self.others_until = now - self.seconds

mutants_xǁ_Poolǁ__init____mutmut['_mutmut_orig'] = _Pool.xǁ_Poolǁ__init____mutmut_orig # type: ignore # mutmut generated
mutants_xǁ_Poolǁ__init____mutmut['xǁ_Poolǁ__init____mutmut_1'] = _Pool.xǁ_Poolǁ__init____mutmut_1 # type: ignore # mutmut generated
mutants_xǁ_Poolǁ__init____mutmut['xǁ_Poolǁ__init____mutmut_2'] = _Pool.xǁ_Poolǁ__init____mutmut_2 # type: ignore # mutmut generated
mutants_xǁ_Poolǁ__init____mutmut['xǁ_Poolǁ__init____mutmut_3'] = _Pool.xǁ_Poolǁ__init____mutmut_3 # type: ignore # mutmut generated
mutants_xǁ_Poolǁ__init____mutmut['xǁ_Poolǁ__init____mutmut_4'] = _Pool.xǁ_Poolǁ__init____mutmut_4 # type: ignore # mutmut generated
mutants_xǁ_Poolǁ__init____mutmut['xǁ_Poolǁ__init____mutmut_5'] = _Pool.xǁ_Poolǁ__init____mutmut_5 # type: ignore # mutmut generated
mutants_xǁ_Poolǁ__init____mutmut['xǁ_Poolǁ__init____mutmut_6'] = _Pool.xǁ_Poolǁ__init____mutmut_6 # type: ignore # mutmut generated
mutants_xǁ_Poolǁ__init____mutmut['xǁ_Poolǁ__init____mutmut_7'] = _Pool.xǁ_Poolǁ__init____mutmut_7 # type: ignore # mutmut generated
mutants_xǁ_Poolǁ__init____mutmut['xǁ_Poolǁ__init____mutmut_8'] = _Pool.xǁ_Poolǁ__init____mutmut_8 # type: ignore # mutmut generated
mutants_xǁ_Poolǁ__init____mutmut['xǁ_Poolǁ__init____mutmut_9'] = _Pool.xǁ_Poolǁ__init____mutmut_9 # type: ignore # mutmut generated
mutants_xǁ_Poolǁ__init____mutmut['xǁ_Poolǁ__init____mutmut_10'] = _Pool.xǁ_Poolǁ__init____mutmut_10 # type: ignore # mutmut generated
mutants_xǁ_Poolǁ__init____mutmut['xǁ_Poolǁ__init____mutmut_11'] = _Pool.xǁ_Poolǁ__init____mutmut_11 # type: ignore # mutmut generated
mutants_xǁ_Poolǁ__init____mutmut['xǁ_Poolǁ__init____mutmut_12'] = _Pool.xǁ_Poolǁ__init____mutmut_12 # type: ignore # mutmut generated

mutants_xǁ_Poolǁtake__mutmut['_mutmut_orig'] = _Pool.xǁ_Poolǁtake__mutmut_orig # type: ignore # mutmut generated
mutants_xǁ_Poolǁtake__mutmut['xǁ_Poolǁtake__mutmut_1'] = _Pool.xǁ_Poolǁtake__mutmut_1 # type: ignore # mutmut generated
mutants_xǁ_Poolǁtake__mutmut['xǁ_Poolǁtake__mutmut_2'] = _Pool.xǁ_Poolǁtake__mutmut_2 # type: ignore # mutmut generated

mutants_xǁ_Poolǁseconds_until_turn__mutmut['_mutmut_orig'] = _Pool.xǁ_Poolǁseconds_until_turn__mutmut_orig # type: ignore # mutmut generated
mutants_xǁ_Poolǁseconds_until_turn__mutmut['xǁ_Poolǁseconds_until_turn__mutmut_1'] = _Pool.xǁ_Poolǁseconds_until_turn__mutmut_1 # type: ignore # mutmut generated
mutants_xǁ_Poolǁseconds_until_turn__mutmut['xǁ_Poolǁseconds_until_turn__mutmut_2'] = _Pool.xǁ_Poolǁseconds_until_turn__mutmut_2 # type: ignore # mutmut generated
mutants_xǁ_Poolǁseconds_until_turn__mutmut['xǁ_Poolǁseconds_until_turn__mutmut_3'] = _Pool.xǁ_Poolǁseconds_until_turn__mutmut_3 # type: ignore # mutmut generated
mutants_xǁ_Poolǁseconds_until_turn__mutmut['xǁ_Poolǁseconds_until_turn__mutmut_4'] = _Pool.xǁ_Poolǁseconds_until_turn__mutmut_4 # type: ignore # mutmut generated
mutants_xǁ_Poolǁseconds_until_turn__mutmut['xǁ_Poolǁseconds_until_turn__mutmut_5'] = _Pool.xǁ_Poolǁseconds_until_turn__mutmut_5 # type: ignore # mutmut generated
mutants_xǁ_Poolǁseconds_until_turn__mutmut['xǁ_Poolǁseconds_until_turn__mutmut_6'] = _Pool.xǁ_Poolǁseconds_until_turn__mutmut_6 # type: ignore # mutmut generated

mutants_xǁ_Poolǁ_seconds_until_room__mutmut['_mutmut_orig'] = _Pool.xǁ_Poolǁ_seconds_until_room__mutmut_orig # type: ignore # mutmut generated
mutants_xǁ_Poolǁ_seconds_until_room__mutmut['xǁ_Poolǁ_seconds_until_room__mutmut_1'] = _Pool.xǁ_Poolǁ_seconds_until_room__mutmut_1 # type: ignore # mutmut generated
mutants_xǁ_Poolǁ_seconds_until_room__mutmut['xǁ_Poolǁ_seconds_until_room__mutmut_2'] = _Pool.xǁ_Poolǁ_seconds_until_room__mutmut_2 # type: ignore # mutmut generated
mutants_xǁ_Poolǁ_seconds_until_room__mutmut['xǁ_Poolǁ_seconds_until_room__mutmut_3'] = _Pool.xǁ_Poolǁ_seconds_until_room__mutmut_3 # type: ignore # mutmut generated
mutants_xǁ_Poolǁ_seconds_until_room__mutmut['xǁ_Poolǁ_seconds_until_room__mutmut_4'] = _Pool.xǁ_Poolǁ_seconds_until_room__mutmut_4 # type: ignore # mutmut generated
mutants_xǁ_Poolǁ_seconds_until_room__mutmut['xǁ_Poolǁ_seconds_until_room__mutmut_5'] = _Pool.xǁ_Poolǁ_seconds_until_room__mutmut_5 # type: ignore # mutmut generated
mutants_xǁ_Poolǁ_seconds_until_room__mutmut['xǁ_Poolǁ_seconds_until_room__mutmut_6'] = _Pool.xǁ_Poolǁ_seconds_until_room__mutmut_6 # type: ignore # mutmut generated
mutants_xǁ_Poolǁ_seconds_until_room__mutmut['xǁ_Poolǁ_seconds_until_room__mutmut_7'] = _Pool.xǁ_Poolǁ_seconds_until_room__mutmut_7 # type: ignore # mutmut generated
mutants_xǁ_Poolǁ_seconds_until_room__mutmut['xǁ_Poolǁ_seconds_until_room__mutmut_8'] = _Pool.xǁ_Poolǁ_seconds_until_room__mutmut_8 # type: ignore # mutmut generated
mutants_xǁ_Poolǁ_seconds_until_room__mutmut['xǁ_Poolǁ_seconds_until_room__mutmut_9'] = _Pool.xǁ_Poolǁ_seconds_until_room__mutmut_9 # type: ignore # mutmut generated
mutants_xǁ_Poolǁ_seconds_until_room__mutmut['xǁ_Poolǁ_seconds_until_room__mutmut_10'] = _Pool.xǁ_Poolǁ_seconds_until_room__mutmut_10 # type: ignore # mutmut generated
mutants_xǁ_Poolǁ_seconds_until_room__mutmut['xǁ_Poolǁ_seconds_until_room__mutmut_11'] = _Pool.xǁ_Poolǁ_seconds_until_room__mutmut_11 # type: ignore # mutmut generated
mutants_xǁ_Poolǁ_seconds_until_room__mutmut['xǁ_Poolǁ_seconds_until_room__mutmut_12'] = _Pool.xǁ_Poolǁ_seconds_until_room__mutmut_12 # type: ignore # mutmut generated
mutants_xǁ_Poolǁ_seconds_until_room__mutmut['xǁ_Poolǁ_seconds_until_room__mutmut_13'] = _Pool.xǁ_Poolǁ_seconds_until_room__mutmut_13 # type: ignore # mutmut generated
mutants_xǁ_Poolǁ_seconds_until_room__mutmut['xǁ_Poolǁ_seconds_until_room__mutmut_14'] = _Pool.xǁ_Poolǁ_seconds_until_room__mutmut_14 # type: ignore # mutmut generated
mutants_xǁ_Poolǁ_seconds_until_room__mutmut['xǁ_Poolǁ_seconds_until_room__mutmut_15'] = _Pool.xǁ_Poolǁ_seconds_until_room__mutmut_15 # type: ignore # mutmut generated
mutants_xǁ_Poolǁ_seconds_until_room__mutmut['xǁ_Poolǁ_seconds_until_room__mutmut_16'] = _Pool.xǁ_Poolǁ_seconds_until_room__mutmut_16 # type: ignore # mutmut generated
mutants_xǁ_Poolǁ_seconds_until_room__mutmut['xǁ_Poolǁ_seconds_until_room__mutmut_17'] = _Pool.xǁ_Poolǁ_seconds_until_room__mutmut_17 # type: ignore # mutmut generated
mutants_xǁ_Poolǁ_seconds_until_room__mutmut['xǁ_Poolǁ_seconds_until_room__mutmut_18'] = _Pool.xǁ_Poolǁ_seconds_until_room__mutmut_18 # type: ignore # mutmut generated
mutants_xǁ_Poolǁ_seconds_until_room__mutmut['xǁ_Poolǁ_seconds_until_room__mutmut_19'] = _Pool.xǁ_Poolǁ_seconds_until_room__mutmut_19 # type: ignore # mutmut generated
mutants_xǁ_Poolǁ_seconds_until_room__mutmut['xǁ_Poolǁ_seconds_until_room__mutmut_20'] = _Pool.xǁ_Poolǁ_seconds_until_room__mutmut_20 # type: ignore # mutmut generated
mutants_xǁ_Poolǁ_seconds_until_room__mutmut['xǁ_Poolǁ_seconds_until_room__mutmut_21'] = _Pool.xǁ_Poolǁ_seconds_until_room__mutmut_21 # type: ignore # mutmut generated
mutants_xǁ_Poolǁ_seconds_until_room__mutmut['xǁ_Poolǁ_seconds_until_room__mutmut_22'] = _Pool.xǁ_Poolǁ_seconds_until_room__mutmut_22 # type: ignore # mutmut generated
mutants_xǁ_Poolǁ_seconds_until_room__mutmut['xǁ_Poolǁ_seconds_until_room__mutmut_23'] = _Pool.xǁ_Poolǁ_seconds_until_room__mutmut_23 # type: ignore # mutmut generated
mutants_xǁ_Poolǁ_seconds_until_room__mutmut['xǁ_Poolǁ_seconds_until_room__mutmut_24'] = _Pool.xǁ_Poolǁ_seconds_until_room__mutmut_24 # type: ignore # mutmut generated
mutants_xǁ_Poolǁ_seconds_until_room__mutmut['xǁ_Poolǁ_seconds_until_room__mutmut_25'] = _Pool.xǁ_Poolǁ_seconds_until_room__mutmut_25 # type: ignore # mutmut generated
mutants_xǁ_Poolǁ_seconds_until_room__mutmut['xǁ_Poolǁ_seconds_until_room__mutmut_26'] = _Pool.xǁ_Poolǁ_seconds_until_room__mutmut_26 # type: ignore # mutmut generated
mutants_xǁ_Poolǁ_seconds_until_room__mutmut['xǁ_Poolǁ_seconds_until_room__mutmut_27'] = _Pool.xǁ_Poolǁ_seconds_until_room__mutmut_27 # type: ignore # mutmut generated
mutants_xǁ_Poolǁ_seconds_until_room__mutmut['xǁ_Poolǁ_seconds_until_room__mutmut_28'] = _Pool.xǁ_Poolǁ_seconds_until_room__mutmut_28 # type: ignore # mutmut generated
mutants_xǁ_Poolǁ_seconds_until_room__mutmut['xǁ_Poolǁ_seconds_until_room__mutmut_29'] = _Pool.xǁ_Poolǁ_seconds_until_room__mutmut_29 # type: ignore # mutmut generated
mutants_xǁ_Poolǁ_seconds_until_room__mutmut['xǁ_Poolǁ_seconds_until_room__mutmut_30'] = _Pool.xǁ_Poolǁ_seconds_until_room__mutmut_30 # type: ignore # mutmut generated
mutants_xǁ_Poolǁ_seconds_until_room__mutmut['xǁ_Poolǁ_seconds_until_room__mutmut_31'] = _Pool.xǁ_Poolǁ_seconds_until_room__mutmut_31 # type: ignore # mutmut generated
mutants_xǁ_Poolǁ_seconds_until_room__mutmut['xǁ_Poolǁ_seconds_until_room__mutmut_32'] = _Pool.xǁ_Poolǁ_seconds_until_room__mutmut_32 # type: ignore # mutmut generated

mutants_xǁ_Poolǁsee_remaining__mutmut['_mutmut_orig'] = _Pool.xǁ_Poolǁsee_remaining__mutmut_orig # type: ignore # mutmut generated
mutants_xǁ_Poolǁsee_remaining__mutmut['xǁ_Poolǁsee_remaining__mutmut_1'] = _Pool.xǁ_Poolǁsee_remaining__mutmut_1 # type: ignore # mutmut generated
mutants_xǁ_Poolǁsee_remaining__mutmut['xǁ_Poolǁsee_remaining__mutmut_2'] = _Pool.xǁ_Poolǁsee_remaining__mutmut_2 # type: ignore # mutmut generated
mutants_xǁ_Poolǁsee_remaining__mutmut['xǁ_Poolǁsee_remaining__mutmut_3'] = _Pool.xǁ_Poolǁsee_remaining__mutmut_3 # type: ignore # mutmut generated
mutants_xǁ_Poolǁsee_remaining__mutmut['xǁ_Poolǁsee_remaining__mutmut_4'] = _Pool.xǁ_Poolǁsee_remaining__mutmut_4 # type: ignore # mutmut generated
mutants_xǁ_Poolǁsee_remaining__mutmut['xǁ_Poolǁsee_remaining__mutmut_5'] = _Pool.xǁ_Poolǁsee_remaining__mutmut_5 # type: ignore # mutmut generated
mutants_xǁ_Poolǁsee_remaining__mutmut['xǁ_Poolǁsee_remaining__mutmut_6'] = _Pool.xǁ_Poolǁsee_remaining__mutmut_6 # type: ignore # mutmut generated
mutants_xǁ_Poolǁsee_remaining__mutmut['xǁ_Poolǁsee_remaining__mutmut_7'] = _Pool.xǁ_Poolǁsee_remaining__mutmut_7 # type: ignore # mutmut generated
mutants_xǁ_Poolǁsee_remaining__mutmut['xǁ_Poolǁsee_remaining__mutmut_8'] = _Pool.xǁ_Poolǁsee_remaining__mutmut_8 # type: ignore # mutmut generated
mutants_xǁ_Poolǁsee_remaining__mutmut['xǁ_Poolǁsee_remaining__mutmut_9'] = _Pool.xǁ_Poolǁsee_remaining__mutmut_9 # type: ignore # mutmut generated
mutants_xǁ_Poolǁsee_remaining__mutmut['xǁ_Poolǁsee_remaining__mutmut_10'] = _Pool.xǁ_Poolǁsee_remaining__mutmut_10 # type: ignore # mutmut generated
mutants_xǁ_Poolǁsee_remaining__mutmut['xǁ_Poolǁsee_remaining__mutmut_11'] = _Pool.xǁ_Poolǁsee_remaining__mutmut_11 # type: ignore # mutmut generated
mutants_xǁ_Poolǁsee_remaining__mutmut['xǁ_Poolǁsee_remaining__mutmut_12'] = _Pool.xǁ_Poolǁsee_remaining__mutmut_12 # type: ignore # mutmut generated
mutants_xǁ_Poolǁsee_remaining__mutmut['xǁ_Poolǁsee_remaining__mutmut_13'] = _Pool.xǁ_Poolǁsee_remaining__mutmut_13 # type: ignore # mutmut generated
mutants_xǁ_Poolǁsee_remaining__mutmut['xǁ_Poolǁsee_remaining__mutmut_14'] = _Pool.xǁ_Poolǁsee_remaining__mutmut_14 # type: ignore # mutmut generated
mutants_xǁ_Poolǁsee_remaining__mutmut['xǁ_Poolǁsee_remaining__mutmut_15'] = _Pool.xǁ_Poolǁsee_remaining__mutmut_15 # type: ignore # mutmut generated
mutants_xǁPacingǁ__init____mutmut: MutantDict = {}  # type: ignore
mutants_xǁPacingǁacquire__mutmut: MutantDict = {}  # type: ignore
mutants_xǁPacingǁlearn__mutmut: MutantDict = {}  # type: ignore
mutants_xǁPacingǁblock__mutmut: MutantDict = {}  # type: ignore
mutants_xǁPacingǁtake_part_of_day__mutmut: MutantDict = {}  # type: ignore
mutants_xǁPacingǁ_part__mutmut: MutantDict = {}  # type: ignore
mutants_xǁPacingǁ_learn_interval__mutmut: MutantDict = {}  # type: ignore
mutants_xǁPacingǁ_learn_day__mutmut: MutantDict = {}  # type: ignore


class Pacing:
    """One portal's pools, shared by all threads: `interval`, `search` and `associations`.

    Never more than `share` of a pool's limit goes out in any of its windows.
    """

    @_mutmut_mutated(mutants_xǁPacingǁ__init____mutmut)
    def __init__(self, *, clock: Clock, share: float = 0.9) -> None:
        self._clock = clock
        self._share = share
        self._lock = threading.Lock()
        self._pools = {
            "interval": _Pool(self._part(INTERVAL_LIMIT), WINDOW_SECONDS),
            # One at a time, evenly: five at once, twice, would stand within one of HubSpot's seconds if the second
            # five travelled faster than the first.
            "search": _Pool(1, 1 / (SEARCHES_PER_SECOND * share)),
            "associations": _Pool(self._part(ASSOCIATIONS_LIMIT), WINDOW_SECONDS),
        }
        self._pools["interval"].limit = INTERVAL_LIMIT
        self._day = Day(share)

    def xǁPacingǁ__init____mutmut_orig(self, *, clock: Clock, share: float = 0.9) -> None:
        self._clock = clock
        self._share = share
        self._lock = threading.Lock()
        self._pools = {
            "interval": _Pool(self._part(INTERVAL_LIMIT), WINDOW_SECONDS),
            # One at a time, evenly: five at once, twice, would stand within one of HubSpot's seconds if the second
            # five travelled faster than the first.
            "search": _Pool(1, 1 / (SEARCHES_PER_SECOND * share)),
            "associations": _Pool(self._part(ASSOCIATIONS_LIMIT), WINDOW_SECONDS),
        }
        self._pools["interval"].limit = INTERVAL_LIMIT
        self._day = Day(share)

    def xǁPacingǁ__init____mutmut_1(self, *, clock: Clock, share: float = 1.9) -> None:
        self._clock = clock
        self._share = share
        self._lock = threading.Lock()
        self._pools = {
            "interval": _Pool(self._part(INTERVAL_LIMIT), WINDOW_SECONDS),
            # One at a time, evenly: five at once, twice, would stand within one of HubSpot's seconds if the second
            # five travelled faster than the first.
            "search": _Pool(1, 1 / (SEARCHES_PER_SECOND * share)),
            "associations": _Pool(self._part(ASSOCIATIONS_LIMIT), WINDOW_SECONDS),
        }
        self._pools["interval"].limit = INTERVAL_LIMIT
        self._day = Day(share)

    def xǁPacingǁ__init____mutmut_2(self, *, clock: Clock, share: float = 0.9) -> None:
        self._clock = None
        self._share = share
        self._lock = threading.Lock()
        self._pools = {
            "interval": _Pool(self._part(INTERVAL_LIMIT), WINDOW_SECONDS),
            # One at a time, evenly: five at once, twice, would stand within one of HubSpot's seconds if the second
            # five travelled faster than the first.
            "search": _Pool(1, 1 / (SEARCHES_PER_SECOND * share)),
            "associations": _Pool(self._part(ASSOCIATIONS_LIMIT), WINDOW_SECONDS),
        }
        self._pools["interval"].limit = INTERVAL_LIMIT
        self._day = Day(share)

    def xǁPacingǁ__init____mutmut_3(self, *, clock: Clock, share: float = 0.9) -> None:
        self._clock = clock
        self._share = None
        self._lock = threading.Lock()
        self._pools = {
            "interval": _Pool(self._part(INTERVAL_LIMIT), WINDOW_SECONDS),
            # One at a time, evenly: five at once, twice, would stand within one of HubSpot's seconds if the second
            # five travelled faster than the first.
            "search": _Pool(1, 1 / (SEARCHES_PER_SECOND * share)),
            "associations": _Pool(self._part(ASSOCIATIONS_LIMIT), WINDOW_SECONDS),
        }
        self._pools["interval"].limit = INTERVAL_LIMIT
        self._day = Day(share)

    def xǁPacingǁ__init____mutmut_4(self, *, clock: Clock, share: float = 0.9) -> None:
        self._clock = clock
        self._share = share
        self._lock = None
        self._pools = {
            "interval": _Pool(self._part(INTERVAL_LIMIT), WINDOW_SECONDS),
            # One at a time, evenly: five at once, twice, would stand within one of HubSpot's seconds if the second
            # five travelled faster than the first.
            "search": _Pool(1, 1 / (SEARCHES_PER_SECOND * share)),
            "associations": _Pool(self._part(ASSOCIATIONS_LIMIT), WINDOW_SECONDS),
        }
        self._pools["interval"].limit = INTERVAL_LIMIT
        self._day = Day(share)

    def xǁPacingǁ__init____mutmut_5(self, *, clock: Clock, share: float = 0.9) -> None:
        self._clock = clock
        self._share = share
        self._lock = threading.Lock()
        self._pools = None
        self._pools["interval"].limit = INTERVAL_LIMIT
        self._day = Day(share)

    def xǁPacingǁ__init____mutmut_6(self, *, clock: Clock, share: float = 0.9) -> None:
        self._clock = clock
        self._share = share
        self._lock = threading.Lock()
        self._pools = {
            "XXintervalXX": _Pool(self._part(INTERVAL_LIMIT), WINDOW_SECONDS),
            # One at a time, evenly: five at once, twice, would stand within one of HubSpot's seconds if the second
            # five travelled faster than the first.
            "search": _Pool(1, 1 / (SEARCHES_PER_SECOND * share)),
            "associations": _Pool(self._part(ASSOCIATIONS_LIMIT), WINDOW_SECONDS),
        }
        self._pools["interval"].limit = INTERVAL_LIMIT
        self._day = Day(share)

    def xǁPacingǁ__init____mutmut_7(self, *, clock: Clock, share: float = 0.9) -> None:
        self._clock = clock
        self._share = share
        self._lock = threading.Lock()
        self._pools = {
            "INTERVAL": _Pool(self._part(INTERVAL_LIMIT), WINDOW_SECONDS),
            # One at a time, evenly: five at once, twice, would stand within one of HubSpot's seconds if the second
            # five travelled faster than the first.
            "search": _Pool(1, 1 / (SEARCHES_PER_SECOND * share)),
            "associations": _Pool(self._part(ASSOCIATIONS_LIMIT), WINDOW_SECONDS),
        }
        self._pools["interval"].limit = INTERVAL_LIMIT
        self._day = Day(share)

    def xǁPacingǁ__init____mutmut_8(self, *, clock: Clock, share: float = 0.9) -> None:
        self._clock = clock
        self._share = share
        self._lock = threading.Lock()
        self._pools = {
            "interval": _Pool(None, WINDOW_SECONDS),
            # One at a time, evenly: five at once, twice, would stand within one of HubSpot's seconds if the second
            # five travelled faster than the first.
            "search": _Pool(1, 1 / (SEARCHES_PER_SECOND * share)),
            "associations": _Pool(self._part(ASSOCIATIONS_LIMIT), WINDOW_SECONDS),
        }
        self._pools["interval"].limit = INTERVAL_LIMIT
        self._day = Day(share)

    def xǁPacingǁ__init____mutmut_9(self, *, clock: Clock, share: float = 0.9) -> None:
        self._clock = clock
        self._share = share
        self._lock = threading.Lock()
        self._pools = {
            "interval": _Pool(self._part(INTERVAL_LIMIT), None),
            # One at a time, evenly: five at once, twice, would stand within one of HubSpot's seconds if the second
            # five travelled faster than the first.
            "search": _Pool(1, 1 / (SEARCHES_PER_SECOND * share)),
            "associations": _Pool(self._part(ASSOCIATIONS_LIMIT), WINDOW_SECONDS),
        }
        self._pools["interval"].limit = INTERVAL_LIMIT
        self._day = Day(share)

    def xǁPacingǁ__init____mutmut_10(self, *, clock: Clock, share: float = 0.9) -> None:
        self._clock = clock
        self._share = share
        self._lock = threading.Lock()
        self._pools = {
            "interval": _Pool(WINDOW_SECONDS),
            # One at a time, evenly: five at once, twice, would stand within one of HubSpot's seconds if the second
            # five travelled faster than the first.
            "search": _Pool(1, 1 / (SEARCHES_PER_SECOND * share)),
            "associations": _Pool(self._part(ASSOCIATIONS_LIMIT), WINDOW_SECONDS),
        }
        self._pools["interval"].limit = INTERVAL_LIMIT
        self._day = Day(share)

    def xǁPacingǁ__init____mutmut_11(self, *, clock: Clock, share: float = 0.9) -> None:
        self._clock = clock
        self._share = share
        self._lock = threading.Lock()
        self._pools = {
            "interval": _Pool(self._part(INTERVAL_LIMIT), ),
            # One at a time, evenly: five at once, twice, would stand within one of HubSpot's seconds if the second
            # five travelled faster than the first.
            "search": _Pool(1, 1 / (SEARCHES_PER_SECOND * share)),
            "associations": _Pool(self._part(ASSOCIATIONS_LIMIT), WINDOW_SECONDS),
        }
        self._pools["interval"].limit = INTERVAL_LIMIT
        self._day = Day(share)

    def xǁPacingǁ__init____mutmut_12(self, *, clock: Clock, share: float = 0.9) -> None:
        self._clock = clock
        self._share = share
        self._lock = threading.Lock()
        self._pools = {
            "interval": _Pool(self._part(None), WINDOW_SECONDS),
            # One at a time, evenly: five at once, twice, would stand within one of HubSpot's seconds if the second
            # five travelled faster than the first.
            "search": _Pool(1, 1 / (SEARCHES_PER_SECOND * share)),
            "associations": _Pool(self._part(ASSOCIATIONS_LIMIT), WINDOW_SECONDS),
        }
        self._pools["interval"].limit = INTERVAL_LIMIT
        self._day = Day(share)

    def xǁPacingǁ__init____mutmut_13(self, *, clock: Clock, share: float = 0.9) -> None:
        self._clock = clock
        self._share = share
        self._lock = threading.Lock()
        self._pools = {
            "interval": _Pool(self._part(INTERVAL_LIMIT), WINDOW_SECONDS),
            # One at a time, evenly: five at once, twice, would stand within one of HubSpot's seconds if the second
            # five travelled faster than the first.
            "XXsearchXX": _Pool(1, 1 / (SEARCHES_PER_SECOND * share)),
            "associations": _Pool(self._part(ASSOCIATIONS_LIMIT), WINDOW_SECONDS),
        }
        self._pools["interval"].limit = INTERVAL_LIMIT
        self._day = Day(share)

    def xǁPacingǁ__init____mutmut_14(self, *, clock: Clock, share: float = 0.9) -> None:
        self._clock = clock
        self._share = share
        self._lock = threading.Lock()
        self._pools = {
            "interval": _Pool(self._part(INTERVAL_LIMIT), WINDOW_SECONDS),
            # One at a time, evenly: five at once, twice, would stand within one of HubSpot's seconds if the second
            # five travelled faster than the first.
            "SEARCH": _Pool(1, 1 / (SEARCHES_PER_SECOND * share)),
            "associations": _Pool(self._part(ASSOCIATIONS_LIMIT), WINDOW_SECONDS),
        }
        self._pools["interval"].limit = INTERVAL_LIMIT
        self._day = Day(share)

    def xǁPacingǁ__init____mutmut_15(self, *, clock: Clock, share: float = 0.9) -> None:
        self._clock = clock
        self._share = share
        self._lock = threading.Lock()
        self._pools = {
            "interval": _Pool(self._part(INTERVAL_LIMIT), WINDOW_SECONDS),
            # One at a time, evenly: five at once, twice, would stand within one of HubSpot's seconds if the second
            # five travelled faster than the first.
            "search": _Pool(None, 1 / (SEARCHES_PER_SECOND * share)),
            "associations": _Pool(self._part(ASSOCIATIONS_LIMIT), WINDOW_SECONDS),
        }
        self._pools["interval"].limit = INTERVAL_LIMIT
        self._day = Day(share)

    def xǁPacingǁ__init____mutmut_16(self, *, clock: Clock, share: float = 0.9) -> None:
        self._clock = clock
        self._share = share
        self._lock = threading.Lock()
        self._pools = {
            "interval": _Pool(self._part(INTERVAL_LIMIT), WINDOW_SECONDS),
            # One at a time, evenly: five at once, twice, would stand within one of HubSpot's seconds if the second
            # five travelled faster than the first.
            "search": _Pool(1, None),
            "associations": _Pool(self._part(ASSOCIATIONS_LIMIT), WINDOW_SECONDS),
        }
        self._pools["interval"].limit = INTERVAL_LIMIT
        self._day = Day(share)

    def xǁPacingǁ__init____mutmut_17(self, *, clock: Clock, share: float = 0.9) -> None:
        self._clock = clock
        self._share = share
        self._lock = threading.Lock()
        self._pools = {
            "interval": _Pool(self._part(INTERVAL_LIMIT), WINDOW_SECONDS),
            # One at a time, evenly: five at once, twice, would stand within one of HubSpot's seconds if the second
            # five travelled faster than the first.
            "search": _Pool(1 / (SEARCHES_PER_SECOND * share)),
            "associations": _Pool(self._part(ASSOCIATIONS_LIMIT), WINDOW_SECONDS),
        }
        self._pools["interval"].limit = INTERVAL_LIMIT
        self._day = Day(share)

    def xǁPacingǁ__init____mutmut_18(self, *, clock: Clock, share: float = 0.9) -> None:
        self._clock = clock
        self._share = share
        self._lock = threading.Lock()
        self._pools = {
            "interval": _Pool(self._part(INTERVAL_LIMIT), WINDOW_SECONDS),
            # One at a time, evenly: five at once, twice, would stand within one of HubSpot's seconds if the second
            # five travelled faster than the first.
            "search": _Pool(1, ),
            "associations": _Pool(self._part(ASSOCIATIONS_LIMIT), WINDOW_SECONDS),
        }
        self._pools["interval"].limit = INTERVAL_LIMIT
        self._day = Day(share)

    def xǁPacingǁ__init____mutmut_19(self, *, clock: Clock, share: float = 0.9) -> None:
        self._clock = clock
        self._share = share
        self._lock = threading.Lock()
        self._pools = {
            "interval": _Pool(self._part(INTERVAL_LIMIT), WINDOW_SECONDS),
            # One at a time, evenly: five at once, twice, would stand within one of HubSpot's seconds if the second
            # five travelled faster than the first.
            "search": _Pool(2, 1 / (SEARCHES_PER_SECOND * share)),
            "associations": _Pool(self._part(ASSOCIATIONS_LIMIT), WINDOW_SECONDS),
        }
        self._pools["interval"].limit = INTERVAL_LIMIT
        self._day = Day(share)

    def xǁPacingǁ__init____mutmut_20(self, *, clock: Clock, share: float = 0.9) -> None:
        self._clock = clock
        self._share = share
        self._lock = threading.Lock()
        self._pools = {
            "interval": _Pool(self._part(INTERVAL_LIMIT), WINDOW_SECONDS),
            # One at a time, evenly: five at once, twice, would stand within one of HubSpot's seconds if the second
            # five travelled faster than the first.
            "search": _Pool(1, 1 * (SEARCHES_PER_SECOND * share)),
            "associations": _Pool(self._part(ASSOCIATIONS_LIMIT), WINDOW_SECONDS),
        }
        self._pools["interval"].limit = INTERVAL_LIMIT
        self._day = Day(share)

    def xǁPacingǁ__init____mutmut_21(self, *, clock: Clock, share: float = 0.9) -> None:
        self._clock = clock
        self._share = share
        self._lock = threading.Lock()
        self._pools = {
            "interval": _Pool(self._part(INTERVAL_LIMIT), WINDOW_SECONDS),
            # One at a time, evenly: five at once, twice, would stand within one of HubSpot's seconds if the second
            # five travelled faster than the first.
            "search": _Pool(1, 2 / (SEARCHES_PER_SECOND * share)),
            "associations": _Pool(self._part(ASSOCIATIONS_LIMIT), WINDOW_SECONDS),
        }
        self._pools["interval"].limit = INTERVAL_LIMIT
        self._day = Day(share)

    def xǁPacingǁ__init____mutmut_22(self, *, clock: Clock, share: float = 0.9) -> None:
        self._clock = clock
        self._share = share
        self._lock = threading.Lock()
        self._pools = {
            "interval": _Pool(self._part(INTERVAL_LIMIT), WINDOW_SECONDS),
            # One at a time, evenly: five at once, twice, would stand within one of HubSpot's seconds if the second
            # five travelled faster than the first.
            "search": _Pool(1, 1 / (SEARCHES_PER_SECOND / share)),
            "associations": _Pool(self._part(ASSOCIATIONS_LIMIT), WINDOW_SECONDS),
        }
        self._pools["interval"].limit = INTERVAL_LIMIT
        self._day = Day(share)

    def xǁPacingǁ__init____mutmut_23(self, *, clock: Clock, share: float = 0.9) -> None:
        self._clock = clock
        self._share = share
        self._lock = threading.Lock()
        self._pools = {
            "interval": _Pool(self._part(INTERVAL_LIMIT), WINDOW_SECONDS),
            # One at a time, evenly: five at once, twice, would stand within one of HubSpot's seconds if the second
            # five travelled faster than the first.
            "search": _Pool(1, 1 / (SEARCHES_PER_SECOND * share)),
            "XXassociationsXX": _Pool(self._part(ASSOCIATIONS_LIMIT), WINDOW_SECONDS),
        }
        self._pools["interval"].limit = INTERVAL_LIMIT
        self._day = Day(share)

    def xǁPacingǁ__init____mutmut_24(self, *, clock: Clock, share: float = 0.9) -> None:
        self._clock = clock
        self._share = share
        self._lock = threading.Lock()
        self._pools = {
            "interval": _Pool(self._part(INTERVAL_LIMIT), WINDOW_SECONDS),
            # One at a time, evenly: five at once, twice, would stand within one of HubSpot's seconds if the second
            # five travelled faster than the first.
            "search": _Pool(1, 1 / (SEARCHES_PER_SECOND * share)),
            "ASSOCIATIONS": _Pool(self._part(ASSOCIATIONS_LIMIT), WINDOW_SECONDS),
        }
        self._pools["interval"].limit = INTERVAL_LIMIT
        self._day = Day(share)

    def xǁPacingǁ__init____mutmut_25(self, *, clock: Clock, share: float = 0.9) -> None:
        self._clock = clock
        self._share = share
        self._lock = threading.Lock()
        self._pools = {
            "interval": _Pool(self._part(INTERVAL_LIMIT), WINDOW_SECONDS),
            # One at a time, evenly: five at once, twice, would stand within one of HubSpot's seconds if the second
            # five travelled faster than the first.
            "search": _Pool(1, 1 / (SEARCHES_PER_SECOND * share)),
            "associations": _Pool(None, WINDOW_SECONDS),
        }
        self._pools["interval"].limit = INTERVAL_LIMIT
        self._day = Day(share)

    def xǁPacingǁ__init____mutmut_26(self, *, clock: Clock, share: float = 0.9) -> None:
        self._clock = clock
        self._share = share
        self._lock = threading.Lock()
        self._pools = {
            "interval": _Pool(self._part(INTERVAL_LIMIT), WINDOW_SECONDS),
            # One at a time, evenly: five at once, twice, would stand within one of HubSpot's seconds if the second
            # five travelled faster than the first.
            "search": _Pool(1, 1 / (SEARCHES_PER_SECOND * share)),
            "associations": _Pool(self._part(ASSOCIATIONS_LIMIT), None),
        }
        self._pools["interval"].limit = INTERVAL_LIMIT
        self._day = Day(share)

    def xǁPacingǁ__init____mutmut_27(self, *, clock: Clock, share: float = 0.9) -> None:
        self._clock = clock
        self._share = share
        self._lock = threading.Lock()
        self._pools = {
            "interval": _Pool(self._part(INTERVAL_LIMIT), WINDOW_SECONDS),
            # One at a time, evenly: five at once, twice, would stand within one of HubSpot's seconds if the second
            # five travelled faster than the first.
            "search": _Pool(1, 1 / (SEARCHES_PER_SECOND * share)),
            "associations": _Pool(WINDOW_SECONDS),
        }
        self._pools["interval"].limit = INTERVAL_LIMIT
        self._day = Day(share)

    def xǁPacingǁ__init____mutmut_28(self, *, clock: Clock, share: float = 0.9) -> None:
        self._clock = clock
        self._share = share
        self._lock = threading.Lock()
        self._pools = {
            "interval": _Pool(self._part(INTERVAL_LIMIT), WINDOW_SECONDS),
            # One at a time, evenly: five at once, twice, would stand within one of HubSpot's seconds if the second
            # five travelled faster than the first.
            "search": _Pool(1, 1 / (SEARCHES_PER_SECOND * share)),
            "associations": _Pool(self._part(ASSOCIATIONS_LIMIT), ),
        }
        self._pools["interval"].limit = INTERVAL_LIMIT
        self._day = Day(share)

    def xǁPacingǁ__init____mutmut_29(self, *, clock: Clock, share: float = 0.9) -> None:
        self._clock = clock
        self._share = share
        self._lock = threading.Lock()
        self._pools = {
            "interval": _Pool(self._part(INTERVAL_LIMIT), WINDOW_SECONDS),
            # One at a time, evenly: five at once, twice, would stand within one of HubSpot's seconds if the second
            # five travelled faster than the first.
            "search": _Pool(1, 1 / (SEARCHES_PER_SECOND * share)),
            "associations": _Pool(self._part(None), WINDOW_SECONDS),
        }
        self._pools["interval"].limit = INTERVAL_LIMIT
        self._day = Day(share)

    def xǁPacingǁ__init____mutmut_30(self, *, clock: Clock, share: float = 0.9) -> None:
        self._clock = clock
        self._share = share
        self._lock = threading.Lock()
        self._pools = {
            "interval": _Pool(self._part(INTERVAL_LIMIT), WINDOW_SECONDS),
            # One at a time, evenly: five at once, twice, would stand within one of HubSpot's seconds if the second
            # five travelled faster than the first.
            "search": _Pool(1, 1 / (SEARCHES_PER_SECOND * share)),
            "associations": _Pool(self._part(ASSOCIATIONS_LIMIT), WINDOW_SECONDS),
        }
        self._pools["interval"].limit = None
        self._day = Day(share)

    def xǁPacingǁ__init____mutmut_31(self, *, clock: Clock, share: float = 0.9) -> None:
        self._clock = clock
        self._share = share
        self._lock = threading.Lock()
        self._pools = {
            "interval": _Pool(self._part(INTERVAL_LIMIT), WINDOW_SECONDS),
            # One at a time, evenly: five at once, twice, would stand within one of HubSpot's seconds if the second
            # five travelled faster than the first.
            "search": _Pool(1, 1 / (SEARCHES_PER_SECOND * share)),
            "associations": _Pool(self._part(ASSOCIATIONS_LIMIT), WINDOW_SECONDS),
        }
        self._pools["XXintervalXX"].limit = INTERVAL_LIMIT
        self._day = Day(share)

    def xǁPacingǁ__init____mutmut_32(self, *, clock: Clock, share: float = 0.9) -> None:
        self._clock = clock
        self._share = share
        self._lock = threading.Lock()
        self._pools = {
            "interval": _Pool(self._part(INTERVAL_LIMIT), WINDOW_SECONDS),
            # One at a time, evenly: five at once, twice, would stand within one of HubSpot's seconds if the second
            # five travelled faster than the first.
            "search": _Pool(1, 1 / (SEARCHES_PER_SECOND * share)),
            "associations": _Pool(self._part(ASSOCIATIONS_LIMIT), WINDOW_SECONDS),
        }
        self._pools["INTERVAL"].limit = INTERVAL_LIMIT
        self._day = Day(share)

    def xǁPacingǁ__init____mutmut_33(self, *, clock: Clock, share: float = 0.9) -> None:
        self._clock = clock
        self._share = share
        self._lock = threading.Lock()
        self._pools = {
            "interval": _Pool(self._part(INTERVAL_LIMIT), WINDOW_SECONDS),
            # One at a time, evenly: five at once, twice, would stand within one of HubSpot's seconds if the second
            # five travelled faster than the first.
            "search": _Pool(1, 1 / (SEARCHES_PER_SECOND * share)),
            "associations": _Pool(self._part(ASSOCIATIONS_LIMIT), WINDOW_SECONDS),
        }
        self._pools["interval"].limit = INTERVAL_LIMIT
        self._day = None

    def xǁPacingǁ__init____mutmut_34(self, *, clock: Clock, share: float = 0.9) -> None:
        self._clock = clock
        self._share = share
        self._lock = threading.Lock()
        self._pools = {
            "interval": _Pool(self._part(INTERVAL_LIMIT), WINDOW_SECONDS),
            # One at a time, evenly: five at once, twice, would stand within one of HubSpot's seconds if the second
            # five travelled faster than the first.
            "search": _Pool(1, 1 / (SEARCHES_PER_SECOND * share)),
            "associations": _Pool(self._part(ASSOCIATIONS_LIMIT), WINDOW_SECONDS),
        }
        self._pools["interval"].limit = INTERVAL_LIMIT
        self._day = Day(None)

    @_mutmut_mutated(mutants_xǁPacingǁacquire__mutmut)
    def acquire(self, pool: str, *, seconds_max: float = 300.0, sleep: Callable[[float], None] | None = None) -> None:
        """Wait for a turn, with `sleep` if not the clock's own; a pool that is not limited (`""`) gives it at once.

        Raises LongWaitError at once when the turn is further away than `seconds_max`, DaySpentError when the day has
        none left.
        """
        entry = self._pools.get(pool)
        if entry is None:
            return
        sleep = sleep or self._clock.sleep
        while True:
            with self._lock:
                now = self._clock.monotonic()
                if closed := self._day.seconds_until_open(now):
                    raise DaySpentError(closed, keeps_part=self._day.keeps_part)
                seconds = entry.seconds_until_turn(now)
                if seconds <= 0:
                    entry.take(now)
                    return
            if seconds > seconds_max:
                raise LongWaitError(seconds)
            sleep(max(seconds, SLEEP_SECONDS_MIN))

    def xǁPacingǁacquire__mutmut_orig(self, pool: str, *, seconds_max: float = 300.0, sleep: Callable[[float], None] | None = None) -> None:
        """Wait for a turn, with `sleep` if not the clock's own; a pool that is not limited (`""`) gives it at once.

        Raises LongWaitError at once when the turn is further away than `seconds_max`, DaySpentError when the day has
        none left.
        """
        entry = self._pools.get(pool)
        if entry is None:
            return
        sleep = sleep or self._clock.sleep
        while True:
            with self._lock:
                now = self._clock.monotonic()
                if closed := self._day.seconds_until_open(now):
                    raise DaySpentError(closed, keeps_part=self._day.keeps_part)
                seconds = entry.seconds_until_turn(now)
                if seconds <= 0:
                    entry.take(now)
                    return
            if seconds > seconds_max:
                raise LongWaitError(seconds)
            sleep(max(seconds, SLEEP_SECONDS_MIN))

    def xǁPacingǁacquire__mutmut_1(self, pool: str, *, seconds_max: float = 301.0, sleep: Callable[[float], None] | None = None) -> None:
        """Wait for a turn, with `sleep` if not the clock's own; a pool that is not limited (`""`) gives it at once.

        Raises LongWaitError at once when the turn is further away than `seconds_max`, DaySpentError when the day has
        none left.
        """
        entry = self._pools.get(pool)
        if entry is None:
            return
        sleep = sleep or self._clock.sleep
        while True:
            with self._lock:
                now = self._clock.monotonic()
                if closed := self._day.seconds_until_open(now):
                    raise DaySpentError(closed, keeps_part=self._day.keeps_part)
                seconds = entry.seconds_until_turn(now)
                if seconds <= 0:
                    entry.take(now)
                    return
            if seconds > seconds_max:
                raise LongWaitError(seconds)
            sleep(max(seconds, SLEEP_SECONDS_MIN))

    def xǁPacingǁacquire__mutmut_2(self, pool: str, *, seconds_max: float = 300.0, sleep: Callable[[float], None] | None = None) -> None:
        """Wait for a turn, with `sleep` if not the clock's own; a pool that is not limited (`""`) gives it at once.

        Raises LongWaitError at once when the turn is further away than `seconds_max`, DaySpentError when the day has
        none left.
        """
        entry = None
        if entry is None:
            return
        sleep = sleep or self._clock.sleep
        while True:
            with self._lock:
                now = self._clock.monotonic()
                if closed := self._day.seconds_until_open(now):
                    raise DaySpentError(closed, keeps_part=self._day.keeps_part)
                seconds = entry.seconds_until_turn(now)
                if seconds <= 0:
                    entry.take(now)
                    return
            if seconds > seconds_max:
                raise LongWaitError(seconds)
            sleep(max(seconds, SLEEP_SECONDS_MIN))

    def xǁPacingǁacquire__mutmut_3(self, pool: str, *, seconds_max: float = 300.0, sleep: Callable[[float], None] | None = None) -> None:
        """Wait for a turn, with `sleep` if not the clock's own; a pool that is not limited (`""`) gives it at once.

        Raises LongWaitError at once when the turn is further away than `seconds_max`, DaySpentError when the day has
        none left.
        """
        entry = self._pools.get(None)
        if entry is None:
            return
        sleep = sleep or self._clock.sleep
        while True:
            with self._lock:
                now = self._clock.monotonic()
                if closed := self._day.seconds_until_open(now):
                    raise DaySpentError(closed, keeps_part=self._day.keeps_part)
                seconds = entry.seconds_until_turn(now)
                if seconds <= 0:
                    entry.take(now)
                    return
            if seconds > seconds_max:
                raise LongWaitError(seconds)
            sleep(max(seconds, SLEEP_SECONDS_MIN))

    def xǁPacingǁacquire__mutmut_4(self, pool: str, *, seconds_max: float = 300.0, sleep: Callable[[float], None] | None = None) -> None:
        """Wait for a turn, with `sleep` if not the clock's own; a pool that is not limited (`""`) gives it at once.

        Raises LongWaitError at once when the turn is further away than `seconds_max`, DaySpentError when the day has
        none left.
        """
        entry = self._pools.get(pool)
        if entry is not None:
            return
        sleep = sleep or self._clock.sleep
        while True:
            with self._lock:
                now = self._clock.monotonic()
                if closed := self._day.seconds_until_open(now):
                    raise DaySpentError(closed, keeps_part=self._day.keeps_part)
                seconds = entry.seconds_until_turn(now)
                if seconds <= 0:
                    entry.take(now)
                    return
            if seconds > seconds_max:
                raise LongWaitError(seconds)
            sleep(max(seconds, SLEEP_SECONDS_MIN))

    def xǁPacingǁacquire__mutmut_5(self, pool: str, *, seconds_max: float = 300.0, sleep: Callable[[float], None] | None = None) -> None:
        """Wait for a turn, with `sleep` if not the clock's own; a pool that is not limited (`""`) gives it at once.

        Raises LongWaitError at once when the turn is further away than `seconds_max`, DaySpentError when the day has
        none left.
        """
        entry = self._pools.get(pool)
        if entry is None:
            return
        sleep = None
        while True:
            with self._lock:
                now = self._clock.monotonic()
                if closed := self._day.seconds_until_open(now):
                    raise DaySpentError(closed, keeps_part=self._day.keeps_part)
                seconds = entry.seconds_until_turn(now)
                if seconds <= 0:
                    entry.take(now)
                    return
            if seconds > seconds_max:
                raise LongWaitError(seconds)
            sleep(max(seconds, SLEEP_SECONDS_MIN))

    def xǁPacingǁacquire__mutmut_6(self, pool: str, *, seconds_max: float = 300.0, sleep: Callable[[float], None] | None = None) -> None:
        """Wait for a turn, with `sleep` if not the clock's own; a pool that is not limited (`""`) gives it at once.

        Raises LongWaitError at once when the turn is further away than `seconds_max`, DaySpentError when the day has
        none left.
        """
        entry = self._pools.get(pool)
        if entry is None:
            return
        sleep = sleep and self._clock.sleep
        while True:
            with self._lock:
                now = self._clock.monotonic()
                if closed := self._day.seconds_until_open(now):
                    raise DaySpentError(closed, keeps_part=self._day.keeps_part)
                seconds = entry.seconds_until_turn(now)
                if seconds <= 0:
                    entry.take(now)
                    return
            if seconds > seconds_max:
                raise LongWaitError(seconds)
            sleep(max(seconds, SLEEP_SECONDS_MIN))

    def xǁPacingǁacquire__mutmut_7(self, pool: str, *, seconds_max: float = 300.0, sleep: Callable[[float], None] | None = None) -> None:
        """Wait for a turn, with `sleep` if not the clock's own; a pool that is not limited (`""`) gives it at once.

        Raises LongWaitError at once when the turn is further away than `seconds_max`, DaySpentError when the day has
        none left.
        """
        entry = self._pools.get(pool)
        if entry is None:
            return
        sleep = sleep or self._clock.sleep
        while False:
            with self._lock:
                now = self._clock.monotonic()
                if closed := self._day.seconds_until_open(now):
                    raise DaySpentError(closed, keeps_part=self._day.keeps_part)
                seconds = entry.seconds_until_turn(now)
                if seconds <= 0:
                    entry.take(now)
                    return
            if seconds > seconds_max:
                raise LongWaitError(seconds)
            sleep(max(seconds, SLEEP_SECONDS_MIN))

    def xǁPacingǁacquire__mutmut_8(self, pool: str, *, seconds_max: float = 300.0, sleep: Callable[[float], None] | None = None) -> None:
        """Wait for a turn, with `sleep` if not the clock's own; a pool that is not limited (`""`) gives it at once.

        Raises LongWaitError at once when the turn is further away than `seconds_max`, DaySpentError when the day has
        none left.
        """
        entry = self._pools.get(pool)
        if entry is None:
            return
        sleep = sleep or self._clock.sleep
        while True:
            with self._lock:
                now = None
                if closed := self._day.seconds_until_open(now):
                    raise DaySpentError(closed, keeps_part=self._day.keeps_part)
                seconds = entry.seconds_until_turn(now)
                if seconds <= 0:
                    entry.take(now)
                    return
            if seconds > seconds_max:
                raise LongWaitError(seconds)
            sleep(max(seconds, SLEEP_SECONDS_MIN))

    def xǁPacingǁacquire__mutmut_9(self, pool: str, *, seconds_max: float = 300.0, sleep: Callable[[float], None] | None = None) -> None:
        """Wait for a turn, with `sleep` if not the clock's own; a pool that is not limited (`""`) gives it at once.

        Raises LongWaitError at once when the turn is further away than `seconds_max`, DaySpentError when the day has
        none left.
        """
        entry = self._pools.get(pool)
        if entry is None:
            return
        sleep = sleep or self._clock.sleep
        while True:
            with self._lock:
                now = self._clock.monotonic()
                if closed := self._day.seconds_until_open(None):
                    raise DaySpentError(closed, keeps_part=self._day.keeps_part)
                seconds = entry.seconds_until_turn(now)
                if seconds <= 0:
                    entry.take(now)
                    return
            if seconds > seconds_max:
                raise LongWaitError(seconds)
            sleep(max(seconds, SLEEP_SECONDS_MIN))

    def xǁPacingǁacquire__mutmut_10(self, pool: str, *, seconds_max: float = 300.0, sleep: Callable[[float], None] | None = None) -> None:
        """Wait for a turn, with `sleep` if not the clock's own; a pool that is not limited (`""`) gives it at once.

        Raises LongWaitError at once when the turn is further away than `seconds_max`, DaySpentError when the day has
        none left.
        """
        entry = self._pools.get(pool)
        if entry is None:
            return
        sleep = sleep or self._clock.sleep
        while True:
            with self._lock:
                now = self._clock.monotonic()
                if closed := self._day.seconds_until_open(now):
                    raise DaySpentError(None, keeps_part=self._day.keeps_part)
                seconds = entry.seconds_until_turn(now)
                if seconds <= 0:
                    entry.take(now)
                    return
            if seconds > seconds_max:
                raise LongWaitError(seconds)
            sleep(max(seconds, SLEEP_SECONDS_MIN))

    def xǁPacingǁacquire__mutmut_11(self, pool: str, *, seconds_max: float = 300.0, sleep: Callable[[float], None] | None = None) -> None:
        """Wait for a turn, with `sleep` if not the clock's own; a pool that is not limited (`""`) gives it at once.

        Raises LongWaitError at once when the turn is further away than `seconds_max`, DaySpentError when the day has
        none left.
        """
        entry = self._pools.get(pool)
        if entry is None:
            return
        sleep = sleep or self._clock.sleep
        while True:
            with self._lock:
                now = self._clock.monotonic()
                if closed := self._day.seconds_until_open(now):
                    raise DaySpentError(closed, keeps_part=None)
                seconds = entry.seconds_until_turn(now)
                if seconds <= 0:
                    entry.take(now)
                    return
            if seconds > seconds_max:
                raise LongWaitError(seconds)
            sleep(max(seconds, SLEEP_SECONDS_MIN))

    def xǁPacingǁacquire__mutmut_12(self, pool: str, *, seconds_max: float = 300.0, sleep: Callable[[float], None] | None = None) -> None:
        """Wait for a turn, with `sleep` if not the clock's own; a pool that is not limited (`""`) gives it at once.

        Raises LongWaitError at once when the turn is further away than `seconds_max`, DaySpentError when the day has
        none left.
        """
        entry = self._pools.get(pool)
        if entry is None:
            return
        sleep = sleep or self._clock.sleep
        while True:
            with self._lock:
                now = self._clock.monotonic()
                if closed := self._day.seconds_until_open(now):
                    raise DaySpentError(keeps_part=self._day.keeps_part)
                seconds = entry.seconds_until_turn(now)
                if seconds <= 0:
                    entry.take(now)
                    return
            if seconds > seconds_max:
                raise LongWaitError(seconds)
            sleep(max(seconds, SLEEP_SECONDS_MIN))

    def xǁPacingǁacquire__mutmut_13(self, pool: str, *, seconds_max: float = 300.0, sleep: Callable[[float], None] | None = None) -> None:
        """Wait for a turn, with `sleep` if not the clock's own; a pool that is not limited (`""`) gives it at once.

        Raises LongWaitError at once when the turn is further away than `seconds_max`, DaySpentError when the day has
        none left.
        """
        entry = self._pools.get(pool)
        if entry is None:
            return
        sleep = sleep or self._clock.sleep
        while True:
            with self._lock:
                now = self._clock.monotonic()
                if closed := self._day.seconds_until_open(now):
                    raise DaySpentError(closed, )
                seconds = entry.seconds_until_turn(now)
                if seconds <= 0:
                    entry.take(now)
                    return
            if seconds > seconds_max:
                raise LongWaitError(seconds)
            sleep(max(seconds, SLEEP_SECONDS_MIN))

    def xǁPacingǁacquire__mutmut_14(self, pool: str, *, seconds_max: float = 300.0, sleep: Callable[[float], None] | None = None) -> None:
        """Wait for a turn, with `sleep` if not the clock's own; a pool that is not limited (`""`) gives it at once.

        Raises LongWaitError at once when the turn is further away than `seconds_max`, DaySpentError when the day has
        none left.
        """
        entry = self._pools.get(pool)
        if entry is None:
            return
        sleep = sleep or self._clock.sleep
        while True:
            with self._lock:
                now = self._clock.monotonic()
                if closed := self._day.seconds_until_open(now):
                    raise DaySpentError(closed, keeps_part=self._day.keeps_part)
                seconds = None
                if seconds <= 0:
                    entry.take(now)
                    return
            if seconds > seconds_max:
                raise LongWaitError(seconds)
            sleep(max(seconds, SLEEP_SECONDS_MIN))

    def xǁPacingǁacquire__mutmut_15(self, pool: str, *, seconds_max: float = 300.0, sleep: Callable[[float], None] | None = None) -> None:
        """Wait for a turn, with `sleep` if not the clock's own; a pool that is not limited (`""`) gives it at once.

        Raises LongWaitError at once when the turn is further away than `seconds_max`, DaySpentError when the day has
        none left.
        """
        entry = self._pools.get(pool)
        if entry is None:
            return
        sleep = sleep or self._clock.sleep
        while True:
            with self._lock:
                now = self._clock.monotonic()
                if closed := self._day.seconds_until_open(now):
                    raise DaySpentError(closed, keeps_part=self._day.keeps_part)
                seconds = entry.seconds_until_turn(None)
                if seconds <= 0:
                    entry.take(now)
                    return
            if seconds > seconds_max:
                raise LongWaitError(seconds)
            sleep(max(seconds, SLEEP_SECONDS_MIN))

    def xǁPacingǁacquire__mutmut_16(self, pool: str, *, seconds_max: float = 300.0, sleep: Callable[[float], None] | None = None) -> None:
        """Wait for a turn, with `sleep` if not the clock's own; a pool that is not limited (`""`) gives it at once.

        Raises LongWaitError at once when the turn is further away than `seconds_max`, DaySpentError when the day has
        none left.
        """
        entry = self._pools.get(pool)
        if entry is None:
            return
        sleep = sleep or self._clock.sleep
        while True:
            with self._lock:
                now = self._clock.monotonic()
                if closed := self._day.seconds_until_open(now):
                    raise DaySpentError(closed, keeps_part=self._day.keeps_part)
                seconds = entry.seconds_until_turn(now)
                if seconds < 0:
                    entry.take(now)
                    return
            if seconds > seconds_max:
                raise LongWaitError(seconds)
            sleep(max(seconds, SLEEP_SECONDS_MIN))

    def xǁPacingǁacquire__mutmut_17(self, pool: str, *, seconds_max: float = 300.0, sleep: Callable[[float], None] | None = None) -> None:
        """Wait for a turn, with `sleep` if not the clock's own; a pool that is not limited (`""`) gives it at once.

        Raises LongWaitError at once when the turn is further away than `seconds_max`, DaySpentError when the day has
        none left.
        """
        entry = self._pools.get(pool)
        if entry is None:
            return
        sleep = sleep or self._clock.sleep
        while True:
            with self._lock:
                now = self._clock.monotonic()
                if closed := self._day.seconds_until_open(now):
                    raise DaySpentError(closed, keeps_part=self._day.keeps_part)
                seconds = entry.seconds_until_turn(now)
                if seconds <= 1:
                    entry.take(now)
                    return
            if seconds > seconds_max:
                raise LongWaitError(seconds)
            sleep(max(seconds, SLEEP_SECONDS_MIN))

    def xǁPacingǁacquire__mutmut_18(self, pool: str, *, seconds_max: float = 300.0, sleep: Callable[[float], None] | None = None) -> None:
        """Wait for a turn, with `sleep` if not the clock's own; a pool that is not limited (`""`) gives it at once.

        Raises LongWaitError at once when the turn is further away than `seconds_max`, DaySpentError when the day has
        none left.
        """
        entry = self._pools.get(pool)
        if entry is None:
            return
        sleep = sleep or self._clock.sleep
        while True:
            with self._lock:
                now = self._clock.monotonic()
                if closed := self._day.seconds_until_open(now):
                    raise DaySpentError(closed, keeps_part=self._day.keeps_part)
                seconds = entry.seconds_until_turn(now)
                if seconds <= 0:
                    entry.take(None)
                    return
            if seconds > seconds_max:
                raise LongWaitError(seconds)
            sleep(max(seconds, SLEEP_SECONDS_MIN))

    def xǁPacingǁacquire__mutmut_19(self, pool: str, *, seconds_max: float = 300.0, sleep: Callable[[float], None] | None = None) -> None:
        """Wait for a turn, with `sleep` if not the clock's own; a pool that is not limited (`""`) gives it at once.

        Raises LongWaitError at once when the turn is further away than `seconds_max`, DaySpentError when the day has
        none left.
        """
        entry = self._pools.get(pool)
        if entry is None:
            return
        sleep = sleep or self._clock.sleep
        while True:
            with self._lock:
                now = self._clock.monotonic()
                if closed := self._day.seconds_until_open(now):
                    raise DaySpentError(closed, keeps_part=self._day.keeps_part)
                seconds = entry.seconds_until_turn(now)
                if seconds <= 0:
                    entry.take(now)
                    return
            if seconds >= seconds_max:
                raise LongWaitError(seconds)
            sleep(max(seconds, SLEEP_SECONDS_MIN))

    def xǁPacingǁacquire__mutmut_20(self, pool: str, *, seconds_max: float = 300.0, sleep: Callable[[float], None] | None = None) -> None:
        """Wait for a turn, with `sleep` if not the clock's own; a pool that is not limited (`""`) gives it at once.

        Raises LongWaitError at once when the turn is further away than `seconds_max`, DaySpentError when the day has
        none left.
        """
        entry = self._pools.get(pool)
        if entry is None:
            return
        sleep = sleep or self._clock.sleep
        while True:
            with self._lock:
                now = self._clock.monotonic()
                if closed := self._day.seconds_until_open(now):
                    raise DaySpentError(closed, keeps_part=self._day.keeps_part)
                seconds = entry.seconds_until_turn(now)
                if seconds <= 0:
                    entry.take(now)
                    return
            if seconds > seconds_max:
                raise LongWaitError(None)
            sleep(max(seconds, SLEEP_SECONDS_MIN))

    def xǁPacingǁacquire__mutmut_21(self, pool: str, *, seconds_max: float = 300.0, sleep: Callable[[float], None] | None = None) -> None:
        """Wait for a turn, with `sleep` if not the clock's own; a pool that is not limited (`""`) gives it at once.

        Raises LongWaitError at once when the turn is further away than `seconds_max`, DaySpentError when the day has
        none left.
        """
        entry = self._pools.get(pool)
        if entry is None:
            return
        sleep = sleep or self._clock.sleep
        while True:
            with self._lock:
                now = self._clock.monotonic()
                if closed := self._day.seconds_until_open(now):
                    raise DaySpentError(closed, keeps_part=self._day.keeps_part)
                seconds = entry.seconds_until_turn(now)
                if seconds <= 0:
                    entry.take(now)
                    return
            if seconds > seconds_max:
                raise LongWaitError(seconds)
            sleep(None)

    def xǁPacingǁacquire__mutmut_22(self, pool: str, *, seconds_max: float = 300.0, sleep: Callable[[float], None] | None = None) -> None:
        """Wait for a turn, with `sleep` if not the clock's own; a pool that is not limited (`""`) gives it at once.

        Raises LongWaitError at once when the turn is further away than `seconds_max`, DaySpentError when the day has
        none left.
        """
        entry = self._pools.get(pool)
        if entry is None:
            return
        sleep = sleep or self._clock.sleep
        while True:
            with self._lock:
                now = self._clock.monotonic()
                if closed := self._day.seconds_until_open(now):
                    raise DaySpentError(closed, keeps_part=self._day.keeps_part)
                seconds = entry.seconds_until_turn(now)
                if seconds <= 0:
                    entry.take(now)
                    return
            if seconds > seconds_max:
                raise LongWaitError(seconds)
            sleep(max(None, SLEEP_SECONDS_MIN))

    def xǁPacingǁacquire__mutmut_23(self, pool: str, *, seconds_max: float = 300.0, sleep: Callable[[float], None] | None = None) -> None:
        """Wait for a turn, with `sleep` if not the clock's own; a pool that is not limited (`""`) gives it at once.

        Raises LongWaitError at once when the turn is further away than `seconds_max`, DaySpentError when the day has
        none left.
        """
        entry = self._pools.get(pool)
        if entry is None:
            return
        sleep = sleep or self._clock.sleep
        while True:
            with self._lock:
                now = self._clock.monotonic()
                if closed := self._day.seconds_until_open(now):
                    raise DaySpentError(closed, keeps_part=self._day.keeps_part)
                seconds = entry.seconds_until_turn(now)
                if seconds <= 0:
                    entry.take(now)
                    return
            if seconds > seconds_max:
                raise LongWaitError(seconds)
            sleep(max(seconds, None))

    def xǁPacingǁacquire__mutmut_24(self, pool: str, *, seconds_max: float = 300.0, sleep: Callable[[float], None] | None = None) -> None:
        """Wait for a turn, with `sleep` if not the clock's own; a pool that is not limited (`""`) gives it at once.

        Raises LongWaitError at once when the turn is further away than `seconds_max`, DaySpentError when the day has
        none left.
        """
        entry = self._pools.get(pool)
        if entry is None:
            return
        sleep = sleep or self._clock.sleep
        while True:
            with self._lock:
                now = self._clock.monotonic()
                if closed := self._day.seconds_until_open(now):
                    raise DaySpentError(closed, keeps_part=self._day.keeps_part)
                seconds = entry.seconds_until_turn(now)
                if seconds <= 0:
                    entry.take(now)
                    return
            if seconds > seconds_max:
                raise LongWaitError(seconds)
            sleep(max(SLEEP_SECONDS_MIN))

    def xǁPacingǁacquire__mutmut_25(self, pool: str, *, seconds_max: float = 300.0, sleep: Callable[[float], None] | None = None) -> None:
        """Wait for a turn, with `sleep` if not the clock's own; a pool that is not limited (`""`) gives it at once.

        Raises LongWaitError at once when the turn is further away than `seconds_max`, DaySpentError when the day has
        none left.
        """
        entry = self._pools.get(pool)
        if entry is None:
            return
        sleep = sleep or self._clock.sleep
        while True:
            with self._lock:
                now = self._clock.monotonic()
                if closed := self._day.seconds_until_open(now):
                    raise DaySpentError(closed, keeps_part=self._day.keeps_part)
                seconds = entry.seconds_until_turn(now)
                if seconds <= 0:
                    entry.take(now)
                    return
            if seconds > seconds_max:
                raise LongWaitError(seconds)
            sleep(max(seconds, ))

    @_mutmut_mutated(mutants_xǁPacingǁlearn__mutmut)
    def learn(self, pool: str, headers: Mapping[str, str]) -> None:
        """Take limits and what is left of them from an answer's lower-case `x-hubspot-ratelimit-…` headers."""
        with self._lock:
            self._learn_day(headers)
            # Only the ten-second pool is described by headers; elsewhere they would tell of the wrong one.
            if pool == "interval":
                self._learn_interval(self._pools[pool], headers)

    def xǁPacingǁlearn__mutmut_orig(self, pool: str, headers: Mapping[str, str]) -> None:
        """Take limits and what is left of them from an answer's lower-case `x-hubspot-ratelimit-…` headers."""
        with self._lock:
            self._learn_day(headers)
            # Only the ten-second pool is described by headers; elsewhere they would tell of the wrong one.
            if pool == "interval":
                self._learn_interval(self._pools[pool], headers)

    def xǁPacingǁlearn__mutmut_1(self, pool: str, headers: Mapping[str, str]) -> None:
        """Take limits and what is left of them from an answer's lower-case `x-hubspot-ratelimit-…` headers."""
        with self._lock:
            self._learn_day(None)
            # Only the ten-second pool is described by headers; elsewhere they would tell of the wrong one.
            if pool == "interval":
                self._learn_interval(self._pools[pool], headers)

    def xǁPacingǁlearn__mutmut_2(self, pool: str, headers: Mapping[str, str]) -> None:
        """Take limits and what is left of them from an answer's lower-case `x-hubspot-ratelimit-…` headers."""
        with self._lock:
            self._learn_day(headers)
            # Only the ten-second pool is described by headers; elsewhere they would tell of the wrong one.
            if pool != "interval":
                self._learn_interval(self._pools[pool], headers)

    def xǁPacingǁlearn__mutmut_3(self, pool: str, headers: Mapping[str, str]) -> None:
        """Take limits and what is left of them from an answer's lower-case `x-hubspot-ratelimit-…` headers."""
        with self._lock:
            self._learn_day(headers)
            # Only the ten-second pool is described by headers; elsewhere they would tell of the wrong one.
            if pool == "XXintervalXX":
                self._learn_interval(self._pools[pool], headers)

    def xǁPacingǁlearn__mutmut_4(self, pool: str, headers: Mapping[str, str]) -> None:
        """Take limits and what is left of them from an answer's lower-case `x-hubspot-ratelimit-…` headers."""
        with self._lock:
            self._learn_day(headers)
            # Only the ten-second pool is described by headers; elsewhere they would tell of the wrong one.
            if pool == "INTERVAL":
                self._learn_interval(self._pools[pool], headers)

    def xǁPacingǁlearn__mutmut_5(self, pool: str, headers: Mapping[str, str]) -> None:
        """Take limits and what is left of them from an answer's lower-case `x-hubspot-ratelimit-…` headers."""
        with self._lock:
            self._learn_day(headers)
            # Only the ten-second pool is described by headers; elsewhere they would tell of the wrong one.
            if pool == "interval":
                self._learn_interval(None, headers)

    def xǁPacingǁlearn__mutmut_6(self, pool: str, headers: Mapping[str, str]) -> None:
        """Take limits and what is left of them from an answer's lower-case `x-hubspot-ratelimit-…` headers."""
        with self._lock:
            self._learn_day(headers)
            # Only the ten-second pool is described by headers; elsewhere they would tell of the wrong one.
            if pool == "interval":
                self._learn_interval(self._pools[pool], None)

    def xǁPacingǁlearn__mutmut_7(self, pool: str, headers: Mapping[str, str]) -> None:
        """Take limits and what is left of them from an answer's lower-case `x-hubspot-ratelimit-…` headers."""
        with self._lock:
            self._learn_day(headers)
            # Only the ten-second pool is described by headers; elsewhere they would tell of the wrong one.
            if pool == "interval":
                self._learn_interval(headers)

    def xǁPacingǁlearn__mutmut_8(self, pool: str, headers: Mapping[str, str]) -> None:
        """Take limits and what is left of them from an answer's lower-case `x-hubspot-ratelimit-…` headers."""
        with self._lock:
            self._learn_day(headers)
            # Only the ten-second pool is described by headers; elsewhere they would tell of the wrong one.
            if pool == "interval":
                self._learn_interval(self._pools[pool], )

    @_mutmut_mutated(mutants_xǁPacingǁblock__mutmut)
    def block(self, pool: str, seconds: float) -> None:
        """Give no turn in this pool for so long."""
        entry = self._pools.get(pool)
        if entry is None:
            return
        with self._lock:
            entry.blocked_until = max(entry.blocked_until, self._clock.monotonic() + seconds)

    def xǁPacingǁblock__mutmut_orig(self, pool: str, seconds: float) -> None:
        """Give no turn in this pool for so long."""
        entry = self._pools.get(pool)
        if entry is None:
            return
        with self._lock:
            entry.blocked_until = max(entry.blocked_until, self._clock.monotonic() + seconds)

    def xǁPacingǁblock__mutmut_1(self, pool: str, seconds: float) -> None:
        """Give no turn in this pool for so long."""
        entry = None
        if entry is None:
            return
        with self._lock:
            entry.blocked_until = max(entry.blocked_until, self._clock.monotonic() + seconds)

    def xǁPacingǁblock__mutmut_2(self, pool: str, seconds: float) -> None:
        """Give no turn in this pool for so long."""
        entry = self._pools.get(None)
        if entry is None:
            return
        with self._lock:
            entry.blocked_until = max(entry.blocked_until, self._clock.monotonic() + seconds)

    def xǁPacingǁblock__mutmut_3(self, pool: str, seconds: float) -> None:
        """Give no turn in this pool for so long."""
        entry = self._pools.get(pool)
        if entry is not None:
            return
        with self._lock:
            entry.blocked_until = max(entry.blocked_until, self._clock.monotonic() + seconds)

    def xǁPacingǁblock__mutmut_4(self, pool: str, seconds: float) -> None:
        """Give no turn in this pool for so long."""
        entry = self._pools.get(pool)
        if entry is None:
            return
        with self._lock:
            entry.blocked_until = None

    def xǁPacingǁblock__mutmut_5(self, pool: str, seconds: float) -> None:
        """Give no turn in this pool for so long."""
        entry = self._pools.get(pool)
        if entry is None:
            return
        with self._lock:
            entry.blocked_until = max(None, self._clock.monotonic() + seconds)

    def xǁPacingǁblock__mutmut_6(self, pool: str, seconds: float) -> None:
        """Give no turn in this pool for so long."""
        entry = self._pools.get(pool)
        if entry is None:
            return
        with self._lock:
            entry.blocked_until = max(entry.blocked_until, None)

    def xǁPacingǁblock__mutmut_7(self, pool: str, seconds: float) -> None:
        """Give no turn in this pool for so long."""
        entry = self._pools.get(pool)
        if entry is None:
            return
        with self._lock:
            entry.blocked_until = max(self._clock.monotonic() + seconds)

    def xǁPacingǁblock__mutmut_8(self, pool: str, seconds: float) -> None:
        """Give no turn in this pool for so long."""
        entry = self._pools.get(pool)
        if entry is None:
            return
        with self._lock:
            entry.blocked_until = max(entry.blocked_until, )

    def xǁPacingǁblock__mutmut_9(self, pool: str, seconds: float) -> None:
        """Give no turn in this pool for so long."""
        entry = self._pools.get(pool)
        if entry is None:
            return
        with self._lock:
            entry.blocked_until = max(entry.blocked_until, self._clock.monotonic() - seconds)

    @property
    def day_remaining(self) -> int | None:
        """Requests that may still be sent today within the share; None until an answer told."""
        with self._lock:
            return self._day.remaining

    @_mutmut_mutated(mutants_xǁPacingǁtake_part_of_day__mutmut)
    def take_part_of_day(self, part: float) -> None:
        """Leave the rest of what is left of each day to other runs and integrations: 0.5 takes half."""
        with self._lock:
            self._day.take_part(part)

    def xǁPacingǁtake_part_of_day__mutmut_orig(self, part: float) -> None:
        """Leave the rest of what is left of each day to other runs and integrations: 0.5 takes half."""
        with self._lock:
            self._day.take_part(part)

    def xǁPacingǁtake_part_of_day__mutmut_1(self, part: float) -> None:
        """Leave the rest of what is left of each day to other runs and integrations: 0.5 takes half."""
        with self._lock:
            self._day.take_part(None)

    @_mutmut_mutated(mutants_xǁPacingǁ_part__mutmut)
    def _part(self, limit: int) -> int:
        return part_of(limit, self._share)

    def xǁPacingǁ_part__mutmut_orig(self, limit: int) -> int:
        return part_of(limit, self._share)

    def xǁPacingǁ_part__mutmut_1(self, limit: int) -> int:
        return part_of(None, self._share)

    def xǁPacingǁ_part__mutmut_2(self, limit: int) -> int:
        return part_of(limit, None)

    def xǁPacingǁ_part__mutmut_3(self, limit: int) -> int:
        return part_of(self._share)

    def xǁPacingǁ_part__mutmut_4(self, limit: int) -> int:
        return part_of(limit, )

    @_mutmut_mutated(mutants_xǁPacingǁ_learn_interval__mutmut)
    def _learn_interval(self, pool: _Pool, headers: Mapping[str, str]) -> None:
        limit = _count(headers, "x-hubspot-ratelimit-max")
        milliseconds = _count(headers, "x-hubspot-ratelimit-interval-milliseconds")
        remaining = _count(headers, "x-hubspot-ratelimit-remaining")
        if limit:
            pool.limit = limit
            pool.turns_max = self._part(limit)
        if milliseconds:
            pool.seconds = milliseconds / 1000
        if remaining is not None:
            pool.see_remaining(remaining, self._clock.monotonic())

    def xǁPacingǁ_learn_interval__mutmut_orig(self, pool: _Pool, headers: Mapping[str, str]) -> None:
        limit = _count(headers, "x-hubspot-ratelimit-max")
        milliseconds = _count(headers, "x-hubspot-ratelimit-interval-milliseconds")
        remaining = _count(headers, "x-hubspot-ratelimit-remaining")
        if limit:
            pool.limit = limit
            pool.turns_max = self._part(limit)
        if milliseconds:
            pool.seconds = milliseconds / 1000
        if remaining is not None:
            pool.see_remaining(remaining, self._clock.monotonic())

    def xǁPacingǁ_learn_interval__mutmut_1(self, pool: _Pool, headers: Mapping[str, str]) -> None:
        limit = None
        milliseconds = _count(headers, "x-hubspot-ratelimit-interval-milliseconds")
        remaining = _count(headers, "x-hubspot-ratelimit-remaining")
        if limit:
            pool.limit = limit
            pool.turns_max = self._part(limit)
        if milliseconds:
            pool.seconds = milliseconds / 1000
        if remaining is not None:
            pool.see_remaining(remaining, self._clock.monotonic())

    def xǁPacingǁ_learn_interval__mutmut_2(self, pool: _Pool, headers: Mapping[str, str]) -> None:
        limit = _count(None, "x-hubspot-ratelimit-max")
        milliseconds = _count(headers, "x-hubspot-ratelimit-interval-milliseconds")
        remaining = _count(headers, "x-hubspot-ratelimit-remaining")
        if limit:
            pool.limit = limit
            pool.turns_max = self._part(limit)
        if milliseconds:
            pool.seconds = milliseconds / 1000
        if remaining is not None:
            pool.see_remaining(remaining, self._clock.monotonic())

    def xǁPacingǁ_learn_interval__mutmut_3(self, pool: _Pool, headers: Mapping[str, str]) -> None:
        limit = _count(headers, None)
        milliseconds = _count(headers, "x-hubspot-ratelimit-interval-milliseconds")
        remaining = _count(headers, "x-hubspot-ratelimit-remaining")
        if limit:
            pool.limit = limit
            pool.turns_max = self._part(limit)
        if milliseconds:
            pool.seconds = milliseconds / 1000
        if remaining is not None:
            pool.see_remaining(remaining, self._clock.monotonic())

    def xǁPacingǁ_learn_interval__mutmut_4(self, pool: _Pool, headers: Mapping[str, str]) -> None:
        limit = _count("x-hubspot-ratelimit-max")
        milliseconds = _count(headers, "x-hubspot-ratelimit-interval-milliseconds")
        remaining = _count(headers, "x-hubspot-ratelimit-remaining")
        if limit:
            pool.limit = limit
            pool.turns_max = self._part(limit)
        if milliseconds:
            pool.seconds = milliseconds / 1000
        if remaining is not None:
            pool.see_remaining(remaining, self._clock.monotonic())

    def xǁPacingǁ_learn_interval__mutmut_5(self, pool: _Pool, headers: Mapping[str, str]) -> None:
        limit = _count(headers, )
        milliseconds = _count(headers, "x-hubspot-ratelimit-interval-milliseconds")
        remaining = _count(headers, "x-hubspot-ratelimit-remaining")
        if limit:
            pool.limit = limit
            pool.turns_max = self._part(limit)
        if milliseconds:
            pool.seconds = milliseconds / 1000
        if remaining is not None:
            pool.see_remaining(remaining, self._clock.monotonic())

    def xǁPacingǁ_learn_interval__mutmut_6(self, pool: _Pool, headers: Mapping[str, str]) -> None:
        limit = _count(headers, "XXx-hubspot-ratelimit-maxXX")
        milliseconds = _count(headers, "x-hubspot-ratelimit-interval-milliseconds")
        remaining = _count(headers, "x-hubspot-ratelimit-remaining")
        if limit:
            pool.limit = limit
            pool.turns_max = self._part(limit)
        if milliseconds:
            pool.seconds = milliseconds / 1000
        if remaining is not None:
            pool.see_remaining(remaining, self._clock.monotonic())

    def xǁPacingǁ_learn_interval__mutmut_7(self, pool: _Pool, headers: Mapping[str, str]) -> None:
        limit = _count(headers, "X-HUBSPOT-RATELIMIT-MAX")
        milliseconds = _count(headers, "x-hubspot-ratelimit-interval-milliseconds")
        remaining = _count(headers, "x-hubspot-ratelimit-remaining")
        if limit:
            pool.limit = limit
            pool.turns_max = self._part(limit)
        if milliseconds:
            pool.seconds = milliseconds / 1000
        if remaining is not None:
            pool.see_remaining(remaining, self._clock.monotonic())

    def xǁPacingǁ_learn_interval__mutmut_8(self, pool: _Pool, headers: Mapping[str, str]) -> None:
        limit = _count(headers, "x-hubspot-ratelimit-max")
        milliseconds = None
        remaining = _count(headers, "x-hubspot-ratelimit-remaining")
        if limit:
            pool.limit = limit
            pool.turns_max = self._part(limit)
        if milliseconds:
            pool.seconds = milliseconds / 1000
        if remaining is not None:
            pool.see_remaining(remaining, self._clock.monotonic())

    def xǁPacingǁ_learn_interval__mutmut_9(self, pool: _Pool, headers: Mapping[str, str]) -> None:
        limit = _count(headers, "x-hubspot-ratelimit-max")
        milliseconds = _count(None, "x-hubspot-ratelimit-interval-milliseconds")
        remaining = _count(headers, "x-hubspot-ratelimit-remaining")
        if limit:
            pool.limit = limit
            pool.turns_max = self._part(limit)
        if milliseconds:
            pool.seconds = milliseconds / 1000
        if remaining is not None:
            pool.see_remaining(remaining, self._clock.monotonic())

    def xǁPacingǁ_learn_interval__mutmut_10(self, pool: _Pool, headers: Mapping[str, str]) -> None:
        limit = _count(headers, "x-hubspot-ratelimit-max")
        milliseconds = _count(headers, None)
        remaining = _count(headers, "x-hubspot-ratelimit-remaining")
        if limit:
            pool.limit = limit
            pool.turns_max = self._part(limit)
        if milliseconds:
            pool.seconds = milliseconds / 1000
        if remaining is not None:
            pool.see_remaining(remaining, self._clock.monotonic())

    def xǁPacingǁ_learn_interval__mutmut_11(self, pool: _Pool, headers: Mapping[str, str]) -> None:
        limit = _count(headers, "x-hubspot-ratelimit-max")
        milliseconds = _count("x-hubspot-ratelimit-interval-milliseconds")
        remaining = _count(headers, "x-hubspot-ratelimit-remaining")
        if limit:
            pool.limit = limit
            pool.turns_max = self._part(limit)
        if milliseconds:
            pool.seconds = milliseconds / 1000
        if remaining is not None:
            pool.see_remaining(remaining, self._clock.monotonic())

    def xǁPacingǁ_learn_interval__mutmut_12(self, pool: _Pool, headers: Mapping[str, str]) -> None:
        limit = _count(headers, "x-hubspot-ratelimit-max")
        milliseconds = _count(headers, )
        remaining = _count(headers, "x-hubspot-ratelimit-remaining")
        if limit:
            pool.limit = limit
            pool.turns_max = self._part(limit)
        if milliseconds:
            pool.seconds = milliseconds / 1000
        if remaining is not None:
            pool.see_remaining(remaining, self._clock.monotonic())

    def xǁPacingǁ_learn_interval__mutmut_13(self, pool: _Pool, headers: Mapping[str, str]) -> None:
        limit = _count(headers, "x-hubspot-ratelimit-max")
        milliseconds = _count(headers, "XXx-hubspot-ratelimit-interval-millisecondsXX")
        remaining = _count(headers, "x-hubspot-ratelimit-remaining")
        if limit:
            pool.limit = limit
            pool.turns_max = self._part(limit)
        if milliseconds:
            pool.seconds = milliseconds / 1000
        if remaining is not None:
            pool.see_remaining(remaining, self._clock.monotonic())

    def xǁPacingǁ_learn_interval__mutmut_14(self, pool: _Pool, headers: Mapping[str, str]) -> None:
        limit = _count(headers, "x-hubspot-ratelimit-max")
        milliseconds = _count(headers, "X-HUBSPOT-RATELIMIT-INTERVAL-MILLISECONDS")
        remaining = _count(headers, "x-hubspot-ratelimit-remaining")
        if limit:
            pool.limit = limit
            pool.turns_max = self._part(limit)
        if milliseconds:
            pool.seconds = milliseconds / 1000
        if remaining is not None:
            pool.see_remaining(remaining, self._clock.monotonic())

    def xǁPacingǁ_learn_interval__mutmut_15(self, pool: _Pool, headers: Mapping[str, str]) -> None:
        limit = _count(headers, "x-hubspot-ratelimit-max")
        milliseconds = _count(headers, "x-hubspot-ratelimit-interval-milliseconds")
        remaining = None
        if limit:
            pool.limit = limit
            pool.turns_max = self._part(limit)
        if milliseconds:
            pool.seconds = milliseconds / 1000
        if remaining is not None:
            pool.see_remaining(remaining, self._clock.monotonic())

    def xǁPacingǁ_learn_interval__mutmut_16(self, pool: _Pool, headers: Mapping[str, str]) -> None:
        limit = _count(headers, "x-hubspot-ratelimit-max")
        milliseconds = _count(headers, "x-hubspot-ratelimit-interval-milliseconds")
        remaining = _count(None, "x-hubspot-ratelimit-remaining")
        if limit:
            pool.limit = limit
            pool.turns_max = self._part(limit)
        if milliseconds:
            pool.seconds = milliseconds / 1000
        if remaining is not None:
            pool.see_remaining(remaining, self._clock.monotonic())

    def xǁPacingǁ_learn_interval__mutmut_17(self, pool: _Pool, headers: Mapping[str, str]) -> None:
        limit = _count(headers, "x-hubspot-ratelimit-max")
        milliseconds = _count(headers, "x-hubspot-ratelimit-interval-milliseconds")
        remaining = _count(headers, None)
        if limit:
            pool.limit = limit
            pool.turns_max = self._part(limit)
        if milliseconds:
            pool.seconds = milliseconds / 1000
        if remaining is not None:
            pool.see_remaining(remaining, self._clock.monotonic())

    def xǁPacingǁ_learn_interval__mutmut_18(self, pool: _Pool, headers: Mapping[str, str]) -> None:
        limit = _count(headers, "x-hubspot-ratelimit-max")
        milliseconds = _count(headers, "x-hubspot-ratelimit-interval-milliseconds")
        remaining = _count("x-hubspot-ratelimit-remaining")
        if limit:
            pool.limit = limit
            pool.turns_max = self._part(limit)
        if milliseconds:
            pool.seconds = milliseconds / 1000
        if remaining is not None:
            pool.see_remaining(remaining, self._clock.monotonic())

    def xǁPacingǁ_learn_interval__mutmut_19(self, pool: _Pool, headers: Mapping[str, str]) -> None:
        limit = _count(headers, "x-hubspot-ratelimit-max")
        milliseconds = _count(headers, "x-hubspot-ratelimit-interval-milliseconds")
        remaining = _count(headers, )
        if limit:
            pool.limit = limit
            pool.turns_max = self._part(limit)
        if milliseconds:
            pool.seconds = milliseconds / 1000
        if remaining is not None:
            pool.see_remaining(remaining, self._clock.monotonic())

    def xǁPacingǁ_learn_interval__mutmut_20(self, pool: _Pool, headers: Mapping[str, str]) -> None:
        limit = _count(headers, "x-hubspot-ratelimit-max")
        milliseconds = _count(headers, "x-hubspot-ratelimit-interval-milliseconds")
        remaining = _count(headers, "XXx-hubspot-ratelimit-remainingXX")
        if limit:
            pool.limit = limit
            pool.turns_max = self._part(limit)
        if milliseconds:
            pool.seconds = milliseconds / 1000
        if remaining is not None:
            pool.see_remaining(remaining, self._clock.monotonic())

    def xǁPacingǁ_learn_interval__mutmut_21(self, pool: _Pool, headers: Mapping[str, str]) -> None:
        limit = _count(headers, "x-hubspot-ratelimit-max")
        milliseconds = _count(headers, "x-hubspot-ratelimit-interval-milliseconds")
        remaining = _count(headers, "X-HUBSPOT-RATELIMIT-REMAINING")
        if limit:
            pool.limit = limit
            pool.turns_max = self._part(limit)
        if milliseconds:
            pool.seconds = milliseconds / 1000
        if remaining is not None:
            pool.see_remaining(remaining, self._clock.monotonic())

    def xǁPacingǁ_learn_interval__mutmut_22(self, pool: _Pool, headers: Mapping[str, str]) -> None:
        limit = _count(headers, "x-hubspot-ratelimit-max")
        milliseconds = _count(headers, "x-hubspot-ratelimit-interval-milliseconds")
        remaining = _count(headers, "x-hubspot-ratelimit-remaining")
        if limit:
            pool.limit = None
            pool.turns_max = self._part(limit)
        if milliseconds:
            pool.seconds = milliseconds / 1000
        if remaining is not None:
            pool.see_remaining(remaining, self._clock.monotonic())

    def xǁPacingǁ_learn_interval__mutmut_23(self, pool: _Pool, headers: Mapping[str, str]) -> None:
        limit = _count(headers, "x-hubspot-ratelimit-max")
        milliseconds = _count(headers, "x-hubspot-ratelimit-interval-milliseconds")
        remaining = _count(headers, "x-hubspot-ratelimit-remaining")
        if limit:
            pool.limit = limit
            pool.turns_max = None
        if milliseconds:
            pool.seconds = milliseconds / 1000
        if remaining is not None:
            pool.see_remaining(remaining, self._clock.monotonic())

    def xǁPacingǁ_learn_interval__mutmut_24(self, pool: _Pool, headers: Mapping[str, str]) -> None:
        limit = _count(headers, "x-hubspot-ratelimit-max")
        milliseconds = _count(headers, "x-hubspot-ratelimit-interval-milliseconds")
        remaining = _count(headers, "x-hubspot-ratelimit-remaining")
        if limit:
            pool.limit = limit
            pool.turns_max = self._part(None)
        if milliseconds:
            pool.seconds = milliseconds / 1000
        if remaining is not None:
            pool.see_remaining(remaining, self._clock.monotonic())

    def xǁPacingǁ_learn_interval__mutmut_25(self, pool: _Pool, headers: Mapping[str, str]) -> None:
        limit = _count(headers, "x-hubspot-ratelimit-max")
        milliseconds = _count(headers, "x-hubspot-ratelimit-interval-milliseconds")
        remaining = _count(headers, "x-hubspot-ratelimit-remaining")
        if limit:
            pool.limit = limit
            pool.turns_max = self._part(limit)
        if milliseconds:
            pool.seconds = None
        if remaining is not None:
            pool.see_remaining(remaining, self._clock.monotonic())

    def xǁPacingǁ_learn_interval__mutmut_26(self, pool: _Pool, headers: Mapping[str, str]) -> None:
        limit = _count(headers, "x-hubspot-ratelimit-max")
        milliseconds = _count(headers, "x-hubspot-ratelimit-interval-milliseconds")
        remaining = _count(headers, "x-hubspot-ratelimit-remaining")
        if limit:
            pool.limit = limit
            pool.turns_max = self._part(limit)
        if milliseconds:
            pool.seconds = milliseconds * 1000
        if remaining is not None:
            pool.see_remaining(remaining, self._clock.monotonic())

    def xǁPacingǁ_learn_interval__mutmut_27(self, pool: _Pool, headers: Mapping[str, str]) -> None:
        limit = _count(headers, "x-hubspot-ratelimit-max")
        milliseconds = _count(headers, "x-hubspot-ratelimit-interval-milliseconds")
        remaining = _count(headers, "x-hubspot-ratelimit-remaining")
        if limit:
            pool.limit = limit
            pool.turns_max = self._part(limit)
        if milliseconds:
            pool.seconds = milliseconds / 1001
        if remaining is not None:
            pool.see_remaining(remaining, self._clock.monotonic())

    def xǁPacingǁ_learn_interval__mutmut_28(self, pool: _Pool, headers: Mapping[str, str]) -> None:
        limit = _count(headers, "x-hubspot-ratelimit-max")
        milliseconds = _count(headers, "x-hubspot-ratelimit-interval-milliseconds")
        remaining = _count(headers, "x-hubspot-ratelimit-remaining")
        if limit:
            pool.limit = limit
            pool.turns_max = self._part(limit)
        if milliseconds:
            pool.seconds = milliseconds / 1000
        if remaining is None:
            pool.see_remaining(remaining, self._clock.monotonic())

    def xǁPacingǁ_learn_interval__mutmut_29(self, pool: _Pool, headers: Mapping[str, str]) -> None:
        limit = _count(headers, "x-hubspot-ratelimit-max")
        milliseconds = _count(headers, "x-hubspot-ratelimit-interval-milliseconds")
        remaining = _count(headers, "x-hubspot-ratelimit-remaining")
        if limit:
            pool.limit = limit
            pool.turns_max = self._part(limit)
        if milliseconds:
            pool.seconds = milliseconds / 1000
        if remaining is not None:
            pool.see_remaining(None, self._clock.monotonic())

    def xǁPacingǁ_learn_interval__mutmut_30(self, pool: _Pool, headers: Mapping[str, str]) -> None:
        limit = _count(headers, "x-hubspot-ratelimit-max")
        milliseconds = _count(headers, "x-hubspot-ratelimit-interval-milliseconds")
        remaining = _count(headers, "x-hubspot-ratelimit-remaining")
        if limit:
            pool.limit = limit
            pool.turns_max = self._part(limit)
        if milliseconds:
            pool.seconds = milliseconds / 1000
        if remaining is not None:
            pool.see_remaining(remaining, None)

    def xǁPacingǁ_learn_interval__mutmut_31(self, pool: _Pool, headers: Mapping[str, str]) -> None:
        limit = _count(headers, "x-hubspot-ratelimit-max")
        milliseconds = _count(headers, "x-hubspot-ratelimit-interval-milliseconds")
        remaining = _count(headers, "x-hubspot-ratelimit-remaining")
        if limit:
            pool.limit = limit
            pool.turns_max = self._part(limit)
        if milliseconds:
            pool.seconds = milliseconds / 1000
        if remaining is not None:
            pool.see_remaining(self._clock.monotonic())

    def xǁPacingǁ_learn_interval__mutmut_32(self, pool: _Pool, headers: Mapping[str, str]) -> None:
        limit = _count(headers, "x-hubspot-ratelimit-max")
        milliseconds = _count(headers, "x-hubspot-ratelimit-interval-milliseconds")
        remaining = _count(headers, "x-hubspot-ratelimit-remaining")
        if limit:
            pool.limit = limit
            pool.turns_max = self._part(limit)
        if milliseconds:
            pool.seconds = milliseconds / 1000
        if remaining is not None:
            pool.see_remaining(remaining, )

    @_mutmut_mutated(mutants_xǁPacingǁ_learn_day__mutmut)
    def _learn_day(self, headers: Mapping[str, str]) -> None:
        daily = _count(headers, "x-hubspot-ratelimit-daily")
        remaining = _count(headers, "x-hubspot-ratelimit-daily-remaining")
        if daily and remaining is not None:
            self._day.learn(daily, remaining, self._clock.monotonic())

    def xǁPacingǁ_learn_day__mutmut_orig(self, headers: Mapping[str, str]) -> None:
        daily = _count(headers, "x-hubspot-ratelimit-daily")
        remaining = _count(headers, "x-hubspot-ratelimit-daily-remaining")
        if daily and remaining is not None:
            self._day.learn(daily, remaining, self._clock.monotonic())

    def xǁPacingǁ_learn_day__mutmut_1(self, headers: Mapping[str, str]) -> None:
        daily = None
        remaining = _count(headers, "x-hubspot-ratelimit-daily-remaining")
        if daily and remaining is not None:
            self._day.learn(daily, remaining, self._clock.monotonic())

    def xǁPacingǁ_learn_day__mutmut_2(self, headers: Mapping[str, str]) -> None:
        daily = _count(None, "x-hubspot-ratelimit-daily")
        remaining = _count(headers, "x-hubspot-ratelimit-daily-remaining")
        if daily and remaining is not None:
            self._day.learn(daily, remaining, self._clock.monotonic())

    def xǁPacingǁ_learn_day__mutmut_3(self, headers: Mapping[str, str]) -> None:
        daily = _count(headers, None)
        remaining = _count(headers, "x-hubspot-ratelimit-daily-remaining")
        if daily and remaining is not None:
            self._day.learn(daily, remaining, self._clock.monotonic())

    def xǁPacingǁ_learn_day__mutmut_4(self, headers: Mapping[str, str]) -> None:
        daily = _count("x-hubspot-ratelimit-daily")
        remaining = _count(headers, "x-hubspot-ratelimit-daily-remaining")
        if daily and remaining is not None:
            self._day.learn(daily, remaining, self._clock.monotonic())

    def xǁPacingǁ_learn_day__mutmut_5(self, headers: Mapping[str, str]) -> None:
        daily = _count(headers, )
        remaining = _count(headers, "x-hubspot-ratelimit-daily-remaining")
        if daily and remaining is not None:
            self._day.learn(daily, remaining, self._clock.monotonic())

    def xǁPacingǁ_learn_day__mutmut_6(self, headers: Mapping[str, str]) -> None:
        daily = _count(headers, "XXx-hubspot-ratelimit-dailyXX")
        remaining = _count(headers, "x-hubspot-ratelimit-daily-remaining")
        if daily and remaining is not None:
            self._day.learn(daily, remaining, self._clock.monotonic())

    def xǁPacingǁ_learn_day__mutmut_7(self, headers: Mapping[str, str]) -> None:
        daily = _count(headers, "X-HUBSPOT-RATELIMIT-DAILY")
        remaining = _count(headers, "x-hubspot-ratelimit-daily-remaining")
        if daily and remaining is not None:
            self._day.learn(daily, remaining, self._clock.monotonic())

    def xǁPacingǁ_learn_day__mutmut_8(self, headers: Mapping[str, str]) -> None:
        daily = _count(headers, "x-hubspot-ratelimit-daily")
        remaining = None
        if daily and remaining is not None:
            self._day.learn(daily, remaining, self._clock.monotonic())

    def xǁPacingǁ_learn_day__mutmut_9(self, headers: Mapping[str, str]) -> None:
        daily = _count(headers, "x-hubspot-ratelimit-daily")
        remaining = _count(None, "x-hubspot-ratelimit-daily-remaining")
        if daily and remaining is not None:
            self._day.learn(daily, remaining, self._clock.monotonic())

    def xǁPacingǁ_learn_day__mutmut_10(self, headers: Mapping[str, str]) -> None:
        daily = _count(headers, "x-hubspot-ratelimit-daily")
        remaining = _count(headers, None)
        if daily and remaining is not None:
            self._day.learn(daily, remaining, self._clock.monotonic())

    def xǁPacingǁ_learn_day__mutmut_11(self, headers: Mapping[str, str]) -> None:
        daily = _count(headers, "x-hubspot-ratelimit-daily")
        remaining = _count("x-hubspot-ratelimit-daily-remaining")
        if daily and remaining is not None:
            self._day.learn(daily, remaining, self._clock.monotonic())

    def xǁPacingǁ_learn_day__mutmut_12(self, headers: Mapping[str, str]) -> None:
        daily = _count(headers, "x-hubspot-ratelimit-daily")
        remaining = _count(headers, )
        if daily and remaining is not None:
            self._day.learn(daily, remaining, self._clock.monotonic())

    def xǁPacingǁ_learn_day__mutmut_13(self, headers: Mapping[str, str]) -> None:
        daily = _count(headers, "x-hubspot-ratelimit-daily")
        remaining = _count(headers, "XXx-hubspot-ratelimit-daily-remainingXX")
        if daily and remaining is not None:
            self._day.learn(daily, remaining, self._clock.monotonic())

    def xǁPacingǁ_learn_day__mutmut_14(self, headers: Mapping[str, str]) -> None:
        daily = _count(headers, "x-hubspot-ratelimit-daily")
        remaining = _count(headers, "X-HUBSPOT-RATELIMIT-DAILY-REMAINING")
        if daily and remaining is not None:
            self._day.learn(daily, remaining, self._clock.monotonic())

    def xǁPacingǁ_learn_day__mutmut_15(self, headers: Mapping[str, str]) -> None:
        daily = _count(headers, "x-hubspot-ratelimit-daily")
        remaining = _count(headers, "x-hubspot-ratelimit-daily-remaining")
        if daily or remaining is not None:
            self._day.learn(daily, remaining, self._clock.monotonic())

    def xǁPacingǁ_learn_day__mutmut_16(self, headers: Mapping[str, str]) -> None:
        daily = _count(headers, "x-hubspot-ratelimit-daily")
        remaining = _count(headers, "x-hubspot-ratelimit-daily-remaining")
        if daily and remaining is None:
            self._day.learn(daily, remaining, self._clock.monotonic())

    def xǁPacingǁ_learn_day__mutmut_17(self, headers: Mapping[str, str]) -> None:
        daily = _count(headers, "x-hubspot-ratelimit-daily")
        remaining = _count(headers, "x-hubspot-ratelimit-daily-remaining")
        if daily and remaining is not None:
            self._day.learn(None, remaining, self._clock.monotonic())

    def xǁPacingǁ_learn_day__mutmut_18(self, headers: Mapping[str, str]) -> None:
        daily = _count(headers, "x-hubspot-ratelimit-daily")
        remaining = _count(headers, "x-hubspot-ratelimit-daily-remaining")
        if daily and remaining is not None:
            self._day.learn(daily, None, self._clock.monotonic())

    def xǁPacingǁ_learn_day__mutmut_19(self, headers: Mapping[str, str]) -> None:
        daily = _count(headers, "x-hubspot-ratelimit-daily")
        remaining = _count(headers, "x-hubspot-ratelimit-daily-remaining")
        if daily and remaining is not None:
            self._day.learn(daily, remaining, None)

    def xǁPacingǁ_learn_day__mutmut_20(self, headers: Mapping[str, str]) -> None:
        daily = _count(headers, "x-hubspot-ratelimit-daily")
        remaining = _count(headers, "x-hubspot-ratelimit-daily-remaining")
        if daily and remaining is not None:
            self._day.learn(remaining, self._clock.monotonic())

    def xǁPacingǁ_learn_day__mutmut_21(self, headers: Mapping[str, str]) -> None:
        daily = _count(headers, "x-hubspot-ratelimit-daily")
        remaining = _count(headers, "x-hubspot-ratelimit-daily-remaining")
        if daily and remaining is not None:
            self._day.learn(daily, self._clock.monotonic())

    def xǁPacingǁ_learn_day__mutmut_22(self, headers: Mapping[str, str]) -> None:
        daily = _count(headers, "x-hubspot-ratelimit-daily")
        remaining = _count(headers, "x-hubspot-ratelimit-daily-remaining")
        if daily and remaining is not None:
            self._day.learn(daily, remaining, )

mutants_xǁPacingǁ__init____mutmut['_mutmut_orig'] = Pacing.xǁPacingǁ__init____mutmut_orig # type: ignore # mutmut generated
mutants_xǁPacingǁ__init____mutmut['xǁPacingǁ__init____mutmut_1'] = Pacing.xǁPacingǁ__init____mutmut_1 # type: ignore # mutmut generated
mutants_xǁPacingǁ__init____mutmut['xǁPacingǁ__init____mutmut_2'] = Pacing.xǁPacingǁ__init____mutmut_2 # type: ignore # mutmut generated
mutants_xǁPacingǁ__init____mutmut['xǁPacingǁ__init____mutmut_3'] = Pacing.xǁPacingǁ__init____mutmut_3 # type: ignore # mutmut generated
mutants_xǁPacingǁ__init____mutmut['xǁPacingǁ__init____mutmut_4'] = Pacing.xǁPacingǁ__init____mutmut_4 # type: ignore # mutmut generated
mutants_xǁPacingǁ__init____mutmut['xǁPacingǁ__init____mutmut_5'] = Pacing.xǁPacingǁ__init____mutmut_5 # type: ignore # mutmut generated
mutants_xǁPacingǁ__init____mutmut['xǁPacingǁ__init____mutmut_6'] = Pacing.xǁPacingǁ__init____mutmut_6 # type: ignore # mutmut generated
mutants_xǁPacingǁ__init____mutmut['xǁPacingǁ__init____mutmut_7'] = Pacing.xǁPacingǁ__init____mutmut_7 # type: ignore # mutmut generated
mutants_xǁPacingǁ__init____mutmut['xǁPacingǁ__init____mutmut_8'] = Pacing.xǁPacingǁ__init____mutmut_8 # type: ignore # mutmut generated
mutants_xǁPacingǁ__init____mutmut['xǁPacingǁ__init____mutmut_9'] = Pacing.xǁPacingǁ__init____mutmut_9 # type: ignore # mutmut generated
mutants_xǁPacingǁ__init____mutmut['xǁPacingǁ__init____mutmut_10'] = Pacing.xǁPacingǁ__init____mutmut_10 # type: ignore # mutmut generated
mutants_xǁPacingǁ__init____mutmut['xǁPacingǁ__init____mutmut_11'] = Pacing.xǁPacingǁ__init____mutmut_11 # type: ignore # mutmut generated
mutants_xǁPacingǁ__init____mutmut['xǁPacingǁ__init____mutmut_12'] = Pacing.xǁPacingǁ__init____mutmut_12 # type: ignore # mutmut generated
mutants_xǁPacingǁ__init____mutmut['xǁPacingǁ__init____mutmut_13'] = Pacing.xǁPacingǁ__init____mutmut_13 # type: ignore # mutmut generated
mutants_xǁPacingǁ__init____mutmut['xǁPacingǁ__init____mutmut_14'] = Pacing.xǁPacingǁ__init____mutmut_14 # type: ignore # mutmut generated
mutants_xǁPacingǁ__init____mutmut['xǁPacingǁ__init____mutmut_15'] = Pacing.xǁPacingǁ__init____mutmut_15 # type: ignore # mutmut generated
mutants_xǁPacingǁ__init____mutmut['xǁPacingǁ__init____mutmut_16'] = Pacing.xǁPacingǁ__init____mutmut_16 # type: ignore # mutmut generated
mutants_xǁPacingǁ__init____mutmut['xǁPacingǁ__init____mutmut_17'] = Pacing.xǁPacingǁ__init____mutmut_17 # type: ignore # mutmut generated
mutants_xǁPacingǁ__init____mutmut['xǁPacingǁ__init____mutmut_18'] = Pacing.xǁPacingǁ__init____mutmut_18 # type: ignore # mutmut generated
mutants_xǁPacingǁ__init____mutmut['xǁPacingǁ__init____mutmut_19'] = Pacing.xǁPacingǁ__init____mutmut_19 # type: ignore # mutmut generated
mutants_xǁPacingǁ__init____mutmut['xǁPacingǁ__init____mutmut_20'] = Pacing.xǁPacingǁ__init____mutmut_20 # type: ignore # mutmut generated
mutants_xǁPacingǁ__init____mutmut['xǁPacingǁ__init____mutmut_21'] = Pacing.xǁPacingǁ__init____mutmut_21 # type: ignore # mutmut generated
mutants_xǁPacingǁ__init____mutmut['xǁPacingǁ__init____mutmut_22'] = Pacing.xǁPacingǁ__init____mutmut_22 # type: ignore # mutmut generated
mutants_xǁPacingǁ__init____mutmut['xǁPacingǁ__init____mutmut_23'] = Pacing.xǁPacingǁ__init____mutmut_23 # type: ignore # mutmut generated
mutants_xǁPacingǁ__init____mutmut['xǁPacingǁ__init____mutmut_24'] = Pacing.xǁPacingǁ__init____mutmut_24 # type: ignore # mutmut generated
mutants_xǁPacingǁ__init____mutmut['xǁPacingǁ__init____mutmut_25'] = Pacing.xǁPacingǁ__init____mutmut_25 # type: ignore # mutmut generated
mutants_xǁPacingǁ__init____mutmut['xǁPacingǁ__init____mutmut_26'] = Pacing.xǁPacingǁ__init____mutmut_26 # type: ignore # mutmut generated
mutants_xǁPacingǁ__init____mutmut['xǁPacingǁ__init____mutmut_27'] = Pacing.xǁPacingǁ__init____mutmut_27 # type: ignore # mutmut generated
mutants_xǁPacingǁ__init____mutmut['xǁPacingǁ__init____mutmut_28'] = Pacing.xǁPacingǁ__init____mutmut_28 # type: ignore # mutmut generated
mutants_xǁPacingǁ__init____mutmut['xǁPacingǁ__init____mutmut_29'] = Pacing.xǁPacingǁ__init____mutmut_29 # type: ignore # mutmut generated
mutants_xǁPacingǁ__init____mutmut['xǁPacingǁ__init____mutmut_30'] = Pacing.xǁPacingǁ__init____mutmut_30 # type: ignore # mutmut generated
mutants_xǁPacingǁ__init____mutmut['xǁPacingǁ__init____mutmut_31'] = Pacing.xǁPacingǁ__init____mutmut_31 # type: ignore # mutmut generated
mutants_xǁPacingǁ__init____mutmut['xǁPacingǁ__init____mutmut_32'] = Pacing.xǁPacingǁ__init____mutmut_32 # type: ignore # mutmut generated
mutants_xǁPacingǁ__init____mutmut['xǁPacingǁ__init____mutmut_33'] = Pacing.xǁPacingǁ__init____mutmut_33 # type: ignore # mutmut generated
mutants_xǁPacingǁ__init____mutmut['xǁPacingǁ__init____mutmut_34'] = Pacing.xǁPacingǁ__init____mutmut_34 # type: ignore # mutmut generated

mutants_xǁPacingǁacquire__mutmut['_mutmut_orig'] = Pacing.xǁPacingǁacquire__mutmut_orig # type: ignore # mutmut generated
mutants_xǁPacingǁacquire__mutmut['xǁPacingǁacquire__mutmut_1'] = Pacing.xǁPacingǁacquire__mutmut_1 # type: ignore # mutmut generated
mutants_xǁPacingǁacquire__mutmut['xǁPacingǁacquire__mutmut_2'] = Pacing.xǁPacingǁacquire__mutmut_2 # type: ignore # mutmut generated
mutants_xǁPacingǁacquire__mutmut['xǁPacingǁacquire__mutmut_3'] = Pacing.xǁPacingǁacquire__mutmut_3 # type: ignore # mutmut generated
mutants_xǁPacingǁacquire__mutmut['xǁPacingǁacquire__mutmut_4'] = Pacing.xǁPacingǁacquire__mutmut_4 # type: ignore # mutmut generated
mutants_xǁPacingǁacquire__mutmut['xǁPacingǁacquire__mutmut_5'] = Pacing.xǁPacingǁacquire__mutmut_5 # type: ignore # mutmut generated
mutants_xǁPacingǁacquire__mutmut['xǁPacingǁacquire__mutmut_6'] = Pacing.xǁPacingǁacquire__mutmut_6 # type: ignore # mutmut generated
mutants_xǁPacingǁacquire__mutmut['xǁPacingǁacquire__mutmut_7'] = Pacing.xǁPacingǁacquire__mutmut_7 # type: ignore # mutmut generated
mutants_xǁPacingǁacquire__mutmut['xǁPacingǁacquire__mutmut_8'] = Pacing.xǁPacingǁacquire__mutmut_8 # type: ignore # mutmut generated
mutants_xǁPacingǁacquire__mutmut['xǁPacingǁacquire__mutmut_9'] = Pacing.xǁPacingǁacquire__mutmut_9 # type: ignore # mutmut generated
mutants_xǁPacingǁacquire__mutmut['xǁPacingǁacquire__mutmut_10'] = Pacing.xǁPacingǁacquire__mutmut_10 # type: ignore # mutmut generated
mutants_xǁPacingǁacquire__mutmut['xǁPacingǁacquire__mutmut_11'] = Pacing.xǁPacingǁacquire__mutmut_11 # type: ignore # mutmut generated
mutants_xǁPacingǁacquire__mutmut['xǁPacingǁacquire__mutmut_12'] = Pacing.xǁPacingǁacquire__mutmut_12 # type: ignore # mutmut generated
mutants_xǁPacingǁacquire__mutmut['xǁPacingǁacquire__mutmut_13'] = Pacing.xǁPacingǁacquire__mutmut_13 # type: ignore # mutmut generated
mutants_xǁPacingǁacquire__mutmut['xǁPacingǁacquire__mutmut_14'] = Pacing.xǁPacingǁacquire__mutmut_14 # type: ignore # mutmut generated
mutants_xǁPacingǁacquire__mutmut['xǁPacingǁacquire__mutmut_15'] = Pacing.xǁPacingǁacquire__mutmut_15 # type: ignore # mutmut generated
mutants_xǁPacingǁacquire__mutmut['xǁPacingǁacquire__mutmut_16'] = Pacing.xǁPacingǁacquire__mutmut_16 # type: ignore # mutmut generated
mutants_xǁPacingǁacquire__mutmut['xǁPacingǁacquire__mutmut_17'] = Pacing.xǁPacingǁacquire__mutmut_17 # type: ignore # mutmut generated
mutants_xǁPacingǁacquire__mutmut['xǁPacingǁacquire__mutmut_18'] = Pacing.xǁPacingǁacquire__mutmut_18 # type: ignore # mutmut generated
mutants_xǁPacingǁacquire__mutmut['xǁPacingǁacquire__mutmut_19'] = Pacing.xǁPacingǁacquire__mutmut_19 # type: ignore # mutmut generated
mutants_xǁPacingǁacquire__mutmut['xǁPacingǁacquire__mutmut_20'] = Pacing.xǁPacingǁacquire__mutmut_20 # type: ignore # mutmut generated
mutants_xǁPacingǁacquire__mutmut['xǁPacingǁacquire__mutmut_21'] = Pacing.xǁPacingǁacquire__mutmut_21 # type: ignore # mutmut generated
mutants_xǁPacingǁacquire__mutmut['xǁPacingǁacquire__mutmut_22'] = Pacing.xǁPacingǁacquire__mutmut_22 # type: ignore # mutmut generated
mutants_xǁPacingǁacquire__mutmut['xǁPacingǁacquire__mutmut_23'] = Pacing.xǁPacingǁacquire__mutmut_23 # type: ignore # mutmut generated
mutants_xǁPacingǁacquire__mutmut['xǁPacingǁacquire__mutmut_24'] = Pacing.xǁPacingǁacquire__mutmut_24 # type: ignore # mutmut generated
mutants_xǁPacingǁacquire__mutmut['xǁPacingǁacquire__mutmut_25'] = Pacing.xǁPacingǁacquire__mutmut_25 # type: ignore # mutmut generated

mutants_xǁPacingǁlearn__mutmut['_mutmut_orig'] = Pacing.xǁPacingǁlearn__mutmut_orig # type: ignore # mutmut generated
mutants_xǁPacingǁlearn__mutmut['xǁPacingǁlearn__mutmut_1'] = Pacing.xǁPacingǁlearn__mutmut_1 # type: ignore # mutmut generated
mutants_xǁPacingǁlearn__mutmut['xǁPacingǁlearn__mutmut_2'] = Pacing.xǁPacingǁlearn__mutmut_2 # type: ignore # mutmut generated
mutants_xǁPacingǁlearn__mutmut['xǁPacingǁlearn__mutmut_3'] = Pacing.xǁPacingǁlearn__mutmut_3 # type: ignore # mutmut generated
mutants_xǁPacingǁlearn__mutmut['xǁPacingǁlearn__mutmut_4'] = Pacing.xǁPacingǁlearn__mutmut_4 # type: ignore # mutmut generated
mutants_xǁPacingǁlearn__mutmut['xǁPacingǁlearn__mutmut_5'] = Pacing.xǁPacingǁlearn__mutmut_5 # type: ignore # mutmut generated
mutants_xǁPacingǁlearn__mutmut['xǁPacingǁlearn__mutmut_6'] = Pacing.xǁPacingǁlearn__mutmut_6 # type: ignore # mutmut generated
mutants_xǁPacingǁlearn__mutmut['xǁPacingǁlearn__mutmut_7'] = Pacing.xǁPacingǁlearn__mutmut_7 # type: ignore # mutmut generated
mutants_xǁPacingǁlearn__mutmut['xǁPacingǁlearn__mutmut_8'] = Pacing.xǁPacingǁlearn__mutmut_8 # type: ignore # mutmut generated

mutants_xǁPacingǁblock__mutmut['_mutmut_orig'] = Pacing.xǁPacingǁblock__mutmut_orig # type: ignore # mutmut generated
mutants_xǁPacingǁblock__mutmut['xǁPacingǁblock__mutmut_1'] = Pacing.xǁPacingǁblock__mutmut_1 # type: ignore # mutmut generated
mutants_xǁPacingǁblock__mutmut['xǁPacingǁblock__mutmut_2'] = Pacing.xǁPacingǁblock__mutmut_2 # type: ignore # mutmut generated
mutants_xǁPacingǁblock__mutmut['xǁPacingǁblock__mutmut_3'] = Pacing.xǁPacingǁblock__mutmut_3 # type: ignore # mutmut generated
mutants_xǁPacingǁblock__mutmut['xǁPacingǁblock__mutmut_4'] = Pacing.xǁPacingǁblock__mutmut_4 # type: ignore # mutmut generated
mutants_xǁPacingǁblock__mutmut['xǁPacingǁblock__mutmut_5'] = Pacing.xǁPacingǁblock__mutmut_5 # type: ignore # mutmut generated
mutants_xǁPacingǁblock__mutmut['xǁPacingǁblock__mutmut_6'] = Pacing.xǁPacingǁblock__mutmut_6 # type: ignore # mutmut generated
mutants_xǁPacingǁblock__mutmut['xǁPacingǁblock__mutmut_7'] = Pacing.xǁPacingǁblock__mutmut_7 # type: ignore # mutmut generated
mutants_xǁPacingǁblock__mutmut['xǁPacingǁblock__mutmut_8'] = Pacing.xǁPacingǁblock__mutmut_8 # type: ignore # mutmut generated
mutants_xǁPacingǁblock__mutmut['xǁPacingǁblock__mutmut_9'] = Pacing.xǁPacingǁblock__mutmut_9 # type: ignore # mutmut generated

mutants_xǁPacingǁtake_part_of_day__mutmut['_mutmut_orig'] = Pacing.xǁPacingǁtake_part_of_day__mutmut_orig # type: ignore # mutmut generated
mutants_xǁPacingǁtake_part_of_day__mutmut['xǁPacingǁtake_part_of_day__mutmut_1'] = Pacing.xǁPacingǁtake_part_of_day__mutmut_1 # type: ignore # mutmut generated

mutants_xǁPacingǁ_part__mutmut['_mutmut_orig'] = Pacing.xǁPacingǁ_part__mutmut_orig # type: ignore # mutmut generated
mutants_xǁPacingǁ_part__mutmut['xǁPacingǁ_part__mutmut_1'] = Pacing.xǁPacingǁ_part__mutmut_1 # type: ignore # mutmut generated
mutants_xǁPacingǁ_part__mutmut['xǁPacingǁ_part__mutmut_2'] = Pacing.xǁPacingǁ_part__mutmut_2 # type: ignore # mutmut generated
mutants_xǁPacingǁ_part__mutmut['xǁPacingǁ_part__mutmut_3'] = Pacing.xǁPacingǁ_part__mutmut_3 # type: ignore # mutmut generated
mutants_xǁPacingǁ_part__mutmut['xǁPacingǁ_part__mutmut_4'] = Pacing.xǁPacingǁ_part__mutmut_4 # type: ignore # mutmut generated

mutants_xǁPacingǁ_learn_interval__mutmut['_mutmut_orig'] = Pacing.xǁPacingǁ_learn_interval__mutmut_orig # type: ignore # mutmut generated
mutants_xǁPacingǁ_learn_interval__mutmut['xǁPacingǁ_learn_interval__mutmut_1'] = Pacing.xǁPacingǁ_learn_interval__mutmut_1 # type: ignore # mutmut generated
mutants_xǁPacingǁ_learn_interval__mutmut['xǁPacingǁ_learn_interval__mutmut_2'] = Pacing.xǁPacingǁ_learn_interval__mutmut_2 # type: ignore # mutmut generated
mutants_xǁPacingǁ_learn_interval__mutmut['xǁPacingǁ_learn_interval__mutmut_3'] = Pacing.xǁPacingǁ_learn_interval__mutmut_3 # type: ignore # mutmut generated
mutants_xǁPacingǁ_learn_interval__mutmut['xǁPacingǁ_learn_interval__mutmut_4'] = Pacing.xǁPacingǁ_learn_interval__mutmut_4 # type: ignore # mutmut generated
mutants_xǁPacingǁ_learn_interval__mutmut['xǁPacingǁ_learn_interval__mutmut_5'] = Pacing.xǁPacingǁ_learn_interval__mutmut_5 # type: ignore # mutmut generated
mutants_xǁPacingǁ_learn_interval__mutmut['xǁPacingǁ_learn_interval__mutmut_6'] = Pacing.xǁPacingǁ_learn_interval__mutmut_6 # type: ignore # mutmut generated
mutants_xǁPacingǁ_learn_interval__mutmut['xǁPacingǁ_learn_interval__mutmut_7'] = Pacing.xǁPacingǁ_learn_interval__mutmut_7 # type: ignore # mutmut generated
mutants_xǁPacingǁ_learn_interval__mutmut['xǁPacingǁ_learn_interval__mutmut_8'] = Pacing.xǁPacingǁ_learn_interval__mutmut_8 # type: ignore # mutmut generated
mutants_xǁPacingǁ_learn_interval__mutmut['xǁPacingǁ_learn_interval__mutmut_9'] = Pacing.xǁPacingǁ_learn_interval__mutmut_9 # type: ignore # mutmut generated
mutants_xǁPacingǁ_learn_interval__mutmut['xǁPacingǁ_learn_interval__mutmut_10'] = Pacing.xǁPacingǁ_learn_interval__mutmut_10 # type: ignore # mutmut generated
mutants_xǁPacingǁ_learn_interval__mutmut['xǁPacingǁ_learn_interval__mutmut_11'] = Pacing.xǁPacingǁ_learn_interval__mutmut_11 # type: ignore # mutmut generated
mutants_xǁPacingǁ_learn_interval__mutmut['xǁPacingǁ_learn_interval__mutmut_12'] = Pacing.xǁPacingǁ_learn_interval__mutmut_12 # type: ignore # mutmut generated
mutants_xǁPacingǁ_learn_interval__mutmut['xǁPacingǁ_learn_interval__mutmut_13'] = Pacing.xǁPacingǁ_learn_interval__mutmut_13 # type: ignore # mutmut generated
mutants_xǁPacingǁ_learn_interval__mutmut['xǁPacingǁ_learn_interval__mutmut_14'] = Pacing.xǁPacingǁ_learn_interval__mutmut_14 # type: ignore # mutmut generated
mutants_xǁPacingǁ_learn_interval__mutmut['xǁPacingǁ_learn_interval__mutmut_15'] = Pacing.xǁPacingǁ_learn_interval__mutmut_15 # type: ignore # mutmut generated
mutants_xǁPacingǁ_learn_interval__mutmut['xǁPacingǁ_learn_interval__mutmut_16'] = Pacing.xǁPacingǁ_learn_interval__mutmut_16 # type: ignore # mutmut generated
mutants_xǁPacingǁ_learn_interval__mutmut['xǁPacingǁ_learn_interval__mutmut_17'] = Pacing.xǁPacingǁ_learn_interval__mutmut_17 # type: ignore # mutmut generated
mutants_xǁPacingǁ_learn_interval__mutmut['xǁPacingǁ_learn_interval__mutmut_18'] = Pacing.xǁPacingǁ_learn_interval__mutmut_18 # type: ignore # mutmut generated
mutants_xǁPacingǁ_learn_interval__mutmut['xǁPacingǁ_learn_interval__mutmut_19'] = Pacing.xǁPacingǁ_learn_interval__mutmut_19 # type: ignore # mutmut generated
mutants_xǁPacingǁ_learn_interval__mutmut['xǁPacingǁ_learn_interval__mutmut_20'] = Pacing.xǁPacingǁ_learn_interval__mutmut_20 # type: ignore # mutmut generated
mutants_xǁPacingǁ_learn_interval__mutmut['xǁPacingǁ_learn_interval__mutmut_21'] = Pacing.xǁPacingǁ_learn_interval__mutmut_21 # type: ignore # mutmut generated
mutants_xǁPacingǁ_learn_interval__mutmut['xǁPacingǁ_learn_interval__mutmut_22'] = Pacing.xǁPacingǁ_learn_interval__mutmut_22 # type: ignore # mutmut generated
mutants_xǁPacingǁ_learn_interval__mutmut['xǁPacingǁ_learn_interval__mutmut_23'] = Pacing.xǁPacingǁ_learn_interval__mutmut_23 # type: ignore # mutmut generated
mutants_xǁPacingǁ_learn_interval__mutmut['xǁPacingǁ_learn_interval__mutmut_24'] = Pacing.xǁPacingǁ_learn_interval__mutmut_24 # type: ignore # mutmut generated
mutants_xǁPacingǁ_learn_interval__mutmut['xǁPacingǁ_learn_interval__mutmut_25'] = Pacing.xǁPacingǁ_learn_interval__mutmut_25 # type: ignore # mutmut generated
mutants_xǁPacingǁ_learn_interval__mutmut['xǁPacingǁ_learn_interval__mutmut_26'] = Pacing.xǁPacingǁ_learn_interval__mutmut_26 # type: ignore # mutmut generated
mutants_xǁPacingǁ_learn_interval__mutmut['xǁPacingǁ_learn_interval__mutmut_27'] = Pacing.xǁPacingǁ_learn_interval__mutmut_27 # type: ignore # mutmut generated
mutants_xǁPacingǁ_learn_interval__mutmut['xǁPacingǁ_learn_interval__mutmut_28'] = Pacing.xǁPacingǁ_learn_interval__mutmut_28 # type: ignore # mutmut generated
mutants_xǁPacingǁ_learn_interval__mutmut['xǁPacingǁ_learn_interval__mutmut_29'] = Pacing.xǁPacingǁ_learn_interval__mutmut_29 # type: ignore # mutmut generated
mutants_xǁPacingǁ_learn_interval__mutmut['xǁPacingǁ_learn_interval__mutmut_30'] = Pacing.xǁPacingǁ_learn_interval__mutmut_30 # type: ignore # mutmut generated
mutants_xǁPacingǁ_learn_interval__mutmut['xǁPacingǁ_learn_interval__mutmut_31'] = Pacing.xǁPacingǁ_learn_interval__mutmut_31 # type: ignore # mutmut generated
mutants_xǁPacingǁ_learn_interval__mutmut['xǁPacingǁ_learn_interval__mutmut_32'] = Pacing.xǁPacingǁ_learn_interval__mutmut_32 # type: ignore # mutmut generated

mutants_xǁPacingǁ_learn_day__mutmut['_mutmut_orig'] = Pacing.xǁPacingǁ_learn_day__mutmut_orig # type: ignore # mutmut generated
mutants_xǁPacingǁ_learn_day__mutmut['xǁPacingǁ_learn_day__mutmut_1'] = Pacing.xǁPacingǁ_learn_day__mutmut_1 # type: ignore # mutmut generated
mutants_xǁPacingǁ_learn_day__mutmut['xǁPacingǁ_learn_day__mutmut_2'] = Pacing.xǁPacingǁ_learn_day__mutmut_2 # type: ignore # mutmut generated
mutants_xǁPacingǁ_learn_day__mutmut['xǁPacingǁ_learn_day__mutmut_3'] = Pacing.xǁPacingǁ_learn_day__mutmut_3 # type: ignore # mutmut generated
mutants_xǁPacingǁ_learn_day__mutmut['xǁPacingǁ_learn_day__mutmut_4'] = Pacing.xǁPacingǁ_learn_day__mutmut_4 # type: ignore # mutmut generated
mutants_xǁPacingǁ_learn_day__mutmut['xǁPacingǁ_learn_day__mutmut_5'] = Pacing.xǁPacingǁ_learn_day__mutmut_5 # type: ignore # mutmut generated
mutants_xǁPacingǁ_learn_day__mutmut['xǁPacingǁ_learn_day__mutmut_6'] = Pacing.xǁPacingǁ_learn_day__mutmut_6 # type: ignore # mutmut generated
mutants_xǁPacingǁ_learn_day__mutmut['xǁPacingǁ_learn_day__mutmut_7'] = Pacing.xǁPacingǁ_learn_day__mutmut_7 # type: ignore # mutmut generated
mutants_xǁPacingǁ_learn_day__mutmut['xǁPacingǁ_learn_day__mutmut_8'] = Pacing.xǁPacingǁ_learn_day__mutmut_8 # type: ignore # mutmut generated
mutants_xǁPacingǁ_learn_day__mutmut['xǁPacingǁ_learn_day__mutmut_9'] = Pacing.xǁPacingǁ_learn_day__mutmut_9 # type: ignore # mutmut generated
mutants_xǁPacingǁ_learn_day__mutmut['xǁPacingǁ_learn_day__mutmut_10'] = Pacing.xǁPacingǁ_learn_day__mutmut_10 # type: ignore # mutmut generated
mutants_xǁPacingǁ_learn_day__mutmut['xǁPacingǁ_learn_day__mutmut_11'] = Pacing.xǁPacingǁ_learn_day__mutmut_11 # type: ignore # mutmut generated
mutants_xǁPacingǁ_learn_day__mutmut['xǁPacingǁ_learn_day__mutmut_12'] = Pacing.xǁPacingǁ_learn_day__mutmut_12 # type: ignore # mutmut generated
mutants_xǁPacingǁ_learn_day__mutmut['xǁPacingǁ_learn_day__mutmut_13'] = Pacing.xǁPacingǁ_learn_day__mutmut_13 # type: ignore # mutmut generated
mutants_xǁPacingǁ_learn_day__mutmut['xǁPacingǁ_learn_day__mutmut_14'] = Pacing.xǁPacingǁ_learn_day__mutmut_14 # type: ignore # mutmut generated
mutants_xǁPacingǁ_learn_day__mutmut['xǁPacingǁ_learn_day__mutmut_15'] = Pacing.xǁPacingǁ_learn_day__mutmut_15 # type: ignore # mutmut generated
mutants_xǁPacingǁ_learn_day__mutmut['xǁPacingǁ_learn_day__mutmut_16'] = Pacing.xǁPacingǁ_learn_day__mutmut_16 # type: ignore # mutmut generated
mutants_xǁPacingǁ_learn_day__mutmut['xǁPacingǁ_learn_day__mutmut_17'] = Pacing.xǁPacingǁ_learn_day__mutmut_17 # type: ignore # mutmut generated
mutants_xǁPacingǁ_learn_day__mutmut['xǁPacingǁ_learn_day__mutmut_18'] = Pacing.xǁPacingǁ_learn_day__mutmut_18 # type: ignore # mutmut generated
mutants_xǁPacingǁ_learn_day__mutmut['xǁPacingǁ_learn_day__mutmut_19'] = Pacing.xǁPacingǁ_learn_day__mutmut_19 # type: ignore # mutmut generated
mutants_xǁPacingǁ_learn_day__mutmut['xǁPacingǁ_learn_day__mutmut_20'] = Pacing.xǁPacingǁ_learn_day__mutmut_20 # type: ignore # mutmut generated
mutants_xǁPacingǁ_learn_day__mutmut['xǁPacingǁ_learn_day__mutmut_21'] = Pacing.xǁPacingǁ_learn_day__mutmut_21 # type: ignore # mutmut generated
mutants_xǁPacingǁ_learn_day__mutmut['xǁPacingǁ_learn_day__mutmut_22'] = Pacing.xǁPacingǁ_learn_day__mutmut_22 # type: ignore # mutmut generated
mutants_x__count__mutmut: MutantDict = {}  # type: ignore


@_mutmut_mutated(mutants_x__count__mutmut)
def _count(headers: Mapping[str, str], name: str) -> int | None:
    text = headers.get(name, "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else None


def x__count__mutmut_orig(headers: Mapping[str, str], name: str) -> int | None:
    text = headers.get(name, "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else None


def x__count__mutmut_1(headers: Mapping[str, str], name: str) -> int | None:
    text = None
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else None


def x__count__mutmut_2(headers: Mapping[str, str], name: str) -> int | None:
    text = headers.get(None, "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else None


def x__count__mutmut_3(headers: Mapping[str, str], name: str) -> int | None:
    text = headers.get(name, None).strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else None


def x__count__mutmut_4(headers: Mapping[str, str], name: str) -> int | None:
    text = headers.get("").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else None


def x__count__mutmut_5(headers: Mapping[str, str], name: str) -> int | None:
    text = headers.get(name, ).strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else None


def x__count__mutmut_6(headers: Mapping[str, str], name: str) -> int | None:
    text = headers.get(name, "XXXX").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else None


def x__count__mutmut_7(headers: Mapping[str, str], name: str) -> int | None:
    text = headers.get(name, "").strip()
    return int(text) if (text.isascii() and text.isdigit() and len(text) < 12) and False else None


def x__count__mutmut_8(headers: Mapping[str, str], name: str) -> int | None:
    text = headers.get(name, "").strip()
    return int(text) if (text.isascii() and text.isdigit() and len(text) < 12) or True else None


def x__count__mutmut_9(headers: Mapping[str, str], name: str) -> int | None:
    text = headers.get(name, "").strip()
    return int(None) if text.isascii() and text.isdigit() and len(text) < 12 else None


def x__count__mutmut_10(headers: Mapping[str, str], name: str) -> int | None:
    text = headers.get(name, "").strip()
    return int(text) if text.isascii() and text.isdigit() or len(text) < 12 else None


def x__count__mutmut_11(headers: Mapping[str, str], name: str) -> int | None:
    text = headers.get(name, "").strip()
    return int(text) if text.isascii() or text.isdigit() and len(text) < 12 else None


def x__count__mutmut_12(headers: Mapping[str, str], name: str) -> int | None:
    text = headers.get(name, "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 12 else None


def x__count__mutmut_13(headers: Mapping[str, str], name: str) -> int | None:
    text = headers.get(name, "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 13 else None

mutants_x__count__mutmut['_mutmut_orig'] = x__count__mutmut_orig # type: ignore # mutmut generated
mutants_x__count__mutmut['x__count__mutmut_1'] = x__count__mutmut_1 # type: ignore # mutmut generated
mutants_x__count__mutmut['x__count__mutmut_2'] = x__count__mutmut_2 # type: ignore # mutmut generated
mutants_x__count__mutmut['x__count__mutmut_3'] = x__count__mutmut_3 # type: ignore # mutmut generated
mutants_x__count__mutmut['x__count__mutmut_4'] = x__count__mutmut_4 # type: ignore # mutmut generated
mutants_x__count__mutmut['x__count__mutmut_5'] = x__count__mutmut_5 # type: ignore # mutmut generated
mutants_x__count__mutmut['x__count__mutmut_6'] = x__count__mutmut_6 # type: ignore # mutmut generated
mutants_x__count__mutmut['x__count__mutmut_7'] = x__count__mutmut_7 # type: ignore # mutmut generated
mutants_x__count__mutmut['x__count__mutmut_8'] = x__count__mutmut_8 # type: ignore # mutmut generated
mutants_x__count__mutmut['x__count__mutmut_9'] = x__count__mutmut_9 # type: ignore # mutmut generated
mutants_x__count__mutmut['x__count__mutmut_10'] = x__count__mutmut_10 # type: ignore # mutmut generated
mutants_x__count__mutmut['x__count__mutmut_11'] = x__count__mutmut_11 # type: ignore # mutmut generated
mutants_x__count__mutmut['x__count__mutmut_12'] = x__count__mutmut_12 # type: ignore # mutmut generated
mutants_x__count__mutmut['x__count__mutmut_13'] = x__count__mutmut_13 # type: ignore # mutmut generated
