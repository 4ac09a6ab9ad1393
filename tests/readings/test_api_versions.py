"""Which api-versions there are, and which kinds each of them has: a project and the emulator agree.

Both lists are written by hand, and share nothing.
"""

from __future__ import annotations

import pytest

from reconciler.providers.search.versions import DEFAULT_VERSION, NEWEST_PREVIEW, VERSIONS
from tests.readings.bodies import BODIES
from tests.world import COLLECTIONS, Service, World

INDEX = "fields: [{name: id, type: Edm.String, key: true}]"
REFERRED_TO = "Index/target, DataSource/source, KnowledgeSource/known"


def spoken(service: Service) -> list[str]:
    """The api-versions that the emulator says it knows."""
    listed: list[str] = service.http.get("/emulator").json()["apiVersions"]
    return listed


def test_every_version_of_a_release_is_in_both_lists(service: Service) -> None:
    theirs = [version.lower() for version in spoken(service)]
    assert set(VERSIONS) <= set(theirs)
    assert [version for version in theirs if version >= VERSIONS[0]] == list(VERSIONS)
    assert max(version for version in theirs if "preview" not in version) == DEFAULT_VERSION
    assert theirs[-1] == NEWEST_PREVIEW


def test_a_project_can_be_of_every_version_that_is_spoken(world: World) -> None:
    for version in spoken(world.service):
        for spelled in {version, version.lower()}:
            world.service.wipe()
            for state in (world.root / ".reconciler").glob("*.ledger.json"):
                state.unlink()
            world.project(f"apiVersion: {spelled!r}")
            world.declare("Index/docs", INDEX)
            world.declare("SynonymMap/words", "{format: solr, synonyms: 'a, b'}")
            world.apply()
            assert world.cli("plan", "--detailed-exitcode").code == 0, spelled
            assert world.cli("drift").code == 0, spelled


@pytest.mark.parametrize("version", ["2022-09-01", "2024-07-02", "2026-04-02-preview"])
def test_one_that_is_not_spoken_is_named_by_who_refuses_it(world: World, version: str) -> None:
    """A project takes any: a service may know newer ones than this tool."""
    world.environ.pop("RECONCILER_DEBUG")
    assert version not in spoken(world.service)
    world.project(f"apiVersion: {version}")
    world.declare("Index/docs", INDEX)
    assert world.cli("validate").code == 0
    ran = world.cli("plan")
    assert ran.code == 1
    assert f"'{version}'" in ran.err


@pytest.mark.parametrize("kind", COLLECTIONS)
def test_a_version_has_the_same_kinds_for_both(world: World, kind: str) -> None:
    body = {name: value for name, value in BODIES[kind].items() if name != "name"}
    if kind == "Index":
        body = {"fields": [{"name": "id", "type": "Edm.String", "key": True}]}
    for version in spoken(world.service):
        world.project(f"apiVersion: {version}\nexternal: [{REFERRED_TO}]")
        world.declare(f"{kind}/docs", str(body).replace("True", "true"))
        ran = world.cli("validate")
        shown = world.service.http.get(f"/{COLLECTIONS[kind]}", params={"api-version": version})
        assert shown.status_code in (200, 404)
        assert (ran.code == 0) is (shown.status_code == 200), f"{version}: {ran.err}{shown.text}"
        assert ran.code == 0 or "[unknown-kind]" in ran.err
