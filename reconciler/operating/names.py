"""What a project calls an object, and what the service calls it."""

from __future__ import annotations

from collections.abc import Iterable

from reconciler.model.address import Address
from reconciler.model.resource import Resource


def name_on_service(resources: Iterable[Resource], text: str, *kinds: str) -> str:
    """The name on the service of what a user names, by its name or its address.

    A name that no manifest declares is taken as the service's own: an indexer that a knowledge
    source created for itself has no manifest.

    Raises:
        ValueError: it is an address of another kind.
    """
    name = text
    if "/" in text:
        address = Address.parse(text)
        if address.kind not in kinds:
            raise ValueError(f"{text} is not {' or '.join(kinds)}")
        kinds, name = (address.kind,), address.name
    for resource in resources:
        if resource.address.kind in kinds and resource.address.name == name:
            return resource.name_on_service
    return name
