"""What differs between two normal forms, and what that does to a running service."""

from __future__ import annotations

from typing import Any

import pytest

from reconciler.model import pointer
from reconciler.model.effect import Effect
from reconciler.planning.diff import Difference, differences
from reconciler.planning.effects import as_edit, is_lasting_element, way
from reconciler.providers import kind
from tests.planning.stated import Body

SPLIT, OCR = (
    {"@odata.type": f"#Microsoft.Skills.{name}Skill"} for name in ("Text.Split", "Vision.Ocr")
)
FOUND: dict[str, tuple[str, Body, Body, list[tuple[str, Any, Any]]]] = {
    "nothing": ("Index", {"a": 1}, {"a": 1}, []),
    "nothing, in another order": ("Index", {"a": 1, "b": 2}, {"b": 2, "a": 1}, []),
    "a value": ("Index", {"description": "a"}, {"description": "b"}, [("/description", "a", "b")]),
    "a value more": ("Index", {}, {"description": "b"}, [("/description", None, "b")]),
    "a value fewer": ("Index", {"description": "a"}, {}, [("/description", "a", None)]),
    "a whole number and a decimal of one value": ("Index", {"x": 1}, {"x": 1.0}, []),
    "some, sorted by path": (
        "Index",
        {"z": 1, "a": {"y": 1, "b": 1}},
        {"z": 2, "a": {"y": 2, "b": 2}},
        [("/a/b", 1, 2), ("/a/y", 1, 2), ("/z", 1, 2)],
    ),
    "an element more": (
        "Index",
        {"fields": {"a": {"key": True}}},
        {"fields": {"a": {"key": True}, "b": {"key": False}}},
        [("/fields/b", None, {"key": False})],
    ),
    "all elements others": (
        "Index",
        {"fields": {"a": {"key": True}}},
        {"fields": {"b": {"key": True}}},
        [("/fields/a", {"key": True}, None), ("/fields/b", None, {"key": True})],
    ),
    "a value in a list of one length": (
        "Index",
        {"x": [{"a": 1}, {"a": 2}]},
        {"x": [{"a": 1}, {"a": 3}]},
        [("/x/1/a", 2, 3)],
    ),
    "a list of another length, as a whole": (
        "Index",
        {"x": [{"a": 1}, {"a": 2}]},
        {"x": [{"a": 3}]},
        [("/x", [{"a": 1}, {"a": 2}], [{"a": 3}])],
    ),
    "an object of another type, as a whole": (
        "Skillset",
        {"skills": {"s": {**SPLIT, "context": "a"}}},
        {"skills": {"s": {**OCR, "context": "b"}}},
        [("/skills/s", {**SPLIT, "context": "a"}, {**OCR, "context": "b"})],
    ),
    "an object of one type, by its values": (
        "Skillset",
        {"skills": {"s": {**OCR, "context": "a"}}},
        {"skills": {"s": {**OCR, "context": "b"}}},
        [("/skills/s/context", "a", "b")],
    ),
    "what is called like the tag elsewhere": (
        "Skillset",
        {"@odata.type": "a"},
        {"@odata.type": "b"},
        [("/@odata.type", "a", "b")],
    ),
}


@pytest.mark.parametrize(("name", "before", "after", "found"), FOUND.values(), ids=FOUND)
def test_differences(
    name: str, before: Body, after: Body, found: list[tuple[str, Any, Any]]
) -> None:
    told = differences(kind(name).shape, before, after)
    assert [(pointer.render(one.path), one.before, one.after) for one in told] == found


FIELD = {"fields": {"a": {"key": True}}}
EFFECTS: dict[str, tuple[str, str, Any, Any, Effect]] = {
    "no mark": ("Index", "/description", "a", "b", Effect.IN_PLACE),
    "not in the schema": ("Index", "/unheard/of", 1, 2, Effect.IN_PLACE),
    "the mark of the property": ("DataSource", "/type", "a", "b", Effect.RECREATE),
    "the mark of what holds it": ("DataSource", "/container/query", "a", "b", Effect.REPROCESS),
    "a mark within a mark": ("Indexer", "/parameters/batchSize", 1, 2, Effect.IN_PLACE),
    "the deeper of two marks": (
        "Indexer",
        "/parameters/configuration/queryTimeout",
        "a",
        "b",
        Effect.IN_PLACE,
    ),
    "the outer of two marks": (
        "Indexer",
        "/parameters/configuration/parsingMode",
        "a",
        "b",
        Effect.REPROCESS,
    ),
    "a rule": ("Index", "/fields/a/key", True, False, Effect.REBUILD),
    "a rule, of what is new": ("Index", "/fields/b", None, {"key": True}, Effect.IN_PLACE),
    "a rule, of what goes": ("Index", "/fields/a", {"key": True}, None, Effect.REBUILD),
}


def form(path: str, value: Any) -> Body:
    """A form with a value at a path, if there is one."""
    here = value
    for part in reversed(pointer.parse(path)):
        here = {} if here is None else {part: here}
    return dict(here)


@pytest.mark.parametrize(("name", "path", "old", "new", "effect"), EFFECTS.values(), ids=EFFECTS)
def test_effects(name: str, path: str, old: Any, new: Any, effect: Effect) -> None:
    change = Difference(pointer.parse(path), old, new)
    edit = as_edit(kind(name).shape, change, form(path, old), form(path, new))
    assert (edit.path, edit.before, edit.after, edit.effect) == (*change, effect)
    assert not edit.sensitive


def test_an_effect_with_a_note_of_its_own() -> None:
    change = Difference(("targetIndexName",), "a", "b")
    before, after = {"targetIndexName": "a"}, {"targetIndexName": "b"}
    edit = as_edit(kind("Indexer").shape, change, before, after)
    assert edit.note == "the new index gets only what changes from now on"


@pytest.mark.parametrize(
    ("before", "after"), [(FIELD, {}), ({}, FIELD), (FIELD, FIELD)], ids=["before", "after", "both"]
)
def test_the_way_is_on_the_side_where_it_exists(before: Body, after: Body) -> None:
    sides = (form.get("fields", {}).get("a") for form in (before, after))
    passed = way(kind("Index").shape, Difference(("fields", "a"), *sides), before, after)
    assert [(segment.known.name, segment.depth) for segment in passed] == [("fields", 0)]


SUB = {"fields": {"a": {"type": "Edm.ComplexType", "fields": {"b": {"type": "Edm.String"}}}}}
ANY = {"name": "v"}
LASTING: dict[str, tuple[str, str, Body, Body, bool]] = {
    "a field that goes": ("Index", "/fields/a", FIELD, {"fields": {}}, True),
    "a field within a field": (
        "Index",
        "/fields/a/fields/b",
        SUB,
        {"fields": {"a": {"type": "Edm.ComplexType"}}},
        True,
    ),
    "a field that comes": ("Index", "/fields/a", {"fields": {}}, FIELD, False),
    "a field that is not there": ("Index", "/fields/b", FIELD, FIELD, False),
    "a value of a field": ("Index", "/fields/a/key", FIELD, {"fields": {"a": {}}}, False),
    "all fields": ("Index", "/fields", FIELD, {}, False),
    "an element that can be removed": (
        "Index",
        "/suggesters/v",
        {"suggesters": {"v": ANY}},
        {},
        False,
    ),
    "a property": ("Index", "/description", {"description": "a"}, {}, False),
    "what is not in the schema": ("Index", "/unheard", {"unheard": "a"}, {}, False),
}


@pytest.mark.parametrize(
    ("name", "path", "before", "after", "lasting"), LASTING.values(), ids=LASTING
)
def test_lasting_elements(name: str, path: str, before: Body, after: Body, lasting: bool) -> None:
    at = pointer.parse(path)
    values: list[Any] = [before, after]
    for part in at:
        values = [value.get(part) if isinstance(value, dict) else None for value in values]
    change = Difference(at, *values)
    assert is_lasting_element(kind(name).shape, change, before, after) is lasting
