"""Index: the fields that documents have, and everything that makes them searchable.

Most of an index is fixed once it exists: fields can be added, but neither changed nor removed; an
analyzer can be added (with the index offline for seconds), not changed; a vector keeps its
dimensions and the algorithm and compression that it was indexed with. Such an edit means a new
index, filled again. What only queries read can change at any time: scoring profiles, semantic
configurations, synonym maps, CORS, vectorizers, which fields are returned.

https://learn.microsoft.com/azure/search/search-what-is-an-index
https://learn.microsoft.com/azure/search/search-howto-reindex
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from reconciler.model.effect import Effect
from reconciler.providers.search.kinds.cors import Cors
from reconciler.providers.search.kinds.encryption import OptionalIndexKey
from reconciler.providers.search.kinds.index import effects
from reconciler.providers.search.kinds.index.field import Fields
from reconciler.providers.search.kinds.index.scoring import ScoringProfile
from reconciler.providers.search.kinds.index.semantic import Semantic
from reconciler.providers.search.kinds.index.similarity import BM25, SIMILARITIES
from reconciler.providers.search.kinds.index.vector import VectorSearch
from reconciler.providers.search.kinds.naming import IndexName, PartName
from reconciler.providers.search.kinds.scalars import AzureId
from reconciler.schema.body import Body
from reconciler.schema.kind import Kind
from reconciler.schema.marks import (
    Changes,
    KeyedBy,
    OneOf,
    ServerDefault,
    ServerOwned,
    Since,
    Unordered,
)


class Suggester(Body):
    """Fields that complete what a user types.

    https://learn.microsoft.com/azure/search/index-add-suggesters
    """

    name: PartName
    searchMode: Literal["analyzingInfixMatching"]
    sourceFields: Annotated[list[str], Unordered()]


class SharePointConnector(Body):
    """The Entra application that reads permissions from SharePoint (preview)."""

    applicationId: AzureId
    federatedCredentialId: str
    tenantId: AzureId | None = None


def _family(module: str, *names: str) -> OneOf:
    """Analysis components: the model `X` of a module is `#Microsoft.Azure.Search.X`."""
    return OneOf(
        tag="@odata.type",
        variants={f"#Microsoft.Azure.Search.{n}": f"{__name__}.{module}:{n}" for n in names},
    )


Analyzer = Annotated[
    dict[str, Any],
    _family("analyzers", "CustomAnalyzer", "PatternAnalyzer", "StandardAnalyzer", "StopAnalyzer"),
]
Tokenizer = Annotated[
    dict[str, Any],
    _family(
        "tokenizers",
        "ClassicTokenizer",
        "EdgeNGramTokenizer",
        "KeywordTokenizer",
        "KeywordTokenizerV2",
        "MicrosoftLanguageTokenizer",
        "MicrosoftLanguageStemmingTokenizer",
        "NGramTokenizer",
        "PathHierarchyTokenizerV2",
        "PatternTokenizer",
        "StandardTokenizer",
        "StandardTokenizerV2",
        "UaxUrlEmailTokenizer",
    ),
]
TokenFilter = Annotated[
    dict[str, Any],
    _family(
        "token_filters",
        "AsciiFoldingTokenFilter",
        "CjkBigramTokenFilter",
        "CommonGramTokenFilter",
        "DictionaryDecompounderTokenFilter",
        "EdgeNGramTokenFilter",
        "EdgeNGramTokenFilterV2",
        "ElisionTokenFilter",
        "KeepTokenFilter",
        "KeywordMarkerTokenFilter",
        "LengthTokenFilter",
        "LimitTokenFilter",
        "NGramTokenFilter",
        "NGramTokenFilterV2",
        "PatternCaptureTokenFilter",
        "PatternReplaceTokenFilter",
        "PhoneticTokenFilter",
        "ShingleTokenFilter",
        "SnowballTokenFilter",
        "StemmerTokenFilter",
        "StemmerOverrideTokenFilter",
        "StopwordsTokenFilter",
        "SynonymTokenFilter",
        "TruncateTokenFilter",
        "UniqueTokenFilter",
        "WordDelimiterTokenFilter",
    ),
]
CharFilter = Annotated[
    dict[str, Any], _family("char_filters", "MappingCharFilter", "PatternReplaceCharFilter")
]
Normalizer = Annotated[dict[str, Any], _family("normalizers", "CustomNormalizer")]
Similarity = Annotated[dict[str, Any], SIMILARITIES]

_Analysis = Changes(effects.analysis)


class Index(Body):
    """One index."""

    name: IndexName
    description: Annotated[str | None, Since("2025-05-01-preview|2025-09-01")] = None
    fields: Fields
    # How many there may be of these two, in every tier (FACTS f).
    scoringProfiles: Annotated[
        list[ScoringProfile] | None, KeyedBy("name"), Field(max_length=100)
    ] = None
    defaultScoringProfile: str | None = None
    corsOptions: Cors | None = None
    suggesters: Annotated[
        list[Suggester] | None,
        KeyedBy("name"),
        Changes(effects.suggester),
        Field(max_length=1),
    ] = None
    analyzers: Annotated[list[Analyzer] | None, KeyedBy("name"), _Analysis] = None
    tokenizers: Annotated[list[Tokenizer] | None, KeyedBy("name"), _Analysis] = None
    tokenFilters: Annotated[list[TokenFilter] | None, KeyedBy("name"), _Analysis] = None
    charFilters: Annotated[list[CharFilter] | None, KeyedBy("name"), _Analysis] = None
    normalizers: Annotated[
        list[Normalizer] | None,
        KeyedBy("name"),
        _Analysis,
        Since("2020-06-30-preview|2025-09-01"),
    ] = None
    encryptionKey: OptionalIndexKey = None
    # Recorded, against the schema's text, which still names Classic (FACTS c).
    similarity: Annotated[
        Similarity | None, ServerDefault({"@odata.type": BM25}), Changes(effects.similarity)
    ] = None
    semantic: Annotated[Semantic | None, Since("2021-04-30-preview|2023-11-01")] = None
    vectorSearch: Annotated[
        VectorSearch | None,
        Changes(effects.vector_search),
        Since("2023-07-01-preview|2023-11-01"),
    ] = None
    permissionFilterOption: Annotated[
        Literal["enabled", "disabled"] | None, Since("2025-05-01-preview")
    ] = None
    # Returned as null and as false by one and the same api-version (FACTS c).
    purviewEnabled: Annotated[
        bool | None, ServerDefault(False), Changes(Effect.REBUILD), Since("2025-11-01-preview")
    ] = None
    sharePointConnectorAppRegistration: Annotated[
        SharePointConnector | None, Since("2026-08-01-preview")
    ] = None
    etag: Annotated[str | None, ServerOwned()] = Field(default=None, alias="@odata.etag")


KIND = Kind(
    name="Index",
    type_on_service="indexes",
    body=Index,
    since="2015-02-28",
    holds_data=True,
    replacement_advice="declaring a new index under another name, filling it and repointing the "
    "alias",
    rename_cost="the new index starts without documents",
    page="https://learn.microsoft.com/rest/api/searchservice/indexes",
)
