"""The pages are true: their plans are what the tool prints, their YAML loads, their links resolve.

`DOCS=update pytest tests/docs` writes what is printed into the pages. Read it before you commit it.
"""

from __future__ import annotations

import difflib
import json
import os
import re
from pathlib import Path

import pytest

from reconciler.lint.rule import rules
from reconciler.manifest import yaml
from tests.docs import pages
from tests.docs.pages import PAGES
from tests.docs.stage import BLOCK, Stage
from tests.world import World

every_page = pytest.mark.parametrize("page", PAGES, ids=pages.name)
PLAYED = [page for page in PAGES if "<!-- stage\n" in page.read_text()]

AROUND = """
apiVersion: reconciler/v1
kind: Project
metadata: {name: around}
spec:
  variables: {dimensions: 1024, container: handbook, identity: null}
  secrets: {storage: {env: STORAGE}, openai: {env: OPENAI}}
  external:
    [Index/docs-v1, Index/docs-v2, DataSource/docs, Skillset/docs, Indexer/docs,
     KnowledgeSource/handbook]
  environments:
    local:
      service: {endpoint: "http://127.0.0.1:8471"}
      azure: &azure
        subscription: 00000000-0000-0000-0000-000000000000
        resourceGroup: docs-rg
        location: swedencentral
    prod: {service: {endpoint: "https://docs.search.windows.net"}, azure: *azure}
"""
"""The project in which a page's manifests stand."""


@pytest.mark.parametrize("page", PLAYED, ids=pages.name)
def test_what_is_shown_is_what_is_printed(
    page: Path, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CI", raising=False)
    stage, expected = Stage(world), page.read_text()
    printed = BLOCK.sub(stage.play, expected)
    if os.environ.get("DOCS") == "update":
        page.write_text(printed)
    elif printed != expected:
        both = expected.splitlines(), printed.splitlines()
        diff = difflib.unified_diff(*both, "the page", "what happens", lineterm="", n=6)
        pytest.fail(f"{pages.name(page)}\n" + "\n".join(diff), pytrace=False)


def test_some_pages_are_played() -> None:
    assert pages.ROOT / "README.md" in PLAYED


RULES = pages.ROOT / "docs" / "problems" / "lint.md"
"""Its examples pass the rule that they are about; of others they may have warnings."""


@every_page
def test_its_yaml_loads(page: Path, tmp_path: Path, world: World) -> None:
    for number, block in enumerate(pages.fenced(page, "yaml")):
        world.root = tmp_path / str(number)
        (world.root / "manifests").mkdir(parents=True)
        project = AROUND
        if "kind: Project" in block:
            project = block
        elif re.search("^apiVersion: (azure-[a-z-]+|reconciler/v1)", block, re.MULTILINE):
            (world.root / "manifests" / "snippet.yaml").write_text(block)
            (world.root / "contract.yaml").write_text(rules()["skill-contract"].manual.beside)
        else:
            assert yaml.parse(page, block), "a snippet is YAML"
        (world.root / "reconciler.yaml").write_text(project)
        names = re.findall(r"^    ([a-z]+):(?= \{service|\n      service)", project, re.MULTILINE)
        assert names
        for name in names:
            ran = world.cli("validate", "--environment", name, "--format", "json")
            told = json.loads(ran.out)["problems"]
            wrong = [one for one in told if one["severity"] == "error" or page != RULES]
            assert wrong == [], f"{pages.name(page)}:\n{block}"


@every_page
def test_its_links_resolve(page: Path) -> None:
    for link in pages.links(page):
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), link
        if anchor:
            assert anchor in pages.headings(target), link


@every_page
def test_its_commands_exist(page: Path, world: World) -> None:
    for command in sorted(pages.commands(page)):
        words = command.split()
        known = [words[0]] + [w for w in words[1:2] if words[0] == "ledger"]
        ran = world.cli(*known, "--help")
        assert ran.code == 0, command
        for option in (word.partition("=")[0] for word in words if re.match("--?[a-z]", word)):
            assert re.search(rf"{option}\b", ran.out), f"{command}: no {option}"


@pytest.mark.parametrize("word", ["/tmp/", "../shared", "localhost:8471"])
@every_page
def test_it_names_nothing_that_a_reader_does_not_have(page: Path, word: str) -> None:
    assert word not in page.read_text()
