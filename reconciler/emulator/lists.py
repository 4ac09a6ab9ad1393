"""What may be asked of a list of definitions: how many there are, and which part of them.

`$count` was recorded in 2026-05-01-preview (FACTS a), whose client has `$top` and `$skip` too;
2026-08-01-preview has none of the three (FACTS k). That older versions count is inferred.
"""

from __future__ import annotations

from reconciler.emulator.context import Context
from reconciler.emulator.refusals import Refusal
from reconciler.emulator.store import Record

GONE_SINCE = "2026-08-01"
PAGES_IN = "2026-05-01"
MOST = 100_000


def counts(context: Context) -> bool:
    return context.request.flag("$count") and context.version.date < GONE_SINCE


def page(context: Context, records: list[Record]) -> list[Record]:
    """Raises Refusal for what is no number."""
    if context.version.date != PAGES_IN:
        return records
    start, most = _number(context, "$skip"), _number(context, "$top")
    records = records[start or 0 :]
    return records if most is None else records[:most]


def _number(context: Context, name: str) -> int | None:
    text = context.request.query.get(name)
    if text is None:
        return None
    if not text.isascii() or not text.isdigit() or int(text) > MOST:
        raise Refusal("parameter-range", limit=MOST, parameter=name)
    return int(text)
