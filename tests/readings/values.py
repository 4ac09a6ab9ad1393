"""Values that a property takes: from its own type and rules; where those say too little, told."""

from __future__ import annotations

import copy
import types
from collections.abc import Iterator
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import TypeAdapter, ValidationError

from reconciler.schema.body import Body, Property, shape_of, variant

TOLD: dict[str, list[Any]] = {
    "name": ["sample", "other"],
    "fieldName": ["title", "tags"],
    "analyzer": ["en.lucene", "fr.lucene"],
    "searchAnalyzer": ["en.lucene", "fr.lucene"],
    "indexAnalyzer": ["en.lucene", "fr.lucene"],
    "tokenizer": ["standard_v2", "whitespace"],
    "normalizer": ["lowercase", "uppercase"],
    "tokenFilters": [["lowercase"], ["uppercase"]],
    "charFilters": [["html_strip"], []],
    "dimensions": [256, 512],
    "resourceUri": ["https://one.openai.azure.com", "https://two.openai.azure.com"],
    "uri": ["https://one.example.com/score", "https://two.example.com/score"],
    "dataSourceName": ["source", "source-2"],
    "targetIndexName": ["target", "target-2"],
    "skillsetName": ["skills", "skills-2"],
    "targetFieldName": ["id", "text"],
    "sourceFieldName": ["id", "text"],
    "indexes": [["target"], ["target-2"]],
    "synonymMaps": [["words"], ["words-2"]],
    "sourceContext": ["/document", "/document/pages/*"],
    "createdResources": [{"index": "docs-index"}],
    "searchIndexName": ["target", "target-2"],
    "sourceFields": [["title"], ["tags"]],
    "maximumPageLength": [2000, 3000],
    "flags": ["CASE_INSENSITIVE", "MULTILINE"],
}
"""By the property's name."""

OF_MODEL: dict[str, list[Any]] = {
    "InputMapping.name": ["text", "languageCode"],
    "InputMapping.source": ["/document/content", "/document/other"],
    "Profile.algorithm": ["hnsw", "hnsw-2"],
    "Profile.vectorizer": ["model", "model-2"],
    "Profile.compression": ["bytes", "bytes-2"],
    "Field.fields": [],
    "ContentChunking.unit": ["characters"],
    "Field.key": [False],
    "Vector.key": [False],
    "Vector.filterable": [False],
    "Vector.sortable": [False],
    "Vector.facetable": [False],
    "Element.key": [False],
    "Element.sortable": [False],
    "DistanceFunction.fieldName": ["place"],
    "FreshnessFunction.fieldName": ["made"],
    "MagnitudeFunction.fieldName": ["size"],
    "CustomNormalizer.charFilters": [["mapped"], []],
    "TextWeights.weights": [{"title": 2.0}, {"title": 3.0}],
    "OldEntityRecognitionSkill.defaultLanguageCode": ["en", "fr"],
    "OldSentimentSkill.defaultLanguageCode": ["en", "fr"],
}
"""By model and property, where the name alone says too little."""

COMPLETE: dict[str, dict[str, Any]] = {
    "EncryptionKey": {"keyVaultKeyVersion": "1"},
    "Source": {"name": "known-2"},
    "TextWeights": {"weights": {"title": 1.0}},
    "PrioritizedFields": {
        "titleField": {"fieldName": "title"},
        "prioritizedContentFields": [{"fieldName": "text"}],
    },
    "Input": {"source": "/document/content"},
    "WebApiVectorizer": {"customWebApiParameters": {"uri": "https://one.example.com"}},
    "WebApiParameters": {"uri": "https://one.example.com"},
    "AzureOpenAIEmbeddingSkill": {"modelName": "text-embedding-3-large"},
    "AzureOpenAIVectorizer": {
        "azureOpenAIParameters": {
            "resourceUri": "https://one.openai.azure.com",
            "modelName": "text-embedding-3-large",
        }
    },
    "AzureOpenAIParameters": {
        "resourceUri": "https://one.openai.azure.com",
        "modelName": "text-embedding-3-large",
    },
    "IngestionEmbeddingModel": {
        "azureOpenAIParameters": {
            "resourceUri": "https://one.openai.azure.com",
            "modelName": "text-embedding-3-large",
        }
    },
    "SourceModelParameters": {
        "resourceUri": "https://one.openai.azure.com",
        "modelName": "text-embedding-3-large",
    },
}
"""What the service asks for beyond what the schema requires, by model."""

OUTPUTS = {
    "SplitSkill": "textItems",
    "MergeSkill": "mergedText",
    "ShaperSkill": "output",
    "ConditionalSkill": "output",
    "DocumentExtractionSkill": "content",
    "LanguageDetectionSkill": "languageCode",
    "KeyPhraseExtractionSkill": "keyPhrases",
    "EntityLinkingSkill": "entities",
    "SentimentSkill": "sentiment",
    "PIIDetectionSkill": "maskedText",
    "TranslationSkill": "translatedText",
    "CustomEntityLookupSkill": "entities",
    "OcrSkill": "text",
    "ImageAnalysisSkill": "tags",
    "VectorizeSkill": "vector",
    "AzureOpenAIEmbeddingSkill": "embedding",
}
"""An output of each skill that has its own, by the end of its type."""

TEXTS = ("sample", "other", "PT1H", "PT2H", "PT20S", "PT30S", "2026-01-01T00:00:00Z")
MORE = ("2026-02-01T00:00:00Z", "https://one.example.com", "https://two.example.com", "#", "*")


@cache
def _adapter(model: type[Body], name: str) -> TypeAdapter[Any]:
    fields = model.model_fields.items()
    field = next(f for own, f in fields if name == (f.alias or own))
    annotated: Any = Annotated.__class_getitem__((field.annotation, None, *field.metadata))  # type: ignore[attr-defined]
    return TypeAdapter(annotated)


def accepts(model: type[Body], name: str, value: Any) -> bool:
    """Whether a property's own rules take a value."""
    try:
        _adapter(model, name).validate_python(value, strict=True)
    except ValidationError:
        return False
    return True


def values(model: type[Body], known: Property) -> list[Any]:
    """Values that the property takes, the first one for a start, at least one if there is any."""
    told = OF_MODEL.get(f"{model.__name__}.{known.name}", TOLD.get(known.name))
    if known.holds_objects:
        return [] if told == [] else [_objects(known)]
    found = told if told is not None else [*_by_type(_annotation(model, known.name), known.many)]
    return [value for value in found if accepts(model, known.name, value)]


def _objects(known: Property) -> Any:
    if known.model is not None:
        element = minimal(known.model)
    else:
        assert known.one_of is not None
        usable = [tag for tag in known.one_of.variants if tag not in known.one_of.until]
        old = [tag for tag in usable if tag not in known.one_of.since] or usable
        element = minimal_variant(known, old[0])
    return [element] if known.many else element


def minimal_variant(known: Property, tag: str) -> dict[str, Any]:
    """The smallest object of one variant."""
    assert known.one_of is not None
    model = variant(known.one_of, tag)
    assert model is not None
    body = {**minimal(model), known.one_of.tag: tag}
    output = OUTPUTS.get(tag.rpartition(".")[2])
    return body | {"outputs": [{"name": output}]} if output else body


def minimal(model: type[Body]) -> dict[str, Any]:
    """The smallest object of a model: what is required."""
    body = {}
    for known in shape_of(model).properties.values():
        if known.required:
            found = values(model, known)
            body[known.name] = found[0] if found else None  # a tag is filled in by the variant
    return body | copy.deepcopy(COMPLETE.get(model.__name__, {}))


def _annotation(model: type[Body], name: str) -> Any:
    return next(f for own, f in model.model_fields.items() if name == (f.alias or own)).annotation


def _by_type(annotation: Any, many: bool) -> Iterator[Any]:
    for plain in _plain(annotation):
        yield [plain] if many and not isinstance(plain, list) else plain


def _plain(annotation: Any) -> Iterator[Any]:
    origin = get_origin(annotation)
    if origin is Annotated:
        yield from _plain(get_args(annotation)[0])
    elif origin in (Union, types.UnionType):
        for part in get_args(annotation):
            yield from _plain(part)
    elif origin is list:
        yield from _plain(get_args(annotation)[0])
    elif origin is Literal:
        yield from get_args(annotation)
    elif origin is dict or annotation is dict:
        yield from ({"sample": "one"}, {"sample": "two"}, {"sample": 1.0}, {"sample": 2.0})
    elif annotation is bool:
        yield from (True, False)
    elif annotation in (int, float):
        yield from (annotation(number) for number in (2, 5, 3, 1, 300, 400, 600, 0.5, 0.25))
    elif annotation is str:
        yield from (*TEXTS, *MORE)
    elif annotation is Any:
        yield from ("sample", "other")
