"""Where in a file a problem is: its place in the document, as line and column."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path
from typing import Any

from reconciler.manifest.nodes import child
from reconciler.manifest.reading import read_text
from reconciler.manifest.yaml import composed
from reconciler.model.problem import ProblemsError, Where


def find(where: Where) -> tuple[int, int] | None:
    """Line and column (from 1) of a place, or of the nearest one around it that exists."""
    if where.line is not None:
        return where.line, where.column or 1
    documents = _roots(where.file, _version(where.file))
    if where.document >= len(documents):
        return (1, 1) if os.path.lexists(where.file) else None
    node = documents[where.document]
    mark = node.start_mark
    for depth, part in enumerate(where.path):
        key, inner = child(node, part)
        if inner is None:
            break
        last = depth == len(where.path) - 1
        node = inner
        mark = key.start_mark if key is not None and (last and where.of_key) else node.start_mark
    return mark.line + 1, mark.column + 1


def _version(path: Path) -> tuple[int, int] | None:
    """What changes when a file does."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size


@lru_cache(maxsize=8)
def _roots(path: Path, version: tuple[int, int] | None) -> list[Any]:  # noqa: ARG001
    """The documents of a file, as they were when it had that version."""
    try:
        return composed(path, read_text(path))
    except ProblemsError:
        return []
