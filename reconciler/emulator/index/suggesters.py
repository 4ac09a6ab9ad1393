"""Suggesters: of which fields they may be (QUERIES 7, index-add-suggesters)."""

from __future__ import annotations

from typing import Any

from reconciler.emulator.index.fields import STRINGS
from reconciler.emulator.index.naming import require
from reconciler.emulator.refusals import Refusal

Body = dict[str, Any]

STANDARD = ("", "standard", "standard.lucene")
LANGUAGES = (".lucene", ".microsoft")


def check(index: Body, paths: dict[str, Body]) -> None:
    searchable = {path for path, field in paths.items() if field.get("searchable")}
    for suggester in index.get("suggesters") or ():
        name = suggester["name"]
        if not suggester["sourceFields"]:
            raise Refusal("suggester-empty", name=name)
        for path in suggester["sourceFields"]:
            require(path, searchable, "searchable field", f"The suggester '{name}'")
            _check_source(name, path, paths[path])


def _check_source(name: str, path: str, field: Body) -> None:
    analyzer = field.get("analyzer") or field.get("indexAnalyzer") or ""
    fits = analyzer in STANDARD or (
        analyzer.endswith(LANGUAGES) and analyzer != "standardasciifolding.lucene"
    )
    if field["type"] not in STRINGS or not fits:
        raise Refusal("suggester-field", name=name, field=path)
