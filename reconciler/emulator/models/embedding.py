"""What a model makes of texts and pictures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple

from reconciler.emulator.models import bytepairs, lengths, pictures, words
from reconciler.emulator.models.catalogue import Model
from reconciler.emulator.refusals import Refusal

if TYPE_CHECKING:
    import numpy as np

Cut = Literal["START", "END", "NONE"]
PICTURE_TOKENS = 1000  # recordings-modern/inference_embeddings
TRIGGER = "emulator: filter this"


class Embedded(NamedTuple):
    """`vectors` are (n, d) float32 of unit length; `tokens` is what all of it costs."""

    vectors: np.ndarray
    tokens: int


def of_texts(model: Model, texts: Sequence[str], length: int | None, cut: Cut = "END") -> Embedded:
    """Raises Refusal for a text that is too long, unless the model cuts. Rule model-usage."""
    texts = [text.encode(errors="replace").decode() for text in texts]  # half of a character pair
    ids = words.tokens(texts)
    if model.family == "openai":
        tokens = sum(_counted(model, text) for text in texts)
    else:
        ids = [_fitting(model, text, cut) for text in ids]
        tokens = sum(map(len, ids))
    vectors = lengths.stretch(words.embed(ids), length or model.dimensions, model.name)
    return Embedded(vectors, tokens)


def of_pictures(
    model: Model, images: Sequence[bytes], captions: Sequence[str | None], length: int | None
) -> Embedded:
    """A picture with a caption lies between the two. Raises pictures.NotAPicture."""
    vectors = pictures.embed(images)
    tokens = PICTURE_TOKENS * len(images)
    for row, caption in enumerate(captions):
        if caption:
            ids = words.tokens([caption])
            vectors[row] += words.embed(ids)[0]
            tokens += len(ids[0])
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


def _fitting(model: Model, ids: list[int], cut: Cut) -> list[int]:
    if len(ids) <= model.tokens:
        return ids
    if cut == "NONE":
        raise Refusal("model-tokens", limit=model.tokens, count=len(ids))
    return ids[-model.tokens :] if cut == "START" else ids[: model.tokens]
