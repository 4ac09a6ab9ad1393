"""Objects that are what they are by any name: which live one is meant, and which one goes."""

from __future__ import annotations

from typing import Any

import pytest

from reconciler.model.plan import Plan
from reconciler.model.resource import Live
from reconciler.model.step import Step
from reconciler.model.unknown import LATER
from reconciler.planning import make_plan
from tests.planning.stated import Body, entry, live, resource, situation
from tests.planning.test_outputs import WHO

VERSION = "2022-04-01"
AT = "RoleAssignment/r"
GROUP = "/subscriptions/s/resourceGroups/g"
IN = f"{GROUP}/providers/Microsoft.Authorization/roleAssignments/"
ANNA: Body = {"scope": GROUP, "role": "Reader", "principal": "anna"}
BERT: Body = {**ANNA, "principal": "bert"}
SOMEBODY: Body = {**ANNA, "principal": WHO}
READER = "acdd72a7-3385-48ef-bd42-f606fba81ae7"


def shown(name: str, body: Body, address: str = "") -> Live:
    """An assignment as Azure shows it: in other letters."""
    there = {**body, "scope": GROUP.upper(), "role": READER}
    found = live(address or f"RoleAssignment/{name}", there, VERSION, None)
    return Live(found.id, found.body, None, VERSION, IN + name)


OURS = entry(AT, ANNA, api_version=VERSION, name_on_service=f"{IN}old")


def planned(desired: Body | None, lives: list[Live], entries: list[Any], ignore: str = "") -> Plan:
    listed = [] if desired is None else [resource(AT, desired, VERSION, ignore)]
    return make_plan(situation(listed, lives, entries))


def told(plan: Plan) -> tuple[dict[str, str], list[tuple[str, str]]]:
    """What becomes of each, and the calls, with the last part of their names: `new` is a GUID."""
    changes = {str(change.id): change.action.label for change in plan.changes}
    names = [(call.method, call.name.rpartition("/")[2]) for _, call in plan.calls]
    return changes, [(method, "new" if len(name) == 36 else name) for method, name in names]


PLANS: dict[str, tuple[Body, list[Live], list[Any], dict[str, str], list[tuple[str, str]]]] = {
    "ours, under the name of old": (ANNA, [shown("old", ANNA, AT)], [OURS], {}, []),
    "somebody else's": (ANNA, [shown("x", ANNA)], [], {AT: "adopt"}, []),
    "ours is gone, somebody made it again": (
        ANNA,
        [shown("x", ANNA)],
        [OURS],
        {AT: "record"},
        [],
    ),
    "another one of the same scope and role": (
        BERT,
        [shown("old", ANNA, AT)],
        [OURS],
        {AT: "replace"},
        [("DELETE", "old"), ("PUT", "new")],
    ),
    "another one, that is there already": (
        BERT,
        [shown("old", ANNA, AT), shown("x", BERT)],
        [OURS],
        {AT: "replace"},
        [("DELETE", "old")],
    ),
    "another one, that is there and differs": (
        {**BERT, "description": "ours"},
        [shown("old", ANNA, AT), shown("x", BERT)],
        [OURS],
        {AT: "replace"},
        [("DELETE", "old"), ("PUT", "x")],
    ),
    "of whom is not known yet": (
        SOMEBODY,
        [shown("old", ANNA, AT)],
        [OURS],
        {AT: "replace"},
        [("DELETE", "old"), ("PUT", LATER)],
    ),
    "a new one of whom is not known yet": (SOMEBODY, [], [], {AT: "create"}, [("PUT", LATER)]),
    "another description": (
        {**ANNA, "description": "ours"},
        [shown("old", ANNA, AT)],
        [OURS],
        {AT: "update"},
        [("PUT", "old")],
    ),
    "of another document, that is gone": (
        ANNA,
        [shown("x", ANNA, "RoleAssignment/before")],
        [entry("RoleAssignment/before", ANNA, api_version=VERSION, name_on_service=f"{IN}x")],
        {AT: "adopt", "RoleAssignment/before": "forget"},
        [],
    ),
}


@pytest.mark.parametrize(
    ("desired", "lives", "entries", "changes", "calls"), PLANS.values(), ids=PLANS
)
def test_which_is_meant(
    desired: Body,
    lives: list[Live],
    entries: list[Any],
    changes: dict[str, str],
    calls: list[tuple[str, str]],
) -> None:
    assert told(planned(desired, lives, entries)) == (changes, calls)


def test_two_documents_that_change_places_change_nothing() -> None:
    """And one that takes what another gave up deletes its own."""
    other = "RoleAssignment/q"
    lives = [shown("old", ANNA, AT), shown("x", BERT, other)]
    entries = [OURS, entry(other, BERT, api_version=VERSION, name_on_service=f"{IN}x")]

    def made(first: Body, second: Body) -> tuple[dict[str, str], list[tuple[str, str]]]:
        listed = [resource(AT, first, VERSION), resource(other, second, VERSION)]
        return told(make_plan(situation(listed, lives, entries)))

    assert made(BERT, ANNA) == ({AT: "record", other: "record"}, [])
    cara = {**ANNA, "principal": "cara"}
    changes, calls = made(BERT, cara)
    assert changes == {AT: "replace", other: "create"}
    assert sorted(calls) == [("DELETE", "old"), ("PUT", "new")]


def test_what_the_lifecycle_ignores_makes_no_other_of_it() -> None:
    lives = [shown("old", ANNA, AT)]
    assert told(planned(BERT, lives, [OURS], "/principal")) == ({AT: "record"}, [])


def test_the_name_follows_from_scope_role_and_principal() -> None:
    """Each spelled in any way; and from nothing else."""

    def name(body: Body, at: str = AT) -> str:
        ((_, call),) = make_plan(situation([resource(at, body, VERSION)], [])).calls
        return call.name.casefold()

    same = {**ANNA, "scope": GROUP.upper(), "role": READER.upper(), "principal": "ANNA"}
    assert name(same) == name(ANNA) == name(ANNA, "RoleAssignment/other")
    others = [BERT, {**ANNA, "role": "Contributor"}, {**ANNA, "scope": f"{GROUP}2"}]
    assert len({name(body) for body in (ANNA, *others)}) == 4


def test_who_needs_it_waits_until_the_other_one_is_there() -> None:
    service = resource("SearchService/s", {"sku": {"name": "basic"}}, "2025-05-01")
    group = resource("ResourceGroup/g", {}, "2024-11-01", name_on_service=GROUP)
    user = resource(AT, BERT, VERSION, depends_on=(service.id,))
    after = resource("Index/i", {"fields": []}, depends_on=(user.id,))
    lives = [shown("old", ANNA, AT)]
    plan = make_plan(situation([service, group, user, after], lives, [OURS]))
    steps: dict[str, Step] = {step.id: step for step in plan.steps}
    assert "wait for create SearchService/s" in steps[f"delete {AT}"].waits_for
    assert steps[f"create {AT}"].waits_for == (f"delete {AT}",)
    assert f"create {AT}" in steps["create Index/i"].waits_for
    assert steps["create Index/i"].awaits_role
