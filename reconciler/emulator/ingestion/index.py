"""The index that an ingesting source gets: a document for each chunk.

Names of fields and parts as in public copies of generated indexes (GitHub); their attributes too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from reconciler.emulator.ingestion.origins import ingestion, parameters, url_field
from reconciler.emulator.refusals import Refusal

Body = dict[str, Any]

PARENT, IMAGE_PARENT = "snippet_parent_id", "image_snippet_parent_id"
SNIPPET, VECTOR = "snippet", "snippet_vector"
DIMENSIONS = {  # FACTS h: the most that each model gives
    "text-embedding-ada-002": 1536,
    "text-embedding-3-small": 1536,
    "text-embedding-3-large": 3072,
}
PERMISSION_FIELDS = {
    "userIds": ("UserIds", "Collection(Edm.String)"),
    "groupIds": ("GroupIds", "Collection(Edm.String)"),
    "rbacScope": ("RbacScope", "Edm.String"),
}


def index(source: Mapping[str, Any], name: str) -> Body:
    prefix = source["name"]
    semantic = f"{prefix}-semantic-configuration"
    body: Body = {
        "name": name,
        "description": f"Search index for knowledge source '{prefix}'",
        "fields": list(_fields(source)),
        "semantic": {
            "defaultConfiguration": semantic,
            "configurations": [
                {
                    "name": semantic,
                    "prioritizedFields": {"prioritizedContentFields": [{"fieldName": SNIPPET}]},
                }
            ],
        },
    }
    if permissions(source):
        body["permissionFilterOption"] = "enabled"
    model = embedding(source)
    if model:
        body["vectorSearch"] = _vector_search(prefix, model)
    return body


def embedding(source: Mapping[str, Any]) -> Body | None:
    """The parameters of the model that makes the vectors.

    Raises:
        Refusal: it is not a model whose vectors have a known length.
    """
    given = ingestion(source).get("embeddingModel")
    if not given:
        return None
    model: Body = given.get("azureOpenAIParameters") or {}
    if model.get("modelName") not in DIMENSIONS:
        raise Refusal("source-embedding-model", name=source["name"], known=", ".join(DIMENSIONS))
    return model


def permissions(source: Mapping[str, Any]) -> list[str]:
    """The permissions that documents get; labels are not fields of their own."""
    given = ingestion(source).get("ingestionPermissionOptions") or ()
    return [option for option in PERMISSION_FIELDS if option in given]


def _fields(source: Mapping[str, Any]) -> Iterator[Body]:
    yield _field("uid", key=True, searchable=True, sortable=True, analyzer="keyword")
    yield _field(PARENT, filterable=True)
    yield _field(url_field(source), filterable=True)
    yield _field(SNIPPET, searchable=True)
    yield _field(IMAGE_PARENT, filterable=True)
    if embedding(source):
        vector = {
            "type": "Collection(Edm.Single)",
            "dimensions": dimensions(source),
            "vectorSearchProfile": f"{source['name']}-vector-search-profile",
        }
        yield _field(VECTOR, searchable=True) | vector
    for option in permissions(source):
        name, kind = PERMISSION_FIELDS[option]
        yield _field(name, filterable=True) | {"type": kind, "permissionFilter": option}
    for column in parameters(source).get("contentColumns") or ():
        searchable = column["searchFieldType"] in ("Edm.String", "Collection(Edm.String)")
        yield _field(column["name"], searchable=searchable) | {"type": column["searchFieldType"]}


def dimensions(source: Mapping[str, Any]) -> int:
    model = embedding(source) or {}
    return DIMENSIONS[model["modelName"]]


def _field(name: str, **attributes: Any) -> Body:
    off = dict.fromkeys(("searchable", "filterable", "sortable", "facetable"), False)
    return {"name": name, "type": "Edm.String", "retrievable": True, **off, **attributes}


def _vector_search(prefix: str, model: Body) -> Body:
    algorithm, compression = (
        f"{prefix}-vector-search-algorithm",
        f"{prefix}-vector-search-scalar-quantization",
    )
    return {
        "algorithms": [{"name": algorithm, "kind": "hnsw"}],
        "profiles": [
            {
                "name": f"{prefix}-vector-search-profile",
                "algorithm": algorithm,
                "vectorizer": f"{prefix}-vectorizer",
                "compression": compression,
            }
        ],
        "vectorizers": [
            {
                "name": f"{prefix}-vectorizer",
                "kind": "azureOpenAI",
                "azureOpenAIParameters": dict(model),
            }
        ],
        "compressions": [
            {
                "name": compression,
                "kind": "scalarQuantization",
                "scalarQuantizationParameters": {"quantizedDataType": "int8"},
                "rescoringOptions": {"enableRescoring": True, "defaultOversampling": 4.0},
            }
        ],
    }
