"""Rules of aliases: exactly one existing index, and that index cannot be deleted."""

from __future__ import annotations

from typing import Any

from reconciler.emulator.context import Context
from reconciler.emulator.refusals import Refusal


def check(context: Context, body: dict[str, Any], old: dict[str, Any] | None) -> None:
    name, indexes = body["name"], body["indexes"]
    if len(indexes) != 1:
        raise Refusal("alias-one-index")
    if old is None and context.store.get("indexes", name):
        raise Refusal("alias-name-taken", name=name)
    if context.store.get("indexes", indexes[0]) is None:
        raise Refusal("alias-index-missing", name=name, index=indexes[0])


def check_index_deletable(context: Context, name: str) -> None:
    for alias in context.store.all("aliases").values():
        if name in alias.body["indexes"]:
            raise Refusal("index-under-alias", name=name, alias=alias.name)
        if name == alias.name:
            raise Refusal("through-alias", name=name, action="deleted")
