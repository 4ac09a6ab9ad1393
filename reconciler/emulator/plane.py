"""The data plane of one emulated service: what it has besides definitions."""

from __future__ import annotations

from dataclasses import dataclass

from reconciler.emulator.faults import Faults
from reconciler.emulator.indexing.indexing import Indexing
from reconciler.emulator.models.models import Models
from reconciler.emulator.search.documents import Documents
from reconciler.emulator.settings import Settings
from reconciler.emulator.storage import Stores
from reconciler.emulator.store import Store
from reconciler.emulator.tiers import tier_named


@dataclass(frozen=True)
class Plane:
    """Documents, the models that embed them, and the runs that bring them in."""

    documents: Documents
    models: Models
    indexing: Indexing

    @classmethod
    def of(
        cls, settings: Settings, store: Store, stores: Stores, faults: Faults | None = None
    ) -> Plane:
        documents = Documents(settings)
        models = Models(settings, faults)
        indexing = Indexing(tier_named(settings.tier), store, stores, documents, models)
        return cls(documents, models, indexing)
