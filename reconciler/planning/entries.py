"""The ledger's entry of an object: as it will be once it is written, or as it was read."""

from __future__ import annotations

import json
from collections.abc import Mapping

from reconciler.model import pointer
from reconciler.model.json import NOTHING, StoredJson
from reconciler.model.ledger import Entry
from reconciler.model.resource import Live, Resource
from reconciler.model.sensitive import has_mask
from reconciler.model.unknown import marked
from reconciler.planning.compare import Fingerprint
from reconciler.planning.veiled import storable, unrecorded
from reconciler.providers import kind
from reconciler.schema.normalize import without_secrets
from reconciler.schema.paths import value_at


def entry_of(
    resource: Resource, fingerprints: Mapping[str, str | None], read_back: StoredJson = NOTHING
) -> Entry:
    """The ledger's entry of a resource as it will be, or as it was read."""
    shape = kind(resource.id.kind).shape
    return Entry(
        id=resource.id,
        name_on_service=resource.name_on_service,
        api_version=resource.api_version,
        written=StoredJson.of(marked(without_secrets(shape, resource.body, resource.secrets))),
        read_back=read_back,
        fingerprints=fingerprints,
        lifecycle=resource.lifecycle,
    )


def fingerprints_of(
    resource: Resource, live: Live | None, entry: Entry | None, fingerprint: Fingerprint
) -> dict[str, str | None]:
    """The fingerprints after an apply: of what is declared, or what is known of what is kept.

    What is kept is a secret from now on, also when it is shown, such as a URL with a key in it.
    """
    known: Mapping[str, str | None] = entry.fingerprints if entry is not None else {}
    shape = kind(resource.id.kind).shape
    prints: dict[str, str | None] = {}
    for path, secret in resource.secrets.items():
        text = pointer.render(path)
        shown = value_at(shape, live.body, path) if live is not None and secret.keep else None
        if secret.value is not None:
            prints[text] = fingerprint(secret.value)
        elif isinstance(shown, str) and not has_mask(shown):
            prints[text] = fingerprint(shown)
        elif secret.keep or text in known:
            prints[text] = known.get(text)
    return dict(sorted(prints.items()))


def as_read(
    resource: Resource, live: Live, prints: Mapping[str, str | None], fingerprint: Fingerprint
) -> StoredJson:
    """What the ledger keeps of a body as it was read."""
    hidden = [*map(pointer.parse, prints), *resource.secrets]
    return StoredJson.of(storable(kind(resource.id.kind).shape, live.body, hidden, fingerprint))


def is_unread(resource: Resource, live: Live, entry: Entry) -> bool:
    """Whether the ledger does not know yet how the service shows what was written."""
    if entry.read_back == NOTHING:
        return True
    shape, paths = kind(resource.id.kind).shape, map(pointer.parse, entry.fingerprints)
    return unrecorded(shape, entry.read_back, live.body, paths)


def news(resource: Resource, entry: Entry) -> list[str]:
    """What the ledger has to learn of a document, beyond its body."""
    before, after = entry.lifecycle, resource.lifecycle
    old, new = entry.name_on_service, resource.name_on_service
    pairs = {
        "name": (old, old if old.casefold() == new.casefold() else new),
        "protect": (before.protect, after.protect),
        "onRemove": (before.on_remove, after.on_remove),
        "apiVersion": (entry.api_version, resource.api_version),
    }
    news = [
        f"{name} {json.dumps(old)} -> {json.dumps(new)}"
        for name, (old, new) in pairs.items()
        if old != new
    ]
    return news or ([] if before == after else ["lifecycle"])
