"""A kind of object: where it lives on the service, and what its body is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from reconciler.kinds.body import Body, Shape, shape_of, variant


@dataclass(frozen=True)
class Kind:
    """One line of the catalogue.

    Args:
        name: what manifests call it, such as `DataSource`.
        collection: the URL segment, such as `datasources`.
        body: the model of its REST body, with its name.
        since: the first api-version that has the kind.
        etag: `definition`, it changes with the definition and only then; `moves`, it also changes
            by itself (an indexer's, when it runs); `none`, the service sends none (an alias).
        propagation: seconds until an update has reached every replica; what it referred to before
            is not deleted earlier.
        reads_differ: what a write returns is not what GET returns (a skillset).
        page: the documentation page of its REST operations.
    """

    name: str
    collection: str
    body: type[Body]
    since: str
    etag: Literal["definition", "moves", "none"] = "definition"
    propagation: float = 0.0
    reads_differ: bool = False
    page: str = ""

    @cached_property
    def shape(self) -> Shape:
        return shape_of(self.body)

    @cached_property
    def refers_to(self) -> frozenset[str]:
        """The kinds that its bodies may refer to."""
        return frozenset(_references(self.body, set()))


def _references(model: type[Body], seen: set[type[Body]]) -> Iterator[str]:
    if model in seen:
        return
    seen.add(model)
    for known in shape_of(model).properties.values():
        if known.ref is not None:
            yield known.ref.kind
        inner = [known.model]
        if known.one_of is not None:
            inner += [variant(known.one_of, tag) for tag in known.one_of.variants]
        for found in inner:
            if found is not None:
                yield from _references(found, seen)
