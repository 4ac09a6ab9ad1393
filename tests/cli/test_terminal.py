"""What a terminal, a pipe and a pipeline get: colours, broken pipes, warnings."""

from __future__ import annotations

import os
import pty
import subprocess
import sys

import pytest

from tests.cli.conftest import INDEX
from tests.world import World


def on_a_terminal(world: World, *arguments: str, **environ: str) -> str:
    """What a command prints on a terminal."""
    ours, theirs = pty.openpty()
    with os.fdopen(theirs, "w") as screen:
        subprocess.run(
            [sys.executable, "-m", "reconciler", *arguments],
            cwd=world.root,
            env={**os.environ, **world.environ, **environ},
            stdin=screen,
            stdout=screen,
            stderr=screen,
            check=False,
        )
        text = b""
        while b"Plan: " not in text:
            text += os.read(ours, 65_536)
    os.close(ours)
    return text.decode()


def test_colours_are_for_terminals_that_want_them(world: World) -> None:
    world.declare("Index/docs", INDEX)
    assert "\x1b[32m+ Index/docs\x1b[0m\r\n" in on_a_terminal(world, "plan")
    assert "\x1b" not in on_a_terminal(world, "plan", "--no-color")
    assert "\x1b" not in on_a_terminal(world, "plan", NO_COLOR="1")
    for form in ("text", "json", "markdown"):
        assert "\x1b" not in world.cli("plan", "--format", form).out


@pytest.mark.parametrize(
    "command", ["plan", "validate --format json", "--help", "plan --format json"]
)
def test_nobody_reads_to_the_end(world: World, command: str) -> None:
    for number in range(200):
        world.declare(f"Index/docs-{number}", INDEX)
    with world.process(*command.split()) as process:
        assert process.stdout is not None
        process.stdout.close()
        _, err = process.communicate()
    assert (process.returncode, err) == (1, "")


@pytest.mark.parametrize("ci", ["true", ""])
def test_a_fresh_ledger_in_a_pipeline_is_warned_about(world: World, ci: str) -> None:
    world.declare("Index/docs", INDEX)
    warning = "warning: no ledger at test.ledger.json"
    ran = world.cli("apply", "-y", env={"CI": ci})
    assert (ran.code, warning in ran.err) == (0, bool(ci))
    assert warning not in world.cli("apply", "-y", env={"CI": ci}).err, "now there is one"


@pytest.mark.parametrize("options", [(), ("--accept",), ("--format", "json")])
def test_drift_without_a_ledger_can_say_nothing(world: World, options: tuple[str, ...]) -> None:
    ran = world.cli("drift", *options)
    assert (ran.code, "No drift" in ran.out) == (1, False)
    assert "error: there is no ledger of test: nothing to compare with [no-ledger]" in ran.err
    assert "fix: apply first" in ran.err
