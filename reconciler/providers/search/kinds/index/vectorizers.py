"""Vectorizers: what makes a vector of a query, by the model that made the documents' vectors.

https://learn.microsoft.com/azure/search/vector-search-how-to-configure-vectorizer
"""

from __future__ import annotations

from typing import Annotated, Literal

from reconciler.providers.search.kinds.identity import Credential, Headers, OptionalIdentity
from reconciler.providers.search.kinds.models import (
    AzureOpenAIParameters,
    CatalogModel,
    VisionVersion,
)
from reconciler.providers.search.kinds.scalars import AzureId, Endpoint, Timeout
from reconciler.schema.body import Body
from reconciler.schema.marks import ServerChooses


class AzureOpenAIVectorizer(Body):
    """An embedding model in Azure OpenAI. The documentation's samples show the null."""

    name: str
    kind: Literal["azureOpenAI"]
    azureOpenAIParameters: AzureOpenAIParameters | None = None
    customWebApiParameters: None = None


class WebApiParameters(Body):
    """https://learn.microsoft.com/azure/search/vector-search-vectorizer-custom-web-api

    What the service makes of a method or time-out that is left out was never seen (FACTS c).
    """

    uri: str | None = None
    httpHeaders: Headers | None = None
    httpMethod: Annotated[str | None, ServerChooses()] = None
    timeout: Annotated[Timeout | None, ServerChooses()] = None
    authResourceId: str | None = None
    authIdentity: OptionalIdentity = None


class WebApiVectorizer(Body):
    """An endpoint of yours."""

    name: str
    kind: Literal["customWebApi"]
    customWebApiParameters: WebApiParameters | None = None
    azureOpenAIParameters: None = None


class AmlParameters(Body):
    """With a key, `uri` and `key`; without, `uri`, `resourceId` and perhaps `region`.

    https://learn.microsoft.com/azure/search/vector-search-vectorizer-azure-machine-learning-ai-studio-catalog
    """

    uri: str
    key: Credential | None = None
    resourceId: AzureId | None = None
    timeout: Annotated[Timeout | None, ServerChooses()] = None
    region: str | None = None
    modelName: CatalogModel | None = None


class AmlVectorizer(Body):
    """A model of the Azure AI Foundry catalog."""

    name: str
    kind: Literal["aml"]
    amlParameters: AmlParameters | None = None


class VisionParameters(Body):
    """https://learn.microsoft.com/azure/search/vector-search-vectorizer-ai-services-vision"""

    modelVersion: VisionVersion
    resourceUri: Endpoint
    apiKey: Credential | None = None
    authIdentity: OptionalIdentity = None


class VisionVectorizer(Body):
    """Azure AI Vision's multimodal embeddings (preview)."""

    name: str
    kind: Literal["aiServicesVision"]
    aiServicesVisionParameters: VisionParameters | None = None
