"""Headers that a Web API skill cannot have (SKILLS 1.3): at its definition, and at its calls."""

from __future__ import annotations

FORBIDDEN_HEADERS = frozenset(
    {
        "accept",
        "accept-charset",
        "accept-encoding",
        "content-length",
        "content-type",
        "cookie",
        "host",
        "te",
        "upgrade",
        "via",
    }
)
