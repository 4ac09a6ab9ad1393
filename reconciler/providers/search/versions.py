"""The api-versions of the search service; their grammar is `model.versions`."""

from __future__ import annotations

DEFAULT_VERSION = "2026-04-01"

VERSIONS = (
    "2023-11-01",
    "2024-03-01-preview",
    "2024-05-01-preview",
    "2024-07-01",
    "2024-09-01-preview",
    "2024-11-01-preview",
    "2025-03-01-preview",
    "2025-05-01-preview",
    "2025-08-01-preview",
    "2025-09-01",
    "2025-11-01-preview",
    "2026-04-01",
    "2026-05-01-preview",
    "2026-08-01-preview",
)
"""Those that an official SDK was released with, oldest first; others are taken by their dates."""

NEWEST_PREVIEW = VERSIONS[-1]

PREVIEWS = tuple(version for version in reversed(VERSIONS) if version.endswith("-preview"))[:3]
"""The newest ones first: they show members that no stable version shows."""
