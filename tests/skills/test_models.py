"""Skills that ask for vectors: embeddings, Vision and Foundry models (SKILLS 1.2, 1.3)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.skills.material import Body, enriched, image_file, reference, skill

PAGES = "/document/pages/*"


ADA = {"modelName": "text-embedding-ada-002", "deploymentId": "text-embedding-ada-002"}


def embedding(**more: Any) -> Body:
    given = {
        "context": PAGES,
        "resourceUri": "https://contoso.openai.azure.com",
        "deploymentId": "text-embedding-3-small",
        "modelName": "text-embedding-3-small",
        "apiKey": "the-secret-key",
    }
    return skill(
        "Text.AzureOpenAIEmbeddingSkill", {"text": PAGES}, "embedding=vector", **given | more
    )


@pytest.mark.parametrize(
    ("parameters", "length"),
    [
        ({}, 1536),
        ({"dimensions": 512}, 512),
        ({"modelName": "text-embedding-3-large", "deploymentId": "mine"}, 3072),
        ({"modelName": "text-embedding-ada-002"}, 1536),
        ({"modelName": "text-embedding-ada-002", "dimensions": 1536}, 1536),
    ],
)
def test_embeddings(parameters: Body, length: int) -> None:
    tree, notes = enriched({"pages": ["a cat", "a dog"]}, embedding(**parameters))
    assert notes == []
    vectors = tree.value(f"{PAGES}/vector/#")
    assert [len(vector) for vector in vectors] == [length, length]
    assert vectors[0] != vectors[1]
    assert all(isinstance(number, float) for number in vectors[0])


@pytest.mark.parametrize(
    ("parameters", "details"),
    [
        (
            {"modelName": "text-embedding-9", "deploymentId": "none"},
            "Web Api response status: 'NotFound'",
        ),
        (
            {**ADA, "dimensions": 512},
            "Web Api response status: 'BadRequest', Web Api response details: '{\"error\": "
            '{"message": "This model does not support specifying dimensions.",',
        ),
        ({"dimensions": 5000}, "Web Api response status: 'BadRequest'"),
    ],
)
def test_a_model_that_refuses_is_an_error(parameters: Body, details: str) -> None:
    tree, [note] = enriched({"pages": ["a", "b"]}, embedding(**parameters))
    assert (note.severity, note.name) == ("error", "Enrichment.AzureOpenAIEmbeddingSkill.#1")
    assert note.message == "Could not execute skill because the Web Api request failed."
    assert details in note.details
    assert "the-secret-key" not in str(note)
    assert tree.value(f"{PAGES}/vector") is None


def test_empty_text_is_warned_about() -> None:
    tree, [note] = enriched({"pages": ["a", " "]}, embedding())
    assert note.severity == "warning"
    assert [place for place, _ in tree.values(f"{PAGES}/vector")] == ["/document/pages/0/vector"]


def test_too_many_tokens_are_an_error() -> None:
    _, [note] = enriched({"pages": ["word " * 9000]}, embedding())
    assert note.severity == "error"
    assert "at most 8000" in note.details


def vision(source: Body, **more: Any) -> tuple[Any, list[Any]]:
    given = skill(
        "Vision.VectorizeSkill",
        {name: f"/document/{name}" for name in source},
        "vector",
        modelVersion="2023-04-15",
    )
    return enriched(source, given, **more)


@pytest.mark.parametrize(
    "source", [{"text": "a red bicycle"}, {"image": reference(image_file(64, 64))}]
)
@pytest.mark.parametrize(
    "services",
    [
        None,
        {
            "@odata.type": "#Microsoft.Azure.Search.AIServicesByKey",
            "subdomainUrl": "https://contoso.cognitiveservices.azure.com",
            "key": "the-secret-key",
        },
    ],
)
def test_vision_vectors(source: Body, services: Body | None) -> None:
    tree, notes = vision(source, cognitiveServices=services)
    assert notes == []
    assert len(tree.value("/document/vector")) == 1024


@pytest.mark.parametrize(
    ("source", "details"),
    [
        ({"text": "a", "image": reference(b"x")}, "Exactly one of the inputs"),
        ({"image": reference(b"no image")}, "Web Api response status: 'BadRequest'"),
        ({"image": {"$type": "file", "data": "?"}}, "not base64"),
    ],
)
def test_what_vision_does_not_take(source: Body, details: str) -> None:
    _, [note] = vision(source)
    assert note.severity == "error"
    assert details in note.details


@pytest.mark.parametrize("words", [71, 400])
def test_vision_takes_the_beginning_of_a_page(words: int) -> None:
    """Whether the service cuts or refuses it is not known: the warning says so."""
    text = " ".join(f"word{number}" for number in range(words))
    tree, [note] = vision({"text": text})
    assert note.severity == "warning"
    assert note.message == "Skill input was truncated"
    assert f"{words} words" in note.details
    assert "may refuse" in note.details
    whole, notes = vision({"text": " ".join(text.split()[:70])})
    assert notes == []
    assert tree.value("/document/vector") == whole.value("/document/vector")


def test_vision_without_anything_is_skipped() -> None:
    given = skill(
        "Vision.VectorizeSkill", {"text": "/document/none"}, "vector", modelVersion="2023-04-15"
    )
    tree, notes = enriched({}, given)
    assert [note.severity for note in notes] == ["warning", "warning"]
    assert tree.value("/document/vector") is None


def test_the_cohere_sample_of_the_foundry_page() -> None:
    given = skill(
        "Custom.AmlSkill",
        {
            "texts": "=[$(/document/pages/*)]",
            "input_type": "='search_document'",
            "truncate": "='NONE'",
            "embedding_types": "=['float']",
        },
        "embeddings=aml_vector_data",
        context=PAGES,
        uri="https://cohere-embed-v3-multilingual-hin.eastus.models.ai.azure.com/v1/embed",
        key="the-secret-key",
    )
    tree, notes = enriched({"pages": ["one page", "another"]}, given)
    assert notes == []
    vectors = tree.value(f"{PAGES}/aml_vector_data/float/0/#")
    assert [len(vector) for vector in vectors] == [1024, 1024]


def test_a_foundry_model_that_refuses() -> None:
    given = skill(
        "Custom.AmlSkill",
        {"texts": "='no list'"},
        "embeddings",
        uri="https://cohere-embed-v3-english.eastus.models.ai.azure.com/v1/embed",
        key="the-secret-key",
    )
    _, [note] = enriched({}, given)
    assert note.severity == "error"
    assert "texts must be a list" in note.details
    assert "the-secret-key" not in str(note)
