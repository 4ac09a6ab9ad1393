"""Which step waits for which, and how long: of chains of steps that are said, without bodies."""

from __future__ import annotations

import pytest

from reconciler.model.resource_id import ResourceId
from reconciler.model.step import Call, Precondition, Run, Step, Wait
from reconciler.planning.order import in_order
from tests.planning.stated import VERSION, ids

Chain = list[Step]
Uses = dict[str, set[str]]


def write(address: str, kind: str = "etag") -> Step:
    at = ResourceId.parse(address)
    call = Call("PUT", at.name, VERSION, Precondition(kind), {})  # type: ignore[arg-type]
    return Step(f"write {at}", at, call)


def create(address: str) -> Step:
    return write(address, "absent")


def delete(address: str) -> Step:
    at = ResourceId.parse(address)
    return Step(f"delete {at}", at, Call("DELETE", at.name, VERSION, Precondition("etag")))


def wait(address: str) -> Step:
    at = ResourceId.parse(address)
    return Step(f"wait {at}", at, Wait(at.name, VERSION, 60))


def run(address: str) -> Step:
    at = ResourceId.parse(address)
    return Step(f"run {at}", at, Run(at.name))


def ordered(
    chains: list[Chain], desired: Uses, present: Uses, propagation: float | None = None
) -> list[Step]:
    parsed = [
        {ResourceId.parse(one): ids(*used) for one, used in uses.items()}
        for uses in (desired, present)
    ]
    return list(in_order(chains, *parsed, propagation=propagation))


INDEX, NEWER, SOURCE, INDEXER, ALIAS = "Index/i", "Index/j", "DataSource/d", "Indexer/x", "Alias/a"

WAITS: dict[str, tuple[list[Chain], Uses, Uses, dict[str, tuple[str, ...]]]] = {
    "nothing": ([], {}, {}, {}),
    "strangers": (
        [[write(INDEX)], [write(SOURCE)]],
        {},
        {},
        {f"write {INDEX}": (), f"write {SOURCE}": ()},
    ),
    "a write, for what it refers to": (
        [[write(INDEXER)], [write(SOURCE)], [write(INDEX)]],
        {INDEXER: {INDEX, SOURCE}},
        {},
        {
            f"write {SOURCE}": (),
            f"write {INDEX}": (),
            f"write {INDEXER}": (f"write {SOURCE}", f"write {INDEX}"),
        },
    ),
    "a write, not for what it referred to": (
        [[write(ALIAS)], [write(INDEX)]],
        {},
        {ALIAS: {INDEX}},
        {f"write {ALIAS}": (), f"write {INDEX}": ()},
    ),
    "a chain of three": (
        [[write(INDEXER)], [write(INDEX)], [write("SynonymMap/m")]],
        {INDEXER: {INDEX}, INDEX: {"SynonymMap/m"}},
        {},
        {
            "write SynonymMap/m": (),
            f"write {INDEX}": ("write SynonymMap/m",),
            f"write {INDEXER}": (f"write {INDEX}",),
        },
    ),
    "what is not written is not waited for": (
        [[write(INDEXER)]],
        {INDEXER: {INDEX}},
        {},
        {f"write {INDEXER}": ()},
    ),
    "nobody waits for itself": (
        [[write(INDEX)]],
        {INDEX: {INDEX}},
        {INDEX: {INDEX}},
        {f"write {INDEX}": ()},
    ),
    "deletions, users first": (
        [[delete(INDEX)], [delete(INDEXER)]],
        {},
        {INDEXER: {INDEX}},
        {f"delete {INDEXER}": (), f"delete {INDEX}": (f"delete {INDEXER}",)},
    ),
    "a deletion, for the write that lets go": (
        [[delete(INDEX)], [write(ALIAS)]],
        {},
        {ALIAS: {INDEX}},
        {f"write {ALIAS}": (), f"delete {INDEX}": (f"write {ALIAS}",)},
    ),
    "a deletion, not for what it referred to": (
        [[delete(INDEXER)], [write(INDEX)]],
        {INDEXER: {INDEX}},
        {INDEXER: {INDEX}},
        {f"delete {INDEXER}": (), f"write {INDEX}": ()},
    ),
    "a write, not for the deletion of what it names": (
        [[write(ALIAS)], [delete(INDEX)]],
        {ALIAS: {INDEX}},
        {},
        {f"write {ALIAS}": (), f"delete {INDEX}": ()},
    ),
    "a move to a new index": (
        [[delete(INDEX)], [create(NEWER)], [write(ALIAS)]],
        {ALIAS: {NEWER}},
        {ALIAS: {INDEX}},
        {
            f"write {NEWER}": (),
            f"write {ALIAS}": (f"write {NEWER}",),
            f"delete {INDEX}": (f"write {ALIAS}",),
        },
    ),
    "the steps of one object, in a row": (
        [[write(INDEXER), wait(INDEXER), run(INDEXER)]],
        {},
        {},
        {
            f"write {INDEXER}": (),
            f"wait {INDEXER}": (f"write {INDEXER}",),
            f"run {INDEXER}": (f"wait {INDEXER}",),
        },
    ),
    "for an object that is ready, not for its run": (
        [[write(ALIAS)], [write(INDEXER), wait(INDEXER), run(INDEXER)]],
        {ALIAS: {INDEXER}},
        {},
        {
            f"write {INDEXER}": (),
            f"wait {INDEXER}": (f"write {INDEXER}",),
            f"run {INDEXER}": (f"wait {INDEXER}",),
            f"write {ALIAS}": (f"wait {INDEXER}",),
        },
    ),
    "for an object that is only waited for": (
        [[write(ALIAS)], [wait(INDEX)]],
        {ALIAS: {INDEX}},
        {},
        {f"wait {INDEX}": (), f"write {ALIAS}": (f"wait {INDEX}",)},
    ),
    "a deletion, until its user is gone": (
        [[delete(INDEX)], [delete(INDEXER), wait(INDEXER)]],
        {},
        {INDEXER: {INDEX}},
        {
            f"delete {INDEXER}": (),
            f"wait {INDEXER}": (f"delete {INDEXER}",),
            f"delete {INDEX}": (f"wait {INDEXER}",),
        },
    ),
}


@pytest.mark.parametrize(("chains", "desired", "present", "waits"), WAITS.values(), ids=WAITS)
def test_who_waits_for_whom(
    chains: list[Chain], desired: Uses, present: Uses, waits: dict[str, tuple[str, ...]]
) -> None:
    steps = ordered(chains, desired, present)
    assert {step.id: step.waits_for for step in steps} == waits
    places = {step.id: place for place, step in enumerate(steps)}
    assert all(places[before] < places[step.id] for step in steps for before in step.waits_for)
    assert not any(step.awaits_role for step in steps)


PAUSES: dict[str, tuple[Chain, Chain, float | None, float]] = {
    "after an alias, as its kind says": ([delete(INDEX)], [write(ALIAS)], None, 10.0),
    "after an alias, as is said": ([delete(INDEX)], [write(ALIAS)], 2.5, 2.5),
    "after an alias, none is said": ([delete(INDEX)], [write(ALIAS)], 0.0, 0.0),
    "after an indexer, which is seen at once": ([delete(INDEX)], [write(INDEXER)], None, 0.0),
    "after an indexer, whatever is said": ([delete(INDEX)], [write(INDEXER)], 2.5, 0.0),
    "after the deletion of an alias": ([delete(INDEX)], [delete(ALIAS)], None, 0.0),
    "a write beside an alias": ([write(INDEX)], [write(ALIAS)], None, 0.0),
}


@pytest.mark.parametrize(("chain", "other", "said", "pause"), PAUSES.values(), ids=PAUSES)
def test_a_deletion_waits_until_updates_are_seen_everywhere(
    chain: Chain, other: Chain, said: float | None, pause: float
) -> None:
    user = str(other[0].resource)
    steps = ordered([chain, other], {INDEX: {user}}, {user: {INDEX}}, said)
    assert {step.id: step.pause for step in steps} == {chain[0].id: pause, other[0].id: 0.0}


def test_only_the_first_step_of_a_chain_pauses() -> None:
    steps = ordered([[delete(INDEX), wait(INDEX)], [write(ALIAS)]], {}, {ALIAS: {INDEX}})
    assert [step.pause for step in steps] == [0.0, 10.0, 0.0]


ROLE = "RoleAssignment/r"
ROLES: dict[str, tuple[list[Chain], Uses, set[str]]] = {
    "what needs a new role": (
        [[create(ROLE)], [write(SOURCE)]],
        {SOURCE: {ROLE}},
        {f"write {SOURCE}"},
    ),
    "what needs what needs it": (
        [[create(ROLE)], [write(SOURCE)], [write(INDEXER)], [write(INDEX)]],
        {SOURCE: {ROLE}, INDEXER: {SOURCE, INDEX}},
        {f"write {SOURCE}", f"write {INDEXER}"},
    ),
    "its own wait": (
        [[create(ROLE), wait(ROLE)], [write(SOURCE)]],
        {SOURCE: {ROLE}},
        {f"wait {ROLE}", f"write {SOURCE}"},
    ),
    "a role that is there": ([[write(ROLE)], [write(SOURCE)]], {SOURCE: {ROLE}}, set()),
    "another new object": ([[create(SOURCE)], [write(INDEXER)]], {INDEXER: {SOURCE}}, set()),
    "what does not need it": ([[create(ROLE)], [write(SOURCE)]], {}, set()),
}


@pytest.mark.parametrize(("chains", "desired", "waiting"), ROLES.values(), ids=ROLES)
def test_who_waits_until_a_role_spreads(
    chains: list[Chain], desired: Uses, waiting: set[str]
) -> None:
    steps = ordered(chains, desired, {})
    assert {step.id for step in steps if step.awaits_role} == waiting
