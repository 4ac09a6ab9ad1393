"""Field mappings, their functions, output field mappings, types and keys."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.indexing.conftest import KEY, URL, Pipeline, field

PATH_KEY = "aHR0cHM6Ly9hY21lLmJsb2IuY29yZS53aW5kb3dzLm5ldC9maWxlcy9hLnR4dA2"
ENCODED_KEY = {
    "sourceFieldName": "metadata_storage_path",
    "targetFieldName": "id",
    "mappingFunction": {"name": "base64Encode"},
}


def function(name: str, **parameters: Any) -> dict[str, Any]:
    made: dict[str, Any] = {"name": name}
    return made | ({"parameters": parameters} if parameters else {})


def mapping(source: str, target: str, **more: Any) -> dict[str, Any]:
    return {"sourceFieldName": source, "targetFieldName": target, **more}


def test_the_key_is_the_encoded_path(pipeline: Pipeline) -> None:
    pipeline.write("a.txt", "one")
    pipeline.index(KEY)
    pipeline.indexer()
    assert pipeline.column("id") == [PATH_KEY]


def test_a_key_that_has_the_name_of_the_path(pipeline: Pipeline) -> None:
    pipeline.write("a.txt", "one")
    pipeline.index(field("metadata_storage_path", key=True))
    pipeline.indexer()
    assert pipeline.column("metadata_storage_path") == [PATH_KEY]


def test_an_explicit_key(pipeline: Pipeline) -> None:
    pipeline.write("a.txt", "one")
    pipeline.index(KEY)
    pipeline.indexer(fieldMappings=[ENCODED_KEY])
    assert pipeline.column("id") == [PATH_KEY]


def test_a_path_is_no_key_by_itself(pipeline: Pipeline) -> None:
    pipeline.write("a.txt", "one")
    pipeline.index(KEY)
    last = pipeline.indexer(fieldMappings=[mapping("metadata_storage_path", "id")])
    assert last["status"] == "transientFailure"
    (error,) = last["errors"]
    assert "Invalid document key" in error["details"]
    assert error["name"] == "Projection.SearchIndex.MergeOrUpload.docs"


@pytest.mark.parametrize(
    ("given", "called", "made"),
    [
        ("00>00?00", function("base64Encode"), "MDA-MDA_MDA1"),
        (
            "00>00?00",
            function("base64Encode", useHttpServerUtilityUrlTokenEncode=False),
            "MDA-MDA_MDA",
        ),
        ("MDA-MDA_MDA1", function("base64Decode"), "00>00?00"),
        (
            "MDA-MDA_MDA",
            function("base64Decode", useHttpServerUtilityUrlTokenDecode=False),
            "00>00?00",
        ),
        ("Jane Doe", function("extractTokenAtPosition", delimiter=" ", position=1), "Doe"),
        ("<hello> ü", function("urlEncode"), "%3chello%3e%20%c3%bc"),
        ("%3chello%3E", function("urlDecode"), "<hello>"),
    ],
)
def test_functions(given: str, called: dict[str, Any], made: str, pipeline: Pipeline) -> None:
    pipeline.write("a.json", json.dumps({"from": given}))
    pipeline.index(KEY, field("to"))
    pipeline.indexer(
        parameters={"configuration": {"parsingMode": "json"}},
        fieldMappings=[mapping("FROM", "To", mappingFunction=called)],
    )
    assert pipeline.column("to") == [made]


def test_functions_that_make_structures(pipeline: Pipeline) -> None:
    row = {"tags": '["a","b"]', "place": '{"city":"Bern"}', "long": "x" * 3000}
    pipeline.write("a.json", json.dumps(row))
    place = field("at", "Edm.ComplexType", fields=[field("city")])
    pipeline.index(KEY, field("words", "Collection(Edm.String)"), place, field("short"))
    pipeline.indexer(
        parameters={"configuration": {"parsingMode": "json"}},
        fieldMappings=[
            mapping("tags", "words", mappingFunction=function("jsonArrayToStringCollection")),
            mapping("place", "at", mappingFunction=function("toJson")),
            mapping("long", "short", mappingFunction=function("fixedLengthEncode")),
        ],
    )
    (document,) = pipeline.docs()
    assert document["words"] == ["a", "b"]
    assert document["at"] == {"city": "Bern"}
    assert len(document["short"]) == 64


@pytest.mark.parametrize(
    "called",
    [
        function("extractTokenAtPosition", delimiter=" ", position=9),
        function("jsonArrayToStringCollection"),
        function("base64Decode"),
    ],
)
def test_a_function_that_fails(called: dict[str, Any], pipeline: Pipeline) -> None:
    pipeline.write("a.txt", "no such thing")
    pipeline.index(KEY, field("to"))
    last = pipeline.indexer(fieldMappings=[mapping("content", "to", mappingFunction=called)])
    (error,) = last["errors"]
    expected = f"Could not apply mapping function '{called['name']}' to field 'to'."
    assert error["errorMessage"] == expected


def test_a_json_pointer(pipeline: Pipeline) -> None:
    pipeline.write("a.json", '{"article":{"tags":["x","y"]}}')
    pipeline.index(KEY, field("second"), field("none"))
    pipeline.indexer(
        parameters={"configuration": {"parsingMode": "json"}},
        fieldMappings=[mapping("/article/tags/1", "second"), mapping("/article/no", "none")],
    )
    assert [(doc["second"], doc["none"]) for doc in pipeline.docs()] == [("y", None)]


def test_rows_have_keys_of_their_own(pipeline: Pipeline) -> None:
    pipeline.write("a.csv", "name,price,stock\nfirst,1.5,3\nsecond,,\n")
    numbers = (field("price", "Edm.Double"), field("stock", "Edm.Int32"))
    pipeline.index(KEY, field("name"), *numbers)
    last = pipeline.indexer(parameters={"configuration": {"parsingMode": "delimitedText"}})
    assert last["itemsProcessed"] == 2
    found = sorted((doc["name"], doc["price"], doc["stock"]) for doc in pipeline.docs())
    assert found == [("first", 1.5, 3), ("second", None, None)]
    assert len(set(pipeline.column("id"))) == 2


def test_a_column_named_like_the_key_is_the_key(pipeline: Pipeline) -> None:
    pipeline.write("a.jsonl", '{"id":"1","n":1}\n{"id":"1","n":2}\n{"id":"2","n":3}')
    pipeline.index(KEY, field("n", "Edm.Int32"))
    pipeline.indexer(parameters={"configuration": {"parsingMode": "jsonLines"}})
    assert sorted((doc["id"], doc["n"]) for doc in pipeline.docs()) == [("1", 2), ("2", 3)]


def test_numbers_become_strings_but_arrays_do_not(pipeline: Pipeline) -> None:
    pipeline.write("a.json", '{"name":7,"other":true}')
    pipeline.write("b.json", '{"name":["x"]}')
    pipeline.index(KEY, field("name"), field("other"))
    parameters = {"configuration": {"parsingMode": "json"}, "maxFailedItems": 1}
    last = pipeline.indexer(parameters=parameters | {"maxFailedItemsPerBatch": 1})
    assert (last["status"], last["itemsFailed"]) == ("success", 1)
    assert [(doc["name"], doc["other"]) for doc in pipeline.docs()] == [("7", "true")]
    (error,) = last["errors"]
    assert "The data field 'name'" in error["details"]


def test_null_keeps_the_old_value(pipeline: Pipeline) -> None:
    path = pipeline.write("a.json", '{"a":"1","b":"2"}')
    pipeline.index(KEY, field("a"), field("b"))
    pipeline.indexer(parameters={"configuration": {"parsingMode": "json"}})
    path.write_text('{"a":null,"b":"three"}')
    pipeline.run()
    assert [(doc["a"], doc["b"]) for doc in pipeline.docs()] == [("1", "three")]


def test_outputs_of_skills_go_where_they_are_mapped(pipeline: Pipeline) -> None:
    pipeline.write("a.txt", "one two three. " * 60)
    split = {
        "@odata.type": "#Microsoft.Skills.Text.SplitSkill",
        "textSplitMode": "pages",
        "maximumPageLength": 300,
        "inputs": [{"name": "text", "source": "/document/content"}],
        "outputs": [{"name": "textItems", "targetName": "pages"}],
    }
    pipeline.skillset(split)
    pipeline.index(KEY, field("pages", "Collection(Edm.String)"), field("none"))
    last = pipeline.indexer(
        skillsetName="skills",
        outputFieldMappings=[
            mapping("/document/pages/*", "pages"),
            mapping("/document/nothing", "none"),
        ],
    )
    (document,) = pipeline.docs()
    assert len(document["pages"]) > 2
    (warning,) = last["warnings"]
    assert warning["name"] == "Projection.SearchIndex.OutputFieldMapping.none"
    assert "Could not map output field 'none'" in warning["message"]
    assert warning["key"].startswith(f"localId={URL.replace(':', '%3A').replace('/', '%2F')}")


def test_keys_are_encoded_when_the_parameters_say_so(pipeline: Pipeline) -> None:
    pipeline.write("a.txt", "one")
    pipeline.index(KEY)
    pipeline.indexer(
        fieldMappings=[mapping("metadata_storage_path", "id")],
        parameters={"base64EncodeKeys": True},
    )
    assert pipeline.column("id") == [PATH_KEY]


def test_an_index_that_lost_the_field_of_a_mapping(pipeline: Pipeline) -> None:
    pipeline.write("a.txt", "one")
    pipeline.index(KEY, field("to"))
    pipeline.indexer(fieldMappings=[mapping("content", "to")])
    pipeline.client.delete("/indexes/docs")
    pipeline.index(KEY)
    pipeline.reset()
    last = pipeline.run()
    assert last["errors"][0]["details"] == "The index 'docs' has no field 'to'."


WORKS = field(
    "works",
    "Collection(Edm.ComplexType)",
    fields=[
        field("ID"),
        field("number", "Edm.Double"),
        field("soloists", "Collection(Edm.String)"),
        field("place", "Edm.ComplexType", fields=[field("city"), field("zip")]),
    ],
)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ({"ID": "0", "interval": "Intermission"}, {"ID": "0"}),
        ({"id": 7, "NUMBER": "1.5"}, {"ID": "7", "number": 1.5}),
        ({"ID": None, "soloists": None}, {}),
        ({"place": {"city": "Paris", "country": "France"}}, {"place": {"city": "Paris"}}),
        ({"place": {"zip": 75001}}, {"place": {"zip": "75001"}}),
        ({"soloists": ["a", 1]}, {"soloists": ["a", "1"]}),
        ({"soloists": [{"name": "Ada"}]}, {"soloists": ['{"name": "Ada"}']}),
        ({"interval": {"deep": [1]}}, {}),
    ],
)
def test_subfields_that_the_index_lacks_are_dropped(
    given: dict[str, Any], kept: dict[str, Any], pipeline: Pipeline
) -> None:
    """As in Microsoft's tutorial of JSON blobs: programs, each with its works."""
    pipeline.index(KEY, WORKS)
    pipeline.write("a.json", json.dumps({"programs": [{"id": "1", "works": [given]}]}))
    rows = {"parsingMode": "jsonArray", "documentRoot": "/programs"}
    last = pipeline.indexer(parameters={"configuration": rows})
    assert (last["status"], last["itemsFailed"]) == ("success", 0), last["errors"]
    (work,) = pipeline.docs()[0]["works"]
    shown = {name: value for name, value in work.items() if value not in (None, [])}
    if isinstance(shown.get("place"), dict):
        place = shown["place"].items()
        shown["place"] = {name: value for name, value in place if value is not None}
    assert shown == kept


def test_a_subfield_of_another_shape_still_fails(pipeline: Pipeline) -> None:
    pipeline.index(KEY, WORKS)
    pipeline.write("a.json", '{"id": "1", "works": [{"ID": ["0"]}]}')
    last = pipeline.indexer(parameters={"configuration": {"parsingMode": "json"}})
    assert last["itemsFailed"] == 1
