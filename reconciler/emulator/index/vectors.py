"""Vector fields and the vectorSearch section that they refer to."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from reconciler.emulator.index.fields import beneath_collections, is_vector, walk
from reconciler.emulator.refusals import Refusal
from reconciler.emulator.version import Version

Body = dict[str, Any]

DIMENSIONS = (2, 4096)  # FACTS f
HNSW = {"m": (4, 10), "efConstruction": (100, 1000), "efSearch": (100, 1000)}  # FACTS f
MODEL_REQUIRED_SINCE = "2024-05-01"  # SKILLS P32
NESTED_SINCE = "2025-05-01"  # previews only: SKILLS P120
REGIONAL = ".api.cognitive.microsoft.com"  # SKILLS P31: no endpoint of a resource
VECTOR_PROPERTIES = ("dimensions", "vectorSearchProfile", "vectorEncoding")
SECTIONS = ("profiles", "algorithms", "vectorizers", "compressions")
PROFILE_REFERENCES = (
    ("algorithm", "algorithms"),
    ("vectorizer", "vectorizers"),
    ("compression", "compressions"),
)


def section(index: Body, name: str) -> dict[str, Body]:
    """`profiles`, `algorithms`, ... by name; empty when there are none."""
    search = index.get("vectorSearch") or {}
    return {entry["name"]: entry for entry in search.get(name) or ()}


def check(index: Body, version: Version) -> None:
    profiles = section(index, "profiles")
    may_nest = version.preview and version.date >= NESTED_SINCE
    nested = beneath_collections(index["fields"]) if may_nest else set()
    for path, depth, field in walk(index["fields"]):
        if is_vector(field) and depth > 1 and path not in nested:
            raise Refusal("vector-nested", field=path)
        _check_field(path, field, profiles)
    for name in SECTIONS:
        _check_unique(index, name)
    for profile in profiles.values():
        _check_profile(index, profile)
    for algorithm in section(index, "algorithms").values():
        for key, bounds in HNSW.items():
            value = (algorithm.get("hnswParameters") or {}).get(key)
            _check_range(value, bounds, key, algorithm["name"])
    for vectorizer in section(index, "vectorizers").values():
        _check_vectorizer(vectorizer, version)


def _check_field(path: str, field: Body, profiles: dict[str, Body]) -> None:
    if not is_vector(field):
        for key in VECTOR_PROPERTIES:
            if field.get(key) is not None:
                raise Refusal("vector-only", field=path, type=field["type"], property=key)
        return
    for key in VECTOR_PROPERTIES[:2]:
        if field.get(key) is None:
            raise Refusal("vector-incomplete", field=path, property=key)
    _check_range(field["dimensions"], DIMENSIONS, "dimensions", path)
    if not field["searchable"]:
        raise Refusal("vector-searchable", field=path)
    if field["vectorSearchProfile"] not in profiles:
        raise Refusal("vector-profile", field=path, profile=field["vectorSearchProfile"])


def _check_unique(index: Body, name: str) -> None:
    entries = (index.get("vectorSearch") or {}).get(name) or ()
    seen: set[str] = set()
    for entry in entries:
        if entry["name"] in seen:
            raise Refusal("name-twice", what=f"vectorSearch.{name}", name=entry["name"])
        seen.add(entry["name"])


def _check_profile(index: Body, profile: Body) -> None:
    for key, where in PROFILE_REFERENCES:
        name = profile.get(key)
        if name and name not in section(index, where):
            raise Refusal("profile-reference", profile=profile["name"], what=key, name=name)


def _check_range(value: int | None, bounds: tuple[int, int], key: str, name: str) -> None:
    low, high = bounds
    if value is not None and not low <= value <= high:
        raise Refusal("out-of-range", property=key, name=name, low=low, high=high)


def _check_vectorizer(vectorizer: Body, version: Version) -> None:
    name = vectorizer["name"]
    if vectorizer["kind"] == "azureOpenAI":
        parameters = vectorizer.get("azureOpenAIParameters") or {}
        url = urlsplit(parameters.get("resourceUri") or "")
        host = url.hostname or ""
        if url.scheme != "https" or not host or host.endswith(REGIONAL) or url.path.strip("/"):
            raise Refusal("vectorizer-resource", name=name)
        if version.date >= MODEL_REQUIRED_SINCE and not parameters.get("modelName"):
            raise Refusal("vectorizer-model", name=name, version=version.name)
    if vectorizer["kind"] == "customWebApi":
        parameters = vectorizer.get("customWebApiParameters") or {}
        if not parameters.get("uri"):
            raise Refusal("vectorizer-uri", name=name)
