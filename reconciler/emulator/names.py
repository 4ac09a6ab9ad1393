"""What names the service accepts: FACTS f (learn.microsoft.com naming-rules)."""

from __future__ import annotations

import re

from reconciler.emulator.refusals import Refusal

INDEX = re.compile(r"(?!.*[-_]{2})[a-z0-9][a-z0-9_-]{1,127}")
OTHER = re.compile(r"[a-z0-9]([a-z0-9-]{0,126}[a-z0-9])?")
PART = re.compile(r"[A-Za-z0-9_]{1,128}")  # a scoring profile, a suggester
FIELD = re.compile(r"(?!azureSearch)[A-Za-z][A-Za-z0-9_]{0,127}")


def check_name(collection: str, noun: str, name: str) -> None:
    """Aliases share the indexes' URL space, and are taken to share their rule."""
    pattern = INDEX if collection in ("indexes", "aliases") else OTHER
    if not pattern.fullmatch(name):
        raise Refusal("bad-name", noun=noun)
