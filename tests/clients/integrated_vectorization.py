"""The steps of the official integrated-vectorization notebook, by the client that it pins.

A program of its own, run without this project's packages. It is told where the services are by the
notebook's environment variables, and prints what its queries found.
"""

from __future__ import annotations

import json
import os
import time

from azure.core.credentials import AzureKeyCredential
from azure.search.documents import SearchClient, __version__
from azure.search.documents.indexes import SearchIndexClient, SearchIndexerClient
from azure.search.documents.indexes.models import (
    AzureOpenAIEmbeddingSkill,
    AzureOpenAIVectorizer,
    AzureOpenAIVectorizerParameters,
    HnswAlgorithmConfiguration,
    IndexProjectionMode,
    InputFieldMappingEntry,
    NativeBlobSoftDeleteDeletionDetectionPolicy,
    OutputFieldMappingEntry,
    SearchField,
    SearchFieldDataType,
    SearchIndex,
    SearchIndexer,
    SearchIndexerDataContainer,
    SearchIndexerDataSourceConnection,
    SearchIndexerIndexProjection,
    SearchIndexerIndexProjectionSelector,
    SearchIndexerIndexProjectionsParameters,
    SearchIndexerSkillset,
    SemanticConfiguration,
    SemanticField,
    SemanticPrioritizedFields,
    SemanticSearch,
    SplitSkill,
    VectorSearch,
    VectorSearchProfile,
)
from azure.search.documents.models import VectorizableTextQuery

endpoint = os.environ["AZURE_SEARCH_SERVICE_ENDPOINT"]
credential = AzureKeyCredential(os.environ["AZURE_SEARCH_ADMIN_KEY"])
connection_string = os.environ["BLOB_CONNECTION_STRING"]
openai = os.environ["AZURE_OPENAI_ENDPOINT"]
name = "int-vec"
model = "text-embedding-3-large"
dimensions = 1024

# A data source
indexers = SearchIndexerClient(endpoint, credential)
source = indexers.create_or_update_data_source_connection(
    SearchIndexerDataSourceConnection(
        name=f"{name}-blob",
        type="azureblob",
        connection_string=connection_string,
        container=SearchIndexerDataContainer(name=name),
        data_deletion_detection_policy=NativeBlobSoftDeleteDeletionDetectionPolicy(),
    )
)

# An index; like the notebook's, its vector field says nothing of being searchable
string = SearchFieldDataType.String
vectors = SearchFieldDataType.Collection(SearchFieldDataType.Single)
everything = {"sortable": True, "filterable": True, "facetable": True}
nothing = {"sortable": False, "filterable": False, "facetable": False}
fields = [
    SearchField(name="parent_id", type=string, **everything),
    SearchField(name="title", type=string),
    SearchField(name="chunk_id", type=string, key=True, analyzer_name="keyword", **everything),
    SearchField(name="chunk", type=string, **nothing),
    SearchField(
        name="vector",
        type=vectors,
        vector_search_dimensions=dimensions,
        vector_search_profile_name="myHnswProfile",
    ),
]
vectorizer = AzureOpenAIVectorizer(
    vectorizer_name="myOpenAI",
    kind="azureOpenAI",
    parameters=AzureOpenAIVectorizerParameters(
        resource_url=openai, deployment_name=model, model_name=model, api_key="a-key"
    ),
)
profile = VectorSearchProfile(
    name="myHnswProfile", algorithm_configuration_name="myHnsw", vectorizer_name="myOpenAI"
)
prioritized = SemanticPrioritizedFields(
    title_field=SemanticField(field_name="title"),
    content_fields=[SemanticField(field_name="chunk")],
)
semantic = SemanticConfiguration(name="my-semantic-config", prioritized_fields=prioritized)
indexes = SearchIndexClient(endpoint, credential)
index = indexes.create_or_update_index(
    SearchIndex(
        name=name,
        fields=fields,
        vector_search=VectorSearch(
            algorithms=[HnswAlgorithmConfiguration(name="myHnsw")],
            profiles=[profile],
            vectorizers=[vectorizer],
        ),
        semantic_search=SemanticSearch(configurations=[semantic]),
    )
)

# A skillset: pages, their vectors, a document for each
pages = "/document/pages/*"
split = SplitSkill(
    description="Split skill to chunk documents",
    text_split_mode="pages",
    context="/document",
    maximum_page_length=2000,
    page_overlap_length=500,
    inputs=[InputFieldMappingEntry(name="text", source="/document/content")],
    outputs=[OutputFieldMappingEntry(name="textItems", target_name="pages")],
)
embedding = AzureOpenAIEmbeddingSkill(
    description="Skill to generate embeddings via Azure OpenAI",
    context=pages,
    resource_url=openai,
    deployment_name=model,
    model_name=model,
    dimensions=dimensions,
    api_key="a-key",
    inputs=[InputFieldMappingEntry(name="text", source=pages)],
    outputs=[OutputFieldMappingEntry(name="embedding", target_name="vector")],
)
selector = SearchIndexerIndexProjectionSelector(
    target_index_name=name,
    parent_key_field_name="parent_id",
    source_context=pages,
    mappings=[
        InputFieldMappingEntry(name="chunk", source=pages),
        InputFieldMappingEntry(name="vector", source=f"{pages}/vector"),
        InputFieldMappingEntry(name="title", source="/document/metadata_storage_name"),
    ],
)
skillset = indexers.create_or_update_skillset(
    SearchIndexerSkillset(
        name=f"{name}-skillset",
        description="Skillset to chunk documents and generating embeddings",
        skills=[split, embedding],
        index_projection=SearchIndexerIndexProjection(
            selectors=[selector],
            parameters=SearchIndexerIndexProjectionsParameters(
                projection_mode=IndexProjectionMode.SKIP_INDEXING_PARENT_DOCUMENTS
            ),
        ),
    )
)

# An indexer, which is run at once though its creation runs it too
indexer = indexers.create_or_update_indexer(
    SearchIndexer(
        name=f"{name}-indexer",
        description="Indexer to chunk documents and generate embeddings",
        skillset_name=skillset.name,
        target_index_name=index.name,
        data_source_name=source.name,
        parameters=None,
    )
)
indexers.run_indexer(indexer.name)
last = None
for _ in range(600):
    last = indexers.get_indexer_status(indexer.name).last_result
    if last is not None and last.status != "inProgress":
        break
    time.sleep(0.1)

# A vector query, and a hybrid one
documents = SearchClient(endpoint, name, credential)
text = "How is bread baked?"
question = VectorizableTextQuery(
    text=text, k_nearest_neighbors=50, fields="vector", exhaustive=True
)
selected = ["parent_id", "chunk_id", "chunk", "title"]
by_vector = documents.search(search_text=None, vector_queries=[question], select=selected, top=1)
hybrid = documents.search(search_text=text, vector_queries=[question], select=selected, top=1)
print(
    json.dumps(
        {
            "client": __version__,
            "status": last and last.status,
            "errors": [error.error_message for error in last.errors] if last else [],
            "count": documents.get_document_count(),
            "vector": [hit["title"] for hit in by_vector],
            "hybrid": [hit["title"] for hit in hybrid],
        }
    )
)
