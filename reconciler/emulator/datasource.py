"""Rules of data sources: nothing is connected to, and the type stays what it is."""

from __future__ import annotations

from typing import Any

from reconciler.emulator.context import Context
from reconciler.emulator.refusals import Refusal


def check(context: Context, body: dict[str, Any], old: dict[str, Any] | None) -> None:
    del context
    if old is not None and body["type"] != old["type"]:
        raise Refusal("source-type-changed")
