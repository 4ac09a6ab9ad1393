"""Objects and what they need as a drawing: Mermaid for Markdown, DOT for Graphviz."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reconciler.model.resource_id import ResourceId
from reconciler.references import Link
from reconciler.report.formats import View
from reconciler.report.values import Drawing

_PLAIN = re.compile(r"[^A-Za-z0-9 ._/-]")
_ELSEWHERE = "(not declared here)"


def mermaid(drawing: Drawing, view: View) -> str:  # noqa: ARG001
    """A flowchart; what no document declares is rounded."""
    declared, links = drawing
    nodes = _nodes(declared, links)
    lines = ["flowchart LR"]
    for node, number in nodes.items():
        label = mermaid_text(str(node))
        shape = f'["{label}"]' if node in declared else f'(["{label} {_ELSEWHERE}"])'
        lines.append(f"  n{number}{shape}")
    for link in links:
        arrow = "-.->" if link.only_order else "-->"
        lines.append(f"  n{nodes[link.of]} {arrow} n{nodes[link.to]}")
    return "\n".join(lines)


def dot(drawing: Drawing, view: View) -> str:  # noqa: ARG001
    """A directed graph; what no document declares is dashed."""
    declared, links = drawing
    lines = ["digraph reconciler {", "  rankdir=LR;", "  node [shape=box];"]
    for node in _nodes(declared, links):
        more = f' [style=dashed, tooltip="{_ELSEWHERE[1:-1]}"]' if node not in declared else ""
        lines.append(f"  {_dot_text(str(node))}{more};")
    for link in links:
        more = " [style=dashed]" if link.only_order else ""
        lines.append(f"  {_dot_text(str(link.of))} -> {_dot_text(str(link.to))}{more};")
    return "\n".join((*lines, "}"))


def _nodes(declared: Sequence[ResourceId], links: Sequence[Link]) -> dict[ResourceId, int]:
    """Every object that is drawn, numbered in the order of addresses."""
    found = {*declared, *(link.to for link in links)}
    return {node: number for number, node in enumerate(sorted(found), 1)}


def mermaid_text(text: str) -> str:
    """Characters that Mermaid may read as its own go by their number: `#34;` is a quote."""
    return _PLAIN.sub(lambda found: f"#{ord(found[0])};", text)


def _dot_text(text: str) -> str:
    quoted = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{quoted}"'
