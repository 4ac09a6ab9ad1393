"""README's workflow: its scripts are shell, its commands are ours, its jobs may do little."""

from __future__ import annotations

import re
import subprocess
from typing import Any

import pytest
from ruamel.yaml import YAML

from reconciler.cli import COMMANDS
from tests.docs import pages


def workflow() -> dict[str, Any]:
    readme = (pages.ROOT / "README.md").read_text()
    (found,) = re.findall(r"^```yaml\n(name: search\n.*?)^```$", readme, re.DOTALL | re.MULTILINE)
    value: dict[str, Any] = YAML(typ="safe").load(found)
    return value


JOBS: dict[str, Any] = workflow()["jobs"]
SCRIPTS = [step["run"] for job in JOBS.values() for step in job["steps"] if "run" in step]


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_script_is_shell(script: str) -> None:
    checked = subprocess.run(["bash", "-n"], input=script, text=True, capture_output=True)
    assert (checked.returncode, checked.stderr) == (0, "")


@pytest.mark.parametrize("script", SCRIPTS)
def test_its_commands_are_ours(script: str) -> None:
    for command in re.findall(r"^\s*reconciler (\w+)", script, re.MULTILINE):
        assert command in COMMANDS


def test_only_the_apply_may_write_to_the_repository() -> None:
    allowed = {name: job["permissions"].get("contents") for name, job in JOBS.items()}
    assert allowed == {"plan": "read", "apply": "write", "drift": "read"}
    assert workflow()["permissions"] == {}


def test_a_failed_plan_is_commented_too() -> None:
    """The script goes on after a plan that failed, and ends as the plan did."""
    (script,) = (script for script in SCRIPTS if "reconciler plan" in script)
    played = f"""
reconciler() {{ echo "the plan"; echo "error: refused" >&2; return 3; }}
gh() {{ case "$*" in *paginate*) echo 7;; *) echo "$*"; cat comment.md;; esac; }}
cd "$(mktemp -d)"; GITHUB_REPOSITORY=o/r PR=5
{script}"""
    ended = subprocess.run(["bash", "-e", "-c", played], text=True, capture_output=True)
    assert ended.returncode == 3
    assert "-X PATCH repos/o/r/issues/comments/7 -F body=@comment.md" in ended.stdout
    assert "<!-- reconciler -->\nthe plan\n\n    error: refused" in ended.stdout
