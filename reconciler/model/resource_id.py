"""What the user calls an object: `Index/products`."""

from __future__ import annotations

from typing import NamedTuple


class ResourceId(NamedTuple):
    """A kind and a name; sorts by kind, then name.

    The name on the service may differ (see `Resource.name_on_service`), the address never does.
    """

    kind: str
    name: str

    def __str__(self) -> str:
        return f"{self.kind}/{self.name}"

    @classmethod
    def parse(cls, text: str) -> ResourceId:
        """Read `Kind/name`.

        Raises:
            ValueError: the text is not of that form.
        """
        kind, slash, name = text.partition("/")
        if not (kind and slash and name) or "/" in name:
            raise ValueError(f"'{text}' is not an address: write Kind/name, such as Index/products")
        return cls(kind, name)
