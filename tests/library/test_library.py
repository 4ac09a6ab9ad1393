"""The package as a library: its public names, the program of its docstring, those of its page."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest

import reconciler
from tests.world import World

PAGE = Path(__file__).parents[2] / "docs" / "library.md"
PROGRAMS = re.findall(r"```python\n(.*?)```", PAGE.read_text(), re.DOTALL)
HEAD = PROGRAMS[0].partition("\n\n\nasync def")[0]


@pytest.mark.parametrize("name", reconciler.__all__)
def test_every_public_name_is_there_and_documented(name: str) -> None:
    value = getattr(reconciler, name)
    assert name == "__version__" or value.__doc__


def test_no_other_name_is() -> None:
    with pytest.raises(AttributeError, match="no attribute 'Reconciler'"):
        reconciler.Reconciler  # noqa: B018


def test_dir_shows_the_public_names() -> None:
    assert dir(reconciler) == sorted(reconciler.__all__)


def test_settings_show_no_variable_and_no_environment() -> None:
    environ, variables = {"RECONCILER_API_KEY": "hidden-key"}, {"tenant": "hidden-tenant"}
    settings = reconciler.Settings(Path("search"), "prod", variables, environ)
    assert "hidden" not in repr(settings)
    assert os.environ["PATH"] not in repr(reconciler.Settings())


def declare(world: World) -> None:
    world.declare("Alias/docs", "indexes: [docs-v1]")
    world.declare("Index/docs-v1", "fields: [{name: id, type: Edm.String, key: true}]")


def test_the_program_of_the_docstring(world: World) -> None:
    """It says whether something is to be done: first yes, then no."""
    docstring = reconciler.__doc__ or ""
    start, end = docstring.index("    import asyncio"), docstring.index("\nWhat goes wrong")
    program = dedent(docstring[start:end])
    declare(world)
    assert printed(world, program) == "True\n"
    world.apply()
    assert printed(world, program) == "False\n"


def test_the_programs_of_the_page(world: World) -> None:
    """One deploys, the other tells what is to be done."""
    deploying, pending = PROGRAMS
    declare(world)
    assert printed(world, f"{HEAD}\n\n\n{pending}") == "['create Index/docs-v1']\n"
    assert printed(world, deploying) == "+ Alias/docs\n+ Index/docs-v1\ndone\n"
    assert printed(world, deploying) == "done\n"
    assert printed(world, f"{HEAD}\n\n\n{pending}") == "[]\n"


def printed(world: World, program: str) -> str:
    """What a program prints in a world that it takes for its own project."""
    there = program.replace('Path("search"), environment="prod"', f"Path({str(world.root)!r})")
    assert str(world.root) in there
    return subprocess.run(
        [sys.executable, "-c", there],
        env={**os.environ, **world.environ},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    ).stdout


def test_importing_the_package_loads_nothing_heavy() -> None:
    program = "import sys, reconciler; print(*sys.modules)"
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    loaded = set(ran.stdout.split())
    assert loaded.isdisjoint({"pydantic", "httpx", "deepdiff", "networkx", "azure", "ruamel"})
    assert "reconciler.version" in loaded
