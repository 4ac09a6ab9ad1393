"""Fields: the key, what a type can be used for, and attributes that go together."""

from __future__ import annotations

import pytest

from tests.lint.fragments import Case, hold, index, said
from tests.world import World

VECTOR = "type: Collection(Edm.Single), dimensions: 3, vectorSearchProfile: p"
NO_KEY = "none of the fields is the key"
KEYS = {
    "one": Case("fields: [{name: id, type: Edm.String, key: true}]"),
    "none": Case("fields: [{name: id, type: Edm.String, key: false}]", (NO_KEY,)),
    "two": Case(
        """
        fields:
          - {name: id, type: Edm.String, key: true}
          - {name: other, type: Edm.String, key: true}
        """,
        ("the index has a key already, `id`",),
    ),
    "a number": Case(
        "fields: [{name: id, type: Edm.Int64, key: true}]", ("a key is of type Edm.String",)
    ),
    "hidden": Case(
        "fields: [{name: id, type: Edm.String, key: true, retrievable: false}]",
        ("a key is always retrievable",),
    ),
    "within another field": Case(
        """
        fields:
          - name: part
            type: Edm.ComplexType
            key: null
            fields: [{name: id, type: Edm.String, key: true}]
        """,
        ("a key cannot stand within another field",),
    ),
    "a type that is not known": Case("fields: [{name: id, type: Edm.Guid, key: true}]"),
    "one field that cannot be told": Case("fields: [{name: id, key: 7}, 4]"),
}
ATTRIBUTES = {
    "what fits": Case(
        """
        fields:
          - {name: a, type: Edm.String, searchable: true, filterable: true, sortable: true}
          - {name: b, type: Collection(Edm.String), searchable: true, facetable: true}
          - {name: c, type: Edm.GeographyPoint, filterable: true, sortable: true}
          - {name: d, type: Edm.Boolean, searchable: false, facetable: true}
          - name: e
            type: Collection(Edm.ComplexType)
            fields: [{name: f, type: Edm.Int32, filterable: true, facetable: true}]
          - name: g
            type: Edm.ComplexType
            fields: [{name: h, type: Edm.Int32, sortable: true}]
        """
    ),
    "what does not": Case(
        f"""
        fields:
          - {{name: a, type: Edm.DateTimeOffset, searchable: true}}
          - {{name: b, type: Collection(Edm.Int32), sortable: true}}
          - {{name: c, type: Edm.GeographyPoint, facetable: true}}
          - {{name: d, type: Collection(Edm.GeographyPoint), facetable: true, sortable: true}}
          - name: e
            type: Collection(Edm.ComplexType)
            fields:
              - name: f
                type: Edm.ComplexType
                fields: [{{name: g, type: Edm.Int32, sortable: true}}]
          - {{name: v, {VECTOR}, filterable: true, facetable: true}}
        """,
        (
            "a field of type Edm.DateTimeOffset cannot be searchable",
            "a field of type Collection(Edm.Int32) cannot be sortable",
            "a field of type Edm.GeographyPoint cannot be facetable",
            "a field of type Collection(Edm.GeographyPoint) cannot be sortable",
            "a field of type Collection(Edm.GeographyPoint) cannot be facetable",
            "a field within a collection has many values",
            "a vector field cannot be filterable",
            "a vector field cannot be facetable",
        ),
    ),
    "a type that is not known": Case("fields: [{name: a, type: Edm.Guid, searchable: true}]"),
    "a value that is no value of it": Case("fields: [{name: a, type: Edm.Int32, searchable: 1}]"),
}
CONFLICTS = {
    "what goes together": Case(
        f"""
        fields:
          - {{name: a, type: Edm.String, analyzer: keyword}}
          - {{name: b, type: Edm.String, searchAnalyzer: keyword, indexAnalyzer: simple}}
          - {{name: c, type: Edm.String, searchable: false, normalizer: lowercase, analyzer: null}}
          - {{name: d, type: Edm.String, searchable: false, synonymMaps: [], analyzer: ""}}
          - {{name: v, {VECTOR}, stored: false, retrievable: false}}
          - {{name: w, {VECTOR}, stored: false, retrievable: null}}
          - {{name: x, type: Edm.Int32, stored: true}}
        """
    ),
    "what does not": Case(
        f"""
        fields:
          - {{name: a, type: Edm.String, analyzer: keyword, indexAnalyzer: simple}}
          - {{name: b, type: Edm.String, searchAnalyzer: keyword}}
          - {{name: c, type: Edm.Int32, analyzer: keyword}}
          - {{name: d, type: Edm.String, searchable: false, synonymMaps: [words]}}
          - {{name: e, type: Edm.Int32, normalizer: lowercase}}
          - name: f
            type: Edm.String
            normalizer: lowercase
            filterable: false
            sortable: false
            facetable: false
          - {{name: g, type: Edm.String, stored: false}}
          - {{name: v, {VECTOR}, stored: false, retrievable: true}}
        """,
        (
            "`analyzer` does not go with `indexAnalyzer`",
            "`searchAnalyzer` needs an `indexAnalyzer`",
            "`analyzer` is of searchable text",
            "`synonymMaps` is of searchable text",
            "a normalizer is of text",
            "a normalizer is of text",
            "what is not stored cannot be retrievable",
            "what is not stored cannot be retrievable",
        ),
    ),
}
SIMILAR = {
    "a path that another has in part": Case(
        """
        fields:
          - {name: a, type: Edm.String}
          - {name: b, type: Edm.ComplexType, fields: [{name: A, type: Edm.String}]}
        """
    ),
    "within another field": Case(
        """
        fields:
          - name: b
            type: Edm.ComplexType
            fields: [{name: x, type: Edm.String}, {name: X, type: Edm.String}]
        """,
        ("`b/X` and `b/x` differ only by case",),
    ),
}
TABLES = {
    "index-key": KEYS,
    "field-attribute": ATTRIBUTES,
    "attribute-conflict": CONFLICTS,
    "similar-field": SIMILAR,
}
CASES = [
    pytest.param(rule, case, id=f"{rule}: {title}")
    for rule, table in TABLES.items()
    for title, case in table.items()
]


@pytest.mark.parametrize(("rule", "case"), CASES)
def test_fields(rule: str, case: Case, offline: World) -> None:
    hold(said(offline, rule, index(case.spec)), case.said)
