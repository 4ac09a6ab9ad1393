"""Text, JSON and Markdown: for people, for programs, and for comments on pull requests."""

from __future__ import annotations

import copy
import json
import re
from typing import Any

import pytest

from reconciler.planning.plan_file import sealed
from tests.cli.conftest import INDEX
from tests.world import World

HOSTILE = (
    "@octocat #1\n```\n</details></summary><script>alert(1)</script> | a | b | `x` ~~~~ "
    "[x](https://evil.example) <!-- \x1b[31mred\x1b[0m \x9b1m \x07 ${{ secrets.X }}\n# Heading\n- x"
)
LIMIT = 65_536
CODE = r"(?<![`\\])(`+)(?!`).*?(?<!`)\1(?!`)"


def blocks(markdown: str) -> tuple[str, str]:
    """What stands outside and inside of fences; fences and `<details>` must be balanced."""
    outside, inside, fence, depth = [], [], "", 0
    for line in markdown.splitlines():
        run = re.match(r"`{3,}", line)
        if fence:
            closes = run is not None and line.strip("` ") == "" and len(run[0]) >= len(fence)
            fence = "" if closes else fence
            inside += [] if closes else [line]
        elif run is not None:
            fence = run[0]
        else:
            prose = re.sub(CODE, "", line)
            depth += prose.count("<details>") - prose.count("</details>")
            outside.append(line)
        assert depth in (0, 1)
    assert (fence, depth) == ("", 0), "a fence or <details> is left open"
    return "\n".join(outside), "\n".join(inside)


def saved(world: World) -> dict[str, Any]:
    """A saved plan with one index to create and one to change, to be altered and shown."""
    world.declare("Index/docs", INDEX)
    world.apply()
    world.declare("Index/docs", INDEX + "description: new\n")
    world.declare("Index/more", INDEX)
    assert world.cli("plan", "--out", "plan.json").code == 0
    value: dict[str, Any] = json.loads((world.root / "plan.json").read_text())
    return value


def shown(world: World, plan: dict[str, Any], form: str) -> str:
    """A saved plan as `show` prints it."""
    (world.root / "altered.json").write_text(json.dumps(sealed(plan)))
    ran = world.cli("show", "altered.json", "--format", form)
    assert (ran.code, ran.err) == (0, "")
    return ran.out


@pytest.mark.parametrize(
    "command",
    [
        "validate --format json",
        "plan --format json",
        "drift --format json",
        "ledger list --format json",
        "show plan.json --format json",
        "apply -y --format json",
        "destroy -y --format json",
    ],
)
def test_json_is_one_versioned_document_and_nothing_else(world: World, command: str) -> None:
    saved(world)
    world.service.edit("Index/docs", lambda body: body.update(description=HOSTILE))
    ran = world.cli(*command.split())
    value = json.loads(ran.out)
    assert next(iter(value)) == "formatVersion"
    assert value["formatVersion"] == 1


def test_json_of_validate_also_when_the_project_is_wrong(world: World) -> None:
    world.write("reconciler.yaml", "- a\n")
    ran = world.cli("validate", "--format", "json")
    assert (ran.code, ran.err, json.loads(ran.out)["valid"]) == (1, "", False)


@pytest.mark.parametrize("action", ["update", "delete", "rebuild"])
def test_markdown_of_3000_changes_fits_into_a_comment(world: World, action: str) -> None:
    plan = saved(world)
    change = plan["changes"][0]
    change["action"] = action
    plan["changes"] = []
    for number in range(3_000):
        change["address"] = f"Index/docs-{number}"
        change["edits"][0]["after"] = f"``` {number} " * (number % 50)
        plan["changes"].append(copy.deepcopy(change))
    markdown = shown(world, plan, "markdown")
    assert LIMIT // 2 < len(markdown) <= LIMIT
    blocks(markdown)
    assert "lines are left out here" in markdown
    assert "3000" in markdown.splitlines()[2], "the summary stands above"


def test_markdown_of_much_drift_fits_into_a_comment(world: World) -> None:
    plan = saved(world)
    edits = plan["changes"][0]["edits"]
    plan["drift"] = [
        {"address": f"Index/docs-{number}", "gone": False, "edits": edits}
        for number in range(3_000)
    ]
    markdown = shown(world, plan, "markdown")
    assert len(markdown) <= LIMIT
    blocks(markdown)


def hostile(plan: dict[str, Any]) -> dict[str, Any]:
    """Content that somebody chose to break out, everywhere in a plan."""
    change = plan["changes"][0]
    change["edits"][0] |= {"before": None, "after": HOSTILE}
    change["edits"].append({**change["edits"][0], "before": HOSTILE, "after": {"a": [HOSTILE]}})
    change["reason"] = HOSTILE
    change["notes"] = [HOSTILE]
    plan["notes"] = [HOSTILE]
    plan["drift"] = [{"address": "Index/docs", "gone": False, "edits": change["edits"]}]
    plan["changes"].append({**change, "action": "delete", "address": "Index/```@octocat<x>"})
    refusal = {"code": "x", "message": HOSTILE, "addresses": [], "liftedBy": HOSTILE}
    plan["blocked"] = [refusal]
    plan["target"]["project"] = HOSTILE
    return plan


def test_hostile_content_stays_inside_of_markdown(world: World) -> None:
    outside, inside = blocks(shown(world, hostile(saved(world)), "markdown"))
    assert "octocat" in outside
    assert "octocat" in inside
    prose = re.sub(CODE, "", outside).replace("<details><summary>Details</summary>", "")
    prose = prose.replace("</details>", "")
    assert not re.search(
        r"(?<!\\)[<>|]|[@#]\w", re.sub(r"^(### |> )", "", prose, flags=re.MULTILINE)
    )
    assert not re.search(r"^(- x|# Heading)", outside, re.MULTILINE)


@pytest.mark.parametrize("form", ["text", "json", "markdown"])
def test_hostile_content_does_not_reach_the_terminal(world: World, form: str) -> None:
    out = shown(world, hostile(saved(world)), form)
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", out)
    if form == "text":
        assert not re.search(r"^(- x|# Heading|```)", out, re.MULTILINE), "one line stays one line"


def test_hostile_content_from_the_service_and_back(world: World) -> None:
    saved(world)
    world.service.edit("Index/docs", lambda body: body.update(description=HOSTILE))
    ran = world.cli("drift", "--format", "markdown")
    assert ran.code == 2
    outside, _ = blocks(ran.out)
    assert "@octocat" in outside
    assert "@octocat" not in re.sub(CODE, "", outside), "nobody is mentioned"
    text = world.cli("drift").out
    assert len(text.splitlines()) == 2
    assert "\x1b" not in text


def test_show_is_the_plan_again(world: World) -> None:
    saved(world)
    for form in ("text", "markdown"):
        again = world.cli("show", "plan.json", "--format", form)
        assert again == world.cli("plan", "--format", form), form
    planned = json.loads(world.cli("plan", "--format", "json").out)
    assert json.loads(world.cli("show", "plan.json", "--format", "json").out) == planned


def test_a_long_text_that_changed_in_its_middle(world: World) -> None:
    rules = [f"word{number}, synonym{number}" for number in range(60)]
    world.declare("SynonymMap/words", "format: solr\nsynonyms: |\n  " + "\n  ".join(rules))
    world.apply()
    rules[30] = "word30, another"
    world.declare("SynonymMap/words", "format: solr\nsynonyms: |\n  " + "\n  ".join(rules))
    for form in ("text", "markdown"):
        shown = world.cli("plan", "--format", form).out
        assert '- "word30, synonym30"\n' in shown
        assert '+ "word30, another"\n' in shown
        assert "(59 unchanged lines hidden)" in shown


def test_a_secret_is_null_in_json_also_where_it_is_new(world: World) -> None:
    world.project("secrets: {storage: {env: STORAGE}}")
    world.environ["STORAGE"] = "AccountName=a;AccountKey=a-secret-of-the-storage"
    world.declare(
        "DataSource/docs",
        "type: azureblob\ncredentials: {connectionString: '${secret.storage}'}\n"
        "container: {name: docs}",
    )
    [change] = world.plan()["changes"]
    edits = {edit["path"]: edit for edit in change["edits"]}
    assert edits["/credentials"]["after"] == {"connectionString": None}
    assert edits["/credentials"]["sensitive"] is True
    assert edits["/container"]["sensitive"] is False
