"""What is known of the real service, which lies outside of the repository."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

_ROOT = Path(__file__).parents[2]
SHARED = Path(os.environ.get("RECONCILER_SHARED") or _ROOT.parent / "shared") / "azure-ai-search"

needs_material = pytest.mark.skipif(
    not SHARED.is_dir(),
    reason=f"no recordings and schemas at {SHARED}: set RECONCILER_SHARED to their parent folder",
)

COLLECTIONS = {
    "synonymmaps": "SynonymMap",
    "datasources": "DataSource",
    "indexes": "Index",
    "skillsets": "Skillset",
    "indexers": "Indexer",
    "aliases": "Alias",
    "knowledgesources": "KnowledgeSource",
    "knowledgebases": "KnowledgeBase",
}


EXAMPLES = {
    "synonymMap": "SynonymMap",
    "dataSource": "DataSource",
    "index": "Index",
    "skillset": "Skillset",
    "indexer": "Indexer",
}
"""What the official examples call the body that they send."""


class Exchange(NamedTuple):
    """One recorded request about an object (or a list of them), with its answer."""

    source: str
    method: str
    kind: str
    version: str
    status: int
    sent: Any
    answer: Any

    def __str__(self) -> str:
        return f"{self.source}-{self.method}-{self.kind}"


def exchanges() -> Iterator[Exchange]:
    """Every recorded exchange about objects of the kinds, in the order of the files."""
    for file in sorted(SHARED.glob("recordings-*/*.json")):
        content = json.loads(file.read_text())
        entries = content["entries"] if isinstance(content, dict) else content
        for number, entry in enumerate(entries):
            path, _, query = str(entry.get("uri", "")).partition("?")
            kind = COLLECTIONS.get(path.strip("/").partition("(")[0])
            if kind is not None and "/" not in path.strip("/"):
                yield Exchange(
                    f"{file.stem}[{number}]",
                    entry["method"],
                    kind,
                    query.rpartition("api-version=")[2],
                    entry["status"],
                    entry.get("request_body"),
                    entry.get("response_body"),
                )


def examples() -> Iterator[Exchange]:
    """The request bodies of the official examples, api 2024-07-01."""
    for file in sorted((SHARED / "swagger/search-2024-07-01/examples").glob("*Create*.json")):
        parameters = json.loads(file.read_text())["parameters"]
        for name, body in parameters.items():
            kind = EXAMPLES.get(name)
            if kind is not None:
                yield Exchange(file.stem, "PUT", kind, "2024-07-01", 200, body, None)


def schema(version: str) -> Any:
    return json.loads((SHARED / f"schema/{version}.models.json").read_text())
