"""Definitions that Microsoft publishes: recorded ones, and those of the official examples."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from .conftest import Client, index_body, source_body, split_skill
from .recorded import COLLECTIONS, entries_of

Json = dict[str, Any]


class Definition(NamedTuple):
    """A body of a request that succeeded, or of an answer; `collection` is where it belongs."""

    source: str
    collection: str
    version: str
    body: Json
    answer: bool


def plain(body: Json) -> Json:
    return {key: item for key, item in body.items() if not key.startswith("@")}


def recorded(shared: Path) -> Iterator[Definition]:
    """Every whole definition in the recordings: requests that were taken, and answers."""
    for path in sorted(shared.glob("recordings-*/*.json")):
        for entry in entries_of(path):
            uri, status = entry.get("uri", ""), entry.get("status", 0)
            collection = uri.lstrip("/").partition("?")[0].partition("(")[0]
            if collection not in COLLECTIONS.split("|") or "/" in uri[1:].partition("?")[0]:
                continue
            version = uri.partition("api-version=")[2].partition("&")[0]
            answer = entry.get("response_body") or {}
            sent = [entry.get("request_body") or {}] if status in (200, 201) else []
            for body in sent + items(answer):
                if "name" in body and len(body) > 1 and "_note" not in body:
                    is_answer = body not in sent
                    yield Definition(path.stem, collection, version, plain(body), is_answer)


def examples(shared: Path) -> Iterator[Definition]:
    """Every definition in the examples of the official OpenAPI files."""
    for path in sorted(shared.glob("swagger/search-*/examples/SearchService*.json")):
        version = path.parts[-3].removeprefix("search-")
        content = json.loads(path.read_text(encoding="utf-8"))
        answers = [answer.get("body") for answer in content["responses"].values()]
        shown = [item for body in answers if isinstance(body, dict) for item in items(body)]
        sent = [value for value in content["parameters"].values() if isinstance(value, dict)]
        for body in sent + shown:
            collection = collection_of(body)
            if collection is not None:
                is_answer = body not in sent
                yield Definition(path.stem, collection, version, plain(body), is_answer)


def items(body: Json) -> list[Json]:
    found: list[Json] = body.get("value", [body])
    return [item for item in found if isinstance(item, dict)]


OWN = {
    "fields": "indexes",
    "skills": "skillsets",
    "dataSourceName": "indexers",
    "credentials": "datasources",
    "synonyms": "synonymmaps",
    "indexes": "aliases",
}


def collection_of(body: Json) -> str | None:
    """Where a body belongs, by a property that only its kind has."""
    if "name" not in body:
        return None
    return next((collection for key, collection in OWN.items() if key in body), None)


def sendable(body: Json) -> Json:
    """The body with a secret where answers show none."""
    body = copy.deepcopy(body)
    if "credentials" in body and not body["credentials"]["connectionString"]:
        body["credentials"]["connectionString"] = "a-secret-that-no-answer-shows"
    return body


def provide(client: Client, body: Json) -> None:
    """The smallest form of what a definition refers to, with the fields that it maps to."""
    maps = {name for field in body.get("fields") or () for name in field.get("synonymMaps") or ()}
    for name in maps:
        client.made(f"/synonymmaps/{name}", {"name": name, "format": "solr", "synonyms": "a, b"})
    indexes = [*(body.get("indexes") or ()), body.get("targetIndexName")]
    parameters = body.get("searchIndexParameters") or {}
    for name in filter(None, [*indexes, parameters.get("searchIndexName")]):
        client.made(f"/indexes/{name}", with_targets(index_body(name), body))
    if body.get("dataSourceName"):
        source = source_body(body["dataSourceName"]) | {"type": type_for(body)}
        client.made(f"/datasources/{source['name']}", source)
    if body.get("skillsetName"):
        name = body["skillsetName"]
        client.made(f"/skillsets/{name}", {"name": name, "skills": [split_skill()]})
    for reference in body.get("knowledgeSources") or ():
        client.made("/indexes/docs", index_body())
        source = {"name": reference["name"], "kind": "searchIndex"}
        source["searchIndexParameters"] = {"searchIndexName": "docs"}
        client.made(f"/knowledgesources/{reference['name']}", source)


def with_targets(index: Json, body: Json) -> Json:
    mappings = [*(body.get("fieldMappings") or ()), *(body.get("outputFieldMappings") or ())]
    targets = {mapping.get("targetFieldName") or mapping["sourceFieldName"] for mapping in mappings}
    names = {field["name"].lower() for field in index["fields"]}
    for target in sorted(targets):
        if target.lower() not in names:
            names.add(target.lower())
            index["fields"].append({"name": target, "type": "Edm.String"})
    return index


def type_for(body: Json) -> str:
    """The type of data source that an indexer's settings go with."""
    settings = ((body.get("parameters") or {}).get("configuration") or {}).keys()
    return "azuresql" if settings & {"queryTimeout"} else "azureblob"
