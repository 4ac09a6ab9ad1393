"""Secrets and identities: what a PUT keeps, what it removes, and what an answer shows."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

# FACTS d. A data source's connection string is null in every answer (seen); a knowledge source's
# is taken to be masked like the other secrets (its GET in the documentation). These are echoed by
# a write (seen in 2023 for a skill's apiKey and a knowledge store) and masked by a read (public
# dumps).
NULL_IN_ANSWERS = "connectionString"
SECRET_NAMES = frozenset(
    {NULL_IN_ANSWERS, "storageConnectionString", "apiKey", "key", "applicationSecret"}
)
UNCHANGED, REDACTED = "<unchanged>", "<redacted>"
IDENTITIES = ("identity", "authIdentity")
NO_IDENTITY = "#Microsoft.Azure.Search.DataNoneIdentity"


def secrets_in(value: Any, path: str = "") -> Iterator[tuple[str, dict[str, Any], str]]:
    """Every place that holds a secret text: its JSON pointer, its object, its key."""
    if isinstance(value, dict):
        for key, item in value.items():
            if key in SECRET_NAMES and isinstance(item, str):
                yield f"{path}/{key}", value, key
            elif isinstance(item, dict | list):
                yield from secrets_in(item, f"{path}/{key}")
    elif isinstance(value, list):
        for position, item in enumerate(value):
            name = item.get("name") if isinstance(item, dict) else None
            yield from secrets_in(item, f"{path}/{name or position}")


def hide(answer: Any, mask_keys: bool, nulls: bool) -> None:
    """Takes the secrets out of an answer, in place; `nulls`: connection strings become null."""
    for _, holder, key in list(secrets_in(answer)):
        if nulls and key == NULL_IN_ANSWERS:
            holder[key] = None
        elif mask_keys:
            holder[key] = REDACTED


def fingerprints(body: Any) -> dict[str, str]:
    return {
        path: hashlib.sha256(holder[key].encode()).hexdigest()
        for path, holder, key in secrets_in(body)
    }


def settle(new: Any, old: Any, redacted_keeps: bool, removes: str = "") -> None:
    """Gives a written body the secrets and identities that it keeps from the stored one.

    `redacted_keeps`: a mask that is written keeps the secret, but for the one named `removes`.
    """
    if isinstance(new, dict):
        before = old if isinstance(old, dict) else {}
        for key in SECRET_NAMES & new.keys():
            keeps = new[key] == UNCHANGED
            if new[key] == REDACTED and key != removes:
                keeps = redacted_keeps
            if keeps or new[key] == REDACTED:
                new[key] = before.get(key) if keeps else None
        for key in IDENTITIES:
            _settle_identity(new, before, key)
        for key, item in new.items():
            settle(item, before.get(key), redacted_keeps, removes)
    elif isinstance(new, list):
        for position, item in enumerate(new):
            settle(item, _counterpart(item, position, old), redacted_keeps, removes)


def _settle_identity(new: dict[str, Any], before: dict[str, Any], key: str) -> None:
    given, stored = new.get(key), before.get(key)
    if given is None and isinstance(stored, dict):
        new[key] = stored
    elif isinstance(given, dict) and given.get("@odata.type") == NO_IDENTITY:
        new[key] = None


def _counterpart(item: Any, position: int, old: Any) -> Any:
    """The stored element of the same name, else of the same place, if it is of the same type."""
    if not isinstance(item, dict) or not isinstance(old, list):
        return None
    named = [other for other in old if isinstance(other, dict) and other.get("name")]
    if item.get("name"):
        found = next((other for other in named if other["name"] == item["name"]), None)
    else:
        found = old[position] if position < len(old) else None
    if not isinstance(found, dict):
        return None
    alike = all(found.get(tag) == item.get(tag) for tag in ("@odata.type", "kind"))
    return found if alike else None
