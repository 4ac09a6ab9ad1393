"""Every version of ledger, journal and saved plan that was ever written is still read.

A folder here for each pair of versions. When a format gets a new version, `VERSIONS=write pytest
tests/versions` adds the folder of that one; what is kept of the ones before is never written again.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.versions.making import make, restored
from tests.world import World

HERE = Path(__file__).parent
KEPT = sorted(HERE.glob("ledger-*"))
every_version = pytest.mark.parametrize("kept", KEPT, ids=lambda kept: kept.name)


def ledger_version(file: Path) -> int:
    version: int = json.loads(file.read_text())["ledger"]["version"]
    return version


def plan_version(file: Path) -> int:
    version: int = json.loads(file.read_text())["reconcilerPlan"]
    return version


@pytest.fixture
def today(world: World) -> tuple[int, int]:
    """The versions of ledger and plan that are written today."""
    world.declare("Index/docs", "fields: [{name: id, type: Edm.String, key: true}]")
    world.apply()
    world.cli("plan", "--out", "plan.json")
    ledger = world.root / ".reconciler" / "test.ledger.json"
    return ledger_version(ledger), plan_version(world.root / "plan.json")


def test_every_version_is_kept(
    today: tuple[int, int], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = HERE / "ledger-{}-plan-{}".format(*today)
    if os.environ.get("VERSIONS") == "write" and not folder.exists():
        make(folder, tmp_path_factory.mktemp("making"))
    assert folder.exists(), "keep the new version: VERSIONS=write pytest tests/versions"
    kept = list(HERE.glob("ledger-*"))
    ledgers = {ledger_version(folder / "settled" / "test.ledger.json") for folder in kept}
    plans = {plan_version(folder / "plan.json") for folder in kept}
    assert ledgers == set(range(1, today[0] + 1))
    assert plans == set(range(1, today[1] + 1))


@every_version
def test_it_is_read(kept: Path, tmp_path: Path) -> None:
    with restored(kept, "settled", tmp_path) as world:
        listed = world.cli("ledger", "list").out.splitlines()
        assert len(listed) == len(list((kept / "manifests").iterdir()))
        shown = world.cli("show", "plan.json", "--format", "json")
        assert (shown.code, shown.err) == (0, "")
        assert world.cli("drift").code == 0
        plan, saved = world.plan(), json.loads(shown.out)
        for key in ("changes", "calls", "drift", "blocked", "counts"):
            assert plan[key] == saved[key], key
        assert len(plan["changes"]) == len(listed)


@every_version
@pytest.mark.parametrize("how", ["plan.json", ""])
def test_it_is_applied(kept: Path, how: str, today: tuple[int, int], tmp_path: Path) -> None:
    root = tmp_path / "then"
    root.mkdir()
    with restored(kept, "settled", root) as world:
        world.apply(*([how] if how else []))
        assert_done(world)
    assert ledger_version(root / ".reconciler" / "test.ledger.json") == today[0]


@every_version
def test_a_run_that_was_killed_is_taken_up(kept: Path, tmp_path: Path) -> None:
    """The ledger has the run, and the journal what was done of it."""
    with restored(kept, "killed", tmp_path) as world:
        assert (tmp_path / ".reconciler" / "test.journal.jsonl").read_text().count("\n") == 2
        assert json.loads(world.cli("ledger", "list", "--format", "json").out)["pending"]
        assert 0 < len(world.plan()["changes"]) < len(list((kept / "manifests").iterdir()))
        world.apply()
        assert_done(world)


def assert_done(world: World) -> None:
    """What is declared is live and ours, and nothing else; plan and drift find nothing."""
    declared = {file.stem for file in (world.root / "manifests").iterdir()}
    live = {address.replace("/", "-", 1).lower() for address in world.service.objects()}
    listed = world.cli("ledger", "list").out.splitlines()
    assert live == declared == {address.replace("/", "-", 1).lower() for address in listed}
    assert world.plan()["empty"]
    assert world.cli("drift").code == 0
    assert not (world.root / ".reconciler" / "test.journal.jsonl").exists()
