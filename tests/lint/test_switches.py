"""Who silences what, and what is said of a silence that is wrong or needless."""

from __future__ import annotations

from textwrap import dedent

import pytest

from tests.world import World

ALIAS = """\
apiVersion: azure-ai-search
kind: Alias
metadata: {name: current%s}
spec: {indexes: [docs]}
"""
INDEX = """\
apiVersion: azure-ai-search
kind: Index
metadata: {name: docs%s}
spec: {fields: [{name: id, type: Edm.String, key: true}]}
"""
REASON = ', lint: {missing-reference: "made by another team"}'
UNUSED = "`missing-reference` is silenced here, and has nothing to say [unused-suppression]"


def validate(world: World, manifest: str) -> str:
    world.write("manifests/a.yaml", manifest)
    ran = world.cli("validate")
    assert ran.code == (1 if ": error: " in ran.err else 0)
    return ran.err


def test_another_object_is_not_silenced(offline: World) -> None:
    other = ALIAS.replace("current", "other")
    told = validate(offline, f"{ALIAS % REASON}---\n{other % ''}")
    assert told.count("[missing-reference]") == 1
    assert told.startswith("manifests/a.yaml:9:")


def test_what_silences_nothing_is_a_warning_in_its_place(offline: World) -> None:
    told = validate(offline, INDEX % REASON)
    assert told == f"manifests/a.yaml:3:31: warning: {UNUSED}\n    fix: delete it\n"


def test_it_is_not_said_while_the_documents_have_errors(offline: World) -> None:
    told = validate(offline, (INDEX % REASON).replace("key: true", "key: maybe"))
    assert "[wrong-type]" in told
    assert "[unused-suppression]" not in told


@pytest.mark.parametrize("where", ["local", "prod"])
def test_one_that_is_needed_in_one_environment_is_no_mistake(offline: World, where: str) -> None:
    environments(offline)
    docs = INDEX % f", environments: [{where}]"
    assert validate(offline, f"{ALIAS % REASON}---\n{docs}") == ""
    for environment in ("local", "prod"):
        assert offline.cli("validate", "--environment", environment).err == ""


def test_nor_is_one_while_another_environment_has_errors(offline: World) -> None:
    environments(offline)
    wrong = ALIAS.replace("current", "other") % ", environments: [prod]"
    told = validate(offline, f"{INDEX % REASON}---\n{wrong.replace('docs', 'dogs')}")
    assert "Index/dogs is not declared" in told
    assert "[unused-suppression]" not in told


def test_one_that_is_needed_in_no_environment_is_told_once(offline: World) -> None:
    environments(offline)
    assert validate(offline, INDEX % REASON).count(UNUSED) == 1


def test_a_check_may_be_silenced_too(offline: World) -> None:
    check = dedent("""\
        apiVersion: reconciler/v1
        kind: Check
        metadata: {name: a%s}
        spec: {index: gone, expect: {documentCount: {min: 1}}}
        """)
    assert "[missing-reference]" in validate(offline, check % "")
    assert validate(offline, check % REASON) == ""


@pytest.mark.parametrize("level", ["", "lint: {missing-reference: off}"])
def test_a_rule_that_does_not_exist_is_an_error(offline: World, level: str) -> None:
    offline.project(level)
    told = validate(offline, INDEX % ', lint: {mising-reference: "why"}')
    assert "error: there is no lint rule `mising-reference` [unknown-rule]" in told
    assert "fix: did you mean `missing-reference`?" in told


def test_nor_one_that_the_project_names(offline: World) -> None:
    offline.project("lint: {field-atribute: off}")
    told = validate(offline, INDEX % "")
    assert told.startswith("reconciler.yaml:")
    assert "there is no lint rule `field-atribute` [unknown-rule]" in told
    assert "did you mean `field-attribute`?" in told


def test_what_makes_a_plan_impossible_cannot_be_silenced(offline: World) -> None:
    told = validate(offline, INDEX % ', lint: {duplicate-address: "why"}')
    assert "there is no lint rule `duplicate-address` [unknown-rule]" in told


@pytest.mark.parametrize("reason", ['""', '"  "', "null", "[why]"])
def test_a_reason_must_be_given(offline: World, reason: str) -> None:
    told = validate(offline, ALIAS % f", lint: {{missing-reference: {reason}}}")
    assert "error: " in told
    assert "3:" in told


def test_a_level_must_be_one(offline: World) -> None:
    offline.project("lint: {missing-reference: eror}")
    told = validate(offline, INDEX % "")
    assert "[wrong-value]" in told
    assert "did you mean `error`?" in told


def test_advice_is_printed_and_stops_nothing(offline: World) -> None:
    offline.project("lint: {missing-reference: advice}")
    told = validate(offline, ALIAS % "")
    assert ": advice: Index/docs is not declared [missing-reference]" in told


def environments(world: World) -> None:
    """A project with two."""
    file = world.root / "reconciler.yaml"
    text = file.read_text()
    head, _, test = text.partition("    test:\n")
    file.write_text(f"{head}    local:\n{test}    prod:\n{test}")


VECTORIZER = """\
apiVersion: azure-ai-search
kind: Index
metadata: {name: docs%s}
spec:
  fields: [{name: id, type: Edm.String, key: true}]
  vectorSearch:
    vectorizers:
      - name: openai
        kind: azureOpenAI
        azureOpenAIParameters: {resourceUri: "https://a.openai.azure.com", deploymentId: a}
"""


def test_what_is_grave_only_when_written_is_graded_alike_in_a_plan(world: World) -> None:
    world.write("manifests/a.yaml", VECTORIZER % "")
    assert ": error: " in world.cli("plan").err
    world.project("lint: {incomplete-model: warning}")
    graded = world.cli("plan")
    assert graded.code == 0
    assert ": warning: the vectorizer needs `azureOpenAIParameters.modelName`" in graded.err


def test_what_is_silenced_is_silent_in_a_plan(world: World) -> None:
    world.write("manifests/a.yaml", VECTORIZER % ', lint: {incomplete-model: "older"}')
    silenced = world.cli("plan")
    assert (silenced.code, silenced.err) == (0, "")
