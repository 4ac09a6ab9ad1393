"""How the services that embed are called, and where their answers hold the vectors.

Azure OpenAI https://learn.microsoft.com/azure/ai-foundry/openai/reference#embeddings
Foundry      https://learn.microsoft.com/rest/api/aifoundry/model-inference/get-embeddings
AI Vision    https://learn.microsoft.com/rest/api/computervision/vectorize
"""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Mapping
from typing import Any, Literal, NamedTuple
from urllib.parse import quote, urlsplit

from reconciler.assertions.picture import data_url, png
from reconciler.model.json import Json, JsonObject
from reconciler.wire import ServiceError, ServiceProfile

TEXTS = ("a mountain lake", "a bicycle")
"""What the probes embed: short, harmless, and two different ones."""


class Asked(NamedTuple):
    """What is asked of a model with one request."""

    modality: Literal["text", "image"]
    dimensions: int | None = None
    input_type: str | None = None
    encoding: str | None = None
    inputs: int = 1


class Request(NamedTuple):
    """One POST: its path after the endpoint, its query, its body (bytes: as they are)."""

    path: str
    query: Mapping[str, str]
    body: Json | bytes


def request(model: JsonObject, asked: Asked) -> Request:
    """The request that asks a model.

    Args:
        model: the spec of an EmbeddingModel.
    """
    if model["protocol"] == "vision":
        return _vision(model, asked)
    body: JsonObject = {"input": list(TEXTS[: asked.inputs])}
    named = ("dimensions", asked.dimensions), ("encoding_format", asked.encoding)
    body |= {name: value for name, value in named if value is not None}
    if model["protocol"] == "azureOpenAI":
        path = f"/openai/deployments/{quote(model['deployment'], safe='')}/embeddings"
        return Request(path, {"api-version": "2024-06-01"}, body)
    if asked.input_type is not None:
        body["input_type"] = asked.input_type
    if model.get("model"):
        body["model"] = model["model"]
    query = {"api-version": "2024-05-01-preview"}
    if asked.modality == "image":
        body["input"] = [{"image": data_url()}] * asked.inputs
        return Request("/images/embeddings", query, body)
    return Request("/embeddings", query, body)


def _vision(model: JsonObject, asked: Asked) -> Request:
    version = model.get("modelVersion") or "2023-04-15"
    query = {"api-version": "2024-02-01", "model-version": version}
    if asked.modality == "image":
        return Request("/computervision/retrieval:vectorizeImage", query, png())
    return Request("/computervision/retrieval:vectorizeText", query, {"text": TEXTS[0]})


def lengths(body: Json, asked: Asked) -> list[int]:
    """The number of dimensions of each vector in an answer.

    Raises:
        ServiceError: the answer holds none.
    """
    try:
        if "vector" in body:
            return [len(body["vector"])]
        return [_length(entry["embedding"], asked.encoding) for entry in body["data"]]
    except (TypeError, KeyError, ValueError):
        text = "an answer came without vectors: is this the endpoint of an embedding model?"
        raise ServiceError(text) from None


def _length(vector: Any, encoding: str | None) -> int:
    """A vector comes as a list, or as text in base64; binary ones have eight numbers in a byte."""
    bits = encoding in ("binary", "ubinary")
    if not isinstance(vector, str):
        return len(vector) * (8 if bits else 1)
    size = len(b64decode(vector, validate=True))
    if bits:
        return size * 8
    return size if encoding in ("int8", "uint8") else size // 4  # else 32-bit floats


_QUOTA = (
    "too many requests also at attempt {attempts}, or the quota is used up: "
    "raise the tokens or requests a minute of the deployment, or try again later"
)
_BUSY = "the model was overloaded also at attempt {attempts}: try again later"
_KEY = "no valid credential: check credential.apiKey, and that it is this resource's"
_NO_KEYS = (
    "not allowed: the resource takes no keys (then leave `credential` out), "
    "or its firewall keeps this machine out"
)
_TOKEN = (
    "the token is not accepted: the identity needs the role {role} on the resource (a new one "
    "takes some minutes), in the resource's tenant; check `scope`"
)
_ROLE = (
    "not allowed: the identity needs the role {role} on the resource, "
    "or its firewall keeps this machine out"
)


class _Service(NamedTuple):
    """What answers: its name, the role that lets an identity embed, and what a 404 means."""

    name: str
    role: str
    missing: str


_SERVICES = {
    "azureOpenAI": _Service(
        "Azure OpenAI",
        "Cognitive Services OpenAI User",
        "no such deployment: check `deployment` (its name, not the model's) and the endpoint; "
        "a new one takes some minutes",
    ),
    "foundry": _Service(
        "a Foundry model",
        "Cognitive Services User",
        "no such model here: check `endpoint` (…/models), `model`, and whether it embeds the "
        "declared `modality`",
    ),
    "vision": _Service(
        "AI Vision",
        "Cognitive Services User",
        "no multimodal embeddings here: check `endpoint`, `modelVersion`, and the region of the "
        "resource",
    ),
}


_ONLINE = ".inference.ml.azure.com"
"""Hosts of managed online endpoints, which Azure Machine Learning has and grants."""
_BEARER = (".models.ai.azure.com", _ONLINE)
"""The same and those of serverless endpoints: they want a key as a bearer token."""


def service_profile(protocol: str, endpoint: str, *, key: bool) -> ServiceProfile:
    """What to check, by the status that an endpoint refuses with.

    An identity without the role gets 401 as well (code PermissionDenied):
    https://learn.microsoft.com/answers/questions/2168038

    Args:
        key: an api key is sent, not a token.
    """
    service = _SERVICES[protocol]
    role = "AzureML Data Scientist" if _host(endpoint).endswith(_ONLINE) else service.role
    invalid, forbidden = (_KEY, _NO_KEYS) if key else (_TOKEN, _ROLE)
    advice = {
        401: invalid.format(role=role),
        403: forbidden.format(role=role),
        404: service.missing,
        429: _QUOTA,
        503: _BUSY,
    }
    return ServiceProfile(service.name, advice)


def key_header(protocol: str, endpoint: str) -> str:
    """The header that takes a key. Serverless and managed online endpoints want it as a bearer
    token; a Foundry resource (`services.ai.azure.com`) in `api-key`, as Azure OpenAI does.

    https://learn.microsoft.com/azure/machine-learning/reference-model-inference-embeddings#security
    https://learn.microsoft.com/azure/machine-learning/how-to-authenticate-online-endpoint
    """
    if protocol == "vision":
        return "Ocp-Apim-Subscription-Key"
    bearer = protocol == "foundry" and _host(endpoint).endswith(_BEARER)
    return "Authorization" if bearer else "api-key"


def _host(endpoint: str) -> str:
    return urlsplit(endpoint).hostname or ""
