"""Rules of knowledge sources and knowledge bases.

Sources that would create a pipeline of their own (a blob source makes a data source, an index, a
skillset and an indexer) are refused by name: 501.
"""

from __future__ import annotations

from typing import Any

from reconciler.emulator.context import Context
from reconciler.emulator.exchange import Reply
from reconciler.emulator.refusals import Refusal
from reconciler.emulator.store import Record

Body = dict[str, Any]

EMULATED = ("searchIndex", "web", "remoteSharePoint")


def check_source(context: Context, body: Body, old: Body | None) -> None:
    if body["kind"] not in EMULATED:
        raise Refusal("not-emulated", path=f"knowledge source of kind {body['kind']}")
    if old is not None and old["kind"] != body["kind"]:
        raise Refusal("source-kind-changed", name=body["name"])
    index = (body.get("searchIndexParameters") or {}).get("searchIndexName")
    if index is not None and context.store.get("indexes", index) is None:
        raise Refusal("source-index", name=body["name"], index=index)


def check_base(context: Context, body: Body, old: Body | None) -> None:
    del old
    for reference in body["knowledgeSources"]:
        if context.store.get("knowledgesources", reference["name"]) is None:
            raise Refusal("base-source", name=body["name"], source=reference["name"])


def check_source_deletable(context: Context, name: str) -> None:
    for base in context.store.all("knowledgebases").values():
        if any(reference["name"] == name for reference in base.body["knowledgeSources"]):
            raise Refusal("source-in-use", name=name, base=base.name)


def check_index_deletable(context: Context, name: str) -> None:
    for source in context.store.all("knowledgesources").values():
        parameters = source.body.get("searchIndexParameters") or {}
        if parameters.get("searchIndexName") == name:
            raise Refusal("index-in-use", name=name, source=source.name)


def status(context: Context, record: Record) -> Reply:
    """Recorded: active at once, and a namespace unlike all others."""
    del record
    namespace = context.version.namespace.rsplit(".", 1)[1]
    odd = f"Microsoft.WindowsAzure.Search.Core.Models.{namespace}.KnowledgeSources"
    body = {
        "@odata.context": f"{context.request.endpoint}/$metadata#{odd}.KnowledgeSourceStatus",
        "synchronizationStatus": "active",
        "synchronizationInterval": None,
        "currentSynchronizationState": None,
        "lastSynchronizationState": None,
        "statistics": None,
    }
    return Reply.json(200, body)
