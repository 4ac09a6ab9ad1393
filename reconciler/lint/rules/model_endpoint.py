"""The address of an embedding model is none that the service calls.

A model in Azure OpenAI or Foundry is called at the address of its resource, by HTTPS:
`https://NAME.openai.azure.com`, `.services.ai.azure.com`, `.cognitiveservices.azure.com`, or at a
gateway, `.azure-api.net`. Not at the address of a region, nor with the path of a deployment
behind it. The service refuses such a vectorizer; a skill fails for every document.

What to do: write the resource's endpoint, as the portal shows it, without a path.

Sources: https://learn.microsoft.com/azure/search/vector-search-vectorizer-azure-open-ai,
https://github.com/Azure/azure-search-vector-samples/issues/152

Fails::

    apiVersion: azure-ai-search
    kind: Index
    metadata: {name: docs}
    spec:
      fields:
        - {name: id, type: Edm.String, key: true}
      vectorSearch:
        vectorizers:
          - name: openai
            kind: azureOpenAI
            azureOpenAIParameters:
              resourceUri: https://westeurope.api.cognitive.microsoft.com
              deploymentId: embedding
              modelName: text-embedding-3-small

Passes::

    apiVersion: azure-ai-search
    kind: Index
    metadata: {name: docs}
    spec:
      fields:
        - {name: id, type: Edm.String, key: true}
      vectorSearch:
        vectorizers:
          - name: openai
            kind: azureOpenAI
            azureOpenAIParameters:
              resourceUri: https://docs.openai.azure.com
              deploymentId: embedding
              modelName: text-embedding-3-small
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import SplitResult, urlsplit

from reconciler.lint.bodies import object_at, text_at
from reconciler.lint.models import models
from reconciler.lint.stack import Stack
from reconciler.model.problem import Problem, Severity

ID = "model-endpoint"
SEVERITY = Severity.ERROR

_OPENAI = "api.openai.com"
_REGIONAL = ".api.cognitive.microsoft.com"
_HOSTS = tuple(
    f".{service}.azure.{cloud}"
    for service in ("openai", "services.ai", "cognitiveservices")
    for cloud in ("com", "us", "cn")
)


def check(stack: Stack) -> Iterator[Problem]:
    for model in models(stack):
        uri = model.body.get("resourceUri")
        wrong = _wrong(uri) if isinstance(uri, str) and uri and model.embeds else None
        if wrong is not None:
            refused = model.role == "vectorizer"
            severity = Severity.ERROR if refused else Severity.WARNING
            fix = "write https://NAME.openai.azure.com"
            yield Problem(ID, wrong, model.where.at("resourceUri"), fix, severity)
    for resource in stack.resources:
        billed = text_at(object_at(resource.body, "cognitiveServices"), "subdomainUrl")
        if resource.id.kind == "Skillset" and billed is not None and _is_regional(billed):
            place = resource.where.at("spec", "cognitiveServices", "subdomainUrl")
            text = "this is the address of a region, and of no resource"
            yield Problem(ID, text, place, "write https://NAME.services.ai.azure.com", SEVERITY)


def _is_regional(uri: str) -> bool:
    return uri.partition("://")[2].partition("/")[0].lower().endswith(_REGIONAL)


def _wrong(uri: str) -> str | None:
    """What is wrong with an address; None: nothing that is known."""
    try:
        url = urlsplit(uri)
    except ValueError:
        return "this is no URL"
    host = (url.hostname or "").lower()
    if url.scheme.lower() != "https" and not _is_near(host):
        return "the address of a model begins with https://"
    if host.endswith(_REGIONAL):
        return "this is the address of a region, and of no resource"
    if host == _OPENAI:
        return "this is OpenAI's own address, and not that of a resource in Azure"
    return _path(url) if host.endswith(_HOSTS) else None


def _path(url: SplitResult) -> str | None:
    said = "the address of a resource has no path: the service adds it"
    return said if url.path.strip("/") or url.query else None


def _is_near(host: str) -> bool:
    """A name without a dot, or this machine: only a service beside it can reach it."""
    return bool(host) and ("." not in host or host.startswith("127."))
