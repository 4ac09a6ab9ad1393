"""Plan and drift speak of the same differences: of whatever somebody edits, or of nothing.

Every property that a kind has anywhere in its example is edited by hand, one at a time: set,
changed and removed.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from reconciler.model import pointer
from reconciler.model.plan import Plan
from reconciler.planning import make_plan
from reconciler.planning.drift import drifted
from reconciler.providers import SEARCH, kind
from reconciler.schema.body import Property, Shape
from reconciler.schema.walk import elements
from tests.planning.stated import Body, live, resource, situation

EXAMPLES = Path(__file__).parents[2] / "docs/kinds/examples"
Holder = tuple[tuple[str | int, ...], Property]


def example(name: str) -> Body:
    """What the example of a kind declares, without its expressions."""
    documents = YAML(typ="safe").load_all((EXAMPLES / f"{name}.yaml").read_text())
    body = next(d["spec"] for d in documents if d.get("kind") == name)
    return _plain(body)


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items() if "${secret" not in str(inner)}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    return value


def places(shape: Shape, body: Any, path: tuple[str | int, ...] = ()) -> Iterator[Holder]:
    """Every property of every object of a body, there or not, with the way to it."""
    for name, known in shape.properties.items():
        yield (*path, name), known
        if not known.holds_objects:
            continue
        for _, index, element in elements(known, body.get(name)):
            inner = known.shape(element) if isinstance(element, dict) else None
            if inner is not None:
                here = (*path, name) if index is None else (*path, name, index)
                yield from places(inner, element, here)


def edited(body: Body, path: tuple[str | int, ...], known: Property) -> Iterator[Body]:
    """The body as somebody leaves it: with another value there, and with none."""
    for value in (_other(known), None):
        changed = copy.deepcopy(body)
        holder: Any = changed
        for part in path[:-1]:
            holder = holder[part]
        if holder.get(path[-1]) != value:
            holder[path[-1]] = value
            yield changed


def _other(known: Property) -> Any:
    if known.holds_objects:
        inner = known.shape({})
        element: Body = {}
        if inner is not None:
            plain = [
                p for p in inner.properties.values() if not p.holds_objects and p.owned is None
            ]
            element = {plain[0].name: "by hand"} if plain else {}
        return [element] if known.many else element
    return ["by hand"] if known.many or known.unordered is not None else "by hand"


CASES = [
    pytest.param(name, path, known, id=f"{name}{pointer.render(path)}")
    for name in SEARCH.kinds
    for path, known in places(kind(name).shape, example(name))
    if known.name not in ("name", "@odata.etag", "@odata.type")
]


@pytest.mark.parametrize(("name", "path", "known"), CASES)
def test_both_show_an_edit_by_hand_or_neither(
    name: str, path: tuple[str | int, ...], known: Property
) -> None:
    address, body = f"{name}/x", example(name)
    declared = resource(address, body)
    adopted = make_plan(situation([declared], [live(address, body)])).records[declared.id]
    assert adopted is not None
    for by_hand in edited(body, path, known):
        now = live(address, by_hand)
        plan = make_plan(situation([declared], [now], [adopted]))
        found = drifted([adopted], {declared.id: now}, str.upper)
        assert shows(plan) == bool(found), (by_hand, plan.changes, found)


@pytest.mark.parametrize(("name", "path", "known"), CASES)
def test_neither_shows_what_is_ignored(
    name: str, path: tuple[str | int, ...], known: Property
) -> None:
    top = str(path[0])
    address, body = f"{name}/x", example(name)
    declared = resource(address, body, ignore=f"/{top}")
    adopted = make_plan(situation([declared], [live(address, body)])).records[declared.id]
    assert adopted is not None
    for by_hand in edited(body, path, known):
        now = live(address, by_hand)
        plan = make_plan(situation([declared], [now], [adopted]))
        assert not shows(plan)
        assert not drifted([adopted], {declared.id: now}, str.upper)


def shows(plan: Plan) -> bool:
    """Whether a plan says anything of an edit: as a change, or as a note on what it leaves."""
    return any(change.edits or change.notes for change in plan.changes)


def test_what_the_manifest_leaves_to_the_service_is_in_neither() -> None:
    skill = {"@odata.type": "#Microsoft.Skills.Text.SplitSkill", "inputs": [], "outputs": []}
    was, now = ({"skills": [{**skill, "maximumPageLength": n}]} for n in (800, 5000))
    declared = resource("Skillset/x", {"skills": [skill]})
    adopted = make_plan(situation([declared], [live("Skillset/x", was)])).records[declared.id]
    assert adopted is not None
    after = live("Skillset/x", now)
    assert not make_plan(situation([declared], [after], [adopted])).changes
    assert not drifted([adopted], {declared.id: after}, str.upper)


def test_an_object_that_was_not_read_since_it_was_written_drifts_all_the_same() -> None:
    """A skillset's write does not return what its reads show, so that nothing was recorded."""
    body = example("Skillset")
    declared = resource("Skillset/x", body)
    [step] = make_plan(situation([declared], [])).steps
    assert step.entry is not None
    same, other = live("Skillset/x", body), live("Skillset/x", body | {"description": "by hand"})
    assert not drifted([step.entry], {declared.id: same}, str.upper)
    [drift] = drifted([step.entry], {declared.id: other}, str.upper)
    assert [pointer.render(edit.path) for edit in drift.edits] == ["/description"]
