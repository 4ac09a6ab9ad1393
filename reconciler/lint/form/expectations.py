"""`wrong-check`: a Check asks nothing, or expects of an index what only an indexer has.

Passes: an `index` with a `query` and `minCount: 1`; an `indexer` alone. Fails: both, or neither; an
index without `expect`; documents expected of no query.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reconciler.lint.stack import Stack
from reconciler.model.problem import Problem, Where

_OF = {
    "index": ("minCount", "documents", "documentCount"),
    "indexer": ("maxErrors", "maxWarnings"),
}


def check(stack: Stack) -> Iterator[Problem]:
    for resource in stack.local:
        if resource.id.kind == "Check":
            yield from _wrong(resource.body, resource.where.at("spec"))


def _wrong(body: dict[str, Any], where: Where) -> Iterator[Problem]:
    asked = [name for name in _OF if body.get(name) is not None]
    if len(asked) != 1:
        text = "a check is of an `index` or of an `indexer`, and of one of them only"
        yield Problem("wrong-check", text, where)
        return
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
