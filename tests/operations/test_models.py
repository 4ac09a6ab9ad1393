"""EmbeddingModels, each probed at an endpoint that answers as real ones do."""

from __future__ import annotations

import asyncio
import base64
import json
import struct
from collections.abc import Callable
from typing import Any

import pytest

from reconciler.assertions.result import AssertionResult
from reconciler.session.session import Session
from reconciler.session.workspace import Settings
from tests.faults.gateway import Answer, Forward, Gateway, Instead, Request, gateway
from tests.world import Ran, World

KEY = "the-key-of-the-model"


def declare(world: World, endpoint: str, **spec: Any) -> None:
    """An EmbeddingModel `m` with a key from a secret."""
    world.project("secrets: {model: {env: MODEL_KEY}}")
    world.environ["MODEL_KEY"] = KEY
    world.environ.pop("RECONCILER_DEBUG", None)
    defaults = {"credential": {"apiKey": "${secret.model}"}, "endpoint": endpoint}
    document = {
        "apiVersion": "reconciler/v1",
        "kind": "EmbeddingModel",
        "metadata": {"name": "m"},
        "spec": {**defaults, **spec},
    }
    world.write("manifests/model.json", json.dumps(document))


class Model:
    """An endpoint of Azure OpenAI or Foundry: what it knows, and what it refuses."""

    def __init__(self, **knows: Any) -> None:
        self.dimensions = knows.get("dimensions", 8)
        self.fixed = knows.get("fixed", False)
        self.types = knows.get("types", ("text", "query", "document"))
        self.formats = knows.get("formats", ("float", "base64", "int8", "ubinary"))
        self.batch = knows.get("batch", 96)
        self.images = knows.get("images", False)

    def __call__(self, request: Request, forward: Forward) -> Answer:
        del forward
        if KEY not in (
            request.headers.get("api-key"),
            request.headers.get("ocp-apim-subscription-key"),
            request.headers.get("authorization", "").removeprefix("Bearer "),
        ):
            return answer(401, {"statusCode": 401, "message": "Auth token validation failed."})
        if "images" in request.path and not self.images:
            return answer(404, {"error": {"code": "NotFound", "message": "No such route."}})
        asked = json.loads(request.body)
        refused = self.refused(asked)
        if refused:
            return answer(422, {"error": {"code": "Invalid", "message": refused}})
        size = asked.get("dimensions", self.dimensions)
        vector = encoded([0.5] * size, asked.get("encoding_format", "float"))
        data = [{"index": n, "embedding": vector} for n in range(len(asked["input"]))]
        return answer(200, {"object": "list", "data": data})

    def refused(self, asked: dict[str, Any]) -> str:
        if self.fixed and "dimensions" in asked:
            return "dimensions is not supported"
        if asked.get("input_type", "text") not in self.types:
            return "unknown input_type"
        if asked.get("encoding_format", "float") not in self.formats:
            return "unknown encoding_format"
        return "too many inputs" if len(asked["input"]) > self.batch else ""


def encoded(vector: list[float], form: str) -> Any:
    if form == "float":
        return vector
    if form == "base64":
        return base64.b64encode(struct.pack(f"<{len(vector)}f", *vector)).decode()
    if form == "int8":
        return [1] * len(vector)
    return base64.b64encode(bytes(len(vector) // 8)).decode()


def answer(status: int, body: Any, **headers: str) -> Answer:
    return Answer(status, json.dumps(body).encode(), headers=headers)


def ask(world: World, *arguments: str) -> Ran:
    ran = world.cli("test", *arguments)
    assert KEY not in ran.out + ran.err
    return ran


FOUNDRY = {"protocol": "foundry", "model": "embed-v4", "dimensions": 8}
OPENAI = {"protocol": "azureOpenAI", "deployment": "large", "dimensions": 8}
VISION = {"protocol": "vision", "dimensions": 8, "modality": "text+image"}


def test_all_that_is_declared_is_probed(world: World, endpoint: Gateway) -> None:
    declare(
        world,
        f"{endpoint.url}/models",
        **FOUNDRY,
        modality="text+image",
        imageBatch=2,
        inputTypes=["query", "document"],
        encodingFormats=["float", "base64", "int8", "ubinary"],
    )
    endpoint.harm = Model(images=True)
    ran = ask(world)
    assert ran == (
        0,
        "ok      EmbeddingModel/m: text 8 numbers (input type query, input type document, "
        "format float, format base64, format int8, format ubinary, 2 at a time); image 8 numbers "
        "(format float, format base64, format int8, format ubinary, 2 at a time)\n\nAll 1 hold.\n",
        "",
    )
    sent = [(request.path, json.loads(request.body)) for request in endpoint.requests]
    assert all(body["model"] == "embed-v4" and body["dimensions"] == 8 for _, body in sent)
    texts = [body for path, body in sent if path == "/models/embeddings"]
    images = [body for path, body in sent if path == "/models/images/embeddings"]
    assert [body.get("input_type") for body in texts] == [None, "query", "document", *[None] * 5]
    formats = [None, "float", "base64", "int8", "ubinary", None]
    assert [body.get("encoding_format") for body in images] == formats
    assert [len(body["input"]) for body in images] == [1, 1, 1, 1, 1, 2]
    assert images[0]["input"][0]["image"].startswith("data:image/png;base64,iVBORw0KGgo")
    assert endpoint.requests[0].query == {"api-version": "2024-05-01-preview"}


def test_azure_openai(world: World, endpoint: Gateway) -> None:
    declare(world, endpoint.url, **OPENAI, encodingFormats=["base64"])
    endpoint.harm = Model()
    ran = ask(world)
    assert ran.out == (
        "ok      EmbeddingModel/m: text 8 numbers (format base64, 2 at a time)\n\nAll 1 hold.\n"
    )
    assert {request.path for request in endpoint.requests} == {
        "/openai/deployments/large/embeddings"
    }
    assert endpoint.requests[0].query == {"api-version": "2024-06-01"}


def test_vision(world: World, endpoint: Gateway) -> None:
    declare(world, endpoint.url, **VISION)
    endpoint.harm = lambda *_: answer(200, {"vector": [0.1] * 8, "modelVersion": "x"})
    assert ask(world).code == 0
    text, image = endpoint.requests
    assert text.path == "/computervision/retrieval:vectorizeText"
    assert text.query == {"api-version": "2024-02-01", "model-version": "2023-04-15"}
    assert image.path == "/computervision/retrieval:vectorizeImage"
    assert image.body.startswith(b"\x89PNG")
    assert image.headers["ocp-apim-subscription-key"] == KEY


@pytest.mark.parametrize(
    ("host", "header", "value"),
    [
        ("embed-v3.eastus2.models.ai.azure.com", "authorization", f"Bearer {KEY}"),
        ("embed-v3.eastus2.inference.ml.azure.com", "authorization", f"Bearer {KEY}"),
        ("docs.services.ai.azure.com", "api-key", KEY),
    ],
)
def test_where_the_key_goes(
    world: World, endpoint: Gateway, host: str, header: str, value: str
) -> None:
    """By the host of the endpoint, which a gateway stands for here."""
    declare(world, f"https://{host}", **FOUNDRY)
    endpoint.harm = Model()
    (verdict,) = asked_of(world, endpoint)
    assert verdict.ok
    assert {request.headers["host"] for request in endpoint.requests} == {host}
    for request in endpoint.requests:
        sent = {name: request.headers.get(name) for name in ("authorization", "api-key")}
        assert sent == {"authorization": None, "api-key": None, header: value}


def asked_of(world: World, endpoint: Gateway) -> list[AssertionResult]:
    """What the models of a project say, where a gateway stands at every host."""
    settings = Settings(world.root, environ=world.environ, transport=Instead(endpoint))

    async def ask() -> list[AssertionResult]:
        async with Session.open(settings) as session:
            session.workspace.require_valid()
            return await session.test(session.workspace.manifests.local, concurrency=1)

    return asyncio.run(ask())


def error(status: int, message: str, code: str = "") -> Callable[[Request, Forward], Answer]:
    return lambda *_: answer(status, {"error": {"code": code, "message": message}})


REFUSED: dict[str, tuple[dict[str, Any], Any, list[str]]] = {
    "401": (
        OPENAI,
        lambda *_: answer(401, {"statusCode": 401, "message": "Auth token validation failed"}),
        ["text: 401: no valid credential: check credential.apiKey", "Auth token validation"],
    ),
    "403": (
        OPENAI,
        error(403, "Public access is disabled."),
        ["403: not allowed: the resource takes no keys", "Public access is disabled"],
    ),
    "no deployment": (
        OPENAI,
        error(404, "The API deployment for this resource does not exist.", "DeploymentNotFound"),
        ["404: no such deployment: check `deployment`", "does not exist"],
    ),
    "no images": (
        {**FOUNDRY, "modality": "image"},
        Model(),
        ["image: 404: no such model here", "whether it embeds the declared `modality`"],
    ),
    "a model that does not embed": (
        OPENAI,
        error(400, "The embeddings operation does not work with the model gpt-4o."),
        ["text: 400: The embeddings operation does not work", "fix: check that this is an embed"],
    ),
    "no dimensions": (
        FOUNDRY,
        Model(dimensions=4, fixed=True),
        [
            "it does not take `dimensions` (422: dimensions is not supported), and the vectors",
            "have 4 numbers, and 8 are declared",
            "fix: write `dimensions: 4`",
        ],
    ),
    "another length": (
        FOUNDRY,
        lambda *_: answer(200, {"data": [{"embedding": [0.5] * 3}]}),
        ["text: the vectors have 3 numbers, and 8 are declared", "fix: write `dimensions: 3`"],
    ),
    "an input type": (
        {**FOUNDRY, "inputTypes": ["query"]},
        Model(types=("text",)),
        ["text, input type query: 422: unknown input_type", "take `query` out of `inputTypes`"],
    ),
    "a format": (
        {**FOUNDRY, "encodingFormats": ["float", "int8"]},
        Model(formats=("float",)),
        ["text, format int8: 422: unknown", "take `int8` out of `encodingFormats`"],
    ),
    "a batch": (
        FOUNDRY,
        Model(batch=1),
        ["text, 2 at a time: 422: too many inputs", "it takes one input at a time: write `batch:"],
    ),
    "two pictures": (
        {**FOUNDRY, "modality": "image", "imageBatch": 2},
        Model(images=True, batch=1),
        ["image, 2 at a time: 422: too many inputs", "take `imageBatch` out"],
    ),
    "another shape of error": (
        OPENAI,
        lambda *_: answer(400, {"error": "Bad Request", "message": "Too long.", "status": 400}),
        ["text: 400: Too long."],
    ),
    "a quota": (
        OPENAI,
        lambda *_: answer(429, {"error": {"message": "Slow down."}}, **{"retry-after": "0"}),
        ["429: too many requests also at attempt 2, or the quota is used up", "Slow down"],
    ),
    "the content filter": (
        OPENAI,
        error(400, "The response was filtered.", "content_filter"),
        ["the content filter refused a harmless probe (400: The response was filtered.)"],
    ),
    "no vectors": (
        OPENAI,
        lambda *_: answer(200, {"choices": []}),
        ["an answer came without vectors: is this the endpoint of an embedding model?"],
    ),
    "a sign-in page": (
        OPENAI,
        lambda *_: Answer(200, b"<html>", "text/html"),
        ["answered 200 with text/html: this is not Azure OpenAI: check the endpoint, proxies"],
    ),
}


@pytest.mark.parametrize(("spec", "harm", "said"), REFUSED.values(), ids=REFUSED)
def test_what_is_refused(
    world: World, endpoint: Gateway, spec: dict[str, Any], harm: Any, said: list[str]
) -> None:
    declare(world, endpoint.url, **spec)
    endpoint.harm = harm
    ran = ask(world)
    assert (ran.code, ran.err, ran.last) == (1, "", "0 of 1 hold.")
    assert ran.out.startswith("failed  EmbeddingModel/m")
    assert [words for words in said if words not in ran.out] == [], ran.out


def test_where_the_first_request_fails_no_more_are_sent(world: World, endpoint: Gateway) -> None:
    declare(world, endpoint.url, **FOUNDRY, inputTypes=["query", "document"])
    endpoint.harm = error(404, "nothing here")
    ask(world)
    assert len(endpoint.requests) == 1


def test_a_fixed_length_is_fine_when_it_is_the_declared_one(
    world: World, endpoint: Gateway
) -> None:
    declare(world, endpoint.url, **FOUNDRY, batch=1)
    endpoint.harm = Model(fixed=True)
    ran = ask(world)
    assert (ran.code, "text 8 numbers, always (it takes no `dimensions`)" in ran.out) == (0, True)
    assert [len(json.loads(request.body)["input"]) for request in endpoint.requests] == [1, 1]


def test_nobody_answers(world: World) -> None:
    with gateway(Model()) as gone:
        pass
    declare(world, gone.url, **OPENAI)
    ran = ask(world)
    assert (ran.code, f"cannot connect to {gone.url}" in ran.out) == (1, True)


def test_a_name_that_does_not_resolve(world: World) -> None:
    declare(world, "https://nobody.invalid", **OPENAI)
    ran = ask(world)
    assert (ran.code, "nobody.invalid" in ran.out, "check" in ran.out) == (1, True, True)


def test_a_secret_that_is_not_here(world: World, endpoint: Gateway) -> None:
    declare(world, endpoint.url, **OPENAI)
    del world.environ["MODEL_KEY"]
    ran = ask(world)
    missing = "credential: the secret `model` (the environment variable MODEL_KEY) is not available"
    assert (ran.code, missing in ran.out) == (1, True), ran.out
    assert endpoint.requests == []


def test_a_key_that_an_endpoint_repeats_is_not_printed(world: World, endpoint: Gateway) -> None:
    declare(world, endpoint.url, **OPENAI)
    endpoint.harm = error(401, f"The key {KEY} is wrong.")
    ran = ask(world)
    assert "The key (sensitive value) is wrong" in ran.out
    assert KEY not in ask(world, "--format", "json").out


def test_json(world: World, endpoint: Gateway) -> None:
    declare(world, endpoint.url, **FOUNDRY)
    endpoint.harm = Model(batch=1)
    told = json.loads(ask(world, "--format", "json").out)
    (result,) = told["results"]
    assert (told["ok"], result["kind"], result["name"], result["ok"]) == (
        False,
        "EmbeddingModel",
        "m",
        False,
    )
    (failure,) = result["failures"]
    assert (failure["asked"], failure["status"]) == ("text, 2 at a time", 422)


def test_models_are_never_planned(world: World, endpoint: Gateway) -> None:
    declare(world, endpoint.url, **FOUNDRY)
    assert world.plan()["empty"]
    assert world.cli("apply", "-y").code == 0
    assert (world.writes(), endpoint.requests) == ([], [])
