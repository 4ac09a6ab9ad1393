"""What nobody foresaw: told on stderr by its kind and place. Its own text may hold a secret."""

from __future__ import annotations

import sys
import traceback

from reconciler.emulator.refusals import Refusal


def told(error: Exception, doing: str) -> Refusal:
    """Writes where the error came from to stderr; gives what to answer a client."""
    kind = type(error).__name__
    place = "".join(traceback.format_tb(error.__traceback__))
    print(f"The emulator failed: {doing}: {kind}\n{place}", end="", file=sys.stderr, flush=True)
    return Refusal("unexpected", kind=kind)
