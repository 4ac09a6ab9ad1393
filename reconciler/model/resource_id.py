"""What the user calls an object: `Index/products`, `BlobContainer/docsstore/handbook`."""

from __future__ import annotations

from typing import NamedTuple


class ResourceId(NamedTuple):
    """A kind and a name, and of an object within another the name of that; people say address.

    Sorts by kind, then name. The name on the service may differ (see `Resource.name_on_service`),
    the id never does.
    """

    kind: str
    name: str
    parent: str = ""

    def __str__(self) -> str:
        return "/".join(part for part in (self.kind, self.parent, self.name) if part)

    @classmethod
    def parse(cls, text: str) -> ResourceId:
        """Read `Kind/name` or `Kind/parent/name`.

        Raises:
            ValueError: the text is not of that form.
        """
        parts = text.split("/")
        if not all(parts) or len(parts) not in (2, 3):
            raise ValueError(f"'{text}' is not an address: write Kind/name, such as Index/products")
        return cls(parts[0], parts[-1], parts[1] if len(parts) == 3 else "")
