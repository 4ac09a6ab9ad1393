"""What a model makes of texts and pictures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple

from reconciler.emulator.models import bytepairs, lengths, pictures, words
from reconciler.emulator.models.catalogue import Model
from reconciler.emulator.models.text_models import TextModel
from reconciler.emulator.refusals import Refusal

if TYPE_CHECKING:
    import numpy as np

Cut = Literal["START", "END", "NONE"]
Place = tuple[int, int]  # of a token: where it begins and ends
PICTURE_TOKENS = 1000  # recordings-modern/inference_embeddings
TRIGGER = "emulator: filter this"


class Embedded(NamedTuple):
    """`vectors` are (n, d) float32 of unit length; `tokens` is what all of it costs."""

    vectors: np.ndarray
    tokens: int


def of_texts(
    text_model: TextModel,
    model: Model,
    texts: Sequence[str],
    length: int | None,
    cut: Cut = "END",
) -> Embedded:
    """Raises Refusal for a text that is too long, unless the model cuts. Rule model-usage."""
    texts = [text.encode(errors="replace").decode() for text in texts]  # half of a character pair
    if model.family == "openai":
        tokens = sum(_counted(model, text) for text in texts)
    else:
        pairs = zip(texts, words.tokens(texts), strict=True)
        fitting = [_fitting(model, text, places, cut) for text, places in pairs]
        texts = [text for text, _ in fitting]
        tokens = sum(count for _, count in fitting)
    vectors = lengths.stretch(text_model.embed(texts), length or model.dimensions, model.name)
    return Embedded(vectors, tokens)


def of_pictures(
    text_model: TextModel,
    model: Model,
    images: Sequence[bytes],
    captions: Sequence[str | None],
    length: int | None,
) -> Embedded:
    """A picture with a caption lies between the two. Raises pictures.NotAPicture."""
    vectors = pictures.embed(images, text_model)
    tokens = PICTURE_TOKENS * len(images)
    for row, caption in enumerate(captions):
        if caption:
            vectors[row] += text_model.embed([caption])[0]
            tokens += len(words.tokens([caption])[0])
    stretched = lengths.stretch(words.unit(vectors), length or model.dimensions, model.name)
    return Embedded(stretched, tokens)


def check_content(texts: Sequence[str]) -> None:
    """The content filter, which only knows its trigger (rule model-content)."""
    if any(TRIGGER in text.lower() for text in texts):
        raise Refusal("model-content")


def _counted(model: Model, text: str) -> int:
    count = bytepairs.count(text)
    if count > model.tokens:
        raise Refusal("model-tokens", limit=model.tokens, count=count)
    return count


def _fitting(model: Model, text: str, places: list[Place], cut: Cut) -> tuple[str, int]:
    """What a model reads of a text, and how many tokens that is."""
    if len(places) <= model.tokens:
        return text, len(places)
    if cut == "NONE":
        raise Refusal("model-tokens", limit=model.tokens, count=len(places))
    kept = places[-model.tokens :] if cut == "START" else places[: model.tokens]
    return text[kept[0][0] : kept[-1][1]], len(kept)
