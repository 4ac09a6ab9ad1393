"""The published schemas of four api-versions, read alike: types, their members, their variants."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from .material import SHARED

SWAGGER = {
    "2024-07-01": "swagger/search-2024-07-01/searchservice.json",
    "2025-09-01": "swagger/search-2025-09-01/searchservice.openapi3.json",
}
MODELS = ("2026-04-01", "2026-08-01-preview")
VERSIONS = (*SWAGGER, *MODELS)


@dataclass(frozen=True)
class Type:
    """`members` tells each property's types; `variants` the types that its tags select."""

    members: dict[str, tuple[str, ...]] = field(default_factory=dict)
    variants: dict[str, str] = field(default_factory=dict)


@cache
def published(version: str) -> dict[str, Type]:
    """Every type of an api-version."""
    return dict(_from_swagger(version) if version in SWAGGER else _from_models(version))


def _from_swagger(version: str) -> Iterator[tuple[str, Type]]:
    definitions = json.loads((SHARED / SWAGGER[version]).read_text())["definitions"]
    bases = {
        name: [one["$ref"].rpartition("/")[2] for one in definition.get("allOf", ())]
        for name, definition in definitions.items()
    }
    for name, definition in definitions.items():
        members: dict[str, tuple[str, ...]] = {}
        for one in _lineage(bases, name):
            for prop, said in definitions[one].get("properties", {}).items():
                members[prop] = tuple(re.findall(r"#/definitions/(\w+)", json.dumps(said)))
        tags = {
            other.get("x-ms-discriminator-value", sub): sub
            for sub, other in definitions.items()
            if name in bases[sub]
        }
        yield name, Type(members, tags if "discriminator" in definition else {})


def _from_models(version: str) -> Iterator[tuple[str, Type]]:
    models = json.loads((SHARED / f"schema/{version}.models.json").read_text())["models"]
    bases = {name: model["bases"] for name, model in models.items()}
    for name in models:
        members: dict[str, tuple[str, ...]] = {}
        for one in _lineage(bases, name):
            for said in models[one]["fields"]:
                types = tuple(re.findall(r"_models\d*\.(\w+)", said["type"]))
                members[said.get("name", said["py"])] = types
        tags = {
            other["discriminator"]: sub
            for sub, other in models.items()
            if name in other["bases"] and other["discriminator"]
        }
        yield name, Type(members, tags)


def _lineage(bases: Mapping[str, Sequence[str]], name: str) -> list[str]:
    """A type after all that it derives from."""
    above = [one for base in bases[name] if base in bases for one in _lineage(bases, base)]
    return [*above, name]
