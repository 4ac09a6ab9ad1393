"""Cohere's own embed API, which Cohere's endpoints also have: `/v1/embed` and `/v2/embed`."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from typing import Any

from reconciler.emulator.exchange import Reply, Request
from reconciler.emulator.models import embedding, encoding, pictures
from reconciler.emulator.models.catalogue import DEFAULT, Model, endpoint_of
from reconciler.emulator.models.deployments import Deployments
from reconciler.emulator.models.embedding import Embedded
from reconciler.emulator.models.foundry import picture_of
from reconciler.emulator.refusals import Refusal

Body = dict[str, Any]
TYPES = ("float", "int8", "uint8", "binary", "ubinary", "base64")
PURPOSES = ("search_document", "search_query", "classification", "clustering", "image")


def embed(deployments: Deployments, request: Request) -> Reply:
    """What the AML skill calls (vector-search-integrated-vectorization-ai-studio)."""
    body = _body(request)
    model = _model(deployments, request, body)
    purpose = body.get("input_type")
    if purpose is not None and purpose not in PURPOSES:
        raise _problem("input_type must be one of " + ", ".join(PURPOSES))
    types = body.get("embedding_types")
    if types is not None and not _is_list(types, TYPES.__contains__):
        raise _problem("embedding_types must be of " + ", ".join(TYPES))
    make = _of_images if body.get("images") else _of_texts
    made = make(deployments, model, body)
    return _answer(made, types, body)


def _of_texts(deployments: Deployments, model: Model, body: Body) -> Embedded:
    texts: Any = body.get("texts")
    if not _is_list(texts, lambda text: isinstance(text, str) and text):
        raise _problem("texts must be a list of strings, or images a list of one data URL")
    if len(texts) > model.texts:
        raise Refusal("model-batch", noun="texts", limit=model.texts, count=len(texts))
    cut = body.get("truncate", "END")
    if cut not in ("START", "END", "NONE"):
        raise _problem("truncate must be one of START, END, NONE")
    return embedding.of_texts(deployments.text_model, model, texts, _length(model, body), cut)


def _of_images(deployments: Deployments, model: Model, body: Body) -> Embedded:
    images = body["images"]
    if not isinstance(images, list):
        raise _problem("images must be a list of one data URL")
    if len(images) > model.pictures:
        raise Refusal("model-batch", noun="images", limit=model.pictures, count=len(images))
    try:
        found = [picture_of(image) for image in images]
        return embedding.of_pictures(
            deployments.text_model, model, found, [None], _length(model, body)
        )
    except pictures.NotAPicture:
        raise Refusal("model-picture") from None


def _length(model: Model, body: Body) -> int | None:
    length = body.get("output_dimension")
    if length is not None and (type(length) is not int or length not in model.sizes):
        raise _problem(f"output_dimension is not one of {model.name}")
    return length


def _model(deployments: Deployments, request: Request, body: Body) -> Model:
    """Rule model-endpoint."""
    named = deployments.deployed(str(body["model"])) if body.get("model") else DEFAULT
    model = endpoint_of(request.headers.get("host", "")) or named
    if model is None or model.family != "cohere":
        raise Refusal("model-deployment")
    return model


def _body(request: Request) -> Body:
    try:
        body = json.loads(request.body)
    except ValueError:
        raise _problem("the body is not JSON") from None
    if not isinstance(body, dict):
        raise _problem("the body is not a JSON object")
    return body


def _is_list(value: object, fits: Callable[[Any], object]) -> bool:
    return isinstance(value, list) and bool(value) and all(fits(item) for item in value)


def _problem(text: str) -> Refusal:
    return Refusal("model-cohere", problem=text)


def _answer(made: Embedded, types: list[str] | None, body: Body) -> Reply:
    """Without types the vectors come bare; with types, an object with a list for each."""
    rows: Any = [encoding.as_numbers(vector, "float") for vector in made.vectors]
    kind = "embeddings_floats"
    if types:
        kind = "embeddings_by_type"
        rows = {name: [_written(vector, name) for vector in made.vectors] for name in types}
    meta = {"api_version": {"version": "1"}, "billed_units": {"input_tokens": made.tokens}}
    answer = {"id": str(uuid.uuid4()), "texts": body.get("texts") or [], "embeddings": rows}
    return Reply.json(200, answer | {"meta": meta, "response_type": kind})


def _written(vector: Any, name: str) -> Any:
    write = encoding.as_text if name == "base64" else encoding.as_numbers
    return write(vector, name)
