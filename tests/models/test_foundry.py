"""Foundry's model inference with its official clients."""

from __future__ import annotations

import base64
from typing import Any

import httpx
import numpy as np
import pytest
from azure.ai.inference import EmbeddingsClient, ImageEmbeddingsClient
from azure.ai.inference.models import ImageEmbeddingInput
from azure.core.credentials import AzureKeyCredential
from azure.core.exceptions import ClientAuthenticationError, HttpResponseError

from tests.models.conftest import KEY, PICTURES

ENGLISH, FOUR = "Cohere-embed-v3-english", "embed-v-4-0"
VERSION = {"api-version": "2024-05-01-preview"}
SHARED = {"input": ["a text"]}


def picture(name: str, text: str | None = None) -> ImageEmbeddingInput:
    file = str(PICTURES / f"{name}.jpg")
    return ImageEmbeddingInput.load(image_file=file, image_format="jpeg", text=text)


def test_the_recorded_request(texts: EmbeddingsClient) -> None:
    """recordings-modern/inference_embeddings: a serverless endpoint, three phrases."""
    answer = texts.embed(input=["first phrase", "second phrase", "third phrase"])
    assert answer.model == "embed-english-v3.0"
    assert answer.usage.as_dict() == {
        "prompt_tokens": 6,
        "completion_tokens": 0,
        "total_tokens": 6,
    }
    assert [(item.index, len(item.embedding)) for item in answer.data] == [
        (0, 1024),
        (1, 1024),
        (2, 1024),
    ]


def test_the_recorded_image(images: ImageEmbeddingsClient) -> None:
    answer = images.embed(input=[picture("cat")])
    assert answer.model == "embed-english-v3.0-image"
    assert answer.usage["images"] == 1
    assert answer.usage.total_tokens == 1000
    assert len(answer.data[0].embedding) == 1024


@pytest.mark.parametrize(
    ("format", "size"),
    [("base64", 4096), ("int8", 1024), ("uint8", 1024), ("binary", 128), ("ubinary", 128)],
)
def test_formats(texts: EmbeddingsClient, format: str, size: int) -> None:
    answer = texts.embed(input=["a text"], encoding_format=format)
    assert isinstance(answer.data[0].embedding, str)
    assert len(base64.b64decode(answer.data[0].embedding)) == size


def test_formats_say_the_same(texts: EmbeddingsClient) -> None:
    def bytes_of(format: str, dtype: str) -> Any:
        text = texts.embed(input=["a text"], encoding_format=format).data[0].embedding
        return np.frombuffer(base64.b64decode(text), dtype)

    floats = np.array(texts.embed(input=["a text"], encoding_format="float").data[0].embedding)
    assert bytes_of("base64", "<f4").tolist() == floats.tolist()
    small = bytes_of("int8", "i1").astype(float)
    assert floats @ small / np.linalg.norm(small) > 0.999
    assert (bytes_of("uint8", "u1").astype(int) - 128).tolist() == small.tolist()
    assert np.unpackbits(bytes_of("ubinary", "u1")).tolist() == (floats > 0).tolist()
    assert (bytes_of("binary", "i1").astype(int) + 128).tolist() == bytes_of(
        "ubinary", "u1"
    ).tolist()


def test_every_option_at_once(texts: EmbeddingsClient) -> None:
    for purpose in ("text", "query", "document"):
        answer = texts.embed(
            input=["a text"],
            model=FOUR,
            dimensions=512,
            encoding_format="float",
            input_type=purpose,
        )
        assert (answer.model, len(answer.data[0].embedding)) == (FOUR, 512)


def test_which_model(url: str, http: httpx.Client) -> None:
    """Rule model-endpoint."""
    large = {"model": "text-embedding-3-large"}
    header = {"azureml-model-deployment": "mine"}
    answers = [
        http.post("/embeddings", params=VERSION, json=SHARED | large).json(),
        http.post("/models/embeddings", params=VERSION, json=SHARED | large).json(),
        http.post("/embeddings", params=VERSION, headers=header, json=SHARED).json(),
    ]
    names = [answer["model"] for answer in answers]
    assert names == ["text-embedding-3-large", "text-embedding-3-large", "text-embedding-3-small"]
    host = {"host": "Cohere-embed-v3-multilingual-hin.eastus.models.ai.azure.com"}
    answer = http.post("/embeddings", params=VERSION, headers=host, json=SHARED | large).json()
    assert answer["model"] == "embed-multilingual-v3.0"
    with EmbeddingsClient(f"{url}/models", AzureKeyCredential(KEY), model="mine") as client:
        assert client.embed(input=["a text"]).model == "text-embedding-3-small"


def test_info(texts: EmbeddingsClient, images: ImageEmbeddingsClient) -> None:
    for client in (texts, images):
        found = client.get_model_info()
        assert found.model_name == ENGLISH
        assert found.model_type == "embeddings"
        assert found.model_provider_name == "Cohere"


def test_a_picture_with_words_lies_between_them(
    texts: EmbeddingsClient, images: ImageEmbeddingsClient
) -> None:
    words = "the annual report"
    alone = np.array(images.embed(input=[picture("cat")], model="pictures").data[0].embedding)
    both = images.embed(input=[picture("cat", words)], model="pictures")
    text = np.array(texts.embed(input=[words], model=FOUR).data[0].embedding)
    together = np.array(both.data[0].embedding)
    assert together @ text > alone @ text
    assert together @ alone > text @ alone
    assert both.usage.prompt_tokens == 1003


def test_a_long_text_is_cut(texts: EmbeddingsClient) -> None:
    long = " ".join(["cat"] * 600 + ["dog"] * 600)

    def embedded(**more: Any) -> Any:
        return texts.embed(model=ENGLISH, **more)

    first, last = embedded(input=["cat", "dog"]).data
    head = embedded(input=[long])
    tail = embedded(input=[long], model_extras={"truncate": "START"})
    assert head.usage.prompt_tokens == 512
    assert np.dot(head.data[0].embedding, first.embedding) > 0.95
    assert np.dot(tail.data[0].embedding, last.embedding) > 0.95
    with pytest.raises(HttpResponseError) as refused:
        embedded(input=[long], model_extras={"truncate": "NONE"})
    assert refused.value.status_code == 400


@pytest.mark.parametrize(
    ("options", "parameter"),
    [
        ({"dimensions": 512}, "dimensions"),
        ({"model": FOUR, "dimensions": 100}, "dimensions"),
        ({"model": "text-embedding-3-small", "encoding_format": "int8"}, "encoding_format"),
        ({"model": "text-embedding-3-small", "input_type": "query"}, "input_type"),
        ({"encoding_format": "float64"}, "encoding_format"),
        ({"input_type": "image"}, "input_type"),
        ({"input": "no list"}, "input"),
        ({"input": []}, "input"),
    ],
)
def test_what_a_model_does_not_take(
    http: httpx.Client, options: dict[str, Any], parameter: str
) -> None:
    """A 422 with the parameter in `detail`, as the reference says."""
    reply = http.post("/embeddings", params=VERSION, json=SHARED | options)
    body = reply.json()
    assert (reply.status_code, body["status"]) == (422, 422)
    assert body["detail"]["loc"] == ["body", parameter]
    assert body["error"] == "Unprocessable Entity"


def test_extra_parameters(http: httpx.Client) -> None:
    def reply(manner: str | None, **extra: Any) -> httpx.Response:
        headers = {"extra-parameters": manner} if manner else {}
        return http.post("/embeddings", params=VERSION, headers=headers, json=SHARED | extra)

    assert reply(None, truncate="END").status_code == 400
    assert "truncate" in reply("error", truncate="END").json()["message"]
    assert reply("drop", colour="red").status_code == 200
    assert reply("ignore", colour="red").status_code == 200
    assert reply("pass-through", truncate="END").status_code == 200
    assert reply("pass-through", colour="red").status_code == 422


def test_refusals(texts: EmbeddingsClient, images: ImageEmbeddingsClient) -> None:
    def refused(client: Any, **options: Any) -> int:
        with pytest.raises(HttpResponseError) as error:
            client.embed(**options)
        assert error.value.status_code is not None
        return error.value.status_code

    assert refused(texts, input=["a"], model="none") == 404
    assert refused(images, input=[picture("cat")], model="text-embedding-3-small") == 404
    assert refused(texts, input=["a"] * 97) == 400
    assert refused(texts, input=["emulator: filter this"]) == 400
    assert refused(images, input=[picture("cat"), picture("coffee")]) == 400
    assert refused(images, input=[picture("cat", "a cat")]) == 422
    assert refused(images, input=[]) == 422
    assert refused(images, input=[{"image": "data:image/png;base64,é"}]) == 400
    assert refused(images, input=[{"image": "https://example.org/cat.jpg"}]) == 400
    assert refused(images, input=[{"image": "data:image/png;base64,bm8gcGljdHVyZQ=="}]) == 400


def test_errors_before_the_model(url: str, http: httpx.Client) -> None:
    assert http.post("/embeddings", json=SHARED).status_code == 400  # no api-version
    assert http.post("/embeddings", params=VERSION, content=b"[]").status_code == 400
    recorded = httpx.post(f"{url}/embeddings", params=VERSION, json=SHARED)
    assert recorded.status_code == 401
    assert recorded.json() == {
        "statusCode": 401,
        "message": "Auth token validation failed. Please provide a valid key or a valid AAD token",
    }
    gateway = httpx.post(f"{url}/models/embeddings", params=VERSION, json=SHARED)
    assert gateway.json()["error"]["code"] == "401"
    with (
        EmbeddingsClient(url, AzureKeyCredential("another")) as client,
        pytest.raises(ClientAuthenticationError, match="Auth token validation failed"),
    ):
        client.embed(input=["a"])


def test_too_many_requests(texts: EmbeddingsClient, faults: Any) -> None:
    """The client waits as long as it is told, and asks again."""
    faults({"fault": "status", "status": 429, "retryAfter": 0, "path": "^/embeddings", "times": 1})
    assert texts.embed(input=["a"]).model == "embed-english-v3.0"
