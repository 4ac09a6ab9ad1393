"""The kinds of resources: one row each. The engine does the rest."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from reconciler.emulator import (
    alias,
    datasource,
    indexer,
    knowledge,
    runs,
    skillset,
    statistics,
    synonymmap,
)
from reconciler.emulator.analyzing import analyze
from reconciler.emulator.context import Context
from reconciler.emulator.exchange import Reply
from reconciler.emulator.index import definition as index
from reconciler.emulator.ingestion import pipeline
from reconciler.emulator.store import Record

Body = dict[str, Any]


def nothing(context: Context, body: Body, old: Body | None) -> None:
    """A kind without rules of its own."""


def deletable(context: Context, name: str) -> None:
    """A kind that nothing keeps from being deleted."""


def index_deletable(context: Context, name: str) -> None:
    alias.check_index_deletable(context, name)
    knowledge.check_index_deletable(context, name)


def unmoved(context: Context, record: Record, created: bool) -> None:
    """A kind where a write sets nothing in motion."""


def nothing_left(context: Context, name: str) -> None:
    """A kind that has nothing besides its definition."""


def forget_documents(context: Context, name: str) -> None:
    context.plane.documents.forget(name)


def begin_empty(context: Context, record: Record, created: bool) -> None:
    """Documents of an earlier index may be left where the emulator was killed in its deletion."""
    if created:
        context.plane.documents.forget(record.name)


def whole(body: Body) -> list[tuple[str, Body]]:
    """A kind for whose objects the service makes no others."""
    del body
    return []


@dataclass(frozen=True)
class Kind:
    """`complete` fills in what the service stores, `check` judges it, `written` acts on it.

    `parts` are the objects that the service makes for one of this kind: collection and definition.

    `parameter` is what the service calls the body in its errors; the rules are for what it says
    about an existing, missing or surplus object.
    """

    collection: str
    type: str
    noun: str
    parameter: str
    complete: Callable[[Context, Body, Body | None], None] = nothing
    check: Callable[[Context, Body, Body | None], None] = nothing
    may_delete: Callable[[Context, str], None] = deletable
    written: Callable[[Context, Record, bool], None] = unmoved
    deleted: Callable[[Context, str], None] = nothing_left
    parts: Callable[[Body], list[tuple[str, Body]]] = whole
    has_etag: bool = True
    newest_first: bool = False
    exists_rule: str = "already-exists"
    missing_rule: str = "not-found"
    quota_rule: str = "quota"
    actions: tuple[tuple[str, str, Callable[[Context, Record], Reply]], ...] = ()

    def action(self, method: str, name: str) -> Callable[[Context, Record], Reply] | None:
        for of, called, act in self.actions:
            if (of, called) == (method, name):
                return act
        return None


KINDS = (
    Kind("datasources", "DataSource", "data source", "dataSource", check=datasource.check),
    Kind(
        "indexes",
        "Index",
        "index",
        "definition",
        complete=index.complete,
        check=index.check,
        may_delete=index_deletable,
        written=begin_empty,
        deleted=forget_documents,
        newest_first=True,
        exists_rule="index-exists",
        missing_rule="index-not-found",
        quota_rule="index-quota",
        actions=(
            ("GET", "stats", statistics.of_index),
            ("POST", "analyze", analyze),
        ),
    ),
    Kind("skillsets", "Skillset", "skillset", "skillset", check=skillset.check),
    Kind(
        "indexers",
        "Indexer",
        "indexer",
        "indexer",
        complete=indexer.complete,
        check=indexer.check,
        written=runs.written,
        quota_rule="indexer-quota",
        actions=(
            ("POST", "run", runs.run),
            ("POST", "reset", runs.reset),
            ("GET", "status", runs.status),
        ),
    ),
    Kind(
        "aliases",
        "Alias",
        "alias",
        "definition",
        check=alias.check,
        has_etag=False,
        missing_rule="alias-not-found",
    ),
    Kind("synonymmaps", "SynonymMap", "synonym map", "synonymMap", check=synonymmap.check),
    Kind(
        "knowledgesources",
        "KnowledgeSource",
        "knowledge source",
        "knowledgeSource",
        complete=knowledge.complete_source,
        check=knowledge.check_source,
        parts=pipeline.parts,
        may_delete=knowledge.check_source_deletable,
        actions=(("GET", "status", knowledge.status),),
    ),
    Kind(
        "knowledgebases",
        "KnowledgeBase",
        "knowledge base",
        "knowledgeBase",
        check=knowledge.check_base,
    ),
)

# Known by name, answered with 501: kinds, actions and paths that a client may ask for.
NOT_EMULATED = frozenset({"indexstats", "agents"})
NOT_EMULATED_ACTIONS = ("resync", "resetdocs", "resetskills", "retrieve", "files")


@lru_cache(maxsize=1)
def kinds_by_collection() -> dict[str, Kind]:
    return {kind.collection: kind for kind in KINDS}
