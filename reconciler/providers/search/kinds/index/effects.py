"""What an edit does to an index that holds documents.

The rules are those of https://learn.microsoft.com/azure/search/search-howto-reindex (FACTS e).
Where nobody says what happens, the answer is the grave one: a rebuild that was not needed costs
time, an update that the service refuses half-way costs a deployment.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from reconciler.model.effect import Effect
from reconciler.model.pointer import Path
from reconciler.schema.marks import EditContext
from reconciler.schema.paths import get_in

_NOTHING: Mapping[str, Any] = {}


def field(context: EditContext) -> Effect:
    """A field can be added; nothing else.

    Not even added when it is not to be stored: "can't be set as false for new fields" (schema).
    """
    path = context.path
    within_a_field = len(path) % 2 == 1 and path[-1] != "fields"
    if within_a_field or context.old is not None:
        return Effect.REBUILD
    added = [context.new] if len(path) % 2 == 0 else _elements(context.new)
    unstored = any(_object(new).get("stored") is False for new in added)
    return Effect.REBUILD if unstored else Effect.IN_PLACE


def search_analyzer(context: EditContext) -> Effect:
    """It may change on a field that has had an `indexAnalyzer`, and on no other."""
    had = _at(context.before, context.path[:-1])
    return Effect.IN_PLACE if had.get("indexAnalyzer") else Effect.REBUILD


def analysis(context: EditContext) -> Effect:
    """Analyzers and their parts can be added, with the index offline for seconds; never changed.

    https://learn.microsoft.com/azure/search/index-add-custom-analyzers,
    for normalizers https://learn.microsoft.com/azure/search/search-normalizers
    """
    changed = any(old is not None for _, old, _ in _touched(context, context.path[:1]))
    return Effect.REBUILD if changed else Effect.BRIEF_DOWNTIME


def similarity(context: EditContext) -> Effect:
    """BM25's numbers change with the index offline for seconds; the class does not change.

    https://learn.microsoft.com/azure/search/index-ranking-similarity says that it may, where
    Classic is allowed at all; the schema says that it may not.
    """
    before, after = (_at(body, ("similarity",)) for body in (context.before, context.after))
    same = before.get("@odata.type") == after.get("@odata.type")
    return Effect.BRIEF_DOWNTIME if same else Effect.REBUILD


def suggester(context: EditContext) -> Effect:
    """A suggester takes fields that are new; what it does without a field is not documented.

    https://learn.microsoft.com/azure/search/index-add-suggesters
    """
    for _, old, new in _touched(context, ("suggesters",)):
        had, has = (_names(_object(value).get("sourceFields")) for value in (old, new))
        if new is None or had - has:
            return Effect.REBUILD
        if any(_field(context.before, path) for path in has - had):
            return Effect.REBUILD
    return Effect.IN_PLACE


# Vector search. The schema calls one property immutable (rescoreStorageMethod), the service one
# more ("Algorithm name cannot be updated.", azure-sdk-for-python#38203), and the page on
# quantization asks for a new profile and a new field. Taken together: what an existing field was
# indexed with stays, and what only queries read (vectorizers, rescoring) carries its own mark.


def vector_search(context: EditContext) -> Effect:
    """All of it at once: added to an index without vectors, or taken from one."""
    return Effect.REBUILD if _profiles_in_use(context.before) else Effect.IN_PLACE


def profile(context: EditContext) -> Effect:
    """A profile is fixed as soon as a field names it."""
    return _unless_in_use(context, _profiles_in_use(context.before))


def algorithm(context: EditContext) -> Effect:
    """An algorithm is fixed as soon as a profile that a field names names it."""
    return _unless_in_use(context, _named_by_profiles(context.before, "algorithm"))


def compression(context: EditContext) -> Effect:
    """A compression is fixed as soon as a profile that a field names names it."""
    return _unless_in_use(context, _named_by_profiles(context.before, "compression"))


def _unless_in_use(context: EditContext, in_use: set[str]) -> Effect:
    touched = {name for name, _, _ in _touched(context, context.path[:2])}
    return Effect.REBUILD if touched & in_use else Effect.IN_PLACE


def _profiles_in_use(body: Mapping[str, Any]) -> set[str]:
    fields = _elements(body.get("fields"))
    return {name for f in fields if isinstance(name := f.get("vectorSearchProfile"), str)}


def _named_by_profiles(body: Mapping[str, Any], what: str) -> set[str]:
    profiles = _at(body, ("vectorSearch", "profiles"))
    used = _profiles_in_use(body) & set(profiles)
    return {name for p in used if isinstance(name := _object(profiles[p]).get(what), str)}


# Finding one's way in normal forms, in which keyed lists are maps. What was read may be anything.


def _touched(context: EditContext, collection: Path) -> Iterator[tuple[str, Any, Any]]:
    """The elements of a keyed list that an edit is about: name, before, after."""
    before, after = _at(context.before, collection), _at(context.after, collection)
    named = context.path[len(collection) : len(collection) + 1]
    for name in named or sorted({*before, *after}):
        old, new = before.get(name), after.get(name)
        if old != new:
            yield name, old, new


def _field(body: Mapping[str, Any], path: str) -> Any:
    """The field that `Address/City` names, or None."""
    return _at(body, tuple(part for name in path.split("/") for part in ("fields", name))) or None


def _at(body: Mapping[str, Any], path: Path) -> Mapping[str, Any]:
    """The object at a path, or an empty one."""
    return _object(get_in(body, path))


def _object(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else _NOTHING


def _elements(collection: Any) -> Iterable[Mapping[str, Any]]:
    listed = collection if isinstance(collection, list) else _object(collection).values()
    return map(_object, listed)


def _names(listed: Any) -> set[str]:
    return {one for one in listed if isinstance(one, str)} if isinstance(listed, list) else set()
