"""Plain tables for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reconciler.model.text import one_line


def columns(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Rows, each cell as wide as the widest of its column; the last one is not filled up.

    What stands before a cell's text, as of a tree, stays.
    """
    rows = [[_indented(cell) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=True)]
        yield "  ".join(cells).rstrip()


def _indented(cell: str) -> str:
    return " " * (len(cell) - len(cell.lstrip(" "))) + one_line(cell)
