"""JSON of every origin becomes manifests; keys in clear become names."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.export.folder import at_rest, empty, files, written
from tests.world import World

INDEX = {"name": "docs-v1", "fields": [{"name": "id", "type": "Edm.String", "key": True}]}
SOURCE = {"name": "docs", "type": "azureblob", "container": {"name": "c"}}
INDEXER = {"name": "docs", "dataSourceName": "docs", "targetIndexName": "docs-v1"}
ALIAS = {"name": "handbook", "indexes": ["docs-v1"]}
CONTEXT = "https://s.search.windows.net/$metadata#indexes"
CONNECTION = "DefaultEndpointsProtocol=https;AccountName=a;AccountKey=must/never+show=="


def imported(world: World, value: Any, *options: str) -> Any:
    text = value if isinstance(value, str) else json.dumps(value)
    return world.cli("import", str(world.write("kept.json", text)), *options)


SHAPES = {
    "object": INDEX,
    "list": [INDEX],
    "answer": {"@odata.context": f"{CONTEXT}/$entity", "@odata.etag": '"0x1"', **INDEX},
    "list-call": {"@odata.context": CONTEXT, "value": [INDEX]},
    "list-call-without-context": {"value": [INDEX]},
    "selected": {"@odata.context": f"{CONTEXT}(name,fields)", "value": [INDEX]},
    "by-collection": {"indexes": [INDEX], "indexers": [], "data_sources": None},
    "by-kind": {"Index": INDEX},
    "by-kind-and-name": {"indexes": {"docs-v1": {"fields": INDEX["fields"]}}},
    "by-list-calls": {"indexes": {"@odata.context": CONTEXT, "value": [INDEX]}},
    "arm": {
        "id": "/subscriptions/0/…/searchServices/s/indexes/docs-v1",
        "type": "Microsoft.Search/searchServices/indexes",
        "name": "s/docs-v1",
        "apiVersion": "2025-05-01",
        "properties": {"fields": INDEX["fields"]},
    },
    "arm-template": {
        "$schema": "https://schema.management.azure.com/2019-04-01/deploymentTemplate.json#",
        "resources": [
            {"type": "indexes", "name": "docs-v1", "properties": {"fields": INDEX["fields"]}}
        ],
    },
}


@pytest.mark.parametrize("shape", SHAPES)
def test_shapes(world: World, shape: str) -> None:
    ran = imported(world, SHAPES[shape])
    assert ran.code == 0, ran.err
    text = (world.root / "manifests/indexes/docs-v1.yaml").read_text()
    assert text.endswith("spec:\n  fields: [{name: id, type: Edm.String, key: true}]\n")
    assert world.cli("validate").out == "1 object: no errors.\n"


def test_texts_that_the_service_reads_as_booleans(world: World) -> None:
    field = {"name": "id", "type": "Edm.String", "key": "true", "searchable": "false"}
    assert imported(world, {**INDEX, "fields": [field]}).code == 0
    text = (world.root / "manifests/indexes/docs-v1.yaml").read_text()
    assert "{name: id, type: Edm.String, key: true, searchable: false}" in text


def test_a_text_that_is_no_boolean_stays_for_validate(world: World) -> None:
    field = {"name": "id", "type": "Edm.String", "key": True, "searchable": "yes"}
    assert imported(world, {**INDEX, "fields": [field]}).code == 0
    assert "`searchable` must be true or false" in world.cli("validate").err


@pytest.mark.parametrize("mark", [b"\xef\xbb\xbf", b""])
def test_a_pipeline_of_several_files(world: World, mark: bytes) -> None:
    for name, value in (("a", [INDEXER, ALIAS]), ("b", {"value": [INDEX]}), ("c", SOURCE)):
        (world.root / f"{name}.json").write_bytes(mark + json.dumps(value).encode())
    options = ["--layout", "pipeline", "--kind", "DataSource"]
    ran = world.cli("import", "a.json", "b.json", "c.json", *options)
    assert ran.code == 0, ran.err
    assert files(world) == ["manifests/docs.yaml", "reconciler.yaml"]


@pytest.mark.parametrize("shown", [None, "", "<unchanged>", "<redacted>", "***"])
def test_what_hides_a_secret_keeps_it(world: World, shown: str | None) -> None:
    world.service.put("DataSource/docs", {**SOURCE, "credentials": {"connectionString": "k"}})
    ran = imported(world, {**SOURCE, "credentials": {"connectionString": shown}})
    assert ran.code == 0, ran.err
    assert (
        "stay what the service holds:\n  docs-connection-string  DataSource/docs /cred" in ran.out
    )
    assert "connectionString: ${secret.docs-connection-string}" in written(world).replace('"', "")
    assert "docs-connection-string: {keep: true}" in written(world)
    at_rest(world)


def test_a_secret_in_clear_becomes_a_variable(world: World) -> None:
    ran = imported(world, {**SOURCE, "credentials": {"connectionString": CONNECTION}})
    assert ran.code == 0, ran.err
    place = "DataSource/docs /credentials/connectionString"
    assert f"set:\n  DOCS_CONNECTION_STRING  {place}\n" in ran.out
    text = written(world)
    assert "docs-connection-string: {env: DOCS_CONNECTION_STRING}" in text
    assert "must/never" not in text + ran.out + ran.err
    world.environ["DOCS_CONNECTION_STRING"] = CONNECTION
    world.apply()
    assert not world.plan()["changes"]


def test_without_a_project(world: World) -> None:
    empty(world)
    definition = {**SOURCE, "credentials": {"connectionString": CONNECTION}}
    ran = imported(world, definition, "--out", "somewhere")
    assert ran.code == 0, ran.err
    assert files(world) == ["somewhere/datasources/docs.yaml"]
    assert "  docs-connection-string: {env: DOCS_CONNECTION_STRING}\n" in ran.out


def test_what_somebody_wrote_stays(world: World) -> None:
    parameters = {"batchSize": 10, "maxFailedItems": 0, "configuration": {"parsingMode": "json"}}
    ran = imported(world, {**INDEXER, "parameters": parameters, "disabled": False})
    assert ran.code == 0, ran.err
    text = written(world)
    assert "parameters: {batchSize: 10, configuration: {parsingMode: json}}" in text
    assert "disabled" not in text


def test_what_is_wrong_is_said_and_written(world: World) -> None:
    odd = {**INDEX, "glitter": True, "defaultScoringProfile": 7}
    ran = imported(world, odd)
    assert ran.code == 0
    assert "Index/docs-v1: /defaultScoringProfile: `defaultScoringProfile` must be" in ran.err
    assert "Index/docs-v1: /glitter: unknown property `glitter`" in ran.err
    assert "glitter: true" in written(world)
    assert "kept on the service" not in written(world)


WRONG = {
    "not json": ('{\n"a" 1}', "kept.json:2:5: error: not JSON: Expecting ':' delimiter [not-json]"),
    "too deep": ('{"a":\n[' * 100_000, "kept.json:52:1: error: nested deeper than 100 levels"),
    "rather deep": (
        '{"name": "x", "fields":\n' + "[" * 200 + "]" * 200 + "}",
        "kept.json:2:101: error: nested deeper than 100 levels",
    ),
    "a key twice": (
        '{"name": "x", "fields": [],\n "name": "y"}',
        "kept.json:2:2: error: `name` stands twice in one object [duplicate-key]",
    ),
    "a key twice within": (
        '[{"name": "a:\\"{[", "fields": [{"name": "x"},\n\t{"type": 1, "t\\u0079pe": 2}]}]',
        "kept.json:2:14: error: `type` stands twice in one object [duplicate-key]",
    ),
    "a key twice in what is no JSON later": (
        '{"a": {"b": 1, "b": 2}, }',
        "kept.json:1:16: error: `b` stands twice in one object [duplicate-key]",
    ),
    "no number": ('{"name": "x", "fields": [], "a": NaN}', "a value that JSON does not have"),
    "nothing": ([], "there is no object"),
    "a number": (7, "neither an object nor a list"),
    "no name": ({"fields": []}, "an object has no name"),
    "no kind": ({"name": "x", "a": 1}, "say it with --kind: "),
    "a slash": ({**INDEX, "name": "a/b"}, "name cannot be one"),
    "twice": ([INDEX, INDEX], "Index/docs-v1 is in kept.json, too"),
    "exposed": (
        {"name": "s", "skills": [{"@odata.type": "#New", "apiKey": "must-never-show"}]},
        "a secret may stand in a part of it that is not known here",
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_cannot_be_read(world: World, case: str) -> None:
    world.environ.pop("RECONCILER_DEBUG")
    value, said = WRONG[case]
    (world.root / "kept.json").write_text(value if isinstance(value, str) else json.dumps(value))
    ran = world.cli("import", "kept.json")
    assert ran.code == 1
    assert said in ran.err
    assert "Traceback" not in ran.err
    assert "must-never" not in ran.err
    assert files(world) == ["reconciler.yaml"]


def test_what_cannot_be_done(world: World) -> None:
    world.environ.pop("RECONCILER_DEBUG")
    assert "did you mean `Index`?" in imported(world, INDEX, "--kind", "Indx").err
    assert world.cli("import", "no.json").code == 1
    assert imported(world, INDEX).code == 0
    assert "Index/docs-v1 is declared already" in imported(world, INDEX).err
    (world.root / "manifests/indexes/docs-v1.yaml").write_text("")
    ran = imported(world, {**INDEX, "name": "other"}, "--out", "elsewhere")
    assert "is not among the project's manifests" in ran.err
    ran = imported(world, INDEX)
    assert ran.code == 1


@pytest.mark.parametrize("name", ["con", "nul", "aux", "com1", "lpt9"])
def test_no_file_is_called_like_a_device(world: World, name: str) -> None:
    """On Windows a file of that name cannot be, whatever follows the dot."""
    assert imported(world, {**INDEX, "name": name}).code == 0
    assert f"manifests/indexes/_{name}.yaml" in files(world)
    assert world.cli("validate").code == 0


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("docs.", "docs"),
        ("...", "_"),
        ("COM1.v2", "_COM1.v2"),
        ("nul.", "_nul"),
        ("lpt\u00b2", "_lpt\u00b2"),
        ("console", "console"),
        ("a:b", "a-b"),
    ],
)
@pytest.mark.parametrize("layout", ["object", "pipeline"])
def test_every_name_makes_a_file_on_every_system(
    world: World, layout: str, name: str, file: str
) -> None:
    """Also one that the service would not take: it is written, and said."""
    indexer = {**INDEXER, "name": name}
    assert imported(world, indexer, "--layout", layout).code == 0
    folder = "manifests/indexers" if layout == "object" else "manifests"
    assert f"{folder}/{file}.yaml" in files(world)
