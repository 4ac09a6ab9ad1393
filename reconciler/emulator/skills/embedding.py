"""Azure OpenAI Embedding and Vision multimodal embeddings (SKILLS 1.3, 1.2)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from reconciler.emulator.models import bytepairs
from reconciler.emulator.models.calling import TimedOut
from reconciler.emulator.models.vectorize import (
    ModelFailed,
    embed_image_url,
    embed_images,
    embed_texts,
)
from reconciler.emulator.skills.calling import FAILED, described, late
from reconciler.emulator.skills.files import BadFile, content_of
from reconciler.emulator.skills.skill import Call, Done

if TYPE_CHECKING:
    import numpy

Body = dict[str, Any]

MOST_TOKENS = 8000
MOST_WORDS = 70  # of a text: the model looks at no more
PARAMETERS = ("resourceUri", "deploymentId", "apiKey", "authIdentity", "modelName")
TRUNCATED = "Skill input was truncated"  # SKILLS 1.0: of texts over a skill's limit
# What stands for Microsoft's own resource when a skillset names none (SKILLS 1.0: free documents).
OWN_RESOURCE = "https://free.cognitiveservices.azure.com"


def embed(call: Call, records: Sequence[Body]) -> list[Done]:
    """All texts of a document at once; a text above 8000 tokens fails (SKILLS P37)."""
    dimensions = call.skill.get("dimensions")
    results = [_unfit(record["text"]) for record in records]
    texts = [record["text"] for record, done in zip(records, results, strict=True) if done is None]
    parameters = {key: call.skill[key] for key in PARAMETERS if call.skill.get(key) is not None}
    vectorizer = {"kind": "azureOpenAI", "azureOpenAIParameters": parameters}
    try:
        found = embed_texts(call.models, vectorizer, texts, dimensions=dimensions) if texts else ()
    except ModelFailed as problem:
        return [done or failed(problem) for done in results]
    vectors = iter(found)
    return [done or _done("embedding", next(vectors)) for done in results]


def _unfit(text: str) -> Done | None:
    if not text.strip():
        return Done.skipped("Required skill input is missing. Name: text: the text is empty.")
    count = bytepairs.count(text) if len(text.encode()) > MOST_TOKENS else 0
    if count > MOST_TOKENS:
        return Done.failed(f"The text has {count} tokens; at most {MOST_TOKENS} are allowed.")
    return None


def failed(problem: ModelFailed) -> Done:
    """An error with what the model endpoint answered (SKILLS P30, P35, P45)."""
    if isinstance(problem, TimedOut):
        return late(problem)
    return Done.failed(described(problem.status, problem.answer or str(problem)), FAILED)


def _done(output: str, vector: numpy.ndarray[Any, Any]) -> Done:
    return Done({output: vector.tolist()})


def vectorize(call: Call, records: Sequence[Body]) -> list[Done]:
    """Exactly one of text, image and url for each record; 1024 numbers."""
    return [_one(call, record) for record in records]


def _one(call: Call, record: Body) -> Done:
    given = [name for name in ("text", "image", "url") if record.get(name) is not None]
    if not given:
        return Done.skipped("Required skill input is missing. Name: text, image or url")
    if len(given) > 1:
        return Done.failed("Exactly one of the inputs 'text', 'image' and 'url' must be given.")
    vectorizer = _vision(call)
    try:
        if given == ["text"]:
            return _text(call, vectorizer, record["text"])
        if given == ["url"]:
            url = record["url"] + (record.get("queryString") or "")
            return _done("vector", embed_image_url(call.models, vectorizer, url)[0])
        image = content_of(record["image"])
        return _done("vector", embed_images(call.models, vectorizer, [image])[0])
    except BadFile as problem:
        return Done.failed(str(problem))
    except ModelFailed as problem:
        return failed(problem)


def _text(call: Call, vectorizer: Body, text: str) -> Done:
    """The page's limit and its sample, which feeds it pages, disagree: rule vision-skill-text."""
    words = text.split()
    if not words:
        return Done.skipped("Required skill input is missing. Name: text: the text is empty.")
    known = " ".join(words[:MOST_WORDS]) if len(words) > MOST_WORDS else text
    done = _done("vector", embed_texts(call.models, vectorizer, [known])[0])
    if known is not text:
        details = (
            f"The text has {len(words)} words, and the documentation allows 1 to {MOST_WORDS}: the "
            "emulator took the first ones. The real service may refuse the text instead."
        )
        done.warnings.append((TRUNCATED, details))
    return done


def _vision(call: Call) -> Body:
    services = call.skillset.get("cognitiveServices") or {}
    parameters = {
        "modelVersion": call.skill.get("modelVersion"),
        "resourceUri": services.get("subdomainUrl") or OWN_RESOURCE,
        "apiKey": services.get("key"),
    }
    return {"kind": "aiServicesVision", "aiServicesVisionParameters": parameters}
