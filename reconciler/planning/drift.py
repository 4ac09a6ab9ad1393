"""Live against the ledger: what somebody changed since the last apply. Needs no manifest.

Drift and plan speak of the same differences: both compare what the manifest declares, which the
ledger keeps as `written`. What a manifest leaves to the service, and properties that are unknown
to the schema, count in both only where they are declared.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from reconciler.model import pointer
from reconciler.model.json import NOTHING, JsonObject
from reconciler.model.ledger import Entry
from reconciler.model.plan import Drift, Edit
from reconciler.model.pointer import Path, covers
from reconciler.model.resource import Live
from reconciler.model.resource_id import ResourceId
from reconciler.model.sensitive import fits, has_mask, masks_a_key
from reconciler.planning.compare import Fingerprint, elsewhere, secret_paths
from reconciler.planning.diff import Difference, differences
from reconciler.planning.effects import as_edit, is_lasting_element
from reconciler.planning.veiled import changed_around_the_mask
from reconciler.providers import kind
from reconciler.schema.body import Shape
from reconciler.schema.normalize import normal_form, secret_values
from reconciler.schema.paths import locate, value_at


def drifted(
    entries: Iterable[Entry], live: Mapping[ResourceId, Live], fingerprint: Fingerprint
) -> list[Drift]:
    """The objects that are no longer as they were last read, sorted by address."""
    found = (drift_of(entry, live.get(entry.id), fingerprint) for entry in entries)
    return sorted((drift for drift in found if drift is not None), key=lambda d: d.id)


def drift_of(entry: Entry, live: Live | None, fingerprint: Fingerprint) -> Drift | None:
    """What changed on one object, or None; what its lifecycle ignores is left out.

    An object that was not read since it was written is compared with what was written. One that
    was read in another api-version than its entry is not compared: nothing could be said of it.
    """
    if live is None:
        return Drift(entry.id, gone=True)
    if live.api_version != entry.api_version:
        return None
    of, written = kind(entry.id.kind), entry.written.value
    unread = entry.read_back is NOTHING or entry.read_back == NOTHING
    body = written if unread else entry.read_back.value
    hidden = secret_paths(of, body, live.body, entry)
    moved = elsewhere(of.shape, live.body, hidden) | elsewhere(of.shape, body, hidden)
    hidden |= moved.keys()
    before = normal_form(of.shape, body, written, hidden)
    after = normal_form(of.shape, live.body, written, hidden)
    edits = [
        as_edit(of.shape, change, before, after)
        for change in differences(of.shape, before, after)
        if not _same_behind_a_mask(change)
        and not (unread and _kept_by_the_service(of.shape, change, before, after))
    ]
    edits += _shown_secrets(of.shape, entry, body, live, fingerprint)
    tops = [edit.path for edit in edits]
    edits += (
        e for e in _added_secrets(of.shape, entry, written, live) if not _within(tops, e.path)
    )
    edits += [
        Edit(path, None, None, sensitive=True, note="changed")
        for path in moved
        if value_at(of.shape, body, path) != value_at(of.shape, live.body, path)
    ]
    edits = [edit for edit in edits if not _within(entry.lifecycle.ignore, edit.path)]
    return Drift(entry.id, tuple(edits)) if edits else None


def _within(outer: Iterable[Path], path: Path) -> bool:
    return any(covers(one, path) for one in outer)


def _same_behind_a_mask(change: Difference) -> bool:
    """Whether a string is shown in clear on one side and behind a mask on the other."""
    sides = (change.before, change.after)
    return any(
        masks_a_key(shown) and isinstance(value, str) and fits(shown, value)
        for shown, value in (sides, sides[::-1])
    )


def _kept_by_the_service(
    shape: Shape, change: Difference, before: JsonObject, after: JsonObject
) -> bool:
    """Whether an element that nobody declared was there when the object was written over it."""
    return is_lasting_element(
        shape, Difference(change.path, change.after, change.before), after, before
    )


def _shown_secrets(
    shape: Shape, entry: Entry, body: JsonObject, live: Live, fingerprint: Fingerprint
) -> Iterator[Edit]:
    """Secrets that the service shows in clear (a function key in a URL) and that changed."""
    for text, known in entry.fingerprints.items():
        path = pointer.parse(text)
        value = value_at(shape, live.body, path)
        if not isinstance(value, str):
            continue
        if has_mask(value):
            changed = changed_around_the_mask(value_at(shape, body, path), value, fingerprint)
        else:
            changed = known is not None and fingerprint(value) != known
        if changed:
            yield Edit(path, None, None, sensitive=True, note="changed")


def _added_secrets(shape: Shape, entry: Entry, written: JsonObject, live: Live) -> Iterator[Edit]:
    """Secrets where none was declared: a declared one is written as null, also one to be kept."""
    for path, value in secret_values(shape, live.body).items():
        place = locate(shape, written, path)
        declared = place is not None and place.value is None and place.key in place.container
        known = declared or pointer.render(path) in entry.fingerprints
        if isinstance(value, str) and not known:
            yield Edit(path, None, None, sensitive=True, note="added")
