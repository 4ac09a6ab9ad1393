"""Values of a body that are known only now: what other objects say of themselves, read anew."""

from __future__ import annotations

from typing import Any

from reconciler.model.json import JsonObject, map_leaves
from reconciler.model.unknown import Unknown, unknowns
from reconciler.providers import kind
from reconciler.providers.service import Services
from reconciler.schema.paths import value_at
from reconciler.wire import ServiceError


async def with_outputs(services: Services, body: JsonObject) -> JsonObject:
    """A body in which every output is filled in.

    Raises:
        ServiceError: an object cannot be read, or does not say what was expected of it.
    """
    values: dict[Unknown, Any] = {}
    for unknown in set(unknowns(body).values()):
        service, shape = services.of(unknown.of.kind), kind(unknown.of.kind).shape
        live = await service.get(unknown.of, unknown.name, unknown.api_version)
        value = value_at(shape, live.body, unknown.path) if live is not None else None
        if value is None:
            raise ServiceError(f"{unknown.of} does not say {unknown.pointer}: nothing was sent")
        values[unknown] = value
    if not values:
        return body
    filled: JsonObject = map_leaves(body, lambda v: values[v] if isinstance(v, Unknown) else v)
    return filled
