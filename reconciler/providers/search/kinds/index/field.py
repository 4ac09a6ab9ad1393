"""Fields: what a document holds, and what each value can be used for.

Which model a field has depends on its `type`: a complex field has subfields and nothing else; a
subfield of a complex *collection* has many values in a document and so cannot be sorted by.

https://learn.microsoft.com/rest/api/searchservice/supported-data-types
https://learn.microsoft.com/rest/api/searchservice/indexes/create#searchfield
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal, get_args

from pydantic import BeforeValidator
from pydantic import Field as Limits

from reconciler.model.effect import Effect
from reconciler.providers.search.kinds.builtin import AnalyzerName, NormalizerName
from reconciler.providers.search.kinds.edm import (
    TEXT,
    VECTORS,
    ComplexType,
    TextType,
    ValueType,
    VectorType,
)
from reconciler.providers.search.kinds.index import effects
from reconciler.providers.search.kinds.naming import FieldName
from reconciler.schema.body import Body
from reconciler.schema.marks import (
    Changes,
    KeyedBy,
    OneOf,
    RefTo,
    ServerDefault,
    Since,
    Until,
)

# What the service fills in (FACTS c: recorded for every kind of field but where a comment says so).


def _searchable(field: Mapping[str, Any]) -> bool:
    """True for vectors: Microsoft's samples leave it out."""
    return field.get("type") in TEXT or field.get("type") in VECTORS


def _filterable(field: Mapping[str, Any]) -> bool:
    return field.get("type") not in VECTORS


def _sortable(field: Mapping[str, Any]) -> bool:
    return not str(field.get("type")).startswith("Collection(")


def _facetable(field: Mapping[str, Any]) -> bool:
    kind = str(field.get("type"))
    return kind not in VECTORS and "GeographyPoint" not in kind


def _retrievable(field: Mapping[str, Any]) -> bool:
    """False for vectors is the schema's word only."""
    return field.get("type") not in VECTORS


def _family(
    complex_field: str, complex_collection: str, simple: str, vectors_since: str = ""
) -> OneOf:
    simple_types = (*get_args(TextType), *get_args(ValueType))
    variants = dict.fromkeys(simple_types, f"{__name__}:{simple}")
    variants |= dict.fromkeys(get_args(VectorType), f"{__name__}:Vector")
    variants["Edm.ComplexType"] = f"{__name__}:{complex_field}"
    variants["Collection(Edm.ComplexType)"] = f"{__name__}:{complex_collection}"
    since = dict.fromkeys(get_args(VectorType), vectors_since) if vectors_since else {}
    return OneOf(tag="type", variants=variants, since=since)


TOP = _family("ComplexField", "ComplexCollection", "Field")
"""The fields of an index, and the subfields of what has one value in a document."""

WITHIN_MANY = _family("ComplexElement", "ComplexElement", "Element", "2025-05-01-preview")
"""The fields anywhere beneath a complex collection; only previews take vectors among them.

https://learn.microsoft.com/azure/search/vector-search-multi-vector-fields
"""

Fields = Annotated[
    list[Annotated[dict[str, Any], TOP]],
    KeyedBy("name", removable=False),
    Changes(effects.field),
]
ElementFields = Annotated[
    list[Annotated[dict[str, Any], WITHIN_MANY]],
    KeyedBy("name", removable=False),
    Changes(effects.field),
]


class Field(Body):
    """A simple field.

    Nothing of an existing field can change, but for the three properties that say otherwise
    (FACTS e, https://learn.microsoft.com/azure/search/search-howto-reindex).
    """

    name: FieldName
    type: TextType | VectorType | ValueType
    key: Annotated[bool | None, ServerDefault(False)] = None
    retrievable: Annotated[
        bool | None,
        ServerDefault(_retrievable),
        Changes(Effect.IN_PLACE),
    ] = None
    stored: Annotated[
        bool | None,
        ServerDefault(True),
        Since("2024-03-01-preview|2024-07-01"),
    ] = None
    searchable: Annotated[bool | None, ServerDefault(_searchable)] = None
    filterable: Annotated[bool | None, ServerDefault(_filterable)] = None
    sortable: Annotated[bool | None, ServerDefault(_sortable)] = None
    facetable: Annotated[bool | None, ServerDefault(_facetable)] = None
    analyzer: AnalyzerName | None = None
    searchAnalyzer: Annotated[AnalyzerName | None, Changes(effects.search_analyzer)] = None
    indexAnalyzer: AnalyzerName | None = None
    normalizer: Annotated[NormalizerName | None, Since("2020-06-30-preview|2025-09-01")] = None
    dimensions: Annotated[
        int | None, Limits(ge=2, le=4096), Since("2023-07-01-preview|2023-11-01")
    ] = None
    vectorSearchProfile: Annotated[str | None, Since("2023-10-01-preview|2023-11-01")] = None
    vectorEncoding: Annotated[
        Literal["packedBit"] | None, Since("2024-05-01-preview|2024-07-01")
    ] = None
    # "Currently only one synonym map per field is supported" (schema).
    synonymMaps: Annotated[
        list[str] | None, RefTo("SynonymMap"), Limits(max_length=1), Changes(Effect.IN_PLACE)
    ] = None
    # Access control. Old and new pages disagree on whether an existing field can become one.
    permissionFilter: Annotated[
        Literal["userIds", "groupIds", "rbacScope"] | None, Since("2025-05-01-preview")
    ] = None
    sensitivityLabel: Annotated[
        bool | None, Since("2025-11-01-preview"), Until("2025-11-01-preview", "sensitivityLabelId")
    ] = None
    # In answers of May 2026 (FACTS c).
    sensitivityLabelId: Annotated[bool | None, Since("2026-05-01-preview")] = None
    sensitivityLabelName: Annotated[bool | None, Since("2026-05-01-preview")] = None
    sourceDocumentId: Annotated[bool | None, Since("2026-05-01-preview")] = None
    sharepointSiteUrl: Annotated[bool | None, Since("2026-05-01-preview")] = None
    # "Must be null or empty for simple fields": so it stands in the documentation's samples.
    fields: Annotated[list[Any] | None, Limits(max_length=0)] = None


class Vector(Field):
    """A vector field: always searchable, said or not.

    https://learn.microsoft.com/azure/search/vector-search-how-to-create-index
    """

    searchable: Annotated[Literal[True] | None, ServerDefault(True)] = None
    dimensions: Annotated[int, Limits(ge=2, le=4096), Since("2023-07-01-preview|2023-11-01")]
    vectorSearchProfile: Annotated[str, Since("2023-10-01-preview|2023-11-01")]


class Element(Field):
    """A simple field beneath a complex collection: it has many values in a document."""

    sortable: Annotated[bool | None, ServerDefault(False)] = None


def _left_out(value: Any) -> None:
    if value is not None:
        raise ValueError("must be left out of a complex field: its subfields have attributes")


_Absent = Annotated[None, BeforeValidator(_left_out)]


class _Complex(Body):
    """A field made of subfields. A simple field's attributes "must be null" (schema)."""

    name: FieldName
    key: _Absent = None
    retrievable: _Absent = None
    stored: _Absent = None
    searchable: _Absent = None
    filterable: _Absent = None
    sortable: _Absent = None
    facetable: _Absent = None
    analyzer: _Absent = None
    searchAnalyzer: _Absent = None
    indexAnalyzer: _Absent = None
    normalizer: _Absent = None
    dimensions: _Absent = None
    vectorSearchProfile: _Absent = None
    vectorEncoding: _Absent = None
    synonymMaps: Annotated[list[str] | None, Limits(max_length=0)] = None


class ComplexField(_Complex):
    """An object, such as an address."""

    type: Literal["Edm.ComplexType"]
    fields: Fields


class ComplexCollection(_Complex):
    """A list of objects, such as the rooms of a hotel."""

    type: Literal["Collection(Edm.ComplexType)"]
    fields: ElementFields


class ComplexElement(_Complex):
    """A complex field beneath a complex collection."""

    type: ComplexType
    fields: ElementFields
