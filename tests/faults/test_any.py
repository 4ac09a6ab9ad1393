"""Whatever goes wrong at whichever call: the desired state, or a plain refusal, never a lie.

As many runs as `RECONCILER_LAW_EXAMPLES` says (`make fuzz`), else a few dozen.
"""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from reconciler.wire import ServiceError
from tests.laws.bench import Applied, Bench, bench, tried
from tests.laws.history import History
from tests.laws.parts import Body
from tests.laws.stacks import stacks

WRITES, ANY = ("PUT", "PUT", "DELETE"), ("GET", "PUT", "DELETE")


@st.composite
def faults(draw: st.DrawFn) -> Body:
    """One fault, at one of the first calls of its kind, once or for ever."""
    name = draw(
        st.sampled_from(("429", "503", "reset", "lost-reply", "latency", "412", "409", "touch"))
    )
    method = draw(st.sampled_from(WRITES if name in ("412", "409", "touch") else ANY))
    times = draw(st.sampled_from((1, 1, 2, None)))
    rule: Body = {"method": method, "after": draw(st.integers(0, 9)), "times": times}
    if name.isdigit():
        return rule | {"fault": "status", "status": int(name), **_waits(name)}
    return rule | {"fault": name, **({"seconds": 0.002} if name == "latency" else {})}


def _waits(name: str) -> Body:
    return {"retryAfter": 0} if name in ("429", "503") else {}


@tried(25)
@given(data=st.data())
def test_whatever_goes_wrong_nothing_is_a_lie(data: st.DataObject) -> None:
    with bench(data.draw(st.integers(0, 9))) as b:
        history = History(b, {}, data.draw(stacks()))
        if data.draw(st.booleans()):
            history.arrives()
            for change in (history.edit, history.add, history.remove, history.rotate):
                change(data.draw)
        before = _definitions(b)
        b.faults(data.draw(st.lists(faults(), min_size=1, max_size=3)))
        statuses = _apply(b, before)
        b.faults([])
        if statuses:
            history.learn(statuses)
        history.arrives()


def _apply(b: Bench, before: dict[str, Body]) -> dict[str, str]:
    """Apply, and hold what it says against what the service holds; what became of each object."""
    seen = len(b.recorder.calls)
    try:
        applied = b.apply()
    except ServiceError:
        assert {call.method for call in b.recorder.calls[seen:]} == {"GET"}
        b.faults([])
        assert _definitions(b) == before
        return {}
    b.faults([])
    statuses = {str(r.resource): r.status for r in applied.outcome.results}
    _truthful(b, applied, before, statuses)
    return statuses


def _truthful(
    b: Bench, applied: Applied, before: dict[str, Body], statuses: dict[str, str]
) -> None:
    listed = {str(step.resource) for step in applied.plan.steps}
    assert statuses.keys() == listed
    assert all(r.error for r in applied.outcome.results if r.status in ("failed", "unclear"))
    assert applied.outcome.ok == (set(statuses.values()) <= {"done"})
    called = {call.address for call in applied.writes}
    live = _definitions(b)
    pending = {str(c.id) for c in b.plan().changes if c.action.writes}
    for address, status in statuses.items():
        if status == "done":
            assert address in called
            assert address not in pending, f"{address} was said to be done"
        elif status != "unclear":
            assert live.get(address) == before.get(address), f"{address} was said not to be done"
            assert address in pending
        assert (address in called) or status in ("skipped", "failed", "unclear")
    others = live.keys() | before.keys()
    assert all(live.get(a) == before.get(a) for a in others - listed), "what no step is about"


def _definitions(b: Bench) -> dict[str, Any]:
    """Every object without its etag, which also moves when nothing was written."""
    return {
        address: {key: value for key, value in body.items() if key != "@odata.etag"}
        for address, body in b.live().items()
    }
