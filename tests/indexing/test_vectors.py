"""Integrated vectorization: files are chunked, embedded, projected, and found by a vector query."""

from __future__ import annotations

from typing import Any

import pytest

from tests.indexing.conftest import KEY, Pipeline, field

RESOURCE = {
    "resourceUri": "https://acme.openai.azure.com",
    "deploymentId": "embeddings",
    "modelName": "text-embedding-3-small",
}
SPLIT = {
    "@odata.type": "#Microsoft.Skills.Text.SplitSkill",
    "textSplitMode": "pages",
    "maximumPageLength": 300,
    "inputs": [{"name": "text", "source": "/document/content"}],
    "outputs": [{"name": "textItems", "targetName": "pages"}],
}
EMBED = {
    "@odata.type": "#Microsoft.Skills.Text.AzureOpenAIEmbeddingSkill",
    "context": "/document/pages/*",
    **RESOURCE,
    "inputs": [{"name": "text", "source": "/document/pages/*"}],
    "outputs": [{"name": "embedding", "targetName": "vector"}],
}
SELECTOR = {
    "targetIndexName": "chunks",
    "parentKeyFieldName": "parent_id",
    "sourceContext": "/document/pages/*",
    "mappings": [
        {"name": "chunk", "source": "/document/pages/*"},
        {"name": "vector", "source": "/document/pages/*/vector"},
    ],
}


def chunks(dimensions: int) -> dict[str, Any]:
    vector = field(
        "vector",
        "Collection(Edm.Single)",
        searchable=True,
        dimensions=dimensions,
        vectorSearchProfile="profile",
    )
    vectorizer = {"name": "openai", "kind": "azureOpenAI", "azureOpenAIParameters": RESOURCE}
    profile = {"name": "profile", "algorithm": "hnsw", "vectorizer": "openai"}
    return {
        "name": "chunks",
        "fields": [
            field("chunk_id", key=True, analyzer="keyword", searchable=True),
            field("parent_id", filterable=True),
            field("chunk"),
            vector,
        ],
        "vectorSearch": {
            "profiles": [profile],
            "algorithms": [{"name": "hnsw", "kind": "hnsw"}],
            "vectorizers": [vectorizer],
        },
    }


@pytest.fixture
def embedding(pipeline: Pipeline) -> Pipeline:
    """Two files, and skills that chunk and embed; there is no index for the chunks yet."""
    pipeline.write("pets.txt", "The cat sleeps on the sofa and purrs.")
    pipeline.write("money.txt", "The central bank raised its interest rates again.")
    pipeline.index(KEY)
    skip = {"projectionMode": "skipIndexingParentDocuments"}
    pipeline.skillset(SPLIT, EMBED, indexProjections={"selectors": [SELECTOR], "parameters": skip})
    return pipeline


def test_what_was_indexed_is_found_by_its_meaning(embedding: Pipeline) -> None:
    embedding.client.made("/indexes/chunks", chunks(1536))
    last = embedding.indexer(skillsetName="skills")
    assert (last["status"], last["errors"], last["warnings"]) == ("success", [], [])
    query = {"kind": "text", "text": "kitten on a couch", "fields": "vector", "k": 1}
    reply = embedding.client.post("/indexes/chunks/docs/search", {"vectorQueries": [query]})
    assert reply.status_code == 200, reply.text
    assert [doc["chunk"][:7] for doc in reply.json()["value"]] == ["The cat"]


def test_skill_and_field_of_different_dimensions(embedding: Pipeline) -> None:
    embedding.client.made("/indexes/chunks", chunks(128))
    last = embedding.indexer(skillsetName="skills")
    assert last["status"] == "transientFailure"
    (error,) = last["errors"]
    assert "There's a mismatch in vector dimensions." in error["details"]
    assert embedding.docs("chunks") == []


def test_a_knowledge_store_is_said_not_to_be_written(embedding: Pipeline) -> None:
    embedding.client.made("/indexes/chunks", chunks(1536))
    store = {"storageConnectionString": "secret", "projections": []}
    embedding.skillset(SPLIT, knowledgeStore=store)
    last = embedding.indexer(skillsetName="skills")
    (warning,) = last["warnings"]
    assert "Knowledge stores are not emulated" in warning["message"]
