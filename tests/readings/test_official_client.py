"""The official Python client against a running emulator; what it made is planned as no change."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from azure.core import MatchConditions
from azure.core.exceptions import ResourceModifiedError, ResourceNotFoundError
from azure.search.documents.indexes import models

from reconciler.providers import SEARCH
from tests.export.folder import empty, exported
from tests.readings.loading import document
from tests.readings.official import VERBS, Official, samples
from tests.world import API_VERSION, KEY, Service, World

UNCONDITIONAL = {
    "Alias": "the service sends no etag for it",
    "Indexer": "its etag also moves by itself, when it runs: the stale one is of its creation",
}
"""The kinds that are not updated with an etag of their last read, and why."""


class Clients(dict[str, Official]):
    """The client of each kind, against one service with an object of every kind."""

    def fill(self) -> None:
        for kind, model in samples().items():
            self[kind].create(model)


@pytest.fixture
def clients(service: Service) -> Iterator[Clients]:
    with ExitStack() as stack:
        made = Clients()
        for kind in VERBS:
            made[kind] = stack.enter_context(Official(service.url, KEY, kind))
        made.fill()
        yield made


def test_every_kind_is_known_to_the_client() -> None:
    assert SEARCH.kinds.keys() <= VERBS.keys() == samples().keys()


@pytest.mark.parametrize("kind", VERBS)
def test_create_get_list_update_delete(clients: Clients, kind: str) -> None:
    client, name = clients[kind], samples()[kind].name
    assert client.names() == [name]
    before = client.get(name)
    word, value = _change(clients, kind)
    assert before[word] != value
    assert client.write(_changed(clients, kind))[word] == value
    assert client.get(name)[word] == value
    for other in reversed([*VERBS]):  # what refers to it goes first
        clients[other].delete(samples()[other].name)
        if other == kind:
            break
    with pytest.raises(ResourceNotFoundError):
        client.get(name)
    assert client.names() == []


@pytest.mark.parametrize("kind", [kind for kind in VERBS if kind not in UNCONDITIONAL])
def test_a_stale_etag_is_refused(clients: Clients, kind: str) -> None:
    client, only = clients[kind], {"match_condition": MatchConditions.IfNotModified}
    stale = client.get(samples()[kind].name)
    newer = client.write(_changed(clients, kind), **only)
    assert newer.e_tag != stale.e_tag
    with pytest.raises(ResourceModifiedError):
        client.write(stale, **only)
    with pytest.raises(ResourceModifiedError):
        client.delete(stale, **only)
    assert client.get(stale.name).e_tag == newer.e_tag


def test_what_only_moves_or_has_no_etag(clients: Clients) -> None:
    assert clients["Alias"].get("search").e_tag is None
    indexer, only = clients["Indexer"], {"match_condition": MatchConditions.IfNotModified}
    made = indexer.get("docs")
    indexer.run("docs")
    with pytest.raises(ResourceModifiedError):
        indexer.write(made, **only)
    indexer.write(indexer.get("docs"), **only)


def _changed(clients: Clients, kind: str) -> Any:
    """The object as it is read, with one property changed."""
    model = clients[kind].get(samples()[kind].name)
    word, value = _change(clients, kind)
    model[word] = value
    if kind == "DataSource":
        model["credentials"] = {"connectionString": "<unchanged>"}
    return model


def _change(clients: Clients, kind: str) -> tuple[str, Any]:
    """A property of a kind, by its name on the wire, and another value for it."""
    if kind == "SynonymMap":
        return "synonyms", "another, rule"
    if kind == "Alias":
        clients["Index"].write(
            models.SearchIndex(name="other", fields=[samples()["Index"].fields[0]])
        )
        return "indexes", ["other"]
    return "description", "changed"


def test_what_the_client_wrote_is_adopted_without_a_change(clients: Clients, world: World) -> None:
    """Manifests that say what the client says: only the ledger is written."""
    assert clients
    declared = {kind: model for kind, model in samples().items() if kind in SEARCH.kinds}
    for kind, model in declared.items():
        manifest = document(kind, _as_sent(model), API_VERSION)
        world.write(f"manifests/{kind}.yaml", json.dumps(manifest))
    plan = world.plan()
    assert {change["action"] for change in plan["changes"]} <= {"adopt"}, plan["changes"]
    world.service.calls()
    world.apply()
    assert world.writes() == []
    listed = json.loads(world.cli("ledger", "list", "--format", "json").out)
    assert len(listed["entries"]) == len(declared)
    assert "No changes" in world.cli("plan").out


def test_what_the_client_wrote_is_exported_without_a_change(clients: Clients, world: World) -> None:
    """A blob source too: the pipeline that it made for itself stays with it."""
    clients["KnowledgeSource"].create(_blobs())
    empty(world)
    exported(world, world.service.url)
    plan = world.plan()
    expected = {f"{kind}/{model.name}" for kind, model in samples().items() if kind in SEARCH.kinds}
    assert {change["address"] for change in plan["changes"]} == expected | {"KnowledgeSource/blobs"}
    world.service.calls()
    world.apply()
    assert world.writes() == []
    assert world.cli("plan").last.startswith("No changes.")


def _blobs() -> models.AzureBlobKnowledgeSource:
    return models.AzureBlobKnowledgeSource(
        name="blobs",
        azure_blob_parameters=models.AzureBlobKnowledgeSourceParameters(
            connection_string="AccountName=docs;AccountKey=a-secret", container_name="docs"
        ),
    )


def _as_sent(model: Any) -> dict[str, Any]:
    """A model as the client puts it on the wire."""
    body: dict[str, Any] = json.loads(json.dumps(model.as_dict()))
    return body
