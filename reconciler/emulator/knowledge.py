"""Rules of knowledge sources and knowledge bases.

Sources that ingest have a pipeline of their own (`ingestion/`). Two kinds are refused by name, 501:
files are uploaded to their source, and the stored headers of an MCP server are secrets by name.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from reconciler.emulator.context import Context
from reconciler.emulator.exchange import Reply
from reconciler.emulator.indexer import complete_schedule
from reconciler.emulator.ingestion import fixed
from reconciler.emulator.ingestion.origins import ingestion, ingests, parameters
from reconciler.emulator.ingestion.pipeline import created_resources
from reconciler.emulator.refusals import Refusal
from reconciler.emulator.store import Record

Body = dict[str, Any]

# FACTS j and b: Azure OpenAI and Foundry, and no gateway before them.
MODEL_HOSTS = tuple(
    f".{service}.azure.{cloud}"
    for service in ("openai", "services.ai", "cognitiveservices")
    for cloud in ("com", "us", "cn")
)
NOT_EMULATED = ("file", "mcpServer")


def complete_source(context: Context, body: Body, old: Body | None) -> None:
    """What a request says of `createdResources` does not count; a schedule gets its start."""
    del context
    if not ingests(body):
        return
    parameters(body)["createdResources"] = created_resources(body)
    before = ingestion(old) if old else {}
    complete_schedule(ingestion(body).get("ingestionSchedule"), before.get("ingestionSchedule"))


def check_source(context: Context, body: Body, old: Body | None) -> None:
    if body["kind"] in NOT_EMULATED:
        raise Refusal("not-emulated", path=f"knowledge source of kind {body['kind']}")
    if old is not None and old["kind"] != body["kind"]:
        raise Refusal("source-kind-changed", name=body["name"])
    if old is not None and (place := fixed.changed(body, old)):
        raise Refusal("source-fixed", name=body["name"], property=place)
    index = (body.get("searchIndexParameters") or {}).get("searchIndexName")
    if index is not None and context.store.get("indexes", index) is None:
        raise Refusal("source-index", name=body["name"], index=index)


def check_base(context: Context, body: Body, old: Body | None) -> None:
    del old
    for model in body.get("models") or ():
        host = urlsplit((model["azureOpenAIParameters"]).get("resourceUri") or "").hostname or ""
        if not host.endswith(MODEL_HOSTS):
            raise Refusal("base-model")
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
    """Recorded: active at once, and a namespace unlike all others. What an ingesting source says
    of its runs is documented; the spelling of its keys is the schema's."""
    namespace = context.version.namespace.rsplit(".", 1)[1]
    odd = f"Microsoft.WindowsAzure.Search.Core.Models.{namespace}.KnowledgeSources"
    body: Body = {
        "@odata.context": f"{context.request.endpoint}/$metadata#{odd}.KnowledgeSourceStatus",
        "synchronizationStatus": "active",
        "synchronizationInterval": None,
        "currentSynchronizationState": None,
        "lastSynchronizationState": None,
        "statistics": None,
    }
    if ingests(record.body):
        body |= _synchronization(context, record)
    return Reply.json(200, body)


def _synchronization(context: Context, record: Record) -> Body:
    schedule = ingestion(record.body).get("ingestionSchedule") or {}
    indexer = context.store.get("indexers", created_resources(record.body)["indexer"])
    history = indexer.history if indexer else []
    last = next((entry for entry in history if entry["status"] != "reset"), None)
    current = indexer.current if indexer else None
    return {
        "synchronizationInterval": schedule.get("interval"),
        "currentSynchronizationState": _counted(current) if current else None,
        "lastSynchronizationState": (
            _counted(last) | {"endTime": last["endTime"]} if last else None
        ),
    }


def _counted(run: Body) -> Body:
    return {
        "startTime": run["startTime"],
        "itemsUpdatesProcessed": run["itemsProcessed"],
        "itemsUpdatesFailed": run["itemsFailed"],
        "itemsSkipped": 0,
    }
