"""Vectors by a vectorizer's definition: the models here, and servers elsewhere."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import numpy as np
import pytest

from reconciler.emulator import Settings
from reconciler.emulator.models.models import Models
from reconciler.emulator.models.vectorize import (
    ModelFailed,
    embed_image_url,
    embed_images,
    embed_texts,
    post,
)

SECRET = "a-secret-of-the-vectorizer"


class Server(HTTPServer):
    """Somebody's web API: answers what it is told to, and keeps what it was asked."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[Any] = []
        self.status, self.kind, self.seconds = 200, "application/json; charset=utf-8", 0.0
        self.answer: Any = {"values": [{"recordId": "0", "data": {"vector": [1, 2, 3]}}]}

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/api/embed"


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_POST(self) -> None:
        length = int(self.headers["content-length"])
        body = json.loads(self.rfile.read(length))
        self.server.asked.append((self.command, self.headers["x-code"], body))
        time.sleep(self.server.seconds)
        content = json.dumps(self.server.answer).encode()
        self.send_response(self.server.status)
        self.send_header("content-type", self.server.kind)
        self.send_header("content-length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_PUT = do_POST  # noqa: N815 (the name is http.server's)

    def log_message(self, format: str, *arguments: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def models() -> Models:
    return Models(Settings(admin_key="of the search service", deployments={"d": "embed-v-4-0"}))


def openai(deployment: str, model: str, **more: Any) -> dict[str, Any]:
    place = {"resourceUri": "https://account.openai.azure.com", "deploymentId": deployment}
    return {
        "name": "v",
        "kind": "azureOpenAI",
        "azureOpenAIParameters": place | {"modelName": model, "apiKey": SECRET} | more,
    }


def aml(host: str, model: str | None) -> dict[str, Any]:
    parameters = {"uri": f"https://{host}.models.ai.azure.com", "key": SECRET, "modelName": model}
    return {"name": "v", "kind": "aml", "amlParameters": parameters}


def vision(version: str = "2023-04-15") -> dict[str, Any]:
    place = {"resourceUri": "https://account.cognitiveservices.azure.com", "modelVersion": version}
    return {"name": "v", "kind": "aiServicesVision", "aiServicesVisionParameters": place}


def web(server: Server, **more: Any) -> dict[str, Any]:
    parameters = {"uri": server.url, "httpHeaders": {"x-code": SECRET}}
    return {"name": "v", "kind": "customWebApi", "customWebApiParameters": parameters | more}


def test_openai(models: Models) -> None:
    vectorizer = openai("an-unknown-deployment", "text-embedding-3-large")
    whole = embed_texts(models, vectorizer, ["a text", "another"])
    short = embed_texts(models, vectorizer, ["a text"], query=True, dimensions=256)
    assert (whole.shape, short.shape, whole.dtype) == ((2, 3072), (1, 256), np.float32)
    own = openai("x", "text-embedding-3-small", dimensions=512)
    assert embed_texts(models, own, ["a text"]).shape == (1, 512)
    ada = openai("x", "text-embedding-ada-002")
    assert embed_texts(models, ada, ["a text"], dimensions=1536).shape == (1, 1536)
    assert embed_texts(models, ada, []).shape[0] == 0


def test_more_texts_than_fit_in_one_call(models: Models) -> None:
    texts = [f"text {number}" for number in range(2100)]
    small = openai("x", "text-embedding-3-small")
    many = embed_texts(models, small, texts, dimensions=8)
    assert many.shape == (2100, 8)
    assert np.allclose(many[2099:], embed_texts(models, small, texts[2099:], dimensions=8))
    assert embed_texts(models, aml("Cohere-embed-v3-english-abc", None), texts[:100]).shape == (
        100,
        1024,
    )


def test_foundry(models: Models, cat: bytes) -> None:
    three = aml("Cohere-embed-v3-multilingual-hin.eastus", "Cohere-embed-v3-multilingual-hin")
    four = aml("somewhere.eastus", "Cohere-embed-v4")
    assert embed_texts(models, three, ["a text"], query=True, dimensions=1024).shape == (1, 1024)
    assert embed_texts(models, four, ["a text"]).shape == (1, 1536)
    assert embed_texts(models, four, ["a text"], dimensions=512).shape == (1, 512)
    assert embed_images(models, three, [cat, cat]).shape == (2, 1024)


@pytest.mark.parametrize(
    "vectorizer", [vision(), aml("x", "Cohere-embed-v3-english")], ids=["vision", "foundry"]
)
def test_a_picture_is_nearest_to_its_words(
    models: Models, vectorizer: dict[str, Any], cat: bytes, coffee: bytes
) -> None:
    words = embed_texts(models, vectorizer, ["a cat", "a cup of coffee", "the annual report"])
    pictures = embed_images(models, vectorizer, [cat, coffee])
    assert (words @ pictures.T).argmax(axis=0).tolist() == [0, 1]


def test_web_api(models: Models, server: Server, cat: bytes) -> None:
    vectorizer = web(server)
    assert embed_texts(models, vectorizer, ["a", "b"]).tolist() == [[1, 2, 3], [1, 2, 3]]
    embed_images(models, web(server, httpMethod="PUT"), [cat])
    embed_image_url(models, vectorizer, "https://example.org/cat.jpg")
    methods = [method for method, _, _ in server.asked]
    assert methods == ["POST", "POST", "PUT", "POST"]
    assert {code for _, code, _ in server.asked} == {SECRET}
    sent = [body["values"] for _, _, body in server.asked]
    assert sent[0] == [{"recordId": "0", "data": {"text": "a"}}]
    assert list(sent[2][0]["data"]["imageBinary"]) == ["data"]
    assert sent[3][0]["data"] == {"imageUrl": {"url": "https://example.org/cat.jpg"}}


@pytest.mark.parametrize(
    "answer",
    [
        {"values": []},
        {"values": [{"recordId": "0", "data": {}}]},
        {"values": [{"recordId": "0", "data": {"vector": ["a"]}}]},
        {"values": [{"recordId": "0", "data": {"vector": None}}]},
        {"values": [{"recordId": "0", "data": {"vector": 1}}]},
        [],
    ],
)
def test_an_answer_without_a_vector(models: Models, server: Server, answer: Any) -> None:
    server.answer = answer
    with pytest.raises(ModelFailed, match="answer"):
        embed_texts(models, web(server), ["a"])


def test_a_server_that_refuses(models: Models, server: Server) -> None:
    server.status, server.answer = 403, {"error": {"message": f"{SECRET} is no good"}}
    with pytest.raises(ModelFailed) as failed:
        embed_texts(models, web(server), ["a"])
    assert failed.value.status == 403
    assert str(failed.value) == "127.0.0.1 answered 403: *** is no good"
    assert post(models, server.url, {}, {}, 5) == (403, server.answer)


def test_a_server_that_says_no_json(models: Models, server: Server) -> None:
    server.kind = "text/html"
    with pytest.raises(ModelFailed, match="without JSON"):
        post(models, server.url, {}, {}, 5)
    server.status = 502
    status, answer = post(models, server.url, {}, {}, 5)
    assert status == 502
    assert answer.startswith('{"values"')


def test_a_server_that_is_slow_or_away(models: Models, server: Server) -> None:
    server.seconds = 1.0
    with pytest.raises(ModelFailed, match=r"within 0.2 seconds"):
        embed_texts(models, web(server, timeout="PT0.2S"), ["a"])
    for url in ("http://127.0.0.1:9/nobody", "nowhere", "ftp://127.0.0.1/a"):
        with pytest.raises(ModelFailed, match="cannot be reached"):
            post(models, url, {}, {}, 5)
    with pytest.raises(ModelFailed, match="not valid"):
        post(models, "http://[", {}, {}, 5)


def test_azure_hosts_are_answered_here(models: Models) -> None:
    host = "https://account.services.ai.azure.com"
    status, answer = post(models, f"{host}/info", {}, {}, 5)
    assert (status, answer["error"]) == (405, "Method Not Allowed")
    url = f"{host}/openai/deployments/none/embeddings?api-version=2024-06-01"
    status, answer = post(models, url, {"input": "a"}, {}, 5)
    assert (status, answer["error"]["code"]) == (404, "DeploymentNotFound")
    status, answer = post(models, "https://x.eastus.inference.ml.azure.com/score", {}, {}, 5)
    assert status == 501
    assert "/score" in answer["error"]["message"]
    body = {"input": ["a"]}
    own = "http://localhost:8471/models/embeddings?api-version=2024-05-01-preview"
    assert post(models, own, body | {"model": "d"}, {}, 5)[1]["model"] == "embed-v-4-0"


@pytest.mark.parametrize(
    ("vectorizer", "status", "said"),
    [
        (openai("x", "no-model"), 404, "does not exist"),
        (openai("d", "text-embedding-3-small"), 400, "does not work with the specified model"),
        (vision("1"), 400, "model version"),
        ({"name": "v", "kind": "other"}, None, "kind other"),
    ],
)
def test_failures(
    models: Models, vectorizer: dict[str, Any], status: int | None, said: str
) -> None:
    with pytest.raises(ModelFailed, match=said) as failed:
        embed_texts(models, vectorizer, ["a text"])
    assert failed.value.status == status
    assert SECRET not in str(failed.value)


def test_faults(models: Models) -> None:
    """What is injected with `PUT /emulator/faults` is met by the service's own calls."""
    small = openai("x", "text-embedding-3-small")
    for fault, said in (
        ({"fault": "status", "status": 429}, "answered 429: Injected"),
        ({"fault": "latency", "seconds": 31}, "within 30 seconds"),
        ({"fault": "hang"}, "within 30 seconds"),
        ({"fault": "reset"}, "cut the connection"),
    ):
        models.faults.replace([fault | {"path": "/embeddings", "times": 1}])
        with pytest.raises(ModelFailed, match=said):
            embed_texts(models, small, ["a text"])
        assert embed_texts(models, small, ["a text"]).shape == (1, 1536)
    models.faults.replace([])


def test_what_takes_no_images(models: Models, cat: bytes) -> None:
    small = openai("x", "text-embedding-3-small")
    with pytest.raises(ModelFailed, match="takes no images"):
        embed_images(models, small, [cat])
    with pytest.raises(ModelFailed, match="takes no image URLs"):
        embed_image_url(models, small, "https://example.org/cat.jpg")
    with pytest.raises(ModelFailed, match="cannot be read"):
        embed_images(models, vision(), [b"no picture"])


def test_a_deployment_of_a_model_that_is_not_here() -> None:
    with pytest.raises(ValueError, match="deployment chat: no model `gpt-4o`"):
        Models(Settings(deployments={"chat": "gpt-4o"}))
