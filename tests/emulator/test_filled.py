"""What the service fills in and spells its own way: defaults, durations, endpoints."""

from __future__ import annotations

from typing import Any

import pytest

from .conftest import Client, index_body, indexer_body, pipeline, source_body, vector_index
from .test_index import field, with_fields

Json = dict[str, Any]
ENDPOINT = "https://one.openai.azure.com"
VERSIONS = ["2023-10-01-Preview", "2024-07-01", "2025-11-01-preview", "2026-04-01"]

PARAMETERS: dict[str, Json] = {
    "magnitude": {"boostingRangeStart": 1, "boostingRangeEnd": 4},
    "freshness": {"boostingDuration": "PT8760H"},
    "distance": {"referencePointParameter": "here", "boostingDistance": 5},
    "tag": {"tagsParameter": "mine"},
}
TYPES = {
    "magnitude": "Edm.Int32",
    "freshness": "Edm.DateTimeOffset",
    "distance": "Edm.GeographyPoint",
    "tag": "Edm.String",
}


def profile_with(kind: str) -> Json:
    function = {"type": kind, "fieldName": "f", "boost": 2, kind: PARAMETERS[kind]}
    profile = {"name": "p", "functions": [function]}
    return with_fields(field("f", TYPES[kind]), scoringProfiles=[profile])


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("kind", TYPES)
def test_a_scoring_profile_with_functions_is_filled(
    kind: str, version: str, client: Client
) -> None:
    client.made("/indexes/docs", profile_with(kind), version=version)
    (profile,) = client.get("/indexes/docs", version=version).json()["scoringProfiles"]
    (function,) = profile["functions"]
    assert profile["functionAggregation"] == "sum"
    assert function["interpolation"] == "linear"
    assert [other for other in TYPES if function[other] is None] == [
        other for other in TYPES if other != kind
    ]
    if kind == "magnitude":
        assert function["magnitude"]["constantBoostBeyondRange"] is False


def test_a_scoring_profile_without_functions_is_not(client: Client) -> None:
    shown = client.made("/indexes/docs", index_body(scoringProfiles=[{"name": "p"}]))
    assert shown["scoringProfiles"] == [
        {"name": "p", "functionAggregation": None, "text": None, "functions": []}
    ]


@pytest.mark.parametrize("kind", ["scalarQuantization", "binaryQuantization"])
@pytest.mark.parametrize("version", ["2025-09-01", "2025-11-01-preview", "2026-04-01"])
def test_a_compression_is_filled(kind: str, version: str, client: Client) -> None:
    body = vector_index()
    body["vectorSearch"]["compressions"] = [{"name": "c", "kind": kind}]
    client.made("/indexes/docs", body, version=version)
    shown = client.get("/indexes/docs", version=version).json()
    assert shown["vectorSearch"]["compressions"][0]["rescoringOptions"] == {
        "enableRescoring": True,
        "defaultOversampling": 4.0,
        "rescoreStorageMethod": "preserveOriginals",
    }


@pytest.mark.parametrize("version", ["2023-10-01-Preview", "2024-07-01", "2026-04-01"])
def test_an_indexers_parameters_are_filled(version: str, client: Client) -> None:
    pipeline(client)
    body = indexer_body(parameters={"batchSize": 50})
    client.made("/indexers/indexer", body, version=version)
    shown = client.get("/indexers/indexer", version=version).json()["parameters"]
    assert shown["configuration"] == {}
    assert shown["base64EncodeKeys"] is None
    client.made("/indexers/indexer", indexer_body(), version=version)
    assert client.get("/indexers/indexer", version=version).json()["parameters"] is None


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("PT24H", "P1D"),
        ("PT60M", "PT1H"),
        ("PT90M", "PT1H30M"),
        ("PT300S", "PT5M"),
        ("P0DT12H0M", "PT12H"),
        ("P1D", "P1D"),
        ("PT1440M", "P1D"),
    ],
)
def test_a_schedule_keeps_its_interval_by_value(sent: str, shown: str, client: Client) -> None:
    made = pipeline(client, schedule={"interval": sent})
    assert made["schedule"]["interval"] == shown
    assert client.get("/indexers/indexer").json()["schedule"]["interval"] == shown


@pytest.mark.parametrize(
    ("sent", "shown"),
    [("PT8760H", "P365D"), ("-PT48H", "-P2D"), ("PT90.50S", "PT1M30.5S"), ("PT0H", "PT0S")],
)
def test_a_boost_keeps_its_duration_by_value(sent: str, shown: str, client: Client) -> None:
    body = profile_with("freshness")
    body["scoringProfiles"][0]["functions"][0]["freshness"] = {"boostingDuration": sent}
    (profile,) = client.made("/indexes/docs", body)["scoringProfiles"]
    assert profile["functions"][0]["freshness"]["boostingDuration"] == shown


def test_a_skill_keeps_its_timeout_by_value(client: Client) -> None:
    skill = {
        "@odata.type": "#Microsoft.Skills.Custom.WebApiSkill",
        "uri": "https://one.example.com",
        "timeout": "PT120S",
        "inputs": [],
        "outputs": [],
    }
    shown = client.made("/skillsets/s", {"name": "s", "skills": [skill]})
    assert shown["skills"][0]["timeout"] == "PT2M"


def model(resource: str) -> Json:
    return {"resourceUri": resource, "deploymentId": "d", "modelName": "text-embedding-3-large"}


@pytest.mark.parametrize("slashes", ["", "/", "//"])
def test_an_index_loses_the_slash_when_it_is_written(slashes: str, client: Client) -> None:
    body = vector_index()
    entry = {"name": "v", "kind": "azureOpenAI", "azureOpenAIParameters": model(ENDPOINT + slashes)}
    body["vectorSearch"]["vectorizers"] = [entry]
    for shown in (client.made("/indexes/docs", body), client.get("/indexes/docs").json()):
        parameters = shown["vectorSearch"]["vectorizers"][0]["azureOpenAIParameters"]
        assert parameters["resourceUri"] == ENDPOINT


def test_a_knowledge_base_loses_the_slash_when_it_is_read(client: Client) -> None:
    client.made("/indexes/docs", index_body())
    source = {"name": "ks", "kind": "searchIndex"}
    client.made(
        "/knowledgesources/ks", source | {"searchIndexParameters": {"searchIndexName": "docs"}}
    )
    chat = {"kind": "azureOpenAI", "azureOpenAIParameters": model(ENDPOINT + "/")}
    body = {"name": "kb", "knowledgeSources": [{"name": "ks"}], "models": [chat]}
    written = client.made("/knowledgebases/kb", body)
    read = client.get("/knowledgebases/kb").json()
    (listed,) = client.get("/knowledgebases").json()["value"]
    places = [each["models"][0]["azureOpenAIParameters"] for each in (written, read, listed)]
    assert [place["resourceUri"] for place in places] == [ENDPOINT + "/", ENDPOINT, ENDPOINT]
    assert written["@odata.etag"] == read["@odata.etag"]


def test_a_knowledge_source_loses_the_slash_when_it_is_read(client: Client) -> None:
    embedding = {"kind": "azureOpenAI", "azureOpenAIParameters": model(ENDPOINT + "/")}
    parameters = {
        "connectionString": "AccountName=a;AccountKey=b",
        "containerName": "files",
        "ingestionParameters": {"embeddingModel": embedding, "disableImageVerbalization": True},
    }
    body = {"name": "ks", "kind": "azureBlob", "azureBlobParameters": parameters}
    client.made("/knowledgesources/ks", body)
    shown = client.get("/knowledgesources/ks").json()
    ingestion = shown["azureBlobParameters"]["ingestionParameters"]
    assert ingestion["embeddingModel"]["azureOpenAIParameters"]["resourceUri"] == ENDPOINT
    assert shown["azureBlobParameters"]["connectionString"] == "<redacted>"
    shown["azureBlobParameters"]["connectionString"] = "AccountName=a;AccountKey=b"
    client.made("/knowledgesources/ks", shown)


def test_a_skill_keeps_the_slash(client: Client) -> None:
    skill = {
        "@odata.type": "#Microsoft.Skills.Text.AzureOpenAIEmbeddingSkill",
        "inputs": [{"name": "text", "source": "/document/content"}],
        "outputs": [{"name": "embedding"}],
        **model(ENDPOINT + "/"),
    }
    written = client.made("/skillsets/s", {"name": "s", "skills": [skill]})
    assert written["skills"][0]["resourceUri"] == ENDPOINT + "/"


def test_the_subtype_of_a_sql_source_is_read(client: Client) -> None:
    body = source_body() | {"type": "azuresql", "container": {"name": "table"}}
    assert client.made("/datasources/source", body)["subtype"] is None
    shown = client.get("/datasources/source").json()
    assert shown["subtype"] == "sqliaas"
    shown["credentials"] = {"connectionString": "<unchanged>"}
    client.made("/datasources/source", shown)
    assert client.made("/datasources/blobs", source_body("blobs"))["subtype"] is None
    assert client.get("/datasources/blobs").json()["subtype"] is None
