"""The catalogue of kinds. To add one: a file (or package) and a line here."""

from __future__ import annotations

import importlib
from functools import cache

from reconciler.kinds.kind import Kind

CATALOGUE = {
    "SynonymMap": "reconciler.kinds.synonymmap",
    "DataSource": "reconciler.kinds.datasource",
    "Index": "reconciler.kinds.index",
    "Skillset": "reconciler.kinds.skillset",
    "Indexer": "reconciler.kinds.indexer",
    "Alias": "reconciler.kinds.alias",
    "KnowledgeSource": "reconciler.kinds.knowledgesource",
    "KnowledgeBase": "reconciler.kinds.knowledgebase",
}
"""Every kind's name and the module that declares it as `KIND`, in the order of dependence."""

OWN = {
    "EmbeddingModel": "reconciler.kinds.own.embedding_model",
    "Check": "reconciler.kinds.own.check",
}
"""Kinds of our own documents, alike: never planned, never sent."""

_ALL = CATALOGUE | OWN


@cache
def kind(name: str) -> Kind:
    """The kind of that name, loaded when first asked for.

    Raises:
        KeyError: there is no such kind.
    """
    declared: Kind = importlib.import_module(_ALL[name]).KIND
    return declared


__all__ = ["CATALOGUE", "OWN", "Kind", "kind"]
