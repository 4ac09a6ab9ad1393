"""Semantic configurations: which fields they name (SKILLS P130)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reconciler.emulator.index.fields import COMPLEX, STRINGS
from reconciler.emulator.index.naming import check_count, check_unique, require
from reconciler.emulator.refusals import Refusal

Body = dict[str, Any]

LIMIT = 100


def check(semantic: Body, paths: dict[str, Body]) -> None:
    configurations = semantic.get("configurations") or []
    check_unique("semantic configuration", configurations)
    check_count("semantic configurations", len(configurations), LIMIT)
    names = {configuration["name"] for configuration in configurations}
    default = semantic.get("defaultConfiguration")
    require(default, names, "semantic configuration", "The index")
    for configuration in configurations:
        name = configuration["name"]
        named = list(_named(configuration["prioritizedFields"]))
        if not named:
            raise Refusal("semantic-empty", name=name)
        for path in named:
            require(path, paths, "field", f"The semantic configuration '{name}'")
            _check_field(name, path, paths)


def _named(fields: Body) -> Iterator[str]:
    entries = [
        fields.get("titleField"),
        *(fields.get("prioritizedContentFields") or ()),
        *(fields.get("prioritizedKeywordsFields") or ()),
    ]
    return (entry["fieldName"] for entry in entries if entry and entry.get("fieldName"))


def _check_field(name: str, path: str, paths: dict[str, Body]) -> None:
    steps = path.split("/")
    above = ["/".join(steps[:count]) for count in range(1, len(steps))]
    field = paths[path]
    within = any(paths[holder]["type"] == COMPLEX[1] for holder in above)
    if within or field["type"] not in STRINGS:
        raise Refusal("semantic-collection")
    if not (field["searchable"] and field["retrievable"]):
        raise Refusal("semantic-field", name=name, field=path)
