"""Tables: what refers to what, and the order of the steps that follows from it."""

from __future__ import annotations

import pytest

from reconciler.model.resource_id import ResourceId
from reconciler.model.step import Call, Precondition, Run, Step, Wait
from reconciler.planning.order import in_order

SEARCH = ("DataSource/d", "Skillset/s", "Index/docs", "Indexer/i", "Alias/a")
NEEDS = {"Indexer/i": ["DataSource/d", "Skillset/s", "Index/docs"], "Alias/a": ["Index/docs"]}


def step(text: str) -> Step:
    """`create Index/docs` and the like."""
    verb, _, address = text.partition(" ")
    method = "DELETE" if verb == "delete" else "PUT"
    precondition = Precondition("absent") if verb == "create" else Precondition("etag", "1")
    work = {
        "wait": Wait(address, "v", 60.0),
        "run": Run(address),
    }.get(verb, Call(method, address, "v", precondition))
    return Step(text, ResourceId.parse(address), work)


def parsed(uses: dict[str, list[str]]) -> dict[ResourceId, set[ResourceId]]:
    return {ResourceId.parse(one): {*map(ResourceId.parse, all_)} for one, all_ in uses.items()}


def ordered(
    chains: list[list[str]], desired: dict[str, list[str]], present: dict[str, list[str]]
) -> tuple[Step, ...]:
    steps = [[step(text) for text in chain] for chain in chains]
    return in_order(steps, parsed(desired), parsed(present))


WAITS: dict[str, tuple[list[list[str]], dict[str, list[str]], dict[str, list[str]], set[str]]] = {
    "creations go from what is needed to what needs it": (
        [[f"create {address}"] for address in SEARCH],
        NEEDS,
        {},
        {
            "create DataSource/d < create Indexer/i",
            "create Skillset/s < create Indexer/i",
            "create Index/docs < create Indexer/i",
            "create Index/docs < create Alias/a",
        },
    ),
    "deletions the other way": (
        [[f"delete {address}"] for address in SEARCH],
        {},
        NEEDS,
        {
            "delete Indexer/i < delete DataSource/d",
            "delete Indexer/i < delete Skillset/s",
            "delete Indexer/i < delete Index/docs",
            "delete Alias/a < delete Index/docs",
        },
    ),
    "an alias moves before its old index goes": (
        [["create Index/new"], ["update Alias/a"], ["delete Index/docs"]],
        {"Alias/a": ["Index/new"]},
        {"Alias/a": ["Index/docs"]},
        {"create Index/new < update Alias/a", "update Alias/a < delete Index/docs"},
    ),
    "what is not in the plan is not waited for": (
        [["update Indexer/i"]],
        NEEDS,
        NEEDS,
        set(),
    ),
    "an object that refers to itself does not wait": (
        [["update Index/docs"]],
        {"Index/docs": ["Index/docs"]},
        {},
        set(),
    ),
    "others wait until it is ready, not until it has run": (
        [["create Index/docs", "wait Index/docs", "run Index/docs"], ["create Alias/a"]],
        {"Alias/a": ["Index/docs"]},
        {},
        {
            "create Index/docs < wait Index/docs",
            "wait Index/docs < run Index/docs",
            "wait Index/docs < create Alias/a",
        },
    ),
    "what is replaced goes after what refers to it, and comes before": (
        [["delete Index/docs", "create Index/docs"], ["delete Alias/a"]],
        {},
        {"Alias/a": ["Index/docs"]},
        {"delete Alias/a < delete Index/docs", "delete Index/docs < create Index/docs"},
    ),
}


@pytest.mark.parametrize("case", WAITS)
def test_waits(case: str) -> None:
    chains, desired, present, expected = WAITS[case]
    steps = ordered(chains, desired, present)
    found = {f"{before} < {one.id}" for one in steps for before in one.waits_for}
    assert found == expected
    place = {one.id: number for number, one in enumerate(steps)}
    assert len(place) == sum(map(len, chains))
    assert all(place[before] < place[one.id] for one in steps for before in one.waits_for)


def test_the_order_of_what_is_given_does_not_count() -> None:
    chains = [[f"create {address}"] for address in SEARCH]
    assert ordered(chains, NEEDS, {}) == ordered(chains[::-1], NEEDS, {})


def test_a_deletion_waits_until_an_update_is_seen_everywhere() -> None:
    chains = [["update Alias/a"], ["delete Index/docs"]]
    [updated, deleted] = ordered(chains, {}, {"Alias/a": ["Index/docs"]})
    assert updated.pause == 0
    assert deleted.pause > 0
    steps = [[step(text) for text in chain] for chain in chains]
    present = parsed({"Alias/a": ["Index/docs"]})
    assert in_order(steps, {}, present, propagation=3.0)[1].pause == 3.0


def test_what_comes_after_a_grant_may_have_to_wait_for_it() -> None:
    chains = [["create RoleAssignment/r"], ["create DataSource/d"], ["create Index/docs"]]
    steps = ordered(
        [*chains, ["create Indexer/i"]], {**NEEDS, "DataSource/d": ["RoleAssignment/r"]}, {}
    )
    assert {one.id for one in steps if one.awaits_role} == {
        "create DataSource/d",
        "create Indexer/i",
    }
    chains[0] = ["update RoleAssignment/r"]
    steps = ordered(chains, {"DataSource/d": ["RoleAssignment/r"]}, {})
    assert not any(one.awaits_role for one in steps)
