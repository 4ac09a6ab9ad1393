"""A recorded or official body as a manifest: written to a file, and loaded as users' files are."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from reconciler import Problem, Session, Settings
from reconciler.model.resource import Resource

PROJECT = {
    "apiVersion": "reconciler/v1",
    "kind": "Project",
    "metadata": {"name": "readings"},
    "spec": {"environments": {"test": {"service": {"endpoint": "https://x.search.windows.net"}}}},
}
EXPECTED = {
    "missing-reference": "a document stands alone",
    "connection-string": "recordings have a word in place of the secret",
    "secret-in-clear": "what a recording or an example shows is no secret",
    "missing-path": "a recording tries paths that lead nowhere, and the service takes them",
    "source-query": "an example's query leaves out the column that marks what is deleted",
    "unbilled-skills": "twenty documents a day are enough for a recording or an example",
}
"""What is told of documents that are right, each with its reason."""


def document(kind: str, body: dict[str, Any], version: str) -> dict[str, Any]:
    """The manifest that says a REST body, in one api-version."""
    spec = {key: value for key, value in body.items() if key != "name"}
    return {
        "apiVersion": f"azure-ai-search/{version}",
        "kind": kind,
        "metadata": {"name": body["name"]},
        "spec": spec,
    }


def load(folder: Path, manifest: dict[str, Any]) -> tuple[Resource | None, list[Problem]]:
    """The resource that a manifest declares, and what is wrong with it by itself."""
    (folder / "manifests").mkdir(exist_ok=True)
    (folder / "reconciler.yaml").write_text(json.dumps(PROJECT))
    (folder / "manifests/one.yaml").write_text(json.dumps(manifest))
    manifests = Session.open(Settings(folder)).workspace.manifests
    resources, problems = manifests.resources, manifests.problems
    found = [problem for problem in problems if problem.code not in EXPECTED]
    return next(iter(resources), None), found
