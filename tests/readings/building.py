"""Bodies in which one property of one model is left out, or has a value."""

from __future__ import annotations

import copy
from typing import Any

from tests.readings.bodies import TOGETHER, WITH_VALUE, body_of
from tests.readings.spots import PropertyAt, Step
from tests.readings.values import minimal, minimal_variant

Json = dict[str, Any]
ABSENT = object()


def built(spot: PropertyAt, value: Any = ABSENT) -> Json:
    """The kind's body with an object of the spot's model in it, and a value in that."""
    body = body_of(spot.kind) | TOGETHER.get(f"{spot.model.__name__}.{spot.property.name}", {})
    _settle_kind(body, spot)
    holder = holder_in(body, spot)
    holder.pop(spot.property.name, None)
    if value is not ABSENT:
        holder |= copy.deepcopy(WITH_VALUE.get(f"{spot.model.__name__}.{spot.property.name}", {}))
        holder[spot.property.name] = value
    return body


def _settle_kind(body: Json, spot: PropertyAt) -> None:
    """A knowledge source has the parameters of its kind, and of no other."""
    top = spot.way[0].property.name if spot.way else spot.property.name
    of = top.removesuffix("Parameters")
    if spot.kind == "KnowledgeSource" and of not in (top, body["kind"]):
        del body["searchIndexParameters"]
        body["kind"] = of


def holder_in(body: Json, spot: PropertyAt) -> Json:
    """The object of the spot's model in a body; made, if there is none."""
    here = body
    for step in spot.way:
        here = _entered(here, step)
    return here


def shown_in(body: Json, spot: PropertyAt) -> Any:
    """What a body that was built (or read) so has at the spot, or None."""
    here: Any = body
    for step in spot.way:
        here = here.get(step.property.name)
        if step.property.many:
            here = next((one for one in here or () if _is(one, step)), None)
        if not isinstance(here, dict):
            return None
    return here.get(spot.property.name)


def _entered(here: Json, step: Step) -> Json:
    name = step.property.name
    if step.property.many:
        elements = here[name] = here.get(name) or []
        found = next((one for one in elements if _is(one, step)), None)
        if found is None:
            found = _made(step)
            elements.append(found)
        inner: Json = found
        return inner
    if not isinstance(here.get(name), dict) or not _is(here[name], step):
        here[name] = _made(step)
    only: Json = here[name]
    return only


def _is(element: Json, step: Step) -> bool:
    return not step.tag or element.get(step.tag) == step.value


def _made(step: Step) -> Json:
    return minimal_variant(step.property, step.value) if step.tag else minimal(step.model)
