"""Whole sets of documents: several pipelines that share what they can, and how they change."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from hypothesis import strategies as st

from tests.laws.index import index
from tests.laws.knowledge import knowledge_base, knowledge_source, synonym_map
from tests.laws.parts import Body, Names, some
from tests.laws.pipeline import alias, data_source, indexer, skillset

KINDS = (
    "SynonymMap",
    "DataSource",
    "Index",
    "Skillset",
    "Indexer",
    "Alias",
    "KnowledgeSource",
    "KnowledgeBase",
)
"""Every kind that is generated, in the order of dependence."""

HOLDING = frozenset({"Alias", "KnowledgeSource", "KnowledgeBase"})
"""The kinds that what they refer to cannot be deleted under."""


def spec_of(draw: st.DrawFn, kind: str, names: Names, before: Body | None = None) -> Body:
    """A valid spec of a kind; with `before`, one that it can be changed to in place."""
    match kind:
        case "SynonymMap":
            return synonym_map(draw)
        case "DataSource":
            return data_source(draw, before)
        case "Index":
            return index(draw, names, before)
        case "Skillset":
            return skillset(draw, names)
        case "Indexer":
            return indexer(draw, names)
        case "Alias":
            return alias(draw, names)
        case "KnowledgeSource":
            return knowledge_source(draw, names, before)
        case "KnowledgeBase":
            return knowledge_base(draw, names)
    raise AssertionError(f"write a generator for {kind}")


@dataclass(frozen=True)
class Document:
    """One manifest."""

    kind: str
    name: str
    spec: Body
    metadata: Body = field(default_factory=dict)

    @property
    def id(self) -> str:
        return f"{self.kind}/{self.name}"

    @property
    def text(self) -> str:
        metadata = {"name": self.name, **self.metadata}
        head = {"apiVersion": "azure-ai-search", "kind": self.kind, "metadata": metadata}
        return json.dumps({**head, "spec": self.spec})

    @property
    def needs(self) -> set[str]:
        """What must be there before it, on the service or by `dependsOn`."""
        return references(self.kind, self.spec) | set(self.metadata.get("dependsOn", ()))

    @property
    def stays(self) -> bool:
        """Whether it is forgotten, not deleted, when its document goes."""
        return self.metadata.get("lifecycle", {}).get("onRemove") == "forget"


Stack = dict[str, Document]


def references(kind: str, body: Body) -> set[str]:
    """What a body refers to: the service's rules in ten lines, not the marks of the kinds."""
    found: set[tuple[str, str]] = set()
    match kind:
        case "Index":
            maps = [name for f in body["fields"] for name in f.get("synonymMaps") or ()]
            found = {("SynonymMap", name) for name in maps}
        case "Indexer":
            found = {(of, body[key]) for of, key in _INDEXER_REFERS if body.get(key)}
        case "Skillset":
            selectors = (body.get("indexProjections") or {}).get("selectors") or ()
            found = {("Index", selector["targetIndexName"]) for selector in selectors}
        case "Alias":
            found = {("Index", name) for name in body["indexes"]}
        case "KnowledgeSource":
            parameters = body.get("searchIndexParameters")
            found = {("Index", parameters["searchIndexName"])} if parameters else set()
        case "KnowledgeBase":
            found = {("KnowledgeSource", source["name"]) for source in body["knowledgeSources"]}
    return {f"{of}/{name}" for of, name in found}


_INDEXER_REFERS = (
    ("DataSource", "dataSourceName"),
    ("Index", "targetIndexName"),
    ("Skillset", "skillsetName"),
)


def names_of(stack: Stack) -> Names:
    found: dict[str, list[str]] = {kind: [] for kind in KINDS}
    for document in stack.values():
        found[document.kind].append(document.name)
    return found


@st.composite
def stacks(draw: st.DrawFn, most: int = 2) -> Stack:
    """One to `most` objects of every kind, with references among them."""
    stack: Stack = {}
    for kind in KINDS:
        for number in range(draw(st.integers(1, most))):
            add(draw, stack, kind, f"{kind.lower()}-{number}")
    return stack


def add(draw: st.DrawFn, stack: Stack, kind: str, name: str) -> None:
    spec = spec_of(draw, kind, names_of(stack))
    document = Document(kind, name, spec, _metadata(draw, kind, stack))
    stack[document.id] = document


def _metadata(draw: st.DrawFn, kind: str, stack: Stack) -> Body:
    lifecycle: Body = {}
    if kind not in HOLDING and draw(st.integers(0, 4)) == 0:
        lifecycle["onRemove"] = "forget"
    metadata: Body = {"lifecycle": lifecycle}
    if kind == "Alias" and draw(st.booleans()):
        others = sorted(a for a, document in stack.items() if document.kind == "Indexer")
        metadata["dependsOn"] = some(draw, others)
    return metadata


def edit(draw: st.DrawFn, stack: Stack, address: str) -> None:
    """Another spec for one document; references flip to whatever there is."""
    document = stack[address]
    spec = spec_of(draw, document.kind, names_of(stack), document.spec)
    stack[address] = replace(document, spec=spec)


def remove(draw: st.DrawFn, stack: Stack) -> None:
    """Take away some documents, with all that need them; one of every kind may be the last."""
    gone = set(some(draw, sorted(stack), min(1, len(stack)))[:2])
    for address in {a for one in gone for a in dependents(stack, one)}:
        del stack[address]


def dependents(stack: Stack, address: str) -> set[str]:
    """An object and everything that needs it."""
    found = {address}
    while more := {a for a, document in stack.items() if document.needs & found} - found:
        found |= more
    return found


def in_order(stack: Stack) -> list[Document]:
    """Every document after what it needs."""
    done: dict[str, Document] = {}
    while len(done) < len(stack):
        for address, document in stack.items():
            if document.needs & stack.keys() <= done.keys():
                done.setdefault(address, document)
    return list(done.values())


def filled_in(value: Any, secrets: Mapping[str, str]) -> Any:
    """A spec with the secrets in it."""
    if isinstance(value, dict):
        return {key: filled_in(inner, secrets) for key, inner in value.items()}
    if isinstance(value, list):
        return [filled_in(inner, secrets) for inner in value]
    if isinstance(value, str):
        for name, secret in secrets.items():
            value = value.replace(f"${{secret.{name}}}", secret)
    return value
