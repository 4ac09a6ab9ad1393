"""Documents of our own, never planned and never sent: checks, and the models behind them."""

from __future__ import annotations

from reconciler.providers.provider import Provider

_KINDS = "reconciler.providers.local.kinds"

PROVIDER = Provider(
    group="reconciler/v1",
    kinds={"EmbeddingModel": f"{_KINDS}.embedding_model", "Check": f"{_KINDS}.check"},
)
