"""`/indexes('n')/docs...`: documents and queries."""

from __future__ import annotations

from reconciler.emulator.context import Context
from reconciler.emulator.exchange import Reply
from reconciler.emulator.refusals import Refusal
from reconciler.emulator.store import Record


def answer(context: Context, record: Record, action: str) -> Reply:
    """The reply to a request whose path goes on after the index's name with `docs`."""
    raise Refusal("not-emulated", path=f"/indexes/.../{action}")
