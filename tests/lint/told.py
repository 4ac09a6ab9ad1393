"""What a rule tells of a manifest, and of which text in it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator

from tests.world import World

Told = list[tuple[str, str, str]]


def told(world: World, rule: str, *documents: str) -> Told:
    """The severity, the text at the place, and the message of every problem of one rule."""
    manifest = "\n---\n".join(documents)
    world.write("manifests/a.yaml", manifest)
    printed = json.loads(world.cli("validate", "--format", "json").out)["problems"]
    return [
        (problem["severity"], _text_at(manifest, problem["line"], problem["column"]), message)
        for problem in printed
        if problem["code"] == rule
        for message in [problem["message"]]
    ]


def _text_at(manifest: str, line: int, column: int) -> str:
    """A word, or the bracket that something begins with."""
    rest = manifest.splitlines()[line - 1][column - 1 :]
    found = re.match(r"[\[{]|[^,}\]]+?(?=: |[,}\]]|$)", rest)
    return found[0] if found else rest


def skillset(*skills: str, name: str = "docs", more: Iterable[str] = ()) -> str:
    """A skillset of skills, each written as YAML in braces."""
    return _document("Skillset", name, ["skills:", *(f"- {skill}" for skill in skills), *more])


def skill(type_: str, given: str = "", inputs: str = "", outputs: str = "") -> str:
    """A skill: what it has besides, and what its inputs and outputs are called.

    Each input comes from a path of its own name.
    """
    listed = ", ".join(f"{{name: {name}, source: /document/{name}}}" for name in inputs.split())
    made = ", ".join(f"{{name: {name}}}" for name in outputs.split())
    comma = ", " if given else ""
    tag = f'"@odata.type": "#Microsoft.Skills.{type_}"'
    return f"{{{tag}, {given}{comma}inputs: [{listed}], outputs: [{made}]}}"


def index(*fields: str, name: str = "docs", search: Iterable[str] = ()) -> str:
    """An index with a key and these fields; `search` is what its `vectorSearch` has."""
    key = "- {name: id, type: Edm.String, key: true}"
    lines = ["fields:", key, *(f"- {field}" for field in fields)]
    vectors = ["vectorSearch:", *(f"  {line}" for line in search)] if search else []
    return _document("Index", name, [*lines, *vectors])


def local(kind: str, *lines: str) -> str:
    """A document that is never sent."""
    return _document(kind, "a", lines, "reconciler/v1")


def document(kind: str, *lines: str, name: str = "docs") -> str:
    """A document of any kind of the service."""
    return _document(kind, name, lines)


def _document(
    kind: str, name: str, lines: Iterable[str], api: str = "azure-ai-search/2026-08-01-preview"
) -> str:
    head = [f"apiVersion: {api}", f"kind: {kind}", f"metadata: {{name: {name}}}", "spec:"]
    return "\n".join([*head, *_indented(lines)])


def _indented(lines: Iterable[str]) -> Iterator[str]:
    return (f"  {line}" for line in lines)
