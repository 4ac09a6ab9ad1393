"""Names within an index: what it defines, and what its parts refer to."""

from __future__ import annotations

from typing import Any

from reconciler.emulator import names
from reconciler.emulator.analysis.names import FIRST_NAMES
from reconciler.emulator.context import Context
from reconciler.emulator.index import scoring, semantic, suggesters
from reconciler.emulator.index.fields import walk
from reconciler.emulator.index.naming import check_count, check_unique, require
from reconciler.emulator.refusals import Refusal
from reconciler.emulator.shapes import Shapes

Body = dict[str, Any]

# FACTS f, and swagger: only one suggester.
LIMITS = {"suggesters": 1, "scoringProfiles": 100}
NAMED_BY_RULE = ("scoringProfiles", "suggesters")
# QUERIES 6: the predefined filters that a normalizer may have.
ONE_TOKEN = frozenset(
    {
        "arabic_normalization",
        "asciifolding",
        "cjk_width",
        "elision",
        "german_normalization",
        "hindi_normalization",
        "indic_normalization",
        "lowercase",
        "persian_normalization",
        "scandinavian_folding",
        "scandinavian_normalization",
        "sorani_normalization",
        "uppercase",
    }
)
NAMED = (
    "scoringProfiles",
    "suggesters",
    "analyzers",
    "normalizers",
    "tokenizers",
    "tokenFilters",
    "charFilters",
)


def check(context: Context, index: Body) -> None:
    for key in NAMED:
        check_unique(key, index.get(key) or [])
    for key in NAMED_BY_RULE:
        for entry in index.get(key) or ():
            if not names.PART.fullmatch(entry["name"]):
                raise Refusal("part-name", what=key, name=entry["name"])
    for key, limit in LIMITS.items():
        check_count(key, len(index.get(key) or ()), limit)
    paths = {path: field for path, _, field in walk(index["fields"])}
    _check_analysis(index, context.shapes, paths)
    _check_synonyms(context, paths)
    suggesters.check(index, paths)
    scoring.check(index, paths)
    semantic.check(index.get("semantic") or {}, paths)


def _known(index: Body, shapes: Shapes, key: str, enum: str) -> set[str]:
    own = {entry["name"] for entry in index.get(key) or ()}
    return own | set(shapes.enums.get(enum, ()))


def _check_analysis(index: Body, shapes: Shapes, paths: dict[str, Body]) -> None:
    analyzers = _known(index, shapes, "analyzers", "LexicalAnalyzerName") | FIRST_NAMES.keys()
    built_in = {*shapes.enums["LexicalAnalyzerName"], *FIRST_NAMES}
    for entry in index.get("analyzers") or ():
        if entry["name"] in built_in:
            raise Refusal("analyzer-built-in", name=entry["name"])
    normalizers = _known(index, shapes, "normalizers", "LexicalNormalizerName")
    for path, field in paths.items():
        for key in ("analyzer", "searchAnalyzer", "indexAnalyzer"):
            require(field.get(key), analyzers, "analyzer", f"The field '{path}'")
        require(field.get("normalizer"), normalizers, "normalizer", f"The field '{path}'")
        check_count(f"synonym maps in field '{path}'", len(field.get("synonymMaps") or ()), 1)
    tokenizers = _known(index, shapes, "tokenizers", "LexicalTokenizerName")
    token_filters = _known(index, shapes, "tokenFilters", "TokenFilterName")
    char_filters = _known(index, shapes, "charFilters", "CharFilterName")
    _check_normalizers(index, shapes)
    for entry in [*(index.get("analyzers") or ()), *(index.get("normalizers") or ())]:
        owner = f"The definition '{entry['name']}'"
        require(entry.get("tokenizer"), tokenizers, "tokenizer", owner)
        for name in entry.get("tokenFilters") or ():
            require(name, token_filters, "token filter", owner)
        for name in entry.get("charFilters") or ():
            require(name, char_filters, "char filter", owner)


def _check_normalizers(index: Body, shapes: Shapes) -> None:
    """Of what is predefined, a normalizer takes only what leaves one token."""
    names_of_filters = set(shapes.enums.get("TokenFilterName", ()))
    unfit = names_of_filters - ONE_TOKEN | set(shapes.enums.get("CharFilterName", ()))
    for entry in index.get("normalizers") or ():
        for name in (*(entry.get("tokenFilters") or ()), *(entry.get("charFilters") or ())):
            if name in unfit:
                raise Refusal("normalizer-part", name=entry["name"], part=name)


def _check_synonyms(context: Context, paths: dict[str, Body]) -> None:
    for path, field in paths.items():
        for name in field.get("synonymMaps") or ():
            if context.store.get("synonymmaps", name) is None:
                raise Refusal("synonym-map", map=name, field=path)
