"""What may change in an existing index: FACTS e. Everything else needs a new index."""

from __future__ import annotations

from typing import Any

from reconciler.emulator.analysis.names import first_name
from reconciler.emulator.index.fields import walk
from reconciler.emulator.index.vectors import section
from reconciler.emulator.refusals import Refusal

Body = dict[str, Any]

# FACTS e, in place: retrievable, synonymMaps; searchAnalyzer beside an indexAnalyzer.
CHANGEABLE = {"retrievable", "synonymMaps", "fields"}
EMPTY: tuple[Any, ...] = (None, [], "")
NAMES_OF_ANALYZERS = ("analyzer", "searchAnalyzer", "indexAnalyzer")
ANALYSIS = ("analyzers", "normalizers", "tokenizers", "tokenFilters", "charFilters")


def check(new: Body, old: Body, downtime_allowed: bool) -> None:
    added = _check_fields(new, old)
    _check_suggesters(new, old, added)
    _check_vector_search(new, old)
    costs_downtime = _check_analysis(new, old) or _check_similarity(new, old)
    if costs_downtime and not downtime_allowed:
        raise Refusal("downtime")


def alike(one: Any, other: Any) -> bool:
    """Null, absent and empty are the same thing."""
    if isinstance(one, dict) and isinstance(other, dict):
        return all(alike(one.get(key), other.get(key)) for key in one.keys() | other.keys())
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(alike, one, other))
    return one == other or (one in EMPTY and other in EMPTY)


def _check_fields(new: Body, old: Body) -> set[str]:
    """Refuses changed and deleted fields; gives the paths of the new ones."""
    after = {path: field for path, _, field in walk(new["fields"])}
    before = {path: field for path, _, field in walk(old["fields"])}
    for path, field in before.items():
        if path in after and changed(after[path], field):
            raise Refusal("field-changed", field=path)
    deleted = [path for path in before if path not in after]
    if deleted:
        raise Refusal("field-deleted", fields=", ".join(deleted))
    added = after.keys() - before.keys()
    for path in added:
        if after[path].get("stored") is False:
            raise Refusal("not-stored-later", field=path)
    return set(added)


def changed(new: Body, old: Body) -> bool:
    new, old = _with_first_names(new), _with_first_names(old)
    free = set(CHANGEABLE)
    if new.get("indexAnalyzer") and alike(new.get("indexAnalyzer"), old.get("indexAnalyzer")):
        free.add("searchAnalyzer")
    return any(not alike(new.get(key), old.get(key)) for key in (new.keys() | old.keys()) - free)


def _with_first_names(field: Body) -> Body:
    named = {key: first_name(field[key]) for key in NAMES_OF_ANALYZERS if field.get(key)}
    return field | named


def _check_suggesters(new: Body, old: Body, added: set[str]) -> None:
    before = {entry["name"]: entry for entry in old.get("suggesters") or ()}
    after = {entry["name"]: entry for entry in new.get("suggesters") or ()}
    for name, entry in before.items():
        if name not in after or not alike(after[name], entry):
            raise Refusal("suggester-changed", name=name)
    for name in after.keys() - before.keys():
        present = [field for field in after[name]["sourceFields"] if field not in added]
        if present:
            raise Refusal("suggester-old-field", fields=", ".join(present))


def _check_analysis(new: Body, old: Body) -> bool:
    """Whether something was added, which costs downtime; changes and deletions are refused."""
    grown = False
    for key in ANALYSIS:
        before = {entry["name"]: entry for entry in old.get(key) or ()}
        after = {entry["name"]: entry for entry in new.get(key) or ()}
        for name, entry in before.items():
            if name not in after or not alike(_filled(after[name]), _filled(entry)):
                raise Refusal("analysis-changed", what=key, name=name)
        grown = grown or bool(after.keys() - before.keys())
    return grown


def _filled(entry: Body) -> Body:
    """A component with its defaults: a GET shows them, and what it shows can be sent back."""
    from reconciler.emulator.defaults import on_write

    given = {key: value for key, value in entry.items() if value not in (None, [])}
    return on_write("", entry) | given


def _check_similarity(new: Body, old: Body) -> bool:
    """Whether BM25's parameters change, which costs downtime; the class cannot change."""
    default = {"@odata.type": "#Microsoft.Azure.Search.BM25Similarity"}
    after = new.get("similarity") or default
    before = old.get("similarity") or default
    if after["@odata.type"] != before["@odata.type"]:
        raise Refusal("similarity-changed")
    return not alike(after, before)


def _check_vector_search(new: Body, old: Body) -> None:
    """What shaped the stored vectors of a field stays: its algorithm and its compression."""
    for path, _, field in walk(old["fields"]):
        name = field.get("vectorSearchProfile")
        if not name or name not in section(old, "profiles"):
            continue
        before = section(old, "profiles")[name]
        after = section(new, "profiles")[name]
        for key, where in (("algorithm", "algorithms"), ("compression", "compressions")):
            one, other = after.get(key), before.get(key)
            if not alike(one, other):
                raise Refusal("vector-search-changed", what="profile", name=name, field=path)
            if one and not alike(_full(new, where, one), _full(old, where, one)):
                raise Refusal("vector-search-changed", what=key, name=one, field=path)


def _full(index: Body, where: str, name: str) -> Body:
    """An algorithm or compression with its defaults, so that writing them out changes nothing."""
    from reconciler.emulator.defaults import ON_WRITE

    entry = dict(section(index, where)[name])
    if entry["kind"] == "hnsw":
        given = entry.get("hnswParameters") or {}
        chosen = {key: value for key, value in given.items() if value is not None}
        entry["hnswParameters"] = ON_WRITE["HnswParameters"] | chosen
    if entry["kind"] == "exhaustiveKnn":
        given = entry.get("exhaustiveKnnParameters") or {}
        entry["exhaustiveKnnParameters"] = {"metric": given.get("metric") or "cosine"}
    if where == "compressions":
        # Of rescoring, only the storage method is immutable (documentation).
        kept = (entry.get("rescoringOptions") or {}).get("rescoreStorageMethod")
        entry["rescoringOptions"] = {"rescoreStorageMethod": kept or "preserveOriginals"}
    if entry["kind"] == "scalarQuantization":
        given = entry.get("scalarQuantizationParameters") or {}
        kind = given.get("quantizedDataType") or "int8"
        entry["scalarQuantizationParameters"] = {"quantizedDataType": kind}
    return entry
