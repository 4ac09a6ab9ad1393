"""Cohere's own API, as an AML skill calls it."""

from __future__ import annotations

import base64
from typing import Any

import httpx
import pytest

SKILL = {"input_type": "search_document", "truncate": "NONE", "embedding_types": ["float"]}


def test_what_the_documented_skill_sends(http: httpx.Client) -> None:
    """vector-search-integrated-vectorization-ai-studio: the index maps `float/0`."""
    answer = http.post("/v1/embed", json=SKILL | {"texts": ["a page"]}).json()
    assert len(answer["embeddings"]["float"][0]) == 1024
    assert answer["texts"] == ["a page"]
    assert answer["response_type"] == "embeddings_by_type"


def test_types(http: httpx.Client) -> None:
    types = ["float", "int8", "uint8", "binary", "ubinary", "base64"]
    body = {"texts": ["a", "b"], "embedding_types": types, "model": "embed-v-4-0"}
    found = http.post("/v2/embed", json=body | {"output_dimension": 256}).json()["embeddings"]
    lengths = {name: len(found[name][1]) for name in types if name != "base64"}
    assert lengths == {"float": 256, "int8": 256, "uint8": 256, "binary": 32, "ubinary": 32}
    assert len(base64.b64decode(found["base64"][1])) == 1024
    plain = http.post("/v1/embed", json={"texts": ["a"]}).json()
    assert len(plain["embeddings"][0]) == 1024


def test_an_image(http: httpx.Client, cat: bytes) -> None:
    url = f"data:image/jpeg;base64,{base64.b64encode(cat).decode()}"
    body = {"images": [url], "input_type": "image", "embedding_types": ["float"]}
    answer = http.post("/v1/embed", json=body).json()
    assert len(answer["embeddings"]["float"][0]) == 1024
    assert answer["meta"]["billed_units"]["input_tokens"] == 1000


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"texts": ["a"] * 97}, "total number of texts must be at most 96 - received 97"),
        ({"texts": []}, "texts"),
        ({"texts": ["a", ""]}, "texts"),
        ({"texts": ["a"], "embedding_types": [[]]}, "embedding_types"),
        ({"texts": ["a"], "input_type": "query"}, "input_type"),
        ({"texts": ["a"], "embedding_types": ["float64"]}, "embedding_types"),
        ({"texts": ["a"], "truncate": "MIDDLE"}, "truncate"),
        ({"texts": ["a"], "output_dimension": 512}, "output_dimension"),
        ({"texts": ["word " * 600], "truncate": "NONE"}, "512 tokens"),
        ({"images": ["a", "b"]}, "images must be at most 1"),
    ],
)
def test_refusals(http: httpx.Client, body: dict[str, Any], said: str) -> None:
    reply = http.post("/v1/embed", json=body)
    assert reply.status_code == 400
    assert said in reply.json()["message"]


def test_an_endpoint_of_another_model(http: httpx.Client) -> None:
    body = {"texts": ["a"], "model": "text-embedding-3-small"}
    assert http.post("/v1/embed", json=body).status_code == 404
