"""Rules in a plan: what they call an error stops a write, and nothing that is not written."""

from __future__ import annotations

import pytest

from tests.world import World

STACK = """
skills:
  - "@odata.type": "#Microsoft.Skills.Text.SplitSkill"
    inputs: [{name: text, source: /document/content}]
    outputs: [{name: textItems, targetName: pages}]
  - "@odata.type": "#Microsoft.Skills.Text.AzureOpenAIEmbeddingSkill"
    resourceUri: https://docs.openai.azure.com
    deploymentId: embed
    modelName: text-embedding-3-small
    inputs: [{name: text, source: /document/pages/0%s}]
    outputs: [{name: embedding}]
"""
ERROR = "lint: {missing-path: error}"
TOLD = "[missing-path]"


@pytest.fixture
def live(world: World) -> World:
    """A skillset that was made before the rule was an error."""
    world.declare("Skillset/docs", STACK % "/text")
    world.apply()
    world.project(ERROR)
    return world


def test_what_is_not_written_yet_is_refused(world: World) -> None:
    world.project(ERROR)
    world.declare("Skillset/docs", STACK % "/text")
    for command in (("plan",), ("apply", "--yes")):
        ran = world.cli(*command)
        assert ran.code == 1
        assert "error: `text` of skill `#2` reads `/document/pages/0/text`" in ran.err + ran.out
    assert world.service.get("Skillset/docs") is None


def test_what_stands_is_a_warning(live: World) -> None:
    ran = live.cli("plan", "--detailed-exitcode")
    assert ran.code == 0
    assert "warning: `text` of skill `#2`" in ran.err + ran.out
    assert TOLD in ran.err + ran.out


def test_what_is_edited_is_refused(live: World) -> None:
    live.declare("Skillset/docs", STACK.replace("embed\n", "other\n") % "/text")
    ran = live.cli("apply", "--yes")
    assert ran.code == 1
    assert "error: `text` of skill `#2`" in ran.err + ran.out
    assert (live.service.get("Skillset/docs") or {})["skills"][1]["deploymentId"] == "embed"


def test_another_object_is_written_all_the_same(live: World) -> None:
    live.declare("SynonymMap/words", "format: solr\nsynonyms: a, b")
    assert live.apply().last == "Apply complete: 1 added, 0 changed, 0 destroyed."


def test_validate_calls_it_an_error(live: World) -> None:
    assert live.cli("validate").code == 1


def test_mended_it_is_written(live: World) -> None:
    live.declare("Skillset/docs", STACK % "")
    assert live.apply().last == "Apply complete: 0 added, 1 changed, 0 destroyed."
