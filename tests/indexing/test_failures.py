"""Items that fail, how many may, and what is tried again; soft deletion by metadata."""

from __future__ import annotations

from typing import Any

import pytest

from tests.indexing.conftest import KEY, Pipeline, field, touch

JSON: dict[str, Any] = {"configuration": {"parsingMode": "json"}}
UNLIMITED = {"maxFailedItems": -1, "maxFailedItemsPerBatch": -1}


@pytest.fixture
def spoiled(pipeline: Pipeline) -> Pipeline:
    """Of four JSON files, `b` and `c` are none."""
    for name in "abcd":
        pipeline.write(f"{name}.json", "no JSON" if name in "bc" else f'{{"name":"{name}"}}')
    pipeline.index(KEY, field("name"))
    return pipeline


def test_one_failure_ends_a_run_by_default(spoiled: Pipeline) -> None:
    last = spoiled.indexer(parameters=JSON)
    assert (last["status"], last["itemsProcessed"], last["itemsFailed"]) == (
        "transientFailure",
        2,
        1,
    )
    assert "maxFailedItems is 0" in last["errorMessage"]
    (error,) = last["errors"]
    assert error["name"] == "DocumentExtraction.azureblob.source"
    assert error["statusCode"] == 400
    assert error["key"].startswith("localId=https%3A%2F%2Facme.blob.core.windows.net%2Ffiles%2Fb")
    assert spoiled.column("name") == ["a"]


def test_failures_that_are_allowed(spoiled: Pipeline) -> None:
    last = spoiled.indexer(parameters=JSON | UNLIMITED)
    assert (last["status"], last["itemsProcessed"], last["itemsFailed"]) == ("success", 4, 2)
    assert spoiled.column("name") == ["a", "d"]


@pytest.mark.parametrize(
    ("allowed", "failed"),
    [
        ({"maxFailedItems": 2, "maxFailedItemsPerBatch": 1}, "maxFailedItemsPerBatch is 1"),
        ({"maxFailedItems": 1, "maxFailedItemsPerBatch": 2}, "maxFailedItems is 1"),
    ],
)
def test_both_limits_must_allow_it(allowed: dict[str, int], failed: str, spoiled: Pipeline) -> None:
    assert failed in spoiled.indexer(parameters=JSON | allowed)["errorMessage"]


@pytest.mark.parametrize(("allowed", "status"), [(0, "transientFailure"), (1, "success")])
def test_a_batch_counts_anew(allowed: int, status: str, spoiled: Pipeline) -> None:
    """Each of two batches has one failure."""
    limits = {"maxFailedItems": 2, "maxFailedItemsPerBatch": allowed, "batchSize": 2}
    assert spoiled.indexer(parameters=JSON | limits)["status"] == status


def test_what_failed_is_tried_again(spoiled: Pipeline) -> None:
    spoiled.indexer(parameters=JSON | UNLIMITED)
    again = spoiled.run()
    assert (again["itemsProcessed"], again["itemsFailed"]) == (2, 2)
    for name in "bc":
        touch(spoiled.write(f"{name}.json", f'{{"name":"{name}"}}'))
    assert spoiled.run()["itemsFailed"] == 0
    assert spoiled.column("name") == ["a", "b", "c", "d"]
    assert spoiled.run()["itemsProcessed"] == 0


VIDEO = b"\0\0\0\x18ftypmp42" + b"\0" * 100


def test_an_unsupported_content_type_fails_unless_told(pipeline: Pipeline) -> None:
    pipeline.write("a.mp4", VIDEO)
    pipeline.index(KEY, field("content"), field("metadata_storage_name"))
    last = pipeline.indexer()
    assert last["status"] == "transientFailure"
    assert "unsupported content type 'video/mp4'" in last["errors"][0]["details"]
    configuration = {"failOnUnsupportedContentType": False}
    pipeline.indexer(parameters={"configuration": configuration})
    last = pipeline.run()
    assert (last["status"], last["itemsFailed"], len(last["warnings"])) == ("success", 0, 1)
    assert pipeline.column("metadata_storage_name") == ["a.mp4"]


def test_an_unprocessable_document_fails_unless_told(pipeline: Pipeline) -> None:
    pipeline.write("a.pdf", b"%PDF-1.4 nothing of the kind")
    pipeline.index(KEY, field("content"))
    assert pipeline.indexer()["itemsFailed"] == 1
    pipeline.indexer(parameters={"configuration": {"failOnUnprocessableDocument": False}})
    last = pipeline.run()
    assert (last["status"], len(last["warnings"])) == ("success", 1)


def test_a_document_that_is_too_large(pipeline: Pipeline) -> None:
    pipeline.write("a.txt", b"x" * (16 * 1024 * 1024 + 1))
    pipeline.index(KEY, field("content"), field("metadata_storage_size", "Edm.Int64"))
    last = pipeline.indexer()
    assert "exceeds the maximum size '16777216' bytes" in last["errors"][0]["details"]
    name = "indexStorageMetadataOnlyForOversizedDocuments"
    pipeline.indexer(parameters={"configuration": {name: True}})
    assert pipeline.run()["status"] == "success"
    assert [(doc["content"], doc["metadata_storage_size"]) for doc in pipeline.docs()] == [
        (None, 16777217)
    ]


def test_long_text_is_cut(pipeline: Pipeline) -> None:
    pipeline.write("a.txt", "x" * 600_000)
    plain = {"filterable": False, "sortable": False, "facetable": False}
    pipeline.index(KEY, field("content", **plain))
    last = pipeline.indexer()
    assert [len(content) for content in pipeline.column("content")] == [524_288]
    assert last["warnings"][0]["message"] == "Truncated extracted text to 524288 characters"


def test_a_vector_of_the_wrong_length(pipeline: Pipeline) -> None:
    pipeline.write("a.json", '{"vector":[1,2,3]}')
    vector = field(
        "vector",
        "Collection(Edm.Single)",
        searchable=True,
        dimensions=4,
        vectorSearchProfile="profile",
    )
    search = {
        "profiles": [{"name": "profile", "algorithm": "hnsw"}],
        "algorithms": [{"name": "hnsw", "kind": "hnsw"}],
    }
    body = {"name": "docs", "fields": [KEY, vector], "vectorSearch": search}
    pipeline.client.made("/indexes/docs", body)
    last = pipeline.indexer(parameters=JSON)
    assert "mismatch in vector dimensions" in last["errors"][0]["details"]


SOFT = {
    "@odata.type": "#Microsoft.Azure.Search.SoftDeleteColumnDeletionDetectionPolicy",
    "softDeleteColumnName": "IsDeleted",
    "softDeleteMarkerValue": "true",
}


def test_soft_deletion_by_metadata(pipeline: Pipeline) -> None:
    pipeline.source(dataDeletionDetectionPolicy=SOFT)
    pipeline.index(KEY, field("name"))
    pipeline.write("a.json", '{"id":"1","name":"a"}')
    pipeline.write("b.json", '{"id":"2","name":"b"}', IsDeleted="false")
    pipeline.indexer(parameters=JSON)
    assert pipeline.column("name") == ["a", "b"]
    pipeline.write("a.json", '{"id":"1","name":"a"}', isdeleted="True")
    last = pipeline.run()
    assert (last["status"], last["itemsProcessed"]) == ("success", 1)
    assert pipeline.column("name") == ["b"]
    assert pipeline.run()["itemsProcessed"] == 0
    side = pipeline.files / "a.json.metadata.json"
    side.unlink()
    pipeline.run()
    assert pipeline.column("name") == ["a", "b"]


@pytest.mark.parametrize("lacking", ["softDeleteColumnName", "softDeleteMarkerValue"])
@pytest.mark.parametrize("value", [None, ""])
def test_a_policy_that_lacks_what_it_needs(
    lacking: str, value: str | None, pipeline: Pipeline
) -> None:
    pipeline.source(dataDeletionDetectionPolicy=SOFT | {lacking: value})
    pipeline.index(KEY, field("content"))
    pipeline.write("a.txt", "one")
    last = pipeline.indexer()
    assert last["status"] == "transientFailure"
    assert last["errorMessage"] == (
        f"Error with data source: The data deletion detection policy has no '{lacking}'. Please "
        "adjust your data source definition in order to proceed."
    )


def test_deletion_does_not_cover_rows(pipeline: Pipeline) -> None:
    pipeline.source(dataDeletionDetectionPolicy=SOFT)
    pipeline.index(KEY, field("name"))
    lines = {"configuration": {"parsingMode": "jsonLines"}}
    pipeline.write("a.jsonl", '{"name":"a"}')
    pipeline.indexer(parameters=lines)
    pipeline.write("a.jsonl", '{"name":"a"}', IsDeleted="true")
    last = pipeline.run()
    assert "Deletion detection does not cover" in last["warnings"][0]["message"]
    assert pipeline.column("name") == ["a"]


def test_metadata_that_cannot_be_read_ends_the_run(pipeline: Pipeline) -> None:
    pipeline.write("a.txt", "text")
    pipeline.write("a.txt.metadata.json", "[]")
    pipeline.index(KEY)
    assert "'a.txt.metadata.json' is not a flat JSON" in pipeline.indexer()["errorMessage"]


def test_a_skill_that_is_not_emulated(pipeline: Pipeline) -> None:
    entities = {
        "@odata.type": "#Microsoft.Skills.Text.V3.EntityLinkingSkill",
        "inputs": [{"name": "text", "source": "/document/content"}],
        "outputs": [{"name": "entities", "targetName": "entities"}],
    }
    pipeline.skillset(entities)
    pipeline.index(KEY)
    last = pipeline.indexer(skillsetName="skills")
    assert last["status"] == "transientFailure"
    assert "not emulated" in last["errorMessage"]


def test_damaged_files_of_every_kind_fail_one_by_one(pipeline: Pipeline) -> None:
    damaged = (".pdf", ".docx", ".xlsx", ".pptx", ".zip", ".gz", ".epub", ".eml", ".odt", ".rtf")
    for extension in damaged:
        pipeline.write(f"a{extension}", b"PK\x03\x04\xff\xfe\x00 damaged" * 20)
    pipeline.write("b.txt", "sound")
    plain = {"filterable": False, "sortable": False, "facetable": False}
    pipeline.index(KEY, field("content", **plain))
    last = pipeline.indexer(parameters=UNLIMITED)
    assert last["status"] == "success"
    assert last["itemsProcessed"] == len(damaged) + 1
    assert "sound" in pipeline.column("content")
    assert all(error["errorMessage"] != "Could not process document" for error in last["errors"])
