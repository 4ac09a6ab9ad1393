"""The catalogue of kinds. To add one: a file (or package) and a line here."""

from __future__ import annotations

import importlib
from functools import cache

from reconciler.schema.kind import Kind

CATALOGUE = {
    "SynonymMap": "reconciler.providers.search.kinds.synonymmap",
    "DataSource": "reconciler.providers.search.kinds.datasource",
    "Index": "reconciler.providers.search.kinds.index",
    "Skillset": "reconciler.providers.search.kinds.skillset",
    "Indexer": "reconciler.providers.search.kinds.indexer",
    "Alias": "reconciler.providers.search.kinds.alias",
    "KnowledgeSource": "reconciler.providers.search.kinds.knowledgesource",
    "KnowledgeBase": "reconciler.providers.search.kinds.knowledgebase",
}
"""Every kind's name and the module that declares it as `KIND`, in the order of dependence."""

LOCAL_KINDS = {
    "EmbeddingModel": "reconciler.providers.local.kinds.embedding_model",
    "Check": "reconciler.providers.local.kinds.check",
}
"""Kinds of our own documents, alike: never planned, never sent."""

_ALL = CATALOGUE | LOCAL_KINDS


@cache
def kind(name: str) -> Kind:
    """The kind of that name, loaded when first asked for.

    Raises:
        KeyError: there is no such kind.
    """
    declared: Kind = importlib.import_module(_ALL[name]).KIND
    return declared


__all__ = ["CATALOGUE", "OWN", "Kind", "kind"]
