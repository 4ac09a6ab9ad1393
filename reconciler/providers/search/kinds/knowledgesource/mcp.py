"""A knowledge source behind the Model Context Protocol (preview): a server, and its tools.

https://learn.microsoft.com/azure/search/agentic-knowledge-source-how-to-mcp-server
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from reconciler.model.effect import Effect
from reconciler.providers.search.kinds.identity import Headers
from reconciler.schema.body import Body
from reconciler.schema.marks import (
    Changes,
    KeyedBy,
    OneOf,
    ServerChooses,
    ServerDefault,
    Since,
    Until,
)


class FoundryConnection(Body):
    """The connection's id."""

    connectionId: str | None = None


class FoundryAuthentication(Body):
    """Signs in with a connection that Microsoft Foundry keeps."""

    kind: Literal["foundryConnection"]
    foundryConnectionParameters: FoundryConnection


class StoredHeaders(Body):
    """Write-only: a GET returns masks (documentation)."""

    headers: Headers | None = None


class HeaderAuthentication(Body):
    """Sends the same headers with every request."""

    kind: Literal["storedHeaders"]
    storedHeadersParameters: StoredHeaders


Authentication = Annotated[
    dict[str, Any],
    OneOf(
        tag="kind",
        variants={
            "foundryConnection": f"{__name__}:FoundryAuthentication",
            "storedHeaders": f"{__name__}:HeaderAuthentication",
        },
    ),
]


class JsonParameters(Body):
    """Where in the JSON the documents are, as a JSON path."""

    documentsPath: str
    includeContext: Annotated[bool | None, ServerDefault(False)] = None


class SplitParameters(Body):
    """As those of the split skill; what the service makes of one left out was never seen."""

    textSplitMode: Annotated[Literal["pages", "sentences"] | None, ServerChooses()] = None
    maximumPageLength: Annotated[int | None, ServerChooses()] = None
    pageOverlapLength: Annotated[int | None, ServerChooses()] = None
    maximumPagesToTake: Annotated[int | None, ServerChooses()] = None
    defaultLanguageCode: Annotated[str | None, ServerChooses()] = None


class OutputParsing(Body):
    """How the output of a tool becomes documents: only `json` and `split` have parameters."""

    kind: Literal["auto", "json", "split", "none"]
    jsonParameters: JsonParameters | None = None
    splitParameters: SplitParameters | None = None


class Tool(Body):
    """A tool that may be called; what is not listed is not."""

    name: str | None = None
    outputParsing: Annotated[OutputParsing | None, ServerDefault({"kind": "auto"})] = None
    resultsProcessing: Annotated[
        Literal["rerank", "none"] | None, ServerDefault("rerank"), Since("2026-08-01-preview")
    ] = None
    inclusionMode: Annotated[
        Literal["reranked", "always"] | None,
        ServerChooses(),
        Until("2026-05-01-preview", "resultsProcessing"),
    ] = None
    maxOutputTokens: Annotated[int | None, ServerChooses()] = None  # documented: 10,000


class McpServerParameters(Body):
    """The server's URL is fixed; its tools and how to sign in are not (documentation)."""

    serverURL: Annotated[str, Changes(Effect.RECREATE)]
    authentication: Authentication | None = None
    tools: Annotated[list[Tool], KeyedBy("name")]
