"""The models of one service, and the doors that they answer at."""

from __future__ import annotations

from reconciler.emulator.exchange import Reply, Request
from reconciler.emulator.refusals import Refusal
from reconciler.emulator.settings import Settings


class Models:
    """Loaded when first asked."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def serves(self, path: str) -> bool:
        """Whether a path is a model endpoint's."""
        del path
        return False

    def answer(self, request: Request) -> Reply:
        raise Refusal("not-emulated", path=request.path)
