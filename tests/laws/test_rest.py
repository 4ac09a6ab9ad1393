"""First law: a plan of what is live is empty."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from reconciler.model.plan import Action
from reconciler.providers import SEARCH
from reconciler.providers import kind as kind_of
from tests.laws import checks
from tests.laws.bench import bench, tried
from tests.laws.parts import respelled
from tests.laws.stacks import KINDS, Document, Stack, stacks
from tests.world import COLLECTIONS

SHOWN = st.sampled_from(("redacted", "clear"))


@pytest.mark.parametrize("kind", SEARCH.kinds)
def test_every_kind_has_a_generator(kind: str) -> None:
    assert kind in KINDS, f"write a generator for {kind} in stacks.py"
    assert COLLECTIONS[kind] == kind_of(kind).type_on_service


@tried(30)
@given(stack=stacks(), shown=SHOWN)
def test_what_was_made_by_hand_is_adopted(stack: Stack, shown: str) -> None:
    with bench(keys_on_read=shown) as b:
        b.create(stack)
        b.declare(stack)
        checks.rest(b)
        applied = b.apply()
        assert not applied.writes
        assert {change.action for change in applied.plan.changes} == {Action.ADOPT}
        assert {str(change.id) for change in applied.plan.changes} == set(stack)
        checks.rest(b)
        assert not b.plan().changes


@tried(30)
@given(stack=stacks(), shown=SHOWN)
def test_what_was_applied_needs_no_ledger(stack: Stack, shown: str) -> None:
    with bench(keys_on_read=shown) as b:
        b.declare(stack)
        b.apply()
        checks.rest(b)
        b.forget()
        checks.rest(b)
        b.apply()
        checks.rest(b)


@tried(30)
@given(data=st.data())
def test_another_spelling_is_no_change(data: st.DataObject) -> None:
    """A default that is written out, null or left out; properties in another order."""
    with bench() as b:
        stack = data.draw(stacks())
        b.declare(stack)
        b.apply()
        spelled = {a: replace(d, spec=respelled(data.draw, d.spec)) for a, d in stack.items()}
        assume(spelled != stack)
        b.declare(spelled)
        checks.rest(b)
        assert not b.plan().changes


@tried(15)
@given(stack=stacks(), shown=SHOWN, word=st.sampled_from((None, "<unchanged>")))
def test_kept_secrets_are_no_change(stack: Stack, shown: str, word: str | None) -> None:
    with bench(keys_on_read=shown) as b:
        b.declare(stack)
        b.apply()
        stored = b.stored_secrets()
        b.declare({a: replace(d, spec=_kept(d.spec, word)) for a, d in stack.items()})
        checks.rest(b)
        b.apply()
        checks.rest(b)
        assert b.stored_secrets() == stored


def _kept(value: Any, word: str | None, key: str = "") -> Any:
    """A spec in which what the service holds is to be kept, wherever a secret of its own stands."""
    if isinstance(value, Mapping):
        return {name: _kept(inner, word, name) for name, inner in value.items()}
    if isinstance(value, list):
        return [_kept(inner, word) for inner in value]
    secret = isinstance(value, str) and "${secret." in value
    return word if secret and key != "uri" else value


def test_a_field_of_many_values_is_not_sortable() -> None:
    room = {"name": "kind", "type": "Edm.String"}
    rooms = {"name": "rooms", "type": "Collection(Edm.ComplexType)", "fields": [room]}
    key = {"name": "id", "type": "Edm.String", "key": True}
    document = Document("Index", "hotels", {"fields": [key, rooms]})
    with bench() as b:
        b.create({document.id: document})
        b.declare({document.id: document})
        checks.rest(b)
