"""What the vectors are worth: paraphrases find each other, and lengths change nothing."""

from __future__ import annotations

import numpy as np
import openai
import pytest

PAIRS = (
    ("How do I reset my password?", "Steps to recover access when you forgot your login"),
    ("The hotel has a swimming pool", "Guests may use the resort's pool"),
    ("Invoices must be paid within 30 days", "Payment is due a month after billing"),
    ("The cat sleeps on the sofa", "A kitten is napping on the couch"),
    ("Flights to Paris were cancelled by snow", "Winter weather grounded planes bound for France"),
    ("Our server runs out of memory", "The machine has insufficient RAM"),
    ("She plays the violin in an orchestra", "A musician performs with the symphony"),
    ("The recipe needs two eggs and flour", "Ingredients for baking: flour, a pair of eggs"),
    ("The court rejected the appeal", "Judges dismissed the lawsuit's second hearing"),
    ("Solar panels lower the electricity bill", "Photovoltaic energy reduces power costs"),
    ("The patient was given antibiotics", "The doctor prescribed medicine for the infection"),
    ("Employees may work from home", "Staff are allowed to do remote work"),
)


def vectors(azure: openai.AzureOpenAI, texts: list[str], length: int) -> np.ndarray:
    answer = azure.embeddings.create(model="text-embedding-3-large", input=texts, dimensions=length)
    return np.array([item.embedding for item in answer.data])


@pytest.mark.parametrize("length", [3072, 1000, 256, 128])
def test_paraphrases_are_nearest(azure: openai.AzureOpenAI, length: int) -> None:
    asked = vectors(azure, [pair[0] for pair in PAIRS], length)
    stored = vectors(azure, [pair[1] for pair in PAIRS], length)
    found = (asked @ stored.T).argmax(axis=1) == np.arange(len(PAIRS))
    assert found.sum() >= 10


@pytest.mark.parametrize("length", [3072, 1536, 1024, 512])
def test_a_longer_vector_keeps_every_cosine(azure: openai.AzureOpenAI, length: int) -> None:
    texts = [text for pair in PAIRS for text in pair]
    short, long = vectors(azure, texts, 256), vectors(azure, texts, length)
    assert np.abs(short @ short.T - long @ long.T).max() < 1e-5


def test_a_length_in_between_changes_cosines_little(azure: openai.AzureOpenAI) -> None:
    texts = [text for pair in PAIRS for text in pair]
    short, long = vectors(azure, texts, 256), vectors(azure, texts, 1000)
    assert np.abs(short @ short.T - long @ long.T).max() < 0.05
