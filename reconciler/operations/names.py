"""What a project calls an object, and what the service calls it."""

from __future__ import annotations

from collections.abc import Iterable

from reconciler.model.problem import suggestion
from reconciler.model.resource import Resource
from reconciler.model.resource_id import ResourceId


def name_on_service(resources: Iterable[Resource], text: str, *kinds: str) -> str:
    """The name on the service of what a user names, by its name or its address.

    A name that no manifest declares is taken as the service's own: an indexer that a knowledge
    source created for itself has no manifest.

    Raises:
        ValueError: it is an address of another kind.
    """
    name = text
    if "/" in text:
        address = ResourceId.parse(text)
        if address.kind not in kinds:
            raise ValueError(f"{text} is not {' or '.join(kinds)}")
        kinds, name = (address.kind,), address.name
    for resource in resources:
        if resource.id.kind in kinds and resource.id.name == name:
            return resource.name_on_service
    return name


def nowhere(resources: Iterable[Resource], name: str, *kinds: str) -> str:
    """What is wrong when the service does not have what a user named, and what to do.

    Args:
        name: on the service.
    """
    of = [r for r in resources if r.id.kind in kinds]
    what = " or ".join(kinds)
    if any(name == resource.name_on_service for resource in of):
        return f"the service has no {what} called {name}, which is declared: apply first"
    fix = suggestion(name, [r.id.name for r in of], "see `reconciler plan --show-unmanaged`")
    return f"no manifest declares {name}, and the service has no {what} of that name: {fix}"


def version_of_index(resources: Iterable[Resource], name: str, default: str) -> str:
    """The api-version that an index is declared in, or the index that an alias stands for.

    A query must know what the definition knows: a preview's vectorizers, for one.

    Args:
        name: on the service, of the index or of the alias.
        default: of what no manifest declares.
    """
    declared = {(r.id.kind, r.name_on_service): r for r in resources}
    alias = declared.get(("Alias", name))
    targets = alias.body.get("indexes") if alias is not None else None
    if isinstance(targets, list) and targets:
        name = str(targets[0])
    index = declared.get(("Index", name))
    return index.api_version if index is not None else default
