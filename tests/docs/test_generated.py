"""The generated pages: written from today's declarations and rules, noticed when they are not."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from reconciler.providers import CATALOGUE
from tests.docs.pages import ROOT
from tests.docs.test_pages import AROUND
from tests.world import Service, World


def run(checkout: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "tools/docs.py", *arguments]
    return subprocess.run(command, cwd=checkout, capture_output=True, encoding="utf-8", timeout=60)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """What the generator reads and writes of the repository."""
    shutil.copytree(ROOT / "tools", tmp_path / "tools")
    shutil.copytree(ROOT / "docs", tmp_path / "docs")
    return tmp_path


def test_they_are_fresh() -> None:
    ran = run(ROOT, "--check")
    assert ran.returncode == 0, ran.stderr


@pytest.mark.parametrize("page", ["kinds/Index.md", "kinds/README.md", "emulator.md"])
def test_a_stale_page_is_noticed_and_written_anew(checkout: Path, page: str) -> None:
    file = checkout / "docs" / page
    fresh = file.read_text()
    file.write_text(
        fresh.replace("| 400 |", "| 418 |")
        .replace("| `false` | rebuild |", "| `true` | rebuild |")
        .replace("| 2015-02-28 |", "| 2015-02-29 |")
    )
    assert file.read_text() != fresh
    ran = run(checkout, "--check")
    assert ran.returncode == 1
    assert f"docs/{page} is stale" in ran.stderr
    assert run(checkout).returncode == 0
    assert file.read_text() == fresh


@pytest.mark.parametrize("name", CATALOGUE)
def test_a_kind_without_an_example_is_named(checkout: Path, name: str) -> None:
    (checkout / "docs" / "kinds" / "examples" / f"{name}.yaml").unlink()
    ran = run(checkout, "--check")
    assert ran.returncode == 1
    assert ran.stderr == (
        f"docs/kinds/examples/{name}.yaml is missing: write an example of the kind\n"
    )


def test_every_kind_has_its_page_and_no_other() -> None:
    folder = ROOT / "docs" / "kinds"
    assert {file.stem for file in folder.glob("*.md")} == {*CATALOGUE, "README"}
    assert {file.stem for file in folder.glob("examples/*")} == set(CATALOGUE)


@pytest.mark.parametrize("name", CATALOGUE)
def test_an_example_is_valid_and_shown(name: str, world: World) -> None:
    """In a project of its own, whose neighbours are managed elsewhere."""
    text = (ROOT / "docs" / "kinds" / "examples" / f"{name}.yaml").read_text()
    assert f"\nkind: {name}\n" in text
    assert f"```yaml\n{text}```\n" in (ROOT / "docs" / "kinds" / f"{name}.md").read_text()
    world.write("manifests/example.yaml", text)
    world.write("reconciler.yaml", AROUND)
    for environment in ("local", "prod"):
        ran = world.cli("validate", "--environment", environment)
        assert (ran.code, ran.err) == (0, "")


def test_what_is_written_by_hand_stays(checkout: Path) -> None:
    file = checkout / "docs" / "emulator.md"
    file.write_text("# By hand\n\n" + file.read_text())
    assert run(checkout).returncode == 0
    assert file.read_text().startswith("# By hand\n")


def test_the_page_has_every_rule_that_is_served(service: Service) -> None:
    page = (ROOT / "docs" / "emulator.md").read_text()
    served = service.http.get("/emulator/rules").json()
    assert len(served) > 50
    missing = [rule["id"] for rule in served if f"| `{rule['id']}` | " not in page]
    assert missing == []
    assert json.dumps(served).count('"seen"') == int(page.split("real service: ")[1].split()[0])


@pytest.mark.parametrize(
    ("name", "line", "why"),
    [
        ("Indexer", "| `/schedule/interval` | string | **required** | in-place |", "required"),
        (
            "DataSource",
            "| `/encryptionKey/accessCredentials/applicationSecret` | string |  | in-place | "
            "The application's client secret. Secret. |",
            "a secret",
        ),
        (
            "Indexer",
            "taken as read. The name of Skillset/… |",
            "named",
        ),
        (
            "Index",
            "| Field | `/dimensions` | whole number, 2 to 4096 |  | rule *field* |",
            "limits",
        ),
        (
            "Index",
            "| `/purviewEnabled` | true or false | `false` | rebuild | Whether the sensitivity ",
            "a default",
        ),
        ("Skillset", '| all | `/context` | string | `"/document"` | reprocess |', "of all members"),
        ("Skillset", "| `#Microsoft.Skills.Text.SplitSkill` | Chunks: pages of ", "a member"),
        ("Skillset", "| SplitSkill | `/textSplitMode` | `pages`, `sentences` |", "values"),
        ("Index", "`standard`, `uppercase` or another |", "names that are known"),
        ("Index", "| one of 93 [values](#values) or another |", "many names that are known"),
        ("Skillset", "TranslationSkill `/suggestedFrom`: `af`, ", "many values"),
        ("Index", "- *search analyzer*: ", "a rule"),
    ],
)
def test_what_is_declared_is_on_the_page(name: str, line: str, why: str) -> None:
    assert line in (ROOT / "docs" / "kinds" / f"{name}.md").read_text(), why


@pytest.mark.parametrize("page", [f"{name}.md" for name in CATALOGUE])
def test_a_page_names_no_source_that_a_reader_does_not_have(page: str) -> None:
    text = (ROOT / "docs" / "kinds" / page).read_text()
    assert not re.search(r"FACTS|SKILLS|recordings", text)
