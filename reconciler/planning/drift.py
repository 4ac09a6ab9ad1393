"""Live against the ledger: what somebody changed since the last apply. Needs no manifest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from reconciler.kinds import kind
from reconciler.kinds.paths import value_at
from reconciler.model import pointer
from reconciler.model.address import Address
from reconciler.model.json import NOTHING
from reconciler.model.ledger import Entry
from reconciler.model.plan import Drift, Edit
from reconciler.model.pointer import Path, covers
from reconciler.model.resource import Live
from reconciler.model.sensitive import MASKS
from reconciler.normal import normal_form
from reconciler.planning.compare import Fingerprint, elsewhere, secret_paths
from reconciler.planning.diff import differences
from reconciler.planning.effects import as_edit


def drifted(
    entries: Iterable[Entry], live: Mapping[Address, Live], fingerprint: Fingerprint
) -> list[Drift]:
    """The objects that are no longer as they were last read, sorted by address."""
    found = (drift_of(entry, live.get(entry.address), fingerprint) for entry in entries)
    return sorted((drift for drift in found if drift is not None), key=lambda d: d.address)


def drift_of(
    entry: Entry, live: Live | None, fingerprint: Fingerprint, ignored: tuple[Path, ...] = ()
) -> Drift | None:
    """What changed on one object, or None; what is `ignored` is left out."""
    if live is None:
        return Drift(entry.address, gone=True)
    if entry.read_back is NOTHING or entry.read_back == NOTHING:
        return None
    known = kind(entry.address.kind)
    body = entry.read_back.value
    hidden = secret_paths(known, body, live.body, entry)
    moved = elsewhere(known.shape, live.body, hidden) | elsewhere(known.shape, body, hidden)
    hidden |= moved.keys()
    before = normal_form(known.shape, body, live.body, hidden)
    after = normal_form(known.shape, live.body, body, hidden)
    found = differences(known.shape, before, after)
    edits = [as_edit(known.shape, change, before, after) for change in found]
    edits += _shown_secrets(entry, live, fingerprint)
    edits += [
        Edit(path, None, None, sensitive=True, note="changed")
        for path in moved
        if value_at(known.shape, body, path) != value_at(known.shape, live.body, path)
    ]
    edits = [edit for edit in edits if not any(covers(path, edit.path) for path in ignored)]
    return Drift(entry.address, tuple(edits)) if edits else None


def _shown_secrets(entry: Entry, live: Live, fingerprint: Fingerprint) -> list[Edit]:
    """Secrets that the service shows in clear (a function key in a URL) and that changed."""
    edits = []
    for text, known in entry.fingerprints.items():
        path = pointer.parse(text)
        value = value_at(kind(entry.address.kind).shape, live.body, path)
        shown = isinstance(value, str) and value not in MASKS
        if shown and known is not None and fingerprint(value) != known:
            edits.append(Edit(path, None, None, sensitive=True, note="changed"))
    return edits
