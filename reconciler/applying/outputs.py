"""Values of a step that are known only now: what other objects say of themselves, read anew."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from reconciler.model.json import Json, StoredJson
from reconciler.model.ledger import Entry
from reconciler.model.step import Step
from reconciler.model.unknown import Unknown, filled, unknowns
from reconciler.providers import kind
from reconciler.providers.service import Services
from reconciler.schema.paths import value_at
from reconciler.wire import ServiceError


async def with_outputs(services: Services, step: Step) -> Step:
    """A step with every output filled in: in its bodies, its name where that follows, its entry.

    Raises:
        ServiceError: an object cannot be read, or does not say what was expected of it.
    """
    call = step.call
    if call is None:
        return step
    values = await _values(services, {*unknowns([call.body, call.successor]).values()})
    if not values:
        return step
    body, successor = filled(call.body, values), filled(call.successor, values)
    named = kind(step.resource.kind).name_of(body if body is not None else successor)
    name = call.name if call.deletes else named or call.name
    work = replace(call, name=name, body=body, successor=successor)
    return replace(step, work=work, entry=_entry(step, named, values))


def _entry(step: Step, named: str, values: Mapping[Unknown, Json]) -> Entry | None:
    """The entry of what is about to be written."""
    if step.entry is None:
        return None
    written = StoredJson.of(filled(step.entry.written.value, values))
    return replace(step.entry, name_on_service=named or step.entry.name_on_service, written=written)


async def _values(services: Services, asked: Iterable[Unknown]) -> dict[Unknown, Json]:
    values: dict[Unknown, Json] = {}
    for unknown in asked:
        service, shape = services.of(unknown.of.kind), kind(unknown.of.kind).shape
        live = await service.get(unknown.of, unknown.name, unknown.api_version)
        value = value_at(shape, live.body, unknown.path) if live is not None else None
        if value is None:
            raise ServiceError(f"{unknown.of} does not say {unknown.pointer}: nothing was sent")
        values[unknown] = value
    return values
