"""From three files to an answer: applied, waited for, tested and asked, against the emulator."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.indexing.conftest import age
from tests.world import KEY, World, emulator

TEXTS = {
    "holidays.txt": "Every employee has thirty days of paid leave in a year.",
    "travel.txt": "Trains are booked second class. A taxi needs a reason.",
    "kitchen.txt": "The kitchen is cleaned on Fridays. Coffee is free.",
}
MANIFESTS = """\
apiVersion: reconciler/v1
kind: EmbeddingModel
metadata: {name: small}
spec:
  protocol: azureOpenAI
  endpoint: ${var.models}
  deployment: text-embedding-3-small
  model: text-embedding-3-small
  dimensions: 1536
  encodingFormats: [float, base64]
  credential: {apiKey: "${secret.model}"}
---
apiVersion: reconciler/v1
kind: EmbeddingModel
metadata: {name: pictures}
spec:
  protocol: foundry
  endpoint: ${var.models}/models
  model: embed-v-4-0
  modality: text+image
  dimensions: 1024
  inputTypes: [query, document]
  encodingFormats: [int8, ubinary]
  credential: {apiKey: "${secret.model}"}
---
apiVersion: reconciler/v1
kind: EmbeddingModel
metadata: {name: vision}
spec:
  protocol: vision
  endpoint: ${var.models}
  modality: text+image
  dimensions: 1024
  credential: {apiKey: "${secret.model}"}
---
apiVersion: reconciler/v1
kind: Check
metadata: {name: leave}
spec:
  index: handbook
  query:
    search: how many days of leave
    vectorQueries: [{kind: text, text: how many days of leave, fields: vector, k: 3}]
  expect:
    documents: [{contains: thirty days, within: 1}]
    documentCount: {min: 3, max: 3}
---
apiVersion: reconciler/v1
kind: Check
metadata: {name: indexed}
spec: {indexer: docs}
---
apiVersion: azure-ai-search
kind: DataSource
metadata: {name: docs}
spec:
  type: azureblob
  container: {name: docs}
  credentials: {connectionString: "${secret.storage}"}
---
apiVersion: azure-ai-search
kind: Alias
metadata: {name: handbook}
spec: {indexes: [docs]}
---
apiVersion: azure-ai-search
kind: Index
metadata: {name: docs}
spec:
  fields:
    - {name: id, type: Edm.String, key: true}
    - {name: content, type: Edm.String}
    - {name: metadata_storage_name, type: Edm.String}
    - name: vector
      type: Collection(Edm.Single)
      searchable: true
      dimensions: ${EmbeddingModel.small/dimensions}
      vectorSearchProfile: default
  vectorSearch:
    algorithms: [{name: hnsw, kind: hnsw}]
    profiles: [{name: default, algorithm: hnsw, vectorizer: small}]
    vectorizers:
      - name: small
        kind: azureOpenAI
        azureOpenAIParameters:
          resourceUri: https://docs.openai.azure.com
          deploymentId: ${EmbeddingModel.small/deployment}
          modelName: ${EmbeddingModel.small/model}
---
apiVersion: azure-ai-search
kind: Skillset
metadata: {name: docs}
spec:
  skills:
    - "@odata.type": "#Microsoft.Skills.Text.AzureOpenAIEmbeddingSkill"
      name: embed
      context: /document
      resourceUri: https://docs.openai.azure.com
      deploymentId: ${EmbeddingModel.small/deployment}
      modelName: ${EmbeddingModel.small/model}
      dimensions: ${EmbeddingModel.small/dimensions}
      inputs: [{name: text, source: /document/content}]
      outputs: [{name: embedding, targetName: vector}]
---
apiVersion: azure-ai-search
kind: Indexer
metadata: {name: docs}
spec:
  dataSourceName: docs
  targetIndexName: docs
  skillsetName: docs
  fieldMappings:
    - sourceFieldName: metadata_storage_path
      targetFieldName: id
      mappingFunction: {name: base64Encode}
  outputFieldMappings: [{sourceFieldName: /document/vector, targetFieldName: vector}]
"""


@pytest.fixture
def handbook(tmp_path: Path) -> Iterator[World]:
    """A project for an emulator of its own, which finds three files in its storage account."""
    for name, text in TEXTS.items():
        file = tmp_path / "storage" / "docs" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
        age(file)
    option = f"--storage=handbook={tmp_path / 'storage'}"
    with emulator(tmp_path / "access.log", option) as service:
        world = World(tmp_path / "project", service)
        world.project(
            f"variables: {{models: '{service.url}'}}\n"
            "secrets: {storage: {env: STORAGE}, model: {env: MODEL_KEY}}"
        )
        key = base64.b64encode(b"not a real key").decode()
        account = f"AccountName=handbook;AccountKey={key};EndpointSuffix=core.windows.net"
        world.environ["STORAGE"] = f"DefaultEndpointsProtocol=https;{account}"
        world.environ["MODEL_KEY"] = KEY
        world.write("manifests/handbook.yaml", MANIFESTS)
        yield world


def test_from_three_files_to_an_answer(handbook: World) -> None:
    before = handbook.cli("test", "leave", "indexed")
    assert (before.code, before.last) == (1, "0 of 2 hold.")

    applied = handbook.cli("apply", "--yes", "--wait", "--timeout", "5m")
    assert applied.code == 0, applied.out + applied.err
    assert applied.last.startswith("Indexer/docs done: success, 3 items")

    tested = handbook.cli("test")
    assert (tested.code, tested.last) == (0, "All 5 hold."), tested.out

    for name in ("docs", "handbook"):
        asked = ("query", name, "--text", "days of leave", "--vector-only", "--select", "content")
        found = handbook.cli(*asked, "--top", "1")
        assert (found.code, "thirty days of paid leave" in found.last) == (0, True), found.err

    assert KEY not in applied.out + tested.out
    assert handbook.cli("plan", "--detailed-exitcode").code == 0


def test_only_what_changed_is_done_again_until_a_reset(handbook: World) -> None:
    handbook.cli("apply", "--yes", "--wait")
    assert "success, 0 items" in handbook.cli("run", "docs", "--wait").out
    assert handbook.cli("reset", "docs").code == 0
    waiting = handbook.cli("test", "indexed")
    assert (waiting.code, "it was reset, and has not run since" in waiting.out) == (1, True)
    assert "success, 3 items" in handbook.cli("run", "docs", "--wait").out
