"""Fourth law: the service accepts exactly the writes that the plan lists, each once.

Every apply of the other laws is held to it too (`checks.honesty`).
"""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from reconciler.providers import SEARCH
from tests.laws import checks
from tests.laws.bench import Bench, bench, tried
from tests.laws.history import History
from tests.laws.stacks import Stack, stacks


@tried(15)
@given(stack=stacks())
def test_a_plan_writes_nothing(stack: Stack) -> None:
    with bench() as b:
        b.declare(stack)
        ledger = b.ledger_file.read_bytes()
        b.plan()
        b.saved()
        assert {call.method for call in b.recorder.calls} == {"GET"}
        assert b.ledger_file.read_bytes() == ledger
        assert not b.live()


@tried(15)
@given(data=st.data())
def test_a_saved_plan_is_done_as_it_was_planned(data: st.DataObject) -> None:
    with bench(data.draw(st.integers(0, 9))) as b:
        history = History(b, {}, data.draw(stacks()))
        for _ in range(2):
            before, saved = b.live(), b.saved()
            applied = b.apply(saved=saved)
            assert applied.outcome.ok
            assert [step["id"] for step in saved["steps"]] == [s.id for s in applied.plan.steps]
            checks.honesty(applied)
            checks.order(applied, before, b.stack)
            checks.rest(b)
            checks.arrival(b, {})
            history.applied = dict(b.stack)
            history.edit(data.draw)
            history.add(data.draw)
            history.rotate(data.draw)


@pytest.mark.parametrize("kind", SEARCH.kinds)
@tried(5)
@given(data=st.data())
def test_more_than_was_approved_is_refused(kind: str, data: st.DataObject) -> None:
    """Somebody changes an object between the review and the apply: to put it back is more."""
    with bench() as b:
        history = History(b, {}, data.draw(stacks()))
        history.add(data.draw)
        history.arrives()
        touched = data.draw(st.sampled_from([a for a in b.stack if a.startswith(f"{kind}/")]))
        history.edit(data.draw, touched)
        saved = b.saved()
        edits = {change["address"]: change["edits"] for change in saved["changes"]}
        _touch(b, touched)
        now = {str(c.id): len(c.edits) for c in b.plan().changes}
        assume(now.get(touched, 0) > len(edits.get(touched, [])))
        seen = len(b.recorder.calls)
        with pytest.raises(AssertionError, match=f"{touched}: "):
            b.apply(saved=saved)
        assert {call.method for call in b.recorder.calls[seen:]} == {"GET"}


def _touch(b: Bench, address: str) -> None:
    """Change an object by hand."""
    body = b.live()[address]
    if address.startswith("Alias/"):
        indexes = {a.partition("/")[2] for a in b.live() if a.startswith("Index/")}
        other = next(iter(indexes - set(body["indexes"])))
        assert b.put(address, {"indexes": [other]}).is_success
        return
    if address.startswith("SynonymMap/"):
        assert b.put(address, body | {"synonyms": "touched, changed"}).is_success
        return
    plain = {key: value for key, value in body.items() if not key.startswith("@odata.")}
    if "credentials" in plain:
        plain["credentials"] = {"connectionString": "<unchanged>"}
    assume(b.put(address, plain | {"description": "touched"}).is_success)
