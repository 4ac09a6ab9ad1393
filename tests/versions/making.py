"""Makes what is kept of a version: a project, its ledger, a saved plan, a run that was killed.

The folder has the project as it is to be; `settled` is an applied one that the plan was made from,
`killed` the same in the middle of that plan. Each has a ledger and what the service then held.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.faults.stack import NEW, declare, kill_at_hang
from tests.ledger.sealing import replace_in
from tests.world import World, emulator

URL = "http://127.0.0.1:8471"
"""What the service's URL is written as in what is kept."""
STATE = ("test.ledger.json", "test.journal.jsonl")


def make(folder: Path, scratch: Path) -> None:
    """Write the files of today's versions to a folder that is not there yet."""
    held = scratch / "service"
    with emulator(scratch / "access.log", "--state", str(held)) as service:
        world = World(scratch, service)
        declare(world)
        world.apply()
        declare(world, "second")
        world.environ["STORAGE_KEY"] = NEW
        for name in ("reconciler.yaml", *(f"manifests/{f.name}" for f in _manifests(world))):
            _keep(world, name, folder / name)
        assert world.cli("plan", "--out", "plan.json").code == 0
        _keep(world, "plan.json", folder / "plan.json")
        _keep_state(world, held, folder / "settled")
        service.fault(fault="hang", method="PUT", after=2)
        kill_at_hang(world)
        _keep_state(world, held, folder / "killed")


def _manifests(world: World) -> list[Path]:
    return sorted((world.root / "manifests").iterdir())


def _keep_state(world: World, held: Path, folder: Path) -> None:
    for name in STATE:
        if (world.root / ".reconciler" / name).exists():
            _keep(world, f".reconciler/{name}", folder / name)
    shutil.copytree(held, folder / "service")


def _keep(world: World, name: str, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text((world.root / name).read_text())
    replace_in(target, world.service.url, URL)


@contextmanager
def restored(kept: Path, moment: str, root: Path) -> Iterator[World]:
    """A project and its service as they were at one of the two moments."""
    held, state = root / "service", root / ".reconciler"
    shutil.copytree(kept / moment / "service", held)
    with emulator(root / "access.log", "--state", str(held)) as service:
        world = World(root, service)
        world.environ["STORAGE_KEY"] = NEW
        state.mkdir()
        files = [kept / "reconciler.yaml", kept / "plan.json", *kept.glob("manifests/*")]
        places = {file: root / file.relative_to(kept) for file in files}
        places |= {kept / moment / name: state / name for name in STATE}
        for file, place in places.items():
            if file.exists():
                place.write_text(file.read_text())
                replace_in(place, URL, service.url)
        yield world
