"""Which model, and where: at index time, at query time, and what the service lets in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tools.foresight.families.dimensions import with_model
from tools.foresight.mutator import (
    SAME,
    Mutant,
    Renamed,
    Row,
    Verdict,
    also,
    gone,
    mutator,
    only,
    rows,
    set_to,
)
from tools.foresight.stack import Stack, replaced, spots, value
from tools.foresight.words import mistyped

FAMILY = "models"
REFUSED, RUN, QUERY, HARMLESS = Verdict.REFUSED, Verdict.RUN, Verdict.QUERY, Verdict.HARMLESS
VECTORIZER = "Index: vectorSearch/vectorizers/*"
PARAMETERS = "vectorSearch/vectorizers/*/azureOpenAIParameters"
OPENAI = f"Index: {PARAMETERS}"
SKILL = "Skillset: skills/*"
EMBED = "AzureOpenAIEmbeddingSkill"
SAME_LENGTH = {
    "text-embedding-3-small": "text-embedding-ada-002",
    "text-embedding-ada-002": "text-embedding-3-small",
}


def _path(old: Any, _around: Any) -> Any:
    return f"{old.rstrip('/')}/openai/deployments/embed"


def _of_embedding(change: Any) -> Any:
    return only(EMBED, change)


def _whole_content(old: Any, around: Any) -> Any:
    """What is embedded once a document is not cut before."""
    once = old["@odata.type"].endswith(EMBED) and old.get("context") == "/document"
    return {**old, "inputs": [{"name": "text", "source": "/document/content"}]} if once else SAME


rows(
    FAMILY,
    (
        Row("profile-without-vectorizer", QUERY, "P46", "Index: vectorSearch/profiles/*/vectorizer", gone),
        Row("vectorizer-at-a-region", REFUSED, "P31", f"{OPENAI}/resourceUri", set_to("https://westeurope.api.cognitive.microsoft.com")),
        Row("vectorizer-at-a-path", REFUSED, "P31", f"{OPENAI}/resourceUri", _path),
        Row("vectorizer-at-openai", REFUSED, "P31", f"{OPENAI}/resourceUri", set_to("https://api.openai.com")),
        Row("vectorizer-not-https", REFUSED, "P31", f"{OPENAI}/resourceUri", lambda old, _: old.replace("https:", "http:")),
        Row("skill-at-a-region", REFUSED, "SKILLS 1.3, P31", f"{SKILL}/resourceUri", _of_embedding(set_to("https://westeurope.api.cognitive.microsoft.com"))),
        Row("skill-at-a-path", REFUSED, "SKILLS 1.3, P31", f"{SKILL}/resourceUri", _of_embedding(_path)),
        Row("vectorizer-without-model", REFUSED, "P32", f"{OPENAI}/modelName", gone),
        Row("vectorizer-without-deployment", QUERY, "D:vector-search-vectorizer-azure-open-ai", f"{OPENAI}/deploymentId", gone, emulated=False),
        Row("vectorizer-without-parameters", REFUSED, "P32", OPENAI, gone),
        Row("vectorizer-parameters-misnamed", REFUSED, "P48", OPENAI, lambda *_: Renamed("azureOpenAIVectorizerParameters")),
        Row("vectorizer-kind-unknown", REFUSED, "FACTS h", f"{VECTORIZER}/kind", set_to("openAI")),
        Row("vectorizer-kind-of-other-parameters", REFUSED, "P48", f"{VECTORIZER}/kind", set_to("customWebApi")),
        Row("vectorizer-model-typo", REFUSED, "SKILLS 1.3: an enum", f"{OPENAI}/modelName", mistyped),
        Row("skill-model-typo", REFUSED, "SKILLS 1.3: an enum", f"{SKILL}/modelName", mistyped),
        Row("chat-model-for-embeddings", RUN, "FACTS h: not valid for embeddings", f"{SKILL}/modelName", set_to("gpt-5-mini"), emulated=False),
        Row("whole-content-embedded", RUN, "P37: more than 8000 tokens", SKILL, _whole_content, emulated=False),
        Row("resource-with-slash", HARMLESS, "FACTS h", f"{OPENAI}/resourceUri", lambda old, _: f"{old}/"),
    ),
)  # fmt: skip


@mutator(FAMILY, QUERY, "P36")
def vectorizer_of_another_model(stack: Stack) -> Iterator[Mutant]:
    """Of the same length: no query fails, and none finds what it should."""
    if any(spots(stack, "Skillset", "skills/*/modelName")):
        for spot in spots(stack, "Index", f"{PARAMETERS}/modelName"):
            yield from with_model(stack, spot, SAME_LENGTH)


@mutator(FAMILY, QUERY, "P36")
def skill_of_another_model(stack: Stack) -> Iterator[Mutant]:
    for spot in spots(stack, "Skillset", "skills/*/modelName"):
        if value(stack, spot.parent.at("dimensions")) in (None, 1536):
            yield from with_model(stack, spot, SAME_LENGTH)


@mutator(FAMILY, QUERY, "P49")
def two_lengths_in_one_profile(stack: Stack) -> Iterator[Mutant]:
    """A second vector field of another length, with a profile whose model has one length."""
    models = [value(stack, spot) for spot in spots(stack, "Index", f"{PARAMETERS}/modelName")]
    if models != ["text-embedding-ada-002"]:
        return
    for spot in spots(stack, "Index", "fields"):
        for field in value(stack, spot):
            if field.get("vectorSearchProfile"):
                shorter = {**field, "name": "second", "dimensions": field["dimensions"] // 2}
                made = replaced(stack, spot, [*value(stack, spot), shorter])
                last = spot.at(len(value(stack, spot)))
                yield Mutant(made, "a second length in one profile", last)
                break


@mutator(FAMILY, HARMLESS, "FACTS h")
def another_deployment_everywhere(stack: Stack) -> Iterator[Mutant]:
    """The same model under another deployment's name, in the skill and the vectorizer."""
    places = [
        *spots(stack, "Index", f"{PARAMETERS}/deploymentId"),
        *spots(stack, "Skillset", "skills/*/deploymentId"),
    ]
    made = stack
    for spot in places:
        made = replaced(made, spot, "embeddings-eu")
    if places:
        yield Mutant(made, "another deployment", places[0], tuple(places[1:]))


@mutator(FAMILY, HARMLESS, "FACTS h: hosts", emulated=False)
def another_host_everywhere(stack: Stack) -> Iterator[Mutant]:
    """Each host that the service lets in, for the skill and the vectorizer."""
    places = [
        *spots(stack, "Index", f"{PARAMETERS}/resourceUri"),
        *spots(stack, "Skillset", "skills/*/resourceUri"),
    ]
    for host in ("services.ai.azure.com", "cognitiveservices.azure.com", "azure-api.net"):
        made = stack
        for spot in places:
            made = replaced(made, spot, f"https://another.{host}")
        if places:
            yield Mutant(made, f"everything at {host}", places[0], tuple(places[1:]))


rows(
    FAMILY,
    (
        Row(
            "skill-with-a-key",
            HARMLESS,
            "SKILLS 1.3",
            SKILL,
            only(EMBED, also(apiKey="${secret.openai}")),
        ),
    ),
)
