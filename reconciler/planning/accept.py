"""Drift taken as it is: live becomes the new read-back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from reconciler.model import pointer
from reconciler.model.json import StoredJson
from reconciler.model.ledger import Ledger
from reconciler.model.plan import Drift
from reconciler.model.resource import Live
from reconciler.model.resource_id import ResourceId
from reconciler.model.sensitive import has_mask
from reconciler.planning.compare import Fingerprint
from reconciler.planning.veiled import storable
from reconciler.providers import kind
from reconciler.schema.paths import value_at


def accepted(
    ledger: Ledger,
    live: Mapping[ResourceId, Live],
    drifts: Iterable[Drift],
    fingerprint: Fingerprint,
) -> Ledger:
    """The ledger with what somebody changed as its read-back; what is gone is forgotten."""
    entries = dict(ledger.entries)
    for drift in drifts:
        entry = entries.pop(drift.id)
        if drift.gone:
            continue
        shape, body = kind(drift.id.kind).shape, live[drift.id].body
        prints = dict(entry.fingerprints)
        for edit in drift.edits:
            value = value_at(shape, body, edit.path) if edit.sensitive else None
            if isinstance(value, str):
                text = pointer.render(edit.path)
                prints[text] = prints.get(text) if has_mask(value) else fingerprint(value)
        hidden = [pointer.parse(text) for text in prints]
        read_back = StoredJson.of(storable(shape, body, hidden, fingerprint))
        entries[drift.id] = replace(entry, read_back=read_back, fingerprints=prints)
    return ledger.with_entries(entries)
