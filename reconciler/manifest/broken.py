"""What files and documents that cannot be used may have declared.

What is missing because of them is not said: one mistake, one message.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from reconciler.model.json import Json, leaves
from reconciler.model.resource_id import ResourceId
from reconciler.providers import CATALOGUE, LOCAL_KINDS

_LONGEST_NAME = 260


class Broken:
    """The contents of what could not be used, as far as they are known."""

    def __init__(self) -> None:
        self._texts: list[str] = []
        self._all = False

    def __bool__(self) -> bool:
        return self._all or bool(self._texts)

    def unread(self) -> None:
        """A file or folder could not be read: it may have declared anything."""
        self._all = True

    def file(self, data: bytes) -> None:
        """A file could not be parsed."""
        self._texts.append(data.decode(errors="replace"))

    def document(self, value: Json) -> None:
        """A document has no valid envelope, or is for no environment that there is."""
        metadata = value.get("metadata") if isinstance(value, dict) else None
        name = metadata.get("name") if isinstance(metadata, dict) else None
        self._texts.append(name if isinstance(name, str) else json.dumps(value))

    def may_declare(self, name: str) -> bool:
        """Whether an object of that name may be declared in what could not be used."""
        return self._all or any(name in text for text in self._texts)

    def addresses(self, bodies: Iterable[Json]) -> Iterator[ResourceId]:
        """Every address that these bodies may refer to, and that may be declared there."""
        if not self:
            return
        texts = {leaf for body in bodies for _, leaf in leaves(body) if isinstance(leaf, str)}
        for name in texts:
            if len(name) <= _LONGEST_NAME and self.may_declare(name):
                yield from (ResourceId(kind, name) for kind in (*CATALOGUE, *LOCAL_KINDS))
