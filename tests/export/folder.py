"""A folder without a project, and what an export into it must always be like."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.world import Ran, World


def empty(world: World) -> None:
    """Nothing in the folder."""
    for path in world.root.iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()


def exported(world: World, url: str, *options: str) -> Ran:
    """A new project for a service, which must be made; a plan of it must be empty."""
    ran = world.cli("export", "--endpoint", url, "--api-key-env", "RECONCILER_API_KEY", *options)
    assert ran.code == 0, ran.out + ran.err
    at_rest(world)
    return ran


def at_rest(world: World) -> None:
    """Nothing is to do but to adopt."""
    ran = world.cli("plan", "--detailed-exitcode")
    assert ran.code == 0, ran.out + ran.err + written(world)
    actions = {change["action"] for change in world.plan()["changes"]}
    assert actions <= {"adopt"}, actions


def written(world: World) -> str:
    """Everything that was written, one file after the other."""
    return "".join(f"## {name}\n{world.root.joinpath(name).read_text()}" for name in files(world))


def files(world: World) -> list[str]:
    """The YAML files in the folder."""
    found = (path.relative_to(world.root) for path in Path(world.root).rglob("*.yaml"))
    return sorted(str(path) for path in found if not str(path).startswith("."))
