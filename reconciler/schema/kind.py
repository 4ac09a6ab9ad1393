"""A kind of object: where it lives on the service, and what its body is."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from reconciler.model.json import JsonObject
from reconciler.model.resource_id import ResourceId
from reconciler.schema.body import Body, Shape, beneath, shape_of


@dataclass(frozen=True)
class Kind:
    """One line of the catalogue.

    Args:
        name: what manifests call it, such as `DataSource`.
        collection: the URL segment, such as `datasources`; empty for our own documents.
        body: the model of its REST body, with its name.
        since: the first api-version that has the kind.
        etag: `definition`, it changes with the definition and only then; `moves`, it also changes
            by itself (an indexer's, when it runs); `none`, the service sends none (an alias).
        propagation: seconds until an update has reached every replica; what it referred to before
            is not deleted earlier.
        creates: the objects that an object of this kind created for itself, by its body as read:
            they are nobody else's to manage. None: the kind creates none.
        will_create: their addresses before it is there, by its name and its declared body.
        reads_differ: what a write returns is not what GET returns (a skillset, a knowledge base).
        page: the documentation page of its REST operations.
    """

    name: str
    collection: str
    body: type[Body]
    since: str
    etag: Literal["definition", "moves", "none"] = "definition"
    propagation: float = 0.0
    creates: Callable[[JsonObject], Iterable[ResourceId]] | None = None
    will_create: Callable[[str, JsonObject], Iterable[ResourceId]] | None = None
    reads_differ: bool = False
    page: str = ""

    @cached_property
    def shape(self) -> Shape:
        return shape_of(self.body)

    @cached_property
    def refers_to(self) -> frozenset[str]:
        """The kinds that its bodies may refer to."""
        properties = (p for m in beneath(self.body) for p in shape_of(m).properties.values())
        return frozenset(known.ref.kind for known in properties if known.ref is not None)
