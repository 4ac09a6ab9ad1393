"""AI Vision's multimodal embeddings: `retrieval:vectorizeText` and `retrieval:vectorizeImage`."""

from __future__ import annotations

import json
from typing import Any

from reconciler.emulator.exchange import Reply, Request
from reconciler.emulator.models import embedding, encoding, pictures
from reconciler.emulator.models.catalogue import VISION
from reconciler.emulator.models.deployments import Deployments
from reconciler.emulator.models.embedding import Embedded
from reconciler.emulator.refusals import Refusal

VERSION = "2023-04-15"
WORDS = 70
BYTES = 20 << 20
SIDES = range(10, 16_001)
PATIENCE = 10.0  # seconds for the server that has the image


def text(deployments: Deployments, request: Request) -> Reply:
    _check(request)
    given = _property(request, "text")
    if not 0 < len(given.split()) <= WORDS:
        raise Refusal("vision-text")
    return _answer(embedding.of_texts(deployments.text_model, VISION, [given], None))


def image(deployments: Deployments, request: Request) -> Reply:
    """The picture is the body itself, or the JSON body has its `url`."""
    _check(request)
    kind = request.headers.get("content-type", "")
    picture = request.body
    if kind.startswith("application/json"):
        picture = _fetched(_property(request, "url"))
    if not 0 < len(picture) <= BYTES:
        raise Refusal("vision-bytes")
    try:
        if any(side not in SIDES for side in pictures.size(picture)):
            raise Refusal("vision-size")
        return _answer(
            embedding.of_pictures(deployments.text_model, VISION, [picture], [None], None)
        )
    except pictures.NotAPicture:
        raise Refusal("vision-image") from None


def _check(request: Request) -> None:
    if "api-version" not in request.query:
        raise Refusal("model-resource")
    version = request.query.get("model-version", "")
    if version != VERSION:
        raise Refusal("vision-model", value=version)


def _property(request: Request, name: str) -> str:
    try:
        body: Any = json.loads(request.body)
    except ValueError:
        raise Refusal("vision-body", what="JSON object") from None
    value = body.get(name) if isinstance(body, dict) else None
    if not isinstance(value, str):
        raise Refusal("vision-body", what=name)
    return value


def _fetched(url: str) -> bytes:
    """A real call to the server that the caller named."""
    import httpx

    try:
        reply = httpx.get(url, timeout=PATIENCE, follow_redirects=True)
        reply.raise_for_status()
    except (httpx.HTTPError, httpx.InvalidURL):
        raise Refusal("vision-url") from None
    return reply.content


def _answer(made: Embedded) -> Reply:
    vector = encoding.as_numbers(made.vectors[0], "float")
    return Reply.json(200, {"modelVersion": VERSION, "vector": vector})
