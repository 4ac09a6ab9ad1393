"""One entry for each code that the product uses, and none that it does not; and `explain`."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import reconciler
from reconciler.problems import catalogue
from tests.world import World

SOURCE = Path(reconciler.__file__).parent
MAKERS = {"Problem", "ProblemsError.of", "Refusal", "Finding"}
"""What takes a code first, beside the functions and classes whose first parameter is `code`."""


def modules() -> dict[Path, ast.Module]:
    """The product's modules; the emulator says what the service says, and has no problems."""
    files = sorted(SOURCE.rglob("*.py"))
    own = [file for file in files if file.relative_to(SOURCE).parts[0] != "emulator"]
    return {file: ast.parse(file.read_text()) for file in own}


def takes_code(function: ast.AST, position: int) -> bool:
    """Whether a parameter of a function is a code."""
    arguments = function.args.args if isinstance(function, ast.FunctionDef) else []
    return [argument.arg for argument in arguments[position : position + 1]] == ["code"]


def classes(trees: dict[Path, ast.Module]) -> set[str]:
    """The classes that are made with a code, and those derived from them."""
    names = set(MAKERS)
    for tree in trees.values():
        for node in tree.body:
            if isinstance(node, ast.ClassDef):
                inits = (inner for inner in node.body if getattr(inner, "name", "") == "__init__")
                derived = any(ast.unparse(parent) in names for parent in node.bases)
                if derived or any(takes_code(init, 1) for init in inits):
                    names.add(node.name)
    return names


def codes(file: Path, tree: ast.Module, makers: set[str]) -> Iterator[str]:
    """The codes that a module uses; what it only passes on was written elsewhere."""
    constants = {
        target.id: node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    local = {node.name for node in tree.body if takes_code(node, 0)}  # type: ignore[attr-defined]
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or ast.unparse(node.func) not in makers | local:
            continue
        named = [keyword.value for keyword in node.keywords if keyword.arg == "code"]
        code = [*node.args, *named][0]
        if isinstance(code, ast.Constant):
            yield str(code.value)
        elif isinstance(code, ast.Name) and code.id in constants:
            yield str(constants[code.id])
        else:
            passed_on = ast.unparse(code).rpartition(".")[2] == "code"
            assert passed_on, f"{file}:{node.lineno}: write it out"


def test_every_code_has_an_entry_and_every_entry_is_used() -> None:
    trees = modules()
    makers = classes(trees)
    used = {code for file, tree in trees.items() for code in codes(file, tree, makers)}
    assert len(used) > 60
    assert used - set(catalogue()) == set(), "write an entry in reconciler/problems/texts"
    assert set(catalogue()) - used == set(), "nothing says this any more"


@pytest.mark.parametrize("code", catalogue())
def test_explain_prints_an_entry(code: str, offline: World) -> None:
    entry = catalogue()[code]
    ran = offline.cli("explain", code)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith(f"{code}: {entry.title[:1].lower()}{entry.title[1:]}\n")
    assert "\nWhat to do: " in ran.out
    assert entry.remedy.endswith(".")
    assert max(map(len, ran.out.splitlines())) <= 160


def test_no_entry_stands_twice() -> None:
    texts = (SOURCE / "problems" / "texts").glob("*.md")
    headings = sum(text.read_text().count("\n## ") for text in texts)
    assert headings + sum(entry.rule is not None for entry in catalogue().values()) == len(
        catalogue()
    )


def test_a_code_that_does_not_exist(offline: World) -> None:
    ran = offline.cli("explain", "unknown-varable")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err == (
        "error: no problem has the code `unknown-varable` [unknown-code]\n"
        "    fix: did you mean `unknown-variable`?\n"
    )


def test_its_page_has_it() -> None:
    docs = SOURCE.parent / "docs"
    for entry in catalogue().values():
        page, _, anchor = entry.page.partition("#")
        assert f"\n## {anchor}\n" in (docs / page).read_text()
