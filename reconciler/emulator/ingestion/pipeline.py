"""The four objects that the service makes for an ingesting source, in the order of dependence."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from typing import Any

from reconciler.emulator.ingestion.index import index, permissions
from reconciler.emulator.ingestion.origins import ORIGINS, identity, ingestion, ingests, parameters
from reconciler.emulator.ingestion.skills import cracks, skillset, verbalizes

Body = dict[str, Any]
Part = tuple[str, Body]

# The words of `createdResources`, as the documentation's GET has them.
WORDS = {
    "datasource": "datasources",
    "index": "indexes",
    "skillset": "skillsets",
    "indexer": "indexers",
}


def created_resources(source: Mapping[str, Any]) -> dict[str, str]:
    """`{"datasource": "<name>-datasource", ...}` (FACTS g)."""
    return {word: f"{source['name']}-{word}" for word in WORDS}


def parts(source: Mapping[str, Any]) -> list[Part]:
    """Each part's collection and definition; none for a source that does not ingest."""
    if not ingests(source):
        return []
    return [(collection, copy.deepcopy(body)) for collection, body in _parts(source)]


def _parts(source: Mapping[str, Any]) -> Iterator[Part]:
    names = created_resources(source)
    more = {"encryptionKey": source.get("encryptionKey")}  # documentation: "the generated objects"
    yield "datasources", _data_source(source, names["datasource"]) | more
    yield "indexes", index(source, names["index"]) | more
    yield "skillsets", skillset(source, names["skillset"]) | more
    yield "indexers", _indexer(source, names) | more


def _data_source(source: Mapping[str, Any], name: str) -> Body:
    body = {"name": name, **ORIGINS[source["kind"]](parameters(source))}
    body["identity"] = identity(source)
    if permissions(source):
        body["indexerPermissionOptions"] = permissions(source)
    return body


def _indexer(source: Mapping[str, Any], names: Mapping[str, str]) -> Body:
    body: Body = {
        "name": names["indexer"],
        "dataSourceName": names["datasource"],
        "targetIndexName": names["index"],
        "skillsetName": names["skillset"],
        "schedule": ingestion(source).get("ingestionSchedule"),
        "parameters": {
            "maxFailedItems": -1,
            "maxFailedItemsPerBatch": -1,
            "configuration": _configuration(source),
        },
    }
    return body


def _configuration(source: Mapping[str, Any]) -> Body:
    found: Body = {}
    if source["kind"] != "indexedSql":
        found["dataToExtract"] = "contentAndMetadata"
        if cracks(source):
            found["allowSkillsetToReadFileData"] = True
        elif verbalizes(source):
            found["imageAction"] = "generateNormalizedImages"
    if ingestion(source).get("networkAccessMode") == "private":
        found["executionEnvironment"] = "private"
    return found
