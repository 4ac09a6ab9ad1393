"""`wrong-check`: a Check asks nothing, or expects of an index what only an indexer has.

Passes: an `index` with a `query` and `minCount: 1`; an `indexer` alone. Fails: both, or neither; an
index without `expect`; documents expected of no query. An index, alias or indexer that nobody
declares is a `missing-reference`, unless a declared knowledge source creates it for itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from reconciler.manifest.project import Project
from reconciler.model.problem import Problem, Where, suggestion
from reconciler.model.resource import Resource
from reconciler.model.resource_id import ResourceId
from reconciler.references import to_be_created

_OF = {
    "index": ("minCount", "documents", "documentCount"),
    "indexer": ("maxErrors", "maxWarnings"),
}
_KINDS = {"index": ("Index", "Alias"), "indexer": ("Indexer",)}


def check(
    own: Sequence[Resource], resources: Sequence[Resource], project: Project
) -> Iterator[Problem]:
    known = {resource.id for resource in resources} | project.external
    if any(resource.id.kind == "Check" for resource in own):
        known |= to_be_created(resources)
    for resource in own:
        if resource.id.kind == "Check":
            yield from _wrong(resource.body, resource.where.at("spec"), known)


def _wrong(body: dict[str, Any], where: Where, known: set[ResourceId]) -> Iterator[Problem]:
    asked = [name for name in _OF if body.get(name) is not None]
    if len(asked) != 1:
        text = "a check is of an `index` or of an `indexer`, and of one of them only"
        yield Problem("wrong-check", text, where)
        return
    yield from _missing(asked[0], body, where, known)
    expect = body.get("expect") or {}
    if not isinstance(expect, dict):
        return
    for name in expect:
        if name not in _OF[asked[0]] and any(name in names for names in _OF.values()):
            place = where.at("expect", name, of_key=True)
            fix = "possible here: " + ", ".join(_OF[asked[0]])
            yield Problem("wrong-check", f"an {asked[0]} has no `{name}`", place, fix)
    if asked[0] == "indexer" and body.get("query") is not None:
        place = where.at("query", of_key=True)
        yield Problem("wrong-check", "an indexer takes no query", place, "delete it")
    if asked[0] == "index":
        yield from _of_index(body, expect, where)


def _of_index(body: dict[str, Any], expect: dict[str, Any], where: Where) -> Iterator[Problem]:
    asks = [name for name in ("minCount", "documents") if expect.get(name) is not None]
    if not asks and expect.get("documentCount") is None:
        fix = "write `expect` with one of " + ", ".join(_OF["index"])
        yield Problem("wrong-check", "the check expects nothing", where, fix)
    if asks and body.get("query") is None:
        place = where.at("expect", asks[0], of_key=True)
        fix = "write `query`, such as {search: a question}"
        yield Problem("wrong-check", f"`{asks[0]}` is about what a query finds", place, fix)
    documents = expect.get("documents")
    for position, wanted in enumerate(documents if isinstance(documents, list) else ()):
        if isinstance(wanted, dict) and not (wanted.get("where") or wanted.get("contains")):
            place = where.at("expect", "documents", position)
            fix = "write `where: {field: value}`, or `contains: text`"
            yield Problem("wrong-check", "any document would do", place, fix)


def _missing(
    asked: str, body: dict[str, Any], where: Where, known: set[ResourceId]
) -> Iterator[Problem]:
    name, kinds = body[asked], _KINDS[asked]
    if not isinstance(name, str) or any(ResourceId(kind, name) in known for kind in kinds):
        return
    names = [address.name for address in known if address.kind in kinds]
    address = ResourceId(kinds[0], name)
    otherwise = f"declare it, or list {address} under spec.external if it is managed elsewhere"
    fix = suggestion(name, names, otherwise)
    yield Problem("missing-reference", f"{address} is not declared", where.at(asked), fix)
