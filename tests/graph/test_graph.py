"""Order, cycles and closure of small graphs."""

from __future__ import annotations

from graphlib import CycleError

import pytest

from reconciler.graph import Graph

Needs = dict[str, list[str]]
ORDERED: dict[str, Needs] = {
    "nothing": {},
    "one": {"a": []},
    "a chain, written backwards": {"a": ["b"], "b": ["c"], "c": []},
    "a fork that meets again": {"a": ["b", "c"], "b": ["d"], "c": ["d"], "d": []},
    "what is needed and not a key": {"a": ["elsewhere"]},
    "two that have nothing to do with each other": {"a": ["b"], "c": ["d"]},
}


@pytest.mark.parametrize("needs", ORDERED.values(), ids=ORDERED)
def test_each_comes_after_what_it_needs(needs: Needs) -> None:
    order = Graph(needs).order()
    assert sorted(order) == sorted({*needs, *(one for some in needs.values() for one in some)})
    assert all(order.index(one) < order.index(a) for a, some in needs.items() for one in some)
    assert Graph(needs).cycles() == []


CYCLES: dict[str, tuple[Needs, list[list[str]]]] = {
    "one that needs itself": ({"a": ["a"]}, [["a", "a"]]),
    "two": ({"a": ["b"], "b": ["a"]}, [["a", "b", "a"]]),
    "three, and one that needs them": (
        {"b": ["c"], "c": ["a"], "a": ["b"], "d": ["a"]},
        [["a", "b", "c", "a"]],
    ),
    "two knots, in the order of names": (
        {"y": ["z"], "z": ["y"], "b": ["a"], "a": ["b"], "m": []},
        [["a", "b", "a"], ["y", "z", "y"]],
    ),
}


@pytest.mark.parametrize(("needs", "cycles"), CYCLES.values(), ids=CYCLES)
def test_cycles(needs: Needs, cycles: list[list[str]]) -> None:
    assert Graph(needs).cycles() == cycles
    with pytest.raises(CycleError):
        Graph(needs).order()


GROUPED: dict[str, tuple[Needs, list[list[str]]]] = {
    "nothing": ({}, []),
    "as they are named": ({"b": [], "a": []}, [["b"], ["a"]]),
    "the first that is ready": ({"c": ["a"], "b": [], "a": []}, [["b"], ["a"], ["c"]]),
    "what is needed and not a key": ({"a": ["elsewhere"]}, [["elsewhere"], ["a"]]),
    "one that needs itself": ({"b": ["a"], "a": ["a"]}, [["a"], ["b"]]),
    "two that need each other, between others": (
        {"last": ["y"], "y": ["x", "first"], "x": ["y"], "first": []},
        [["first"], ["y", "x"], ["last"]],
    ),
}


@pytest.mark.parametrize(("needs", "groups"), GROUPED.values(), ids=GROUPED)
def test_groups(needs: Needs, groups: list[list[str]]) -> None:
    assert Graph(needs).groups() == groups


CLOSED: dict[str, tuple[Needs, list[str], set[str]]] = {
    "none": ({"a": ["b"]}, [], set()),
    "itself": ({"a": [], "b": ["a"]}, ["a"], {"a"}),
    "what it needs": ({"a": ["b"], "b": ["c"], "d": ["a"]}, ["a"], {"a", "b", "c"}),
    "of two": ({"a": ["b"], "c": ["d"], "e": ["f"]}, ["a", "c"], {"a", "b", "c", "d"}),
    "of what is not there": ({"a": ["b"]}, ["x", "b"], {"b"}),
    "of a cycle": ({"a": ["b"], "b": ["a"]}, ["a"], {"a", "b"}),
}


@pytest.mark.parametrize(("needs", "nodes", "closed"), CLOSED.values(), ids=CLOSED)
def test_closure(needs: Needs, nodes: list[str], closed: set[str]) -> None:
    assert Graph(needs).closure(nodes) == closed
