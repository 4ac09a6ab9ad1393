"""0: nothing to do, or done. 1: error. 2: changes or drift. 3: refused by the guard."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.cli.conftest import INDEX
from tests.world import World


def nothing(world: World) -> None:
    """The index is live as declared."""


def change(world: World) -> None:
    world.declare("Index/docs", INDEX + "description: x\n")


def refused(world: World) -> None:
    world.declare("Index/other", INDEX)
    world.undeclare("Index/docs")


def wrong(world: World) -> None:
    world.declare("Index/docs", "fields: 1\n")


def by_hand(world: World) -> None:
    world.service.edit("Index/docs", lambda body: body.update(description="by hand"))


def down(world: World) -> None:
    world.environ["RECONCILER_API_KEY"] = "wrong"


_REFUSED = {
    "validate": 0,
    "plan": 3,
    "plan --format json": 3,
    "plan --detailed-exitcode": 3,
    "plan --allow-refused": 0,
    "plan --allow-refused --detailed-exitcode": 2,
    "plan --out plan.json": 3,
    "apply -y": 3,
}
CODES: list[tuple[Callable[[World], None], dict[str, int]]] = [
    (nothing, {"validate": 0, "plan": 0, "plan --detailed-exitcode": 0, "drift": 0, "apply -y": 0}),
    (change, {"validate": 0, "plan": 0, "plan --detailed-exitcode": 2, "drift": 0, "apply -y": 0}),
    (refused, _REFUSED),
    (wrong, {"validate": 1, "plan": 1, "plan --detailed-exitcode": 1, "drift": 0, "apply -y": 1}),
    (
        by_hand,
        {"validate": 0, "plan": 0, "drift": 2, "drift --accept": 0, "drift --format json": 0},
    ),
    (down, {"validate": 0, "plan": 1, "drift": 1, "apply -y": 1, "destroy -y": 1}),
]


@pytest.mark.parametrize(("given", "codes"), CODES, ids=[given.__name__ for given, _ in CODES])
def test_exit_code(applied: World, given: Callable[[World], None], codes: dict[str, int]) -> None:
    given(applied)
    assert {command: applied.cli(*command.split()).code for command in codes} == codes


def test_a_plan_that_is_refused_says_so_in_json(applied: World) -> None:
    refused(applied)
    plan = applied.plan()
    assert (plan["exitCode"], [r["code"] for r in plan["blocked"]]) == (3, ["documents-lost"])


def test_a_saved_plan_ends_like_the_plan(applied: World) -> None:
    change(applied)
    assert applied.cli("plan", "--out", "plan.json").code == 0
    assert applied.cli("show", "plan.json").code == 0
    assert applied.cli("apply", "plan.json").code == 0
    ran = applied.cli("apply", "plan.json")
    assert (ran.code, "this is done already" in ran.err) == (0, True)


def test_a_plan_with_errors_is_not_saved(world: World) -> None:
    world.project("secrets: {storage: {keep: true}}")
    world.declare(
        "DataSource/docs",
        "type: azureblob\n"
        'credentials: {connectionString: "${secret.storage}"}\n'
        "container: {name: docs}\n",
    )
    ran = world.cli("plan", "--out", "plan.json")
    assert ran.code == 1
    assert "there is nothing to keep" in ran.out + ran.err
    assert not (world.root / "plan.json").exists()
