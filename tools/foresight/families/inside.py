"""References inside one body: to profiles, analyzers, fields, and what else has a name there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tools.foresight.mutator import Mutant, Renamed, Row, Verdict, mutator, rows
from tools.foresight.stack import Stack, appended, removed, replaced, spots, value
from tools.foresight.words import mistyped, recased, typo

FAMILY = "inside"
REFUSED, HARMLESS = Verdict.REFUSED, Verdict.HARMLESS
VECTOR, SEMANTIC = "Index: vectorSearch", "Index: semantic"
FIELDS = f"{SEMANTIC}/configurations/*/prioritizedFields"
ANALYZER = "Index: analyzers/*"
INDEX = "D:search-how-to-create-search-index"
CUSTOM = "D:index-add-custom-analyzers"


def _weight(old: Any, _around: Any) -> Any:
    """The weights' first field is misspelt."""
    name = next(iter(old))
    return {(typo(key) if key == name else key): weight for key, weight in old.items()}


rows(
    FAMILY,
    (
        Row("profile-typo", REFUSED, "P122", "Index: fields/*/vectorSearchProfile", mistyped),
        Row("profile-of-other-case", REFUSED, "P122", "Index: fields/*/vectorSearchProfile", recased),
        Row("algorithm-typo", REFUSED, "P122", f"{VECTOR}/profiles/*/algorithm", mistyped),
        Row("compression-typo", REFUSED, "P122", f"{VECTOR}/profiles/*/compression", mistyped),
        Row("vectorizer-typo", REFUSED, "P122", f"{VECTOR}/profiles/*/vectorizer", mistyped),
        Row("analyzer-typo", REFUSED, CUSTOM, "Index: fields/*/analyzer", mistyped),
        Row("index-analyzer-typo", REFUSED, CUSTOM, "Index: fields/*/indexAnalyzer", mistyped),
        Row("search-analyzer-typo", REFUSED, CUSTOM, "Index: fields/*/searchAnalyzer", mistyped),
        Row("tokenizer-typo", REFUSED, CUSTOM, f"{ANALYZER}/tokenizer", mistyped),
        Row("token-filter-typo", REFUSED, CUSTOM, f"{ANALYZER}/tokenFilters/*", mistyped),
        Row("char-filter-typo", REFUSED, CUSTOM, f"{ANALYZER}/charFilters/*", mistyped),
        Row("normalizer-typo", REFUSED, "D:search-normalizers", "Index: fields/*/normalizer", mistyped),
        Row("normalizer-filter-typo", REFUSED, "D:search-normalizers", "Index: normalizers/*/tokenFilters/*", mistyped),
        Row("synonym-map-typo", REFUSED, "FACTS b", "Index: fields/*/synonymMaps/*", mistyped),
        Row("default-profile-typo", REFUSED, INDEX, "Index: defaultScoringProfile", mistyped),
        Row("weighted-field-typo", REFUSED, INDEX, "Index: scoringProfiles/*/text/weights", _weight),
        Row("boosted-field-typo", REFUSED, INDEX, "Index: scoringProfiles/*/functions/*/fieldName", mistyped),
        Row("suggested-field-typo", REFUSED, INDEX, "Index: suggesters/*/sourceFields/*", mistyped),
        Row("default-semantic-typo", REFUSED, INDEX, f"{SEMANTIC}/defaultConfiguration", mistyped),
        Row("semantic-title-typo", REFUSED, "P130", f"{FIELDS}/titleField/fieldName", mistyped),
        Row("semantic-content-typo", REFUSED, "P130", f"{FIELDS}/prioritizedContentFields/*/fieldName", mistyped),
        Row("semantic-keyword-typo", REFUSED, "P130", f"{FIELDS}/prioritizedKeywordsFields/*/fieldName", mistyped),
    ),
)  # fmt: skip


@mutator(FAMILY, REFUSED, "P122")
def part_of_vector_search_gone(stack: Stack) -> Iterator[Mutant]:
    """A profile, algorithm, vectorizer or compression that something names goes, or is renamed."""
    for part, names in (
        ("profiles", "fields/*/vectorSearchProfile"),
        ("algorithms", "vectorSearch/profiles/*/algorithm"),
        ("vectorizers", "vectorSearch/profiles/*/vectorizer"),
        ("compressions", "vectorSearch/profiles/*/compression"),
    ):
        for spot in spots(stack, "Index", f"vectorSearch/{part}/*"):
            name = value(stack, spot)["name"]
            ends = [
                end
                for end in spots(stack, "Index", names)
                if end.document == spot.document and value(stack, end) == name
            ]
            if ends:
                yield Mutant(removed(stack, spot), f"no {name} in {part}", ends[0], tuple(ends[1:]))
                made = replaced(stack, spot.at("name"), typo(name))
                yield Mutant(made, f"{name} in {part} is renamed", spot.at("name"), tuple(ends))


@mutator(FAMILY, REFUSED, CUSTOM)
def part_of_analysis_removed(stack: Stack) -> Iterator[Mutant]:
    for part, names in (
        ("tokenFilters", "analyzers/*/tokenFilters/*"),
        ("charFilters", "analyzers/*/charFilters/*"),
        ("tokenizers", "analyzers/*/tokenizer"),
        ("normalizers", "fields/*/normalizer"),
    ):
        for spot in spots(stack, "Index", f"{part}/*"):
            name = value(stack, spot)["name"]
            for end in spots(stack, "Index", names):
                if value(stack, end) == name and end.document == spot.document:
                    yield Mutant(removed(stack, spot), f"no {name} in {part}", end)
                    break


@mutator(FAMILY, REFUSED, CUSTOM)
def name_given_twice(stack: Stack) -> Iterator[Mutant]:
    """Two parts of an index with one name."""
    for pattern in (
        "vectorSearch/profiles",
        "vectorSearch/algorithms",
        "scoringProfiles",
        "semantic/configurations",
        "analyzers",
        "fields",
    ):
        for spot in spots(stack, "Index", f"{pattern}/*"):
            first, rest = value(stack, spot), value(stack, spot.parent)
            if spot.path[-1] == len(rest) - 1:
                made = appended(stack, spot.parent, first)
                again = spot.parent.at(len(rest))
                yield Mutant(made, f"{first['name']} twice in {pattern}", again, (spot,))


@mutator(FAMILY, HARMLESS, "FACTS e: additions")
def part_that_nothing_names(stack: Stack) -> Iterator[Mutant]:
    for spot in spots(stack, "Index", "vectorSearch/algorithms"):
        spare = {"name": "spare", "kind": "exhaustiveKnn"}
        yield Mutant(appended(stack, spot, spare), "an algorithm without a profile", spot)


rows(
    FAMILY,
    (
        Row("semantic-fields-misnamed", REFUSED, "P25", f"{FIELDS}/prioritizedContentFields", lambda *_: Renamed("contentFields")),
    ),
)  # fmt: skip
