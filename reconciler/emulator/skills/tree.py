"""The enrichment tree of one document: what was cracked, and what skills put below it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reconciler.emulator.skills.paths import ROOT, Mark, Path, aligned, parse, show

Body = dict[str, Any]


class NoValue(Exception):
    """A path leads nowhere; says why in the service's words (SKILLS 3.2)."""


class Node:
    """A value and what stands below it. Enrichments are not part of the value (SKILLS 3.1)."""

    def __init__(self, value: Any) -> None:
        self.value = value
        self._below: dict[str, Node] = {}

    def put(self, name: str, value: Any) -> None:
        self._below[name] = Node(value)

    def below(self, name: str, path: Path) -> Node:
        """A property, an element or an enrichment; `path` is the way to it, for the message."""
        if name not in self._below:
            self._below[name] = Node(self._part(name, path))
        return self._below[name]

    def _part(self, name: str, path: Path) -> Any:
        value = self.value
        if isinstance(value, dict) and name in value:
            return value[name]
        if name.isdecimal() and isinstance(value, list):
            if int(name) < len(value):
                return value[int(name)]
            above = show(path[:-1])
            raise NoValue(f"Unable to select {name} in array {above} of length {len(value)}.")
        if name.isdecimal() and value is not None and not isinstance(value, dict):
            raise NoValue(f"Unable to select `{name}` in non-array `{show(path[:-1])}`.")
        raise NoValue(f"Missing value {show(path)}.")


class Tree:
    """`values` is what `/document` holds at first. Names are case-sensitive."""

    def __init__(self, values: Body) -> None:
        self._root = Node(values)

    def values(self, path: str, at: str = "/document") -> list[tuple[str, Any]]:
        """Every node that a path with stars leads to, as (path with indexes, value).

        `at` is a path with indexes: a path that shares its prefix keeps to it. Nodes that are
        missing or null are left out.
        """
        found = self.nodes(aligned(parse(path), parse(at)), [])
        return [(show(place), node.value) for place, node in found if node.value is not None]

    def value(self, path: str, at: str = "/document") -> Any:
        """The value of a path seen from `at`; several stars give one flat list; None if missing."""
        try:
            return self.read(aligned(parse(path), parse(at)), [])
        except NoValue:
            return None

    def put(self, path: str, value: Any) -> None:
        """Add an enrichment; `path` has no stars, and all above its last name exists."""
        *above, name = parse(path)
        if not isinstance(name, str):
            raise ValueError(f"{path} has no name for its value")
        ((_, node),) = self.nodes(tuple(above), [])
        node.put(name, value)

    def read(self, path: Path, problems: list[str]) -> Any:
        """One value without stars, else a flat list; `problems` gets what elements lack.

        Raises NoValue when there is nothing at all.
        """
        if Mark.EACH not in path:
            return self._only(path).value
        missing: list[str] = []
        found = [node.value for _, node in self.nodes(path, missing)]
        if missing and not found:
            raise NoValue(missing[0])
        problems.extend(missing)
        return found

    def nodes(self, path: Path, missing: list[str]) -> list[tuple[Path, Node]]:
        """The places a path leads to and their nodes; `missing` gets a text for each gap."""
        if path[:1] != ROOT:
            missing.append(f"Missing value {show(path)}.")
            return []
        return list(_walk(self._root, path, 1, missing))

    def _only(self, path: Path) -> Node:
        missing: list[str] = []
        found = self.nodes(path, missing)
        if not found:
            raise NoValue(missing[0])
        return found[0][1]


def _walk(node: Node, path: Path, start: int, missing: list[str]) -> Iterator[tuple[Path, Node]]:
    for position in range(start, len(path)):
        token = path[position]
        place = path[: position + 1]
        if token is Mark.WHOLE:
            continue
        if token is Mark.EACH:
            yield from _each(node, path, position, missing)
            return
        try:
            node = node.below(token, place)
        except NoValue as problem:
            missing.append(str(problem))
            return
    yield path, node


def _each(node: Node, path: Path, position: int, missing: list[str]) -> Iterator[tuple[Path, Node]]:
    above = path[:position]
    if node.value is None:
        missing.append(f"Missing value {show(above)}.")
        return
    if not isinstance(node.value, list):
        missing.append(f"Cannot iterate over non-array `{show(above)}`.")
        return
    for index in range(len(node.value)):
        place = (*above, str(index), *path[position + 1 :])
        element = node.below(str(index), place[: position + 1])
        yield from _walk(element, place, position + 1, missing)
