"""Foundry's model inference: `/embeddings`, `/images/embeddings` and `/info`."""

from __future__ import annotations

import base64
import json
import re
import uuid
from typing import Any, NamedTuple

from reconciler.emulator.exchange import Reply, Request
from reconciler.emulator.models import embedding, encoding, pictures
from reconciler.emulator.models.catalogue import DEFAULT, Model, endpoint_of
from reconciler.emulator.models.deployments import Deployments
from reconciler.emulator.models.embedding import Embedded
from reconciler.emulator.models.refused import Unprocessable
from reconciler.emulator.refusals import Refusal

Body = dict[str, Any]
KNOWN = ("input", "dimensions", "encoding_format", "input_type", "model")
OWN = {"openai": {"user"}, "cohere": {"truncate"}}  # what models take beyond the API
DATA_URL = re.compile(r"data:[\w/+.-]+;base64,(.*)", re.DOTALL)


class Asked(NamedTuple):
    """What both kinds of input have in common."""

    model: Model
    body: Body
    length: int | None
    format: str


def texts(deployments: Deployments, request: Request) -> Reply:
    asked = _asked(deployments, request)
    model, given = asked.model, asked.body.get("input")
    if not isinstance(given, list) or not given:
        raise Unprocessable(model.name, "input", given)
    if not all(isinstance(text, str) and text for text in given):
        raise Unprocessable(model.name, "input", "an item")
    if len(given) > model.texts:
        raise Refusal("model-batch", noun="texts", limit=model.texts, count=len(given))
    embedding.check_content(given)
    cut = asked.body.get("truncate", "END")
    if cut not in ("START", "END", "NONE"):
        raise Unprocessable(model.name, "truncate", cut)
    made = embedding.of_texts(deployments.text_model, model, given, asked.length, cut)
    return _answer(made, asked.format, model.answers_as, {})


def images(deployments: Deployments, request: Request) -> Reply:
    asked = _asked(deployments, request)
    model, given = asked.model, asked.body.get("input")
    if not model.pictures:
        raise Refusal("model-modality", model=model.name)
    if not isinstance(given, list) or not given or not all(map(_is_picture, given)):
        raise Unprocessable(model.name, "input", given)
    if len(given) > model.pictures:
        raise Refusal("model-batch", noun="images", limit=model.pictures, count=len(given))
    captions = [item.get("text") for item in given]
    if any(captions) and not model.captions:
        raise Unprocessable(model.name, "text", "beside an image")
    found = [picture_of(item.get("image")) for item in given]
    try:
        made = embedding.of_pictures(deployments.text_model, model, found, captions, asked.length)
    except pictures.NotAPicture:
        raise Refusal("model-picture") from None
    return _answer(made, asked.format, model.picture_name, {"images": len(given)})


def _is_picture(item: object) -> bool:
    return isinstance(item, dict) and isinstance(item.get("text"), str | None)


def info(deployments: Deployments, request: Request) -> Reply:
    model = _model(deployments, request, {})
    provider = "Cohere" if model.family == "cohere" else "OpenAI"
    answer = {
        "model_name": model.name,
        "model_type": "embeddings",
        "model_provider_name": provider,
    }
    return Reply.json(200, answer)


def picture_of(url: object) -> bytes:
    """The bytes of a picture that is a data URL. Raises Refusal."""
    match = DATA_URL.fullmatch(url) if isinstance(url, str) else None
    if match is None:
        raise Refusal("model-picture")
    try:
        return base64.b64decode(match[1], validate=True)
    except ValueError:
        raise Refusal("model-picture") from None


def _asked(deployments: Deployments, request: Request) -> Asked:
    if "api-version" not in request.query:
        raise Refusal("model-version")
    try:
        body = json.loads(request.body)
    except ValueError:
        raise Refusal("model-body") from None
    if not isinstance(body, dict):
        raise Refusal("model-body")
    model = _model(deployments, request, body)
    body = _without_extras(request, model, body)
    length, format = body.get("dimensions"), body.get("encoding_format") or "float"
    purpose = body.get("input_type") or "text"
    if length is not None and (type(length) is not int or length not in model.sizes):
        raise Unprocessable(model.name, "dimensions", length)
    if format not in model.formats:
        raise Unprocessable(model.name, "encoding_format", format)
    if purpose not in model.purposes:
        raise Unprocessable(model.name, "input_type", purpose)
    return Asked(model, body, length, format)


def _model(deployments: Deployments, request: Request, body: Body) -> Model:
    """Rule model-endpoint."""
    served = endpoint_of(request.headers.get("host", ""))
    if served is not None:
        return served
    name = body.get("model") or request.headers.get("azureml-model-deployment")
    if not name:
        return DEFAULT
    model = deployments.deployed(str(name))
    if model is None:
        raise Refusal("model-deployment")
    return model


def _without_extras(request: Request, model: Model, body: Body) -> Body:
    """The header `extra-parameters`: `drop` is also documented as `ignore`."""
    manner = request.headers.get("extra-parameters", "error").lower()
    for name in body.keys() - KNOWN:
        if manner == "pass-through":
            if name not in OWN[model.family]:
                raise Unprocessable(model.name, name, body[name])
        elif manner not in ("drop", "ignore"):
            raise Refusal("model-extra", parameter=name)
    kept = KNOWN if manner != "pass-through" else (*KNOWN, *OWN[model.family])
    return {name: value for name, value in body.items() if name in kept}


def _answer(made: Embedded, format: str, name: str, more: dict[str, int]) -> Reply:
    """FACTS i: but for `float` an embedding is one text, base64 of its bytes."""
    write = encoding.as_numbers if format == "float" else encoding.as_text
    data = [
        {"index": index, "object": "embedding", "embedding": write(vector, format)}
        for index, vector in enumerate(made.vectors)
    ]
    usage = {"prompt_tokens": made.tokens, "completion_tokens": 0, "total_tokens": made.tokens}
    reply = Reply.json(
        200,
        {
            "id": str(uuid.uuid4()),
            "object": "list",
            "data": data,
            "model": name,
            "usage": usage | more,
        },
    )
    reply.headers["num_tokens"] = str(made.tokens)
    return reply
