"""`reconciler init`: what it writes works as it is, and nothing is overwritten."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.world import KEY, World

PROJECT, MANIFEST, IGNORE = "reconciler.yaml", "manifests/products.yaml", ".gitignore"


@pytest.fixture
def world(world: World) -> World:
    """A folder without a project."""
    (world.root / PROJECT).unlink()
    (world.root / "manifests").rmdir()
    return world


def files(root: Path) -> set[str]:
    return {str(path.relative_to(root)) for path in root.rglob("*") if path.is_file()}


def test_it_validates_plans_and_applies(world: World) -> None:
    ran = world.cli("init")
    assert (ran.code, files(world.root)) == (0, {PROJECT, MANIFEST, IGNORE})
    assert world.cli("validate").out == "1 object: no errors.\n"
    project = world.root / PROJECT
    project.write_text(project.read_text().replace("http://127.0.0.1:8471", world.service.url))
    assert KEY not in project.read_text()
    assert "1 to add" in world.cli("plan", "-e", "local").last
    assert world.cli("apply", "-e", "local", "--yes").code == 0
    assert world.service.objects() == {"Index/products"}
    assert world.cli("plan", "-e", "local").last == "No changes. 1 unchanged, 0 unmanaged."


def test_its_end_is_what_to_do_next(world: World) -> None:
    out = world.cli("init").out
    for step in ("reconciler emulator", "export RECONCILER_API_KEY=", "reconciler plan -e local"):
        assert f"\n  {step}" in out


def test_another_folder_and_its_name(world: World) -> None:
    assert world.cli("init", "deep/my search!").code == 0
    folder = world.root / "deep/my search!"
    assert files(folder) == {PROJECT, MANIFEST, IGNORE}
    assert 'name: "my-search"\n' in (folder / PROJECT).read_text()
    assert world.cli("validate", "--project", "deep/my search!").code == 0


def test_a_name(world: World) -> None:
    assert world.cli("init", "--name", "shop.search").code == 0
    assert 'name: "shop.search"\n' in (world.root / PROJECT).read_text()
    ran = world.cli("init", "other", "--name", '"}: x')
    assert (ran.code, (world.root / "other").exists()) == (1, False)
    assert "invalid value for --name" in ran.err


@pytest.mark.parametrize("taken", [[PROJECT], [MANIFEST], [PROJECT, MANIFEST]])
def test_what_is_there_is_named_and_stays(world: World, taken: list[str]) -> None:
    for path in taken:
        world.write(path, "mine\n")
    ran = world.cli("init")
    assert (ran.code, ran.out) == (1, "")
    for path in taken:
        assert f"{path}:1:1: error: the file exists and is not overwritten [file-exists]" in ran.err
        assert (world.root / path).read_text() == "mine\n"
    assert files(world.root) == set(taken)


def test_nothing_is_half_written(world: World) -> None:
    (world.root / "manifests").write_text("not a folder")
    ran = world.cli("init")
    assert (ran.code, files(world.root)) == (1, {"manifests"})
    assert "manifests" in ran.err
    assert "fault of the tool" not in ran.err


def test_a_gitignore_keeps_its_lines(world: World) -> None:
    (world.root / IGNORE).write_text("*.log")
    assert world.cli("init").code == 0
    lines = (world.root / IGNORE).read_text().splitlines()
    assert lines[0] == "*.log"
    assert ".reconciler/cache/" in lines
    assert not any("ledger.json" in line or "journal" in line for line in lines)
    (world.root / PROJECT).unlink()
    (world.root / MANIFEST).unlink()
    assert world.cli("init").code == 0
    assert (world.root / IGNORE).read_text().splitlines() == lines
