"""Vectors for whoever has a vectorizer: the endpoint it names is asked, as the service would."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

from reconciler.emulator.models import catalogue
from reconciler.emulator.models.calling import (
    ModelFailed,
    is_embedded,
    seconds,
    send,
    without_secrets,
)
from reconciler.emulator.models.models import Models

if TYPE_CHECKING:
    import numpy as np

__all__ = ["ModelFailed", "embed_image_url", "embed_images", "embed_texts", "post"]

Body = dict[str, Any]
OPENAI = "api-version=2024-06-01"
FOUNDRY = "api-version=2024-05-01-preview"
VISION = "api-version=2024-02-01&model-version="
IDENTITY = "Bearer the-search-service"  # stands for the token of a managed identity


def embed_texts(
    models: Models,
    vectorizer: Body,
    texts: Sequence[str],
    *,
    query: bool = False,
    dimensions: int | None = None,
) -> np.ndarray:
    """(n, d) float32, one row a text. `query`: the texts are searched with, not stored.

    `dimensions` is the wished length, where the model can be asked for one; the caller checks what
    came. Raises ModelFailed.
    """
    kind, parameters = _parts(vectorizer)
    purpose = "query" if query else "document"
    match kind:
        case "azureOpenAI":
            rows = _from_openai(models, parameters, texts, dimensions)
        case "aml":
            rows = _from_foundry(models, parameters, "embeddings", texts, dimensions, purpose)
        case "aiServicesVision":
            rows = (_from_vision(models, parameters, "vectorizeText", {"text": t}) for t in texts)
        case "customWebApi":
            rows = (_from_web(models, parameters, {"text": text}) for text in texts)
        case _:
            raise ModelFailed(f"the emulator has no vectorizer of kind {kind}")
    return _matrix(rows)


def embed_images(models: Models, vectorizer: Body, images: Sequence[bytes]) -> np.ndarray:
    """(n, d) float32, one row an image. Raises ModelFailed."""
    kind, parameters = _parts(vectorizer)
    match kind:
        case "aml":
            inputs = [{"image": f"data:image/png;base64,{_base64(image)}"} for image in images]
            rows = _from_foundry(models, parameters, "images/embeddings", inputs, None)
        case "aiServicesVision":
            rows = (_from_vision(models, parameters, "vectorizeImage", image) for image in images)
        case "customWebApi":
            binaries = ({"imageBinary": {"data": _base64(image)}} for image in images)
            rows = (_from_web(models, parameters, binary) for binary in binaries)
        case _:
            raise ModelFailed(f"a vectorizer of kind {kind} takes no images")
    return _matrix(rows)


def embed_image_url(models: Models, vectorizer: Body, url: str) -> np.ndarray:
    """(1, d) float32 of the image at a URL, which the endpoint fetches. Raises ModelFailed."""
    kind, parameters = _parts(vectorizer)
    match kind:
        case "aiServicesVision":
            row = _from_vision(models, parameters, "vectorizeImage", {"url": url})
        case "customWebApi":
            row = _from_web(models, parameters, {"imageUrl": {"url": url}})
        case _:
            raise ModelFailed(f"a vectorizer of kind {kind} takes no image URLs")
    return _matrix(iter([row]))


def post(
    models: Models, url: str, body: object, headers: Mapping[str, str], timeout: float
) -> tuple[int, Any]:
    """POST JSON to a model or a skill: see `send`. Raises ModelFailed."""
    return send(models, "POST", url, body, headers, timeout)


def _from_openai(
    models: Models, parameters: Body, texts: Sequence[str], dimensions: int | None
) -> Iterator[Any]:
    model = catalogue.named(str(parameters.get("modelName")))
    length = dimensions or parameters.get("dimensions")
    body: Body = {"encoding_format": "base64"}
    if length and model is not None and (model.shortens or length != model.dimensions):
        body["dimensions"] = length
    url = _openai_url(models, parameters)
    headers = _credential(parameters, "apiKey", "api-key")
    for batch in _batches(texts, model.texts if model else 1):
        answer = _asked(models, url, body | {"input": batch}, headers)
        yield from _embeddings(answer, len(batch))


def _openai_url(models: Models, parameters: Body) -> str:
    """Rule model-deployment-outside."""
    place = str(parameters.get("resourceUri") or "").rstrip("/")
    deployment = str(parameters.get("deploymentId") or "")
    if is_embedded(models, urlsplit(f"{place}/openai/")) and not models.deployments.deployed(
        deployment
    ):
        deployment = str(parameters.get("modelName") or deployment)
    return f"{place}/openai/deployments/{quote(deployment, safe='')}/embeddings?{OPENAI}"


def _from_foundry(
    models: Models,
    parameters: Body,
    path: str,
    inputs: Sequence[Any],
    dimensions: int | None,
    purpose: str | None = None,
) -> Iterator[Any]:
    uri = str(parameters.get("uri") or "").rstrip("/")
    name = str(parameters.get("modelName") or "")
    model = catalogue.named(name) or catalogue.endpoint_of(name) or catalogue.DEFAULT
    body: Body = {"model": model.name} if name else {}
    if purpose:
        body["input_type"] = purpose
    if dimensions and model.shortens:
        body["dimensions"] = dimensions
    headers = _credential(parameters, "key", "authorization")
    wait = seconds(parameters.get("timeout"))
    for batch in _batches(inputs, model.texts if path == "embeddings" else model.pictures):
        url = f"{uri}/{path}?{FOUNDRY}"
        answer = _asked(models, url, body | {"input": batch}, headers, wait)
        yield from _embeddings(answer, len(batch))


def _from_vision(models: Models, parameters: Body, verb: str, body: Body | bytes) -> Any:
    place = str(parameters.get("resourceUri") or "").rstrip("/")
    version = parameters.get("modelVersion") or ""
    url = f"{place}/computervision/retrieval:{verb}?{VISION}{version}"
    headers = _credential(parameters, "apiKey", "ocp-apim-subscription-key")
    return _asked(models, url, body, headers).get("vector")


def _from_web(models: Models, parameters: Body, data: Body) -> Any:
    """One record a call; its errors and warnings are ignored (vector-search-vectorizer-custom)."""
    given = parameters.get("httpHeaders") or {}
    headers = {name: value for name, value in given.items() if value is not None}
    if parameters.get("authResourceId"):
        headers["authorization"] = IDENTITY
    wait = seconds(parameters.get("timeout"))
    method = str(parameters.get("httpMethod") or "POST").upper()
    record = {"values": [{"recordId": "0", "data": data}]}
    answer = _asked(models, str(parameters.get("uri")), record, headers, wait, method)
    match answer.get("values"):
        case [{"data": {"vector": vector}}, *_]:
            return vector
    raise ModelFailed("the web API's answer has no record with data.vector")


def _asked(
    models: Models,
    url: str,
    body: object,
    headers: Mapping[str, str],
    timeout: float = 30.0,
    method: str = "POST",
) -> Body:
    """The answer to a call that succeeds. Raises ModelFailed."""
    status, answer = send(models, method, url, body, headers, timeout)
    if status >= 300:
        place = urlsplit(url).hostname or "the endpoint"
        message = without_secrets(_message(answer), url, headers)
        said = without_secrets(answer, url, headers)
        raise ModelFailed(f"{place} answered {status}: {message}", status, said)
    if not isinstance(answer, dict):
        raise ModelFailed("the endpoint's answer is not a JSON object", status)
    return answer


def _message(answer: Any) -> str:
    error = answer.get("error") if isinstance(answer, dict) else None
    said = error if isinstance(error, dict) else answer if isinstance(answer, dict) else {}
    return str(said.get("message") or "without a message")


def _embeddings(answer: Body, count: int) -> list[Any]:
    match answer.get("data"):
        case [*items] if len(items) == count and all(isinstance(item, dict) for item in items):
            ordered = sorted(items, key=lambda item: item.get("index", 0))
            return [item.get("embedding") for item in ordered]
    raise ModelFailed(f"the endpoint's answer has no {count} embeddings")


def _matrix(rows: Iterator[Any]) -> np.ndarray:
    """Lists of numbers, or base64 of float32, as (n, d) float32."""
    import numpy as np

    found = list(rows)
    try:
        vectors = [
            np.frombuffer(base64.b64decode(row), "<f4")
            if isinstance(row, str)
            else np.asarray(row, np.float32)
            for row in found
        ]
        matrix = np.stack(vectors) if vectors else np.empty((0, 0), np.float32)
    except (TypeError, ValueError):
        matrix = np.empty(0, np.float32)
    if matrix.ndim != 2:
        raise ModelFailed("the endpoint's answer has something else than vectors")
    return matrix


def _parts(vectorizer: Body) -> tuple[str, Body]:
    kind = str(vectorizer.get("kind"))
    return kind, vectorizer.get(f"{kind}Parameters") or {}


def _credential(parameters: Body, key: str, header: str) -> dict[str, str]:
    """A key, else the token of the service's identity."""
    secret = parameters.get(key)
    if not secret:
        return {"authorization": IDENTITY}
    return {header: f"Bearer {secret}" if header == "authorization" else str(secret)}


def _batches(items: Sequence[Any], size: int) -> Iterator[list[Any]]:
    for start in range(0, len(items), max(size, 1)):
        yield list(items[start : start + max(size, 1)])


def _base64(image: bytes) -> str:
    return base64.b64encode(image).decode()
