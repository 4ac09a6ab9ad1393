"""Every format of everything that is reported: a table.

To add a format: a function `(value, view) -> text` in a module of this room, and a row here.
Commands take their `--format` choices from the table and print what it makes; none asks for a
format by name.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from reconciler.model.problem import Where

Style = Callable[[str, str], str]
"""Colours a text by the symbol that it is about."""


def plain(text: str, symbol: str) -> str:  # noqa: ARG001
    """No colours."""
    return text


def nowhere(where: Where) -> tuple[int, int] | None:  # noqa: ARG001
    """No line and no column."""
    return None


class View(NamedTuple):
    """How a person wants to see it, and what it takes to say where problems are.

    Args:
        style: how texts are coloured.
        show_unmanaged: whether to name the live objects that are not ours.
        width: of the screen in characters; None: there is none.
        place: the line and column of a place, where they are known.
    """

    style: Style = plain
    show_unmanaged: bool = False
    width: int | None = None
    place: Callable[[Where], tuple[int, int] | None] = nowhere


class Format(NamedTuple):
    """One format of one thing.

    Args:
        renderer: `module:function` in this room, loaded when it is used.
        answers_once: for programs: one value at the end, and nothing is asked or told before.
    """

    renderer: str
    answers_once: bool = False

    def render(self, value: Any, view: View) -> str:
        """The text of a value."""
        module, _, name = self.renderer.partition(":")
        function = getattr(importlib.import_module(f"reconciler.report.{module}"), name)
        text: str = function(value, view)
        return text


FORMATS: Mapping[str, Mapping[str, Format]] = {
    "noop": {"text": Format("noop:render")},
    "plan": {
        "text": Format("text:render_plan"),
        "json": Format("json:render_plan", answers_once=True),
        "markdown": Format("markdown:render_plan"),
    },
    "disagreement": {
        "text": Format("text:render_disagreement"),
        "json": Format("json:render_disagreement", answers_once=True),
    },
    "drift": {
        "text": Format("text:render_drift"),
        "json": Format("json:render_drift", answers_once=True),
        "markdown": Format("markdown:render_drift"),
    },
    "outcome": {
        "text": Format("outcomes:render"),
        "json": Format("outcomes:render_json", answers_once=True),
    },
    "problems": {
        "text": Format("problems:render"),
        "json": Format("problems:render_json", answers_once=True),
    },
    "results": {
        "text": Format("assertions:render"),
        "json": Format("assertions:render_json", answers_once=True),
    },
    "ledger": {
        "text": Format("ledger:render"),
        "json": Format("ledger:render_json", answers_once=True),
    },
    "started": {
        "text": Format("runs:render_started"),
        "json": Format("runs:render_started_json", answers_once=True),
    },
    "statuses": {
        "text": Format("runs:render_statuses"),
        "json": Format("runs:render_statuses_json", answers_once=True),
    },
    "documents": {
        "table": Format("documents:render"),
        "json": Format("documents:render_json", answers_once=True),
    },
    "graph": {"mermaid": Format("drawing:mermaid"), "dot": Format("drawing:dot")},
    "enriched": {
        "text": Format("enrichment:render"),
        "mermaid": Format("enrichment:mermaid"),
        "json": Format("enrichment:render_json", answers_once=True),
    },
    "rules": {
        "text": Format("catalogue:render_rules"),
        "json": Format("catalogue:render_rules_json", answers_once=True),
    },
}
"""By what is reported and the format's name; the first one of each is what a command prints."""
