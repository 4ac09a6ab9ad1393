"""Fields: the attributes they get when left out, and the rules on each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reconciler.emulator import names, tiers
from reconciler.emulator.refusals import Refusal

Body = dict[str, Any]

STRINGS = ("Edm.String", "Collection(Edm.String)")
COMPLEX = ("Edm.ComplexType", "Collection(Edm.ComplexType)")
VECTORS = tuple(f"Collection(Edm.{of})" for of in ("Single", "Half", "Int16", "SByte", "Byte"))
ONLY_IN_VECTORS = ("Edm.Single", "Edm.Half", "Edm.Int16", "Edm.SByte", "Edm.Byte")
ATTRIBUTES = ("searchable", "filterable", "retrievable", "stored", "sortable", "facetable", "key")
WHOLE_VALUES = ("filterable", "sortable", "facetable")  # what a normalizer is for
NOT_ON_COMPLEX = (
    *ATTRIBUTES,
    "analyzer",
    "searchAnalyzer",
    "indexAnalyzer",
    "normalizer",
    "dimensions",
    "vectorSearchProfile",
    "vectorEncoding",
)


def is_vector(field: Body) -> bool:
    return field["type"] in VECTORS


def walk(fields: list[Body], path: str = "", depth: int = 1) -> Iterator[tuple[str, int, Body]]:
    """Every field with its path (`address/city`) and depth."""
    for field in fields:
        here = f"{path}{field['name']}"
        yield here, depth, field
        yield from walk(field.get("fields") or [], f"{here}/", depth + 1)


def default(field: Body, attribute: str) -> bool:
    """FACTS c. Seen: searchable, filterable, sortable, facetable (alias_crud, index_crud, 2020);
    a vector's filterable, sortable, facetable false (vector_index), and its retrievable. Inferred:
    a vector's searchable true (the official samples leave it out)."""
    kind, vector = field["type"], is_vector(field)
    match attribute:
        case "key":
            return False
        case "searchable":
            return kind in STRINGS or vector
        case "retrievable":
            return not vector
        case "stored":
            return True
        case "filterable":
            return not vector
        case "sortable":
            return not kind.startswith("Collection(")
    return not vector and "GeographyPoint" not in kind


def complete(fields: list[Body]) -> None:
    many = {id(field) for field in multi_valued(fields)}
    for _, _, field in walk(fields):
        if field["type"] in COMPLEX:
            continue
        for attribute in ATTRIBUTES:
            if field.get(attribute) is None:
                sortable = attribute != "sortable" or id(field) not in many
                field[attribute] = sortable and default(field, attribute)


def beneath_collections(fields: list[Body]) -> set[str]:
    """The paths of the fields directly beneath a top-level complex collection."""
    return {
        f"{field['name']}/{inner['name']}"
        for field in fields
        if field["type"] == COMPLEX[1]
        for inner in field.get("fields") or []
    }


def multi_valued(fields: list[Body]) -> Iterator[Body]:
    """The fields beneath complex collections: they "are also multi-valued, and therefore cannot be
    sortable" (swagger 2025-09-01)."""
    for field in fields:
        beneath = field.get("fields") or []
        if field["type"] == COMPLEX[1]:
            yield from (inner for _, _, inner in walk(beneath))
        else:
            yield from multi_valued(beneath)


def check(index: Body) -> None:
    fields = index["fields"]
    keys = [field for field in fields if field.get("key")]
    if len(keys) != 1:
        rule = "key-twice" if keys else "key-missing"
        raise Refusal(rule, count=len(keys), index=index["name"])
    _check_unique(fields)
    every = list(walk(fields))
    _check_size(every)
    for path, depth, field in every:
        if not names.FIELD.fullmatch(field["name"]):
            raise Refusal("field-name", field=field["name"])
        if field["type"] in COMPLEX:
            _check_complex(path, field)
        else:
            _check_simple(path, depth, field)
    for field in multi_valued(fields):
        if field.get("sortable"):
            raise Refusal(
                "attribute-not-allowed",
                field=field["name"],
                type=field["type"],
                attribute="sortable",
            )


def _check_unique(fields: list[Body]) -> None:
    seen: set[str] = set()
    for field in fields:
        if field["name"].lower() in seen:
            raise Refusal("field-twice", field=field["name"])
        seen.add(field["name"].lower())
        _check_unique(field.get("fields") or [])


def _check_size(every: list[tuple[str, int, Body]]) -> None:
    collections = sum(field["type"] == COMPLEX[1] for _, _, field in every)
    depth = max(depth for _, depth, _ in every)
    for what, count, limit in (
        ("fields", len(every), tiers.FIELDS_PER_INDEX),
        ("complex collections", collections, tiers.COMPLEX_COLLECTIONS_PER_INDEX),
        ("levels of fields", depth, tiers.NESTING_DEPTH),
    ):
        if count > limit:
            raise Refusal("too-many", what=what, count=count, limit=limit)


def _check_complex(path: str, field: Body) -> None:
    if not field.get("fields"):
        raise Refusal("complex-empty")
    for attribute in NOT_ON_COMPLEX:
        if field.get(attribute) is not None:
            raise Refusal("complex-attribute", field=path, attribute=attribute)


def _check_simple(path: str, depth: int, field: Body) -> None:
    kind = field["type"]
    if field.get("fields"):
        raise Refusal("simple-with-fields", field=path, type=kind)
    if field["key"] and (depth > 1 or kind != "Edm.String" or not field["retrievable"]):
        raise Refusal("key-field", field=path)
    if field["retrievable"] and not field["stored"]:
        raise Refusal("not-stored", field=path)
    if kind in ONLY_IN_VECTORS:
        raise Refusal("attribute-not-allowed", field=path, type=kind, attribute="a single value")
    for attribute in ("searchable", "filterable", "sortable", "facetable"):
        if field[attribute] and not _may_be(field, attribute):
            raise Refusal("attribute-not-allowed", field=path, type=kind, attribute=attribute)
    _check_analyzers(path, field)
    whole = kind in STRINGS and any(field[key] for key in WHOLE_VALUES)
    if field.get("normalizer") and not whole:
        raise Refusal("normalizer-use", field=path)
    if field.get("synonymMaps") and not (field["searchable"] and kind in STRINGS):
        raise Refusal("synonyms-use", field=path)


def _may_be(field: Body, attribute: str) -> bool:
    match attribute:
        case "searchable":
            return field["type"] in STRINGS or is_vector(field)
        case "sortable":
            return not field["type"].startswith("Collection(")
        case "facetable":
            return not is_vector(field) and "GeographyPoint" not in field["type"]
    return not is_vector(field)


def _check_analyzers(path: str, field: Body) -> None:
    one = field.get("analyzer")
    both = [field.get("searchAnalyzer"), field.get("indexAnalyzer")]
    given = bool(one or any(both))
    usable = field["searchable"] and field["type"] in STRINGS
    if (given and not usable) or (one and any(both)) or (any(both) and not all(both)):
        raise Refusal("analyzer-use", field=path)
