"""What is made and goes nowhere, or elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from tools.foresight.mutator import REMOVED, SAME, Mutant, Row, Verdict, gone, mutator, rows
from tools.foresight.stack import Spot, Stack, appended, named, removed, replaced, spots, value

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


@mutator(FAMILY, HARMLESS, "SKILLS 3.3: one source, many targets")
def second_target_of_a_source(stack: Stack) -> Iterator[Mutant]:
    """The index has one field more, for the file's name."""
    for spot in spots(stack, "Indexer", "targetIndexName"):
        index = named(stack, "Index", value(stack, spot))
        source = named(stack, "DataSource", value(stack, spot.parent.at("dataSourceName")))
        if index and source and value(stack, source.at("type")) in ("azureblob", "adlsgen2"):
            field = {"name": "nameOfFile", "type": "Edm.String"}
            mapping = {"sourceFieldName": "metadata_storage_name", "targetFieldName": "nameOfFile"}
            made = appended(stack, index.at("fields"), field)
            there = spot.parent.at("fieldMappings")
            yield Mutant(appended(made, there, mapping), "the file's name once more", there)


@mutator(FAMILY, HARMLESS, "SKILLS 4.2")
def second_indexer(stack: Stack) -> Iterator[Mutant]:
    """From the same source into the same index, in the same way."""
    for spot in spots(stack, "Indexer"):
        again = dict(stack[spot.document])
        again["metadata"] = {"name": f"{again['metadata']['name']}-2"}
        if named(stack, "Index", value(stack, spot.at("targetIndexName"))):
            yield Mutant([*stack, again], "a second indexer", Spot(len(stack)))


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
