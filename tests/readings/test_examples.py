"""The official examples are manifests: they load, can be applied, and come to rest."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

from reconciler.providers import SEARCH
from tests.readings.examples import PARAMETERS, TOLD, VERSION, WRONG, Example, examples
from tests.readings.loading import document, load
from tests.world import World

BESIDE: dict[str, tuple[tuple[str, dict[str, Any]], ...]] = {
    "Indexer": (
        (
            "DataSource/mydatasource",
            {
                "type": "azureblob",
                "credentials": {"connectionString": "AccountName=a;AccountKey=b"},
                "container": {"name": "orders"},
            },
        ),
        ("Index/orders", {"fields": [{"name": "id", "type": "Edm.String", "key": True}]}),
    ),
}
"""What the examples of a kind refer to."""


def test_every_example_loads(shared: Path, tmp_path: Path) -> None:
    loaded, wrong, failed = Counter[str](), Counter[str](), list[str]()
    for example in _declared(shared):
        body, had = example.corrected()
        _, problems = load(tmp_path, document(example.kind, body, VERSION))
        failed += [f"{example.source}: {problem.message}" for problem in problems]
        loaded[example.kind] += not problems
        wrong.update(had)
        if had:  # and we say so, instead of having the service say it
            _, problems = load(tmp_path, document(example.kind, example.body, VERSION))
            assert [problem.code for problem in problems] == [TOLD[what] for what in had]
    print(f"\nofficial examples of {VERSION}: {loaded.total()} load: {dict(loaded)}")
    for what, count in wrong.items():
        print(f"  {count} of them without {what}: {WRONG[what]}")
    assert not failed, "\n".join(failed)
    assert loaded.keys() == set(PARAMETERS.values()) & SEARCH.kinds.keys()


def _declared(shared: Path) -> list[Example]:
    return [example for example in examples(shared) if example.kind in SEARCH.kinds]


def test_every_example_can_be_applied_and_comes_to_rest(shared: Path, world: World) -> None:
    for example in _declared(shared):
        if not example.sent:
            continue
        _stage(world, example)
        world.apply()
        again = world.plan("--detailed-exitcode")
        assert again["changes"] == [], example.source
        name = example.body["name"]
        assert world.service.get(f"{example.kind}/{name}") is not None


def _stage(world: World, example: Example) -> None:
    """An empty service, but for what the example refers to, and a project with the example."""
    world.service.wipe()
    _forget(world)
    shutil.rmtree(world.root / "manifests")
    beside = BESIDE.get(example.kind, ())
    world.project(f"external: {json.dumps([address for address, _ in beside])}")
    for address, body in beside:
        world.service.put(address, body)
    body, _ = example.corrected()
    world.write("manifests/one.yaml", json.dumps(document(example.kind, body, VERSION)))


def _forget(world: World) -> None:
    shutil.rmtree(world.root / ".reconciler", ignore_errors=True)


def test_an_example_that_was_exported_comes_to_rest(shared: Path, world: World) -> None:
    for example in _declared(shared):
        if not example.sent:
            continue
        _stage(world, example)
        world.apply()
        (world.root / "manifests/one.yaml").unlink()
        _forget(world)
        ran = world.cli("export")
        assert ran.code == 0, ran.out + ran.err
        changes = world.plan()["changes"]
        assert {change["action"] for change in changes} <= {"adopt"}, (example.source, changes)
