"""Wrong lines, one at a time, in a copy of the package: the tables of tests of its room must fail.

usage: python tools/mutations.py [ROOM/MODULE ...]   of these modules, or of all
       python tools/mutations.py --check             only whether each text stands there, once

The lines and what stands instead are in tools/mutations.toml. Exit code 1 when one survives: a row
is missing in a table, or both lines mean the same.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
import tomllib
from collections import Counter
from collections.abc import Iterator
from importlib.util import cache_from_source
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
LIST = ROOT / "tools" / "mutations.toml"
TABLES = {
    "applying": "tests/applying/test_walk.py",
    "graph": "tests/graph",
    "planning": "tests/planning",
    "references": "tests/references",
    "schema": "tests/schema",
}
NO_TABLES = ("tests/planning/test_malformed.py", "tests/planning/test_drift_and_plan.py")
"""They try every property of every kind, which takes seconds."""
PATIENCE = 60
"""Seconds after which a mutation is taken to run for ever."""
VERDICTS = {0: "survived", 1: "killed"}


class Mutation(NamedTuple):
    """A text of a module, such as `planning/diff`, and what is put in its place."""

    module: str
    text: str
    instead: str

    def file(self, tree: Path) -> Path:
        """The module in a tree."""
        return tree / "reconciler" / f"{self.module}.py"

    def __str__(self) -> str:
        return " ".join(f"{self.module}: {self.text} -> {self.instead}".split())


def listed() -> list[Mutation]:
    """Every mutation of the list."""
    modules = tomllib.loads(LIST.read_text(encoding="utf-8"))
    return [Mutation(module, *pair) for module, pairs in modules.items() for pair in pairs]


def misplaced(mutations: list[Mutation]) -> Iterator[str]:
    """Those whose text does not stand in its module, or more than once; and those listed twice."""
    for mutation, times in Counter(mutations).items():
        file = mutation.file(ROOT)
        found = file.read_text(encoding="utf-8").count(mutation.text) if file.exists() else 0
        if found != 1:
            yield f"{mutation}\n  the text stands there {found} times, not once"
        if times > 1:
            yield f"{mutation}\n  is listed {times} times"


def copied(tree: Path) -> None:
    """A copy of what the tables need."""
    for name in ("reconciler", "tests"):
        shutil.copytree(ROOT / name, tree / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tree)


def verdict(tree: Path, module: str) -> str:
    """What the tables say of a module in a copy; those that are called like it are asked first."""
    room, _, name = module.partition("/")
    own = f"{TABLES[room]}/test_{name}.py"
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-n", "0", "-p", "no:cacheprovider"]
    command += [f"--ignore={path}" for path in NO_TABLES]
    command += [own] if (tree / own).exists() else []
    environ = {**os.environ, "PYTHONPATH": str(tree)}
    try:
        ran = subprocess.run(
            [*command, TABLES[room]], cwd=tree, env=environ, capture_output=True, timeout=PATIENCE
        )
    except subprocess.TimeoutExpired:
        return "killed"
    return VERDICTS.get(ran.returncode, "broken")


def tried(tree: Path, mutation: Mutation) -> str:
    """The verdict on a mutation; the copy is afterwards as it was."""
    file = mutation.file(tree)
    before = file.read_text(encoding="utf-8")
    file.write_text(before.replace(mutation.text, mutation.instead), encoding="utf-8")
    try:
        return verdict(tree, mutation.module)
    finally:
        file.write_text(before, encoding="utf-8")
        # Python takes a compiled module for new by its size and second alone.
        Path(cache_from_source(str(file))).unlink(missing_ok=True)


def run(mutations: list[Mutation]) -> Counter[str]:
    """Try every mutation, and tell of each; how many had which verdict."""
    verdicts: Counter[str] = Counter()
    with TemporaryDirectory() as folder:
        tree = Path(folder)
        copied(tree)
        for room in sorted({mutation.module.partition("/")[0] for mutation in mutations}):
            if verdict(tree, room) != "survived":
                raise SystemExit(f"{TABLES[room]} fails without any mutation: mend that first")
        for mutation in mutations:
            start = time.monotonic()
            said = tried(tree, mutation)
            verdicts[said] += 1
            print(f"{said:8}  {time.monotonic() - start:4.1f} s  {mutation}", flush=True)
    return verdicts


def main(arguments: list[str]) -> int:
    """Check the list, then try what was asked for."""
    mutations = listed()
    wrong = list(misplaced(mutations))
    known = {mutation.module for mutation in mutations}
    only_check = arguments == ["--check"]
    chosen = set() if only_check else set(arguments)
    wrong += [f"{name}: no mutation is listed of it" for name in sorted(chosen - known)]
    if wrong:
        print(*wrong, sep="\n", file=sys.stderr)
        return 1
    if only_check:
        return 0
    verdicts = run([one for one in mutations if not chosen or one.module in chosen])
    print(", ".join(f"{count} {said}" for said, count in sorted(verdicts.items())))
    return int(set(verdicts) > {"killed"})


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
