"""How deep a YAML text is nested, told without recursion: the composer in C has no guard itself.

It crashes the process at some 40,000 levels, and at 4,000 with the stack of a Windows process.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

_OPENERS = 500
_PREFIX = 200
_INDICATORS = rf"[ \t?:\ufeff-]{{{_PREFIX}}}"
_LINE = re.compile(rf"[\r\n\x85\u2028\u2029]{_INDICATORS}")
_FIRST_LINE = re.compile(_INDICATORS)


def may_be_deep(text: str) -> bool:
    """Whether a text could be nested deeper than the composer can bear, told in next to no time.

    A bracket opens at most two levels (`[a: 1]`), and so does each column at which a line begins a
    block (a sequence may stand at the column of the mapping around it): False means less than 1,500
    levels. True means that it is worth counting.
    """
    if text.count("[") + text.count("{") > _OPENERS:
        return True
    return _LINE.search(text) is not None or _FIRST_LINE.match(text) is not None


def beyond(events: Iterable[Any], limit: int) -> tuple[int, int] | None:
    """Line and column (from 1) where the nesting of a parser's events passes a limit, or None."""
    from ruamel.yaml.events import CollectionEndEvent, CollectionStartEvent

    depth = 0
    for event in events:
        if isinstance(event, CollectionStartEvent):
            depth += 1
            if depth > limit:
                return event.start_mark.line + 1, event.start_mark.column + 1
        elif isinstance(event, CollectionEndEvent):
            depth -= 1
    return None
