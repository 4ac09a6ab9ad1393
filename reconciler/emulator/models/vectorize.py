"""Vectors from the models that a skill or a vectorizer names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from reconciler.emulator.models.models import Models

if TYPE_CHECKING:
    import numpy as np

Body = dict[str, Any]


class ModelFailed(Exception):
    """A model did not answer; says why, without a secret. `status` is the HTTP status."""

    def __init__(self, message: str, status: int | None = None) -> None:
        super().__init__(message)
        self.status = status


def embed_texts(
    models: Models, vectorizer: Body, texts: Sequence[str], *, query: bool = False
) -> np.ndarray[Any, Any]:
    """Vectors of texts, (n, d) float32."""
    del models, vectorizer, texts, query
    raise ModelFailed("Embedding models are not emulated yet.")


def embed_images(models: Models, vectorizer: Body, images: Sequence[bytes]) -> np.ndarray[Any, Any]:
    """Vectors of images, (n, d) float32."""
    del models, vectorizer, images
    raise ModelFailed("Embedding models are not emulated yet.")


def post(
    models: Models, url: str, body: object, headers: Mapping[str, str], timeout: float
) -> tuple[int, Any]:
    """POST JSON; the status and the parsed answer."""
    del models, url, body, headers, timeout
    raise ModelFailed("Calls to models are not emulated yet.")
