"""`make demo`: the main job, told step by step on a copy of this repository's project in `.demo/`.

First plan, apply and drift; then what was applied at work, on the documents of `handbook/`.

Real processes and real HTTP throughout; every exit code is checked, and so is what is said.
"""

from __future__ import annotations

import os
import secrets
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / ".demo"
RECONCILER = [sys.executable, "-m", "reconciler"]
ENDPOINT = "http://127.0.0.1:8471"
INDEXER = "/indexers('docs')"
ACCOUNT = "docsstorage"
BLOBS = FOLDER / "storage" / "handbook"
PATIENCE = 60
"""Seconds after which a command counts as stuck."""


class Misbehaved(Exception):
    """Something was not as the story says."""


class Demo:
    """A project in a folder, a service that is running, and somebody who types."""

    def __init__(self, folder: Path, url: str, key: str) -> None:
        self._folder, self._number, self._planned = folder, 0, ""
        self._environ = {**_environ(), "RECONCILER_API_KEY": key, "RECONCILER_ENVIRONMENT": "local"}
        self._portal = httpx.Client(
            base_url=url, headers={"api-key": key}, params={"api-version": "2026-04-01"}
        )

    def tell(self, text: str) -> None:
        """The next step, in a sentence or two."""
        self._number += 1
        print(f"--- {self._number}. {text}\n", flush=True)

    def type(self, line: str, *, code: int = 0, says: str) -> None:
        """A command as a user types it; it must end so, and say so."""
        print(f"$ reconciler {line}", flush=True)
        ran = subprocess.run(
            [*RECONCILER, *shlex.split(line)],
            cwd=self._folder,
            env=self._environ,
            capture_output=True,
            encoding="utf-8",
            timeout=PATIENCE,
        )
        printed = (ran.stdout + ran.stderr).rstrip()
        if self._planned:
            printed = printed.replace(self._planned, "(the plan, as above)\n")
        print(printed, f"[exit code {ran.returncode}]", "", sep="\n", flush=True)
        self._planned = ran.stdout if line.startswith("plan") else ""
        if ran.returncode != code:
            raise Misbehaved(f"`reconciler {line}` ended with {ran.returncode}, not with {code}")
        if says not in printed:
            raise Misbehaved(f"`reconciler {line}` did not say: {says}")

    def write_blob(self, name: str, before: str, after: str) -> None:
        """Somebody edits a document in the storage account."""
        print(f"(blob handbook/{name}: {before} -> {after})\n")
        path = BLOBS / name
        text = path.read_text(encoding="utf-8")
        if before not in text:
            raise Misbehaved(f"{name} does not say: {before}")
        path.write_text(text.replace(before, after), encoding="utf-8")

    def delete_blob(self, name: str) -> None:
        """Somebody deletes a document; the account keeps deleted blobs for a while."""
        print(f"(blob handbook/{name}: deleted)\n")
        (BLOBS / name).unlink()

    def remove_schedule(self) -> None:
        """What a colleague does in the portal: read the indexer, change it, write it back."""
        body = self._indexer()
        body["schedule"] = None
        print(f"(PUT {INDEXER} with schedule: null, past the reconciler)\n")
        sent = {name: value for name, value in body.items() if not name.startswith("@odata.")}
        headers = {"Prefer": "return=representation"}
        self._portal.put(INDEXER, json=sent, headers=headers).raise_for_status()

    def expect_schedule(self, interval: str | None) -> None:
        """What the service itself says about the indexer's schedule."""
        schedule = self._indexer().get("schedule") or {}
        if schedule.get("interval") != interval:
            raise Misbehaved(f"the live schedule is {schedule}, not {interval}")

    def _indexer(self) -> dict[str, Any]:
        reply = self._portal.get(INDEXER).raise_for_status()
        body: dict[str, Any] = reply.json()
        return body


def story(demo: Demo) -> None:
    """The main job, from first check to a question answered."""
    definitions(demo)
    documents(demo)


def definitions(demo: Demo) -> None:
    """From first check to a repaired service."""
    demo.tell("The manifests are checked, offline.")
    demo.type("validate", says="5 objects and 6 checks or models: no errors.")
    demo.tell("The service is empty. The plan shows every object; nothing is written yet.")
    demo.type("plan --detailed-exitcode", code=2, says="Plan: 5 to add, 0 to change")
    demo.tell("Apply makes exactly these calls, and waits until the indexer has read the blobs.")
    demo.type("apply --yes --wait", says="Indexer/docs done: success, 36 items")
    demo.expect_schedule("PT1H")
    demo.tell("The service now is what the manifests say: the next plan is empty.")
    demo.type("plan --detailed-exitcode", says="No changes. 5 unchanged")
    demo.type("drift", says="No drift")
    demo.tell("Somebody removes the indexer's schedule by hand, as in the portal.")
    demo.remove_schedule()
    demo.expect_schedule(None)
    demo.tell("The scheduled drift job notices (exit code 2).")
    demo.type("drift", code=2, says='- Indexer/docs: /schedule {"interval": "PT1H"} -> null')
    demo.tell("The plan says that this came from outside, and what it would put back.")
    demo.type("plan --detailed-exitcode", code=2, says='+ /schedule: {"interval": "PT1H"}')
    demo.tell("Apply repairs it, with one call.")
    demo.type("apply --yes", says="Apply complete: 0 added, 1 changed, 0 destroyed.")
    demo.expect_schedule("PT1H")
    demo.type("drift", says="No drift")


def documents(demo: Demo) -> None:
    """What was applied, at work: the blobs are chunks with vectors now, and can be asked."""
    demo.tell("A question that shares no word with its answer: the index makes its vector.")
    ask = "query docs --select title,chunk --top 3 --text"
    demo.type(f"{ask} 'time off after a baby' --vector-only", says="parental-leave.md")
    demo.tell("Words and vectors together.")
    demo.type(f"{ask} 'characters of a passphrase' --vector", says="accounts.md")
    demo.tell("The checks in the manifests say what must be found, and what the model must take.")
    demo.type("test", says="All 6 hold.")
    demo.tell("A document changes, another one is deleted.")
    demo.write_blob("it/accounts.md", "at least 16 characters", "at least 20 characters")
    demo.delete_blob("finance/cars-and-bikes.txt")
    demo.tell("The next run reads these two and no others.")
    demo.type("run docs --wait", says="Indexer/docs done: success, 2 items")
    demo.type(f"{ask} '\"at least 20 characters\"'", says="accounts.md")
    demo.type(
        "query docs --text * --filter \"title eq 'cars-and-bikes.txt'\"", says="Nothing was found."
    )
    demo.tell("The check that knows the old text fails, as it should.")
    demo.type("test the-passphrase-rule-is-found", code=1, says="0 of 1 hold.")


def copied(url: str) -> Path:
    """The project, its local environment pointing at the service."""
    shutil.copytree(ROOT / "manifests", FOLDER / "manifests")
    project = (ROOT / "reconciler.yaml").read_text(encoding="utf-8")
    if ENDPOINT not in project:
        raise Misbehaved(f"reconciler.yaml has no environment for {ENDPOINT}")
    (FOLDER / "reconciler.yaml").write_text(project.replace(ENDPOINT, url), encoding="utf-8")
    return FOLDER


def stored() -> Path:
    """A storage account: the handbook's folder, copied."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    shutil.copytree(ROOT / "handbook" / "storage", BLOBS.parent)
    return BLOBS.parent


@contextmanager
def service(key: str) -> Iterator[str]:
    """The embedded service on a free port; its URL. It is stopped whatever happens."""
    command = [*RECONCILER, "emulator", "--port", "0", "--storage", f"{ACCOUNT}={stored()}"]
    environ = {**_environ(), "RECONCILER_EMULATOR_KEY": key}
    with subprocess.Popen(command, env=environ, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            url = process.stdout.readline().strip()
            if not url.startswith("http://"):
                raise Misbehaved("the embedded service did not start")
            yield url
        finally:
            process.terminate()
    if process.returncode != 0:
        raise Misbehaved(f"the embedded service ended with {process.returncode}")


def _environ() -> dict[str, str]:
    """The environment without what would change the story: CI's warning, a user's own settings."""
    ours = ("CI", "RECONCILER_")
    return {k: v for k, v in os.environ.items() if not k.startswith(ours)} | {
        "PYTHONIOENCODING": "utf-8"
    }


def main() -> int:
    """Tell the story; 0 if it went as told."""
    started = time.monotonic()
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    key = secrets.token_urlsafe(24)
    print("$ reconciler emulator --port 0 --storage docsstorage=storage   # Azure, embedded")
    try:
        with service(key) as url:
            print(url)
            print("$ export RECONCILER_ENVIRONMENT=local RECONCILER_API_KEY=...\n")
            story(Demo(copied(url), url, key))
    except (Misbehaved, httpx.HTTPError, subprocess.TimeoutExpired, OSError) as error:
        print(f"\nThe demo failed: {error}", file=sys.stderr)
        return 1
    seconds = time.monotonic() - started
    print(f"All as told, in {seconds:.1f} s. The project is in {FOLDER.name}/: look around.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
