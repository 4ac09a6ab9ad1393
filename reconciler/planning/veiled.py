"""Strings of which the service masks a part: `https://f.example/api?code=<redacted>` (FACTS k).

The rest of such a string may hold another secret. What the ledger keeps of it is a fingerprint.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from reconciler.model.json import JsonObject, StoredJson
from reconciler.model.pointer import Path
from reconciler.model.sensitive import MASKS, has_mask
from reconciler.schema.body import Shape
from reconciler.schema.normalize import secret_values
from reconciler.schema.paths import replaced, value_at

_SEEN = "$masked:"


def storable(
    shape: Shape, body: JsonObject, hidden: Iterable[Path], fingerprint: Callable[[str], str]
) -> JsonObject:
    """A body as read, as the ledger keeps it: without secrets, masked strings as fingerprints."""
    values: dict[Path, Any] = dict.fromkeys({*secret_values(shape, body), *hidden})
    for path in values:
        shown = value_at(shape, body, path)
        if _partly_masked(shown):
            values[path] = _SEEN + fingerprint(shown)
    return replaced(shape, body, values) if values else body


def unrecorded(shape: Shape, stored: StoredJson, live: JsonObject, paths: Iterable[Path]) -> bool:
    """Whether the service shows a masked string of which the ledger keeps no fingerprint."""
    masked = [path for path in paths if _partly_masked(value_at(shape, live, path))]
    body = stored.value if masked else {}
    return any(value_at(shape, body, path) is None for path in masked)


def changed_around_the_mask(stored: Any, shown: str, fingerprint: Callable[[str], str]) -> bool:
    """Whether a string is shown otherwise than when it was stored."""
    known = isinstance(stored, str) and stored.startswith(_SEEN)
    return known and _partly_masked(shown) and stored != _SEEN + fingerprint(shown)


def _partly_masked(shown: Any) -> bool:
    return isinstance(shown, str) and has_mask(shown) and shown not in MASKS
