"""Documents and queries with the official client, over a real socket."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from azure.core.credentials import AzureKeyCredential
from azure.core.exceptions import HttpResponseError, ResourceNotFoundError
from azure.search.documents import SearchClient, SearchIndexingBufferedSender
from azure.search.documents.indexes import SearchIndexClient
from azure.search.documents.indexes.models import SearchIndex
from azure.search.documents.models import VectorizedQuery

from .served import served
from .test_vectors import index

KEY = AzureKeyCredential("key")


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with served(admin_key="key") as url:
        yield url


@pytest.fixture
def search(url: str) -> Iterator[SearchClient]:
    with SearchIndexClient(url, KEY) as indexes, SearchClient(url, "points", KEY) as client:
        indexes.create_index(SearchIndex(index()))
        yield client
        indexes.delete_index("points")


def test_documents_with_the_official_client(search: SearchClient) -> None:
    results = search.upload_documents([{"id": "1", "word": "one"}, {"id": "2"}])
    assert [(result.key, result.succeeded, result.status_code) for result in results] == [
        ("1", True, 201),
        ("2", True, 201),
    ]
    assert search.get_document_count() == 2
    assert search.get_document("1", selected_fields=["word"]) == {"word": "one"}
    failed, merged = search.merge_documents([{"id": "3"}, {"id": "1", "word": "uno"}])
    assert (failed.status_code, failed.error_message) == (404, "Document not found.")
    assert merged.succeeded
    search.delete_documents([{"id": "2"}])
    with pytest.raises(ResourceNotFoundError):
        search.get_document("2")


def test_searches_with_the_official_client(search: SearchClient) -> None:
    words = ["red apple", "green apple", "red pear"]
    search.upload_documents(
        [
            {"id": str(key), "word": word, "even": key % 2 == 0, "a": [1.0, float(key)]}
            for key, word in enumerate(words)
        ]
    )
    results = search.search(
        "apple", filter="even", facets=["word"], include_total_count=True, select=["id"]
    )
    assert results.get_count() == 1
    assert results.get_facets() == {"word": [{"value": "red apple", "count": 1}]}
    assert [hit["id"] for hit in results] == ["0"]
    vector = VectorizedQuery(vector=[1.0, 2.0], k_nearest_neighbors=2, fields="a")
    hybrid = search.search("green", vector_queries=[vector])
    assert [hit["id"] for hit in hybrid] == ["1", "2"]
    with pytest.raises(HttpResponseError, match="Syntax error at position"):
        list(search.search("*", filter="word equals 'x'"))


def test_pages_and_batches_with_the_official_client(url: str, search: SearchClient) -> None:
    with SearchIndexingBufferedSender(url, "points", KEY, auto_flush=False) as sender:
        for start in (0, 600):
            sender.upload_documents([{"id": f"{key:04}"} for key in range(start, start + 600)])
            assert not sender.flush()  # no document failed
    assert search.get_document_count() == 1200
    hits = [hit["id"] for hit in search.search("*", order_by=["id"])]
    assert hits == [f"{key:04}" for key in range(1200)]
