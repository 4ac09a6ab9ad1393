"""Where each kind of ingesting source reads: the data source that the service makes for it.

FACTS h (data sources) and g (the names); that a source is mapped to these is inferred.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from reconciler.emulator.secrecy import NO_IDENTITY

Body = dict[str, Any]

HIGH_WATER_MARK = "#Microsoft.Azure.Search.HighWaterMarkChangeDetectionPolicy"


def _blobs(given: Mapping[str, Any]) -> Body:
    return {
        "type": "adlsgen2" if given.get("isADLSGen2") else "azureblob",
        "credentials": {"connectionString": given["connectionString"]},
        "container": {"name": given["containerName"], "query": given.get("folderPath")},
    }


def _lakehouse(given: Mapping[str, Any]) -> Body:
    return {
        "type": "onelake",
        "credentials": {"connectionString": f"ResourceId={given['fabricWorkspaceId']}"},
        "container": {"name": given["lakehouseId"], "query": given.get("targetPath")},
    }


def _site(given: Mapping[str, Any]) -> Body:
    return {
        "type": "sharepoint",
        "credentials": {"connectionString": given["connectionString"]},
        "container": {"name": given["containerName"], "query": given.get("query")},
    }


def _table(given: Mapping[str, Any]) -> Body:
    origin: Body = {
        "type": "azuresql",
        "credentials": {"connectionString": given["connectionString"]},
        "container": {"name": given["tableOrView"]},
    }
    column = given.get("highWaterMarkColumnName")
    if column:
        policy = {"@odata.type": HIGH_WATER_MARK, "highWaterMarkColumnName": column}
        origin["dataChangeDetectionPolicy"] = policy
    return origin


ORIGINS: dict[str, Callable[[Mapping[str, Any]], Body]] = {
    "azureBlob": _blobs,
    "indexedOneLake": _lakehouse,
    "indexedSharePoint": _site,
    "indexedSql": _table,
}

# The field with a document's address; in copies of generated indexes it is `blob_url` for blobs
# and `doc_url` for SharePoint. The others are inferred.
URL_FIELDS = {"azureBlob": "blob_url"}
OTHER_URL_FIELD = "doc_url"
PATHS = {
    "azureBlob": "/document/metadata_storage_path",
    "indexedOneLake": "/document/metadata_storage_path",
    "indexedSharePoint": "/document/metadata_spo_item_weburi",
}


def ingests(body: Mapping[str, Any]) -> bool:
    return body["kind"] in ORIGINS


def parameters(body: Mapping[str, Any]) -> Body:
    """The parameters of the source's own kind."""
    found: Body = body.get(f"{body['kind']}Parameters") or {}
    return found


def ingestion(body: Mapping[str, Any]) -> Body:
    """What is done with the files; in 2025-08-01-preview it stood among the source's parameters."""
    found: Body = parameters(body).get("ingestionParameters") or parameters(body)
    return found


def identity(body: Mapping[str, Any]) -> Body:
    """The source's identity for its parts; none is said aloud: null would keep an old one."""
    return ingestion(body).get("identity") or {"@odata.type": NO_IDENTITY}


def url_field(body: Mapping[str, Any]) -> str:
    return URL_FIELDS.get(body["kind"], OTHER_URL_FIELD)
