"""Plain tables for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reconciler.model.text import one_line


def columns(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Rows, each cell as wide as the widest of its column; the last one is not filled up."""
    rows = [[one_line(cell) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=True)]
        yield "  ".join(cells).rstrip()
