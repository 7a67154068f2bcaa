"""The guards of one run at a time, and of portals that refuse no second key, where nothing else helps."""

from __future__ import annotations

from tests.mutants.guard import E2E, LEDGER, Guard

SEARCHED = "tests/property/test_crm_searched.py"
BELOW_UNIQUE = f"{E2E}/test_crash_points.py::test_nor_where_the_portal_refuses_no_second_key"

OF_LANES = (
    Guard(
        "the fence is checked before each write",
        "connector/hubspot/client.py",
        "before_send=self._before_write if there.writes else _nothing,",
        "before_send=_nothing,",
        f"{E2E}/test_guards.py::test_a_run_that_lost_its_lane_writes_no_more",
    ),
    Guard(
        "the ledger takes nothing from a run that lost its lane",
        "connector/ledger/lanes.py",
        "    if tx.db.scalar(held) is None:\n",
        "    if held is None:\n",
        LEDGER,
    ),
    Guard(
        "the lease is renewed",
        "connector/engine/lane.py",
        "if asked_at - self._asked_at <= self._lease_seconds / 3 and self._runs(lane):",
        "if self._runs(lane):",
        "tests/unit/engine/test_engine_lane.py",
    ),
    Guard(
        "a busy moment of the ledger ends no keeping of the lane",
        "connector/engine/lane.py",
        "                pause_seconds = min(pause_seconds, LOOK_AGAIN_SECONDS)\n",
        "                return\n",
        "tests/unit/engine/test_engine_lane.py",
    ),
    Guard(
        "one run at a time has the lane of a portal",
        "connector/ledger/lanes.py",
        "or_(lanes.c.until <= tx.now, lanes.c.owner.in_([owner, _NOBODY]))",
        "or_(lanes.c.until <= tx.now, lanes.c.fence >= 0)",
        LEDGER,
    ),
    Guard(
        "a clock that was set back makes no lease longer",
        "connector/ledger/lanes.py",
        "    _end_in_time(tx, portal_id, lease_seconds=lease_seconds)\n",
        "",
        f"{LEDGER} {E2E}/test_several_runs.py",
    ),
    Guard(
        "who lives keeps its lane when the clock is set back",
        "connector/ledger/lanes.py",
        "lanes.c.until > end).values(until=end)",
        "lanes.c.until > end).values(until=tx.now)",
        f"{LEDGER} {E2E}/test_several_runs.py",
    ),
    Guard(
        "the fence grows with each holder",
        "connector/ledger/lanes.py",
        "fence=lanes.c.fence + 1",
        "fence=lanes.c.fence",
        LEDGER,
    ),
    Guard(
        "an older fence holds nothing",
        "connector/ledger/lanes.py",
        "lanes.c.portal_id == lane.portal_id, lanes.c.fence == lane.fence, lanes.c.owner == lane.owner",
        "lanes.c.portal_id == lane.portal_id, lanes.c.owner == lane.owner",
        LEDGER,
    ),
    Guard(
        "a lease that ran out is no right to write",
        "connector/ledger/lanes.py",
        "select(lanes.c.fence).where(*_held_by(lane), lanes.c.until > tx.now)",
        "select(lanes.c.fence).where(*_held_by(lane))",
        LEDGER,
    ),
    Guard(
        "a lease that ran out while nobody came is taken up again",
        "connector/engine/lane.py",
        "        except LaneError:\n            return False\n",
        "        except LaneError:\n            raise\n",
        "tests/unit/engine/test_engine_lane.py",
    ),
)

OF_PORTALS_WITHOUT_UNIQUE_KEYS = (
    Guard(
        "where the key is not unique, a write in doubt is looked for before it is sent again",
        "connector/hubspot/searched.py",
        "        self._watch([key for key in doubted if not self._is_refused_twice(key)], DOUBT_SECONDS)\n",
        "",
        SEARCHED,
    ),
    Guard(
        "a look that finds nothing is believed when the search must have shown it, and not before",
        "connector/hubspot/searched.py",
        "self._is_refused_twice(key)], DOUBT_SECONDS)",
        "self._is_refused_twice(key)], 0.0)",
        SEARCHED,
    ),
    Guard(
        "where the key is not unique, what an earlier run may have sent is looked for before it is sent",
        "connector/hubspot/searched.py",
        "todo, size = self._look_first(self._linkable()), BATCH",
        "todo, size = self._linkable(), BATCH",
        BELOW_UNIQUE,
    ),
    Guard(
        "an address is the first to tell of an unanswered attempt of ours",
        "connector/hubspot/creation.py",
        "        if not self._place.step.is_guarded and record.properties.get(self._place.name) == key:\n"
        "            return self._found(key, record)\n",
        "",
        SEARCHED,
    ),
    Guard(
        "an exchange that began with the last lease may take its time",
        "connector/hubspot/lag.py",
        "DOUBT_SECONDS = EXCHANGE_SECONDS + SEARCH_LAG_SECONDS",
        "DOUBT_SECONDS = SEARCH_LAG_SECONDS",
        "tests/unit/hubspot/test_hubspot_lag.py",
    ),
    Guard(
        "an intent of an earlier run is in doubt",
        "connector/engine/doubt.py",
        "        if entry is not None and entry.perhaps_sent_at is not None:\n",
        "        if entry is not None and not entry.call_id:\n",
        f"{E2E}/test_doubt.py",
    ),
    Guard(
        "after a lost ledger the records of a call that was found by its key are in doubt",
        "connector/engine/doubt.py",
        "        return self._of_a_lost_ledger\n",
        "        return self._of_a_lost_ledger if entry is None else None\n",
        f"{E2E}/test_lost_without_unique_keys.py",
    ),
    Guard(
        "a contact is in doubt while a call of its portal is whose contact nobody knows",
        "connector/engine/doubt.py",
        "return self.held_before if self.is_of_contacts else self._of_a_lost_ledger",
        "return self._of_a_lost_ledger",
        BELOW_UNIQUE,
    ),
    Guard(
        "doubt counts from the end of the lease that an earlier run had",
        "connector/engine/doubt.py",
        "held_before=lane.held_before or now,",
        "held_before=LONG_AGO,",
        BELOW_UNIQUE,
    ),
    Guard(
        "doubt counts from no machine's clock",
        "connector/engine/doubt.py",
        "return self.held_before if entry.perhaps_sent_at >= self.fresh_since else LONG_AGO",
        "return entry.perhaps_sent_at",
        f"{E2E}/test_doubt.py",
    ),
    Guard(
        "what an interrupted run may have written stays in doubt whatever becomes of its call",
        "connector/engine/carry.py",
        "return before.perhaps_sent_at if before is not None else None",
        "return None",
        f"{E2E}/test_doubt.py",
    ),
    Guard(
        "where the portal keeps no state, the ledger knows what stands without a contact while a run is under way",
        "connector/engine/carry.py",
        "return entry if is_marked else replace(entry, notes=(*entry.notes, NOT_YET_LINKED))",
        "return entry",
        f"{E2E}/test_recovery_external.py",
    ),
)
