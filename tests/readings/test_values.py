"""Every value of every closed list: what `validate` lets pass is taken by the emulator, too.

The first api-version in which we find no fault with a value is the one that it is tried in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Literal, get_args, get_origin

import pytest

from reconciler.providers import SEARCH
from tests.emulator.conftest import Client
from tests.emulator.conftest import connect as connect
from tests.readings.building import built
from tests.readings.emulated import Emulated, version_for
from tests.readings.spots import PropertyAt, spots
from tests.readings.values import values

DIFFERENT: dict[str, str] = {
    "Index: Vector.type": "the sample is a vector: other types ask for other attributes",
    "KnowledgeSource: SourceModelParameters.modelName": "the place that is tried is that of an "
    "embedding model, and the type is that of chat models too",
    "KnowledgeSource: OutputParsing.kind": "each kind needs its own parameters beside it",
}
"""Where the readings differ, by the place, each with its reason."""


def closed(spot: PropertyAt) -> bool:
    """Whether a property's type lists its values."""
    fields = spot.model.model_fields.items()
    field = next(f for own, f in fields if spot.property.name == (f.alias or own))
    return len([text for text in listed(field.annotation) if isinstance(text, str)]) > 1


def listed(annotation: Any) -> Iterator[Any]:
    if get_origin(annotation) is Literal:
        yield from get_args(annotation)
    else:
        for part in get_args(annotation):
            yield from listed(part)


@pytest.mark.parametrize("kind", SEARCH.kinds)
def test_every_value_that_is_let_pass_is_taken(kind: str, connect: Callable[..., Client]) -> None:
    emulated = Emulated(connect(tier="standard3"))
    refused, tried = [], 0
    for spot in filter(closed, spots(kind)):
        for value in values(spot.model, spot.property):
            body = built(spot, value)
            version = version_for(kind, body)
            if version is None or str(spot) in DIFFERENT:
                continue
            emulated.clear(kind)
            reply = emulated.put(kind, body, version)
            if "The emulator does not do" in reply.text:
                continue
            tried += 1
            if not reply.is_success:
                refused.append(f"{spot} {value!r} in {version}: {reply.text}")
    print(f"{kind}: {tried} values tried")
    assert not refused, "\n".join(refused)
    assert tried or kind in ("Alias", "SynonymMap")
