"""A local stand-in for Azure AI Search's control plane, read from recordings and documentation.

It shares no code with the rest of the reconciler: it is the second opinion. `create_app` gives an
ASGI app, `serve` listens on a port; every rule it enforces stands in `rules/` with its source.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reconciler.emulator.settings import Settings

if TYPE_CHECKING:
    from starlette.applications import Starlette

__all__ = ["Settings", "create_app", "serve"]


def create_app(settings: Settings = Settings()) -> Starlette:  # noqa: B008 (frozen)
    """An ASGI app with its own state; needs no lifespan, so `httpx.ASGITransport` can use it."""
    from reconciler.emulator.app import build

    return build(settings)


def serve(settings: Settings, port: int, host: str = "127.0.0.1", tls: bool = False) -> None:
    """Listens until SIGTERM or SIGINT; its URL is the first line on stdout. Port 0: any.

    With `tls` it speaks https by a certificate made at the start; the lines after the URL say where
    the authority is that clients must trust.

    Raises:
        ValueError: a setting cannot be; the text says which and why.
    """
    from reconciler.emulator.serving import listen

    listen(settings, port, host, tls)
