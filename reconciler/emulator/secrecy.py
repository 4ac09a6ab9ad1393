"""Secrets and identities: what a PUT keeps, what it removes, and what an answer shows."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from typing import Any

from reconciler.emulator.counterparts import counterpart

# FACTS d. A data source's connection string is null in every answer (seen); a knowledge source's
# is taken to be masked like the other secrets (its GET in the documentation). These are echoed by
# a write (seen in 2023 for a skill's apiKey and a knowledge store) and masked by a read (public
# dumps).
NULL_IN_ANSWERS = "connectionString"
SECRET_NAMES = frozenset(
    {NULL_IN_ANSWERS, "storageConnectionString", "apiKey", "key", "applicationSecret"}
)
# FACTS k: the key of a function stands within an address, or in a header of any case. A read masks
# it where it stands; a mask that is written there is text like any other.
KEY_IN_ADDRESS = re.compile(r"([?&]code=)([^&#]+)", re.IGNORECASE)
ADDRESS, HEADERS, KEY_HEADER = "uri", "httpHeaders", "x-functions-key"
UNCHANGED, REDACTED = "<unchanged>", "<redacted>"
IDENTITIES = ("identity", "authIdentity")
NO_IDENTITY = "#Microsoft.Azure.Search.DataNoneIdentity"


def secrets_in(value: Any) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Every place that holds a secret text: its JSON pointer, its object, its key."""
    for path, holder in _objects_in(value, ""):
        for key, item in holder.items():
            if key in SECRET_NAMES and isinstance(item, str):
                yield f"{path}/{key}", holder, key


def hide(answer: Any, mask_keys: bool, nulls: bool) -> None:
    """Takes the secrets out of an answer, in place; `nulls`: connection strings become null."""
    for _, holder, key in list(secrets_in(answer)):
        if nulls and key == NULL_IN_ANSWERS:
            holder[key] = None
        elif mask_keys:
            holder[key] = REDACTED
    if mask_keys:
        _mask_functions(answer)


def _mask_functions(value: Any) -> None:
    for _, holder, key in _functions_in(value):
        if key == ADDRESS:
            holder[key] = KEY_IN_ADDRESS.sub(rf"\1{REDACTED}", holder[key])
        else:
            holder[key] = REDACTED


def _functions_in(value: Any) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Every place that may hold the key of a function: addresses, and headers of that name."""
    for where, holder in _objects_in(value, ""):
        for key, item in list(holder.items()):
            if not isinstance(item, str):
                continue
            header = where.endswith(f"/{HEADERS}") and key.lower() == KEY_HEADER
            if header or (key == ADDRESS and KEY_IN_ADDRESS.search(item)):
                yield f"{where}/{key}", holder, key


def _objects_in(value: Any, path: str) -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(value, dict):
        yield path, value
        for key, item in value.items():
            yield from _objects_in(item, f"{path}/{key}")
    elif isinstance(value, list):
        for position, item in enumerate(value):
            name = item.get("name") if isinstance(item, dict) else None
            yield from _objects_in(item, f"{path}/{name or position}")


def fingerprints(body: Any) -> dict[str, str]:
    """The digest of every secret by its place; of the key in an address by the address's."""
    found = {path: _digest(holder[key]) for path, holder, key in secrets_in(body)}
    for path, holder, key in _functions_in(body):
        match = KEY_IN_ADDRESS.search(holder[key]) if key == ADDRESS else None
        found[path] = _digest(match[2] if match else holder[key])
    return found


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


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
            settle(item, counterpart(item, position, old), redacted_keeps, removes)


def _settle_identity(new: dict[str, Any], before: dict[str, Any], key: str) -> None:
    given, stored = new.get(key), before.get(key)
    if given is None and isinstance(stored, dict):
        new[key] = stored
    elif isinstance(given, dict) and given.get("@odata.type") == NO_IDENTITY:
        new[key] = None
