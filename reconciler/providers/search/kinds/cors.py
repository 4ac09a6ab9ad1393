"""Cross-origin requests: which web pages may call the service from a browser.

https://learn.microsoft.com/azure/search/search-what-is-an-index
"""

from __future__ import annotations

from typing import Annotated

from reconciler.schema.body import Body
from reconciler.schema.marks import ServerChooses, Unordered


class Cors(Body):
    """The origins, or a single `*` for all of them."""

    allowedOrigins: Annotated[list[str], Unordered()]
    # "Defaults to 5 minutes" says the schema; what a GET returns was never seen (FACTS c).
    maxAgeInSeconds: Annotated[int | None, ServerChooses()] = None
