"""The guards that keep a run from doubling, losing or overwriting, each with what breaks it and the tests that notice.

`old` stands in the file exactly once; `new` is the same code without the guard.
"""

from __future__ import annotations

from typing import NamedTuple


class Guard(NamedTuple):
    name: str
    file: str
    old: str
    new: str
    tests: str
    """Tests, as pytest names them, separated by blanks: at least one of them fails without the guard."""


E2E = "tests/e2e"
GUARDS = (
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
        "tests/contract/test_ledger_contract.py",
    ),
    Guard(
        "the lease is renewed",
        "connector/engine/lane.py",
        "if asked_at - self._asked_at > self._lease_seconds / 3:",
        "if asked_at < self._asked_at:",
        "tests/unit/engine/test_engine_lane.py",
    ),
    Guard(
        "an intent stands before its effect",
        "connector/engine/carry.py",
        "self.ledger.claim(self.connection, [self._intent(item) for item in planned], lane=self.lane.lane)\n"
        "        of_new",
        "of_new",
        f"{E2E}/test_guards.py::test_an_intent_is_in_the_ledger_before_anything_is_in_the_portal",
    ),
    Guard(
        "the contacts of new callers are known before their calls are written",
        "connector/engine/carry.py",
        "self.ledger.claim(self.connection, [self._intent(item) for item in made], lane=self.lane.lane)",
        "pass",
        f"{E2E}/test_recovery.py {E2E}/test_crash_ledger.py",
    ),
    Guard(
        "the records of a call are known before it is written",
        "connector/engine/carry.py",
        "self.ledger.claim(self.connection, [self._intent(item) for item in written], lane=self.lane.lane)",
        "pass",
        f"{E2E}/test_recovery.py {E2E}/test_crash_ledger.py",
    ),
    Guard(
        "people are remembered as soon as they are written",
        "connector/engine/carry.py",
        "self.ledger.remember_people(self.portal_id, self._people(candidates), lane=self.lane.lane)",
        "pass",
        f"{E2E}/test_crash_points.py {E2E}/test_guards.py",
    ),
    Guard(
        "what an interrupted run held is held",
        "connector/engine/plan.py",
        "        if item.prior_decision == HELD:\n",
        "        if item.prior_decision == SKIPPED:\n",
        f"{E2E}/test_guards.py",
    ),
    Guard(
        "what an interrupted run held again is held again",
        "connector/engine/plan.py",
        "if entry.engagement_id and (entry.state is not State.INTENT or entry.decision != HELD):",
        "if entry.engagement_id:",
        f"{E2E}/test_guards.py::test_what_an_interrupted_run_held_again_is_carried_out_as_it_was_decided",
    ),
    Guard(
        "a call that a lost ledger had linked is not held",
        "connector/engine/plan.py",
        "if entry is None or entry.reason == NOT_KNOWN_ANY_MORE:",
        "if entry is None:",
        f"{E2E}/test_recovery.py::test_a_call_that_a_lost_ledger_had_linked_is_never_held",
    ),
    Guard(
        "records stand before the call",
        "connector/engine/write_records.py",
        "        current = self._read_records([item for item in items if item.is_open])\n",
        "        self._write_calls(calls)\n"
        "        current = self._read_records([item for item in items if item.is_open])\n",
        f"{E2E}/test_crash_points.py {E2E}/test_late_changes.py",
    ),
    Guard(
        "a link is made before the mark of a held call goes",
        "connector/engine/write_records.py",
        "        self._link(object_type, known)\n",
        "",
        f"{E2E}/test_recovery.py",
    ),
    Guard(
        "what is in doubt is looked for before it is sent again",
        "connector/hubspot/guarded.py",
        "        self._outcomes.update(self._by_key(list(uncertain)))\n",
        "",
        "tests/unit/hubspot/test_hubspot_create.py",
    ),
    Guard(
        "one key is one wish",
        "connector/hubspot/create.py",
        "self._create(object_type, list(first.values()))",
        "self._create(object_type, list(wishes))",
        "tests/contract/test_crm_contract.py tests/unit/hubspot/test_hubspot_create.py",
    ),
    Guard(
        "archived records are found by their key",
        "connector/hubspot/read.py",
        "    for archived in (False, True):\n        missing",
        "    for archived in (False,):\n        missing",
        f"{E2E}/test_changes.py tests/contract/test_crm_contract.py",
    ),
    Guard(
        "a deleted engagement that is found by its key stays deleted",
        "connector/engine/known.py",
        "        if record.archived:\n            item.skip(DELETED, State.GONE)\n        elif",
        "        if",
        f"{E2E}/test_changes.py {E2E}/test_recovery.py {E2E}/test_guards.py",
    ),
    Guard(
        "a deleted engagement that is found by its id stays deleted",
        "connector/engine/known.py",
        "            item.skip(DELETED, State.GONE)\n        else:\n            item.engagement = record\n\n\ndef full",
        "            item.engagement_id = None\n        else:\n            item.engagement = record\n\n\ndef full",
        f"{E2E}/test_changes.py",
    ),
    Guard(
        "a deleted task stays deleted",
        "connector/engine/engagement.py",
        "elif (item.engagement is None or record.name not in item.records) and not (",
        "elif not (",
        f"{E2E}/test_late_changes.py",
    ),
    Guard(
        "what a person wrote is told by the hash of what we wrote",
        "connector/engine/engagement.py",
        "            written=_theirs_unless_ours(record, written),\n",
        "            written=None,\n",
        f"{E2E}/test_changes.py",
    ),
    Guard(
        "what a person filled in where we wrote nothing is theirs",
        "connector/engine/engagement.py",
        "            written=_theirs_unless_ours(record, written),\n",
        "            written=written,\n",
        f"{E2E}/test_changes.py",
    ),
    Guard(
        "a value that HubSpot keeps in its own way is not taken for a person's",
        "connector/engine/write_records.py",
        "        self._correct_written(object_type, [(wish, outcome) for _, _, wish, outcome in answers])\n",
        "",
        f"{E2E}/test_quiet_guards.py",
    ),
    Guard(
        "a contact key that a deleted contact has is left to it",
        "connector/engine/write_contacts.py",
        "            self._planner.taken_keys.add(candidate.key)\n",
        "            pass\n",
        f"{E2E}/test_guards.py::test_a_new_call_of_somebody_deleted_revives_nobody",
    ),
    Guard(
        "the second call of a new caller finds the contact that the first one makes",
        "connector/engine/plan.py",
        "        self._directory.index(candidate)\n",
        "        pass\n",
        "tests/unit/engine/test_engine_plan.py tests/unit/engine/test_engine_contacts.py",
    ),
    Guard(
        "who is remembered by a number is verified on the number that they have now",
        "connector/engine/directory.py",
        "return [candidate for candidate in self._by_number.get(number, ()) if number in self.numbers(candidate)]",
        "return [*self._by_number.get(number, ()), *(each for each in self._by_id.values() if not each.is_new)]",
        f"{E2E}/test_outcomes.py {E2E}/test_corners.py tests/unit/engine/test_engine_match.py",
    ),
    Guard(
        "the watermark only moves forward",
        "connector/ledger/connections.py",
        "    if known is None or new > known:\n",
        "    if True:\n",
        "tests/contract/test_ledger_contract.py",
    ),
    Guard(
        "the watermark never passes the clock",
        "connector/engine/run.py",
        "min(reading.newest, self.now))",
        "reading.newest)",
        f"{E2E}/test_guards.py::test_the_watermark_never_passes_the_clock",
    ),
    Guard(
        "the watermark moves only when the walk arrived and all of it is carried",
        "connector/engine/run.py",
        "            reading = self._pass(summary, reader, walk, since=asked_from, then=then)\n",
        "            self.ledger.advance(self.connection, self.now)\n"
        "            reading = self._pass(summary, reader, walk, since=asked_from, then=then)\n",
        f"{E2E}/test_guards.py",
    ),
    Guard(
        "the overlap is looked at again",
        "connector/engine/run.py",
        "(state.watermark - self.overlap) if state.watermark",
        "state.watermark if state.watermark",
        f"{E2E}/test_long_histories.py::test_a_run_looks_back_as_far_as_the_overlap_says_to_the_call",
    ),
    Guard(
        "only calls that are known count towards an early stop",
        "connector/engine/walk.py",
        "behind = ended_at < self._look_back_to and is_quiet",
        "behind = ended_at < self._look_back_to",
        "tests/unit/engine/test_engine_walk.py",
    ),
    Guard(
        "only calls behind the look-back count towards an early stop",
        "connector/engine/walk.py",
        "behind = ended_at < self._look_back_to and is_quiet",
        "behind = is_quiet",
        "tests/unit/engine/test_engine_walk.py",
    ),
    Guard(
        "a list in no order is read to its end",
        "connector/engine/walk.py",
        "return self.is_ordered and self._streak",
        "return self._streak",
        "tests/unit/engine/test_engine_walk.py",
    ),
    Guard(
        "a call that is not over is tracked",
        "connector/engine/read.py",
        "            reading.settled.append(replace(waits, attempts=0))\n",
        "            pass\n",
        f"{E2E}/test_looks.py tests/unit/engine/test_engine_read.py",
    ),
    Guard(
        "what a platform erased is not taken from the CRM",
        "connector/engine/known.py",
        "        if item.is_open and is_erased(item):\n",
        "        if item.is_open and not item.call:\n",
        f"{E2E}/test_erased.py",
    ),
    Guard(
        "a call of days to come is not believed",
        "connector/engine/read.py",
        "            yield believed(call, now=self.now)\n",
        "            yield call\n",
        f"{E2E}/test_erased.py",
    ),
    Guard(
        "a call that is never given is not asked for for ever",
        "connector/engine/withheld.py",
        "    if refusals >= (REFUSALS_MAX if gives_others else REFUSALS_MAX_ALONE):\n",
        "    if not entry.call_id:\n",
        "tests/unit/engine/test_engine_withheld.py",
    ),
    Guard(
        "what an earlier run left unfinished is fetched again",
        "connector/engine/run.py",
        "    Unfinished(reader, spool, reading).at_their_turn(limit=RETRIES_PER_RUN)\n",
        "",
        f"{E2E}/test_recovery.py {E2E}/test_looks.py {E2E}/test_guards.py",
    ),
    Guard(
        "a quiet call is compared under the edited mapping from then on",
        "connector/engine/read.py",
        "        if renewed != entry:\n",
        "        if self._is_due(entry):\n",
        f"{E2E}/test_quiet_guards.py",
    ),
    Guard(
        "a lost ledger is noticed",
        "connector/engine/first.py",
        'remembered = b"yes" if _finds_keys(crm, first) else b"no"',
        'remembered = b"no"',
        f"{E2E}/test_changes.py {E2E}/test_recovery.py {E2E}/test_crash_points.py",
    ),
    Guard(
        "calls of another account are refused",
        "connector/engine/read.py",
        "        if key.account != reading.account:\n",
        "        if reading.account is None:\n",
        f"{E2E}/test_guards.py {E2E}/test_changes.py {E2E}/test_outcomes.py",
    ),
    Guard(
        "another portal is refused",
        "connector/engine/first.py",
        "    if ledger.pin(connection, portal_id=portal.id).portal_id != portal.id:\n",
        "    if not portal.id:\n",
        f"{E2E}/test_guards.py::test_another_portal_is_refused_before_anything_is_written",
    ),
)
