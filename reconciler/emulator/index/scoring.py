"""Scoring profiles: which fields and numbers they take (QUERIES 5, index-add-scoring-profiles)."""

from __future__ import annotations

from typing import Any

from reconciler.emulator.index.fields import STRINGS
from reconciler.emulator.index.naming import check_count, require
from reconciler.emulator.refusals import Refusal

Body = dict[str, Any]

FUNCTIONS = 8  # FACTS f
TYPES = {
    "freshness": ("Edm.DateTimeOffset",),
    "magnitude": ("Edm.Double", "Edm.Int32", "Edm.Int64"),
    "distance": ("Edm.GeographyPoint",),
    "tag": STRINGS,
}
NOT_FOR_TAGS = ("quadratic", "logarithmic")


def check(index: Body, paths: dict[str, Body]) -> None:
    profiles = index.get("scoringProfiles") or []
    searchable = {path for path, field in paths.items() if field.get("searchable")}
    for profile in profiles:
        name = profile["name"]
        owner = f"The scoring profile '{name}'"
        for path, weight in ((profile.get("text") or {}).get("weights") or {}).items():
            require(path, searchable, "searchable field", owner)
            if weight is None or weight <= 0:
                raise Refusal("scoring-weight", profile=name, field=path)
        functions = profile.get("functions") or []
        check_count(f"functions in the scoring profile '{name}'", len(functions), FUNCTIONS)
        for function in functions:
            require(function["fieldName"], paths, "field", owner)
            _check_function(name, function, paths[function["fieldName"]])
    names = {profile["name"] for profile in profiles}
    require(index.get("defaultScoringProfile"), names, "scoring profile", "The index")


def _check_function(profile: str, function: Body, field: Body) -> None:
    kind, path = function["type"], function["fieldName"]
    if field["type"] not in TYPES[kind] or not field.get("filterable"):
        raise Refusal("scoring-field", profile=profile, function=kind, field=path)
    if function["boost"] <= 0 or function["boost"] == 1:
        raise Refusal("scoring-boost", profile=profile, function=kind)
    if kind == "tag" and function.get("interpolation") in NOT_FOR_TAGS:
        raise Refusal("scoring-interpolation", profile=profile, function=kind)
