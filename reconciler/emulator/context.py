"""What a rule may look at: the store, the settings, the request's version and query."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reconciler.emulator.exchange import Request
from reconciler.emulator.settings import Settings
from reconciler.emulator.shapes import Shapes
from reconciler.emulator.store import Store
from reconciler.emulator.tiers import Tier
from reconciler.emulator.version import Version

if TYPE_CHECKING:  # the plane's parts have doors of their own, which are given a context
    from reconciler.emulator.plane import Plane


@dataclass(frozen=True)
class Context:
    """`hold_runs` keeps an indexer run that this request starts in progress (the busy fault)."""

    store: Store
    plane: Plane
    settings: Settings
    tier: Tier
    version: Version
    shapes: Shapes
    request: Request
    hold_runs: bool = False

    @property
    def namespace_context(self) -> str:
        return f"{self.request.endpoint}/$metadata#{self.version.namespace}"
