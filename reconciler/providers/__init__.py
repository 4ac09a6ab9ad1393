"""The providers and the catalogue of their kinds.

To add a kind: a file (or package) and a line in its provider's table. To add a provider: a package
that declares `PROVIDER`, and a line here.
"""

from __future__ import annotations

import importlib
from functools import cache

from reconciler.providers.local import PROVIDER as LOCAL
from reconciler.providers.provider import Provider
from reconciler.providers.search import PROVIDER as SEARCH
from reconciler.schema.kind import Kind

PROVIDERS = {provider.group: provider for provider in (SEARCH, LOCAL)}
"""Every provider, by its group."""

_OF_KIND = {name: provider for provider in PROVIDERS.values() for name in provider.kinds}

CATALOGUE = {n: p.kinds[n] for n, p in _OF_KIND.items() if p.is_sent}
"""Every kind that is planned and the module that declares it, in the order of dependence."""

LOCAL_KINDS = {n: p.kinds[n] for n, p in _OF_KIND.items() if not p.is_sent}
"""Kinds of documents that are never sent, alike."""


@cache
def kind(name: str) -> Kind:
    """The kind of that name, loaded when first asked for.

    Raises:
        KeyError: there is no such kind.
    """
    declared: Kind = importlib.import_module(_OF_KIND[name].kinds[name]).KIND
    return declared


def provider_of(name: str) -> Provider:
    """The provider of a kind.

    Raises:
        KeyError: there is no such kind.
    """
    return _OF_KIND[name]


__all__ = [
    "CATALOGUE",
    "LOCAL_KINDS",
    "PROVIDERS",
    "SEARCH",
    "Kind",
    "Provider",
    "kind",
    "provider_of",
]
