"""`cycle`: objects that need each other, so that none can be created first.

Passes: an indexer that names an index. Fails: `dependsOn` from that index back to the indexer.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reconciler.graph import Graph
from reconciler.manifest.project import Project
from reconciler.model.problem import Problem
from reconciler.model.resource import Resource
from reconciler.references import needs


def check(resources: Sequence[Resource], project: Project) -> Iterator[Problem]:
    by_id = {resource.id: resource for resource in resources}
    for cycle in Graph(needs(resources)).cycles():
        path = " -> ".join(str(address) for address in cycle)
        where = by_id[cycle[0]].where
        yield Problem("cycle", f"these need each other: {path}", where, "remove one reference")
