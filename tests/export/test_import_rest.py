"""What is imported is at rest: JSON that a service took, or shows, and a plan of its manifests.

Secrets apart: what stands in clear comes from the environment then, and is kept here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reconciler.lint.rule import rules
from reconciler.providers import SEARCH
from tests.export.folder import at_rest, empty, written
from tests.laws.bench import tried
from tests.laws.parts import SECRETS
from tests.laws.stacks import Stack, filled_in, in_order, references, stacks
from tests.readings.bodies import COLLECTIONS, beside
from tests.readings.building import built
from tests.readings.emulated import VERSIONS as TRIED
from tests.readings.emulated import version_for
from tests.readings.spots import spots
from tests.readings.values import values
from tests.world import World

Json = dict[str, Any]
CLEAR = {name: f"{name}-must/never+show==" for name in SECRETS}
UNMEANT = f"lint: {json.dumps(dict.fromkeys(rules().keys() - {'missing-reference'}, 'off'))}"
"""Rules are not what this is about: bodies with every property mean nothing."""

SHAPES = ("by collection", "list calls", "resources")


def put(world: World, address: str, body: Json, version: str) -> bool:
    """Whether the service takes a definition."""
    kind, _, name = address.partition("/")
    path, query = f"/{COLLECTIONS[kind]}/{name}", {"api-version": version}
    return world.service.http.put(path, json={**body, "name": name}, params=query).is_success


def shown(world: World, address: str, version: str) -> Json:
    kind, _, name = address.partition("/")
    path, query = f"/{COLLECTIONS[kind]}/{name}", {"api-version": version}
    body: Json = world.service.http.get(path, params=query).json()
    return body


def shaped(bodies: dict[str, Json], shape: str) -> Iterator[Any]:
    """Files of definitions by their addresses."""
    by_kind: dict[str, list[Json]] = {}
    for address, body in bodies.items():
        kind, _, name = address.partition("/")
        by_kind.setdefault(COLLECTIONS[kind], []).append({**body, "name": name})
    if shape == "by collection":
        yield by_kind
    for collection, listed in by_kind.items():
        context = f"https://s.search.windows.net/$metadata#{collection}"
        if shape == "list calls":
            yield {"@odata.context": context, "value": listed}
        elif shape == "resources":
            of = f"Microsoft.Search/searchServices/{collection}"
            yield [{"type": of, "name": f"s/{one['name']}", "properties": one} for one in listed]


def imported(world: World, bodies: dict[str, Json], shape: str) -> None:
    """Manifests of definitions, which must be valid and at rest once their secrets are kept."""
    files = [*shaped(bodies, shape)]
    names = [f"kept-{number}.json" for number in range(len(files))]
    for name, content in zip(names, files, strict=True):
        world.write(name, json.dumps(content))
    ran = world.cli("import", *names)
    assert ran.code == 0, ran.err
    assert "must/never" not in written(world) + ran.out + ran.err
    project = world.root / "reconciler.yaml"
    project.write_text(re.sub(r"\{env: [A-Z0-9_]+\}", "{keep: true}", project.read_text()))
    validated = world.cli("validate")
    assert validated.code == 0, validated.err + written(world)
    at_rest(world)
    assert {change["address"] for change in world.plan()["changes"]} == set(bodies)


@tried(40)
@given(
    stack=stacks(),
    version=st.sampled_from(TRIED),
    answers=st.booleans(),
    shape=st.sampled_from(SHAPES),
)
def test_any_definitions_that_a_service_took(
    world: World, stack: Stack, version: str, answers: bool, shape: str
) -> None:
    empty(world)
    world.service.wipe()
    world.project(f"apiVersion: {version}\n{UNMEANT}")
    bodies: dict[str, Json] = {}
    for document in in_order(stack):
        needed = references(document.kind, document.spec)
        body = filled_in(document.spec, CLEAR)
        if needed <= bodies.keys() and put(world, document.id, body, version):
            bodies[document.id] = body
    if answers:
        bodies = {address: shown(world, address, version) for address in bodies}
    assert bodies
    imported(world, bodies, shape)


def everything(kind: str) -> Iterator[tuple[str, Json]]:
    """A body with each property of a kind, and the api-version that it is of."""
    for spot in spots(kind):
        for value in values(spot.model, spot.property)[:1]:
            body = built(spot, value)
            version = version_for(kind, body)
            if version is not None:
                yield version, body


@pytest.mark.parametrize("answers", [False, True], ids=["sent", "shown"])
@pytest.mark.parametrize("kind", SEARCH.kinds)
def test_every_property_of_every_kind(world: World, kind: str, answers: bool) -> None:
    by_version: dict[str, list[Json]] = {}
    for version, body in everything(kind):
        by_version.setdefault(version, []).append(body)
    count = 0
    for version, bodies in by_version.items():
        for start in range(0, len(bodies), 100):
            count += _at_rest(world, kind, version, bodies[start : start + 100], answers)
    print(f"{kind}: {count} definitions imported")
    assert count


def _at_rest(world: World, kind: str, version: str, bodies: list[Json], answers: bool) -> int:
    empty(world)
    world.service.wipe()
    others = {
        address: body
        for address, body in beside().items()
        if put(world, address, body, "2026-04-01")
    }
    world.project(f"apiVersion: {version}\n{UNMEANT}\nexternal: [{', '.join(others)}]")
    taken = {}
    for number, body in enumerate(bodies):
        address = f"{kind}/one-{number}"
        if put(world, address, body, version):
            taken[address] = shown(world, address, version) if answers else body
    if taken:
        imported(world, taken, "by collection")
    return len(taken)
