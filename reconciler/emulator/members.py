"""Members that no schema here has, by the range of api-versions that takes or lacks them."""

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
    # SKILLS 4.1 (documentation); null in a recorded answer of 2023-10-01-preview (FACTS c).
    Members(("IndexingParameters",), {"base64EncodeKeys": "bool"}, previews_only=False),
    # Recorded in 2023-10-01-preview (FACTS c); the schemas of old previews are no files here.
    Members(("Index",), {"normalizers": "list:is:LexicalNormalizer"}, "2023-10-01"),
    Members(("Field", "AnalyzeRequest"), {"normalizer": "str"}, "2023-07-01"),
)

# Taken by requests, and in answers only then: official samples send a time-out to
# 2026-05-01-preview, when the answers of the stable version had lost it.
DOCUMENTED = (Members(("ChatCompletionSkill",), WEB_API, "2026-05-01", "2026-08-01"),)


def members_of(version: Version) -> Iterator[tuple[str, str, str]]:
    """Every (type, member, word) that a version's table does not say."""
    yield from _of(MEMBERS, version)


def documented_of(version: Version, type_name: str) -> dict[str, str]:
    """The members that requests of a type may have besides."""
    return {key: word for name, key, word in _of(DOCUMENTED, version) if name == type_name}


def _of(rows: tuple[Members, ...], version: Version) -> Iterator[tuple[str, str, str]]:
    for row in rows:
        if row.of(version):
            for name in row.types:
                for key, word in row.words.items():
                    yield name, key, word
