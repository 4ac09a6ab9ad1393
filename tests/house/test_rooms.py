"""What holds of the code as a whole: rooms, their names, and what they may know of each other."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from reconciler.graph import Graph
from reconciler.providers import CATALOGUE, LOCAL_KINDS

ROOT = Path(__file__).parents[2]
PRODUCT = ROOT / "reconciler"
ENGINE = (
    "applying",
    "graph",
    "ledger",
    "model",
    "planning",
    "redaction",
    "references",
    "report",
    "schema",
    "secrets",
    "wire",
)
"""The rooms that act on what kinds declare, whatever kinds there are."""


def modules() -> Iterator[Path]:
    """Every module but those of the emulator, which is a second reading with names of its own."""
    for path in sorted(PRODUCT.rglob("*.py")):
        if "emulator" not in path.parts:
            yield path


def room(path: Path) -> str:
    """The room that a module is in."""
    return path.relative_to(PRODUCT).parts[0].removesuffix(".py")


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tree without its tests, to be changed."""
    copy = tmp_path_factory.mktemp("tree")
    shutil.copytree(PRODUCT, copy / "reconciler", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", copy)
    return copy


def contracts(tree: Path) -> subprocess.CompletedProcess[str]:
    """What import-linter says of a tree."""
    program = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports())"
    command = [sys.executable, "-c", program]
    return subprocess.run(command, cwd=tree, capture_output=True, text=True)


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("stray.py", '"""A new room that no contract names."""\n'),
        ("model/stray.py", "from reconciler import cli\n"),
        ("planning/stray.py", '"""A pass that no contract names."""\n'),
        ("planning/diff.py", "from reconciler.planning import plan\n"),
        ("wire/stray.py", "from reconciler.emulator import tiers\n"),
        ("lint/stray.py", "import httpx\n"),
        ("providers/local/kinds/stray.py", "from reconciler.providers.search.kinds import edm\n"),
    ],
)
def test_a_module_cannot_escape_the_contracts(copied: Path, file: str, text: str) -> None:
    module = copied / "reconciler" / file
    before = module.read_text() if module.exists() else None
    module.write_text((before or "") + text)
    try:
        ran = contracts(copied)
    finally:
        module.unlink() if before is None else module.write_text(before)
    assert ran.returncode == 1, ran.stdout + ran.stderr


def test_the_contracts_hold(copied: Path) -> None:
    ran = contracts(copied)
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_no_imports_go_round_in_a_circle() -> None:
    """Nor do those within functions, nor those for types alone."""
    files = {_module(path): path for path in sorted(PRODUCT.rglob("*.py"))}
    needs = {
        name: {one if one in files else one.rpartition(".")[0] for one in _imports(path)}
        & files.keys() - {name}
        for name, path in files.items()
    }
    assert sum(map(len, needs.values())) > len(needs)
    assert Graph(needs).cycles() == []


def _module(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def _imports(path: Path) -> Iterator[str]:
    """What a module imports anywhere: modules, or names in them."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module is not None:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_no_class_name_stands_in_two_rooms() -> None:
    homes: dict[str, set[str]] = {}
    for path in modules():
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                homes.setdefault(node.name, set()).add(room(path))
    assert {name: sorted(rooms) for name, rooms in homes.items() if len(rooms) > 1} == {}


def test_the_engine_knows_no_kind() -> None:
    """Facts about kinds stand on the kind."""
    names = "|".join((*CATALOGUE, *LOCAL_KINDS))
    quoted = re.compile(rf"[\"']({names})[\"']")
    told = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in modules()
        if room(path) in ENGINE
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if quoted.search(line)
    ]
    assert told == []


@pytest.mark.parametrize("fact", ["search.windows.net", "search.azure.com", "azure-ai-search"])
def test_only_its_provider_knows_the_search_service(fact: str) -> None:
    """Its host, its scope, its group; but for the first project that `init` writes."""
    told = [
        str(path.relative_to(ROOT))
        for path in modules()
        if "providers/search" not in str(path) and path.name != "init.py"
        for text in _texts(ast.parse(path.read_text()))
        if fact in text
    ]
    assert told == []


def _texts(tree: ast.AST) -> Iterator[str]:
    """Every string of a module that is no docstring."""
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield node.value
