"""Names within an index: analyzers, suggesters, scoring profiles, semantic configurations."""

from __future__ import annotations

from typing import Any

from reconciler.emulator.index.fields import walk
from reconciler.emulator.refusals import Refusal
from reconciler.emulator.shapes import Shapes

Body = dict[str, Any]

# FACTS f, and swagger: only one suggester.
LIMITS = {"suggesters": 1, "scoringProfiles": 100}
SEMANTIC_LIMIT = 100
NAMED = (
    "scoringProfiles",
    "suggesters",
    "analyzers",
    "normalizers",
    "tokenizers",
    "tokenFilters",
    "charFilters",
)


def check(index: Body, shapes: Shapes) -> None:
    for key in NAMED:
        _check_unique(key, index.get(key) or [])
    for key, limit in LIMITS.items():
        _check_count(key, len(index.get(key) or ()), limit)
    paths = {path: field for path, _, field in walk(index["fields"])}
    _check_analysis(index, shapes, paths)
    _check_suggesters(index, paths)
    _check_scoring(index, paths)
    _check_semantic(index.get("semantic") or {}, paths)


def _check_unique(what: str, entries: list[Body]) -> None:
    seen: set[str] = set()
    for entry in entries:
        if entry["name"] in seen:
            raise Refusal("name-twice", what=what, name=entry["name"])
        seen.add(entry["name"])


def _check_count(what: str, count: int, limit: int) -> None:
    if count > limit:
        raise Refusal("too-many", what=what, count=count, limit=limit)


def _require(name: str | None, known: set[str], what: str, owner: str) -> None:
    if name is not None and name not in known:
        raise Refusal("unknown-name", owner=owner, what=what, name=name)


def _known(index: Body, shapes: Shapes, key: str, enum: str) -> set[str]:
    own = {entry["name"] for entry in index.get(key) or ()}
    return own | set(shapes.enums.get(enum, ()))


def _check_analysis(index: Body, shapes: Shapes, paths: dict[str, Body]) -> None:
    analyzers = _known(index, shapes, "analyzers", "LexicalAnalyzerName")
    normalizers = _known(index, shapes, "normalizers", "LexicalNormalizerName")
    for path, field in paths.items():
        for key in ("analyzer", "searchAnalyzer", "indexAnalyzer"):
            _require(field.get(key), analyzers, "analyzer", f"The field '{path}'")
        _require(field.get("normalizer"), normalizers, "normalizer", f"The field '{path}'")
        _check_count(f"synonym maps in field '{path}'", len(field.get("synonymMaps") or ()), 1)
    tokenizers = _known(index, shapes, "tokenizers", "LexicalTokenizerName")
    token_filters = _known(index, shapes, "tokenFilters", "TokenFilterName")
    char_filters = _known(index, shapes, "charFilters", "CharFilterName")
    for entry in [*(index.get("analyzers") or ()), *(index.get("normalizers") or ())]:
        owner = f"The definition '{entry['name']}'"
        _require(entry.get("tokenizer"), tokenizers, "tokenizer", owner)
        for name in entry.get("tokenFilters") or ():
            _require(name, token_filters, "token filter", owner)
        for name in entry.get("charFilters") or ():
            _require(name, char_filters, "char filter", owner)


def _check_suggesters(index: Body, paths: dict[str, Body]) -> None:
    searchable = {path for path, field in paths.items() if field.get("searchable")}
    for suggester in index.get("suggesters") or ():
        for name in suggester["sourceFields"]:
            _require(name, searchable, "searchable field", f"The suggester '{suggester['name']}'")


def _check_scoring(index: Body, paths: dict[str, Body]) -> None:
    profiles = index.get("scoringProfiles") or []
    known = set(paths)
    for profile in profiles:
        owner = f"The scoring profile '{profile['name']}'"
        for name in (profile.get("text") or {}).get("weights") or {}:
            _require(name, known, "field", owner)
        for function in profile.get("functions") or ():
            _require(function["fieldName"], known, "field", owner)
    names = {profile["name"] for profile in profiles}
    _require(index.get("defaultScoringProfile"), names, "scoring profile", "The index")


def _check_semantic(semantic: Body, paths: dict[str, Body]) -> None:
    configurations = semantic.get("configurations") or []
    _check_unique("semantic configuration", configurations)
    _check_count("semantic configurations", len(configurations), SEMANTIC_LIMIT)
    names = {configuration["name"] for configuration in configurations}
    default = semantic.get("defaultConfiguration")
    _require(default, names, "semantic configuration", "The index")
    for configuration in configurations:
        owner = f"The semantic configuration '{configuration['name']}'"
        fields = configuration["prioritizedFields"]
        entries = [
            fields.get("titleField"),
            *(fields.get("prioritizedContentFields") or ()),
            *(fields.get("prioritizedKeywordsFields") or ()),
        ]
        for entry in entries:
            if entry:
                _require(entry["fieldName"], set(paths), "field", owner)
