"""What a plan refuses: nothing that the service would have taken, and before the first write."""

from __future__ import annotations

import copy
from dataclasses import replace

from hypothesis import assume, given
from hypothesis import strategies as st

from reconciler.session.session import Choice
from tests.laws import checks
from tests.laws.bench import Bench, bench, tried
from tests.laws.parts import Body
from tests.laws.stacks import Stack, dependents, filled_in, remove, stacks


@tried(30)
@given(data=st.data())
def test_what_needs_a_rebuild_is_refused_by_both(data: st.DataObject) -> None:
    """By the plan, whatever was consented to; and by the service, as a second opinion."""
    with bench() as b:
        b.declare(data.draw(stacks()))
        b.apply()
        address = data.draw(st.sampled_from([a for a in b.stack if a.startswith("Index/")]))
        document = b.stack[address]
        spec = _broken(data.draw, document.spec)
        assume(spec is not None and spec != document.spec)
        b.declare(b.stack | {address: replace(document, spec=spec)})
        assert _refused(b) == {"rebuild": {address}}
        assert _refused(b, Choice(consents=frozenset({"all"}))) == {"rebuild": {address}}
        assert b.put(address, filled_in(spec, b.secrets)).status_code == 400


_UNUSED = {"tags", "place", "address", "rooms"}
"""Fields that nothing else in an index names."""


def _broken(draw: st.DrawFn, before: Body) -> Body | None:
    """An edit of an index that cannot be made in place; None when it has nothing to break."""
    spec = copy.deepcopy(before)
    fields = {field["name"]: field for field in spec["fields"]}
    algorithm = next(iter(spec.get("vectorSearch", {}).get("algorithms", ())), None)
    match draw(st.integers(0, 7)):
        case 0 if fields.keys() & _UNUSED:
            gone = draw(st.sampled_from(sorted(fields.keys() & _UNUSED)))
            spec["fields"].remove(fields[gone])
        case 1:
            fields["title"]["analyzer"] = "fr.lucene"
        case 2:
            fields["parent"]["facetable"] = False
        case 3 if "vector" in fields:
            fields["vector"]["dimensions"] += 1
        case 4 if spec.get("suggesters"):
            del spec["suggesters"]
        case 5 if algorithm is not None:
            kind = "hnsw" if algorithm["kind"] == "exhaustiveKnn" else "exhaustiveKnn"
            spec["vectorSearch"]["algorithms"][0] = {"name": algorithm["name"], "kind": kind}
        case 6 if spec.get("analyzers"):
            spec["analyzers"][0]["tokenizer"] = "keyword_v2"
        case 7 if "rating" in fields:
            fields["rating"]["type"] = "Edm.Int64"
        case _:
            return None
    return spec


@tried(20)
@given(data=st.data())
def test_documents_are_not_lost_without_consent(data: st.DataObject) -> None:
    with bench() as b:
        b.declare(data.draw(stacks()))
        b.apply()
        stack = dict(b.stack)
        remove(data.draw, stack)
        gone = {a for a, d in b.stack.items() if a not in stack and not d.stays}
        lost = {address for address in gone if address.startswith("Index/")}
        b.declare(stack)
        refused = _refused(b)
        assert refused.pop("documents-lost", set()) == lost
        assert refused.keys() <= {"empty", "mass-change"}
        b.apply()
        assert not lost & b.live().keys()


@tried(15)
@given(data=st.data())
def test_what_is_protected_stays(data: st.DataObject) -> None:
    """Whatever was consented to, and also once its document is gone."""
    with bench() as b:
        stack = data.draw(stacks())
        address = data.draw(st.sampled_from(sorted(stack)))
        metadata = {"lifecycle": {"protect": True}}
        b.declare(stack | {address: replace(stack[address], metadata=metadata)})
        b.apply()
        b.declare({a: d for a, d in stack.items() if a not in dependents(stack, address)})
        everything = Choice(consents=frozenset({"all"}))
        assert _refused(b, everything) == {"protect": {address}}


@tried(15)
@given(stack=stacks(), data=st.data())
def test_what_is_not_ours_is_not_changed(stack: Stack, data: st.DataObject) -> None:
    with bench() as b:
        b.create(stack)
        described = [a for a in stack if not a.startswith(("Alias/", "SynonymMap/"))]
        address = data.draw(st.sampled_from(described))
        spec = stack[address].spec | {"description": "Ours."}
        b.declare(stack | {address: replace(stack[address], spec=spec)})
        assert _refused(b) == {"take-over": {address}}
        applied = b.apply(Choice(consents=frozenset({address})))
        assert {call.address for call in applied.writes} == {address}
        checks.rest(b)


def _refused(b: Bench, choice: Choice = Choice()) -> dict[str, set[str]]:  # noqa: B008
    found: dict[str, set[str]] = {}
    for refusal in b.plan(choice).blocked:
        found.setdefault(refusal.code, set()).update(map(str, refusal.ids))
    return found
