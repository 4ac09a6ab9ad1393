"""What is asked on a terminal, and that only `yes` is taken for an answer."""

from __future__ import annotations

import os
import pty
import subprocess
import sys

import pytest

from tests.scenarios.terminal import Terminal
from tests.world import World


def answered(world: World, command: str, answer: str) -> tuple[int, str]:
    """Exit code and output of a command that a person answers on a terminal."""
    ours, theirs = pty.openpty()
    os.write(ours, f"{answer}\n".encode())
    with os.fdopen(ours), os.fdopen(theirs) as keyboard:
        ran = subprocess.run(
            [sys.executable, "-m", "reconciler", command],
            cwd=world.root,
            env={**os.environ, **world.environ},
            stdin=keyboard,
            stdout=subprocess.PIPE,
            text=True,
            check=False,
        )
    return ran.returncode, ran.stdout


@pytest.mark.parametrize("answer", ["no", "y", ""])
def test_anything_but_yes_writes_nothing(world: World, answer: str) -> None:
    Terminal(world)
    code, out = answered(world, "apply", answer)
    assert (code, world.service.objects()) == (1, set())
    assert "Apply these to test (http://127.0.0.1:" in out
    assert ")? Only 'yes' is taken" in out
    assert "Nothing was written." in out


def test_yes_applies_and_destroys(world: World) -> None:
    Terminal(world)
    assert answered(world, "apply", "yes")[0] == 0
    assert len(world.service.objects()) == 5
    code, out = answered(world, "destroy", "yes")
    assert (code, world.service.objects()) == (0, set())
    assert "Destroy these in test (http://127.0.0.1:" in out
