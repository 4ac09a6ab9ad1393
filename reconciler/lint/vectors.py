"""The vector fields of the declared indexes, with what makes vectors of queries."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from reconciler.lint.bodies import EACH, each
from reconciler.lint.fields import fields
from reconciler.model.problem import Where
from reconciler.model.resource import Resource
from reconciler.providers.search.kinds.edm import VECTORS
from reconciler.providers.search.kinds.models import LENGTHS, VISION_LENGTH

_MODELS = {
    "azureOpenAI": ("azureOpenAIParameters", "modelName"),
    "aml": ("amlParameters", "modelName"),
    "aiServicesVision": ("aiServicesVisionParameters", "modelVersion"),
}
"""Where vectorizers name their models; a version of Azure AI Vision is a model."""


class Vectorizer(NamedTuple):
    """A vectorizer; `kind` is empty where it cannot be told."""

    kind: str
    body: dict[str, Any]
    where: Where

    @property
    def model(self) -> tuple[str, Where] | None:
        """The model's name and its place, if it names one."""
        if self.kind not in _MODELS:
            return None
        found = each(self.body, self.where, *_MODELS[self.kind])
        return next(((name, at) for name, at in found if isinstance(name, str) and name), None)

    @property
    def lengths(self) -> Sequence[int] | None:
        """How long its vectors can be; None: who knows."""
        if self.kind == "aiServicesVision":
            return (VISION_LENGTH,)
        return LENGTHS.get(self.model[0]) if self.model is not None else None


def vector_fields(index: Resource) -> Iterator[tuple[dict[str, Any], Where]]:
    """Every vector field of an index, with its place."""
    return ((field, where) for field, where in fields(index) if field["type"] in VECTORS)


def vectorizers(index: Resource) -> Iterator[Vectorizer]:
    """Every vectorizer of an index."""
    path = ("vectorSearch", "vectorizers", EACH)
    for body, where in each(index.body, index.where.at("spec"), *path):
        if isinstance(body, dict):
            kind = body.get("kind")
            yield Vectorizer(kind if isinstance(kind, str) else "", body, where)


def profile_of(index: Resource, field: dict[str, Any]) -> dict[str, Any] | None:
    """The profile that a field names, if it is there."""
    name = field.get("vectorSearchProfile")
    listed = each(index.body, index.where.at("spec"), "vectorSearch", "profiles", EACH)
    found = (one for one, _ in listed if isinstance(one, dict) and one.get("name") == name)
    return next(found, None) if isinstance(name, str) else None


def vectorizer_of(index: Resource, field: dict[str, Any]) -> Vectorizer | None:
    """What makes vectors of a query's text for a field, if its profile names one that is there."""
    profile = profile_of(index, field)
    name = profile.get("vectorizer") if profile is not None else None
    found = (one for one in vectorizers(index) if one.body.get("name") == name)
    return next(found, None) if isinstance(name, str) else None


def lengths_of(model: Any) -> Sequence[int] | None:
    """How long the vectors of a model can be; None: who knows."""
    return LENGTHS.get(model) if isinstance(model, str) else None


def spelled(lengths: Sequence[int]) -> str:
    """Lengths for people: `1536`, `256, 512 or 1024`, `1 to 3072`."""
    if isinstance(lengths, range):
        return f"{lengths.start} to {lengths.stop - 1}"
    *others, last = map(str, lengths)
    return f"{', '.join(others)} or {last}" if others else last
