"""The api-versions that the emulator speaks, and what each knows.

Four have their own property table in `tables/`; the others are told as differences from one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from reconciler.emulator.refusals import Refusal


@dataclass(frozen=True)
class Version:
    """`without` and `plus` go by type; `plus` gives the property's word; `borrows` takes skills."""

    name: str
    base: str
    without: dict[str, tuple[str, ...]] = field(default_factory=dict)
    plus: dict[str, dict[str, str]] = field(default_factory=dict)
    borrows: tuple[str, ...] = ()

    @property
    def namespace(self) -> str:
        """`Microsoft.Azure.Search.V2025_11_01_Preview`, as recorded in contexts."""
        return "Microsoft.Azure.Search.V" + self.name.replace("-", "_").replace("_p", "_P")

    @property
    def preview(self) -> bool:
        return self.name.lower().endswith("preview")

    @property
    def date(self) -> str:
        return self.name[:10]


# Kinds and properties that the preview of August 2026 added to that of November 2025 (inferred:
# FACTS j; the recorded answers do not have them).
LATER_SOURCES = ("fabricDataAgent", "fabricOntology", "file", "indexedSql", "mcpServer", "workIQ")
LATER_KNOWLEDGE: dict[str, tuple[str, ...]] = {
    "KnowledgeSource": LATER_SOURCES,
    "KnowledgeSourceReference": ("enableImageServing", "enableFreshness"),
    "KnowledgeBase": ("tags", "corsOptions", "retrieveDefaults"),
    "SearchIndexKnowledgeSourceParameters": ("baseFilter", "queryHints"),
    "KnowledgeSourceIngestionParameters": ("freshnessPolicy", "networkAccessMode"),
    "KnowledgeRetrievalReasoningEffort": ("auto",),
    "AzureBlobKnowledgeSourceParameters": ("queryHints",),
    "IndexedOneLakeKnowledgeSourceParameters": ("queryHints",),
    "IndexedSharePointKnowledgeSourceParameters": ("queryHints",),
    "AzureBlobKnowledgeSource": ("resultsProcessing",),
    "IndexedOneLakeKnowledgeSource": ("resultsProcessing",),
    "IndexedSharePointKnowledgeSource": ("resultsProcessing",),
    "RemoteSharePointKnowledgeSource": ("resultsProcessing",),
    "SearchIndexKnowledgeSource": ("resultsProcessing",),
    "WebKnowledgeSource": ("resultsProcessing",),
}

EMBEDDING_SKILL = "#Microsoft.Skills.Text.AzureOpenAIEmbeddingSkill"

VERSIONS = (
    Version(
        "2020-06-30",  # recordings-2020: the keys of every answer
        "2024-07-01",
        without={
            "Index": ("semantic", "vectorSearch"),
            "Field": ("stored", "dimensions", "vectorSearchProfile", "vectorEncoding"),
            "Skillset": ("indexProjections",),
            "Skill": (EMBEDDING_SKILL,),
            "SplitSkill": ("pageOverlapLength", "maximumPagesToTake"),
            "WebApiSkill": ("authResourceId", "authIdentity"),
        },
    ),
    Version(
        "2023-07-01-Preview",  # recordings-modern/indexer_reset_2023; the rest inferred
        "2024-07-01",
        without={
            "Field": ("stored", "vectorEncoding"),
            "Skillset": ("indexProjections",),
            "Skill": (EMBEDDING_SKILL,),
            "VectorSearch": ("vectorizers", "compressions"),
            "VectorSearchProfile": ("vectorizer", "compression"),
            "SplitSkill": ("pageOverlapLength", "maximumPagesToTake"),
            "WebApiSkill": ("authResourceId", "authIdentity"),
        },
        plus={
            "SearchResourceEncryptionKey": {"identity": "is:Identity"},
            "DataSource": {"identity": "is:Identity"},
            "KnowledgeStore": {"identity": "is:Identity", "parameters": "map:any"},
        },
    ),
    Version(
        "2023-10-01-Preview",  # recordings-modern/skill_defaults
        "2024-07-01",
        without={
            "Field": ("stored", "vectorEncoding"),
            "VectorSearch": ("compressions",),
            "VectorSearchProfile": ("compression",),
            "SplitSkill": ("pageOverlapLength", "maximumPagesToTake"),
            "WebApiSkill": ("authResourceId", "authIdentity"),
            "AzureOpenAIEmbeddingSkill": ("modelName", "dimensions"),
        },
        plus={
            "SearchResourceEncryptionKey": {"identity": "is:Identity"},
            "DataSource": {"identity": "is:Identity"},
            "KnowledgeStore": {"identity": "is:Identity", "parameters": "map:any"},
            "AzureOpenAIEmbeddingSkill": {"authResourceId": "str"},
        },
        borrows=("#Microsoft.Skills.Custom.AmlSkill",),
    ),
    Version(
        "2023-11-01",  # SKILLS P123 for vectorSearchProfile; the rest inferred
        "2024-07-01",
        without={
            "Field": ("stored", "vectorEncoding"),
            "Skillset": ("indexProjections",),
            "Skill": (EMBEDDING_SKILL,),
            "VectorSearch": ("vectorizers", "compressions"),
            "VectorSearchProfile": ("vectorizer", "compression"),
            "SplitSkill": ("pageOverlapLength", "maximumPagesToTake"),
            "WebApiSkill": ("authResourceId", "authIdentity"),
        },
    ),
    Version("2024-07-01", "2024-07-01"),
    Version("2025-09-01", "2025-09-01"),
    Version(
        "2025-11-01-preview",  # recordings-modern: the keys of every answer
        "2026-08-01-preview",
        without={
            "Index": ("sharePointConnectorAppRegistration",),
            "Field": (
                "sensitivityLabelId",
                "sensitivityLabelName",
                "sourceDocumentId",
                "sharepointSiteUrl",
            ),
            **LATER_KNOWLEDGE,
        },
        plus={
            "Field": {"sensitivityLabel": "bool"},
            "SearchIndexKnowledgeSource": {"mcpToolParameters": "any"},
        },
    ),
    Version("2026-04-01", "2026-04-01"),
    Version("2026-08-01-preview", "2026-08-01-preview"),
)

# Keys that only answers have, in every version. `subtype`: seen in 2020-06-30 and
# 2025-11-01-preview. `cache`: seen in 2020-06-30, 2023-07-01-Preview, 2025-11-01-preview.
ANSWER_ONLY: dict[str, tuple[str, ...]] = {"DataSource": ("subtype",), "Indexer": ("cache",)}

# Read-only: what a request says of it does not count (schema; the name is that of answers).
READ_ONLY: dict[str, tuple[str, ...]] = {"DataSource": ("subtype",)}

# Seen absent from answers: an indexer's encryptionKey in 2020-06-30.
ANSWER_WITHOUT: dict[tuple[str, str], tuple[str, ...]] = {
    ("2020-06-30", "Indexer"): ("encryptionKey",),
}


@lru_cache(maxsize=1)
def _by_name() -> dict[str, Version]:
    return {version.name.lower(): version for version in VERSIONS}


def version_named(name: str | None) -> Version:
    """The version of a request; names are compared without case."""
    if not name:
        raise Refusal("no-api-version")
    version = _by_name().get(name.lower())
    if version is None:
        known = ", ".join(version.name for version in VERSIONS)
        raise Refusal("unknown-api-version", version=name, known=known)
    return version
