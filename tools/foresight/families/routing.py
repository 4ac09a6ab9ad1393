"""What is made and goes nowhere, or elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from tools.foresight.mutator import REMOVED, SAME, Mutant, Row, Verdict, gone, mutator, rows
from tools.foresight.stack import Stack, removed, replaced, spots, value

FAMILY = "routing"
REFUSED, NULL, HARMLESS = Verdict.REFUSED, Verdict.NULL, Verdict.HARMLESS
MODE = "Skillset: indexProjections/parameters"
SKIP, INCLUDE = "skipIndexingParentDocuments", "includeIndexingParentDocuments"


def _default_mode(old: Any, _around: Any) -> Any:
    return REMOVED if old.get("projectionMode") == SKIP else SAME


def _skipping(old: Any, _around: Any) -> Any:
    return {"projectionMode": SKIP} if old.get("projectionMode") == INCLUDE else SAME


def _pathless(old: Any, _around: Any) -> Any:
    return old.removeprefix("/document/")


rows(
    FAMILY,
    (
        Row("output-mappings-removed", NULL, "P73", "Indexer: outputFieldMappings", gone),
        Row("output-mapping-removed", NULL, "P73", "Indexer: outputFieldMappings/*", gone),
        Row("skillset-left-out-of-indexer", NULL, "P73", "Indexer: skillsetName", gone),
        Row("projections-removed", NULL, "SKILLS 3.5", "Skillset: indexProjections", gone),
        Row(
            "projection-mapping-removed",
            NULL,
            "P92",
            "Skillset: indexProjections/selectors/*/mappings/*",
            gone,
        ),
        Row("projection-mode-left-out", NULL, "P88", MODE, _default_mode),
        Row("parents-skipped", NULL, "SKILLS 3.5: only children are indexed", MODE, _skipping),
        Row(
            "output-mapping-of-a-plain-name",
            NULL,
            "P76 [?]",
            "Indexer: outputFieldMappings/*/sourceFieldName",
            _pathless,
        ),
        Row("schedule-left-out", HARMLESS, "SKILLS 4.2", "Indexer: schedule", gone),
    ),
)


@mutator(FAMILY, NULL, "P96")
def field_mapping_removed(stack: Stack) -> Iterator[Mutant]:
    """Of a field that is not the key: keys have a mapping by default."""
    keys = {
        value(stack, spot)["name"]
        for spot in spots(stack, "Index", "fields/*")
        if value(stack, spot).get("key")
    }
    for spot in spots(stack, "Indexer", "fieldMappings/*"):
        name = value(stack, spot.at("targetFieldName"))
        if name and name not in keys:
            yield Mutant(removed(stack, spot), f"nothing is mapped to {name}", spot.parent)


@mutator(FAMILY, NULL, "P76")
def output_mappings_as_field_mappings(stack: Stack) -> Iterator[Mutant]:
    for spot in spots(stack, "Indexer", "outputFieldMappings"):
        beside = spot.parent.at("fieldMappings")
        both = [*(value(stack, beside) or ()), *value(stack, spot)]
        made = replaced(removed(stack, spot), beside, both)
        first = beside.at(len(value(stack, beside) or ()), "sourceFieldName")
        yield Mutant(made, "paths in fieldMappings", first, (beside,))


@mutator(FAMILY, NULL, "P76")
def field_mapping_as_output_mapping(stack: Stack) -> Iterator[Mutant]:
    for spot in spots(stack, "Indexer", "fieldMappings/*"):
        mapping = value(stack, spot)
        if "mappingFunction" not in mapping and not mapping["sourceFieldName"].startswith("/"):
            beside = spot.parent.parent.at("outputFieldMappings")
            both = [*(value(stack, beside) or ()), mapping]
            made = replaced(removed(stack, spot), beside, both)
            yield Mutant(made, f"{mapping} in outputFieldMappings", beside.at(len(both) - 1))


@mutator(FAMILY, NULL, "P95: what is mapped is not what is meant")
def sources_swapped(stack: Stack) -> Iterator[Mutant]:
    """The sources of two mappings are exchanged."""
    for spot in spots(stack, "Skillset", "indexProjections/selectors/*/mappings"):
        pairs = [n for n, one in enumerate(value(stack, spot)) if "source" in one]
        for one, two in pairwise(pairs):
            first, second = spot.at(one, "source"), spot.at(two, "source")
            made = replaced(stack, first, value(stack, second))
            made = replaced(made, second, value(stack, first))
            yield Mutant(made, "two sources swapped", first, (second,))


@mutator(FAMILY, NULL, "FACTS h: placement")
def indexer_into_another_index(stack: Stack) -> Iterator[Mutant]:
    names = [d["metadata"]["name"] for d in stack if d["kind"] == "Index"]
    for spot in spots(stack, "Indexer", "targetIndexName"):
        for name in names:
            if name != value(stack, spot):
                yield Mutant(replaced(stack, spot, name), f"the indexer fills {name}", spot)
