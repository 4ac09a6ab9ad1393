"""Every property of a body beside its shape: its path by keys, its position, its value."""

from __future__ import annotations

from typing import Any

import pytest

from reconciler.model import pointer
from reconciler.schema.walk import elements, walk
from tests.schema.small import SHAPE

Body = dict[str, Any]
Spots = list[tuple[str, tuple[str | int, ...], Any]]

INNER = {"name": "b", "size": 2}
OUTER = {"name": "a", "parts": [INNER]}
WALKED: dict[str, tuple[Body, Spots]] = {
    "nothing": ({}, []),
    "values, in their order": (
        {"size": 1, "note": None},
        [("/size", ("size",), 1), ("/note", ("note",), None)],
    ),
    "not what the shape does not know": ({"unheard": {"note": "a"}}, []),
    "nor what lies in an object of free keys": (
        {"bag": {"note": "a"}},
        [("/bag", ("bag",), {"note": "a"})],
    ),
    "an object, and then what it holds": (
        {"leaf": {"text": "a", "unheard": 1}, "size": 1},
        [
            ("/leaf", ("leaf",), {"text": "a", "unheard": 1}),
            ("/leaf/text", ("leaf", "text"), "a"),
            ("/size", ("size",), 1),
        ],
    ),
    "elements by their names, at any depth": (
        {"parts": [OUTER]},
        [
            ("/parts", ("parts",), [OUTER]),
            ("/parts/a/name", ("parts", 0, "name"), "a"),
            ("/parts/a/parts", ("parts", 0, "parts"), [INNER]),
            ("/parts/a/parts/b/name", ("parts", 0, "parts", 0, "name"), "b"),
            ("/parts/a/parts/b/size", ("parts", 0, "parts", 0, "size"), 2),
        ],
    ),
    "an element without its name, by its position": (
        {"parts": [{"size": 1}]},
        [("/parts", ("parts",), [{"size": 1}]), ("/parts/0/size", ("parts", 0, "size"), 1)],
    ),
    "an element without a name in a list that counts": (
        {"steps": [{"text": ""}]},
        [("/steps", ("steps",), [{"text": ""}]), ("/steps/#1/text", ("steps", 0, "text"), "")],
    ),
    "elements without keys, by their positions": (
        {"rows": [{"name": "a"}, {"name": "b"}]},
        [
            ("/rows", ("rows",), [{"name": "a"}, {"name": "b"}]),
            ("/rows/0/name", ("rows", 0, "name"), "a"),
            ("/rows/1/name", ("rows", 1, "name"), "b"),
        ],
    ),
    "an object by its tag": (
        {"form": {"kind": "disc", "radius": 1, "side": 2}},
        [
            ("/form", ("form",), {"kind": "disc", "radius": 1, "side": 2}),
            ("/form/kind", ("form", "kind"), "disc"),
            ("/form/radius", ("form", "radius"), 1),
        ],
    ),
    "not what has no known tag": ({"form": {"kind": "a"}}, [("/form", ("form",), {"kind": "a"})]),
    "what is no object where one belongs": (
        {"leaf": "a", "part": [{"name": "a"}], "parts": {"name": "a"}, "rows": ["a", None]},
        [
            ("/leaf", ("leaf",), "a"),
            ("/part", ("part",), [{"name": "a"}]),
            ("/parts", ("parts",), {"name": "a"}),
            ("/rows", ("rows",), ["a", None]),
        ],
    ),
}


@pytest.mark.parametrize(("body", "spots"), WALKED.values(), ids=WALKED)
def test_every_property(body: Body, spots: Spots) -> None:
    found = list(walk(SHAPE, body))
    assert [(pointer.render(spot.path), spot.position, spot.value) for spot in found] == spots
    assert all(spot.holder[spot.property.name] is spot.value for spot in found)


FULL = {
    "note": "n",
    "reader": "x",
    "password": "p",
    "made": "m",
    "leaf": {"text": "a"},
    "parts": [{"name": "a", "reader": "y", "password": "q"}],
    "form": {"kind": "disc", "reader": "z"},
}
LEADING: dict[str, list[str]] = {
    "ref": ["/reader", "/parts", "/parts/a/reader", "/form", "/form/reader"],
    "secret": ["/password", "/parts", "/parts/a/password", "/form"],
    "owned": ["/made", "/form"],
}


@pytest.mark.parametrize(("mark", "paths"), LEADING.items(), ids=LEADING)
def test_what_bears_a_mark_or_leads_to_one(mark: str, paths: list[str]) -> None:
    found = [pointer.render(spot.path) for spot in walk(SHAPE, FULL, leading_to=mark)]
    assert found == paths


ELEMENTS: dict[str, tuple[str, Any, list[tuple[str | None, int | None, Any]]]] = {
    "one object": ("leaf", {"text": "a"}, [(None, None, {"text": "a"})]),
    "a list by name": ("parts", [{"name": "a"}], [("a", 0, {"name": "a"})]),
    "a list by position": ("rows", [{"name": "a"}], [("0", 0, {"name": "a"})]),
    "a list that counts": ("steps", [{}, {"text": "b"}], [("#1", 0, {}), ("b", 1, {"text": "b"})]),
    "what is no list where one belongs": ("parts", {"name": "a"}, []),
}


@pytest.mark.parametrize(("name", "value", "found"), ELEMENTS.values(), ids=ELEMENTS)
def test_elements(name: str, value: Any, found: list[tuple[str | None, int | None, Any]]) -> None:
    assert list(elements(SHAPE.properties[name], value)) == found
