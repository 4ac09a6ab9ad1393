"""The laws on Azure's resources, with search objects on what they make."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from reconciler.model.outcome import Outcome
from reconciler.model.plan import Action, Plan
from reconciler.model.problem import errors
from reconciler.providers import AZURE, kind, provider_of
from tests.laws.azure import SUBSCRIPTION, AzureBench, Kill, azure_bench, stacks
from tests.laws.bench import tried
from tests.laws.recorder import Call

_DEFAULTS = {"allowSharedKeyAccess": True}
"""What is meant where nothing is shown (FACTS 1.3)."""

THEIRS = f"{SUBSCRIPTION}/resourceGroups/their-rg"


@tried(12)
@given(data=st.data())
def test_whatever_is_declared_arrives(data: st.DataObject) -> None:
    """The first, second and fourth law, from stack to stack; and then it goes again."""
    with azure_bench(data.draw(st.integers(0, 9))) as b:
        others = _others(b)
        for stack in data.draw(st.lists(stacks(), min_size=2, max_size=3)):
            b.declare(stack)
            _arrives(b, *b.apply())
            assert {i: body for i, body in b.live().items() if i in others} == others
        plan, outcome, writes = b.apply(destroy=True)
        _ended(plan, outcome, writes)
        assert b.live() == others
        assert not b.ledger().entries


@tried(12)
@given(data=st.data())
def test_killed_at_any_write_it_arrives(data: st.DataObject) -> None:
    """And what a killed run made is ours, also when nobody declares it any more."""
    with azure_bench() as b:
        others = _others(b)
        before, after = data.draw(st.tuples(stacks(), stacks()))
        if data.draw(st.booleans()):
            b.declare(before)
            b.apply()
        b.declare(after)
        kill = Kill(data.draw(st.integers(0, 12)), data.draw(st.booleans()))
        b.killed(kill)
        if data.draw(st.booleans()):
            _, outcome, _ = b.apply()
            assert outcome.ok, [(r.step, r.error) for r in outcome.results if r.status != "done"]
            _at_rest(b)
        _, outcome, _ = b.apply(destroy=True)
        assert outcome.ok, [(r.step, r.error) for r in outcome.results if r.status != "done"]
        assert b.live() == others


@tried(8)
@given(data=st.data())
def test_what_was_changed_by_hand_is_drift_and_nothing_else(data: st.DataObject) -> None:
    with azure_bench() as b:
        b.declare(data.draw(stacks()))
        b.apply()
        assert b.drift() == ()
        entries = b.ledger().entries
        tagged = ("ResourceGroup", "StorageAccount", "SearchService")
        touched = data.draw(st.sampled_from([i for i in sorted(entries) if i.kind in tagged]))
        name = entries[touched].name_on_service
        assert b.http("PATCH", name, {"tags": {"by": "hand"}}).is_success
        (drift,) = b.drift()
        assert (drift.id, {edit.path[0] for edit in drift.edits}) == (touched, {"tags"})
        changes = {change.id for change in b.plan().changes if change.action.writes}
        assert changes == {touched}
        _arrives(b, *b.apply())


def _others(b: AzureBench) -> dict[str, Any]:
    """What somebody else has in the subscription."""
    role = "providers/Microsoft.Authorization/roleAssignments"
    definition = f"{SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions"
    place = {"location": "swedencentral"}
    account = place | {"kind": "StorageV2", "sku": {"name": "Standard_LRS"}}
    store = f"{THEIRS}/providers/Microsoft.Storage/storageAccounts/theirs"
    grant = {
        "roleDefinitionId": f"{definition}/acdd72a7-3385-48ef-bd42-f606fba81ae7",
        "principalId": "22222222-2222-2222-2222-222222222222",
        "principalType": "User",
    }
    made: dict[str, Any] = {
        THEIRS: place,
        store: account,
        f"{store}/blobServices/default/containers/theirs": {},
        f"{store}/{role}/33333333-3333-3333-3333-333333333333": {"properties": grant},
    }
    for name, body in made.items():
        reply = b.http("PUT", name, body)
        assert reply.is_success, reply.text
    return b.live()


def _arrives(b: AzureBench, plan: Plan, outcome: Outcome, writes: list[Call]) -> None:
    _ended(plan, outcome, writes)
    _at_rest(b)
    for resource_id, entry in b.ledger().entries.items():
        if entry.name_on_service.startswith("/") and resource_id.kind != "RoleAssignment":
            shown = b.http("GET", entry.name_on_service).json()
            assert list(_missing(b.stack[str(resource_id)].spec, shown)) == []


def _ended(plan: Plan, outcome: Outcome, writes: list[Call]) -> None:
    """The services accepted exactly the writes that the plan lists, each once.

    What is replaced may turn out to be the same once it is known.
    """
    assert outcome.ok, [(r.step, r.error) for r in outcome.results if r.status != "done"]
    assert [call for call in writes if call.status not in (200, 201, 202, 204)] == []
    made = Counter((call.method, _place(call.path)) for call in writes)
    listed, perhaps = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    replaced = {change.id for change in plan.changes if change.action is Action.REPLACE}
    for step, call in plan.calls:
        of = provider_of(step.resource.kind)
        path = f"/{kind(step.resource.kind).type_on_service}('{call.name}')"
        place = (call.method, _place(call.name if of is AZURE else path))
        (perhaps if step.resource in replaced else listed)[place] += 1
    assert made - listed - perhaps == Counter()
    assert listed - made == Counter()


def _place(path: str) -> str:
    """A path without the name of a role assignment, which may be known only then."""
    place = path.lower()
    return place.rpartition("/")[0] if "/roleassignments/" in place else place


def _at_rest(b: AzureBench) -> None:
    """A plan of what is live is empty, asks for nothing, and nothing has drifted."""
    seen, plan = len(b.recorder.calls), b.plan()
    assert plan.changes == ()
    assert not errors(plan.problems)
    assert {call.method for call in b.recorder.calls[seen:]} == {"GET"}
    assert b.drift() == ()


def _missing(declared: Any, shown: Any, path: str = "") -> Iterator[str]:
    """Where what is live is not as declared; words have no case there."""
    if isinstance(declared, Mapping):
        if not isinstance(shown, Mapping):
            yield path
            return
        for name, value in declared.items():
            if value is not None:
                there = shown.get(name, _DEFAULTS.get(name))
                yield from _missing(value, there, f"{path}/{name}")
    elif str(declared).casefold() != str(shown).casefold():
        yield f"{path}: {declared!r} is declared, {shown!r} is live"
