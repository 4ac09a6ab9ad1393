"""Documents and endpoints that spoil a run: the item fails by name, everything else is found."""

from __future__ import annotations

import json
import os
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from zipfile import ZipFile

import pytest

from tests.faults.gateway import Answer, Forward, Gateway, Request
from tests.pipeline.conftest import ALL, FIELDS, Files, Start, names
from tests.skills.material import image_file

SOUND = ["a.txt", "z.txt"]
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such files")
READING = "DocumentExtraction.azureblob.source"


def one(last: dict[str, Any], file: str) -> dict[str, Any]:
    """The one error of a run that went on to its end; it names the file."""
    assert last["status"] == "success", last
    (error,) = last["errors"]
    assert names(error, file), error["key"]
    assert (last["itemsProcessed"], last["itemsFailed"]) == (3, 1)
    return dict(error)


BROKEN = {
    "corrupt.pdf": b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n\xff\xfe\x00",
    "empty.docx": b"",
    "half.docx": b"PK\x03\x04" + b"\x00" * 60,
    "locked.zip": b"PK\x05\x06\xff\xff",
}


@pytest.mark.parametrize("file", BROKEN)
def test_a_corrupt_document(file: str, files: Files) -> None:
    files.write(file, BROKEN[file])
    error = one(files.create(parameters=ALL), file)
    assert error["name"] == READING
    assert error["errorMessage"] == "Could not extract content or metadata from your document"
    assert error["details"]
    assert files.found() == SOUND
    assert files.found("walrus") == SOUND


def test_one_failure_too_many(files: Files) -> None:
    """The run ends by name; what was done stays done, and the service goes on."""
    for number in range(3):
        files.write(f"m{number}.pdf", BROKEN["corrupt.pdf"])
    last = files.create(parameters={"maxFailedItems": 1, "maxFailedItemsPerBatch": -1})
    assert last["status"] == "transientFailure"
    assert last["errorMessage"] == "2 items failed, but maxFailedItems is 1."
    assert [names(error, f"m{n}.pdf") for n, error in enumerate(last["errors"])] == [True, True]
    assert files.found("walrus") == ["a.txt"]
    for number in range(3):
        (files.folder / f"m{number}.pdf").unlink()
    assert files.run()["status"] == "success"
    assert files.found("walrus") == SOUND


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"", ""),
        ("Das größte Walroß: walrus".encode("latin-1"), "walrus"),
        ("\ufeffwalrus in UTF-16".encode("utf-16-le"), "walrus"),
        ("walrus without a mark".encode("utf-16-le"), ""),
        (bytes(range(256)) * 10, ""),
    ],
)
def test_texts_in_a_wrong_encoding(content: bytes, found: str, files: Files) -> None:
    """No text is refused for its bytes; what cannot be read is replaced."""
    files.write("m.txt", content)
    last = files.create(parameters=ALL)
    assert (last["status"], last["errors"]) == ("success", [])
    assert files.found() == ["a.txt", "m.txt", "z.txt"]
    assert files.found("walrus") == (["a.txt", "m.txt", "z.txt"] if found else SOUND)


def test_json_in_a_wrong_encoding(files: Files) -> None:
    for name in ("a", "z"):
        (files.folder / f"{name}.txt").unlink()
        files.write(f"{name}.json", f'{{"content": "walrus {name}"}}')
    files.write("m.json", '{"content": "ø"'.encode("latin-1"))
    parsing = ALL | {"configuration": {"parsingMode": "json"}}
    error = one(files.create(parameters=parsing), "m.json")
    assert (error["name"], error["errorMessage"]) == (READING, "Could not parse document")
    assert files.found("walrus") == ["a.json", "z.json"]


def test_a_document_beyond_the_limit(start: Start) -> None:
    files = start("--tier", "free")
    files.write("a.txt", "walrus")
    files.write("m.txt", b"x" * ((16 << 20) + 1))
    files.write("z.txt", "walrus")
    error = one(files.create(parameters=ALL), "m.txt")
    assert error["errorMessage"] == "Could not read document"
    assert "'16777217' bytes, which exceeds the maximum size '16777216' bytes" in error["details"]
    assert files.found("walrus") == SOUND


def test_a_document_that_leads_nowhere(files: Files) -> None:
    (files.folder / "m.txt").symlink_to(files.folder / "nowhere")
    assert files.create(parameters=ALL)["status"] == "success"
    assert files.found("walrus") == SOUND


@LINUX
def test_a_document_that_cannot_be_read(files: Files) -> None:
    """Not even by root."""
    (files.folder / "m.txt").symlink_to("/proc/self/mem")
    error = one(files.create(parameters=ALL), "m.txt")
    assert error["errorMessage"] == "Could not read document"
    assert files.found("walrus") == SOUND


@LINUX
def test_a_name_that_is_no_text(files: Files) -> None:
    (files.folder / os.fsdecode(b"m\xff.txt")).write_text("walrus")
    assert files.create(parameters=ALL)["status"] == "success"
    assert files.found("walrus") == ["a.txt", "m?.txt", "z.txt"]


# An endpoint that is asked for each document's vector.


def asking(endpoint: Gateway, **more: Any) -> dict[str, Any]:
    """A skill that sends the content; its URL has a key in it, as Azure Functions have."""
    return {
        "@odata.type": "#Microsoft.Skills.Custom.WebApiSkill",
        "name": "embed",
        "uri": endpoint.url + "/api/embed?code=c2VjcmV0LWNvZGU",
        "httpHeaders": {"x-key": "c2VjcmV0LWhlYWRlcg"},
        "timeout": "PT1S",
        "inputs": [{"name": "text", "source": "/document/content"}],
        "outputs": [{"name": "vector", "targetName": "vector"}],
        **more,
    }


VECTOR = {
    "name": "vector",
    "type": "Collection(Edm.Single)",
    "searchable": True,
    "dimensions": 2,
    "vectorSearchProfile": "profile",
}
SEARCH = {
    "profiles": [{"name": "profile", "algorithm": "hnsw"}],
    "algorithms": [{"name": "hnsw", "kind": "hnsw"}],
}
INDEX = {"fields": [*FIELDS, VECTOR], "vectorSearch": SEARCH}
MAPPING = {"sourceFieldName": "/document/vector", "targetFieldName": "vector"}


def embedded(files: Files, skill: dict[str, Any]) -> dict[str, Any]:
    """The result of a run over three documents whose vectors the skill makes."""
    files.write("m.txt", "The middle walrus.")
    return files.create(skill, index=INDEX, parameters=ALL, outputFieldMappings=[MAPPING])


def vectors(request: Request, vector: Any) -> Answer:
    """What a sound endpoint answers."""
    values = [
        {"recordId": value["recordId"], "data": {"vector": vector}}
        for value in json.loads(request.body)["values"]
    ]
    return Answer(200, json.dumps({"values": values}).encode())


def is_middle(request: Request) -> bool:
    return b"middle" in request.body


FAILED = "Could not execute skill because the Web Api request failed."
INVALID = "Could not execute skill because Web Api skill response is invalid."
BAD_ANSWERS = [
    (Answer(500, b'{"error": "out of order"}'), FAILED, "'InternalServerError', Web Api response"),
    (Answer(500, b"<h1>no JSON", "text/html"), FAILED, "<h1>no JSON"),
    (Answer(500, b"c2VjcmV0LWNvZGU c2VjcmV0LWhlYWRlcg"), FAILED, "'*** ***'"),
    (Answer(200, b"{garbage"), INVALID, "answered without JSON"),
    (Answer(200, b"\xff\xfe"), INVALID, "answered without JSON"),
    (Answer(200, b"[]"), INVALID, "'values'"),
    (Answer(200, b'{"values": []}'), INVALID, "does not contain a record"),
    (Answer(200, b'{"values": [{"recordId": "0", "data": 5}]}'), INVALID, "not an object"),
    (Answer(None), FAILED, "127.0.0.1 cannot be reached"),
]


@pytest.mark.parametrize(("answer", "message", "details"), BAD_ANSWERS)
def test_an_endpoint_that_fails(
    answer: Answer, message: str, details: str, files: Files, endpoint: Gateway
) -> None:
    endpoint.harm = lambda request, _: answer if is_middle(request) else vectors(request, [1, 2])
    last = embedded(files, asking(endpoint))
    error = one(last, "m.txt")
    assert error["name"] == "Enrichment.WebApiSkill.embed"
    assert error["errorMessage"] == message
    assert details in error["details"]
    assert "c2VjcmV0" not in json.dumps(last)
    assert files.found("walrus") == SOUND


@pytest.mark.parametrize(
    ("vector", "details"),
    [
        ([1, 2, 3], "There's a mismatch in vector dimensions."),
        (["a", "b"], "Cannot convert the literal"),
        ("text", "invalid value of type 'Edm.String'"),
        ([[1, 2], [3, 4]], "Cannot convert the literal"),
        ([1e39, 1], "Cannot convert the literal"),
    ],
)
def test_a_vector_that_does_not_fit(
    vector: Any, details: str, files: Files, endpoint: Gateway
) -> None:
    endpoint.harm = lambda request, _: vectors(request, vector if is_middle(request) else [1, 2])
    error = one(embedded(files, asking(endpoint)), "m.txt")
    assert error["name"] == "Projection.SearchIndex.MergeOrUpload.docs"
    assert details in error["details"]
    assert files.found("walrus") == SOUND


def test_an_endpoint_that_hangs(files: Files, endpoint: Gateway) -> None:
    """Meanwhile the service answers, and afterwards nothing waits for the endpoint."""
    asked, over = threading.Event(), threading.Event()

    def hang(request: Request, _: Forward) -> Answer:
        if is_middle(request):
            asked.set()
            over.wait(60)
        return vectors(request, [1, 2])

    endpoint.harm = hang
    files.write("m.txt", "The middle walrus.")
    with ThreadPoolExecutor(1) as pool:
        run = pool.submit(embedded, files, asking(endpoint))
        assert asked.wait(60)
        status = files.service.http.get("/indexers/indexer/status").json()["lastResult"]
        assert (status["status"], status["itemsProcessed"]) == ("inProgress", 1)
        assert files.found("walrus") == ["a.txt"]
        last = run.result()
    over.set()
    error = one(last, "m.txt")
    assert "did not execute within the time limit '00:00:01'" in error["errorMessage"]
    assert files.found("walrus") == SOUND


def test_a_missing_input(files: Files) -> None:
    """A required input of a built-in skill: a warning that names it, and no vector."""
    split = {
        "@odata.type": "#Microsoft.Skills.Text.SplitSkill",
        "name": "split",
        "inputs": [{"name": "text", "source": "/document/nothing"}],
        "outputs": [{"name": "textItems", "targetName": "vector"}],
    }
    last = embedded(files, split)
    assert (last["status"], last["errors"]) == ("success", [])
    warnings = [entry for entry in last["warnings"] if names(entry, "m.txt")]
    first, second = warnings
    assert first["name"] == "Enrichment.SplitSkill.split"
    missing = "Required skill input is missing. Name: text, Source: /document/nothing"
    assert (first["message"], first["details"]) == ("Could not execute skill", missing)
    assert "Could not map output field 'vector'" in second["message"]
    assert files.found("walrus") == ["a.txt", "m.txt", "z.txt"]


def test_keys_of_calls_are_not_logged(
    start: Start, endpoint: Gateway, capfd: pytest.CaptureFixture[str]
) -> None:
    """Not even when a model of the emulator's own has been loaded before."""
    endpoint.harm = lambda request, _: vectors(request, [1, 2])
    files = start()
    url = "/openai/deployments/text-embedding-3-small/embeddings"
    files.service.http.post(url, json={"input": ["walrus"]}).raise_for_status()
    assert embedded(files, asking(endpoint))["errors"] == []
    (request,) = endpoint.requests
    assert request.query == {"code": "c2VjcmV0LWNvZGU"}
    told = capfd.readouterr()
    assert "c2VjcmV0" not in told.out + told.err


def test_an_image_beyond_the_end_of_the_text(start: Start) -> None:
    """The text is cut to what the tier takes; the image's words then stand at its end."""
    files = start("--tier", "free")
    with ZipFile(files.folder / "a.zip", "w") as archive:
        archive.writestr("a.txt", "x " * 150_000)
        archive.writestr("b.png", image_file(60, 40))
    merge = {
        "@odata.type": "#Microsoft.Skills.Text.MergeSkill",
        "inputs": [
            {"name": "text", "source": "/document/content"},
            {"name": "itemsToInsert", "source": "=['a label']"},
            {"name": "offsets", "source": "/document/normalized_images/*/contentOffset"},
        ],
        "outputs": [{"name": "mergedText", "targetName": "merged"}],
    }
    mapping = {"sourceFieldName": "/document/merged", "targetFieldName": "content"}
    images = {"configuration": {"imageAction": "generateNormalizedImages"}}
    last = files.create(merge, parameters=images, outputFieldMappings=[mapping])
    assert (last["status"], last["errors"]) == ("success", [])
    assert [warning["message"] for warning in last["warnings"]] == [
        "Truncated extracted text to 262144 characters"
    ]
    found = files.service.http.get("/indexes/docs/docs", params={"search": "label"}).json()
    assert found["value"][0]["content"].endswith("x  a label ")


EMBED = {
    "@odata.type": "#Microsoft.Skills.Text.AzureOpenAIEmbeddingSkill",
    "name": "embed",
    "resourceUri": "https://acme.openai.azure.com",
    "deploymentId": "text-embedding-3-small",
    "modelName": "text-embedding-3-small",
    "dimensions": 2,
    "apiKey": "c2VjcmV0LWtleQ",
    "inputs": [{"name": "text", "source": "/document/content"}],
    "outputs": [{"name": "embedding", "targetName": "vector"}],
}


@pytest.mark.parametrize(
    ("fault", "message", "details"),
    [
        ({"fault": "status", "status": 500}, FAILED, "Injected by the emulator: status 500."),
        ({"fault": "status", "status": 429}, FAILED, "'TooManyRequests', Web Api response"),
        ({"fault": "reset"}, FAILED, "acme.openai.azure.com cut the connection"),
        ({"fault": "hang"}, "within the time limit '00:00:30'", ""),
    ],
)
def test_an_embedding_model_that_fails(
    fault: dict[str, Any], message: str, details: str, files: Files
) -> None:
    """The second document's request meets the fault."""
    files.service.fault(**fault, path="/embeddings", after=1, times=1)
    last = embedded(files, EMBED)
    error = one(last, "m.txt")
    assert error["name"] == "Enrichment.AzureOpenAIEmbeddingSkill.embed"
    assert message in error["errorMessage"]
    assert details in (error["details"] or "")
    assert "c2VjcmV0" not in json.dumps(last)
    assert files.found("walrus") == SOUND
    assert files.run()["errors"] == []
    assert files.found("walrus") == ["a.txt", "m.txt", "z.txt"]


def test_a_model_that_refuses_the_wished_length(files: Files) -> None:
    """SKILLS P35: what the endpoint answers is in the details, as it was said."""
    name = "text-embedding-ada-002"
    last = embedded(files, EMBED | {"deploymentId": name, "modelName": name})
    assert last["itemsFailed"] == 3
    assert files.found() == []
    for error, file in zip(last["errors"], ("a.txt", "m.txt", "z.txt"), strict=True):
        assert names(error, file)
        assert '"message": "This model does not support specifying dimensions."' in error["details"]


def test_half_a_surrogate_pair(files: Files) -> None:
    """It reaches the skills and the index as U+FFFD, and what is asked for can be answered."""
    for name in ("a.txt", "z.txt"):
        (files.folder / name).unlink()
    files.write("m.jsonl", '{"content": "walrus \\ud800 \u2028 end"}')
    lines = {"configuration": {"parsingMode": "jsonLines"}}
    last = files.create(EMBED, index=INDEX, parameters=lines, outputFieldMappings=[MAPPING])
    assert (last["status"], last["errors"]) == ("success", [])
    reply = files.service.http.get("/indexes/docs/docs", params={"search": "walrus"})
    assert [found["content"] for found in reply.json()["value"]] == ["walrus \ufffd \u2028 end"]
