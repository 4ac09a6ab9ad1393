"""The words of an index: every searchable field's terms, read when a query first needs them."""

from __future__ import annotations


class Texts:
    """Placeholder."""

    def drop(self, slot: int) -> None:
        del slot
