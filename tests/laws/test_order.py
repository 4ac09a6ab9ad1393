"""Third law: nothing starts before what it waits for; a failure skips exactly its descendants."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from reconciler.model.outcome import Outcome
from reconciler.providers import SEARCH
from tests.laws import checks
from tests.laws.bench import Bench, bench, tried
from tests.laws.history import History
from tests.laws.stacks import stacks
from tests.world import COLLECTIONS


@pytest.mark.parametrize("kind", SEARCH.kinds)
@tried(8)
@given(data=st.data())
def test_a_failed_creation_skips_what_needs_it(kind: str, data: st.DataObject) -> None:
    with bench(data.draw(st.integers(0, 9))) as b:
        b.declare(data.draw(stacks(3)))
        failing = data.draw(st.sampled_from([a for a in b.stack if a.startswith(f"{kind}/")]))
        _fails(b, failing)


@tried(20)
@given(data=st.data())
def test_a_failed_write_skips_what_waits_for_it(data: st.DataObject) -> None:
    """Also among updates and deletions, which wait the other way round."""
    with bench(data.draw(st.integers(0, 9))) as b:
        history = History(b, {}, data.draw(stacks(3)))
        history.arrives()
        history.remove(data.draw)
        for _ in range(3):
            history.edit(data.draw)
        history.rotate(data.draw)
        steps = [str(step.resource) for step in b.plan().steps]
        assume(steps)
        _fails(b, data.draw(st.sampled_from(steps)))


def _fails(b: Bench, failing: str) -> None:
    """Let one write fail: what waits for it is skipped, the rest is done; later, so is it."""
    before, calls = b.live(), {str(step.resource) for step in b.plan().steps}
    waits = checks.waits(calls, before, b.stack)
    path = rf"/{COLLECTIONS[failing.partition('/')[0]]}\('{failing.partition('/')[2]}'"
    method = "PUT" if failing in b.stack else "DELETE"
    b.fault(fault="status", status=400, method=method, path=path)
    applied = b.apply()
    b.fault()
    skipped = _dependents(waits, failing)
    assert _ended(applied.outcome, "failed") == {failing}
    assert _ended(applied.outcome, "skipped") == skipped
    assert _ended(applied.outcome, "done") == calls - skipped - {failing}
    assert {call.address for call in applied.writes} == calls - skipped
    before, again = b.live(), b.apply()
    assert again.outcome.ok
    assert {call.address for call in again.writes} == skipped | {failing}
    checks.order(again, before, b.stack)
    checks.rest(b)


def _dependents(waits: dict[str, set[str]], address: str) -> set[str]:
    found: set[str] = set()
    while True:
        more = {a for a, needed in waits.items() if needed & (found | {address})} - found
        if not more:
            return found
        found |= more


def _ended(outcome: Outcome, status: str) -> set[str]:
    """The resources whose writes ended so; a run that a creation begins is none."""
    writes = (result for result in outcome.results if not result.step.startswith("run "))
    return {str(result.resource) for result in writes if result.status == status}
