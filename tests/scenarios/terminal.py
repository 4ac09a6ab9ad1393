"""The terminal in which scenarios happen: what their `console` blocks may type.

    reconciler …                  the product; what it prints is followed by `=> PUT …` for each
                                  write that the service received and by `[3]` for an exit code
                                  that is not 0
    reconciler … > /dev/null      the same, where only the exit code is of interest
    calls                         every request of the last `reconciler`, reads included
    export A=…, unset A, rm FILE,
    cat FILE                      as everywhere
    portal …                      what a colleague does past the product (`portal.py`)

`apply` and `destroy` make one call at a time here, so that the order of the writes is that of the
plan, and what `apply` repeats of the last `plan`, word for word, is left out. Whatever `reconciler`
prints or writes is searched for every value that was ever exported.
"""

from __future__ import annotations

import hashlib
import json
import re
import shlex
import shutil
from pathlib import Path

from tests.scenarios.portal import Portal
from tests.world import KEY, World

STACK = Path(__file__).parent / "stack"
URL = "http://127.0.0.1:8471"
"""What the service's real URL is shown as."""
STORAGE = "AccountName=handbook;AccountKey=first"


class Terminal:
    """A copy of the stack in a folder, its service, and somebody who types."""

    def __init__(self, world: World) -> None:
        self._world, self._service = world, world.service
        self._portal = Portal(world.service)
        self._environ = world.environ
        self._environ.clear()
        self._environ.update(RECONCILER_API_KEY=KEY, STORAGE=STORAGE)
        self._exported = {KEY, STORAGE}
        self._typed: set[str] = set()
        self._requests: list[str] = []
        self._planned = ""
        for source in STACK.rglob("*.yaml"):
            self.write(str(source.relative_to(STACK)), source.read_text())

    def write(self, path: str, content: str) -> None:
        """Write a file of the project."""
        file = self._world.root / path
        file.parent.mkdir(exist_ok=True)
        file.write_text(content.replace(URL, self._service.url))

    def patch(self, path: str, diff: str) -> None:
        """Edit a file: where it has the lines with ` ` and `-`, it has those with ` ` and `+`."""
        lines = diff.splitlines()
        before = "".join(f"{line[1:]}\n" for line in lines if not line.startswith("+"))
        after = "".join(f"{line[1:]}\n" for line in lines if not line.startswith("-"))
        content = (self._world.root / path).read_text().replace(self._service.url, URL)
        assert content.count(before) == 1, f"the diff does not fit {path}:\n{diff}"
        self.write(path, content.replace(before, after))

    def type(self, line: str) -> str:
        """What a command prints, alike on every run."""
        match shlex.split(line.replace(URL, self._service.url)):
            case ["reconciler", *words, ">", "/dev/null"]:
                printed = self._reconciler(words, silent=True)
            case ["reconciler", *words]:
                printed = self._reconciler(words)
            case ["calls"]:
                printed = "\n".join(sorted(self._requests))
            case ["cat", path]:
                printed = (self._world.root / path).read_text()
            case ["portal", *words]:
                printed = self._portal.do(words)
            case _:
                self._shell(shlex.split(line))
                return ""
        self._typed |= {*self._exported, *re.findall(r'"([^"]+)"', line)}
        for text in self._typed:
            printed = printed.replace(hashlib.sha256(text.encode()).hexdigest(), f"sha256({text})")
        printed = printed.replace(self._service.url, URL)
        return re.sub(r"request-id [0-9a-f-]+", "request-id ...", printed).rstrip()

    def _shell(self, words: list[str]) -> None:
        match words:
            case ["export", setting]:
                name, _, value = setting.partition("=")
                self._environ[name] = value
                self._exported.add(value)
            case ["unset", name]:
                del self._environ[name]
            case ["rm", "-r", folder]:
                shutil.rmtree(self._world.root / folder)
            case ["rm", file]:
                (self._world.root / file).unlink()
            case _:
                raise ValueError(f"the terminal does not know {shlex.join(words)}")

    def _reconciler(self, words: list[str], *, silent: bool = False) -> str:
        one_by_one = ["--concurrency", "1"] if words[0] in ("apply", "destroy") else []
        self._logged()
        ran = self._world.cli(*words, *one_by_one)
        self._requests = self._logged()
        self._look_for_secrets(ran.out + ran.err)
        known = self._planned if words[0] == "apply" else ""
        if words[0] == "plan":
            self._planned = "" if silent else ran.out
        printed = ran.out.removeprefix(known) + ran.err
        writes = [f"=> {r}\n" for r in self._requests if r.startswith(("PUT", "DELETE", "POST"))]
        code = f"[{ran.code}]" if ran.code else ""
        return code if silent else printed + "".join(writes) + code

    def _look_for_secrets(self, printed: str) -> None:
        files = [file for file in self._world.root.rglob("*") if file.is_file()]
        for text in (printed, *(file.read_text() for file in files)):
            assert not any(value in text for value in self._exported), "a secret leaked"

    def _logged(self) -> list[str]:
        """The requests since the last time; a last one makes sure that all are in the log."""
        self._service.http.get("/emulator").raise_for_status()
        lines = [json.loads(line) for line in self._service._log.read_text().splitlines()]
        self._service._log.write_text("")
        return [_request(line) for line in lines]


def _request(line: dict[str, object]) -> str:
    """One line of the service's log: `PUT /indexes('docs')?allowIndexDowntime=true 200`."""
    query = dict(line["query"])  # type: ignore[call-overload]
    query.pop("api-version")
    more = "?" + "&".join(f"{k}={v}" for k, v in query.items()) if query else ""
    return f"{line['method']} {line['path']}{more} {line['status']}"
