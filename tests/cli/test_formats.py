"""Text, JSON and Markdown: for people, for programs, and for comments on pull requests."""

from __future__ import annotations

import copy
import json
import re
from pathlib import Path
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
        assert '  "word29, synonym29"\n' in shown, "what stands beside it"
        assert "(29 unchanged lines hidden)" in shown
        assert "(28 unchanged lines hidden)" in shown


def test_both_sides_of_a_long_text_that_is_all_new(world: World) -> None:
    old, new = ("\n  ".join(f"{word}{n}, x" for n in range(70)) for word in ("old", "new"))
    world.declare("SynonymMap/words", f"format: solr\nsynonyms: |\n  {old}")
    world.apply()
    world.declare("SynonymMap/words", f"format: solr\nsynonyms: |\n  {new}")
    for form in ("text", "markdown"):
        shown = world.cli("plan", "--format", form).out
        for line in ('- "old0, x"', "- (50 more lines)", '+ "new0, x"', "+ (50 more lines)"):
            assert line in shown


@pytest.mark.parametrize(
    ("arguments", "as_json"),
    [
        ("--format text --format json", True),
        ("--format=json --format=text", False),
        ("--format json --format=json", True),
        ("--var --format --target json", False),
        ("--bogus --format json", True),
    ],
)
def test_the_last_format_wins_also_for_a_failure(
    world: World, arguments: str, as_json: bool
) -> None:
    ran = world.cli("plan", *arguments.split(), "-e", "nowhere")
    assert ran.code == 1
    assert (json.loads(ran.out)["valid"] is False) if as_json else (ran.out == "")


@pytest.mark.parametrize(
    ("arguments", "as_json"),
    [
        ("--format json", True),
        ("--format=json", True),
        ("--format text --format=json", True),
        ("--format=json --format text", False),
        ("--format", False),
        ("--format markdown", False),
    ],
)
def test_a_command_without_formats_fails_in_the_last_one_too(
    world: World, arguments: str, as_json: bool
) -> None:
    ran = world.cli("reset", "docs", *arguments.split())
    assert (ran.code, "[usage]" in ran.err) == (1, True)
    assert (json.loads(ran.out)["valid"] is False) if as_json else (ran.out == "")


def test_a_failure_after_the_plan_is_no_second_object(world: World) -> None:
    world.declare("Index/docs", INDEX)
    ran = world.cli("plan", "--format", "json", "--out", "nowhere/plan.json")
    assert (ran.code, "No such file" in ran.err) == (1, True)
    assert json.loads(ran.out)["counts"] == {"create": 1}


def test_an_apply_as_json_does_not_ask(world: World) -> None:
    world.declare("Index/docs", INDEX)
    ran = world.cli("apply", "--format", "json")
    assert (ran.code, "add --yes" in ran.err) == (1, True)
    assert json.loads(ran.out)["valid"] is False
    assert not world.writes()


@pytest.mark.parametrize("form", ["text", "markdown", "json"])
def test_a_consent_that_matches_nothing(world: World, form: str) -> None:
    world.project("consents: [{address: Index/gone, action: delete}]")
    world.declare("Index/docs", INDEX)
    ran = world.cli("plan", "--format", form, "--consent", "mass-change")
    assert ran.code == 0
    for consent in ("the consent Index/gone:delete", "--consent mass-change"):
        where = ran.err if form == "text" else ran.out
        assert f"{consent} matches nothing" in where.replace("\\", "")
        assert f"{consent} matches nothing" in ran.err


def test_a_consent_that_matches_nothing_has_its_place(world: World) -> None:
    world.project("consents: [{address: Index/gone, action: delete}]")
    world.declare("Index/docs", INDEX)
    lines = (world.root / "reconciler.yaml").read_text().splitlines()
    line = next(n for n, text in enumerate(lines, 1) if "consents:" in text)
    place = ("reconciler.yaml", line, lines[line - 1].index("{") + 1)
    for command in (["plan"], ["apply", "--yes"]):
        (problem,) = json.loads(world.cli(*command, "--format", "json").out)["problems"]
        assert (problem["code"], problem["severity"]) == ("unused-consent", "warning")
        assert (Path(problem["file"]).name, problem["line"], problem["column"]) == place
    told = world.cli("plan").err
    assert told.startswith("{}:{}:{}: warning: the consent Index/gone:delete".format(*place))


def test_a_consent_beside_the_targets_is_no_warning(world: World) -> None:
    world.project("consents: [{address: Index/gone, action: delete}]")
    world.declare("Index/docs", INDEX)
    assert "unused-consent" not in world.cli("plan", "--target", "Index/docs").err


def test_unmanaged_objects_are_named_in_markdown(world: World) -> None:
    world.declare("Index/docs", INDEX)
    world.service.put(
        "Index/other", {"fields": [{"name": "id", "type": "Edm.String", "key": True}]}
    )
    assert "`Index/other`" in world.cli("plan", "--format", "markdown", "--show-unmanaged").out
    assert "Index/other" not in world.cli("plan", "--format", "markdown").out


def test_a_short_secret_and_a_part_of_a_text_are_sensitive_in_json(world: World) -> None:
    world.project("secrets: {short: {env: SHORT}, long: {env: LONG}}")
    world.environ |= {"SHORT": "pa55", "LONG": "AccountName=a;AccountKey=a-secret-of-the-storage"}
    secret = "type: azureblob\ncredentials: {connectionString: '${secret.%s}'}\n"
    container = "container: {name: docs}\ndescription: %s"
    world.declare("DataSource/a", secret % "short" + container % "pa55")
    world.declare(
        "DataSource/b", secret % "long" + container % "AccountKey=a-secret-of-the-storage;x"
    )
    found = {
        change["address"]: edit
        for change in world.plan()["changes"]
        for edit in change["edits"]
        if edit["path"] == "/description"
    }
    assert found["DataSource/a"]["after"] is None
    assert found["DataSource/b"]["after"] == "AccountKey=(sensitive value);x"
    assert all(edit["sensitive"] for edit in found.values())
    assert world.cli("plan", "--out", "plan.json").code == 0
    assert "pa55" not in (world.root / "plan.json").read_text()


def test_a_model_over_plain_http_is_an_error(world: World) -> None:
    head = "apiVersion: reconciler/v1\nkind: EmbeddingModel\nmetadata: {name: far}\n"
    spec = "spec: {protocol: foundry, dimensions: 8, endpoint: 'http://%s'}\n"
    world.write("manifests/far.yaml", head + spec % "models.example")
    ran = world.cli("validate")
    assert (ran.code, "over plain http the key or token" in ran.err) == (1, True), ran.err
    world.write("manifests/far.yaml", head + spec % "127.0.0.1:8471")
    assert world.cli("validate").code == 0


@pytest.mark.parametrize(
    "command", ["run dosc", "reset dosc", "status dosc", "query dosc --text a"]
)
def test_a_name_of_nothing_names_the_near_one(world: World, command: str) -> None:
    kind = "Index" if command.startswith("query") else "Indexer"
    world.declare("Index/docs", INDEX)
    world.declare("DataSource/docs", "type: azureblob\ncontainer: {name: docs}")
    world.declare("Indexer/docs", "dataSourceName: docs\ntargetIndexName: docs")
    ran = world.cli(*command.split())
    assert ran.code == 1
    assert f"no manifest declares dosc, and the service has no {kind}" in ran.err
    assert "did you mean `docs`?" in ran.err


def test_a_target_of_export_of_another_kind_names_the_near_one(world: World) -> None:
    world.declare("Index/docs", INDEX)
    world.apply()
    ran = world.cli("export", "--target", "Indx/docs")
    assert (ran.code, "did you mean `Index/docs`?" in ran.err) == (1, True)


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
