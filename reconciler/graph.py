"""References, cycles, order; the doorway to networkx. Generic in what its nodes are.

networkx is imported for questions about paths only: whether there is a cycle at all, and in which
order to go, is asked of the standard library, at a tenth of the start-up time.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from typing import Any, Generic, NamedTuple, TypeVar

from reconciler.model.json import JsonObject
from reconciler.model.pointer import Path
from reconciler.model.resource import Resource
from reconciler.model.resource_id import ResourceId
from reconciler.providers import kind
from reconciler.schema.walk import walk

Node = TypeVar("Node", bound=Hashable)


class Reference(NamedTuple):
    """One place in a body that names another object; `holds`: that cannot be deleted meanwhile."""

    path: Path
    position: tuple[str | int, ...]
    to: ResourceId
    holds: bool = False


def references(of: str, body: JsonObject) -> Iterator[Reference]:
    """Every reference in the body of a kind of that name."""
    for spot in walk(kind(of).shape, body, leading_to="ref"):
        ref = spot.property.ref
        if ref is None:
            continue
        if isinstance(spot.value, str) and spot.value:
            target = ResourceId(ref.kind, spot.value)
            yield Reference(spot.path, spot.position, target, ref.holds)
        elif isinstance(spot.value, list):
            for index, name in enumerate(spot.value):
                if isinstance(name, str) and name:
                    target = ResourceId(ref.kind, name)
                    yield Reference(spot.path, (*spot.position, index), target, ref.holds)


class Link(NamedTuple):
    """An object and one that it needs; `only_order`: no field of its body names it."""

    of: ResourceId
    to: ResourceId
    only_order: bool


def links(resources: Iterable[Resource]) -> list[Link]:
    """What every resource needs, declared or not, in the order of addresses."""
    found: dict[tuple[ResourceId, ResourceId], bool] = {}
    for resource in resources:
        found |= {(resource.id, to): True for to in resource.depends_on}
        named = references(resource.id.kind, resource.body)
        found |= {(resource.id, reference.to): False for reference in named}
    return [Link(*ends, only_order) for ends, only_order in sorted(found.items())]


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

    def dependents(self, node: Node) -> set[Node]:
        """Everything that needs a node, directly or not."""
        import networkx

        graph = self._networkx()
        return set(networkx.ancestors(graph, node)) if node in graph else set()

    def _networkx(self) -> Any:
        import networkx

        graph = networkx.DiGraph()
        graph.add_nodes_from(self._needs)
        graph.add_edges_from((a, b) for a, needed in self._needs.items() for b in needed)
        return graph
