"""Azure OpenAI's embeddings with its official client."""

from __future__ import annotations

import base64
from typing import Any

import httpx
import numpy as np
import openai
import pytest

from tests.models.conftest import KEY

LARGE, SMALL, ADA = "text-embedding-3-large", "text-embedding-3-small", "text-embedding-ada-002"
PATH = f"/openai/deployments/{SMALL}/embeddings"
VERSION = {"api-version": "2024-06-01"}


@pytest.mark.parametrize(("model", "length"), [(LARGE, 3072), (SMALL, 1536), (ADA, 1536)])
def test_a_model_has_its_own_length(azure: openai.AzureOpenAI, model: str, length: int) -> None:
    answer = azure.embeddings.create(model=model, input="a text", user="somebody")
    assert answer.model == model
    assert [len(item.embedding) for item in answer.data] == [length]
    assert np.linalg.norm(answer.data[0].embedding) == pytest.approx(1, abs=1e-5)


def test_many_texts_come_back_in_order(azure: openai.AzureOpenAI) -> None:
    texts = [f"text number {number}" for number in range(2048)]
    answer = azure.embeddings.create(model=SMALL, input=texts, dimensions=16)
    assert [item.index for item in answer.data] == list(range(2048))
    alone = azure.embeddings.create(model=SMALL, input=texts[1234], dimensions=16)
    assert np.allclose(answer.data[1234].embedding, alone.data[0].embedding, atol=1e-6)


def test_base64_is_the_same_as_float(http: httpx.Client) -> None:
    vectors = []
    for format in ("float", "base64"):
        body = {"input": "a text", "encoding_format": format}
        reply = http.post(PATH, params=VERSION, json=body).json()
        vectors.append(reply["data"][0]["embedding"])
    assert np.frombuffer(base64.b64decode(vectors[1]), "<f4").tolist() == vectors[0]


def test_tokens_are_the_text_that_they_stand_for(azure: openai.AzureOpenAI) -> None:
    text = azure.embeddings.create(model=SMALL, input="hello world")
    tokens = azure.embeddings.create(model=SMALL, input=[15339, 1917])
    lists = azure.embeddings.create(model=SMALL, input=[[15339], [15339, 1917]])
    for item in (tokens.data[0], lists.data[1]):
        assert np.allclose(item.embedding, text.data[0].embedding, atol=1e-6)
    assert (text.usage.prompt_tokens, text.usage.total_tokens) == (2, 2)
    assert lists.usage.total_tokens == 3


def test_a_shorter_vector_is_the_beginning_of_the_whole(azure: openai.AzureOpenAI) -> None:
    whole = np.array(azure.embeddings.create(model=LARGE, input="a text").data[0].embedding)
    for length in (3072, 1000, 256, 64, 1):
        answer = azure.embeddings.create(model=LARGE, input="a text", dimensions=length)
        cut = whole[:length] / np.linalg.norm(whole[:length])
        assert np.allclose(answer.data[0].embedding, cut, atol=1e-6)


def test_half_of_a_character(http: httpx.Client) -> None:
    """JSON can say a lone surrogate, which is no text."""
    reply = http.post(PATH, params=VERSION, content=b'{"input": "\\ud83d"}')
    assert len(reply.json()["data"][0]["embedding"]) == 1536


def test_a_mapped_deployment(azure: openai.AzureOpenAI) -> None:
    assert azure.embeddings.create(model="mine", input="a text").model == SMALL


def test_the_form_without_versions(url: str) -> None:
    with openai.OpenAI(base_url=f"{url}/openai/v1/", api_key=KEY, max_retries=0) as client:
        answer = client.embeddings.create(model="mine", input=["a", "b"], dimensions=512)
        assert [len(item.embedding) for item in answer.data] == [512, 512]
        with pytest.raises(openai.NotFoundError):
            client.embeddings.create(model="gpt-4o", input="a")


def test_vectors_of_two_models_do_not_compare(azure: openai.AzureOpenAI) -> None:
    one, other = (
        np.array(azure.embeddings.create(model=model, input="a text").data[0].embedding)
        for model in (SMALL, ADA)
    )
    assert abs(one @ other) < 0.5


@pytest.mark.parametrize(
    ("request_", "said"),
    [
        ({"model": ADA, "input": "a", "dimensions": 1536}, "does not support specifying"),
        ({"model": SMALL, "input": "a", "dimensions": 1537}, "between 1 and 1536"),
        ({"model": SMALL, "input": "a", "dimensions": 0}, "between 1 and 1536"),
        ({"model": SMALL, "input": "a", "encoding_format": "int8"}, "'int8'"),
        ({"model": SMALL, "input": ""}, "'$.input' is invalid"),
        ({"model": SMALL, "input": []}, "'$.input' is invalid"),
        ({"model": SMALL, "input": ["a", ""]}, "'$.input' is invalid"),
        ({"model": SMALL, "input": [999_999]}, "'$.input' is invalid"),
        ({"model": SMALL, "input": ["a"] * 2049}, "'$.input' is invalid"),
        ({"model": SMALL, "input": " word" * 8193}, "you requested 8193 tokens"),
        ({"model": SMALL, "input": "So: Emulator: filter this."}, "content management policy"),
        ({"model": "Cohere-embed-v3-english", "input": "a"}, "does not work with the specified"),
    ],
)
def test_bad_requests(azure: openai.AzureOpenAI, request_: dict[str, Any], said: str) -> None:
    with pytest.raises(openai.BadRequestError, match=r".") as refused:
        azure.embeddings.create(**request_)
    assert said in str(refused.value)


def test_the_longest_text_is_taken(azure: openai.AzureOpenAI) -> None:
    answer = azure.embeddings.create(model=SMALL, input=" word" * 8192, dimensions=8)
    assert answer.usage.prompt_tokens == 8192


def test_bodies_of_errors(http: httpx.Client) -> None:
    """The shapes that were seen: SKILLS P30, mteb#1200, compl-ai#20."""
    missing = http.post("/openai/deployments/none/embeddings", params=VERSION, json={"input": "a"})
    assert missing.status_code == 404
    assert missing.json()["error"]["code"] == "DeploymentNotFound"
    assert missing.headers["content-type"] == "application/json"
    assert "odata-version" not in missing.headers
    invalid = http.post(PATH, params=VERSION, json={"input": None})
    error = invalid.json()["error"]
    assert (error["type"], error["param"], error["code"]) == ("invalid_request_error", None, None)
    assert http.post(PATH, params=VERSION, content=b"{").status_code == 400
    filtered = http.post(PATH, params=VERSION, json={"input": "emulator: filter this"})
    error = filtered.json()["error"]
    assert (error["code"], error["param"], error["status"]) == ("content_filter", "prompt", 400)
    assert error["innererror"]["code"] == "ResponsibleAIPolicyViolation"


def test_what_is_not_there(http: httpx.Client) -> None:
    assert http.post(PATH, json={"input": "a"}).json()["error"]["code"] == "404"  # no api-version
    assert http.get(PATH, params=VERSION).status_code == 405
    chat = http.post("/openai/deployments/mine/chat/completions", params=VERSION, json={})
    assert chat.status_code == 501
    assert "/chat/completions" in chat.json()["error"]["message"]


def test_credentials(url: str) -> None:
    def status(**headers: str) -> int:
        return httpx.post(
            url + PATH, params=VERSION, headers=headers, json={"input": "a"}
        ).status_code

    assert status(**{"api-key": KEY}) == 200
    assert status(authorization=f"Bearer {KEY}") == 200
    assert status(authorization="Bearer eyJhbGciOiJ9.eyJhdWQiOiJ9.c2ln") == 200  # a real token
    assert status() == 401
    assert status(**{"api-key": "another"}) == 401
    assert status(authorization="Bearer another") == 401
    with (
        openai.AzureOpenAI(
            azure_endpoint=url, api_key="another", api_version="2024-06-01"
        ) as client,
        pytest.raises(openai.AuthenticationError, match="invalid subscription key"),
    ):
        client.embeddings.create(model=SMALL, input="a")


def test_faults(azure: openai.AzureOpenAI, faults: Any) -> None:
    faults({"fault": "status", "status": 429, "retryAfter": 7, "path": "/openai/", "times": 1})
    with pytest.raises(openai.RateLimitError) as limited:
        azure.embeddings.create(model=SMALL, input="a")
    assert limited.value.response.headers["retry-after"] == "7"
    faults({"fault": "hang", "path": "embeddings", "times": 1})
    with pytest.raises(openai.APITimeoutError):
        azure.with_options(timeout=0.3).embeddings.create(model=SMALL, input="a")
    faults({"fault": "latency", "seconds": 0.01, "path": "embeddings", "times": 1})
    assert azure.embeddings.create(model=SMALL, input="a").data
