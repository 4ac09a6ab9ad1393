"""The integrated-vectorization notebook's flow, with the official clients alone.

https://github.com/Azure/azure-search-vector-samples: create everything with azure-search-documents,
upload blobs with azure-storage-blob, run the indexer, and search with `VectorizableTextQuery`.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from azure.core.credentials import AzureKeyCredential
from azure.search.documents import SearchClient
from azure.search.documents.indexes import SearchIndexClient, SearchIndexerClient
from azure.search.documents.indexes import models as m
from azure.search.documents.models import VectorizableTextQuery
from azure.storage.blob import BlobServiceClient

from tests.storage.azurite import Azurite
from tests.world import KEY, Service, emulator

INDEX = "int-vec"
CONTAINER = "benefits"
OPENAI = {
    "resource_url": "https://contoso.openai.azure.com",
    "deployment_name": "text-embedding-3-large",
    "model_name": "text-embedding-3-large",
}
TEXTS = {
    "leave.txt": "Parents may stay at home for twenty-six weeks after the birth of a child.",
    "expenses.txt": "Hotel bills above 180 euro a night need the consent of the head of finance.",
    "bicycles.txt": "The company lends bicycles. The battery is charged in the cellar of house B.",
    "visitors.txt": "Visitors sign at the gate and wear a yellow badge. Hotel guests do not.",
}
QUESTION = "time off for new mothers and fathers"


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    with emulator(tmp_path / "access.log") as running:
        yield running


@pytest.fixture
def blobs(azurite: Azurite) -> Iterator[BlobServiceClient]:
    """A blob service with the documents in it."""
    with BlobServiceClient.from_connection_string(azurite.connection) as client:
        container = client.create_container(CONTAINER)
        for name, text in TEXTS.items():
            container.upload_blob(name, text.encode())
        yield client
        client.delete_container(CONTAINER)


class Notebook:
    """The cells, in their order."""

    def __init__(self, url: str, connection_string: str) -> None:
        credential = AzureKeyCredential(KEY)
        self.indexes = SearchIndexClient(url, credential)
        self.indexers = SearchIndexerClient(url, credential)
        self.search = SearchClient(url, INDEX, credential)
        self.connection_string = connection_string

    def create(self) -> None:
        """Data source, index, skillset and indexer: creating the last one runs it."""
        self.indexers.create_or_update_data_source_connection(
            m.SearchIndexerDataSourceConnection(
                name="int-vec-blobs",
                type="azureblob",
                connection_string=self.connection_string,
                container=m.SearchIndexerDataContainer(name=CONTAINER),
                data_deletion_detection_policy=m.SoftDeleteColumnDeletionDetectionPolicy(
                    soft_delete_column_name="IsDeleted", soft_delete_marker_value="true"
                ),
            )
        )
        self.indexes.create_or_update_index(_index())
        self.indexers.create_or_update_skillset(_skillset())
        self.indexers.create_or_update_indexer(
            m.SearchIndexer(
                name="int-vec-indexer",
                data_source_name="int-vec-blobs",
                target_index_name=INDEX,
                skillset_name="int-vec-skills",
            )
        )
        self.wait(runs=1)

    def run(self, runs: int) -> None:
        self.indexers.run_indexer("int-vec-indexer")
        self.wait(runs)

    def wait(self, runs: int) -> None:
        """Until so many runs have ended; the last one without a failure."""
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            status = self.indexers.get_indexer_status("int-vec-indexer")
            ended = [run for run in status.execution_history if run.status != "inProgress"]
            if len(ended) >= runs:
                assert ended[0].status == "success", ended[0].errors or ended[0].error_message
                return
            time.sleep(0.1)
        raise AssertionError("the indexer did not end")

    def ask(
        self, text: str | None, *, vector: str | None = None, filter: str | None = None
    ) -> list[str]:
        """The titles that a query finds, best first."""
        queries = (
            [VectorizableTextQuery(text=vector, k_nearest_neighbors=3, fields="vector")]
            if vector
            else None
        )
        found = self.search.search(search_text=text, vector_queries=queries, filter=filter, top=3)
        return [document["title"] for document in found]


@pytest.mark.usefixtures("blobs")
def test_the_flow(service: Service, azurite: Azurite) -> None:
    notebook = Notebook(service.url, azurite.connection)
    notebook.create()
    assert notebook.search.get_document_count() == len(TEXTS)
    assert notebook.ask(None, vector=QUESTION)[0] == "leave.txt"
    assert notebook.ask("hotel", vector="what may a hotel cost")[0] == "expenses.txt"
    assert notebook.ask(None, vector=QUESTION, filter="title ne 'leave.txt'")[0] != "leave.txt"
    assert notebook.ask("charged", filter="title eq 'bicycles.txt'") == ["bicycles.txt"]


def test_a_change_and_a_deletion(
    service: Service, blobs: BlobServiceClient, azurite: Azurite
) -> None:
    """One blob is written again, another is marked as deleted; the others are young: read again."""
    notebook = Notebook(service.url, azurite.connection)
    notebook.create()
    container = blobs.get_container_client(CONTAINER)
    time.sleep(1.1)  # a blob's time of change has whole seconds
    container.upload_blob("visitors.txt", b"Visitors wear a green badge.", overwrite=True)
    container.get_blob_client("bicycles.txt").set_blob_metadata({"IsDeleted": "true"})
    notebook.run(runs=2)
    last = notebook.indexers.get_indexer_status("int-vec-indexer").last_result
    assert last is not None
    assert (last.item_count, last.failed_item_count) == (len(TEXTS), 0)
    assert notebook.search.get_document_count() == len(TEXTS) - 1
    assert notebook.ask("green") == ["visitors.txt"]
    assert notebook.ask("yellow") == []


def _index() -> m.SearchIndex:
    return m.SearchIndex(
        name=INDEX,
        fields=[
            m.SearchField(name="parent_id", type="Edm.String", filterable=True),
            m.SearchField(name="title", type="Edm.String", filterable=True),
            m.SearchField(name="chunk_id", type="Edm.String", key=True, analyzer_name="keyword"),
            m.SearchField(name="chunk", type="Edm.String", searchable=True),
            m.SearchField(
                name="vector",
                type="Collection(Edm.Single)",
                searchable=True,
                vector_search_dimensions=1024,
                vector_search_profile_name="profile",
            ),
        ],
        vector_search=m.VectorSearch(
            algorithms=[m.HnswAlgorithmConfiguration(name="hnsw")],
            profiles=[
                m.VectorSearchProfile(
                    name="profile", algorithm_configuration_name="hnsw", vectorizer_name="openai"
                )
            ],
            vectorizers=[
                m.AzureOpenAIVectorizer(
                    vectorizer_name="openai",
                    parameters=m.AzureOpenAIVectorizerParameters(**OPENAI),
                )
            ],
        ),
    )


def _skillset() -> m.SearchIndexerSkillset:
    pages = "/document/pages/*"
    mappings = {
        "chunk": pages,
        "vector": f"{pages}/vector",
        "title": "/document/metadata_storage_name",
    }
    return m.SearchIndexerSkillset(
        name="int-vec-skills",
        skills=[
            m.SplitSkill(
                text_split_mode="pages",
                context="/document",
                maximum_page_length=2000,
                page_overlap_length=500,
                inputs=[m.InputFieldMappingEntry(name="text", source="/document/content")],
                outputs=[m.OutputFieldMappingEntry(name="textItems", target_name="pages")],
            ),
            m.AzureOpenAIEmbeddingSkill(
                context=pages,
                dimensions=1024,
                inputs=[m.InputFieldMappingEntry(name="text", source=pages)],
                outputs=[m.OutputFieldMappingEntry(name="embedding", target_name="vector")],
                **OPENAI,
            ),
        ],
        index_projection=m.SearchIndexerIndexProjection(
            selectors=[
                m.SearchIndexerIndexProjectionSelector(
                    target_index_name=INDEX,
                    parent_key_field_name="parent_id",
                    source_context=pages,
                    mappings=[
                        m.InputFieldMappingEntry(name=name, source=source)
                        for name, source in mappings.items()
                    ],
                )
            ],
            parameters=m.SearchIndexerIndexProjectionsParameters(
                projection_mode="skipIndexingParentDocuments"
            ),
        ),
    )
