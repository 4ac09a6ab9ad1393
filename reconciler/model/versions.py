"""Which api-versions know what: dates compare, and `-preview` marks what only previews have."""

from __future__ import annotations

import re

_VERSION = re.compile(r"\d{4}-\d{2}-\d{2}(-preview)?", re.IGNORECASE)


def is_version(text: str) -> bool:
    """Whether the text has the form of an api-version, such as `2026-04-01` or `…-preview`."""
    return _VERSION.fullmatch(text) is not None


def is_preview(version: str) -> bool:
    return version.lower().endswith("-preview")


def knows(version: str, since: str) -> bool:
    """Whether `version` has what appeared with `since`.

    What appeared in a preview is in that preview and the later ones, and in no stable version
    unless `since` names the first of those too: `2021-04-30-preview|2026-04-01`.
    """
    return any(_follows(version, first) for first in since.split("|"))


def age(version: str) -> tuple[str, bool]:
    """What orders api-versions, oldest first; of one date, the preview is the newer."""
    return version[:10], is_preview(version)


def latest(since: str) -> str:
    """The one version to recommend, of those that `since` names: the stable one, if there is."""
    return since.rpartition("|")[2]


def _follows(version: str, first: str) -> bool:
    if is_preview(first) and not is_preview(version):
        return False
    return version[:10] >= first[:10]
