"""What differs between two normal forms, as flat differences; the doorway to DeepDiff."""

from __future__ import annotations

from typing import Any, NamedTuple

from reconciler.model.json import JsonObject
from reconciler.model.pointer import Path, covers
from reconciler.schema.body import Shape
from reconciler.schema.paths import get_in, properties_on


class Difference(NamedTuple):
    """One leaf, or a whole element that is on one side only; None is "not there"."""

    path: Path
    before: Any
    after: Any


def differences(shape: Shape, before: JsonObject, after: JsonObject) -> list[Difference]:
    """Every difference, sorted by path; none when the forms are equal.

    A list without keys differs as a whole when its length does, an object whose tag differs
    (`@odata.type`) differs as a whole.
    """
    if before == after:
        return []
    names = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    found = _paths({n: before.get(n) for n in names}, {n: after.get(n) for n in names})
    wholes = {_whole(shape, before, after, path) for path in found}
    kept = sorted(p for p in wholes if not any(covers(o, p) for o in wholes if o != p))
    return [Difference(path, get_in(before, path), get_in(after, path)) for path in kept]


def _paths(before: JsonObject, after: JsonObject) -> set[Path]:
    """The paths at which DeepDiff finds a difference; in lists of other lengths, the list's."""
    from deepdiff import DeepDiff

    found: set[Path] = set()
    # Without a threshold, maps that share few keys would differ as a whole: a list of fields, say.
    options: dict[str, Any] = {"ignore_numeric_type_changes": True, "threshold_to_diff_deeper": 0}
    tree = DeepDiff(before, after, view="tree", **options)
    for name, levels in tree.items():
        for level in levels:
            at = level.up if name.startswith("iterable_item") else level
            found.add(tuple(str(part) for part in at.path(output_format="list")))
    return found


def _whole(shape: Shape, before: JsonObject, after: JsonObject, path: Path) -> Path:
    """The path of the whole object when the difference is in its tag."""
    for side in (before, after):
        passed = properties_on(shape, side, path[:-1])
        if passed and passed[-1].known.one_of is not None:
            holder = get_in(side, path[:-1])
            if isinstance(holder, dict) and path[-1] == passed[-1].known.one_of.tag:
                return path[:-1]
    return path
