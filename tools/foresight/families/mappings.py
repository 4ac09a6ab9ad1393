"""Mappings to fields that the index does not have."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tools.foresight.mutator import SAME, Mutant, Row, Verdict, also, gone, mutator, rows
from tools.foresight.stack import Spot, Stack, named, removed, replaced, spots, value
from tools.foresight.words import mistyped, recased

FAMILY = "mappings"
REFUSED, RUN, HARMLESS = Verdict.REFUSED, Verdict.RUN, Verdict.HARMLESS
PROJECTED = "Skillset: indexProjections/selectors/*/mappings/*/name"
MAPPED = "Indexer: fieldMappings/*/targetFieldName"
SENT = "Indexer: outputFieldMappings/*/targetFieldName"
TARGET = "Skillset: indexProjections/selectors/*/targetIndexName"


def _subfield(old: Any, _around: Any) -> Any:
    return f"{old}/name"


def _dotted(old: Any, _around: Any) -> Any:
    return f"details.{old}"


def _no_target(old: Any, mapping: Any) -> Any:
    """Left out it is the source's name, which no field has."""
    return gone(old, mapping) if mapping["sourceFieldName"].lower() != old.lower() else SAME


rows(
    FAMILY,
    (
        Row("projection-to-missing-field", RUN, "P93", PROJECTED, mistyped),
        Row("projection-to-missing-index", RUN, "P93", TARGET, mistyped),
        Row("field-mapping-to-missing-field", REFUSED, "P71", MAPPED, mistyped),
        Row("field-mapping-without-target", REFUSED, "P71", MAPPED, _no_target),
        Row("field-mapping-to-subfield", REFUSED, "P72", MAPPED, _subfield),
        Row("output-mapping-to-missing-field", REFUSED, "P70", SENT, mistyped),
        Row("output-mapping-to-subfield", REFUSED, "P72", SENT, _subfield),
        Row("output-mapping-to-dotted-field", REFUSED, "P72", SENT, _dotted),
        Row(
            "field-mapping-source-of-other-case",
            HARMLESS,
            "SKILLS 3.3",
            "Indexer: fieldMappings/*/sourceFieldName",
            lambda old, _: SAME if old.startswith(("/", "AzureSearch_")) else recased(old, _),
        ),
        Row(
            "mapping-of-unread-metadata",
            HARMLESS,
            "SKILLS 2.1: unmapped metadata vanishes",
            "Indexer: ",
            also(description="what is not mapped is dropped"),
        ),
    ),
)


@mutator(FAMILY, HARMLESS, "SKILLS 3.3, P71")
def field_mapping_of_other_case(stack: Stack) -> Iterator[Mutant]:
    """Fields are found in any case; the node that a mapping makes has the case that is written."""
    for spot in spots(stack, "Indexer", "fieldMappings/*/targetFieldName"):
        if f"/document/{value(stack, spot)}" not in str(stack):
            other = recased(value(stack, spot), None)
            yield Mutant(replaced(stack, spot, other), f"{other} is mapped to", spot)


@mutator(FAMILY, HARMLESS, "SKILLS 2.1: user metadata by its own name", emulated=False)
def mapping_of_own_metadata(stack: Stack) -> Iterator[Mutant]:
    """What files and rows have of their own has any name: nobody can know it here."""
    for spot in spots(stack, "Indexer", "fieldMappings/*/sourceFieldName"):
        if value(stack, spot) == "metadata_storage_name":
            yield Mutant(replaced(stack, spot, "project_name"), "metadata of one's own", spot)


@mutator(FAMILY, REFUSED, "P70, P71")
def mapped_field_removed(stack: Stack) -> Iterator[Mutant]:
    """The index loses a field that an indexer maps to."""
    for mapping in (*_all(stack, "fieldMappings"), *_all(stack, "outputFieldMappings")):
        index = named(stack, "Index", value(stack, Spot(mapping.document, ("targetIndexName",))))
        name = value(stack, mapping)
        yield from _without(stack, index, name, mapping)


@mutator(FAMILY, RUN, "P93")
def projected_field_removed(stack: Stack) -> Iterator[Mutant]:
    for mapping in spots(stack, "Skillset", "indexProjections/selectors/*/mappings/*/name"):
        selector = Spot(mapping.document, mapping.path[:3])
        index = named(stack, "Index", value(stack, selector.at("targetIndexName")))
        yield from _without(stack, index, value(stack, mapping), mapping)


def _all(stack: Stack, mappings: str) -> Iterator[Spot]:
    yield from spots(stack, "Indexer", f"{mappings}/*/targetFieldName")


def _without(stack: Stack, index: Spot | None, name: str, mapping: Spot) -> Iterator[Mutant]:
    for number, field in enumerate((index and value(stack, index.at("fields"))) or ()):
        if index and field["name"] == name and not field.get("key"):
            spot = index.at("fields", number)
            yield Mutant(removed(stack, spot), f"the index has no {name}", mapping, (spot.parent,))
