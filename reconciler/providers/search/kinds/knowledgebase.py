"""KnowledgeBase: knowledge sources that are asked together, and the model that plans the queries.

Agents and applications ask a knowledge base instead of an index. All of it can change at any time;
a change counts from the next question on. Its knowledge sources must exist, and a source that a
knowledge base names cannot be deleted. What the model is told, how hard it thinks and what an
answer looks like is in previews only.

https://learn.microsoft.com/azure/search/agentic-retrieval-how-to-create-knowledge-base
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from reconciler.providers.search.kinds.cors import Cors
from reconciler.providers.search.kinds.encryption import OptionalKey
from reconciler.providers.search.kinds.models import AzureOpenAIParameters
from reconciler.providers.search.kinds.naming import ObjectName
from reconciler.schema.body import Body
from reconciler.schema.kind import Kind
from reconciler.schema.marks import KeyedBy, OneOf, RefTo, ServerOwned, Since, ValuesSince


class Source(Body):
    """A knowledge source, by name."""

    # A source that a base names cannot be deleted; the error names the bases (FACTS k).
    name: Annotated[str, RefTo("KnowledgeSource", holds=True)]
    enableImageServing: Annotated[bool | None, Since("2026-05-01-preview")] = None
    enableFreshness: Annotated[bool | None, Since("2026-05-01-preview")] = None


class AzureOpenAIModel(Body):
    """A chat model in Azure OpenAI."""

    kind: Literal["azureOpenAI"]
    azureOpenAIParameters: AzureOpenAIParameters


ChatModel = Annotated[
    dict[str, Any],
    OneOf(tag="kind", variants={"azureOpenAI": f"{__name__}:AzureOpenAIModel"}),
]


class ReasoningEffort(Body):
    """How much the model does about a question; null when left out (recorded).

    https://learn.microsoft.com/azure/search/agentic-retrieval-how-to-set-retrieval-reasoning-effort
    """

    kind: Annotated[
        Literal["minimal", "low", "medium", "auto"], ValuesSince({"auto": "2026-08-01-preview"})
    ]


class RetrieveDefaults(Body):
    """What a request gets that does not say otherwise."""

    maxRuntimeInSeconds: int | None = None
    maxOutputDocuments: int | None = None
    maxOutputSizeInTokens: int | None = None


class KnowledgeBase(Body):
    """One knowledge base. It takes one model at most, so that models go by their position."""

    name: ObjectName
    description: str | None = None
    knowledgeSources: Annotated[list[Source], KeyedBy("name")]
    models: list[ChatModel] | None = None
    retrievalReasoningEffort: Annotated[ReasoningEffort | None, Since("2025-11-01-preview")] = None
    outputMode: Annotated[
        Literal["extractiveData", "answerSynthesis"] | None, Since("2025-11-01-preview")
    ] = None
    retrievalInstructions: Annotated[str | None, Since("2025-11-01-preview")] = None
    answerInstructions: Annotated[str | None, Since("2025-11-01-preview")] = None
    tags: Annotated[dict[str, str] | None, Since("2026-08-01-preview")] = None
    corsOptions: Annotated[Cors | None, Since("2026-05-01-preview")] = None
    retrieveDefaults: Annotated[RetrieveDefaults | None, Since("2026-08-01-preview")] = None
    encryptionKey: OptionalKey = None
    etag: Annotated[str | None, ServerOwned()] = Field(default=None, alias="@odata.etag")


KIND = Kind(
    name="KnowledgeBase",
    type_on_service="knowledgebases",
    body=KnowledgeBase,
    since="2025-11-01-preview|2026-04-01",
    reads_differ=True,  # a model's address loses its last slash on reading only (FACTS h)
    page="https://learn.microsoft.com/rest/api/searchservice/knowledge-bases",
)
