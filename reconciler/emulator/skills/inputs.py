"""What a skill's input, or a projection's mapping, reads from the tree."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reconciler.emulator.skills import expressions
from reconciler.emulator.skills.paths import Mark, Path, aligned, parse, show
from reconciler.emulator.skills.tree import NoValue, Tree

Body = dict[str, Any]


def read(tree: Tree, entry: Body, place: Path, problems: list[str]) -> Any:
    """The value of `{source}` or `{sourceContext, inputs}` seen from one place of the tree.

    Raises NoValue or BadExpression; `problems` gets what is missing inside the value.
    """
    if entry.get("sourceContext") or entry.get("inputs"):
        return _shaped(tree, entry, place, problems)
    source = str(entry.get("source") or "").strip()
    if not source.startswith("="):
        return tree.read(aligned(parse(source), place), problems)
    return expressions.parse(source[1:])(lambda path: _operand(tree, path, place, problems))


def value_of(tree: Tree, entry: Body, at: str = "/document") -> Any:
    """What a mapping of an index projection reads at a path with indexes; None if missing."""
    try:
        return read(tree, entry, parse(at), [])
    except (NoValue, expressions.BadExpression):
        return None


def _operand(tree: Tree, path: str, place: Path, problems: list[str]) -> Any:
    """In an expression a missing value is null (the Conditional page compares with null)."""
    try:
        return tree.read(aligned(parse(path), place), problems)
    except NoValue:
        return None


def _shaped(tree: Tree, entry: Body, place: Path, problems: list[str]) -> Any:
    """An object, or an array of them when the sourceContext has a star beyond the place."""
    context = aligned(parse(entry.get("sourceContext") or show(place)), place)
    shapes = [
        {
            inner["name"]: _inner(tree, inner, instance, problems)
            for inner in entry.get("inputs") or ()
        }
        for instance, _ in tree.nodes(context, problems)
    ]
    if Mark.EACH in context:
        return shapes
    if not shapes:
        raise NoValue(f"Missing value {show(context)}.")
    return shapes[0]


def _inner(tree: Tree, entry: Body, place: Path, problems: list[str]) -> Any:
    try:
        return read(tree, entry, place, problems)
    except (NoValue, expressions.BadExpression) as problem:
        problems.append(str(problem))
        return None


def sources(entry: Body) -> Iterator[Path]:
    """Every path that an input refers to, nested ones too."""
    source = str(entry.get("source") or "").strip()
    if source.startswith("="):
        yield from map(parse, expressions.paths(source))
    elif source:
        yield parse(source)
    if entry.get("sourceContext"):
        yield parse(entry["sourceContext"])
    for inner in entry.get("inputs") or ():
        yield from sources(inner)


def described(entry: Body) -> str:
    """The source as a warning names it."""
    return str(entry.get("source") or entry.get("sourceContext") or "")
