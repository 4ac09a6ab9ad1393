"""The doorway: URLs, versions, credentials, headers, conditions."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from .conftest import (
    PREVIEW,
    RETURN,
    STABLE,
    Client,
    index_body,
    pipeline,
    source_body,
    split_skill,
)

BODIES = {
    "datasources": source_body("thing"),
    "indexes": index_body("thing"),
    "skillsets": {"name": "thing", "skills": [split_skill()]},
    "indexers": {"name": "thing", "dataSourceName": "source", "targetIndexName": "docs"},
    "aliases": {"name": "thing", "indexes": ["docs"]},
    "synonymmaps": {"name": "thing", "format": "solr", "synonyms": "a, b"},
}


@pytest.mark.parametrize("collection", BODIES)
def test_life_of_a_resource(collection: str, client: Client) -> None:
    pipeline(client)
    body = BODIES[collection]
    made = client.post(f"/{collection}", body)
    assert made.status_code == 201
    assert made.headers["location"].startswith(f"http://emulator/{collection}('thing')")
    assert client.get(f"/{collection}/thing").status_code == 200
    assert client.put(f"/{collection}('thing')", body).status_code == 200
    quiet = client.call("PUT", f"/{collection}/thing", body)
    assert (quiet.status_code, quiet.content) == (204, b"")
    names = [item["name"] for item in client.get(f"/{collection}").json()["value"]]
    assert "thing" in names
    assert client.delete(f"/{collection}/thing").status_code == 204
    assert client.delete(f"/{collection}/thing").status_code == 404
    assert client.get(f"/{collection}/thing").status_code == 404
    assert client.put(f"/{collection}/thing", body).status_code == 201


@pytest.mark.parametrize("collection", sorted(set(BODIES) - {"aliases"}))
def test_conditions(collection: str, client: Client) -> None:
    pipeline(client)
    path, body = f"/{collection}/thing", BODIES[collection]
    any_one, none = {"If-Match": "*"}, {"If-None-Match": "*"}
    assert client.put(path, body, headers=any_one).status_code == 412
    first = client.put(path, body, headers=none)
    assert first.status_code == 201
    assert client.put(path, body, headers=none).status_code == 412
    etag = client.get(path).headers["etag"]
    assert client.put(path, body, headers={"If-Match": etag}).status_code == 200
    stale = client.put(path, body, headers={"If-Match": etag})
    assert stale.status_code == 412
    assert stale.json()["error"]["code"] == ""
    assert client.delete(path, headers={"If-Match": etag}).status_code == 412
    assert client.delete(path, headers=any_one).status_code == 204
    assert client.delete(path, headers=any_one).status_code == 412


def test_an_alias_has_no_etag(client: Client) -> None:
    client.made("/indexes/docs", index_body())
    reply = client.put("/aliases/now", {"name": "now", "indexes": ["docs"]})
    assert "etag" not in reply.headers
    assert set(reply.json()) == {"@odata.context", "name", "indexes"}
    again = client.put(
        "/aliases/now", BODIES["aliases"] | {"name": "now"}, headers={"If-Match": '"x"'}
    )
    assert again.status_code == 412


def test_select_gives_the_named_properties_only(client: Client) -> None:
    client.made("/indexes/docs", index_body())
    reply = client.get("/indexes", params={"$select": "name"}).json()
    assert reply["value"] == [{"name": "docs"}]
    assert reply["@odata.context"].endswith("$metadata#indexes(name)")
    assert client.get("/indexes", params={"$select": "nmae"}).status_code == 400


@pytest.mark.parametrize("version", ["2024-07-01", PREVIEW, STABLE, "2026-05-01-preview"])
@pytest.mark.parametrize("collection", BODIES)
def test_a_list_is_counted_when_asked(collection: str, version: str, client: Client) -> None:
    pipeline(client)
    if collection == "aliases" and version == "2024-07-01":
        return
    client.post(f"/{collection}", BODIES[collection])
    plain = client.get(f"/{collection}", version=version).json()
    assert list(plain) == ["@odata.context", "value"]
    counted = client.get(f"/{collection}", params={"$count": "true"}, version=version).json()
    assert list(counted) == ["@odata.context", "@odata.count", "value"]
    assert counted["@odata.count"] == len(plain["value"]) > 0
    named = {"$count": "true", "$select": "name"}
    assert client.get(f"/{collection}", params=named, version=version).json()["@odata.count"]
    not_counted = {"$count": "false"}
    assert client.get(f"/{collection}", params=not_counted, version=version).json() == plain


def test_pages_of_lists_by_version(client: Client) -> None:
    for name in "abc":
        client.made(f"/synonymmaps/{name}", {"name": name, "format": "solr", "synonyms": "x, y"})
    part = {"$count": "true", "$top": "1", "$skip": "1"}
    one = client.get("/synonymmaps", params=part, version="2026-05-01-preview").json()
    assert (one["@odata.count"], [item["name"] for item in one["value"]]) == (3, ["b"])
    wrong = {"$top": "-1"}
    assert client.get("/synonymmaps", params=wrong, version="2026-05-01-preview").status_code == 400
    newest = client.get("/synonymmaps", params=part, version="2026-08-01-preview").json()
    assert "@odata.count" not in newest
    assert len(newest["value"]) == 3


@pytest.mark.parametrize(
    ("version", "path", "status"),
    [
        (None, "/indexes", 400),
        ("2019-01-01", "/indexes", 400),
        ("2025-09-01", "/aliases", 404),
        (PREVIEW, "/aliases", 200),
        (PREVIEW.upper(), "/aliases", 200),
        (STABLE, "/nonsense", 404),
        (STABLE, "/indexes/docs/nonsense", 404),
        (STABLE, "/knowledgesources", 200),
        ("2025-09-01", "/knowledgebases", 404),
        (PREVIEW, "/indexstats", 501),
        (STABLE, "/indexes/docs/docs/search.suggest", 501),
        (STABLE, "/indexes('docs')/search.analyze", 405),
    ],
)
def test_versions_and_paths(version: str | None, path: str, status: int, client: Client) -> None:
    client.made("/indexes/docs", index_body())
    assert client.get(path, version=version).status_code == status


def test_a_property_exists_from_its_version_on(client: Client) -> None:
    body = source_body() | {"identity": None}
    assert client.put("/datasources/source", body, version="2024-07-01").status_code == 400
    assert client.put("/datasources/source", body).status_code == 201
    assert "identity" not in client.get("/datasources/source", version="2024-07-01").json()


def test_credentials(connect: Callable[..., Client]) -> None:
    locked = connect(admin_key="right")
    assert locked.get("/indexes", key=None).status_code == 401
    assert locked.get("/indexes", key="wrong").status_code == 403
    assert locked.get("/indexes", key="right").status_code == 200
    bearer = {"Authorization": "Bearer token"}
    assert locked.get("/indexes", key=None, headers=bearer).status_code == 200
    open_to_all = connect()
    assert open_to_all.get("/indexes", key="anything").status_code == 200
    assert open_to_all.get("/indexes", key=None).status_code == 401


def test_headers(client: Client) -> None:
    ids = {"x-ms-client-request-id": "abc"}
    made = client.put("/indexes/docs", index_body(), headers=ids)
    assert made.headers["x-ms-client-request-id"] == "abc"
    assert made.headers["odata-version"] == "4.0"
    assert made.headers["request-id"]
    assert made.headers["elapsed-time"].isdigit()
    assert made.json()["@odata.etag"] == made.headers["etag"]
    old = client.get("/indexes/docs", version="2020-06-30")
    assert old.headers["etag"] == "W/" + old.json()["@odata.etag"]
    assert client.get("/indexes/none").headers["content-language"] == "en"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ({"name": "docs"}, "required property 'fields'"),
        (index_body(colour="red"), "The property 'colour' does not exist on type"),
        (index_body(colours=[]), "Cannot find nested property 'colours'"),
        (index_body(fields=None), "null value was found for the property named 'fields'"),
        (index_body(fields="x"), "unexpected 'PrimitiveValue' node"),
        (index_body(defaultScoringProfile=7), "Cannot convert the literal '7'"),
        (index_body(fields=[{"name": "id", "type": "Edm.Text"}]), "literal 'Edm.Text'"),
        (index_body(similarity={"k1": 1}), "resource without a type name"),
        (index_body(analyzers=[{"name": "a", "@odata.type": "#X"}]), "Incompatible type kinds"),
        (index_body("other"), "name in the body"),
    ],
)
def test_strict_bodies(body: object, text: str, client: Client) -> None:
    reply = client.put("/indexes/docs", body)
    assert reply.status_code == 400
    assert text in reply.json()["error"]["message"]


def test_strict_json(client: Client) -> None:
    headers = {"api-key": "k", "content-type": "application/json"} | RETURN
    for content, text in (
        (b'{"name": ', "Invalid JSON"),
        (b"[]", "must be an object"),
        (b'{"name": "a", "name": "b"}', "Multiple properties with the name 'name'"),
    ):
        reply = client.call("PUT", "/indexes/docs", headers=headers, content=content)
        assert reply.status_code == 400
        assert text in reply.json()["error"]["message"]


def test_what_get_shows_can_be_sent_back(client: Client) -> None:
    pipeline(client)
    for path in ("/indexes/docs", "/skillsets/skills", "/indexers/indexer"):
        for version in (STABLE, PREVIEW):
            shown = client.get(path, version=version).json()
            assert client.put(path, shown, version=version).status_code == 200, path
