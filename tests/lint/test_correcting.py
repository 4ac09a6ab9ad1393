"""`lint --fix`: what is certain is corrected in the text, and nothing else is touched."""

from __future__ import annotations

import json
from difflib import ndiff
from pathlib import Path
from textwrap import dedent

import pytest

from reconciler.lint.rule import Rule, rules
from tests.lint.pipelines import OUTPUT, PATH, SETTINGS, mapped, pipeline
from tests.lint.test_corpus import SECRETS, WITH_RULE, rule_of
from tests.world import World

EVERY = [pytest.param(rule, id=rule.id) for rule in rules().values()]
NOTHING = "Nothing to correct.\n"

BY_EXAMPLE = {"missing-target-field", "schedule-interval", "undefined-name", "vector-length"}
"""Rules whose failing example is of what can be corrected."""
STACKS = {
    "analyzer-missing",
    "chunk-key-without-keyword-analyzer",
    "dimensions-for-ada",
    "field-changed-with-model-forgotten",
    "function-misspelt",
    "indexer-of-missing-skillset",
    "indexer-of-missing-source",
    "input-name-of-other-case",
    "knowledge-base-of-missing-source",
    "output-that-no-skill-has",
    "path-of-other-case-in-merge",
    "path-root-typo-in-split",
    "path-typo-in-embedding-input",
    "profile-typo",
    "schedule-in-seconds",
    "skill-dimensions-left-out-of-large-model",
    "skill-longer-than-field",
    "synonym-map-missing",
}
"""Those of the broken stacks that can be corrected."""
INDEX = """\
apiVersion: azure-ai-search
kind: Index
metadata: {name: docs}
spec:
  fields:
    - {name: id, type: Edm.String, key: true}  # the key
    - {name: Title, type: Edm.String}

    # what is sold
    - {name: price, type: Edm.Double}
"""
ALIAS = """\
apiVersion: azure-ai-search
kind: Alias
metadata: {name: current%s}
spec: {indexes: [%s]}
"""


def codes(world: World) -> set[tuple[str, str]]:
    """The codes and messages of what `validate` tells."""
    told = json.loads(world.cli("validate", "--format", "json").out)["problems"]
    return {(one["code"], one["message"]) for one in told}


def fixed(world: World, text: str) -> str:
    """A manifest after `--fix`: nothing new is told, and there is nothing more to correct."""
    file = world.write("manifests/a.yaml", text)
    before = {code for code, _ in codes(world)}
    ran = world.cli("lint", "--fix")
    assert ran.code == 0, ran.err
    assert {code for code, _ in codes(world)} <= before
    after = file.read_text()
    assert (after == text) == (ran.out == NOTHING)
    assert world.cli("lint", "--fix").out == NOTHING
    assert file.read_text() == after
    return after


@pytest.mark.parametrize("rule", EVERY)
def test_what_fails_passes_afterwards_where_it_is_certain_how(rule: Rule, offline: World) -> None:
    offline.write("contract.yaml", rule.manual.beside)
    text = f"# first\n{rule.manual.failing}# last\n"
    after = fixed(offline, text)
    assert (after != text) == (rule.id in BY_EXAMPLE)
    assert (rule.id in {code for code, _ in codes(offline)}) == (rule.id not in BY_EXAMPLE)
    assert (after.startswith("# first\n"), after.endswith("# last\n")) == (True, True)


@pytest.mark.parametrize("rule", EVERY)
def test_what_passes_stays_as_it_is(rule: Rule, offline: World) -> None:
    offline.write("contract.yaml", rule.manual.beside)
    assert fixed(offline, rule.manual.passing) == rule.manual.passing


@pytest.mark.parametrize("file", [f for f in WITH_RULE if f.stem in STACKS], ids=lambda f: f.stem)
def test_a_broken_stack_is_mended_on_one_line(file: Path, offline: World) -> None:
    offline.project("secrets: {" + ", ".join(f"{name}: {{env: S}}" for name in SECRETS) + "}")
    offline.environ["S"] = "AccountName=contoso;AccountKey=c2VjcmV0"
    before, after = file.read_text(), fixed(offline, file.read_text())
    assert rule_of(file) not in {code for code, _ in codes(offline)}
    changed = [line for line in ndiff(before.splitlines(), after.splitlines()) if line[0] in "+-"]
    assert [line[0] for line in changed] in (["-", "+"], ["+"])


SELECTOR, SKILL = "Skillset/indexProjections/selectors/0", "Skillset/skills/0"
CHECK = """\
apiVersion: reconciler/v1
kind: Check
metadata: {name: titles}
spec: {index: docs, query: {search: a, select: titel}, expect: {minCount: 1}}
"""
SMALL: list[tuple[str, dict[str, str], str, str]] = [
    # a rule, what is changed of a pipeline, what is wrong of it, and what it is corrected to
    (
        "mapping-function",
        mapped(f"{PATH}, mappingFunction: {{name: toJsn}}"),
        '"toJsn"',
        '"toJson"',
    ),
    (
        "mapping-function",
        mapped(
            f"{PATH}, mappingFunction: {{name: extractTokenAtPosition, "
            "parameters: {delimiter: a, positon: 0}}"
        ),
        '"positon"',
        '"position"',
    ),
    (
        "missing-target-field",
        mapped("sourceFieldName: metadata_storage_name, targetFieldName: Tilte"),
        '"Tilte"',
        '"Title"',
    ),
    ("missing-target-field", {f"{SELECTOR}/parentKeyFieldName": "parnet"}, '"parnet"', '"parent"'),
    (
        "unknown-column",
        mapped("sourceFieldName: contnet, targetFieldName: Title"),
        '"contnet"',
        '"content"',
    ),
    ("missing-path", {f"{SELECTOR}/sourceContext": "/document/Pages/*"}, "/Pages/", "/pages/"),
    (
        "document-root",
        {SETTINGS: "{parsingMode: jsonArray, documentRoot: pages/all}"},
        '"pages/all"',
        '"/pages/all"',
    ),
]


@pytest.mark.parametrize(
    ("rule", "changes", "wrong", "right"), SMALL, ids=lambda value: str(value)[:40]
)
def test_a_pipeline_is_corrected(
    rule: str, changes: dict[str, str], wrong: str, right: str, offline: World
) -> None:
    text = pipeline(changes)
    offline.write("manifests/a.yaml", text)
    assert rule in {code for code, _ in codes(offline)}
    assert fixed(offline, text) == text.replace(wrong, right)
    assert rule not in {code for code, _ in codes(offline)}


UNSURE: list[dict[str, str]] = [
    mapped("sourceFieldName: contnet"),
    mapped("sourceFieldName: metadata_storge_name, targetFieldName: Title"),
    {OUTPUT: "[{sourceFieldName: /document/Tilte}]"},
    {f"{SKILL}/outputs": "[{name: textItem}]"},
    {f"{SKILL}/inputs": "[{name: text, source: /document/content}, {name: Text, source: a}]"},
    {SETTINGS: "{parsingMode: jsonArray, documentRoot: pages.all}"},
    {"Indexer/schedule": "{interval: PT1830S}"},
    {"Index/fields/0/analyzer": "en.lucene"},
    {"Index/fields/0/searchable": "false", "Index/fields/0/analyzer": ""},
]


@pytest.mark.parametrize("changes", UNSURE, ids=str)
def test_what_could_mean_something_else_stays(changes: dict[str, str], offline: World) -> None:
    text = pipeline(changes)
    assert fixed(offline, text) == text
    assert codes(offline)


def test_a_field_of_a_check_and_what_a_document_depends_on(offline: World) -> None:
    alias = ALIAS % (", dependsOn: [Index/dosc]", "docs")
    text = f"{CHECK}---\n{alias}---\n{INDEX}"
    expected = text.replace("titel", "Title").replace("dosc", "docs")
    assert fixed(offline, text) == expected


LEFT = {
    "an expression": ALIAS % ("", '"${var.name}"'),
    "an expression in part": ALIAS % ("", '"d${var.rest}"'),
    "what has several near ones": f"{ALIAS % ('', 'doc')}---\n{INDEX.replace('docs', 'dock')}",
    "another number": ALIAS % ("", "docs2"),
    "another word": ALIAS % ("", "articles"),
    "what is silenced": ALIAS % (', lint: {missing-reference: "later"}', "dosc"),
    "another environment": ALIAS % ("", "dosc"),
}


@pytest.mark.parametrize("case", LEFT)
def test_what_is_not_certain_is_left(case: str, offline: World) -> None:
    offline.project("variables: {name: dosc, rest: osc}")
    if case == "another environment":
        two_environments(offline)
        only = INDEX.replace("{name: docs}", "{name: dosc, environments: [prod]}")
        offline.write("manifests/c.yaml", only)
    offline.write("manifests/b.yaml", INDEX)
    text = LEFT[case]
    offline.write("manifests/a.yaml", text)
    ran = offline.cli("lint", "--fix")
    assert (ran.code, ran.out) == (0, NOTHING)
    assert ("[not-corrected]" in ran.err) == case.startswith("an expression")
    assert (offline.root / "manifests" / "a.yaml").read_text() == text


def test_what_is_left_is_told_where_it_stands(offline: World) -> None:
    offline.project("variables: {name: dosc}")
    offline.write("manifests/a.yaml", f"{LEFT['an expression']}---\n{INDEX}")
    assert offline.cli("lint", "--fix").err.startswith(
        "manifests/a.yaml:4:18: advice: `docs` is meant here, and is not written: the value comes "
        "from elsewhere [not-corrected]\n    fix: "
    )


def test_two_that_do_not_agree_are_left(offline: World) -> None:
    """One skill fills two fields of two lengths: which of them is meant nobody can tell."""
    field = "{name: more, type: Collection(Edm.Single), dimensions: 512, vectorSearchProfile: p}"
    source = "source: /document/pages/*/vector}"
    text = rules()["vector-length"].manual.failing
    text = text.replace(source, f"{source}, {{name: more, {source}")
    text = text.replace("    - name: vector\n", f"    - {field}\n    - name: vector\n")
    offline.write("manifests/a.yaml", text)
    ran = offline.cli("lint", "--fix")
    assert (ran.code, ran.out) == (0, NOTHING)
    assert ran.err.count("[not-corrected]") == 2


def test_the_difference_is_shown_and_may_be_all(offline: World) -> None:
    text = f"{ALIAS % ('', 'dosc')}---\n{INDEX}"
    file = offline.write("manifests/a.yaml", text)
    shown = dedent("""\
        --- manifests/a.yaml
        +++ manifests/a.yaml
        @@ -1,7 +1,7 @@
         apiVersion: azure-ai-search
         kind: Alias
         metadata: {name: current}
        -spec: {indexes: [dosc]}
        +spec: {indexes: [docs]}
         ---
         apiVersion: azure-ai-search
         kind: Index
        """)
    asked = offline.cli("lint", "--dry-run")
    assert (asked.code, asked.out) == (1, f"{shown}1 correction in 1 file to make.\n")
    assert offline.cli("lint", "--fix", "--dry-run") == asked
    assert file.read_text() == text
    done = offline.cli("lint", "--fix")
    assert (done.code, done.out) == (0, f"{shown}1 correction in 1 file.\n")
    assert file.read_text() == text.replace("dosc", "docs")
    assert offline.cli("lint", "--dry-run") == (0, NOTHING, "")


def test_several_files_are_corrected_at_once(offline: World) -> None:
    offline.write("manifests/docs.yaml", INDEX)
    for name in ("a", "b"):
        offline.write(f"manifests/{name}.yaml", ALIAS % (name, "dosc"))
    assert offline.cli("lint", "--fix").out.endswith("\n2 corrections in 2 files.\n")
    assert codes(offline) == set()


def test_while_documents_have_other_errors_nothing_is_certain(offline: World) -> None:
    text = f"{ALIAS % ('', 'dosc')}---\n{INDEX.replace('key: true', 'key: maybe')}"
    file = offline.write("manifests/a.yaml", text)
    ran = offline.cli("lint", "--fix")
    assert (ran.code, ran.out) == (1, "")
    assert "[wrong-type]" in ran.err
    assert file.read_text() == text


def test_line_ends_and_a_byte_order_mark_stay(offline: World) -> None:
    file = offline.root / "manifests" / "a.yaml"
    text = f"{ALIAS % ('', 'dosc')}---\n{INDEX}".replace("\n", "\r\n")
    file.write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert offline.cli("lint", "--fix").code == 0
    assert file.read_bytes() == b"\xef\xbb\xbf" + text.replace("dosc", "docs").encode()


@pytest.mark.parametrize("arguments", [["--fix", "list"], ["--project", "."]])
def test_it_corrects_or_lists(arguments: list[str], offline: World) -> None:
    ran = offline.cli("lint", *arguments)
    assert (ran.code, ran.out) == (1, "")
    assert "write either --fix or a command" in ran.err


def two_environments(world: World) -> None:
    """The project, with another environment."""
    text = (world.root / "reconciler.yaml").read_text()
    head, _, rest = text.partition("    test:\n")
    test, variables, after = rest.partition("  variables:")
    world.write("reconciler.yaml", f"{head}    test:\n{test}    prod:\n{test}{variables}{after}")
