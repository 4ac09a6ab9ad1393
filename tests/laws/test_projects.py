"""The laws on real projects: this repository's own, and every example, in each environment."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from reconciler.manifest import yaml
from reconciler.manifest.reading import read_text
from reconciler.model.plan import Action
from reconciler.session.session import Choice
from tests.laws import checks
from tests.laws.bench import ENDPOINT, Bench, bench
from tests.laws.stacks import Document

ROOT = Path(__file__).parents[2]
PROJECTS = [ROOT / "reconciler.yaml", *sorted(ROOT.glob("examples/*/reconciler.yaml"))]


def _read(file: Path) -> dict[str, Any]:
    project: dict[str, Any] = yaml.parse(file, read_text(file))[0]
    return project


CASES = [
    pytest.param(file, environment, id=f"{file.parent.name}-{environment}")
    for file in PROJECTS
    for environment in _read(file)["spec"]["environments"]
]


@pytest.mark.parametrize(("file", "environment"), CASES)
def test_the_laws_hold(file: Path, environment: str) -> None:
    with _copied(file, environment) as b:
        plan, secrets = b.plan(), list(b.secrets.values())
        assert plan.count(Action.CREATE) == len(b.stack) > 0
        assert not [call for call in b.recorder.calls if call.method != "GET"]
        _applies(b)
        assert b.live().keys() >= b.stack.keys()
        b.forget()
        checks.rest(b)
        assert not b.apply().writes
        b.secrets = {name: f"{value}-new" for name, value in b.secrets.items()}
        _applies(b)
        secrets += b.secrets.values()
        files = [path.read_bytes().decode() for path in b.root.rglob(".reconciler/**/*.json*")]
        assert files
        assert not [secret for secret in secrets for text in files if secret in text]


@pytest.mark.parametrize(("file", "environment"), CASES)
def test_what_was_applied_can_be_destroyed(file: Path, environment: str) -> None:
    with _copied(file, environment) as b:
        others = b.live().keys()
        _applies(b)
        before = b.live()
        applied = b.apply(Choice(destroy=True))
        assert applied.outcome.ok
        checks.honesty(applied)
        checks.order(applied, before, {})
        assert b.live().keys() == others


def _applies(b: Bench) -> None:
    before, applied = b.live(), b.apply()
    assert applied.outcome.ok, applied.outcome.results
    checks.honesty(applied)
    checks.order(applied, before, b.stack)
    checks.rest(b)


@contextmanager
def _copied(file: Path, environment: str) -> Iterator[Bench]:
    """A copy of a project, for the service of a bench, with secrets of our own."""
    project = _read(file)
    spec = project["spec"]
    key = {"apiKey": "${env.RECONCILER_API_KEY}"}
    service = {"endpoint": ENDPOINT, "propagation": 0, "credential": key}
    here = spec["environments"][environment]
    here["service"] = service
    with bench() as b:
        b.environment = environment
        (b.root / "reconciler.yaml").write_text(json.dumps(project))
        text = _copy_manifests(file.parent, spec.get("manifests", ["manifests/"]), b.root)
        wanted = set(re.findall(r"\$\{env\.(\w+)\}", text))
        for name, secret in {**spec.get("secrets", {}), **here.get("secrets", {})}.items():
            if "file" in secret:
                (b.root / secret["file"]).parent.mkdir(parents=True, exist_ok=True)
                (b.root / secret["file"]).write_text(f"the-secret-in-{name}")
            wanted |= {secret["env"]} if "env" in secret else set()
        b.secrets = {name: f"the-secret-{name}" for name in wanted - {"RECONCILER_API_KEY"}}
        b.remember()
        manifests = b.session().workspace.manifests
        resources, problems = manifests.resources, manifests.problems
        wrong = [one for one in problems if one.code != "connection-string"]  # secrets of our own
        assert not wrong, wrong
        documents = [Document(r.id.kind, r.id.name, r.body) for r in resources]
        b.stack = {document.id: document for document in documents}
        yield b


def _copy_manifests(source: Path, manifests: list[str], target: Path) -> str:
    """Copy manifests, and the files that expressions in them name; give their text."""
    for entry in manifests:
        if (source / entry).is_dir():
            shutil.copytree(source / entry, target / entry, dirs_exist_ok=True)
        else:
            shutil.copy(source / entry, target / entry)
    text = "".join(path.read_text() for path in target.rglob("*") if path.is_file())
    for name in re.findall(r"\$\{file:([^}]+)\}", text):
        (target / name.strip()).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(source / name.strip(), target / name.strip())
    return text
