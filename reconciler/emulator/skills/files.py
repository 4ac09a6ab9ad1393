"""File references: `{"$type": "file", "data": "<base64>"}` (SKILLS 1.1)."""

from __future__ import annotations

import base64
import binascii
import hashlib
from typing import Any

Body = dict[str, Any]


class BadFile(Exception):
    """A file reference without content that can be read here; says why."""


def content_of(reference: object) -> bytes:
    """The bytes of a file reference or a normalized image; raises BadFile."""
    data = reference.get("data") if isinstance(reference, dict) else None
    if not isinstance(data, str):
        raise BadFile("The emulator reads files whose 'data' is in the tree, not by URL.")
    try:
        return base64.b64decode(data, validate=True)
    except binascii.Error:
        raise BadFile("The 'data' of the file reference is not base64.") from None


def name_of(data: bytes) -> str:
    """A name for a file that has none: the same bytes have the same name."""
    return hashlib.sha256(data).hexdigest()[:16]
