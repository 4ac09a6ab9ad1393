"""A project in a folder, a real emulator beside it, and what both of them saw.

Everything goes through public doors: the command line, HTTP, files.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from textwrap import dedent
from typing import Any, NamedTuple

import httpx

from reconciler.cli import run

API_VERSION = "2026-04-01"
KEY = "an-admin-key-for-tests"
COLLECTIONS = {
    "SynonymMap": "synonymmaps",
    "DataSource": "datasources",
    "Index": "indexes",
    "Skillset": "skillsets",
    "Indexer": "indexers",
    "Alias": "aliases",
    "KnowledgeSource": "knowledgesources",
    "KnowledgeBase": "knowledgebases",
}


class Ran(NamedTuple):
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def last(self) -> str:
        """The last line of stdout."""
        return self.out.strip().splitlines()[-1]


class Call(NamedTuple):
    """One request as the service logged it."""

    method: str
    path: str
    status: int

    def __str__(self) -> str:
        return f"{self.method} {self.path} -> {self.status}"


class Service:
    """A running emulator: its URL, its access log, and doors to change things by hand."""

    def __init__(self, url: str, log: Path) -> None:
        self.url = url
        self._log = log
        self.http = httpx.Client(
            base_url=url, headers={"api-key": KEY}, params={"api-version": API_VERSION}
        )

    def wipe(self) -> None:
        """No objects, no faults, no log."""
        self.http.delete("/emulator/faults").raise_for_status()
        self.http.delete("/emulator/state").raise_for_status()
        self._log.write_text("")

    def fault(self, **rule: Any) -> None:
        """Inject one fault (`fault`, `method`, `path`, `after`, `times`, …) beside the others."""
        rules = self.http.get("/emulator/faults").json()
        rules = rules["value"] if isinstance(rules, dict) else rules
        known = ("fault", "method", "path", "after", "times", "status", "retryAfter", "seconds")
        kept = [{k: r[k] for k in known if k in r} for r in rules]
        self.http.put("/emulator/faults", json=[*kept, rule]).raise_for_status()

    def calls(self) -> list[Call]:
        """Every request since the last time this was asked, but for those by hand."""
        calls = [Call(line["method"], line["path"], line["status"]) for line in self._logged()]
        self._log.write_text("")
        return calls

    def _logged(self) -> list[dict[str, Any]]:
        """The lines of the log: a service logs after it has answered, so it is asked once more."""
        self.http.get("/emulator").raise_for_status()
        return [json.loads(line) for line in self._log.read_text().splitlines()]

    def get(self, address: str) -> dict[str, Any] | None:
        """An object as the service returns it, or None."""
        reply = self._by_hand(self.http.get(_url(address)))
        return None if reply.status_code == 404 else reply.json()

    def _by_hand(self, reply: httpx.Response) -> httpx.Response:
        """Take a request of our own out of the log."""
        lines, request = self._logged(), (reply.request.method, reply.request.url.path)
        ours = [i for i, line in enumerate(lines) if (line["method"], line["path"]) == request]
        del lines[ours[-1]]
        self._log.write_text("".join(json.dumps(line) + "\n" for line in lines))
        return reply

    def put(self, address: str, body: dict[str, Any], **query: str) -> None:
        """Create or replace an object by hand, past the reconciler."""
        name = address.partition("/")[2]
        headers = {"Prefer": "return=representation"}
        reply = self.http.put(
            _url(address), json={"name": name, **body}, params=query, headers=headers
        )
        assert self._by_hand(reply).is_success, reply.text

    def edit(self, address: str, change: Callable[[dict[str, Any]], None]) -> None:
        """Change an object by hand: GET, change, PUT, as the portal does."""
        body = self.get(address)
        assert body is not None, f"{address} is not live"
        body = {key: value for key, value in body.items() if not key.startswith("@odata.")}
        if "credentials" in body:
            body["credentials"] = {"connectionString": "<unchanged>"}
        body = json.loads(json.dumps(body).replace("<redacted>", "<unchanged>"))
        change(body)
        self.put(address, body)

    def delete(self, address: str) -> None:
        """Delete an object by hand."""
        reply = self._by_hand(self.http.delete(_url(address)))
        assert reply.status_code == 204, reply.text

    def objects(self) -> set[str]:
        """The address of everything that is live."""
        found = set()
        for kind, collection in COLLECTIONS.items():
            reply = self._by_hand(self.http.get(f"/{collection}"))
            found |= {f"{kind}/{body['name']}" for body in reply.json()["value"]}
        return found

    def secrets(self) -> Any:
        """SHA-256 of every secret that is stored, by collection, name and path."""
        return self.http.get("/emulator/secrets").json()


def _url(address: str) -> str:
    kind, _, name = address.partition("/")
    return f"/{COLLECTIONS[kind]}('{name}')"


@contextlib.contextmanager
def emulator(log: Path, *options: str) -> Iterator[Service]:
    """A running emulator as users start it, with its access log in a file."""
    log.write_text("")
    command = [sys.executable, "-m", "reconciler", "emulator", "--port", "0", "--access-log"]
    with subprocess.Popen(
        [*command, str(log), "--tier", "standard3", *options],
        env={**os.environ, "RECONCILER_EMULATOR_KEY": KEY},
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        url = process.stdout.readline().strip()
        assert url.startswith("http://"), "the emulator did not print its URL"
        service = Service(url, log)
        try:
            yield service
        finally:
            service.http.close()
            process.terminate()


class World:
    """A project folder and the service that it is for."""

    def __init__(self, root: Path, service: Service) -> None:
        self.root = root
        self.service = service
        self.environ = {"RECONCILER_API_KEY": KEY, "RECONCILER_DEBUG": "1"}
        self.environ |= {"CI": "", "NO_COLOR": ""}  # wherever the tests themselves run
        self.project()

    def project(self, spec: str = "") -> None:
        """The project file: one environment; `spec` adds YAML beneath `spec:`."""
        text = dedent("""\
            apiVersion: reconciler/v1
            kind: Project
            metadata: {name: test}
            spec:
              environments:
                test:
                  service:
                    endpoint: URL
                    propagation: 0
                    credential: {apiKey: "${env.RECONCILER_API_KEY}"}
            """).replace("URL", self.service.url)
        extra = "".join(f"  {line}\n" for line in dedent(spec).strip().splitlines())
        self.write("reconciler.yaml", text + extra)
        (self.root / "manifests").mkdir(exist_ok=True)

    def write(self, path: str, text: str) -> Path:
        """A file of the project."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(dedent(text))
        return file

    def declare(self, address: str, spec: str, metadata: str = "") -> None:
        """A manifest: `spec` and extra `metadata` are YAML."""
        kind, _, name = address.partition("/")
        more = "".join(f"  {line}\n" for line in dedent(metadata).strip().splitlines())
        body = "".join(f"  {line}\n" for line in dedent(spec).strip().splitlines())
        head = f"apiVersion: azure-ai-search\nkind: {kind}\nmetadata:\n  name: {name}\n"
        text = f"{head}{more}spec:\n{body}"
        (self.root / "manifests" / f"{kind.lower()}-{name}.yaml").write_text(text)

    def undeclare(self, address: str) -> None:
        """Delete a manifest."""
        kind, _, name = address.partition("/")
        (self.root / "manifests" / f"{kind.lower()}-{name}.yaml").unlink()

    def cli(self, *arguments: str, env: dict[str, str] | None = None) -> Ran:
        """Run a command in this process, in the project's folder."""
        out, err = io.StringIO(), io.StringIO()
        with (
            _environment({**self.environ, **(env or {})}),
            contextlib.chdir(self.root),
            contextlib.redirect_stdout(out),
            contextlib.redirect_stderr(err),
        ):
            code = run(list(arguments))
        return Ran(code, out.getvalue(), err.getvalue())

    def process(self, *arguments: str) -> subprocess.Popen[str]:
        """Start a command as a process of its own, to be killed or interrupted."""
        return subprocess.Popen(
            [sys.executable, "-m", "reconciler", *arguments],
            cwd=self.root,
            env={**os.environ, **self.environ},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def apply(self, *arguments: str) -> Ran:
        """`apply --yes`, which must succeed."""
        ran = self.cli("apply", "--yes", *arguments)
        assert ran.code == 0, ran.out + ran.err
        return ran

    def plan(self, *arguments: str, env: dict[str, str] | None = None) -> dict[str, Any]:
        """`plan --format json`, refused or not, as an object."""
        ran = self.cli("plan", "--format", "json", "--allow-refused", *arguments, env=env)
        assert ran.code == 0, ran.out + ran.err
        plan: dict[str, Any] = json.loads(ran.out)
        return plan

    def writes(self) -> list[str]:
        """The writes since the last time the log was asked, in order."""
        return [
            str(call) for call in self.service.calls() if call.method in ("PUT", "POST", "DELETE")
        ]


@contextlib.contextmanager
def _environment(values: dict[str, str]) -> Iterator[None]:
    before = dict(os.environ)
    os.environ.update(values)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)
