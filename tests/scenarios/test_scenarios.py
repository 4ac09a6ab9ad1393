"""Scenarios: what people really do, in Markdown that an operator can read and a test can run.

In a scenario, ```` ```yaml PATH ```` writes a file of the project, ```` ```diff PATH ```` edits
one, and ```` ```console ```` types commands (`terminal.py`) and says what must be printed; all
else is prose. Each begins with the stack (`stack/`) and a service without objects.

`SCENARIOS=update pytest tests/scenarios` writes what is printed into the files. Read it before you
commit it: a golden text is what is right, not what happened.
"""

from __future__ import annotations

import difflib
import os
import re
from pathlib import Path

import pytest

from tests.scenarios.terminal import Terminal
from tests.world import World

HERE = Path(__file__).parent
FENCED = re.compile(r"^```(yaml|diff|console) ?(\S*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
EXPECTED_TO_FAIL = re.compile(r"<!-- xfail: (.+?) -->", re.DOTALL)


def scenarios() -> list[object]:
    """Every scenario; `<!-- xfail: reason -->` marks one that the product does not fulfil yet."""
    found = []
    for file in sorted(HERE.glob("*.md")):
        reason = EXPECTED_TO_FAIL.search(file.read_text())
        marks = [pytest.mark.xfail(strict=True, reason=reason[1])] if reason else []
        found.append(pytest.param(file, id=file.stem, marks=marks))
    return found


@pytest.mark.parametrize("file", scenarios())
def test_scenario(file: Path, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    terminal = Terminal(world)
    expected = file.read_text()
    printed = FENCED.sub(lambda fence: played(fence, terminal), expected)
    if os.environ.get("SCENARIOS") == "update" and not EXPECTED_TO_FAIL.search(expected):
        file.write_text(printed)
    elif printed != expected:
        both = expected.splitlines(), printed.splitlines()
        diff = difflib.unified_diff(*both, "expected", "printed", lineterm="", n=8)
        pytest.fail(f"{file.name}\n" + "\n".join(diff), pytrace=False)


def played(fence: re.Match[str], terminal: Terminal) -> str:
    """A fenced block as it is after it was done: a console with what was printed."""
    what, path, content = fence.groups()
    if what == "yaml":
        terminal.write(path, content)
    elif what == "diff":
        terminal.patch(path, content)
    else:
        commands = [line for line in content.splitlines() if line.startswith("$ ")]
        printed = "".join(typed(terminal, command) for command in commands)
        return f"```console\n{printed.rstrip()}\n```"
    return fence[0]


def typed(terminal: Terminal, command: str) -> str:
    """A command with its output; an empty line separates output from what comes next."""
    printed = terminal.type(command.removeprefix("$ "))
    return f"{command}\n{printed}\n\n" if printed else f"{command}\n"
