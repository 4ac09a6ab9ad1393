"""Members and values that no schema here has, by the api-versions that take or lack them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reconciler.emulator.version import Version


@dataclass(frozen=True)
class Members:
    """Members of some types with their words, in versions from `since` up to before `until`.

    An empty word takes a member (or a kind) away that a later schema has.
    """

    types: tuple[str, ...]
    words: dict[str, str]
    since: str = ""
    until: str = "9999"
    previews_only: bool = True

    def of(self, version: Version) -> bool:
        in_time = self.since <= version.date < self.until
        return in_time and (version.preview or not self.previews_only)


@dataclass(frozen=True)
class Values:
    """Values of an enumeration that a page documents."""

    enum: str
    values: tuple[str, ...]
    previews_only: bool = False


WEB_API = {
    "httpHeaders": "map:str",
    "httpMethod": "str",
    "timeout": "duration",
    "batchSize": "int",
    "degreeOfParallelism": "int",
    "authResourceId": "str",
}

MEMBERS = (
    # Deprecated, taken and not used (the OCR page); null in recorded answers to 2026-04-01.
    Members(("OcrSkill",), {"textExtractionAlgorithm": "str"}, previews_only=False),
    # SKILLS 1.3: the type derives from the Web API skill there; the answers of 2026-04-01 do not.
    Members(("ChatCompletionSkill",), WEB_API, "2025-05-01", "2026-01-01"),
    # Recorded in 2026-04-01 too: null at the write (FACTS c); the schemas of previews have it.
    Members(("KnowledgeStore",), {"parameters": "map:any"}, "2026-01-01", previews_only=False),
    # SKILLS 4.1 (documentation); null in a recorded answer of 2023-10-01-preview (FACTS c).
    Members(("IndexingParameters",), {"base64EncodeKeys": "bool"}, previews_only=False),
    # Recorded in 2023-10-01-preview (FACTS c); the schemas of old previews are no files here.
    Members(("Index",), {"normalizers": "list:is:LexicalNormalizer"}, "2023-10-01"),
    Members(("Field", "AnalyzeRequest"), {"normalizer": "str"}, "2023-07-01"),
)

# Taken by requests, and in answers only then: official samples send a time-out to
# 2026-05-01-preview, when the answers of the stable version had lost it.
DOCUMENTED = (Members(("ChatCompletionSkill",), WEB_API, "2026-05-01", "2026-08-01"),)

VALUES = (
    # search-file-storage-integration: since 2020-06-30-preview, in previews only.
    Values("SearchIndexerDataSourceType", ("azurefile",), previews_only=True),
    # SKILLS 1.1: the page of the skill lists these, the schema spells them otherwise.
    Values("SplitSkillLanguage", ("no", "pt-BR", "pt-PT", "zh-Hans")),
    # SKILLS 1.3: so spelled by the page, otherwise by the schema; which of them is right is unseen.
    Values("ChatCompletionExtraParametersBehavior", ("pass-through",)),
    Values("ChatCompletionResponseFormatType", ("json_object", "json_schema")),
)


def members_of(version: Version) -> Iterator[tuple[str, str, str]]:
    """Every (type, member, word) that a version's table does not say."""
    yield from _of(MEMBERS, version)


def values_of(version: Version) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every enumeration that takes more than a version's table says, and what more."""
    for row in VALUES:
        if version.preview or not row.previews_only:
            yield row.enum, row.values


def documented_of(version: Version, type_name: str) -> dict[str, str]:
    """The members that requests of a type may have besides."""
    return {key: word for name, key, word in _of(DOCUMENTED, version) if name == type_name}


def _of(rows: tuple[Members, ...], version: Version) -> Iterator[tuple[str, str, str]]:
    for row in rows:
        if row.of(version):
            for name in row.types:
                for key, word in row.words.items():
                    yield name, key, word
