"""Attributes of fields, combinations of analyzers, names and limits."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tools.foresight.mutator import SAME, Mutant, Renamed, Row, Verdict, also, mutator, rows, set_to
from tools.foresight.stack import Spot, Stack, appended, named, replaced, spots, value

FAMILY = "attributes"
REFUSED, RUN, HARMLESS = Verdict.REFUSED, Verdict.RUN, Verdict.HARMLESS
FIELD = "Index: fields/*"
HNSW = "Index: vectorSearch/algorithms/*"
CREATE = "D:search-how-to-create-search-index"


def _if(test: Any, **properties: Any) -> Any:
    return lambda old, _: {**old, **properties} if test(old) else SAME


def _vector(field: Any) -> bool:
    return "dimensions" in field


def _number(field: dict[str, Any]) -> bool:
    return field["type"] in ("Edm.Int32", "Edm.Int64", "Edm.Double")


def _text(field: dict[str, Any]) -> bool:
    """A searched string without an analyzer of its own."""
    own = {"analyzer", "indexAnalyzer", "searchAnalyzer", "normalizer"} & field.keys()
    return field["type"] == "Edm.String" and not own and field.get("searchable") is not False


def _list(field: dict[str, str]) -> bool:
    return field["type"] == "Collection(Edm.String)"


def _long_text(old: Any, _around: Any) -> Any:
    """A field of long texts becomes filterable by default."""
    if old.get("filterable") is False and old.get("sortable") is False and _text(old):
        return {k: v for k, v in old.items() if k not in ("filterable", "sortable", "facetable")}
    return SAME


def _complex(old: dict[str, str]) -> bool:
    return old["type"].endswith("ComplexType)") or old["type"] == "Edm.ComplexType"


rows(
    FAMILY,
    (
        Row("vector-filterable", REFUSED, "P124", FIELD, _if(_vector, filterable=True)),
        Row("vector-sortable", REFUSED, "P124", FIELD, _if(_vector, sortable=True)),
        Row("vector-facetable", REFUSED, "P124", FIELD, _if(_vector, facetable=True)),
        Row("vector-not-searchable", REFUSED, "P124", FIELD, _if(_vector, searchable=False)),
        Row("vector-not-stored-but-shown", REFUSED, "P124", FIELD, _if(lambda f: f.get("stored") is False, retrievable=True)),
        Row("vector-with-analyzer", REFUSED, "P121", FIELD, _if(_vector, analyzer="en.lucene")),
        Row("vector-profile-left-out", REFUSED, "P121", FIELD, lambda old, _: {k: v for k, v in old.items() if k != "vectorSearchProfile"} if _vector(old) else SAME),
        Row("text-with-dimensions", REFUSED, "P121", FIELD, _if(_text, dimensions=1536)),
        Row("old-name-of-profile", REFUSED, "P123", "Index: fields/*/vectorSearchProfile", lambda *_: Renamed("vectorSearchConfiguration")),
        Row("old-name-of-algorithms", REFUSED, "P123", "Index: vectorSearch/algorithms", lambda *_: Renamed("algorithmConfigurations")),
        Row("long-text-filterable", RUN, "P126: terms over 32766 bytes", FIELD, _long_text, emulated=False),
        Row("number-searchable", REFUSED, CREATE, FIELD, _if(_number, searchable=True)),
        Row("number-with-analyzer", REFUSED, CREATE, FIELD, _if(_number, analyzer="en.lucene")),
        Row("collection-sortable", REFUSED, "FACTS c", FIELD, _if(_list, sortable=True)),
        Row("place-facetable", REFUSED, "FACTS c", FIELD, _if(lambda f: f["type"] == "Edm.GeographyPoint", facetable=True)),
        Row("analyzer-beside-index-analyzer", REFUSED, CREATE, FIELD, _if(lambda f: "indexAnalyzer" in f, analyzer="en.lucene")),
        Row("search-analyzer-alone", REFUSED, CREATE, FIELD, _if(_text, searchAnalyzer="en.lucene")),
        Row("index-analyzer-alone", REFUSED, CREATE, FIELD, _if(_text, indexAnalyzer="en.lucene")),
        Row("analyzer-of-unsearched-field", REFUSED, CREATE, FIELD, _if(lambda f: f["type"] == "Edm.String" and f.get("searchable") is False, analyzer="en.lucene")),
        Row("normalizer-of-number", REFUSED, "D:search-normalizers", FIELD, _if(_number, normalizer="lowercase")),
        Row("attribute-of-complex-field", REFUSED, "P128", FIELD, _if(_complex, retrievable=True)),
        Row("complex-field-without-fields", REFUSED, CREATE, FIELD, lambda old, _: {**old, "fields": []} if _complex(old) else SAME),
        Row("field-name-with-dash", REFUSED, "P129", FIELD, _if(_text, name="long-title")),
        Row("field-name-with-underscore", REFUSED, "P129", FIELD, _if(_text, name="_title")),
        Row("field-name-with-digit", REFUSED, "P129", FIELD, _if(_text, name="1title")),
        Row("field-name-reserved", REFUSED, "FACTS f", FIELD, _if(_text, name="azureSearchTitle")),
        Row("field-type-unknown", REFUSED, "FACTS c", "Index: fields/*/type", set_to("Edm.Text")),
        Row("field-type-of-other-case", REFUSED, "FACTS c", "Index: fields/*/type", lambda old, _: old.lower()),
        Row("field-property-unknown", REFUSED, "P123", FIELD, _if(_text, isFilterable=True)),
        Row("two-synonym-maps", REFUSED, "FACTS f: one a field", "Index: fields/*/synonymMaps", lambda old, _: [*old, *old]),
        Row("graph-too-dense", REFUSED, "FACTS f: m 4..10", HNSW, _if(lambda a: a["kind"] == "hnsw", hnswParameters={"m": 32})),
        Row("graph-search-too-wide", REFUSED, "FACTS f: 100..1000", HNSW, _if(lambda a: a["kind"] == "hnsw", hnswParameters={"efSearch": 5000})),
        Row("metric-unknown", REFUSED, "FACTS c", HNSW, _if(lambda a: a["kind"] == "hnsw", hnswParameters={"metric": "cosineSimilarity"})),
        Row("algorithm-kind-unknown", REFUSED, "FACTS c", f"{HNSW}/kind", set_to("ivf")),
        Row("age-of-cors-as-text", REFUSED, "S25", "Index: corsOptions", also(maxAgeInSeconds="five minutes")),
        Row("alias-of-two-indexes", REFUSED, "FACTS j", "Alias: indexes", lambda old, _: [*old, "another"]),
        Row("alias-of-nothing", REFUSED, "FACTS j", "Alias: indexes", set_to([])),
        Row("analyzer-of-another-language", HARMLESS, "D:index-add-language-analyzers", FIELD, _if(lambda f: _text(f) and not f.get("key"), analyzer="de.lucene")),
        Row("vector-not-shown", HARMLESS, "FACTS c", FIELD, _if(_vector, retrievable=False)),
        Row("text-not-facetable", HARMLESS, "FACTS c", FIELD, _if(lambda f: _text(f) and not f.get("key"), facetable=False)),
        Row("default-attributes-written-out", HARMLESS, "FACTS c", FIELD, _if(lambda f: _text(f) and not f.get("key"), retrievable=True, stored=True)),
        Row("graph-parameters-written-out", HARMLESS, "FACTS c", HNSW, _if(lambda a: a["kind"] == "hnsw", hnswParameters={"metric": "cosine", "m": 4, "efConstruction": 400, "efSearch": 500})),
    ),
)  # fmt: skip


@mutator(FAMILY, REFUSED, "FACTS f: names")
def name_of_object_not_allowed(stack: Stack) -> Iterator[Mutant]:
    """The name of an object that no other names."""
    for number, document in enumerate(stack):
        name = document["metadata"]["name"]
        wrong = {"Indexer": f"{name}_1", "Alias": name.upper()}.get(document["kind"])
        if wrong:
            made = [dict(one) for one in stack]
            made[number] = {**document, "metadata": {**document["metadata"], "name": wrong}}
            yield Mutant(made, f"{document['kind']} is called {wrong}", Spot(number))


@mutator(FAMILY, REFUSED, "FACTS f: 1 suggester")
def two_suggesters(stack: Stack) -> Iterator[Mutant]:
    for spot in spots(stack, "Index", "suggesters"):
        first = value(stack, spot)[0]
        made = appended(stack, spot, {**first, "name": "second"})
        yield Mutant(made, "a second suggester", spot.at(1), (spot,))


@mutator(FAMILY, REFUSED, "FACTS f: 8 functions")
def nine_functions(stack: Stack) -> Iterator[Mutant]:
    for spot in spots(stack, "Index", "scoringProfiles/*/functions"):
        first = value(stack, spot)[0]
        yield Mutant(replaced(stack, spot, [first] * 9), "nine functions", spot)


@mutator(FAMILY, REFUSED, "P120")
def vector_in_complex_field(stack: Stack) -> Iterator[Mutant]:
    for spot in spots(stack, "Index", "fields"):
        for number, field in enumerate(value(stack, spot)):
            stable = "preview" not in stack[spot.document]["apiVersion"]
            if _vector(field) and stable:
                chunks = {
                    "name": "chunks",
                    "type": "Collection(Edm.ComplexType)",
                    "fields": [field],
                }
                there = spot.at(number)
                yield Mutant(replaced(stack, there, chunks), "a vector in a collection", there)


@mutator(FAMILY, REFUSED, "FACTS j: one space of names")
def alias_named_as_an_index(stack: Stack) -> Iterator[Mutant]:
    for number, document in enumerate(stack):
        if document["kind"] == "Alias" and named(stack, "Index", document["spec"]["indexes"][0]):
            made = [dict(one) for one in stack]
            name = document["spec"]["indexes"][0]
            made[number] = {**document, "metadata": {**document["metadata"], "name": name}}
            yield Mutant(made, "the alias has the index's name", Spot(number))
