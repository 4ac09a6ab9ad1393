"""When an indexer runs by itself: one of yours, or the one that a knowledge source created.

https://learn.microsoft.com/azure/search/search-howto-schedule-indexers
"""

from __future__ import annotations

from typing import Annotated

from reconciler.providers.search.kinds.scalars import Interval, Moment
from reconciler.schema.body import Body
from reconciler.schema.marks import ServerChooses


class Schedule(Body):
    """How often, and from when on."""

    interval: Interval
    # Left out, the service takes the present (documented; FACTS c marks the value as unseen).
    startTime: Annotated[Moment | None, ServerChooses()] = None
