"""Nodes and edges only: order, closure, cycles; the doorway to networkx.

networkx is imported for questions about paths only: whether there is a cycle at all, and in which
order to go, is asked of the standard library, at a tenth of the start-up time.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from heapq import heapify, heappop, heappush
from itertools import chain
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

    def groups(self) -> list[list[Node]]:
        """Every node after what it needs; those that need each other stand together.

        Of several that may come next, the one that was named first does.
        """
        named = dict.fromkeys((*self._needs, *chain.from_iterable(self._needs.values())))
        group = {node: at for at, node in enumerate(named)}
        for knot in self._knots():
            group |= dict.fromkeys(knot, min(group[node] for node in knot))
        members: dict[int, list[Node]] = {at: [] for at in group.values()}
        needs: dict[int, set[int]] = {at: set() for at in members}
        for node, at in group.items():
            members[at].append(node)
            needs[at].update(group[needed] for needed in self._needs.get(node, ()))
            needs[at].discard(at)
        return [members[at] for at in _smallest_first(needs)]

    def cycles(self) -> list[list[Node]]:
        """One closed path (`a, b, a`) for each knot of nodes that need each other."""
        found = []
        for knot in sorted(self._knots(), key=lambda nodes: sorted(map(str, nodes))):
            import networkx

            inner = self._networkx().subgraph(knot)
            if inner.number_of_edges():
                edges = networkx.find_cycle(inner, min(knot, key=str))
                found.append([edges[0][0], *(edge[1] for edge in edges)])
        return found

    def _knots(self) -> list[set[Node]]:
        """Where there is a cycle, the sets of nodes that need each other; each of others alone."""
        try:
            TopologicalSorter(self._needs).prepare()
            return []
        except CycleError:
            import networkx

            return list(networkx.strongly_connected_components(self._networkx()))

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


def _smallest_first(needs: Mapping[int, Iterable[int]]) -> Iterator[int]:
    sorter = TopologicalSorter(needs)
    sorter.prepare()
    ready = list(sorter.get_ready())
    heapify(ready)
    while ready:
        smallest = heappop(ready)
        yield smallest
        sorter.done(smallest)
        for node in sorter.get_ready():
            heappush(ready, node)
