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
SOURCE = """\
type: azureblob
container: {name: docs}
credentials: {connectionString: "DefaultEndpointsProtocol=https;AccountName=a;AccountKey=Yg==;"}
"""
INDEXER = "{dataSourceName: docs, targetIndexName: docs}"


@pytest.fixture
def pipeline(world: World) -> World:
    """An index, a data source and an indexer of the name docs, not yet applied."""
    del world.environ["RECONCILER_DEBUG"]
    world.declare("Index/docs", INDEX)
    world.declare("DataSource/docs", SOURCE)
    world.declare("Indexer/docs", INDEXER)
    return world


@pytest.fixture
def between(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[Gateway]:
    """A gateway to the service, that a test may make answer for it."""
    with gateway(lambda request, forward: forward(request), world.service.url) as found:
        monkeypatch.setattr(world.service, "url", found.url)
        world.project()
        yield found


def silent(request: Request, forward: Forward) -> Answer:  # noqa: ARG001
    """Nobody has said yet what this endpoint answers: the connection is cut."""
    return Answer(None)


@pytest.fixture
def endpoint() -> Iterator[Gateway]:
    """An endpoint of a model; a test says what it answers."""
    with gateway(silent) as found:
        yield found
