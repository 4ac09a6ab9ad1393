"""The models of one service: what is deployed under which name, and what makes their vectors."""

from __future__ import annotations

from reconciler.emulator.models import catalogue
from reconciler.emulator.models.catalogue import Model
from reconciler.emulator.models.text_models import text_model
from reconciler.emulator.settings import Settings


class Deployments:
    """Loaded when first asked. Raises ValueError for a model that is unknown or not installed."""

    def __init__(self, settings: Settings) -> None:
        self.text_model = text_model(settings.text_model)
        self._named: dict[str, Model] = {}
        for name, called in settings.deployments.items():
            model = catalogue.named(called)
            if model is None:
                known = ", ".join(model.name for model in catalogue.MODELS)
                raise ValueError(f"deployment {name}: no model `{called}`; there are {known}")
            self._named[name] = model

    def deployed(self, name: str) -> Model | None:
        """The model of a deployment: one that was mapped, or one named like its model."""
        return self._named.get(name) or catalogue.named(name)
