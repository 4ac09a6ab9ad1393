"""Every wrong input, and the problems that `reconciler validate` finds in it: all, each in place.

A case is a section of a Markdown file here: ```` ```yaml PATH ```` writes a file of the project,
```` ```text ```` is all that is printed. `CASES=update pytest tests/manifests` writes what is
printed into the files; read it before you commit it.
"""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.world import World

HERE = Path(__file__).parent
FILE = re.compile(r"^```yaml (\S+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
PRINTED = re.compile(r"^```text\n(.*?)^```$", re.DOTALL | re.MULTILINE)
PROBLEM = re.compile(r"^(\S+):(\d+):(\d+): (error|warning|advice): (.*) \[([a-z0-9-]+)\]$")


class Case(NamedTuple):
    """A section of a file of cases."""

    file: Path
    title: str
    body: str

    @property
    def printed(self) -> str:
        """What the case says is printed."""
        found = PRINTED.search(self.body)
        assert found is not None, f"{self.title}: the case does not say what is printed"
        return found[1]


def cases() -> list[object]:
    """Every section of every Markdown file here."""
    found = []
    for file in sorted(HERE.glob("*.md")):
        for section in file.read_text().split("\n## ")[1:]:
            title, _, body = section.partition("\n")
            found.append(pytest.param(Case(file, title, body), id=f"{file.stem}: {title}"))
    return found


@pytest.mark.parametrize("case", cases())
def test_problems(case: Case, offline: World) -> None:
    for path, content in FILE.findall(case.body):
        (offline.root / path).parent.mkdir(parents=True, exist_ok=True)
        (offline.root / path).write_text(content)
    text = offline.cli("validate")
    printed = text.err + text.out
    if os.environ.get("CASES") == "update":
        body = PRINTED.sub(lambda _: f"```text\n{printed}```", case.body)
        case.file.write_text(case.file.read_text().replace(case.body, body))
        return
    assert printed == case.printed
    assert text.code == (1 if ": error: " in printed else 0)
    assert offline.cli("validate").err == text.err, "what was cached is judged alike"
    assert as_text(offline.cli("validate", "--format", "json").out, offline.root) == text.err


def as_text(document: str, root: Path) -> str:
    """The problems of the JSON format as the text format prints them: errors last."""
    value = json.loads(document)
    lines = []
    for problem in sorted(value["problems"], key=lambda found: found["severity"] == "error"):
        file = Path(problem["file"]).absolute().relative_to(root)
        place = f"{file}:{problem['line']}:{problem['column']}"
        lines.append(f"{place}: {problem['severity']}: {problem['message']} [{problem['code']}]")
        assert PROBLEM.match(lines[-1]), lines[-1]
        lines += [f"    fix: {problem['fix']}"] if problem["fix"] else []
    assert value["valid"] == (not any(p["severity"] == "error" for p in value["problems"]))
    return "".join(f"{line}\n" for line in lines)
