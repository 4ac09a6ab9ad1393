"""The models by their real names, and what each of them takes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Family = Literal["openai", "cohere", "vision"]
PLAIN = ("float", "base64")
PACKED = (*PLAIN, "int8", "uint8", "binary", "ubinary")
PURPOSES = ("text", "query", "document")


@dataclass(frozen=True)
class Model:
    """`answers_as` is what replies call it; `sizes` are the values that `dimensions` may have.

    `texts` and `pictures` may be so many at once, and a text have so many `tokens`: OpenAI's models
    refuse a longer one, the others cut it. `captions`: a picture may come with a text.
    """

    name: str
    answers_as: str
    family: Family
    dimensions: int
    sizes: Sequence[int]
    texts: int
    tokens: int
    pictures: int = 0
    captions: bool = False
    formats: tuple[str, ...] = PLAIN
    purposes: tuple[str, ...] = ("text",)

    @property
    def shortens(self) -> bool:
        """Whether `dimensions` has a choice."""
        return len(self.sizes) > 1

    @property
    def picture_name(self) -> str:
        """FACTS i: embed-english-v3.0 answers as embed-english-v3.0-image for a picture."""
        return self.answers_as if self.captions else f"{self.answers_as}-image"


def _openai(name: str, dimensions: int, sizes: Sequence[int]) -> Model:
    return Model(name, name, "openai", dimensions, sizes, texts=2048, tokens=8192)


def _cohere_3(name: str, answers_as: str) -> Model:
    return Model(
        name,
        answers_as,
        "cohere",
        1024,
        (1024,),
        texts=96,
        tokens=512,
        pictures=1,
        formats=PACKED,
        purposes=PURPOSES,
    )


COHERE_4 = Model(
    "embed-v-4-0",
    "embed-v-4-0",
    "cohere",
    1536,
    (256, 512, 1024, 1536),
    texts=96,
    tokens=128_000,
    pictures=1,
    captions=True,
    formats=PACKED,
    purposes=PURPOSES,
)
# SKILLS, Vision multimodal embeddings; its text limit counts words (rule vision-words).
VISION = Model("vision", "2023-04-15", "vision", 1024, (), texts=1, tokens=8192, pictures=1)
DEFAULT = _cohere_3("Cohere-embed-v3-english", "embed-english-v3.0")
MODELS = (
    _openai("text-embedding-3-large", 3072, range(1, 3073)),
    _openai("text-embedding-3-small", 1536, range(1, 1537)),
    _openai("text-embedding-ada-002", 1536, ()),
    DEFAULT,
    _cohere_3("Cohere-embed-v3-multilingual", "embed-multilingual-v3.0"),
    COHERE_4,
)
# The catalogue of the portal, Cohere and the vectorizer's modelName say it differently.
OTHER_NAMES = {"cohere-embed-v4": COHERE_4, "embed-v4.0": COHERE_4}
NAMES = (
    {model.name.lower(): model for model in MODELS}
    | {model.answers_as.lower(): model for model in MODELS}
    | OTHER_NAMES
)


def named(name: str) -> Model | None:
    """The model of a name, whatever its case."""
    return NAMES.get(name.lower())


def endpoint_of(host: str) -> Model | None:
    """The one model of a serverless endpoint, whose host begins with the model's name.

    The portal adds a short suffix: `Cohere-embed-v3-english-hin`.
    """
    label = host.split(":")[0].split(".")[0].lower()
    return NAMES.get(label) or NAMES.get(label.rpartition("-")[0])
