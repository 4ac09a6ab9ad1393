"""Indexers over a real blob service."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from azure.storage.blob import (
    ContainerClient,
    ContentSettings,
    generate_account_sas,
    generate_container_sas,
)

from tests.emulator.conftest import Client
from tests.indexing.conftest import KEY, KEYLESS, Pipeline, field
from tests.storage.azurite import ACCOUNT, Azurite
from tests.storage.azurite import KEY as ACCOUNT_KEY


@pytest.fixture
def container(azurite: Azurite) -> Iterator[ContainerClient]:
    with azurite.blobs.create_container(f"c{uuid.uuid4().hex}") as made:
        yield made


@pytest.fixture
def pipeline(
    azurite: Azurite, container: ContainerClient, connect: Callable[..., Client], tmp_path: Path
) -> Pipeline:
    """A pipeline over a container of its own; nothing has run."""
    made = Pipeline(connect(storage={"acme": azurite.url}), tmp_path)
    made.source(**reached(azurite.connection, container))
    made.index(KEY, field("content"), field("metadata_storage_path"), field("color"))
    return made


def reached(connection: str, container: ContainerClient) -> dict[str, Any]:
    return {
        "credentials": {"connectionString": connection},
        "container": {"name": container.container_name},
    }


def put(container: ContainerClient, name: str, text: str, **metadata: str) -> None:
    kind = ContentSettings(content_type="text/plain")
    container.upload_blob(name, text, overwrite=True, metadata=metadata, content_settings=kind)


def test_a_run_and_what_changed_after_it(container: ContainerClient, pipeline: Pipeline) -> None:
    put(container, "a.txt", "one", color="red")
    put(container, "sub/b ü.txt", "two")
    assert pipeline.indexer()["itemsProcessed"] == 2
    found = {doc["content"]: doc["color"] for doc in pipeline.docs()}
    assert found == {"one": "red", "two": None}
    assert f"{container.url}/sub/b%20%C3%BC.txt" in pipeline.column("metadata_storage_path")
    put(container, "a.txt", "three")
    assert pipeline.run()["itemsProcessed"] == 2  # both are younger than half a minute
    assert pipeline.run()["itemsProcessed"] == 2
    assert pipeline.column("content") == ["three", "two"]


def test_soft_deletion(container: ContainerClient, pipeline: Pipeline, azurite: Azurite) -> None:
    policy = {
        "@odata.type": "#Microsoft.Azure.Search.SoftDeleteColumnDeletionDetectionPolicy",
        "softDeleteColumnName": "gone",
        "softDeleteMarkerValue": "yes",
    }
    place = reached(azurite.connection, container)
    pipeline.source(dataDeletionDetectionPolicy=policy, **place)
    put(container, "a.txt", "one")
    put(container, "b.txt", "two")
    pipeline.indexer()
    container.get_blob_client("a.txt").set_blob_metadata({"gone": "yes"})
    assert pipeline.run()["itemsProcessed"] == 2  # the other one is read again
    assert pipeline.column("content") == ["two"]


def test_a_keyless_account_that_is_mapped(container: ContainerClient, pipeline: Pipeline) -> None:
    pipeline.source(**reached(KEYLESS, container))
    put(container, "a.txt", "one")
    assert pipeline.indexer()["status"] == "success"
    path = f"https://acme.blob.core.windows.net/{container.container_name}/a.txt"
    assert pipeline.column("metadata_storage_path") == [path]


def test_a_data_lake_account(container: ContainerClient, pipeline: Pipeline) -> None:
    pipeline.source(type="adlsgen2", **reached(KEYLESS, container))
    put(container, "a.txt", "one")
    pipeline.indexer()
    assert pipeline.column("content") == ["one"]


def test_a_shared_access_signature(
    container: ContainerClient, pipeline: Pipeline, azurite: Azurite
) -> None:
    soon = datetime.now(UTC) + timedelta(hours=1)
    sas = generate_account_sas(ACCOUNT, ACCOUNT_KEY, "sco", "rl", soon)
    put(container, "a.txt", "one")
    text = f"BlobEndpoint={azurite.url};SharedAccessSignature=?{sas}"
    pipeline.source(**reached(text, container))
    last = pipeline.indexer()
    assert last["status"] == "success", last["errorMessage"]
    assert pipeline.column("content") == ["one"]
    name = container.container_name
    sas = generate_container_sas(
        ACCOUNT, name, account_key=ACCOUNT_KEY, permission="rl", expiry=soon
    )
    pipeline.source(
        credentials={"connectionString": f"ContainerSharedAccessUri={container.url}?{sas}"},
        container={"name": "whatever"},
    )
    put(container, "b.txt", "two")
    assert pipeline.run()["itemsProcessed"] == 2
    assert pipeline.column("content") == ["one", "two"]


def test_a_wrong_key(container: ContainerClient, pipeline: Pipeline, azurite: Azurite) -> None:
    wrong = azurite.connection.replace("Eby8", "AAAA")
    pipeline.source(**reached(wrong, container))
    last = pipeline.indexer()
    assert last["status"] == "transientFailure"
    assert "403" in last["errorMessage"]
    assert "AAAA" not in str(pipeline.status())


def test_a_container_that_is_not_there(pipeline: Pipeline, azurite: Azurite) -> None:
    pipeline.source(
        credentials={"connectionString": azurite.connection}, container={"name": "absent"}
    )
    assert "ContainerNotFound" in pipeline.indexer()["errorMessage"]
