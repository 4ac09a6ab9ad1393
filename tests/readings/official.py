"""The official client's words: the verbs of each kind, and an object of each kind."""

from __future__ import annotations

from typing import Any, NamedTuple

from azure.core.credentials import AzureKeyCredential
from azure.search.documents.indexes import SearchIndexClient, SearchIndexerClient, models


class Verbs(NamedTuple):
    """The nouns in a client's method names: `create_{one}`, `{listing}`."""

    client: type[SearchIndexClient] | type[SearchIndexerClient]
    one: str
    listing: str


VERBS = {
    "SynonymMap": Verbs(SearchIndexClient, "synonym_map", "get_synonym_maps"),
    "DataSource": Verbs(
        SearchIndexerClient, "data_source_connection", "get_data_source_connections"
    ),
    "Index": Verbs(SearchIndexClient, "index", "list_indexes"),
    "Skillset": Verbs(SearchIndexerClient, "skillset", "get_skillsets"),
    "Indexer": Verbs(SearchIndexerClient, "indexer", "get_indexers"),
    "Alias": Verbs(SearchIndexClient, "alias", "list_aliases"),
    "KnowledgeSource": Verbs(SearchIndexClient, "knowledge_source", "list_knowledge_sources"),
    "KnowledgeBase": Verbs(SearchIndexClient, "knowledge_base", "list_knowledge_bases"),
}
"""Every kind that the client knows, in the order of dependence."""


class Official:
    """The official client's verbs for one kind."""

    def __init__(self, url: str, key: str, kind: str) -> None:
        self._verbs = VERBS[kind]
        self._client = self._verbs.client(url, AzureKeyCredential(key))

    def __enter__(self) -> Official:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def _call(self, verb: str, *arguments: Any, **more: Any) -> Any:
        return getattr(self._client, f"{verb}_{self._verbs.one}")(*arguments, **more)

    def create(self, model: Any) -> Any:
        return self._call("create", model)

    def write(self, model: Any, **condition: Any) -> Any:
        return self._call("create_or_update", model, **condition)

    def get(self, name: str) -> Any:
        return self._call("get", name)

    def delete(self, model: Any, **condition: Any) -> None:
        self._call("delete", model, **condition)

    def run(self, name: str) -> None:
        self._call("run", name)

    def names(self) -> list[str]:
        return [found.name for found in getattr(self._client, self._verbs.listing)()]


def samples() -> dict[str, Any]:
    """One object of each kind, called `docs` (the alias: `search`)."""
    text = models.InputFieldMappingEntry(name="text", source="/document/content")
    return {
        "SynonymMap": models.SynonymMap(name="docs", synonyms=["usa, united states", "wa => w"]),
        "DataSource": models.SearchIndexerDataSourceConnection(
            name="docs",
            type="azureblob",
            connection_string="ResourceId=/subscriptions/s/resourceGroups/g/providers/p/docs;",
            container=models.SearchIndexerDataContainer(name="docs"),
            identity=models.SearchIndexerDataUserAssignedIdentity(resource_id="/subscriptions/s"),
        ),
        "Index": _index(),
        "Skillset": models.SearchIndexerSkillset(
            name="docs",
            skills=[
                models.SplitSkill(
                    inputs=[text],
                    outputs=[models.OutputFieldMappingEntry(name="textItems", target_name="p")],
                    text_split_mode="pages",
                    maximum_page_length=2000,
                ),
                models.AzureOpenAIEmbeddingSkill(
                    inputs=[text],
                    outputs=[models.OutputFieldMappingEntry(name="embedding")],
                    resource_url="https://docs.openai.azure.com",
                    deployment_name="embed",
                    model_name="text-embedding-3-large",
                    dimensions=1024,
                ),
            ],
        ),
        "Indexer": models.SearchIndexer(
            name="docs",
            data_source_name="docs",
            target_index_name="docs",
            skillset_name="docs",
            schedule=models.IndexingSchedule(interval="PT1H"),
            field_mappings=[models.FieldMapping(source_field_name="a", target_field_name="id")],
        ),
        "Alias": models.SearchAlias(name="search", indexes=["docs"]),
        "KnowledgeSource": models.SearchIndexKnowledgeSource(
            name="docs",
            search_index_parameters=models.SearchIndexKnowledgeSourceParameters(
                search_index_name="docs"
            ),
        ),
        "KnowledgeBase": models.KnowledgeBase(
            name="docs", knowledge_sources=[models.KnowledgeSourceReference(name="docs")]
        ),
    }


def _index() -> models.SearchIndex:
    """Helpers of the client write properties that nobody would write by hand."""
    algorithm = models.HnswAlgorithmConfiguration(name="hnsw")
    return models.SearchIndex(
        name="docs",
        fields=[
            models.SimpleField(name="id", type="Edm.String", key=True, filterable=True),
            models.SearchableField(name="title", analyzer_name="en.lucene", sortable=True),
            models.SearchableField(name="tags", collection=True, facetable=True),
            models.ComplexField(
                name="address", fields=[models.SimpleField(name="city", type="Edm.String")]
            ),
            models.SearchField(
                name="vector",
                type="Collection(Edm.Single)",
                searchable=True,
                vector_search_dimensions=1024,
                vector_search_profile_name="profile",
            ),
        ],
        vector_search=models.VectorSearch(
            algorithms=[algorithm],
            profiles=[
                models.VectorSearchProfile(name="profile", algorithm_configuration_name="hnsw")
            ],
        ),
        semantic_search=models.SemanticSearch(
            configurations=[
                models.SemanticConfiguration(
                    name="default",
                    prioritized_fields=models.SemanticPrioritizedFields(
                        title_field=models.SemanticField(field_name="title")
                    ),
                )
            ]
        ),
        cors_options=models.CorsOptions(allowed_origins=["*"]),
    )
