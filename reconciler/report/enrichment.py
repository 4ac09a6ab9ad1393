"""The enriched document as a tree: each node with its type, who writes it, who reads it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from reconciler.lint.enrichment.facts import Facts
from reconciler.lint.enrichment.nodes import Node
from reconciler.lint.enrichment.paths import ROOT, Mark, Path
from reconciler.lint.enrichment.paths import render as render_path
from reconciler.report import endpoints
from reconciler.report.drawing import mermaid_text
from reconciler.report.formats import View
from reconciler.report.json import as_json
from reconciler.report.tables import columns
from reconciler.report.values import Enriched


class Row(NamedTuple):
    """One node: its path, whether there are many of it, and what is known of it."""

    path: Path
    node: Node

    @property
    def many(self) -> bool:
        return Mark.EACH in self.path

    @property
    def name(self) -> str:
        token = self.path[-1]
        return token.value if isinstance(token, Mark) else token


def render(enriched: Enriched, view: View) -> str:  # noqa: ARG001
    """An indented tree for each pipeline, and what the skills call."""
    trees = [_tree(facts) for facts in enriched.pipelines]
    return "\n\n".join([*trees, *endpoints.text(enriched)])


def _tree(facts: Facts) -> str:
    lines = [
        ("  " * (len(row.path) - 1) + row.name, str(row.node.type), _hands(row.node))
        for row in _rows(facts)
    ]
    unread = _unread(facts)
    rest = f"\n\n{unread} more that nobody reads." if unread else ""
    return "\n".join([_head(facts), *columns([("document", "", ""), *lines])]) + rest


def _head(facts: Facts) -> str:
    indexer, source = facts.indexer, facts.source
    if indexer is None:
        return "No indexer is declared that uses it: the source may hold anything."
    of = f" over {source.id}" if source is not None else ", over a source that is not declared here"
    return f"As {indexer.id} runs it{of}:"


def _hands(node: Node) -> str:
    written = f"by {node.writer}" if node.writer else ""
    read = f"read by {', '.join(node.readers)}" if node.readers else ""
    return "; ".join(part for part in (written, read) if part)


def mermaid(enriched: Enriched, view: View) -> str:  # noqa: ARG001
    """A flowchart: from each node to those beneath it, and on to who reads it."""
    lines = ["flowchart LR"]
    for number, facts in enumerate(enriched.pipelines, 1):
        known: dict[object, str] = {ROOT: f"p{number}"}
        lines.append(f'  p{number}["document"]')
        for row in _rows(facts):
            known[row.path] = f"p{number}n{len(known)}"
            label = mermaid_text(f"{row.name}: {row.node.type}")
            lines.append(f'  {known[row.path]}["{label}"]')
            lines.append(f"  {known[row.path[:-1]]} --> {known[row.path]}")
            for reader in row.node.readers:
                if reader not in known:
                    known[reader] = f"p{number}r{len(known)}"
                    lines.append(f'  {known[reader]}(["{mermaid_text(reader)}"])')
                lines.append(f"  {known[row.path]} -.-> {known[reader]}")
    return "\n".join(lines)


def render_json(enriched: Enriched, view: View) -> str:  # noqa: ARG001
    """The same for programs."""
    return as_json(
        skillset=str(enriched.skillset),
        pipelines=[_pipeline(facts) for facts in enriched.pipelines],
        endpoints=endpoints.json(enriched),
    )


def _pipeline(facts: Facts) -> dict[str, Any]:
    indexer, source = facts.indexer, facts.source
    return {
        "indexer": str(indexer.id) if indexer is not None else None,
        "dataSource": str(source.id) if source is not None else None,
        "nodes": [
            {
                "path": render_path(row.path),
                "type": str(row.node.type),
                "many": row.many,
                "writer": row.node.writer,
                "readers": row.node.readers,
            }
            for row in _rows(facts)
        ],
        "fields": [
            {
                "index": str(fill.index.id) if fill.index is not None else None,
                "field": fill.name,
                "path": fill.path,
                "type": str(fill.type),
            }
            for fill in facts.fills
        ],
    }


def _rows(facts: Facts) -> Iterator[Row]:
    """What skills write, and what of the rest is read, parents first."""
    yield from _beneath(facts.tree.root, ROOT, facts.cracked.writer)


def _beneath(node: Node, path: Path, source: str) -> Iterator[Row]:
    for token, below in node.below.items():
        if below.used or below.writer != source:
            yield Row((*path, token), below)
            yield from _beneath(below, (*path, token), source)


def _unread(facts: Facts) -> int:
    root = facts.tree.root
    return sum(1 for name in root.names if (node := root.known(name)) and not node.used)
