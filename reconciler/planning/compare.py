"""One object, desired and live: the edits that make the one of the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from reconciler.model import pointer
from reconciler.model.effect import Effect
from reconciler.model.json import JsonObject
from reconciler.model.ledger import Entry
from reconciler.model.plan import Edit
from reconciler.model.pointer import Path, covers
from reconciler.model.resource import Live, Resource
from reconciler.model.sensitive import Sensitive, fits, has_mask, masks_a_key
from reconciler.planning.diff import Difference, differences
from reconciler.planning.effects import as_edit, is_lasting_element
from reconciler.providers import Kind
from reconciler.schema.body import Shape
from reconciler.schema.normalize import normal_form, secret_values
from reconciler.schema.paths import get_in, locate, value_at
from reconciler.schema.walk import walk

Fingerprint = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Comparison:
    """The edits, how many properties are unchanged, and what is live but declared nowhere.

    `unchecked` are declared secrets that are not available here, `trusted` those of an object that
    is not ours yet and whose secrets the service does not show.
    """

    edits: tuple[Edit, ...] = ()
    hidden: int = 0
    undeclared: tuple[Path, ...] = ()
    unchecked: tuple[Path, ...] = ()
    trusted: tuple[Path, ...] = ()


def compare(
    kind: Kind, resource: Resource, live: Live, entry: Entry | None, fingerprint: Fingerprint
) -> Comparison:
    """What must change on the service for one object; no edits when it is as desired."""
    shape = kind.shape
    secrets = secret_paths(kind, resource.body, live.body, entry) | set(resource.secrets)
    secrets |= _moved(kind, resource, live, entry, secrets, fingerprint)
    hidden = (*resource.lifecycle.ignore, *secrets)
    after = normal_form(shape, resource.body, hidden=hidden)
    before = normal_form(shape, live.body, resource.body, hidden)
    found, undeclared = differences(shape, before, after), []
    edits: list[Edit] = []
    for change in found:
        if masks_a_key(change.before):
            secrets.add(change.path)
        elif is_lasting_element(shape, change, before, after) and not _owned(entry, kind, change):
            undeclared.append(change.path)
        else:
            edits.append(as_edit(shape, change, before, after))
    covered = tuple(edit.path for edit in edits if edit.before is None or edit.after is None)
    visible = {p for p in secrets if not _any_covers((*resource.lifecycle.ignore, *covered), p)}
    sensitive = _Secrets(kind, resource, live, entry, fingerprint, taking_over=bool(edits))
    edits += [edit for path in visible for edit in sensitive.edits(path)]
    edits.sort(key=lambda edit: edit.path)
    unchecked = tuple(path for path in sorted(visible) if sensitive.unchecked(path))
    trusted = tuple(path for path in sorted(visible) if sensitive.trusted(path))
    hidden_count = _unchanged(before, after, edits)
    return Comparison(tuple(edits), hidden_count, tuple(undeclared), unchecked, trusted)


def secret_paths(
    kind: Kind, desired: JsonObject, live: JsonObject, entry: Entry | None
) -> set[Path]:
    """Every path at which a secret stands, or stood when we last wrote."""
    paths = {*secret_values(kind.shape, desired), *secret_values(kind.shape, live)}
    if entry is not None:
        paths |= {pointer.parse(text) for text in entry.fingerprints}
    return paths


def elsewhere(shape: Shape, body: JsonObject, secrets: set[Path]) -> dict[Path, str]:
    """What stands at properties that hold a secret in another element of their list.

    A key in a skill's `uri` bears no mark, and skills without a name go by their position.
    """
    names = {path[-1] for path in secrets - secret_values(shape, body).keys()}
    return {
        spot.path: spot.value
        for spot in (walk(shape, body) if names else ())
        if spot.property.name in names
        and spot.property.secret is None
        and isinstance(spot.value, str)
        and spot.path not in secrets
    }


def _moved(
    kind: Kind,
    resource: Resource,
    live: Live,
    entry: Entry | None,
    secrets: set[Path],
    fingerprint: Fingerprint,
) -> set[Path]:
    """Where one of our secrets stands because somebody moved the element that it belongs to."""
    values = {secret.value for secret in resource.secrets.values()}
    known = set(entry.fingerprints.values()) if entry is not None else set()
    found = elsewhere(kind.shape, live.body, secrets)
    return {p for p, value in found.items() if value in values or fingerprint(value) in known}


def _owned(entry: Entry | None, kind: Kind, change: Difference) -> bool:
    """Whether we declared an element when we last wrote."""
    return entry is not None and value_at(kind.shape, entry.written.value, change.path) is not None


def _any_covers(outer: tuple[Path, ...], inner: Path) -> bool:
    return any(covers(path, inner) for path in outer)


_DIFFERS, _CHANGED = "differs from what is live", "changed"
_KNOWN_TO_DIFFER = frozenset({_DIFFERS, _CHANGED})
"""Secrets with other notes may well be the ones that are live."""


@dataclass(frozen=True, slots=True)
class _Secrets:
    """Secrets are compared with what the service shows of them, else by their fingerprints.

    What is not ours has no fingerprints: its secrets are taken to be the declared ones if the rest
    is as declared, and are sent when it is taken over by an update.
    """

    kind: Kind
    resource: Resource
    live: Live
    entry: Entry | None
    fingerprint: Fingerprint
    taking_over: bool

    def edits(self, path: Path) -> Iterator[Edit]:
        """The edit of the secret at a path, if it must be sent or removed."""
        desired = value_at(self.kind.shape, self.resource.body, path)
        shown = self._shown(path)
        if isinstance(desired, Sensitive):
            if desired.value is not None and (note := self._difference(path, desired.value, shown)):
                effect = self._effect(path) if note in _KNOWN_TO_DIFFER else Effect.IN_PLACE
                yield Edit(path, None, None, effect, sensitive=True, note=note)
        elif desired is None:
            if shown is not None or self._known(path) is not None:
                yield Edit(path, None, None, sensitive=True, note="removed")
        elif shown != desired and not self._behind_a_mask(path, desired, shown):
            note = "no longer a secret" if self._known(path) is not None else _DIFFERS
            yield Edit(path, None, None, self._effect(path), sensitive=True, note=note)

    def _behind_a_mask(self, path: Path, desired: Any, shown: str | None) -> bool:
        """Whether a plain string is what the service shows behind a mask, as we last wrote it."""
        if shown is None or not isinstance(desired, str) or not fits(shown, desired):
            return False
        written = self.entry.written.value if self.entry is not None else self.resource.body
        return bool(value_at(self.kind.shape, written, path) == desired)

    def unchecked(self, path: Path) -> bool:
        """Whether the declared secret is not available, so that nothing can be said of it."""
        desired = value_at(self.kind.shape, self.resource.body, path)
        return isinstance(desired, Sensitive) and desired.value is None and not desired.keep

    def trusted(self, path: Path) -> bool:
        """Whether the declared secret is taken to be the live one, which nobody can read."""
        desired = value_at(self.kind.shape, self.resource.body, path)
        declared = isinstance(desired, Sensitive) and desired.value is not None
        shown = self._shown(path)
        return declared and self.entry is None and (shown is None or has_mask(shown))

    def _difference(self, path: Path, value: str, shown: str | None) -> str:
        """How a desired secret differs from what is live; empty when it does not."""
        if shown is not None and not fits(shown, value):
            return _DIFFERS
        if shown is not None and not has_mask(shown):
            return ""
        if self.entry is None:
            return "taken over" if self.taking_over else ""
        text = pointer.render(path)
        if text not in self.entry.fingerprints:
            return "new"
        known = self.entry.fingerprints[text]
        if known is None:
            return "may not have been written by the interrupted run"
        return "" if known == self.fingerprint(value) else _CHANGED

    def _effect(self, path: Path) -> Effect:
        """What another value does: nothing but itself, unless the mark says that it cannot."""
        place = locate(self.kind.shape, self.resource.body, path)
        known = place.known if place is not None else None
        marked = known.changes if known is not None and known.secret is not None else None
        fixed = marked is not None and marked.effect is Effect.RECREATE
        return Effect.RECREATE if fixed else Effect.IN_PLACE

    def _shown(self, path: Path) -> str | None:
        value = value_at(self.kind.shape, self.live.body, path)
        return value if isinstance(value, str) else None

    def _known(self, path: Path) -> str | None:
        return self.entry.fingerprints.get(pointer.render(path)) if self.entry is not None else None


def _unchanged(before: JsonObject, after: JsonObject, edits: list[Edit]) -> int:
    """How many properties, and elements of edited lists, no edit touches."""
    tops = {edit.path[0] for edit in edits}
    count = sum(name not in tops for name in after)
    for name in tops:
        touched = {edit.path[1] for edit in edits if edit.path[0] == name and len(edit.path) > 1}
        inner = get_in(after, (name,))
        if touched and isinstance(inner, dict):
            count += sum(key not in touched and key in before.get(name, {}) for key in inner)
    return count


def gravest(edits: tuple[Edit, ...]) -> Effect:
    """The effect of a change: the gravest of its edits."""
    return max((edit.effect for edit in edits), default=Effect.IN_PLACE)
