"""Index projections: children, their keys, and what becomes of them."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.indexing.conftest import KEY, Pipeline, field, touch

SPLIT = {
    "@odata.type": "#Microsoft.Skills.Text.SplitSkill",
    "textSplitMode": "pages",
    "maximumPageLength": 300,
    "inputs": [{"name": "text", "source": "/document/content"}],
    "outputs": [{"name": "textItems", "targetName": "pages"}],
}
CHUNK_KEY = field("chunk_id", key=True, analyzer="keyword", searchable=True)
PARENT = field("parent_id", filterable=True)


def projections(mode: str, index: str = "chunks") -> dict[str, Any]:
    selector = {
        "targetIndexName": index,
        "parentKeyFieldName": "parent_id",
        "sourceContext": "/document/pages/*",
        "mappings": [
            {"name": "chunk", "source": "/document/pages/*"},
            {"name": "title", "source": "/document/metadata_storage_name"},
        ],
    }
    return {"selectors": [selector], "parameters": {"projectionMode": mode}}


@pytest.fixture
def chunking(pipeline: Pipeline) -> Pipeline:
    """Parents go to `docs`, pages to `chunks`; nothing has run."""
    pipeline.index(KEY, field("metadata_storage_name"))
    pipeline.index(CHUNK_KEY, PARENT, field("chunk"), field("title"), name="chunks")
    pipeline.skillset(SPLIT, indexProjections=projections("skipIndexingParentDocuments"))
    return pipeline


def text(*words: str) -> str:
    return " ".join(f"{word} is said here at some length, and then again. " * 5 for word in words)


def test_children_without_their_parents(chunking: Pipeline) -> None:
    chunking.write("a.txt", text("first", "second", "third"))
    last = chunking.indexer(skillsetName="skills")
    assert (last["status"], last["itemsProcessed"], last["warnings"]) == ("success", 1, [])
    chunks = chunking.docs("chunks")
    assert len(chunks) > 1
    assert chunking.docs() == []
    parents = {chunk["parent_id"] for chunk in chunks}
    assert len(parents) == 1
    numbers = set()
    for chunk in chunks:
        found = re.fullmatch(r"[0-9a-f]{12}_(.*)_pages_(\d+)", chunk["chunk_id"])
        assert found is not None
        assert found[1] == chunk["parent_id"]
        numbers.add(int(found[2]))
        assert chunk["title"] == "a.txt"
    assert numbers == set(range(len(chunks)))


def test_children_beside_their_parents(chunking: Pipeline) -> None:
    chunking.write("a.txt", text("first", "second", "third"))
    chunking.skillset(SPLIT, indexProjections=projections("includeIndexingParentDocuments"))
    chunking.indexer(skillsetName="skills")
    assert chunking.column("metadata_storage_name") == ["a.txt"]
    assert {chunk["parent_id"] for chunk in chunking.docs("chunks")} == set(chunking.column("id"))


def test_a_changed_parent_has_new_children_only(chunking: Pipeline) -> None:
    path = chunking.write("a.txt", text("first", "second", "third", "fourth"))
    chunking.write("b.txt", text("other"))
    chunking.indexer(skillsetName="skills")
    before = set(chunking.column("chunk_id", "chunks"))
    path.write_text("short now")
    touch(path)
    assert chunking.run()["itemsProcessed"] == 1
    after = {chunk["chunk_id"]: chunk for chunk in chunking.docs("chunks")}
    of_a = [chunk for chunk in after.values() if chunk["title"] == "a.txt"]
    assert [chunk["chunk"] for chunk in of_a] == ["short now"]
    assert of_a[0]["chunk_id"] not in before
    assert {key for key in after if after[key]["title"] == "b.txt"} < before


def test_a_file_that_is_gone_leaves_its_children_without_a_policy(chunking: Pipeline) -> None:
    path = chunking.write("a.txt", "text")
    chunking.indexer(skillsetName="skills")
    path.unlink()
    chunking.run()
    assert len(chunking.docs("chunks")) == 1


def test_a_deleted_parent_takes_its_children_with_it(chunking: Pipeline) -> None:
    policy = {"@odata.type": "#Microsoft.Azure.Search.NativeBlobSoftDeleteDeletionDetectionPolicy"}
    chunking.source(dataDeletionDetectionPolicy=policy)
    chunking.skillset(SPLIT, indexProjections=projections("includeIndexingParentDocuments"))
    path = chunking.write("a.txt", text("first", "second"))
    chunking.write("b.txt", "text")
    chunking.indexer(skillsetName="skills")
    path.unlink()
    assert chunking.run()["itemsProcessed"] == 1
    assert chunking.column("title", "chunks") == ["b.txt"]
    assert chunking.column("metadata_storage_name") == ["b.txt"]
    assert chunking.run()["itemsProcessed"] == 0


def test_nested_contexts_and_inputs(pipeline: Pipeline) -> None:
    pipeline.write("a.json", '{"parts":[{"h":"A","lines":["1","2"]},{"h":"B","lines":["3"]}]}')
    box = field("box", "Edm.ComplexType", fields=[field("head"), field("line")])
    pipeline.index(KEY)
    pipeline.index(CHUNK_KEY, PARENT, field("chunk"), field("head"), box, name="chunks")
    inputs = [
        {"name": "head", "source": "/document/parts/*/h"},
        {"name": "line", "source": "/document/parts/*/lines/*"},
    ]
    selector = {
        "targetIndexName": "chunks",
        "parentKeyFieldName": "parent_id",
        "sourceContext": "/document/parts/*/lines/*",
        "mappings": [
            {"name": "chunk", "source": "/document/parts/*/lines/*"},
            {"name": "head", "source": "/document/parts/*/h"},
            {"name": "box", "sourceContext": "/document/parts/*/lines/*", "inputs": inputs},
        ],
    }
    pipeline.skillset(SPLIT, indexProjections={"selectors": [selector]})
    parameters = {"configuration": {"parsingMode": "json"}}
    pipeline.indexer(skillsetName="skills", parameters=parameters)
    chunks = sorted(pipeline.docs("chunks"), key=lambda chunk: chunk["chunk"])
    assert [chunk["head"] for chunk in chunks] == ["A", "A", "B"]
    assert chunks[1]["box"] == {"head": "A", "line": "2"}
    assert chunks[2]["chunk_id"].endswith("_parts_1_lines_0")


def test_a_target_index_that_is_not_there(chunking: Pipeline) -> None:
    chunking.write("a.txt", "text")
    chunking.client.delete("/indexes/chunks")
    last = chunking.indexer(skillsetName="skills")
    assert last["status"] == "transientFailure"
    assert "'chunks' was not found in indexes" in last["errorMessage"]
