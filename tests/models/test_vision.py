"""AI Vision's multimodal embeddings over HTTP."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator
from http.server import HTTPServer, SimpleHTTPRequestHandler
from typing import Any

import httpx
import numpy as np
import pytest
from PIL import Image

from tests.models.conftest import KEY, PICTURES

TEXT = "/computervision/retrieval:vectorizeText"
IMAGE = "/computervision/retrieval:vectorizeImage"
PARAMS = {"api-version": "2024-02-01", "model-version": "2023-04-15"}
BINARY = {"content-type": "application/octet-stream"}


class Files(SimpleHTTPRequestHandler):
    """Serves the photographs without a word."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments, directory=str(PICTURES))

    def log_message(self, format: str, *arguments: object) -> None:
        pass


@pytest.fixture
def files() -> Iterator[str]:
    with HTTPServer(("127.0.0.1", 0), Files) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def text(http: httpx.Client, words: str) -> Any:
    reply = http.post(TEXT, params=PARAMS, json={"text": words})
    assert reply.status_code == 200, reply.text
    return np.array(reply.json()["vector"])


def drawn(width: int, height: int) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (width, height), "red").save(file, "PNG")
    return file.getvalue()


def test_a_picture_is_nearest_to_its_words(http: httpx.Client, cat: bytes, coffee: bytes) -> None:
    words = ["a photo of a cat", "a cup of coffee", "the annual report", "a motorcycle"]
    vectors = np.array([text(http, each) for each in words])
    for picture, nearest in ((cat, 0), (coffee, 1)):
        reply = http.post(IMAGE, params=PARAMS, headers=BINARY, content=picture)
        assert reply.json()["modelVersion"] == "2023-04-15"
        vector = np.array(reply.json()["vector"])
        assert len(vector) == 1024
        assert np.argmax(vectors @ vector) == nearest


def test_a_picture_by_its_url(http: httpx.Client, files: str, cat: bytes) -> None:
    by_url = http.post(IMAGE, params=PARAMS, json={"url": f"{files}/cat.jpg"})
    by_body = http.post(IMAGE, params=PARAMS, headers=BINARY, content=cat)
    assert by_url.json() == by_body.json()
    missing = http.post(IMAGE, params=PARAMS, json={"url": f"{files}/none.jpg"})
    assert missing.json()["error"]["innererror"]["code"] == "InvalidImageUrl"


@pytest.mark.parametrize(
    ("content", "inner"),
    [
        (drawn(9, 20), "InvalidImageSize"),
        (drawn(20, 16_001), "InvalidImageSize"),
        (b"no picture", "InvalidImageFormat"),
        (drawn(100, 100)[:80], "InvalidImageFormat"),
    ],
)
def test_pictures_that_are_refused(http: httpx.Client, content: bytes, inner: str) -> None:
    reply = http.post(IMAGE, params=PARAMS, headers=BINARY, content=content)
    error = reply.json()["error"]
    assert (reply.status_code, error["code"]) == (400, "InvalidRequest")
    assert error["innererror"]["code"] == inner


def test_the_amount_of_bytes(http: httpx.Client) -> None:
    for content in (b"", bytes((20 << 20) + 1)):
        reply = http.post(IMAGE, params=PARAMS, headers=BINARY, content=content)
        assert "20971520 bytes" in reply.json()["error"]["message"]


def test_requests_that_are_refused(url: str, http: httpx.Client) -> None:
    def code(path: str, params: dict[str, str], body: Any) -> tuple[int, str]:
        reply = http.post(path, params=params, json=body)
        return reply.status_code, reply.json()["error"]["code"]

    long = {"text": "word " * 71}
    assert code(TEXT, PARAMS, long) == (400, "InvalidRequest")
    assert code(TEXT, PARAMS, {"text": ""}) == (400, "InvalidRequest")
    assert code(TEXT, PARAMS, {}) == (400, "InvalidRequest")
    assert code(IMAGE, PARAMS, {"text": "a"}) == (400, "InvalidRequest")
    assert code(TEXT, PARAMS | {"model-version": "1"}, {"text": "a"}) == (400, "InvalidRequest")
    assert code(TEXT, {"model-version": "2023-04-15"}, {"text": "a"}) == (404, "404")
    assert http.post(TEXT, params=PARAMS, json={"text": "word " * 70}).status_code == 200
    nobody = httpx.post(url + TEXT, params=PARAMS, json={"text": "a"})
    assert nobody.json()["error"]["code"] == "401"
    header = {"Ocp-Apim-Subscription-Key": KEY}
    assert httpx.post(url + TEXT, params=PARAMS, headers=header, json={"text": "a"}).is_success
