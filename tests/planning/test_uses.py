"""Who uses whom, who holds what goes, which readers move, and what is not there."""

from __future__ import annotations

import pytest

from reconciler.model.resource_id import ResourceId
from reconciler.model.step import Call, Precondition, Step
from reconciler.planning.uses import Move, holders, moves, present, unseen_targets
from tests.planning.stated import VERSION, Body, entry, ids, live, resource, situation

Bodies = dict[str, Body]


def calls(written: dict[str, Body | None]) -> list[tuple[Step, Call]]:
    """The writes of some bodies; None deletes."""
    found = []
    for address, body in written.items():
        at = ResourceId.parse(address)
        call = Call(
            "DELETE" if body is None else "PUT", at.name, VERSION, Precondition("body"), body
        )
        found.append((Step(address, at, call), call))
    return found


def names(uses: dict[ResourceId, set[ResourceId]]) -> dict[str, set[str]]:
    return {str(id_): {str(used) for used in some} for id_, some in uses.items()}


READER, OTHER = {"indexes": ["i"]}, {"indexes": ["j"]}
PRESENT: dict[str, tuple[Bodies, Bodies, dict[str, set[str]]]] = {
    "on the service": ({"Alias/a": READER}, {}, {"Alias/a": {"Index/i"}}),
    "when we last wrote it": ({}, {"Alias/a": READER}, {"Alias/a": {"Index/i"}}),
    "both": ({"Alias/a": READER}, {"Alias/a": OTHER}, {"Alias/a": {"Index/i", "Index/j"}}),
    "nothing": ({"Index/i": {}}, {}, {"Index/i": set()}),
}


@pytest.mark.parametrize(("lives", "entries", "uses"), PRESENT.values(), ids=PRESENT)
def test_present(lives: Bodies, entries: Bodies, uses: dict[str, set[str]]) -> None:
    inputs = situation(
        [],
        [live(address, body) for address, body in lives.items()],
        [entry(address, body) for address, body in entries.items()],
    )
    assert names(present(inputs)) == uses


def test_what_is_around_an_object_is_present_too() -> None:
    group = "/subscriptions/s/resourceGroups/g"
    account = f"{group}/providers/Microsoft.Storage/storageAccounts/acc"
    inputs = situation(
        [],
        [],
        [
            entry("ResourceGroup/g", {}, name_on_service=group),
            entry("StorageAccount/acc", {}, name_on_service=account),
        ],
    )
    assert names(present(inputs))["StorageAccount/acc"] == {"ResourceGroup/g"}


SOURCE = {"kind": "searchIndex", "searchIndexParameters": {"searchIndexName": "i"}}
HELD: dict[str, tuple[Bodies, dict[str, Body | None], dict[str, tuple[str, ...]]]] = {
    "nothing goes": ({"Alias/a": READER}, {}, {}),
    "by what stays as it is": (
        {"Alias/a": READER},
        {"Index/i": None},
        {"Index/i": ("Alias/a",)},
    ),
    "by two": (
        {"KnowledgeSource/k": SOURCE, "Alias/a": READER},
        {"Index/i": None},
        {"Index/i": ("Alias/a", "KnowledgeSource/k")},
    ),
    "by what will name it": (
        {"Alias/a": OTHER},
        {"Index/i": None, "Alias/a": READER},
        {"Index/i": ("Alias/a",)},
    ),
    "not by what lets go": ({"Alias/a": READER}, {"Index/i": None, "Alias/a": OTHER}, {}),
    "not by what goes too": ({"Alias/a": READER}, {"Index/i": None, "Alias/a": None}, {}),
    "not by what holds another": ({"Alias/a": OTHER}, {"Index/i": None}, {}),
    "not by what refers without holding": (
        {"Indexer/x": {"targetIndexName": "i"}},
        {"Index/i": None},
        {},
    ),
    "not what is written": ({"Alias/a": READER}, {"Index/i": {"fields": []}}, {}),
}


@pytest.mark.parametrize(("lives", "written", "held"), HELD.values(), ids=HELD)
def test_holders(
    lives: Bodies, written: dict[str, Body | None], held: dict[str, tuple[str, ...]]
) -> None:
    inputs = situation([], [live(address, body) for address, body in lives.items()])
    found = holders(inputs, calls(written))
    assert {str(id_): tuple(map(str, some)) for id_, some in found.items()} == held


TWO = {"kind": "searchIndex", "searchIndexParameters": {"searchIndexName": "j"}}
MOVED: dict[str, tuple[Bodies, dict[str, Body | None], list[tuple[str, str, str]]]] = {
    "an alias": (
        {"Alias/a": READER},
        {"Alias/a": OTHER},
        [("Alias/a", "Index/i", "Index/j")],
    ),
    "a knowledge source": (
        {"KnowledgeSource/k": SOURCE},
        {"KnowledgeSource/k": TWO},
        [("KnowledgeSource/k", "Index/i", "Index/j")],
    ),
    "the first of several": (
        {"Alias/a": {"indexes": ["c", "b", "keep"]}},
        {"Alias/a": {"indexes": ["e", "d", "keep"]}},
        [("Alias/a", "Index/b", "Index/d")],
    ),
    "one that stays": ({"Alias/a": READER}, {"Alias/a": READER}, []),
    "one that reads more": ({"Alias/a": READER}, {"Alias/a": {"indexes": ["i", "j"]}}, []),
    "one that reads less": ({"Alias/a": {"indexes": ["i", "j"]}}, {"Alias/a": READER}, []),
    "one that is new": ({}, {"Alias/a": READER}, []),
    "one that goes": ({"Alias/a": READER}, {"Alias/a": None}, []),
    "one of what holds no documents": (
        {"KnowledgeBase/b": {"knowledgeSources": [{"name": "k"}]}},
        {"KnowledgeBase/b": {"knowledgeSources": [{"name": "l"}]}},
        [],
    ),
    "an indexer, which reads none": (
        {"Indexer/x": {"targetIndexName": "i"}},
        {"Indexer/x": {"targetIndexName": "j"}},
        [],
    ),
}


@pytest.mark.parametrize(("lives", "written", "found"), MOVED.values(), ids=MOVED)
def test_moves(
    lives: Bodies, written: dict[str, Body | None], found: list[tuple[str, str, str]]
) -> None:
    inputs = situation([], [live(address, body) for address, body in lives.items()])
    expected = [Move(*map(ResourceId.parse, move)) for move in found]
    assert list(moves(inputs, calls(written))) == expected


BLOBS = {"kind": "azureBlob", "azureBlobParameters": {"containerName": "c"}}
MISSING: dict[str, tuple[Bodies, Bodies, dict[str, Body | None], dict[str, str]]] = {
    "not there": ({}, {}, {"Alias/a": READER}, {"Index/i": "Alias/a"}),
    "live": ({}, {"Index/i": {}}, {"Alias/a": READER}, {}),
    "made in the same plan": ({}, {}, {"Alias/a": READER, "Index/i": {}}, {}),
    "made by the service for another": (
        {"KnowledgeSource/k": BLOBS},
        {},
        {"Alias/a": {"indexes": ["k-index"]}},
        {},
    ),
    "deleted in the same plan": (
        {},
        {},
        {"Alias/a": READER, "Index/i": None},
        {"Index/i": "Alias/a"},
    ),
    "of what is deleted": ({}, {}, {"Alias/a": None}, {}),
}


@pytest.mark.parametrize(("declared", "lives", "written", "missing"), MISSING.values(), ids=MISSING)
def test_unseen_targets(
    declared: Bodies, lives: Bodies, written: dict[str, Body | None], missing: dict[str, str]
) -> None:
    inputs = situation(
        [resource(address, body) for address, body in declared.items()],
        [live(address, body) for address, body in lives.items()],
    )
    found = unseen_targets(inputs, calls(written))
    assert {str(target): str(by) for target, by in found.items()} == missing
    assert set(found) == ids(*missing)
