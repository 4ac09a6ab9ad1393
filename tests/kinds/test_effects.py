"""What each edit does to an index that holds documents: the rules of FACTS e, as a table."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from reconciler.model.effect import Effect
from reconciler.providers import kind
from reconciler.schema.body import Shape
from reconciler.schema.marks import Changes, EditContext
from reconciler.schema.normalize import normal_form

IN_PLACE, DOWNTIME = Effect.IN_PLACE, Effect.BRIEF_DOWNTIME
REPROCESS, REBUILD = Effect.REPROCESS, Effect.REBUILD
RECREATE = Effect.RECREATE

_CUSTOM = "#Microsoft.Azure.Search.CustomAnalyzer"
_KEY = {"keyVaultKeyName": "k", "keyVaultUri": "https://v", "keyVaultKeyVersion": "1"}

INDEX: dict[str, Any] = {
    "name": "docs",
    "fields": [
        {"name": "id", "type": "Edm.String", "key": True},
        {"name": "title", "type": "Edm.String", "indexAnalyzer": "a", "searchAnalyzer": "a"},
        {"name": "body", "type": "Edm.String", "analyzer": "en.lucene"},
        {
            "name": "embedding",
            "type": "Collection(Edm.Single)",
            "dimensions": 1536,
            "vectorSearchProfile": "used",
            "searchable": True,
        },
        {
            "name": "address",
            "type": "Edm.ComplexType",
            "fields": [{"name": "city", "type": "Edm.String"}],
        },
    ],
    "analyzers": [{"name": "a", "@odata.type": _CUSTOM, "tokenizer": "standard_v2"}],
    "suggesters": [
        {"name": "sg", "searchMode": "analyzingInfixMatching", "sourceFields": ["title"]}
    ],
    "scoringProfiles": [{"name": "boost"}],
    "semantic": {
        "configurations": [
            {"name": "s", "prioritizedFields": {"titleField": {"fieldName": "title"}}}
        ]
    },
    "corsOptions": {"allowedOrigins": ["*"]},
    "encryptionKey": _KEY,
    "vectorSearch": {
        "algorithms": [{"name": "hnsw", "kind": "hnsw"}, {"name": "idle", "kind": "hnsw"}],
        "profiles": [
            {"name": "used", "algorithm": "hnsw", "compression": "sq", "vectorizer": "v"},
            {"name": "unused", "algorithm": "idle"},
        ],
        "compressions": [{"name": "sq", "kind": "scalarQuantization"}],
        "vectorizers": [
            {"name": "v", "kind": "azureOpenAI", "azureOpenAIParameters": {"deploymentId": "d"}}
        ],
    },
}

NEW_SUGGESTER = {"name": "new", "searchMode": "analyzingInfixMatching", "sourceFields": ["fresh"]}
FRESH = {"name": "fresh", "type": "Edm.String"}

# path, new value (None removes), effect
TABLE: list[tuple[str, Any, Effect]] = [
    ("/description", "text", IN_PLACE),
    # fields
    ("/fields/fresh", FRESH, IN_PLACE),
    ("/fields/fresh", {**FRESH, "stored": False}, REBUILD),
    ("/fields/body", None, REBUILD),
    ("/fields/address/fields/street", {"name": "street", "type": "Edm.String"}, IN_PLACE),
    ("/fields/address/fields/city", None, REBUILD),
    ("/fields/address/fields/city/searchable", False, REBUILD),
    ("/fields/address/fields/city/retrievable", False, IN_PLACE),
    ("/fields/body/type", "Collection(Edm.String)", REBUILD),
    ("/fields/body/searchable", False, REBUILD),
    ("/fields/body/filterable", False, REBUILD),
    ("/fields/body/sortable", False, REBUILD),
    ("/fields/body/facetable", False, REBUILD),
    ("/fields/body/retrievable", False, IN_PLACE),
    ("/fields/body/analyzer", "fr.lucene", REBUILD),
    ("/fields/body/analyzer", None, REBUILD),
    ("/fields/body/normalizer", "lowercase", REBUILD),
    ("/fields/body/synonymMaps", ["map"], IN_PLACE),
    ("/fields/title/indexAnalyzer", "simple", REBUILD),
    ("/fields/title/searchAnalyzer", "simple", IN_PLACE),
    ("/fields/body/searchAnalyzer", "simple", REBUILD),
    ("/fields/embedding/dimensions", 3072, REBUILD),
    ("/fields/embedding/stored", False, REBUILD),
    ("/fields/embedding/vectorSearchProfile", "unused", REBUILD),
    ("/fields/embedding/vectorEncoding", "packedBit", REBUILD),
    # analysis
    ("/analyzers/b", {"name": "b", "@odata.type": _CUSTOM, "tokenizer": "classic"}, DOWNTIME),
    ("/analyzers/a/tokenizer", "classic", REBUILD),
    ("/analyzers/a", None, REBUILD),
    (
        "/normalizers/n",
        {"name": "n", "@odata.type": "#Microsoft.Azure.Search.CustomNormalizer"},
        DOWNTIME,
    ),
    (
        "/charFilters/c",
        {
            "name": "c",
            "@odata.type": "#Microsoft.Azure.Search.MappingCharFilter",
            "mappings": ["a=>b"],
        },
        DOWNTIME,
    ),
    # suggesters
    ("/suggesters/new", {**NEW_SUGGESTER, "sourceFields": ["body"]}, REBUILD),
    ("/suggesters/new", {**NEW_SUGGESTER, "sourceFields": ["address/city"]}, REBUILD),
    ("/suggesters/new", NEW_SUGGESTER, IN_PLACE),
    ("/suggesters/sg/sourceFields", ["title", "body"], REBUILD),
    ("/suggesters/sg/sourceFields", ["title", "fresh"], IN_PLACE),
    ("/suggesters/sg/sourceFields", [], REBUILD),
    ("/suggesters/sg", None, REBUILD),
    # similarity
    ("/similarity/k1", 1.5, DOWNTIME),
    ("/similarity/@odata.type", "#Microsoft.Azure.Search.ClassicSimilarity", REBUILD),
    # what queries read
    ("/scoringProfiles/boost/functionAggregation", "average", IN_PLACE),
    ("/scoringProfiles/boost", None, IN_PLACE),
    ("/semantic/configurations/s/rankingOrder", "RerankerScore", IN_PLACE),
    ("/corsOptions", None, IN_PLACE),
    # encryption
    ("/encryptionKey/keyVaultKeyVersion", "2", IN_PLACE),
    ("/encryptionKey", None, REBUILD),
    # vectors
    ("/vectorSearch/algorithms/more", {"name": "more", "kind": "hnsw"}, IN_PLACE),
    ("/vectorSearch/algorithms/hnsw/hnswParameters/m", 8, REBUILD),
    ("/vectorSearch/algorithms/hnsw/hnswParameters/efSearch", 800, REBUILD),
    ("/vectorSearch/algorithms/hnsw", None, REBUILD),
    ("/vectorSearch/algorithms/idle/hnswParameters/m", 8, IN_PLACE),
    ("/vectorSearch/profiles/more", {"name": "more", "algorithm": "idle"}, IN_PLACE),
    ("/vectorSearch/profiles/used/algorithm", "idle", REBUILD),
    ("/vectorSearch/profiles/used/compression", None, REBUILD),
    ("/vectorSearch/profiles/used/vectorizer", None, IN_PLACE),
    ("/vectorSearch/profiles/used", None, REBUILD),
    ("/vectorSearch/profiles/unused/algorithm", "hnsw", IN_PLACE),
    ("/vectorSearch/profiles/unused", None, IN_PLACE),
    ("/vectorSearch/compressions/sq/truncationDimension", 512, REBUILD),
    (
        "/vectorSearch/compressions/sq/rescoringOptions/rescoreStorageMethod",
        "discardOriginals",
        REBUILD,
    ),
    ("/vectorSearch/compressions/sq/rescoringOptions/defaultOversampling", 10.0, IN_PLACE),
    ("/vectorSearch/compressions/sq/rescoringOptions/enableRescoring", False, IN_PLACE),
    ("/vectorSearch/vectorizers/v/azureOpenAIParameters/deploymentId", "other", IN_PLACE),
    ("/vectorSearch/vectorizers/v", None, IN_PLACE),
    ("/vectorSearch", None, REBUILD),
]


@pytest.mark.parametrize(("path", "new", "expected"), TABLE)
def test_edits_of_an_index(path: str, new: Any, expected: Effect) -> None:
    shape = kind("Index").shape
    assert effect_of(shape, normal_form(shape, INDEX), path, new) == expected


def test_what_an_index_gets_for_the_first_time() -> None:
    """The list itself is what the edit is about, when there was none."""
    shape = kind("Index").shape
    bare = normal_form(shape, {"name": "docs", "fields": [INDEX["fields"][0]]})
    vector = normal_form(shape, INDEX)["vectorSearch"]
    assert effect_of(shape, bare, "/vectorSearch", vector) == IN_PLACE
    analyzers = normal_form(shape, INDEX)["analyzers"]
    assert effect_of(shape, bare, "/analyzers", analyzers) == DOWNTIME
    assert effect_of(shape, bare, "/encryptionKey", _KEY) == REBUILD
    assert effect_of(shape, bare, "/suggesters", {"s": {"sourceFields": ["id"]}}) == REBUILD


SKILLSET = {
    "name": "skills",
    "skills": [
        {
            "@odata.type": "#Microsoft.Skills.Text.AzureOpenAIEmbeddingSkill",
            "name": "embed",
            "resourceUri": "https://a",
            "apiKey": "k",
            "inputs": [{"name": "text", "source": "/document/content"}],
            "outputs": [{"name": "embedding"}],
        },
        {
            "@odata.type": "#Microsoft.Skills.Custom.WebApiSkill",
            "name": "web",
            "uri": "https://a",
            "inputs": [],
            "outputs": [],
        },
    ],
}
INDEXER = {
    "name": "indexer",
    "dataSourceName": "source",
    "targetIndexName": "docs",
    "parameters": {"configuration": {"parsingMode": "json"}},
}
SOURCE = {
    "name": "source",
    "type": "azureblob",
    "credentials": {"connectionString": "x"},
    "container": {"name": "c"},
}
_IDENTITY = {
    "@odata.type": "#Microsoft.Azure.Search.DataUserAssignedIdentity",
    "userAssignedIdentity": "/subscriptions/x",
}

OTHERS: list[tuple[str, Any, str, Any, Effect]] = [
    ("Skillset", SKILLSET, "/description", "x", IN_PLACE),
    ("Skillset", SKILLSET, "/skills/embed/dimensions", 256, REPROCESS),
    ("Skillset", SKILLSET, "/skills/embed/context", "/document/pages/*", REPROCESS),
    ("Skillset", SKILLSET, "/skills/embed/inputs/text/source", "/document/x", REPROCESS),
    ("Skillset", SKILLSET, "/skills/embed/resourceUri", "https://b", REPROCESS),
    ("Skillset", SKILLSET, "/skills/embed/apiKey", "new", IN_PLACE),
    ("Skillset", SKILLSET, "/skills/embed/authIdentity", _IDENTITY, IN_PLACE),
    ("Skillset", SKILLSET, "/skills/embed/description", "x", IN_PLACE),
    ("Skillset", SKILLSET, "/skills/web/timeout", "PT2M", IN_PLACE),
    ("Skillset", SKILLSET, "/skills/web/uri", "https://b", REPROCESS),
    ("Skillset", SKILLSET, "/skills/web", None, REPROCESS),
    ("Skillset", SKILLSET, "/indexProjections", {"selectors": []}, REPROCESS),
    ("Skillset", SKILLSET, "/knowledgeStore", {"projections": []}, REPROCESS),
    ("Skillset", SKILLSET, "/cognitiveServices", {"key": "k"}, IN_PLACE),
    ("Indexer", INDEXER, "/schedule", {"interval": "PT1H"}, IN_PLACE),
    ("Indexer", INDEXER, "/disabled", True, IN_PLACE),
    ("Indexer", INDEXER, "/description", "x", IN_PLACE),
    ("Indexer", INDEXER, "/parameters/batchSize", 5, IN_PLACE),
    ("Indexer", INDEXER, "/parameters/configuration/parsingMode", "text", REPROCESS),
    ("Indexer", INDEXER, "/parameters/configuration/executionEnvironment", "private", IN_PLACE),
    ("Indexer", INDEXER, "/fieldMappings", [{"sourceFieldName": "a"}], REPROCESS),
    ("Indexer", INDEXER, "/outputFieldMappings", [{"sourceFieldName": "a"}], REPROCESS),
    ("Indexer", INDEXER, "/skillsetName", "skills", REPROCESS),
    ("Indexer", INDEXER, "/dataSourceName", "other", REPROCESS),
    ("Indexer", INDEXER, "/targetIndexName", "other", REPROCESS),
    ("DataSource", SOURCE, "/type", "adlsgen2", RECREATE),
    ("DataSource", SOURCE, "/container/query", "folder", REPROCESS),
    (
        "DataSource",
        SOURCE,
        "/dataDeletionDetectionPolicy",
        {"softDeleteColumnName": "x"},
        REPROCESS,
    ),
    ("DataSource", SOURCE, "/credentials/connectionString", "new", IN_PLACE),
    ("DataSource", SOURCE, "/identity", _IDENTITY, IN_PLACE),
    ("DataSource", SOURCE, "/encryptionKey", _KEY, RECREATE),
]


@pytest.mark.parametrize(("name", "body", "path", "new", "expected"), OTHERS)
def test_edits_of_the_others(name: str, body: Any, path: str, new: Any, expected: Effect) -> None:
    shape = kind(name).shape
    assert effect_of(shape, normal_form(shape, body), path, new) == expected


def effect_of(shape: Shape, before: Any, path: str, new: Any) -> Effect:
    """The effect of putting a value at a path of a normal form: the mark lowest on the way."""
    parts = tuple(path.split("/")[1:])
    after = copy.deepcopy(before)
    old = _put(after, parts, new)
    context = EditContext(path=parts, old=old, new=new, before=before, after=after)
    changes = _mark(shape, before, parts)
    if changes is None:
        return Effect.IN_PLACE
    return changes.effect(context) if callable(changes.effect) else changes.effect


def _put(body: Any, parts: tuple[str, ...], new: Any) -> Any:
    for part in parts[:-1]:
        body = body.setdefault(part, {})
    old = body.pop(parts[-1], None)
    if new is not None:
        body[parts[-1]] = new
    return old


def _mark(shape: Shape, body: Any, parts: tuple[str, ...]) -> Changes | None:
    found, here, inner = None, body, shape
    rest = list(parts)
    while rest:
        prop = inner.properties[rest.pop(0)]
        found = prop.changes or found
        here = (here or {}).get(prop.name)
        if not prop.holds_objects or not rest:
            break
        if prop.keyed is not None:
            here = (here or {}).get(rest.pop(0))
        next_shape = prop.shape(here)
        if next_shape is None:
            break
        inner = next_shape
    return found
