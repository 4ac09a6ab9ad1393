"""Ledgers, entries and runs to be written and read back."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from reconciler.model.json import StoredJson
from reconciler.model.ledger import (
    Author,
    Entry,
    Intent,
    Ledger,
    LedgerIdentity,
    PendingRun,
    RunRecord,
)
from reconciler.model.resource import Lifecycle
from reconciler.model.resource_id import ResourceId

IDENTITY = LedgerIdentity("shop", "prod", "https://shop.search.windows.net", "ab" * 8, "cd" * 16, 7)


def entry(address: str = "SynonymMap/words", written: Any = None, **more: Any) -> Entry:
    """An entry of an object."""
    at = ResourceId.parse(address)
    body = StoredJson.of(written if written is not None else {"synonyms": "usa, america"})
    return Entry(at, at.name, "2026-04-01", body, **more)


_scalars = st.none() | st.booleans() | st.integers() | st.text()
_scalars |= st.floats(allow_nan=False, allow_infinity=False)
_bodies = st.dictionaries(
    st.text(), st.recursive(_scalars, lambda inner: st.lists(inner, max_size=3), max_leaves=5)
).map(StoredJson.of)
_hex = st.binary(min_size=1, max_size=8).map(bytes.hex)
_paths = st.lists(st.text(min_size=1), min_size=1, max_size=3).map(tuple)
_addresses = st.builds(
    ResourceId,
    st.sampled_from(["Index", "Skillset", "KnowledgeBase"]),
    st.text(min_size=1).filter(lambda name: "/" not in name),
    st.sampled_from(["", "account"]),
)
_lifecycles = st.builds(
    Lifecycle,
    protect=st.booleans(),
    adopt=st.booleans(),
    on_remove=st.sampled_from(["delete", "forget"]),
    reprocess=st.sampled_from(["auto", "never"]),
    ignore=st.lists(_paths, max_size=2).map(tuple),
)
_entries = st.builds(
    Entry,
    _addresses,
    st.text(),
    st.sampled_from(["2024-07-01", "2026-08-01-preview"]),
    _bodies,
    _bodies,
    st.dictionaries(st.sampled_from(["/a", "/b/c~1d", ""]), st.none() | _hex),
    _lifecycles,
)
_authors = st.builds(Author, st.text(), st.text())
_intents = st.builds(
    Intent, _addresses, st.sampled_from(["create", "update", "delete"]), st.none() | _entries
)
_runs = st.builds(
    PendingRun,
    st.text(),
    st.text(),
    st.dictionaries(st.text(), _intents, max_size=3),
    st.text(),
    _authors,
    st.frozensets(st.text(), max_size=2),
)
_records = st.builds(
    RunRecord,
    st.text(),
    st.text(),
    st.text(),
    st.text(),
    _authors,
    st.sampled_from(["done", "failed", "interrupted"]),
)
ledgers = st.builds(
    lambda entries, run, runs: Ledger(IDENTITY, {e.id: e for e in entries}, run, tuple(runs)),
    st.lists(_entries, max_size=4),
    st.none() | _runs,
    st.lists(_records, max_size=3),
)
