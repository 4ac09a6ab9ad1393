"""What a baseline makes known, what stays new beside it, and what of it is over."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from reconciler.lint.rule import Rule, rules
from tests.world import World

EVERY = [pytest.param(rule, id=rule.id) for rule in rules().values()]
INDEX = """\
apiVersion: azure-ai-search
kind: Index
metadata: {name: docs}
spec:
  fields:
    - {name: id, type: Edm.String, key: true}
    - {name: text, type: Edm.String, analyzer: plates}
    - {name: more, type: Edm.String, analyzer: plates}
"""
ALIAS = """\
apiVersion: azure-ai-search
kind: Alias
metadata: {name: current}
spec: {indexes: [gone]}
"""
KNOWN = {
    "code": "undefined-name",
    "object": "Index/docs",
    "path": "/spec/fields/text/analyzer",
    "message": "0123456789abcdef",
}


def validate(world: World, *options: str) -> dict[str, Any]:
    """What `validate` prints for programs."""
    printed = json.loads(world.cli("validate", "--format", "json", *options).out)
    assert isinstance(printed, dict)
    return printed


def frozen(world: World, manifest: str = INDEX) -> Path:
    """A baseline of a manifest."""
    world.write("manifests/a.yaml", manifest)
    assert world.cli("validate", "--write-baseline", "known.json").code == 0
    return world.root / "known.json"


def entries(file: Path) -> list[dict[str, str]]:
    listed = json.loads(file.read_text())["problems"]
    assert isinstance(listed, list)
    return listed


def codes(printed: dict[str, Any]) -> list[str]:
    return [problem["code"] for problem in printed["problems"]]


@pytest.mark.parametrize("rule", EVERY)
def test_what_any_rule_tells_can_be_known(rule: Rule, offline: World) -> None:
    offline.write("contract.yaml", rule.manual.beside)
    offline.write("manifests/a.yaml", rule.manual.failing)
    assert rule.id in codes(validate(offline))
    written = validate(offline, "--write-baseline", "known.json")
    assert (written["valid"], written["problems"]) == (True, [])
    assert written["known"] == len(entries(offline.root / "known.json")) > 0
    assert validate(offline, "--baseline", "known.json") == written


def test_what_is_known_is_counted_in_words(offline: World) -> None:
    frozen(offline)
    ran = offline.cli("validate", "--baseline", "known.json")
    assert (ran.code, ran.out, ran.err) == (0, "1 object: no errors, 2 known.\n", "")


def test_what_is_new_is_told(offline: World) -> None:
    frozen(offline)
    offline.write("manifests/b.yaml", ALIAS)
    ran = offline.cli("validate", "--baseline", "known.json")
    assert (ran.code, ran.out) == (1, "1 error, 2 known.\n")
    assert ran.err.count(": error: ") == 1
    assert "Index/gone is not declared" in ran.err


def test_an_entry_names_the_place_by_keys(offline: World) -> None:
    paths = [entry["path"] for entry in entries(frozen(offline))]
    assert paths == ["/spec/fields/more/analyzer", "/spec/fields/text/analyzer"]


FIRST = "    - {name: id"
MOVED = {
    "lines": INDEX.replace("spec:\n", "# why\n\nspec:\n"),
    "elements": INDEX.replace(FIRST, f"    - {{name: new, type: Edm.String}}\n{FIRST}"),
    "documents": f"{ALIAS.replace('gone', 'docs')}---\n{INDEX}",
}


@pytest.mark.parametrize("manifest", MOVED.values(), ids=MOVED)
def test_what_has_moved_is_known(manifest: str, offline: World) -> None:
    frozen(offline)
    (offline.root / "manifests" / "a.yaml").unlink()
    offline.write("manifests/other.yaml", manifest)
    assert validate(offline, "--baseline", "known.json")["known"] == 2


def test_another_message_at_the_same_place_is_new(offline: World) -> None:
    frozen(offline)
    offline.write("manifests/a.yaml", INDEX.replace("analyzer: plates", "analyzer: cars", 1))
    assert codes(validate(offline, "--baseline", "known.json")) == ["undefined-name"]


def test_what_is_over_is_advised_of_at_its_line(offline: World) -> None:
    frozen(offline)
    offline.write("manifests/a.yaml", INDEX.replace(", analyzer: plates", "", 1))
    ran = offline.cli("validate", "--baseline", "known.json")
    assert (ran.code, ran.out) == (0, "1 object: no errors, 1 known.\n")
    assert ran.err.startswith(
        "known.json:5:5: advice: `undefined-name` is not told of Index/docs at "
        "/spec/fields/text/analyzer any more [stale-baseline]\n    fix: delete the entry"
    )


def test_it_is_not_said_while_there_are_errors(offline: World) -> None:
    frozen(offline)
    offline.write("manifests/a.yaml", ALIAS)
    assert codes(validate(offline, "--baseline", "known.json")) == ["missing-reference"]


def test_what_one_environment_tells_is_not_over_in_another(offline: World) -> None:
    text = (offline.root / "reconciler.yaml").read_text()
    head, _, test = text.partition("    test:\n")
    offline.write("reconciler.yaml", f"{head}    local:\n{test}    prod:\n{test}")
    frozen(offline, INDEX.replace("{name: docs}", "{name: docs, environments: [prod]}"))
    assert validate(offline, "--baseline", "known.json")["problems"] == []
    for environment, known in (("local", 0), ("prod", 2)):
        told = validate(offline, "--baseline", "known.json", "--environment", environment)
        assert (told["known"], told["problems"]) == (known, [])
    refused = offline.cli("validate", "--write-baseline", "b.json", "--environment", "prod")
    assert refused.code == 1
    assert "leave --environment out" in refused.err


def test_written_again_it_is_the_same_and_sorted(offline: World) -> None:
    file = frozen(offline, f"{INDEX}---\n{ALIAS}")
    before = file.read_bytes()
    assert [entry["object"] for entry in entries(file)] == ["Alias/current"] + ["Index/docs"] * 2
    offline.write("manifests/a.yaml", f"{ALIAS}---\n{INDEX}")
    assert offline.cli("validate", "--write-baseline", "known.json").code == 0
    assert file.read_bytes() == before


def test_documents_with_other_errors_are_not_frozen(offline: World) -> None:
    offline.write("manifests/a.yaml", INDEX.replace("key: true", "key: maybe"))
    ran = offline.cli("validate", "--write-baseline", "known.json")
    assert ran.code == 1
    assert "[wrong-type]" in ran.err
    assert "[undefined-name]" not in ran.err
    assert not (offline.root / "known.json").exists()


def test_the_project_names_one_for_every_command(world: World) -> None:
    world.project("baseline: lint/known.json")
    world.write("manifests/a.yaml", INDEX)
    refused = world.cli("validate")
    assert refused.code == 1
    assert "reconciler.yaml:11:13: error: cannot read the baseline" in refused.err
    (world.root / "lint").mkdir()
    assert world.cli("validate", "--write-baseline", "lint/known.json").code == 0
    assert world.cli("validate").out == "1 object: no errors, 2 known.\n"
    planned = world.cli("plan")
    assert (planned.code, planned.err) == (0, "")


def test_what_was_at_rest_is_planned_again_once_the_baseline_is_another(world: World) -> None:
    world.project("baseline: known.json")
    file = frozen(world, rules()["filterable-text"].manual.failing)
    world.apply()
    for _ in range(2):
        assert world.cli("plan").err == ""
    file.write_text('{"formatVersion": 1, "problems": []}')
    assert "[filterable-text]" in world.cli("plan").err


WRONG = {
    "no JSON": "{",
    "nothing": "",
    "a list": "[]",
    "two documents": "--- {}\n--- {}\n",
    "no version": '{"problems": []}',
    "a version that is none": '{"formatVersion": true, "problems": []}',
    "a later version": '{"formatVersion": 2, "problems": []}',
    "no list": '{"formatVersion": 1, "problems": {}}',
    "no object": '{"formatVersion": 1, "problems": ["a"]}',
    "too little": '{"formatVersion": 1, "problems": [{"code": "a"}]}',
    "a number": json.dumps({"formatVersion": 1, "problems": [KNOWN | {"path": 1}]}),
    "too much": json.dumps({"formatVersion": 1, "problems": [KNOWN | {"line": "1"}]}),
    "a bomb": "[" * 100_000,
}


@pytest.mark.parametrize("text", WRONG.values(), ids=WRONG)
def test_what_is_no_baseline_is_refused(text: str, offline: World) -> None:
    offline.write("manifests/a.yaml", INDEX)
    (offline.root / "known.json").write_text(text)
    for option in ("--baseline", "--write-baseline"):
        ran = offline.cli("validate", option, "known.json")
        assert (ran.code, ran.out) == (1, "1 error.\n")
        assert ran.err.startswith("known.json:")
        assert ran.err.count("error: ") == 1
    assert (offline.root / "known.json").read_text() == text


@pytest.mark.parametrize("name", ["manifests", "gone.json", "gone/known.json"])
def test_what_is_no_file_is_refused(name: str, offline: World) -> None:
    ran = offline.cli("validate", "--baseline", name)
    assert ran.code == 1
    assert ran.err.count("error: ") == 1
    assert "the baseline" in ran.err


def test_one_outside_of_the_project_is_refused(offline: World) -> None:
    offline.project("baseline: ../known.json")
    ran = offline.cli("validate")
    assert ran.code == 1
    assert ran.err.startswith("reconciler.yaml:12:13:")
    assert "the baseline lies outside the project [outside-project]" in ran.err


def test_it_is_read_or_written(offline: World) -> None:
    ran = offline.cli("validate", "--baseline", "a.json", "--write-baseline", "b.json")
    assert ran.code == 1
    assert "not together with --baseline" in ran.err


SECRET = "a_storage_key_that_nobody_sees"
SOURCE = """\
apiVersion: azure-ai-search
kind: DataSource
metadata: {name: files}
spec:
  type: azureblob
  credentials: {connectionString: "${secret.storage}"}
  container: {name: docs}
"""


def test_no_secret_is_in_it(offline: World) -> None:
    offline.project("secrets: {storage: {env: STORAGE}}")
    offline.environ["STORAGE"] = SECRET
    named = INDEX.replace("{name: text", f"{{name: {SECRET}").replace("more", "text")
    file = frozen(offline, f"{SOURCE}---\n{named}")
    assert SECRET not in file.read_text()
    assert "/spec/fields/(sensitive value)/analyzer" in [e["path"] for e in entries(file)]
    assert validate(offline, "--baseline", "known.json")["known"] == len(entries(file))
