"""Keys of functions: masked within addresses and headers by reads, and broken by masks."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest

from .conftest import Client, vector_index

Json = dict[str, Any]


def skillset(**skill: Any) -> Json:
    web = {"@odata.type": "#Microsoft.Skills.Custom.WebApiSkill", "name": "web"}
    return {"name": "s", "skills": [web | {"inputs": [], "outputs": []} | skill]}


def stored(client: Client, collection: str, name: str) -> Json:
    found = client.call("GET", "/emulator/secrets", version=None).json()
    secrets: Json = found[collection][name]
    return secrets


@pytest.mark.parametrize(
    ("uri", "shown"),
    [
        ("https://f.example/api/x?code=K3Y", "https://f.example/api/x?code=<redacted>"),
        ("https://f.example/x?v=1&code=K3Y&w=2", "https://f.example/x?v=1&code=<redacted>&w=2"),
        ("https://f.example/x?Code=K3Y#end", "https://f.example/x?Code=<redacted>#end"),
        ("https://f.example/code=K3Y", "https://f.example/code=K3Y"),
        ("https://f.example/x?barcode=K3Y", "https://f.example/x?barcode=K3Y"),
        ("https://f.example/x?code=", "https://f.example/x?code="),
    ],
)
def test_a_key_in_an_address_is_masked_by_reads(uri: str, shown: str, client: Client) -> None:
    written = client.made("/skillsets/s", skillset(uri=uri))
    assert written["skills"][0]["uri"] == uri
    assert client.get("/skillsets/s").json()["skills"][0]["uri"] == shown
    assert client.get("/skillsets").json()["value"][0]["skills"][0]["uri"] == shown


@pytest.mark.parametrize("name", ["x-functions-key", "X-Functions-Key", "X-FUNCTIONS-KEY"])
def test_a_key_in_a_header_is_masked_by_reads(name: str, client: Client) -> None:
    headers = {name: "K3Y", "DefaultEntity": "person"}
    body = skillset(uri="https://f.example", httpHeaders=headers)
    assert client.made("/skillsets/s", body)["skills"][0]["httpHeaders"] == headers
    shown = client.get("/skillsets/s").json()["skills"][0]["httpHeaders"]
    assert shown == {name: "<redacted>", "DefaultEntity": "person"}


def test_a_vectorizers_function_key_is_masked_by_reads(client: Client) -> None:
    body = vector_index()
    parameters = {"uri": "https://f.example?code=K3Y", "httpHeaders": {"x-functions-key": "K3Y"}}
    entry = {"name": "v", "kind": "customWebApi", "customWebApiParameters": parameters}
    body["vectorSearch"]["vectorizers"] = [entry]
    client.made("/indexes/docs", body)
    assert "K3Y" not in client.get("/indexes/docs").text
    place = "/vectorSearch/vectorizers/v/customWebApiParameters"
    digest = hashlib.sha256(b"K3Y").hexdigest()
    assert stored(client, "indexes", "docs") == {
        f"{place}/uri": digest,
        f"{place}/httpHeaders/x-functions-key": digest,
    }


def test_a_mask_that_is_written_back_breaks_the_enrichment(client: Client) -> None:
    uri, headers = "https://f.example?code=K3Y", {"x-functions-key": "K3Y"}
    client.made("/skillsets/s", skillset(uri=uri, httpHeaders=headers))
    shown = client.get("/skillsets/s").json()
    client.made("/skillsets/s", shown)
    broken = hashlib.sha256(b"<redacted>").hexdigest()
    assert stored(client, "skillsets", "s") == {
        "/skills/web/uri": broken,
        "/skills/web/httpHeaders/x-functions-key": broken,
    }


@pytest.mark.parametrize("mask", ["<redacted>", "<unchanged>"])
@pytest.mark.parametrize("kind", ["AIServicesByKey", "CognitiveServicesByKey"])
def test_a_mask_is_no_key_of_an_account(kind: str, mask: str, client: Client) -> None:
    account = {"@odata.type": f"#Microsoft.Azure.Search.{kind}", "key": mask}
    if kind == "AIServicesByKey":
        account["subdomainUrl"] = "https://one.services.ai.azure.com"
    body = skillset(uri="https://f.example") | {"cognitiveServices": account}
    reply = client.put("/skillsets/s", body)
    assert reply.status_code == 400
    assert "Provided key is not a valid CognitiveServices type key" in reply.text
    client.made("/skillsets/s", body | {"cognitiveServices": account | {"key": "K3Y"}})
    shown = client.get("/skillsets/s").json()["cognitiveServices"]
    assert shown["key"] == "<redacted>"
    assert shown.get("subdomainUrl") == account.get("subdomainUrl")
