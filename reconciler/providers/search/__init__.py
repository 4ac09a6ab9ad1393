"""The search service: its kinds, and what calls it."""

from __future__ import annotations

from reconciler.providers.provider import Provider
from reconciler.providers.search.versions import DEFAULT_VERSION, NEWEST_PREVIEW, VERSIONS

_KINDS = "reconciler.providers.search.kinds"

PROVIDER = Provider(
    group="azure-ai-search",
    kinds={
        "SynonymMap": f"{_KINDS}.synonymmap",
        "DataSource": f"{_KINDS}.datasource",
        "Index": f"{_KINDS}.index",
        "Skillset": f"{_KINDS}.skillset",
        "Indexer": f"{_KINDS}.indexer",
        "Alias": f"{_KINDS}.alias",
        "KnowledgeSource": f"{_KINDS}.knowledgesource",
        "KnowledgeBase": f"{_KINDS}.knowledgebase",
    },
    service="reconciler.providers.search.service:SearchService",
    default_version=DEFAULT_VERSION,
    newest_version=NEWEST_PREVIEW,
    versions=VERSIONS,
    example="azure-ai-search/2026-08-01-preview",
)
