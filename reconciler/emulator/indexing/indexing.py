"""The runs of one service's indexers."""

from __future__ import annotations

from reconciler.emulator.models.models import Models
from reconciler.emulator.search.documents import Documents
from reconciler.emulator.settings import Settings
from reconciler.emulator.store import Store


class Indexing:
    """Runs indexers in the background, one run an indexer at a time."""

    def __init__(
        self, settings: Settings, store: Store, documents: Documents, models: Models
    ) -> None:
        self._settings = settings
        self._store = store
        self._documents = documents
        self._models = models
