"""A moved alias takes seconds to reach every replica; what it stood for lives that long."""

from __future__ import annotations

import json
import signal
import time

from tests.world import World

ID = "fields: [{name: id, type: Edm.String, key: true}]"
CONSENT = ("--consent", "Index/docs-v1")


def _moved(world: World, seconds: float) -> None:
    """The alias is to move, and the index that it stands for to go."""
    world.declare("Alias/docs", "indexes: [docs-v1]")
    world.declare("Index/docs-v1", ID)
    world.declare("Index/docs-v2", ID)
    file = world.root / "reconciler.yaml"
    file.write_text(file.read_text().replace("propagation: 0", f"propagation: {seconds}"))
    world.apply()
    world.writes()
    world.declare("Alias/docs", "indexes: [docs-v2]")
    world.undeclare("Index/docs-v1")


def test_the_deletion_waits(world: World) -> None:
    _moved(world, 0.7)
    began = time.monotonic()
    world.apply(*CONSENT)
    assert time.monotonic() - began >= 0.7
    assert world.writes() == ["PUT /aliases('docs') -> 200", "DELETE /indexes('docs-v1') -> 204"]


def test_the_wait_is_in_the_saved_plan(world: World) -> None:
    _moved(world, 0)
    file = world.root / "reconciler.yaml"
    file.write_text(file.read_text().replace("propagation: 0", "authority:"))
    assert world.cli("plan", "--out", "plan.json", *CONSENT).code == 0
    steps = json.loads((world.root / "plan.json").read_text())["steps"]
    pauses = {step["id"]: step["pause"] for step in steps}
    assert pauses == {"update Alias/docs": 0, "delete Index/docs-v1": 10}


def test_an_interrupt_ends_the_wait(world: World) -> None:
    _moved(world, 600)
    process = world.process("apply", "--yes", *CONSENT)
    while "docs-v2" not in str(world.service.get("Alias/docs")):
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    out, _ = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "Interrupted: 0 added, 1 changed, 0 destroyed; 1 not started" in out
    assert world.service.get("Index/docs-v1") is not None
    assert world.plan(*CONSENT)["counts"] == {"delete": 1}
