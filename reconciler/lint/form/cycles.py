"""`cycle`: objects that need each other, so that none can be created first.

Passes: an indexer that names an index. Fails: `dependsOn` from that index back to the indexer.
"""

from __future__ import annotations

from collections.abc import Iterator

from reconciler.graph import Graph
from reconciler.lint.stack import Stack
from reconciler.model.problem import Problem
from reconciler.references import needs


def check(stack: Stack) -> Iterator[Problem]:
    by_id = {resource.id: resource for resource in stack.resources}
    for cycle in Graph(needs(stack.resources)).cycles():
        path = " -> ".join(str(resource) for resource in cycle)
        where = by_id[cycle[0]].where
        yield Problem("cycle", f"these need each other: {path}", where, "remove one reference")
