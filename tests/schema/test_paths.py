"""Where a path leads in a plain body, in which the elements of lists go by their keys."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from reconciler.model.json import Position
from reconciler.model.pointer import parse, render
from reconciler.schema.body import Shape
from reconciler.schema.paths import get_in, locate, path_of, properties_on, replaced, value_at
from tests.schema.small import SHAPE

Body = dict[str, Any]

BODY: Body = {
    "note": "n",
    "unheard": {"of": ["x", "y"]},
    "leaf": {"text": "t"},
    "words": ["w"],
    "parts": [
        {"name": "a", "size": 1},
        {"name": "b", "parts": [{"name": "c", "size": 3}]},
        {"size": 4},
    ],
    "steps": [{}, {"text": "s"}],
    "rows": [{"name": "r"}],
    "form": {"kind": "disc", "radius": 6},
}
FOUND: dict[str, tuple[str, Any, str | int | None, str | None]] = {
    # path: what stands there, its key in what holds it, the property that it belongs to
    "a value": ("/note", "n", "note", "note"),
    "a value that is not there": ("/size", None, "size", "size"),
    "a value that is not known": ("/unheard", {"of": ["x", "y"]}, "unheard", None),
    "beneath what is not known": ("/unheard/of", ["x", "y"], "of", None),
    "an element of what is not known": ("/unheard/of/1", "y", 1, None),
    "in an object": ("/leaf/text", "t", "text", "text"),
    "an element by name": ("/parts/b", BODY["parts"][1], 1, "parts"),
    "in an element in an element": ("/parts/b/parts/c/size", 3, "size", "size"),
    "an element that is not there": ("/parts/z", None, None, "parts"),
    "an element by a number that is no name": ("/parts/0", None, None, "parts"),
    "an element by its number": ("/steps/#1", {}, 0, "steps"),
    "one beside it by its name": ("/steps/s", {"text": "s"}, 1, "steps"),
    "an element without keys": ("/rows/0/name", "r", "name", "name"),
    "beyond the last element": ("/rows/1", None, None, "rows"),
    "a scalar in a list": ("/words/0", "w", 0, "words"),
    "in a member of a family": ("/form/radius", 6, "radius", "radius"),
}


@pytest.mark.parametrize(("path", "value", "key", "name"), FOUND.values(), ids=FOUND)
def test_a_place(path: str, value: Any, key: str | int | None, name: str | None) -> None:
    body = copy.deepcopy(BODY)
    place = locate(SHAPE, body, parse(path))
    assert place is not None
    assert (place.value, place.key) == (value, key)
    assert (place.known.name if place.known is not None else None) == name
    assert value_at(SHAPE, body, parse(path)) == value
    assert body == BODY


NOWHERE = ["", "/note/a", "/size/a", "/parts/z/size", "/rows/7/name", "/leaf/text/a"]


@pytest.mark.parametrize("path", NOWHERE)
def test_no_place(path: str) -> None:
    assert locate(SHAPE, BODY, parse(path)) is None
    assert value_at(SHAPE, BODY, parse(path)) is None


POSITIONS: dict[str, tuple[Position, str]] = {
    "of a value": (("note",), "/note"),
    "of an element with a name": (("parts", 1, "size"), "/parts/b/size"),
    "in an element in an element": (("parts", 1, "parts", 0, "size"), "/parts/b/parts/c/size"),
    "of an element that lacks its name": (("parts", 2, "size"), "/parts/2/size"),
    "of an element that may lack its name": (("steps", 0), "/steps/#1"),
    "of an element without keys": (("rows", 0, "name"), "/rows/0/name"),
    "of a scalar": (("words", 0), "/words/0"),
    "of what is not known": (("unheard", "of", 1), "/unheard/of/1"),
    "of what is not there": (("parts", 7, "size"), "/parts/7/size"),
    "beneath a value": (("note", 0, "size"), "/note/0/size"),
}


@pytest.mark.parametrize(("position", "path"), POSITIONS.values(), ids=POSITIONS)
def test_the_path_of_a_position(position: Position, path: str) -> None:
    assert render(path_of(SHAPE, BODY, position)) == path


def test_without_a_shape_elements_go_by_their_numbers() -> None:
    assert value_at(None, BODY, ("parts", "1", "name")) == "b"
    assert value_at(None, BODY, ("parts", "b", "name")) is None


CREATED: dict[str, tuple[Body, str, Body, bool]] = {
    "an object": ({}, "/leaf/text", {"leaf": {}}, True),
    "an object that is null": ({"leaf": None}, "/leaf/text", {"leaf": {}}, True),
    "one that is there stays": (
        {"leaf": {"text": "a"}},
        "/leaf/text",
        {"leaf": {"text": "a"}},
        True,
    ),
    "a list, not its element": ({}, "/parts/a", {"parts": []}, True),
    "no way through an element that is not there": ({}, "/parts/a/size", {"parts": []}, False),
    "what is not known, as objects": ({}, "/x/y/z", {"x": {"y": {}}}, True),
}


@pytest.mark.parametrize(("body", "path", "made", "there"), CREATED.values(), ids=CREATED)
def test_what_is_missing_on_the_way_is_made(body: Body, path: str, made: Body, there: bool) -> None:
    body = copy.deepcopy(body)
    assert (locate(SHAPE, body, parse(path), create=True) is not None) is there
    assert body == made


FORM: Body = {
    "note": "n",
    "part": {"name": "p", "size": 1},
    "parts": {"b": {"name": "b", "parts": {"c": {"size": 3}}}},
    "rows": [{"name": "r"}],
    "form": {"kind": "disc", "radius": 6},
    "bag": {"a": {"size": 1}},
    "unheard": {"size": 1},
}
UNHEARD = {"kind": "unheard", "of": {"kind": "disc", "radius": 6}}
PASSED: dict[str, tuple[str, list[tuple[str, int]]]] = {
    "a value": ("/note", [("note", 0)]),
    "in an object": ("/part/size", [("part", 0), ("size", 1)]),
    "an element": ("/parts/b", [("parts", 0)]),
    "in an element in an element": (
        "/parts/b/parts/c/size",
        [("parts", 0), ("parts", 2), ("size", 4)],
    ),
    "in an element without a key": ("/rows/0/name", [("rows", 0), ("name", 2)]),
    "in a member of a family": ("/form/radius", [("form", 0), ("radius", 1)]),
    "what another member has": ("/form/side", [("form", 0)]),
    "in an object of free keys": ("/bag/a/size", [("bag", 0)]),
    "what is not known": ("/unheard/size", []),
    "what is not known in an object": ("/part/unheard/size", [("part", 0)]),
}


@pytest.mark.parametrize(("path", "passed"), PASSED.values(), ids=PASSED)
def test_the_properties_that_a_path_passes(path: str, passed: list[tuple[str, int]]) -> None:
    found = properties_on(SHAPE, FORM, parse(path))
    assert [(segment.known.name, segment.depth) for segment in found] == passed


@pytest.mark.parametrize(
    ("name", "within"), [("form", UNHEARD), ("forms", [UNHEARD])], ids=["one", "of a list"]
)
def test_nothing_is_known_of_what_an_unknown_member_holds(name: str, within: Any) -> None:
    element = ("0",) if isinstance(within, list) else ()
    path = (name, *element, "of", "radius")
    assert get_in({name: within}, path) == 6
    found = properties_on(SHAPE, {name: within}, path)
    assert [segment.known.name for segment in found] == [name]


IN_FORM: dict[str, tuple[str, Any]] = {
    "the whole": ("", FORM),
    "a value": ("/part/size", 1),
    "an element by its key": ("/parts/b/parts/c/size", 3),
    "an element by its number": ("/rows/0/name", "r"),
    "beyond the last": ("/rows/1", None),
    "no number": ("/rows/r", None),
    "beneath a value": ("/note/n", None),
}


@pytest.mark.parametrize(("path", "value"), IN_FORM.values(), ids=IN_FORM)
def test_what_stands_in_a_form(path: str, value: Any) -> None:
    assert get_in(FORM, parse(path)) == value


REPLACED: dict[str, tuple[Shape | None, dict[str, Any], Body]] = {
    "nothing": (SHAPE, {}, {}),
    "a value": (SHAPE, {"/note": "m"}, {"note": "m"}),
    "two in one object": (
        SHAPE,
        {"/form/kind": "k", "/form/radius": 7},
        {"form": {"kind": "k", "radius": 7}},
    ),
    "an object": (SHAPE, {"/leaf": None}, {"leaf": None}),
    "in an element by its name": (
        SHAPE,
        {"/parts/b/parts/c/size": 5},
        {
            "parts": [
                BODY["parts"][0],
                {"name": "b", "parts": [{"name": "c", "size": 5}]},
                {"size": 4},
            ]
        },
    ),
    "in an element by its number": (SHAPE, {"/steps/#1": 5}, {"steps": [5, {"text": "s"}]}),
    "in an element without a key": (SHAPE, {"/rows/0/name": 5}, {"rows": [{"name": 5}]}),
    "beneath what is not known": (SHAPE, {"/unheard/of/0": 5}, {"unheard": {"of": [5, "y"]}}),
    "without a shape": (None, {"/rows/0/name": 5}, {"rows": [{"name": 5}]}),
    "what leads nowhere": (SHAPE, {"/size": 5, "/note/a": 5, "/parts/z": 5, "/rows/3": 5}, {}),
}


@pytest.mark.parametrize(("shape", "values", "changed"), REPLACED.values(), ids=REPLACED)
def test_other_values_at_some_paths(
    shape: Shape | None, values: dict[str, Any], changed: Body
) -> None:
    before = copy.deepcopy(BODY)
    at = {parse(path): value for path, value in values.items()}
    assert replaced(shape, BODY, at) == {**BODY, **changed}
    assert before == BODY


def test_what_is_not_on_the_way_is_shared() -> None:
    copied = replaced(SHAPE, BODY, {parse("/parts/a/size"): 2})
    assert copied["leaf"] is BODY["leaf"]
    assert copied["parts"][1] is BODY["parts"][1]
    assert copied["parts"][0] is not BODY["parts"][0]
