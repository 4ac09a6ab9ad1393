"""What a query found, as a table."""

from __future__ import annotations

import json
from typing import Any

from reconciler.model.json import JsonObject
from reconciler.redaction import REDACTOR
from reconciler.report.formats import View
from reconciler.report.tables import columns

SCORES = ("@search.rerankerScore", "@search.score")
WIDEST = 60
"""Characters of a cell when the width of the screen is not known."""


def render_json(answer: JsonObject, view: View) -> str:  # noqa: ARG001
    """The whole answer."""
    return json.dumps(answer, indent=2, ensure_ascii=False)


def render(answer: JsonObject, view: View) -> str:
    """A line for each document: its score and its fields; long values are cut.

    Without a screen, each cell has its own limit.
    """
    width = view.width
    found = answer["value"]
    if not found:
        return "Nothing was found."
    names = [n for n in found[0] if not n.startswith("@") and not _is_vector(found[0][n])]
    score = next((name for name in SCORES if found[0].get(name) is not None), None)
    limit = WIDEST if width is None else max(12, (width - 8) // max(1, len(names)) - 2)
    head = (["SCORE"] if score else []) + names
    rows = [head]
    for document in found:
        cells = [f"{document.get(score) or 0:.4f}"] if score else []
        rows.append(cells + [_cell(document.get(name), limit) for name in names])
    return "\n".join(columns(rows))


def _is_vector(value: Any) -> bool:
    """A list of many numbers, which nobody reads."""
    return isinstance(value, list) and len(value) > 8 and isinstance(value[0], int | float)


def _cell(value: Any, limit: int) -> str:
    if value is None:
        return ""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    text = " ".join(REDACTOR.quoted(text).split())
    return text if len(text) <= limit else text[: limit - 1] + "…"
