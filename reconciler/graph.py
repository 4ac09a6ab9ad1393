"""Nodes and edges only: order, closure, cycles; the doorway to networkx.

networkx is imported for questions about paths only: whether there is a cycle at all, and in which
order to go, is asked of the standard library, at a tenth of the start-up time.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from graphlib import CycleError, TopologicalSorter
from typing import Any, Generic, TypeVar

Node = TypeVar("Node", bound=Hashable)


class Graph(Generic[Node]):
    """Who needs whom: `needs[a]` must be there before `a`."""

    def __init__(self, needs: Mapping[Node, Iterable[Node]]) -> None:
        self._needs = {node: tuple(needed) for node, needed in needs.items()}

    def order(self) -> list[Node]:
        """Every node after what it needs.

        Raises:
            graphlib.CycleError: there is no such order.
        """
        return list(TopologicalSorter(self._needs).static_order())

    def cycles(self) -> list[list[Node]]:
        """One closed path (`a, b, a`) for each knot of nodes that need each other."""
        try:
            TopologicalSorter(self._needs).prepare()
            return []
        except CycleError:
            pass
        import networkx

        graph = self._networkx()
        knots = networkx.strongly_connected_components(graph)
        found = []
        for knot in sorted(knots, key=lambda nodes: sorted(map(str, nodes))):
            inner = graph.subgraph(knot)
            if inner.number_of_edges():
                edges = networkx.find_cycle(inner, min(knot, key=str))
                found.append([edges[0][0], *(edge[1] for edge in edges)])
        return found

    def closure(self, nodes: Iterable[Node]) -> set[Node]:
        """The nodes and everything that they need, directly or not."""
        import networkx

        graph = self._networkx()
        wanted = [node for node in nodes if node in graph]
        return set(wanted).union(*(networkx.descendants(graph, node) for node in wanted))

    def _networkx(self) -> Any:
        import networkx

        graph = networkx.DiGraph()
        graph.add_nodes_from(self._needs)
        graph.add_edges_from((a, b) for a, needed in self._needs.items() for b in needed)
        return graph
