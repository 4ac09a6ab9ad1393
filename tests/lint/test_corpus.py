"""Stacks as people write them, with one mistake each: it is told, on the line that is marked.

The first line of a file says what is wrong, and how we know; `# rule:` which rule tells it.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.world import World

FOLDER = Path(__file__).parent / "broken"
MARK = "# <- here"
SECRETS = ("storage", "sql", "cosmos", "cognitive", "openai")


def rule_of(file: Path) -> str:
    """The rule that tells the mistake, or ""."""
    return file.read_text().splitlines()[1].removeprefix("# rule:").strip()


FILES = sorted(FOLDER.glob("*.yaml"))
WITH_RULE = [file for file in FILES if rule_of(file)]
WITHOUT = [file for file in FILES if not rule_of(file)]


def problems(world: World, file: Path) -> list[dict[str, Any]]:
    """What `validate` says of a file."""
    world.project("secrets: {" + ", ".join(f"{name}: {{env: SECRET}}" for name in SECRETS) + "}")
    world.environ["SECRET"] = "AccountName=contoso;AccountKey=c2VjcmV0"
    world.write("manifests/stack.yaml", file.read_text())
    printed = json.loads(world.cli("validate", "--format", "json").out)["problems"]
    assert isinstance(printed, list)
    return printed


def told(world: World, file: Path) -> set[str]:
    """The codes of what is said on the marked lines."""
    lines = file.read_text().splitlines()
    marked = {number for number, line in enumerate(lines, 1) if line.endswith(MARK)}
    assert marked, "no line is marked"
    return {one["code"] for one in problems(world, file) if one.get("line") in marked}


@pytest.mark.parametrize("file", WITH_RULE, ids=lambda file: file.stem)
def test_the_mistake_is_told_where_it_is(file: Path, offline: World) -> None:
    assert rule_of(file) in told(offline, file)


@pytest.mark.parametrize("file", WITHOUT, ids=lambda file: file.stem)
@pytest.mark.xfail(reason="no rule tells it yet", strict=False)
def test_the_mistake_is_told(file: Path, offline: World) -> None:
    assert told(offline, file)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_it_can_be_read(file: Path, offline: World) -> None:
    """The mistake is one of meaning: the file is YAML, and says what is wrong and how we know."""
    first, second = file.read_text().splitlines()[:2]
    assert first.startswith("# ")
    assert ". Source: " in first
    assert second.startswith("# rule:")
    assert "invalid-yaml" not in {one["code"] for one in problems(offline, file)}
