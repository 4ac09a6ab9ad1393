"""`vectorQueries`: what to look for in which vector fields, and the nearest documents."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from reconciler.emulator.index.vectors import section
from reconciler.emulator.models.vectorize import ModelFailed, embed_images, embed_texts
from reconciler.emulator.refusals import Refusal
from reconciler.emulator.search.columns import Floats, VectorColumn
from reconciler.emulator.search.schema import Field, Schema

if TYPE_CHECKING:
    from reconciler.emulator.models.models import Models

Body = dict[str, Any]
Mask = NDArray[np.bool_]
Slots = NDArray[np.int64]
Scores = NDArray[np.float64]

K = 50
HEAVIEST = 1e30  # ours: so that scores stay numbers
# In the order in which a continuation gives them back: QUERIES 2.
PROPERTIES = (
    "kind",
    "k",
    "oversampling",
    "fields",
    "vector",
    "text",
    "url",
    "base64Image",
    "exhaustive",
    "weight",
    "filterOverride",
    "threshold",
)
CONTENT = {"vector": "vector", "text": "text", "imageUrl": "url", "imageBinary": "base64Image"}
NOT_DONE = ("queryRewrites", "perDocumentVectorLimit")


@dataclass(frozen=True)
class VectorSearch:
    """One ranked list: the `k` documents whose `field` is nearest to `vector`, (d,) float32."""

    field: Field
    vector: Floats
    metric: str
    k: int = K
    weight: float = 1.0
    threshold: Body | None = None
    filter: str | None = None


def read(schema: Schema, queries: list[Any], models: Models) -> list[VectorSearch]:
    """One search a query and field; texts and images are embedded. Raises Refusal."""
    return [search for query in queries for search in _searches(schema, query, models)]


def echoed(query: Body) -> Body:
    """As a continuation has it: every property."""
    return {name: query.get(name, [] if name == "vector" else None) for name in PROPERTIES}


def nearest(search: VectorSearch, column: VectorColumn, allowed: Mask) -> tuple[Slots, Scores]:
    """The best `k` allowed slots, best first, and their scores (rule vector-scores)."""
    rows = np.flatnonzero((column.slots >= 0) & allowed[column.slots])
    with np.errstate(all="ignore"):  # numbers near the largest float32 overflow
        similarity = np.nan_to_num(_similarities(search, column)[rows])
    scores = _scores(search.metric, similarity)
    slots = column.slots[rows]
    if search.threshold is not None:
        kept = _above(search, similarity, scores)
        slots, scores = slots[kept], scores[kept]
    if len(scores) > search.k:
        least = np.partition(scores, len(scores) - search.k)[len(scores) - search.k]
        close = scores >= least
        slots, scores = slots[close], scores[close]
    order = np.lexsort((slots, -scores))[: search.k]
    return slots[order], scores[order]


def _similarities(search: VectorSearch, column: VectorColumn) -> Floats:
    """(n,): cosine or dot product; a distance for the other metrics."""
    matrix, vector = column.matrix, search.vector
    match search.metric:
        case "hamming":
            bits = matrix.astype(np.uint8) ^ vector.astype(np.uint8)
            return np.asarray(np.unpackbits(bits, axis=1).sum(axis=1), np.float32)
        case "euclidean":
            squares = column.norms**2 - 2 * (matrix @ vector) + float(vector @ vector)
            return np.asarray(np.sqrt(np.maximum(squares, 0)), np.float32)
    products: Floats = matrix @ vector
    if search.metric == "cosine":
        lengths = column.norms * np.linalg.norm(vector)
        return np.divide(products, lengths, out=np.zeros_like(products), where=lengths > 0)
    return products


def _scores(metric: str, similarity: Floats) -> Scores:
    exact = similarity.astype(np.float64)
    if metric in ("hamming", "euclidean"):
        return np.asarray(1 / (1 + exact))
    below = 1 / (2 - np.minimum(exact, 1))
    return np.asarray(np.where(exact > 1, exact, below) if metric == "dotProduct" else below)


def _above(search: VectorSearch, similarity: Floats, scores: Scores) -> Mask:
    """What a threshold lets through; a distance must be below it (QUERIES 5)."""
    threshold = search.threshold or {}
    value = threshold.get("value")
    if not isinstance(value, int | float):
        raise Refusal("vector-query", reason="a threshold has a value")
    if threshold.get("kind") == "searchScore":
        return scores >= value
    if search.metric in ("hamming", "euclidean"):
        return similarity <= value
    return similarity >= value


def _searches(schema: Schema, query: Any, models: Models) -> Iterator[VectorSearch]:
    if not isinstance(query, dict):
        raise Refusal("vector-query", reason="it is no object")
    _check(query)
    names = [name.strip() for name in (query.get("fields") or "").split(",") if name.strip()]
    if not names:
        raise Refusal("vector-query", reason="it names no fields")
    k = query.get("k")
    weight = query.get("weight")
    embedded: dict[tuple[str, int], Floats] = {}
    for name in names:
        field = _field(schema, name)
        yield VectorSearch(
            field,
            _vector(schema, field, query, models, embedded),
            _metric(schema, field),
            K if k is None else k,
            1.0 if weight is None else weight,
            query.get("threshold"),
            query.get("filterOverride"),
        )


def _check(query: Body) -> None:
    for name, value in query.items():
        if value is None:
            continue
        if name in NOT_DONE:
            raise Refusal("not-emulated", path=f"{name} of a vector query")
        if name not in PROPERTIES:
            raise Refusal("unknown-parameter", parameter=f"vectorQueries/{name}")
    for name in ("fields", "filterOverride"):
        if not isinstance(query.get(name) or "", str):
            raise Refusal("vector-query", reason=f"{name} is a text")
    if not isinstance(query.get("threshold") or {}, dict):
        raise Refusal("vector-query", reason="threshold is an object")
    kind = query.get("kind")
    if not isinstance(kind, str) or kind not in CONTENT:
        raise Refusal("vector-query", reason=f"'{kind}' is no kind")
    if kind == "imageUrl":
        raise Refusal("not-emulated", path="a vector query of kind imageUrl")
    if not query.get(CONTENT[kind]):
        raise Refusal("vector-query", reason=f"kind '{kind}' needs '{CONTENT[kind]}'")
    k, weight = query.get("k"), query.get("weight")
    if k is not None and (not isinstance(k, int) or k < 1):
        raise Refusal("vector-query", reason="k is a whole number from 1")
    if weight is not None and not (isinstance(weight, int | float) and 0 < weight <= HEAVIEST):
        raise Refusal("vector-query", reason=f"weight is more than 0, at most {HEAVIEST:g}")


def _field(schema: Schema, name: str) -> Field:
    field = schema.by_path.get(name)
    if field is None:
        raise Refusal("vector-field-unknown", field=name)
    if not field.vector or not field.may("searchable"):
        raise Refusal("vector-field-type", field=name)
    return field


def _metric(schema: Schema, field: Field) -> str:
    profile = _profile(schema, field)
    algorithm = section(schema.index, "algorithms").get(profile.get("algorithm", ""), {})
    parameters = algorithm.get("hnswParameters") or algorithm.get("exhaustiveKnnParameters") or {}
    packed = field.item_type == "Edm.Byte"
    return str(parameters.get("metric") or ("hamming" if packed else "cosine"))


def _profile(schema: Schema, field: Field) -> Body:
    name = field.definition.get("vectorSearchProfile") or ""
    return section(schema.index, "profiles").get(name, {})


def _vector(
    schema: Schema,
    field: Field,
    query: Body,
    models: Models,
    embedded: dict[tuple[str, int], Floats],
) -> Floats:
    """The query's vector for a field, (d,); one call of a model for fields that are alike."""
    kind = query["kind"]
    if kind == "vector":
        vector = _given(query["vector"])
    else:
        name = _profile(schema, field).get("vectorizer") or ""
        vectorizer = section(schema.index, "vectorizers").get(name)
        if vectorizer is None:
            raise Refusal("vector-query-vectorizer", field=field.path, kind=kind)
        asked = name, field.vector_length
        if asked not in embedded:
            embedded[asked] = _embedded(field, query, vectorizer, models)
        vector = embedded[asked]
    if vector.shape != (field.vector_length,):
        raise Refusal(
            "vector-query-length",
            field=field.path,
            expected=field.vector_length,
            given=len(vector),
        )
    return vector


def _given(numbers: Any) -> Floats:
    try:
        with np.errstate(over="ignore"):
            vector = np.asarray(numbers, np.float32)
    except (TypeError, ValueError, OverflowError):
        vector = np.zeros((0, 0), np.float32)
    if vector.ndim != 1 or not np.isfinite(vector).all():
        raise Refusal("vector-query", reason="the vector is a list of numbers")
    return vector


def _embedded(field: Field, query: Body, vectorizer: Mapping[str, Any], models: Models) -> Floats:
    try:
        if query["kind"] == "text":
            # rule vectorizer-length
            length = field.vector_length if vectorizer["kind"] == "azureOpenAI" else None
            texts = [query["text"]]
            rows = embed_texts(models, dict(vectorizer), texts, query=True, dimensions=length)
        else:
            image = base64.b64decode(query["base64Image"], validate=True)
            rows = embed_images(models, dict(vectorizer), [image])
    except ModelFailed as failure:
        raise Refusal("vectorizer-failed", field=field.path, reason=failure) from None
    except binascii.Error:
        raise Refusal("vector-query", reason="base64Image is not base64") from None
    first: Floats = np.asarray(rows[0], np.float32)
    return first
