"""A project with one pipeline, and endpoints of models that answer as a test scripts them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.faults.gateway import Answer, Forward, Gateway, Request, gateway
from tests.world import World

INDEX = """\
fields:
  - {name: id, type: Edm.String, key: true}
  - {name: title, type: Edm.String}
  - {name: vector, type: Collection(Edm.Single), searchable: true, dimensions: 4,
     vectorSearchProfile: default}
vectorSearch:
  algorithms: [{name: hnsw, kind: hnsw}]
  profiles: [{name: default, algorithm: hnsw, vectorizer: large}]
  vectorizers:
    - name: large
      kind: azureOpenAI
      azureOpenAIParameters: {resourceUri: "https://docs.openai.azure.com", deploymentId: large,
        modelName: text-embedding-3-large}
"""
SOURCE = {
    "type": "azureblob",
    "container": {"name": "docs"},
    "credentials": {"connectionString": "AccountName=docs;AccountKey=bm90aGluZw=="},
}
PROJECT = "external: [DataSource/docs]"
INDEXER = "{dataSourceName: docs, targetIndexName: docs}"


@pytest.fixture
def pipeline(world: World) -> World:
    """An index and an indexer, not yet applied, of a data source that is said to be empty."""
    del world.environ["RECONCILER_DEBUG"]
    world.service.put("DataSource/docs", SOURCE)
    documents(world, 0)
    world.project(PROJECT)
    world.declare("Index/docs", INDEX)
    world.declare("Indexer/docs", INDEXER)
    return world


def documents(world: World, number: int) -> None:
    """What a run of the indexer will find."""
    door = "/emulator/datasources/docs/numbers"
    world.service.http.put(door, json={"documents": number}).raise_for_status()


@pytest.fixture
def between(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[Gateway]:
    """A gateway to the service, that a test may make answer for it."""
    with gateway(lambda request, forward: forward(request), world.service.url) as found:
        monkeypatch.setattr(world.service, "url", found.url)
        world.project(PROJECT)
        yield found


def silent(request: Request, forward: Forward) -> Answer:  # noqa: ARG001
    """Nobody has said yet what this endpoint answers: the connection is cut."""
    return Answer(None)


@pytest.fixture
def endpoint() -> Iterator[Gateway]:
    """An endpoint of a model; a test says what it answers."""
    with gateway(silent) as found:
        yield found
