"""The api-versions that the emulator speaks: all with which an official client was released since
2023-11-01, and some older ones that were recorded.
"""

from __future__ import annotations

from functools import lru_cache

from reconciler.emulator.previews import PREVIEWS
from reconciler.emulator.refusals import Refusal
from reconciler.emulator.version import Version

EMBEDDING_SKILL = "#Microsoft.Skills.Text.AzureOpenAIEmbeddingSkill"

STABLE = (
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
    Version("2024-07-01"),
    Version("2025-09-01"),
    Version("2026-04-01"),
)

VERSIONS = tuple(sorted(STABLE + PREVIEWS, key=lambda version: version.date))

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
