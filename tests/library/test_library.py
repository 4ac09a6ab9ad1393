"""The package as a library: its public names, and the program of its docstring."""

from __future__ import annotations

import os
import subprocess
import sys
from textwrap import dedent

import pytest

import reconciler
from tests.world import World


@pytest.mark.parametrize("name", reconciler.__all__)
def test_every_public_name_is_there_and_documented(name: str) -> None:
    value = getattr(reconciler, name)
    assert name == "__version__" or value.__doc__


def test_no_other_name_is() -> None:
    with pytest.raises(AttributeError, match="no attribute 'Reconciler'"):
        reconciler.Reconciler  # noqa: B018


def test_the_program_of_the_docstring(world: World) -> None:
    """It says whether something is to be done: first yes, then no."""
    world.declare("Alias/docs", "indexes: [docs-v1]")
    world.declare("Index/docs-v1", "fields: [{name: id, type: Edm.String, key: true}]")
    assert _printed(world) == "True\n"
    world.apply()
    assert _printed(world) == "False\n"


def _printed(world: World) -> str:
    docstring = reconciler.__doc__ or ""
    start, end = docstring.index("    import asyncio"), docstring.index("\nWhat goes wrong")
    program = dedent(docstring[start:end])
    program = program.replace('Path("search"), environment="prod"', f"Path({str(world.root)!r})")
    assert str(world.root) in program
    return subprocess.run(
        [sys.executable, "-c", program],
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
