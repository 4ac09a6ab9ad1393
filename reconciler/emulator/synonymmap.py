"""Rules of synonym maps: as many rules as the tier allows."""

from __future__ import annotations

from typing import Any

from reconciler.emulator.context import Context
from reconciler.emulator.refusals import Refusal


def check(context: Context, body: dict[str, Any], old: dict[str, Any] | None) -> None:
    del old
    rules = [line for line in body["synonyms"].splitlines() if line.strip()]
    limit = context.tier.synonym_rules
    if len(rules) > limit:
        raise Refusal("synonym-rules", name=body["name"], count=len(rules), limit=limit)
