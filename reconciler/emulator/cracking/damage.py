"""Broken files: whatever a parser raises for one becomes CrackFailed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from reconciler.emulator.cracking.item import CrackFailed

DAMAGED = "Document could not be processed: it is damaged or not what its content type says."
LOCKED = "Document could not be processed - it may be encrypted or password protected."


@contextmanager
def reading() -> Iterator[None]:
    """Around the parsing of one file. Parsers raise a dozen kinds of exceptions for bad bytes."""
    try:
        yield
    except CrackFailed:
        raise
    except Exception:
        raise CrackFailed(DAMAGED) from None
