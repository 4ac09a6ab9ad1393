"""The cache of parsed manifests: invisible, but for the time that it saves."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.world import World

GOOD = "fields:\n  - {name: id, type: Edm.String, key: true}\n"
BAD = "fields:\n  - {name: id, type: Edm.Sting, key: true}\n"
UNKNOWN = "manifests/index-docs.yaml:7:24: error: unknown `type` [unknown-type]"
KEY = "a-secret-written-out"


def cached(world: World) -> list[Path]:
    """The files of the cache."""
    return sorted((world.root / ".reconciler/cache").glob("*"))


def test_changed_content_is_noticed(offline: World) -> None:
    for spec, good in ((GOOD, True), (BAD, False), (GOOD, True), (BAD, False)):
        offline.declare("Index/docs", spec)
        ran = offline.cli("validate")
        assert ran.code == (0 if good else 1)
        assert (UNKNOWN in ran.err) is not good


def test_the_same_content_under_another_name_has_its_own_problems(offline: World) -> None:
    head = "apiVersion: azure-ai-search\nkind: Index\nmetadata: {name: docs}\n"
    text = head + "spec: {fields: [{type: Edm.String}]}\n"
    for name in ("a", "b"):
        offline.write(f"manifests/{name}.yaml", text)
    for _ in range(2):
        err = offline.cli("validate").err
        assert "manifests/a.yaml:4:17: error: `name` is required" in err
        assert "manifests/b.yaml:4:17: error: `name` is required" in err


def test_a_project_is_no_manifest(offline: World) -> None:
    offline.declare("Index/docs", GOOD)
    text = (offline.root / "reconciler.yaml").read_text()
    offline.write("manifests/copy.yaml", text)
    for _ in range(2):
        ran = offline.cli("validate")
        assert ran.code == 1
        assert "manifests/copy.yaml:2:7: error: unknown kind `Project` [unknown-kind]" in ran.err


def test_what_is_valid_depends_on_more_than_the_file(offline: World) -> None:
    offline.declare("Index/docs", GOOD + "surprise: 1\n")
    for allowed in (True, False, True):
        offline.project("allowUnknownProperties: true" if allowed else "")
        assert offline.cli("validate").code == (0 if allowed else 1)
    offline.declare("Index/docs", GOOD + "description: x\n")
    for version, code in (("2026-04-01", 0), ("2023-11-01", 1), ("2026-04-01", 0)):
        offline.project(f"apiVersion: {version}")
        assert offline.cli("validate").code == code


DAMAGED: dict[str, Callable[[bytes], bytes]] = {
    "cut": lambda data: data[: len(data) // 2],
    "no UTF-8": lambda data: b"\xff\xfe" + data,
    "empty": lambda _: b"",
    "mapping": lambda _: b"{}",
    "list": lambda _: b"[]",
    "number": lambda _: b"[1]",
    "foreign": lambda _: b'[{"kind": "Index"}]',
    "null": lambda _: b"null",
    "deep": lambda _: b"[" * 100_000,
}


@pytest.mark.parametrize("damaged", DAMAGED.values(), ids=DAMAGED.keys())
def test_a_damaged_cache_is_ignored(offline: World, damaged: Callable[[bytes], bytes]) -> None:
    offline.declare("Index/docs", GOOD)
    offline.declare("Index/bad", BAD)
    first = offline.cli("validate")
    assert cached(offline), "something is cached"
    for file in cached(offline):
        file.write_bytes(damaged(file.read_bytes()))
    assert offline.cli("validate") == first
    assert offline.cli("validate") == first, "and again, with what was written anew"


@pytest.mark.parametrize("what", ["a file", "a link to nowhere", "a folder in each place"])
def test_a_cache_that_cannot_be_written_is_harmless(offline: World, what: str) -> None:
    offline.declare("Index/docs", GOOD)
    first, cache = offline.cli("validate"), offline.root / ".reconciler/cache"
    if what == "a folder in each place":
        for file in cached(offline):
            file.unlink()
            file.mkdir()
    else:
        shutil.rmtree(cache)
        cache.write_text("") if what == "a file" else cache.symlink_to("nowhere/at/all")
    assert offline.cli("validate") == first


def test_no_secret_is_cached(offline: World) -> None:
    offline.environ["STORAGE"] = f"{KEY}-of-the-environment"
    offline.project("secrets: {storage: {env: STORAGE}}")
    project = offline.root / "reconciler.yaml"
    project.write_text(project.read_text().replace("${env.RECONCILER_API_KEY}", KEY))
    blob = "type: azureblob\ncontainer: {name: docs}\ncredentials: {connectionString: '%s'}\n"
    offline.declare("DataSource/written", blob % KEY)
    offline.declare("DataSource/declared", blob % "${secret.storage}")
    offline.declare("DataSource/mixed", blob % f"AccountKey={KEY};Name=${{env.HOME}}")
    assert offline.cli("validate").code == 0
    assert cached(offline), "something is cached"
    for file in cached(offline):
        assert KEY not in file.read_text(), file.name
