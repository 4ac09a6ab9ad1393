"""A body of each kind in which there is room for everything, and what it refers to."""

from __future__ import annotations

import copy
from typing import Any

Json = dict[str, Any]

_BM25 = "#Microsoft.Azure.Search.BM25Similarity"


def _index(name: str) -> Json:
    """A vector field named `vector` uses the first of everything in `vectorSearch`."""
    return {
        "name": name,
        "fields": [
            {"name": "title", "type": "Edm.String"},
            {
                "name": "vector",
                "type": "Collection(Edm.Single)",
                "searchable": True,
                "dimensions": 1024,
                "vectorSearchProfile": "profile",
            },
            {
                "name": "address",
                "type": "Edm.ComplexType",
                "fields": [{"name": "city", "type": "Edm.String"}],
            },
            {
                "name": "rooms",
                "type": "Collection(Edm.ComplexType)",
                "fields": [
                    {"name": "size", "type": "Edm.Int32"},
                    {
                        "name": "view",
                        "type": "Edm.ComplexType",
                        "fields": [{"name": "side", "type": "Edm.String"}],
                    },
                ],
            },
            {"name": "tags", "type": "Collection(Edm.String)"},
            {"name": "place", "type": "Edm.GeographyPoint"},
            {"name": "made", "type": "Edm.DateTimeOffset"},
            {"name": "size", "type": "Edm.Double"},
            {"name": "text", "type": "Edm.String"},
            {"name": "id", "type": "Edm.String", "key": True},
        ],
        "vectorSearch": {
            "algorithms": [{"name": "hnsw", "kind": "hnsw"}, {"name": "hnsw-2", "kind": "hnsw"}],
            "profiles": [
                {"name": "profile", "algorithm": "hnsw"},
                {"name": "sample", "algorithm": "hnsw-2"},
            ],
            "compressions": [
                {"name": "bytes", "kind": "scalarQuantization"},
                {"name": "bytes-2", "kind": "scalarQuantization"},
            ],
            "vectorizers": [_vectorizer("model"), _vectorizer("model-2")],
        },
    }


def _vectorizer(name: str) -> Json:
    parameters = {
        "resourceUri": "https://one.openai.azure.com",
        "deploymentId": "embed",
        "modelName": "text-embedding-3-large",
    }
    return {"name": name, "kind": "azureOpenAI", "azureOpenAIParameters": parameters}


def _source(name: str) -> Json:
    return {
        "name": name,
        "type": "azureblob",
        "credentials": {"connectionString": "AccountName=docs;AccountKey=a-first-secret"},
        "container": {"name": "files"},
    }


def _skillset(name: str) -> Json:
    skill = {
        "@odata.type": "#Microsoft.Skills.Text.SplitSkill",
        "inputs": [{"name": "text", "source": "/document/content"}],
        "outputs": [{"name": "textItems", "targetName": "pages"}],
    }
    return {"name": name, "skills": [skill]}


def _synonym_map(name: str) -> Json:
    return {"name": name, "format": "solr", "synonyms": "usa, united states"}


def _knowledge_source(name: str) -> Json:
    parameters = {"searchIndexName": "target"}
    return {"name": name, "kind": "searchIndex", "searchIndexParameters": parameters}


BODIES: dict[str, Json] = {
    "DataSource": _source("docs"),
    "Index": _index("docs"),
    "Skillset": _skillset("docs"),
    "Indexer": {
        "name": "docs",
        "dataSourceName": "source",
        "targetIndexName": "target",
        "parameters": {"batchSize": 10},
    },
    "Alias": {"name": "search", "indexes": ["target"]},
    "SynonymMap": _synonym_map("docs"),
    "KnowledgeSource": _knowledge_source("docs"),
    "KnowledgeBase": {"name": "docs", "knowledgeSources": [{"name": "known"}]},
}
"""The body that is poked, by kind; the alias is not called `docs`: an index is."""

COLLECTIONS = {
    "DataSource": "datasources",
    "Index": "indexes",
    "Skillset": "skillsets",
    "Indexer": "indexers",
    "Alias": "aliases",
    "SynonymMap": "synonymmaps",
    "KnowledgeSource": "knowledgesources",
    "KnowledgeBase": "knowledgebases",
}

_BESIDE: dict[str, Json] = {
    **{f"DataSource/{name}": _source(name) for name in ("source", "source-2")},
    "DataSource/sql": _source("sql") | {"type": "azuresql"},
    "DataSource/cosmos": _source("cosmos") | {"type": "cosmosdb"},
    **{f"Index/{name}": _index(name) for name in ("target", "target-2")},
    **{f"Skillset/{name}": _skillset(name) for name in ("skills", "skills-2")},
    **{f"SynonymMap/{name}": _synonym_map(name) for name in ("words", "words-2")},
    **{f"KnowledgeSource/{name}": _knowledge_source(name) for name in ("known", "known-2")},
}


_MAPPING = {
    "@odata.type": "#Microsoft.Azure.Search.MappingCharFilter",
    "name": "mapped",
    "mappings": ["a=>b"],
}
TOGETHER: dict[str, Json] = {
    "CustomNormalizer.charFilters": {"charFilters": [_MAPPING]},
    "Configuration.queryTimeout": {"dataSourceName": "sql"},
    "Configuration.convertHighWaterMarkToRowVersion": {"dataSourceName": "sql"},
    "Configuration.disableOrderByHighWaterMarkColumn": {"dataSourceName": "sql"},
    "Configuration.assumeOrderByHighWaterMarkColumn": {"dataSourceName": "cosmos"},
}
"""What the body must say besides, by model and property."""


_PRIORITIZED = {"prioritizedFields": {"titleField": {"fieldName": "title"}}}
WITH_VALUE: dict[str, Json] = {
    "Field.searchAnalyzer": {"indexAnalyzer": "en.lucene"},
    "Field.indexAnalyzer": {"searchAnalyzer": "en.lucene"},
    "Element.searchAnalyzer": {"indexAnalyzer": "en.lucene"},
    "Element.indexAnalyzer": {"searchAnalyzer": "en.lucene"},
    "Index.defaultScoringProfile": {"scoringProfiles": [{"name": "sample"}, {"name": "other"}]},
    "Semantic.defaultConfiguration": {
        "configurations": [{"name": name, **_PRIORITIZED} for name in ("sample", "other")]
    },
}
"""What must stand beside a value, in the same object."""


def body_of(kind: str) -> Json:
    return copy.deepcopy(BODIES[kind])


def beside() -> dict[str, Json]:
    """Two of everything that a body may refer to, by address."""
    return copy.deepcopy(_BESIDE)
