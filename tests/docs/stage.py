"""The stage on which pages are played: what their blocks write, edit and type, really happens.

    ```yaml PATH      a file of the project (without PATH: only judged, see test_pages.py)
    ```diff PATH      an edit of one
    ```console        commands; what `reconciler` prints must be what the page says
    <!-- stage … -->  what readers need not see: `project FOLDER` (a fresh copy of one of the
                      repository's), `fresh` (an empty folder), `reconciler …`, `portal …`

Commands of others (pip, make, git) and `reconciler emulator` are not played. A page with `stage`
is played from top to bottom.
"""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

from tests.scenarios.portal import Portal
from tests.world import KEY, World

ROOT = Path(__file__).parents[2]
URL = "http://127.0.0.1:8471"
BLOCK = re.compile(r"^(```|<!-- )(yaml|diff|console|stage) ?(\S*)\n(.*?)^(```|-->)$", re.S | re.M)


class Stage:
    """A folder, a service, and somebody who follows the page."""

    def __init__(self, world: World) -> None:
        self._world, self._portal = world, Portal(world.service)
        self._world.environ = {"RECONCILER_API_KEY": KEY}
        self._top, self._scenes = world.root, 0

    def play(self, block: re.Match[str]) -> str:
        """A block as it is after it was played."""
        opening, what, path, content, closing = block.groups()
        if what == "stage":
            for line in content.splitlines():
                self._direct(line)
        elif what == "yaml" and path:
            self._write(self._world.root / path, content)
        elif what == "diff" and path:
            self._edit(self._world.root / path, content)
        elif what == "console":
            commands = [line for line in content.splitlines() if line.startswith("$ ")]
            printed = "\n".join(self._typed(line) for line in commands)
            return f"{opening}console\n{printed.rstrip()}\n{closing}"
        return block[0]

    def _direct(self, line: str) -> None:
        match shlex.split(line):
            case ["project", folder]:
                self._fresh()
                source = ROOT / folder
                shutil.copytree(source / "manifests", self._world.root / "manifests")
                project = (source / "reconciler.yaml").read_text()
                self._write(self._world.root / "reconciler.yaml", project)
            case ["fresh"]:
                self._fresh()
            case ["portal", *words]:
                self._portal.do(words)
            case ["reconciler", *words]:
                ran = self._world.cli(*words)
                assert ran.code == 0, ran.out + ran.err
            case words:
                raise ValueError(f"the stage does not know {shlex.join(words)}")

    def _fresh(self) -> None:
        """A new folder, and a service without objects."""
        self._scenes += 1
        self._world.root = self._top / f"scene-{self._scenes}"
        self._world.root.mkdir()
        self._world.service.wipe()

    def _typed(self, line: str) -> str:
        """A line of a console, with what it prints."""
        words = shlex.split(line.removeprefix("$ "), comments=True)
        match words:
            case ["cd", folder]:
                self._world.root = self._world.root / folder
            case ["export", *settings]:
                pairs = dict(setting.split("=", 1) for setting in settings)
                self._world.environ |= {**pairs, "RECONCILER_API_KEY": KEY}
            case ["cat", path]:
                text = (self._world.root / path).read_text()
                return f"{line}\n{text.replace(self._world.service.url, URL).rstrip()}\n"
            case ["reconciler", command, *_] if command != "emulator":
                ran = self._world.cli(*(w.replace(URL, self._world.service.url) for w in words[1:]))
                self._point_at_service()
                printed = (ran.out + ran.err).replace(self._world.service.url, URL).rstrip()
                return f"{line}\n{printed}\n" if printed else line
        return line

    def _point_at_service(self) -> None:
        """Whatever a command wrote: the emulator of the page is the one of the test."""
        for file in self._world.root.rglob("reconciler.yaml"):
            self._write(file, file.read_text())

    def _write(self, file: Path, content: str) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content.replace(URL, self._world.service.url))

    def _edit(self, file: Path, diff: str) -> None:
        lines = diff.splitlines()
        before = "".join(f"{line[1:]}\n" for line in lines if not line.startswith("+"))
        after = "".join(f"{line[1:]}\n" for line in lines if not line.startswith("-"))
        text = file.read_text()
        assert text.count(before) == 1, f"the diff does not fit {file.name}:\n{diff}"
        file.write_text(text.replace(before, after))
