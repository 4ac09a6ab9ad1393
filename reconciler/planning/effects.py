"""What an edit does to a running service, by the `Changes` marks on its way."""

from __future__ import annotations

from reconciler.model.json import JsonObject
from reconciler.model.plan import Edit
from reconciler.planning.diff import Difference
from reconciler.schema.body import Shape
from reconciler.schema.marks import EditContext
from reconciler.schema.paths import PathSegment, get_in, properties_on


def as_edit(shape: Shape, change: Difference, before: JsonObject, after: JsonObject) -> Edit:
    """A difference with its effect; the deepest mark on its path decides.

    Args:
        before, after: the whole bodies in normal form.
    """
    context = EditContext(change.path, change.before, change.after, before, after)
    for passed in reversed(way(shape, change, before, after)):
        changes = passed.known.changes
        if changes is not None:
            effect = changes.effect(context) if callable(changes.effect) else changes.effect
            return Edit(*change, effect, note=changes.note)
    return Edit(*change)


def way(
    shape: Shape, change: Difference, before: JsonObject, after: JsonObject
) -> list[PathSegment]:
    """The properties on the way to a difference, on the side where it exists."""
    side = after if change.after is not None else before
    return properties_on(shape, side, change.path)


def is_lasting_element(
    shape: Shape, change: Difference, before: JsonObject, after: JsonObject
) -> bool:
    """Whether the difference is the loss of an element that cannot be removed in place."""
    if change.after is not None or get_in(before, change.path) is None:
        return False
    last = way(shape, change, before, after)[-1:]
    return bool(
        last
        and last[0].known.keyed is not None
        and not last[0].known.keyed.removable
        and last[0].depth == len(change.path) - 2
    )
