"""Corrections in a text, written as the text around them is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from reconciler.manifest.correct import corrected
from reconciler.model.problem import Correction, Where, respelled

FILE = Path("a.yaml")
Place = tuple[str | int, ...]
WRITTEN: dict[str, tuple[str, Place, str | int | None, str | int, str]] = {
    # a text, a place in it, what is seen there, what is meant, and the text then
    "plain": ("a: x # why\n", ("a",), "x", "y", "a: y # why\n"),
    "in single quotes": ("a: 'x'\n", ("a",), "x", "it's", "a: 'it''s'\n"),
    "in double quotes": ('a: "x"\n', ("a",), "x", "y", 'a: "y"\n'),
    "what needs quotes": ("a: x\n", ("a",), "x", "a: b", 'a: "a: b"\n'),
    "a path": ("a: /b/*\n", ("a",), "/b/*", "/c/*", "a: /c/*\n"),
    "a number": ("{a: 3}\n", ("a",), 3, 4, "{a: 4}\n"),
    "in a list": ("a:\n  - x\n  - y\n", ("a", 1), "y", "z", "a:\n  - x\n  - z\n"),
    "after what is not ASCII": ("{ä: é, a: x}\n", ("a",), "x", "y", "{ä: é, a: y}\n"),
    "JSON": ('{"a": {"b": "x"}}', ("a", "b"), "x", "y", '{"a": {"b": "y"}}'),
    "a new property": ("a: 1\n# end\n", ("b",), None, "y", "a: 1\nb: y\n# end\n"),
    "one more in brackets": ("{a: 1 }\n", ("b",), None, 2, "{a: 1, b: 2 }\n"),
    "one more in JSON": ('{"a": 1}', ("b",), None, "y", '{"a": 1, "b": "y"}'),
    "one more in an element": (
        "- c: 1\n  d:\n    - 2\n- e: 3\n",
        (0, "b"),
        None,
        4,
        "- c: 1\n  d:\n    - 2\n  b: 4\n- e: 3\n",
    ),
    "one more beside a quoted one": ('"@x": 1\nc: 2\n', ("b",), None, 3, '"@x": 1\nc: 2\nb: 3\n'),
    "without a last line end": ("a: 1", ("b",), None, 2, "a: 1\nb: 2\n"),
}
LEFT: dict[str, tuple[str, Place, str | int | None, str | int]] = {
    "another value": ("a: ${var.x}\n", ("a",), "x", "y"),
    "an alias": ("c: &c x\na: *c\n", ("a",), "x", "y"),
    "what an alias is for": ("c: &c {b: x}\na: *c\n", ("a", "b"), "x", "y"),
    "what is merged in": ("c: &c {b: x}\na: {<<: *c, d: 1}\n", ("a", "b"), "x", "y"),
    "a text in a block": ("a: |-\n  x\n", ("a",), "x", "null"),
    "a place that is not there": ("a: x\n", ("b", 0), "x", "y"),
    "a property that is there": ("a: x\n", ("a",), None, "y"),
    "a property of no mapping": ("a: x\n", ("a", "b"), None, "y"),
    "a property of an empty mapping": ("a: {}\n", ("a", "b"), None, "y"),
    "what reads as something else": ("a: x\n", ("a",), "x", "null"),
}


@pytest.mark.parametrize(("text", "path", "old", "new", "after"), WRITTEN.values(), ids=WRITTEN)
def test_it_is_written_as_what_stands_around_it(
    text: str, path: Place, old: str | int | None, new: str | int, after: str
) -> None:
    correction = Correction(Where(FILE, 0, path), old, new)
    assert corrected(FILE, text, [correction]) == (after, (correction,), ())


@pytest.mark.parametrize(("text", "path", "old", "new"), LEFT.values(), ids=LEFT)
def test_what_stands_there_otherwise_is_left(
    text: str, path: Place, old: str | int | None, new: str | int
) -> None:
    correction = Correction(Where(FILE, 0, path), old, new)
    assert corrected(FILE, text, [correction]) == (text, (), (correction,))


def test_a_key() -> None:
    place = Where(FILE, 1, ("a", "x"), of_key=True)
    text = "b: 1\n---\na: {w: 0, x: x} # x\n"
    correction = Correction(place, "x", "y")
    assert corrected(FILE, text, [correction]).text == "b: 1\n---\na: {w: 0, y: x} # x\n"
    assert corrected(FILE, text, [Correction(place, "x", "w")]).text == text


def test_several_and_two_that_do_not_agree() -> None:
    one, other = (Correction(Where(FILE, 0, ("a",)), "x", new) for new in ("longer", "y"))
    more = Correction(Where(FILE, 0, ("b",)), "x", "z")
    assert corrected(FILE, "{a: x, b: x}\n", [one, more, one]).text == "{a: longer, b: z}\n"
    assert corrected(FILE, "{a: x, b: x}\n", [one, other, more]) == (
        "{a: x, b: z}\n",
        (more,),
        (one, other),
    )


MEANT = {
    "title": ("titel", ["id", "title"]),
    "Title": ("title", ["Title", "titles"]),
    "id": ("ID", ["id", "IDs"]),
    "/document": ("/documents", ["/document"]),
}
UNSURE = {
    "too far": ("articles", ["docs"]),
    "two near ones": ("doc", ["docs", "dock"]),
    "two that differ by case": ("id", ["ID", "Id"]),
    "another number": ("docs-v1", ["docs-v2"]),
    "a number more": ("docs", ["docs2"]),
    "none": ("docs", []),
}


@pytest.mark.parametrize(("meant", "given"), MEANT.items(), ids=MEANT)
def test_a_name_that_was_surely_meant(meant: str, given: tuple[str, list[str]]) -> None:
    where = Where(FILE)
    assert respelled(where, *given) == Correction(where, given[0], meant)


@pytest.mark.parametrize("given", UNSURE.values(), ids=UNSURE)
def test_a_name_of_which_nobody_is_sure(given: tuple[str, list[str]]) -> None:
    assert respelled(Where(FILE), *given) is None
