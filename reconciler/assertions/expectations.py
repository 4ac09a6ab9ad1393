"""Proving a Check: what an index holds and finds, or how an indexer ended."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from reconciler.assertions.result import AssertionResult, Failure
from reconciler.model.json import JsonObject, leaves
from reconciler.model.resource import Resource
from reconciler.model.sensitive import revealed
from reconciler.providers.search.documents import SearchDocuments
from reconciler.providers.search.indexers import RESET, Indexers
from reconciler.redaction import REDACTOR
from reconciler.wire import ServiceError


async def prove(
    resource: Resource, name: str, documents: SearchDocuments, indexers: Indexers
) -> AssertionResult:
    """Ask the service whether a Check holds. Never raises what it answers: that is the verdict.

    Args:
        name: what the index or indexer is called on the service.
    """
    body = revealed(resource.body)
    try:
        if body.get("indexer") is not None:
            return await _indexer(resource, body.get("expect") or {}, name, indexers)
        return await _index(resource, body, name, documents)
    except ServiceError as error:
        asked = "indexer" if body.get("indexer") is not None else "index"
        return AssertionResult(
            resource.id, (), (Failure(f"{asked} {name}", error.message, "", error.status),)
        )


async def _index(
    resource: Resource, body: JsonObject, name: str, documents: SearchDocuments
) -> AssertionResult:
    expect = body["expect"]
    facts: list[str] = []
    failures: list[Failure] = []
    if expect.get("documentCount") is not None:
        count = await documents.count(name)
        facts.append(f"{count} documents")
        failures += _number(expect["documentCount"], count)
    if body.get("query") is not None:
        answer = await documents.search(name, body["query"])
        found = answer["value"]
        facts.append(f"{len(found)} found")
        failures += _least(expect.get("minCount"), answer)
        for wanted in expect.get("documents") or ():
            failures += _document(wanted, found)
    return AssertionResult(resource.id, tuple(facts), tuple(failures))


def _number(wanted: Mapping[str, int | None], count: int) -> Iterator[Failure]:
    least, most = wanted.get("min"), wanted.get("max")
    fix = "see how its indexers ended: `reconciler status`"
    if least is not None and count < least:
        yield Failure("documentCount", f"the index holds {count} documents, not {least}", fix)
    if most is not None and count > most:
        why = f"the index holds {count} documents, more than {most}"
        yield Failure("documentCount", why, "look for documents whose sources are gone")


def _least(wanted: int | None, answer: JsonObject) -> Iterator[Failure]:
    found = max(len(answer["value"]), answer.get("@odata.count") or 0)
    if wanted is not None and found < wanted:
        why = f"the query finds {found} documents, not {wanted}"
        yield Failure("minCount", why, "see what it finds: `reconciler query`")


def _document(wanted: JsonObject, found: Sequence[JsonObject]) -> Iterator[Failure]:
    """What is wrong if no document among the first ones is the wanted one."""
    within = wanted.get("within") or len(found)
    place = next((n for n, document in enumerate(found, 1) if _is(document, wanted)), None)
    if place is not None and place <= within:
        return
    asked = _described(wanted)
    missing = [path for path in wanted.get("where") or {} if not _returned(path, found)]
    if found and missing:
        why = f"the query returns no field {', '.join(missing)}"
        yield Failure(asked, why, "add it to `select`, and see that the field is retrievable")
        return
    where = f"among the first {within}" if wanted.get("within") else "among those that were found"
    why = f"no such document {where}" + (f": it is number {place}" if place else "")
    first = _instead(found, wanted)
    yield Failure(asked, why + (f"; the first is {first}" if first and not place else ""))


def _is(document: JsonObject, wanted: JsonObject) -> bool:
    where, text = wanted.get("where") or {}, wanted.get("contains")
    if not all(_equal(_value(document, path), value) for path, value in where.items()):
        return False
    return text is None or text.casefold() in "\n".join(_texts(document)).casefold()


def _equal(value: Any, wanted: Any) -> bool:
    """Equal, or a collection that holds it."""
    if isinstance(value, list) and not isinstance(wanted, list):
        return any(_equal(element, wanted) for element in value)
    return bool(value == wanted)


def _value(document: JsonObject, path: str) -> Any:
    """What stands at a path such as `address/city`."""
    here: Any = document
    for part in path.split("/"):
        here = here.get(part) if isinstance(here, dict) else None
    return here


def _returned(path: str, found: Sequence[JsonObject]) -> bool:
    return any(path.split("/")[0] in document for document in found)


def _texts(value: Any) -> Iterator[str]:
    """Every string in a document, but for what the service adds."""
    for position, leaf in leaves(value):
        if isinstance(leaf, str) and not any(str(part).startswith("@") for part in position):
            yield leaf


def _described(wanted: JsonObject) -> str:
    where = [f"{path} {_short(value)}" for path, value in (wanted.get("where") or {}).items()]
    text = [f"text {_short(wanted['contains'])}"] if wanted.get("contains") else []
    return "document with " + ", ".join([*where, *text])


def _instead(found: Sequence[JsonObject], wanted: JsonObject) -> str:
    """The first document, by the fields that were asked for."""
    if not found:
        return ""
    where = wanted.get("where") or {}
    return ", ".join(f"{path} {_short(_value(found[0], path))}" for path in where)


def _short(value: Any) -> str:
    text = REDACTOR.quoted(json.dumps(value, ensure_ascii=False))
    return text if len(text) <= 80 else text[:79] + "…"


async def _indexer(
    resource: Resource, expect: JsonObject, name: str, indexers: Indexers
) -> AssertionResult:
    run = (await indexers.status(name)).last
    if run is None or run.status == RESET or run.running:
        what = {None: "it has never run", RESET: "it was reset, and has not run since"}
        why = what.get(run.status if run is not None else None, "it is running now")
        fix = f"wait for it: `reconciler run {name} --wait`"
        if run is not None and run.running:
            fix = f"wait until it ends: `reconciler status {name}`"
        return AssertionResult(resource.id, (), (Failure("last run", why, fix),))
    failures = []
    fix = f"see what went wrong: `reconciler status {name}`"
    if run.status != "success":
        why = f"it ended with {run.status}" + (f": {run.message}" if run.message else "")
        failures.append(Failure("last run", why, fix))
    for word, notes, most in (
        ("errors", max(len(run.errors), run.failed), expect.get("maxErrors") or 0),
        ("warnings", len(run.warnings), expect.get("maxWarnings")),
    ):
        if most is not None and notes > most:
            failures.append(Failure(word, f"{notes} {word}, and {most} are allowed", fix))
    return AssertionResult(resource.id, (f"{run.status}, {run.items} items",), tuple(failures))
