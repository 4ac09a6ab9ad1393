"""Azure OpenAI's embeddings: `/openai/deployments/{d}/embeddings` and `/openai/v1/embeddings`."""

from __future__ import annotations

import json
from typing import Any

from reconciler.emulator.exchange import Reply, Request
from reconciler.emulator.models import bytepairs, embedding, encoding
from reconciler.emulator.models.catalogue import PLAIN, Model
from reconciler.emulator.models.deployments import Deployments
from reconciler.emulator.refusals import Refusal

Body = dict[str, Any]


def of_deployment(deployments: Deployments, request: Request, deployment: str) -> Reply:
    if "api-version" not in request.query:
        raise Refusal("model-resource")
    return _embeddings(deployments, deployment, _body(request))


def of_model(deployments: Deployments, request: Request) -> Reply:
    """The form without versions: `model` is the deployment."""
    body = _body(request)
    return _embeddings(deployments, str(body.get("model")), body)


def _embeddings(deployments: Deployments, deployment: str, body: Body) -> Reply:
    model = deployments.deployed(deployment)
    if model is None:
        raise Refusal("model-deployment")
    if model.family != "openai":
        raise Refusal("model-operation", model=model.name)
    texts = _texts(body.get("input"), model)
    format = _format(body)
    length = _length(body, model)
    embedding.check_content(texts)
    made = embedding.of_texts(deployments.text_model, model, texts, length)
    write = encoding.as_text if format == "base64" else encoding.as_numbers
    data = [
        {"object": "embedding", "index": index, "embedding": write(vector, format)}
        for index, vector in enumerate(made.vectors)
    ]
    usage = {"prompt_tokens": made.tokens, "total_tokens": made.tokens}
    answer = {"object": "list", "data": data, "model": model.answers_as, "usage": usage}
    return Reply.json(200, answer)


def _body(request: Request) -> Body:
    try:
        body = json.loads(request.body)
    except ValueError:
        raise Refusal("model-json") from None
    if not isinstance(body, dict):
        raise Refusal("model-json")
    return body


def _texts(given: object, model: Model) -> list[str]:
    """`input` is a text or a list of texts, or either of them as tokens."""
    items = [given] if isinstance(given, str) or _is_tokens(given) else given
    if not isinstance(items, list) or not 0 < len(items) <= model.texts:
        raise Refusal("model-input")
    return [_text(item) for item in items]


def _text(item: Any) -> str:
    try:
        text = bytepairs.decode(item) if _is_tokens(item) else item
    except ValueError:
        raise Refusal("model-input") from None
    if not isinstance(text, str) or not text:
        raise Refusal("model-input")
    return text


def _is_tokens(item: object) -> bool:
    return isinstance(item, list) and bool(item) and all(type(number) is int for number in item)


def _format(body: Body) -> str:
    format = body.get("encoding_format") or "float"
    if format not in PLAIN:
        raise Refusal("model-format", value=format)
    return str(format)


def _length(body: Body, model: Model) -> int | None:
    length = body.get("dimensions")
    if length is None:
        return None
    if not model.sizes:
        raise Refusal("model-dimensions-fixed")
    if type(length) is not int or length not in model.sizes:
        raise Refusal("model-dimensions", value=length, limit=model.dimensions)
    return length
