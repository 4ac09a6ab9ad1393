"""The first law, remembered: what was at rest, and has not changed by a byte, is at rest.

When a plan finds nothing to do, a digest of everything that it was made from is kept: project file,
manifests, variables, the environment variables and files that were asked for, the ledger,
and the lists as the service returned them (etags apart: an indexer's moves whenever it runs). The
next plan makes the same list calls and compares. Anything but equality is planned anew, from the
lists that were read. Secrets enter by their fingerprint, and deleting the memory changes no result.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import json
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from reconciler.manifest.files import manifest_files
from reconciler.manifest.reading import read_bytes, state_file
from reconciler.model.problem import Problem, ProblemsError
from reconciler.providers.search.lists import ListCall, first_page
from reconciler.redaction import REDACTOR
from reconciler.secrets import fingerprint
from reconciler.session.kept_problems import from_json, to_json
from reconciler.session.workspace import Workspace
from reconciler.version import __version__
from reconciler.wire import Reply, Wire

_ETAG = re.compile(rb'"@odata\.etag":"(?:[^"\\]|\\.)*"')


class Noop(NamedTuple):
    """A plan without changes: what it is for, its numbers, and what is to be said all the same."""

    project: str
    environment: str
    endpoint: str
    unchanged: int
    unmanaged: int
    problems: tuple[Problem, ...] = ()


_NUMBERS = ("project", "environment", "endpoint", "unchanged", "unmanaged")


class NoopCache:
    """The memory of one project in one environment."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        state, environment = workspace.project.state, workspace.project.environment
        self._path = state_file(state / "cache", environment, "rest.json")

    async def recall(self, wire: Wire) -> tuple[Noop | None, dict[ListCall, Reply]]:
        """Whether everything is as it was when nothing was to do; and the lists that were read.

        Raises:
            ServiceError: a list call failed.
        """
        known = self._load()
        if known is None:
            return None, {}
        if known["inputs"] != await self._inputs(known["environ"], known["files"]):
            return None, {}
        calls = [(collection, version) for collection, version in known["lists"]]
        replies = await asyncio.gather(*(first_page(wire, call) for call in calls))
        read = dict(zip(calls, replies, strict=True))
        if known["live"] != _live(read):
            return None, read
        try:
            told = from_json(known["problems"])
        except (ValueError, TypeError, LookupError):
            return None, read
        return Noop(**{name: known[name] for name in _NUMBERS}, problems=told), read

    async def remember(self, noop: Noop, read: Mapping[ListCall, Reply]) -> None:
        """Keep that nothing was to do, if that is possible."""
        asked = sorted(self._workspace.environ.asked)
        files = sorted(map(str, self._workspace.manifests.files))
        inputs = await self._inputs(asked, files)
        if inputs is None or any(b"@odata.nextLink" in reply.content for reply in read.values()):
            return
        value = {
            "inputs": inputs,
            "environ": asked,
            "files": files,
            "lists": sorted(read),
            "live": _live(read),
            **noop._asdict(),
            "problems": to_json(noop.problems),
        }
        if REDACTOR(json.dumps(value["problems"])) != json.dumps(value["problems"]):
            return
        with contextlib.suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._path.write_text(json.dumps(value))

    def _load(self) -> Any:
        try:
            value = json.loads(self._path.read_bytes())
        except (OSError, ValueError, RecursionError):
            return None
        lists = ("environ", "files", "lists")
        whole = isinstance(value, dict) and all(isinstance(value.get(key), list) for key in lists)
        return value if whole and value.keys() >= {"inputs", "live", *Noop._fields} else None

    async def _inputs(self, asked: list[str], files: list[str]) -> str | None:
        """The digest of everything on our side; None when it cannot be told."""
        project = self._workspace.project
        ledger = await self._workspace.ledger.content()
        if ledger is None or any(secret.file for secret in project.secrets.values()):
            return None
        inputs = hashlib.sha256(ledger)
        told = [__version__, project.environment, str(project.root), dict(project.variables)]
        inputs.update(json.dumps(told, sort_keys=True).encode())
        manifests = manifest_files(project.manifests, project.where.file)
        for path in (project.where.file, *manifests, *map(Path, files)):
            try:
                data = read_bytes(path)
            except ProblemsError:
                return None
            inputs.update(b"\n%b %d\n%b" % (os.fsencode(path), len(data), data))
        environ = self._workspace.settings.environ
        values = json.dumps([environ.get(name) for name in asked])
        try:
            salt = json.loads(ledger.partition(b"\n")[0] + b"]}")["ledger"]["salt"]
            inputs.update(fingerprint(values, salt).encode())
        except (ValueError, LookupError, TypeError):
            return None
        return inputs.hexdigest()


def _live(read: Mapping[ListCall, Reply]) -> str:
    """The digest of lists, etags apart."""
    found = hashlib.sha256()
    for call in sorted(read):
        found.update(f"\n{call}\n".encode() + _ETAG.sub(b"", read[call].content))
    return found.hexdigest()
