"""What was at rest is not planned anew; and whatever changes, the memory of it is not believed."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from typing import Any, NamedTuple

import pytest

from tests.cli.conftest import INDEX
from tests.world import World

SPEC = """
environments:
  other:
    service: {endpoint: URL, credential: {apiKey: "${env.RECONCILER_API_KEY}"}}
variables: {audience: staff}
secrets: {storage: {env: STORAGE}}
"""
DATA = """
type: azureblob
credentials: {connectionString: "${secret.storage}"}
container: {name: docs}
"""
TEXT = 'description: "${var.audience} ${env.SEASON}"\n'


@pytest.fixture
def resting(world: World) -> World:
    """A project that depends on everything that a project can depend on, at rest."""
    world.environ |= {"STORAGE": "AccountName=a;AccountKey=first", "SEASON": "spring"}
    project(world, SPEC)
    world.declare("DataSource/docs", DATA)
    world.declare("Index/docs", INDEX + TEXT)
    assert world.cli("apply", "-y", "-e", "test").code == 0
    assert planned(world) == "No changes. 2 unchanged, 0 unmanaged."
    assert (world.root / ".reconciler/cache/test.rest.json").exists(), "it is remembered"
    return world


def project(world: World, spec: str) -> None:
    """A project file with two environments."""
    _, _, more = spec.partition("variables:")
    world.project("variables:" + more)
    file = world.root / "reconciler.yaml"
    text = file.read_text()
    start, end = text.index("    test:\n"), text.index("  variables:")
    twin = text[start:end].replace("test:", "other:", 1)
    file.write_text(text[:end] + twin + text[end:])


def planned(world: World, *options: str) -> str:
    """The last line of a plan, which is the same without any memory."""
    options = ("plan", *(options or ("-e", "test")))
    remembered = world.cli(*options)
    shutil.rmtree(world.root / ".reconciler/cache")
    afresh = world.cli(*options)
    assert (afresh.code, afresh.out) == (remembered.code, remembered.out), "it changes no result"
    return remembered.last if remembered.out else remembered.err


class Case(NamedTuple):
    """What changes, and the plan that follows."""

    change: Callable[[World], Any]
    then: str
    options: tuple[str, ...] = ()


ONE = "Plan: 0 to add, 1 to change, 0 to rebuild, 0 to destroy. 1 unchanged, 0 unmanaged."
MORE = "Plan: 1 to add, 0 to change, 0 to rebuild, 0 to destroy. 2 unchanged, 0 unmanaged."
GONE = "Plan: 1 to add, 0 to change, 0 to rebuild, 0 to destroy. 1 unchanged, 0 unmanaged."
LESS = "Plan: 0 to add, 0 to change, 0 to rebuild, 1 to destroy. 1 unchanged, 0 unmanaged."


def portal(world: World) -> None:
    world.service.edit("Index/docs", lambda body: body.update(description="by hand"))


CASES = {
    "nothing": Case(lambda _: None, "No changes. 2 unchanged, 0 unmanaged."),
    "manifest edited": Case(lambda w: w.declare("Index/docs", INDEX), ONE),
    "manifest added": Case(lambda w: w.declare("Index/more", INDEX), MORE),
    "manifest removed": Case(lambda w: w.undeclare("DataSource/docs"), LESS),
    "manifest broken": Case(lambda w: w.declare("Index/docs", "fields: 1"), "must be a list"),
    "variable in the project": Case(lambda w: project(w, SPEC.replace("staff", "all")), ONE),
    "--var": Case(lambda _: None, ONE, ("-e", "test", "--var", "audience=all")),
    "--environment": Case(lambda _: None, "No changes.", ("-e", "other")),
    "environment variable": Case(lambda w: w.environ.update(SEASON="summer"), ONE),
    "environment variable unset": Case(lambda w: w.environ.pop("SEASON"), "SEASON"),
    "secret": Case(lambda w: w.environ.update(STORAGE="AccountName=a;AccountKey=second"), ONE),
    "changed by hand": Case(portal, ONE),
    "deleted by hand": Case(lambda w: w.service.delete("Index/docs"), GONE),
    "created by hand": Case(
        lambda w: w.service.put(
            "Index/by-hand", {"fields": [{"name": "id", "type": "Edm.String", "key": True}]}
        ),
        "No changes. 2 unchanged, 1 unmanaged.",
    ),
    "forgotten": Case(lambda w: w.cli("ledger", "forget", "Index/docs", "-e", "test"), "adopted"),
    "file of the memory gone": Case(
        lambda w: (w.root / ".reconciler/cache/test.rest.json").unlink(),
        "No changes. 2 unchanged, 0 unmanaged.",
    ),
    "ledger lost": Case(lambda w: (w.root / ".reconciler/test.ledger.json").unlink(), "adopted"),
    "key to the service": Case(
        lambda w: w.environ.update(RECONCILER_API_KEY="another-key"), "error: "
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_every_change_is_noticed(resting: World, case: Case) -> None:
    assert planned(resting) == "No changes. 2 unchanged, 0 unmanaged."
    assert resting.cli("plan", "-e", "test").code == 0
    case.change(resting)
    assert case.then in planned(resting, *case.options)


@pytest.mark.parametrize(
    "expression", ["${file:text.txt}", "${ file:text.txt }", '"\\x24{file:text.txt}"']
)
def test_a_file_of_an_expression_is_noticed(world: World, expression: str) -> None:
    world.write("text.txt", "first")
    world.declare("Index/docs", INDEX + f"description: {expression}\n")
    world.apply()
    for _ in range(2):
        assert world.cli("plan").last == "No changes. 1 unchanged, 0 unmanaged."
    assert (world.root / ".reconciler/cache/test.rest.json").exists(), "it is remembered"
    world.write("text.txt", "second")
    assert "1 to change" in world.cli("plan").last
    (world.root / "text.txt").unlink()
    assert "cannot read `text.txt`" in world.cli("plan").err


@pytest.mark.parametrize(
    "content", ["", "null", "{}", "[]", "{", '{"inputs": 1, "environ": 1, "lists": 1, "live": 1}']
)
def test_a_damaged_memory_is_ignored(resting: World, content: str) -> None:
    planned(resting)
    (resting.root / ".reconciler/cache/test.rest.json").write_text(content)
    assert resting.cli("plan", "-e", "test").last == "No changes. 2 unchanged, 0 unmanaged."
    portal(resting)
    assert resting.cli("plan", "-e", "test").last == ONE


def test_no_secret_is_remembered(resting: World) -> None:
    text = (resting.root / ".reconciler/cache/test.rest.json").read_text()
    assert "AccountKey" not in text
    assert "spring" not in text


def test_warnings_are_said_again(world: World) -> None:
    """What is at rest may have warnings: they are remembered with it, and printed again."""
    world.declare(
        "Skillset/docs",
        'skills:\n  - "@odata.type": "#Microsoft.Skills.Text.SplitSkill"\n'
        "    inputs: [{name: text, source: /documents/text}]\n"
        "    outputs: [{name: textItems}]",
    )
    world.apply()
    first, second = world.cli("plan"), world.cli("plan")
    assert (second.code, second.out, second.err) == (first.code, first.out, first.err)
    assert "[missing-path]" in second.err
    assert list((world.root / ".reconciler" / "cache").glob("*rest.json"))
