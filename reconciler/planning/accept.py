"""Drift taken as it is: live becomes the new read-back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from reconciler.kinds import kind
from reconciler.model import pointer
from reconciler.model.address import Address
from reconciler.model.json import StoredJson
from reconciler.model.ledger import Ledger
from reconciler.model.plan import Drift
from reconciler.model.resource import Live
from reconciler.normal import without_secrets


def accepted(ledger: Ledger, live: Mapping[Address, Live], drifts: Iterable[Drift]) -> Ledger:
    """The ledger with what somebody changed as its read-back; what is gone is forgotten."""
    entries = dict(ledger.entries)
    for drift in drifts:
        entry = entries.pop(drift.address)
        if drift.gone:
            continue
        hidden = [pointer.parse(text) for text in entry.fingerprints]
        body = without_secrets(kind(drift.address.kind).shape, live[drift.address].body, hidden)
        entries[drift.address] = replace(entry, read_back=StoredJson.of(body))
    return ledger.with_entries(entries)
