"""Probing an EmbeddingModel: one tiny request for each thing that is declared of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from reconciler.assertions.protocols import Asked, lengths, request
from reconciler.assertions.result import AssertionResult, Failure
from reconciler.model.json import JsonObject
from reconciler.model.resource import Resource
from reconciler.wire import ServiceError, Wire

_DOES_NOT_FIT = (400, 422)
"""Statuses that say: the request is not what the model takes."""
_FILTERED = ("content_filter", "responsibleaipolicyviolation", "content management policy")


async def probe(resource: Resource, wire: Wire) -> AssertionResult:
    """Ask a model whether it is as declared. Never raises what it answers: that is the verdict."""
    return await _Probing(resource.body, wire).verdict(resource)


class _Probing:
    """The requests to one model, and what came of them."""

    def __init__(self, model: JsonObject, wire: Wire) -> None:
        self._model = model
        self._wire = wire
        self._sent: int | None = None if model["protocol"] == "vision" else model["dimensions"]
        self._facts: list[str] = []
        self._failures: list[Failure] = []

    async def verdict(self, resource: Resource) -> AssertionResult:
        """One modality after the other; where the first request fails, no more of it are sent."""
        for modality in _modalities(self._model):
            fact = await self._first(modality)
            if fact:
                more = [
                    what for asked, what in self._more(modality) if await self._try(asked, what)
                ]
                self._facts.append(f"{fact} ({', '.join(more)})" if more else fact)
        return AssertionResult(resource.id, tuple(self._facts), tuple(self._failures))

    async def _first(self, modality: Literal["text", "image"]) -> str:
        """The plainest request; a model of a fixed length may refuse `dimensions`.

        Returns:
            What holds; empty where it failed.
        """
        error, found = await self._ask(Asked(modality, self._sent))
        refused = error
        if error is not None and error.status in _DOES_NOT_FIT and self._sent is not None:
            error, found = await self._ask(Asked(modality))
            if error is None:
                self._sent = None
        if error is not None:
            self._fail(modality, error)
            return ""
        wanted = self._model["dimensions"]
        if found == [wanted]:
            fixed = ", always (it takes no `dimensions`)" if refused is not None else ""
            return f"{modality} {wanted} numbers{fixed}"
        has = found[0] if found else 0
        why = f"the vectors have {has} numbers, and {wanted} are declared"
        if refused is not None:
            why = f"it does not take `dimensions` ({_told(refused)}), and {why}"
        fix = f"write `dimensions: {has}`, here and in the index, or use another model"
        status = refused.status if refused is not None else 0
        self._failures.append(Failure(modality, why, fix, status))
        return ""

    def _more(self, modality: Literal["text", "image"]) -> Iterator[tuple[Asked, str]]:
        """What is declared beyond the plainest request, each with its name."""
        plain = Asked(modality, self._sent)
        if modality == "text" or self._model.get("modality") == "image":
            for input_type in self._model.get("inputTypes") or ():
                yield plain._replace(input_type=input_type), f"input type {input_type}"
        for encoding in self._model.get("encodingFormats") or ():
            yield plain._replace(encoding=encoding), f"format {encoding}"
        if self._takes_two(modality):
            yield plain._replace(inputs=2), "2 at a time"

    def _takes_two(self, modality: Literal["text", "image"]) -> bool:
        """Whether two at a time are declared: pictures go alone, unless said otherwise."""
        if modality == "image":
            return (self._model.get("imageBatch") or 1) > 1
        return self._model["protocol"] != "vision" and self._model.get("batch") != 1

    async def _try(self, asked: Asked, what: str) -> bool:
        """Whether what is asked holds; if not, the failure is noted."""
        called = f"{asked.modality}, {what}"
        error, found = await self._ask(asked)
        if error is not None:
            self._fail(called, error, _remedy(asked))
        elif found != [self._model["dimensions"]] * asked.inputs:
            why = f"vectors of {', '.join(map(str, found)) or 'no'} numbers came"
            self._failures.append(Failure(called, why, _remedy(asked)))
        else:
            return True
        return False

    async def _ask(self, asked: Asked) -> tuple[ServiceError | None, list[int]]:
        """The error, or the lengths of the vectors that came."""
        path, query, body = request(self._model, asked)
        kind = "application/octet-stream" if isinstance(body, bytes) else "application/json"
        headers = {"Accept": "application/json", "Content-Type": kind}
        try:
            reply = await self._wire.call("POST", path, query, body, headers, reads=True)
            return None, lengths(reply.body, asked)
        except ServiceError as error:
            return error, []

    def _fail(self, asked: str, error: ServiceError, remedy: str = "") -> None:
        said = f"{error.code} {error.said}".lower()
        if any(word in said for word in _FILTERED):
            why = f"the content filter refused a harmless probe ({_told(error)})"
            fix = "look at the content filter of the deployment"
        elif error.status in _DOES_NOT_FIT:
            why = _told(error)
            fix = remedy or "check that this is an embedding model, and of this modality"
        else:
            why, fix = error.message, ""
        self._failures.append(Failure(asked, why, fix, error.status))


def _modalities(model: JsonObject) -> list[Literal["text", "image"]]:
    declared = model.get("modality") or "text"
    known: tuple[Literal["text", "image"], ...] = ("text", "image")
    return [modality for modality in known if modality in declared.split("+")]


def _told(error: ServiceError) -> str:
    return f"{error.status}: {error.said or error.message}"[:300]  # said: without secrets


def _remedy(asked: Asked) -> str:
    """What to change in the manifest when this alone is refused."""
    if asked.inputs > 1 and asked.modality == "image":
        return "it takes one picture at a time: take `imageBatch` out"
    if asked.inputs > 1:
        return "it takes one input at a time: write `batch: 1`, and batches of one where it is used"
    if asked.input_type is not None:
        return f"the model does not know it: take `{asked.input_type}` out of `inputTypes`"
    if asked.encoding is not None:
        return f"the model does not know it: take `{asked.encoding}` out of `encodingFormats`"
    return ""
