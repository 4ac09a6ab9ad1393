"""`duplicate-key`: two elements of a list whose elements go by their name have the same name.

Passes: fields `id` and `title`. Fails: two fields named `title`, two skills named `split`.
"""

from __future__ import annotations

from collections.abc import Iterator

from reconciler.lint.stack import Stack
from reconciler.model.problem import Problem
from reconciler.providers import kind
from reconciler.schema.walk import elements, walk


def check(stack: Stack) -> Iterator[Problem]:
    for resource in stack.resources:
        for spot in walk(kind(resource.id.kind).shape, resource.body, leading_to="keyed"):
            keyed = spot.property.keyed
            if keyed is None or not isinstance(spot.value, list):
                continue
            seen: set[str] = set()
            for key, index, _ in elements(spot.property, spot.value):
                if key is not None and key in seen:
                    text = f"`{key}` stands twice in `{spot.property.name}`"
                    where = resource.where.at("spec", *spot.position, index or 0)
                    yield Problem("duplicate-key", text, where, f"give each its own {keyed.name}")
                seen.add(key or "")
