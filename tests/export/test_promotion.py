"""What is exported of one service makes the same of an empty one, whatever api-version made it."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reconciler.providers import SEARCH
from tests.export.promotion import CONNECTION, NEWEST, differences, promoted, shown
from tests.kinds.material import SHARED, needs_material
from tests.laws.bench import Bench, bench, tried
from tests.laws.parts import SECRETS
from tests.laws.stacks import Stack, filled_in, in_order, stacks
from tests.readings.bodies import COLLECTIONS, beside
from tests.readings.building import built
from tests.readings.emulated import version_for
from tests.readings.pairs import pairs
from tests.readings.pokes import samples
from tests.readings.spots import spots

VERSIONS = ("2023-11-01", "2024-07-01", "2025-09-01", "2026-04-01", NEWEST)
Json = dict[str, Any]


def put(where: Bench, kind: str, body: Json, version: str) -> bool:
    """Whether a service takes an object in some api-version."""
    path = f"/{COLLECTIONS[kind]}/{body['name']}"
    return where.http("PUT", path, body, **{"api-version": version}).is_success


def arrives(source: Bench, version: str) -> list[str]:
    """Where the objects of a service are not what their export makes of an empty one."""
    before = shown(source)
    with promoted(source, version) as result:
        after = shown(result.target)
        said = {str(address): reason for address, reason in result.exported.left_out.items()}
    lost = [f"{address} is left out: {reason}" for address, reason in said.items()]
    found = (d for a in before if a not in said for d in differences(a, before[a], after.get(a)))
    return lost + list(found)


@tried(6)
@given(stack=stacks(), made=st.sampled_from(VERSIONS), version=st.sampled_from(VERSIONS))
def test_a_generated_stack_arrives(stack: Stack, made: str, version: str) -> None:
    with bench() as source:
        values = {name: f"{name}-must/never+show==" for name in SECRETS}
        for document in in_order(stack):
            body = {"name": document.name, **filled_in(document.spec, values)}
            put(source, document.kind, body, made) or put(source, document.kind, body, "2026-04-01")
        assert not arrives(source, version)


def _bodies(kind: str, part: int) -> Iterator[Json]:
    """A body with some value of each property of a kind, and the version that it is for."""
    for spot in spots(kind)[part::PARTS]:
        if spot.property.owned is None:
            yield from (built(spot, value) for value in samples(spot))


PARTS = 3


@pytest.mark.parametrize("version", ["2023-11-01", "2026-04-01"])
@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("kind", SEARCH.kinds)
def test_every_property_arrives(kind: str, part: int, version: str) -> None:
    number = 0
    with bench() as source:
        for address, body in beside().items():
            assert put(source, address.partition("/")[0], body, "2026-04-01")
        for body in _bodies(kind, part):
            one = {**copy.deepcopy(body), "name": f"{body['name']}-{number}"}
            known = version_for(kind, one)
            number += known is not None and put(source, kind, one, known)
        found = arrives(source, version)
    assert not found, "\n".join(found)
    assert number or kind == "Alias"


@needs_material
def test_what_was_recorded_arrives() -> None:
    """Every definition that was sent to the real service, by the version that it was sent in."""
    with bench() as source:
        number = 0
        for folder in sorted(SHARED.glob("recordings-*")):
            for pair in pairs(folder):
                one = {**pair.sent, "name": f"{pair.sent['name']}-{number}"}
                version = next(
                    (v for v in (pair.version, *VERSIONS) if _put(source, pair.kind, one, v)), ""
                )
                number += bool(version)
        assert number
        lost = [
            text for text in arrives(source, "2026-04-01") if "the service withdrew" not in text
        ]
        assert not lost, "\n".join(lost)


def _put(where: Bench, kind: str, body: Json, version: str) -> bool:
    """As `put`; a data source's connection was taken out of the recordings."""
    if kind == "DataSource":
        body = {**body, "credentials": {"connectionString": CONNECTION}}
    return put(where, kind, body, version)


def test_what_a_preview_protects_arrives_protected() -> None:
    field = {"name": "g", "type": "Collection(Edm.String)", "permissionFilter": "groupIds"}
    fields = [{"name": "id", "type": "Edm.String", "key": True}, field]
    body = {"name": "docs", "permissionFilterOption": "enabled", "fields": fields}
    with bench() as source:
        assert put(source, "Index", body, NEWEST)
        assert put(source, "Index", {"name": "plain", "fields": fields[:1]}, "2026-04-01")
        with promoted(source, "2024-07-01") as result:
            after = shown(result.target)["Index/docs"]
            versions = {made.id.name: made.api_version for made in result.exported.drafts}
    assert after["permissionFilterOption"] == "enabled"
    assert after["fields"][1]["permissionFilter"] == "groupIds"
    assert versions["plain"] is None
    assert versions["docs"].endswith("-preview")
