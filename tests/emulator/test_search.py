"""Full-text search: the simple syntax, scores, pages, facets, synonyms, and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from .conftest import Client, index_body

BARE = {"Accept": "application/json;odata.metadata=none"}
BOOKS: list[dict[str, Any]] = [
    {"id": "1", "title": "red apple", "text": "An apple a day", "tags": ["fruit"], "pages": 10},
    {
        "id": "2",
        "title": "green apple pie",
        "text": "Pie of the day",
        "tags": ["cake"],
        "pages": 25,
    },
    {"id": "3", "title": "red pear", "text": "Pears and pies", "tags": ["fruit", "red"]},
    {"id": "4", "title": "wi-fi at home", "text": "Nothing to eat", "pages": 30},
]


def books_index(**more: Any) -> dict[str, Any]:
    return {
        "name": "books",
        "fields": [
            {"name": "id", "type": "Edm.String", "key": True},
            {"name": "title", "type": "Edm.String"},
            {"name": "text", "type": "Edm.String", "analyzer": "en.lucene", "facetable": False},
            {"name": "tags", "type": "Collection(Edm.String)"},
            {"name": "pages", "type": "Edm.Int32"},
            {"name": "made", "type": "Edm.DateTimeOffset"},
        ],
        **more,
    }


def fill(client: Client, *documents: dict[str, Any], **more: Any) -> Client:
    client.made("/indexes/books", books_index(**more))
    reply = client.post("/indexes/books/docs/search.index", {"value": documents})
    assert reply.status_code == 200, reply.text
    return client


@pytest.fixture
def books(client: Client) -> Client:
    return fill(client, *BOOKS)


def found(client: Client, **query: Any) -> dict[str, Any]:
    reply = client.post("/indexes('books')/docs/search.post.search", query, headers=BARE)
    assert reply.status_code == 200, reply.text
    body: dict[str, Any] = reply.json()
    return body


def ids(client: Client, **query: Any) -> str:
    return "".join(hit["id"] for hit in found(client, **query)["value"])


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("pear", "3"),
        ("APPLE", "12"),
        ("red apple", "123"),
        ("red + apple", "1"),
        ("red | pie", "123"),
        ("red +apple | home", "14"),
        ("red + (pear | pie)", "3"),
        ('"green apple"', "2"),
        ('"apple green"', ""),
        ('"apple day"', ""),
        ("gre*", "2"),
        ("pear -green", "134"),
        ("-green + pear", "3"),
        ("wi-fi", "4"),
        ('"wi fi"', "4"),
        ("(red", "13"),
        ('"red', "13"),
        ("red)", "13"),
        ("\\(red\\)", "13"),
        ("the", ""),
        ("pear -", "3"),
        ("days", "12"),
        ("*", "1234"),
        ("", "1234"),
        ("   ", "1234"),
    ],
)
def test_the_simple_syntax(query: str, expected: str, books: Client) -> None:
    assert "".join(sorted(ids(books, search=query))) == expected


def test_all_terms_must_match_somewhere(books: Client) -> None:
    assert ids(books, search="red apple", searchMode="all") == "1"
    assert ids(books, search="green day", searchMode="all") == "2"
    assert ids(books, search="pear -green", searchMode="all") == "3"
    assert ids(books, search="the day", searchMode="all", searchFields="text") == "12"


def test_only_the_named_fields_are_searched(books: Client) -> None:
    assert ids(books, search="pie", searchFields="title") == "2"
    assert sorted(ids(books, search="fruit", searchFields="title,tags")) == ["1", "3"]
    for name, text in (("pages", "not searchable"), ("nothing", "named 'nothing'")):
        reply = books.post("/indexes/books/docs/search", {"search": "a", "searchFields": name})
        assert reply.status_code == 400
        assert text in reply.json()["error"]["message"]


def test_a_phrase_does_not_span_values(books: Client) -> None:
    batch = {"value": [{"id": "5", "tags": ["deep sea", "fish soup"]}]}
    books.post("/indexes/books/docs/search.index", batch)
    assert ids(books, search='"sea fish"') == ""
    assert ids(books, search='"fish soup"') == "5"


def test_scores_are_those_of_bm25(client: Client) -> None:
    """Computed by hand: one field, 2 documents, lengths 1 and 3 (kept as 1 and 4), average 2."""
    fill(client, {"id": "1", "title": "apple"}, {"id": "2", "title": "apple apple pie"})
    hits = found(client, search="apple", searchFields="title")["value"]
    idf, k1, b = 0.1823216, 1.2, 0.75  # ln(1 + 0.5 / 2.5)

    def score(times: int, length: int) -> float:
        return idf * times * (k1 + 1) / (times + k1 * (1 - b + b * length / 2))

    assert [hit["id"] for hit in hits] == ["1", "2"]
    assert hits[0]["@search.score"] == pytest.approx(score(1, 1), rel=1e-6)
    assert hits[1]["@search.score"] == pytest.approx(score(2, 4), rel=1e-6)


def test_the_parameters_of_bm25_are_the_index_s(client: Client) -> None:
    similarity = {"@odata.type": "#Microsoft.Azure.Search.BM25Similarity", "k1": 0, "b": 0}
    documents = [{"id": "1", "title": "apple"}, {"id": "2", "title": "apple apple pie"}]
    fill(client, *documents, similarity=similarity)
    scores = [hit["@search.score"] for hit in found(client, search="apple")["value"]]
    assert scores == [pytest.approx(0.1823216, rel=1e-6)] * 2


def test_deleted_documents_do_not_count(books: Client) -> None:
    before = found(books, search="red")["value"]
    documents = [{"id": "9", "title": "red red red"}, {"id": "9", "title": "blue"}]
    books.post("/indexes/books/docs/search.index", {"value": documents})
    assert sorted(ids(books, search="red")) == ["1", "3"]
    books.post(
        "/indexes/books/docs/search.index",
        {"value": [{"@search.action": "delete", "id": "9"}]},
    )
    assert found(books, search="red")["value"] == before
    assert ids(books, search="blue") == ""


def test_constant_scores(books: Client) -> None:
    assert {hit["@search.score"] for hit in found(books, filter="pages gt 1")["value"]} == {1.0}
    prefix = found(books, search="re*", searchFields="title")["value"]
    assert [hit["@search.score"] for hit in prefix] == [1.0, 1.0]


def test_annotations_come_when_they_are_asked_for(books: Client) -> None:
    assert list(found(books, search="red", top=1)) == ["value"]
    body = found(books, search="apple", top=1, skip=1, count=True, minimumCoverage=80)
    assert body["@odata.count"] == 2
    assert body["@search.coverage"] == 100.0
    assert len(body["value"]) == 1
    assert found(books, top=0, count=True) == {"@odata.count": 4, "value": []}


def test_selected_fields_are_in_the_index_s_order(books: Client) -> None:
    (hit,) = found(books, search="home", select="pages, id")["value"]
    assert list(hit) == ["@search.score", "id", "pages"]


def many(client: Client, number: int) -> Client:
    client.made("/indexes/books", books_index())
    for start in range(0, number, 1000):
        batch = [{"id": f"{key:05}"} for key in range(start, min(start + 1000, number))]
        client.post("/indexes/books/docs/search.index", {"value": batch})
    return client


def test_pages_without_top(client: Client) -> None:
    many(client, 120)
    query: dict[str, Any] = {"search": "*", "orderby": "id", "count": True}
    seen = []
    while query:
        body = found(client, **query)
        seen += [hit["id"] for hit in body["value"]]
        query = body.get("@search.nextPageParameters", {})
        assert ("@odata.nextLink" in body) == bool(query)
    assert seen == [f"{key:05}" for key in range(120)]
    assert "@odata.nextLink" not in found(client, top=50)


def test_pages_of_a_large_top(client: Client) -> None:
    many(client, 2500)
    first = found(client, search="*", top=2400)
    assert len(first["value"]) == 1000
    assert first["@search.nextPageParameters"] == {"search": "*", "top": 1400, "skip": 1000}
    second = found(client, **first["@search.nextPageParameters"])
    third = found(client, **second["@search.nextPageParameters"])
    assert len(third["value"]) == 400
    assert "@search.nextPageParameters" not in third


def test_search_by_get(client: Client) -> None:
    many(client, 60)
    params = {"search": "*", "$count": "true", "$orderby": "id desc", "$select": "id"}
    body = client.get("/indexes('books')/docs", params=params, headers=BARE).json()
    assert body["@odata.count"] == 60
    assert "@search.nextPageParameters" not in body
    assert "search=%2A" in body["@odata.nextLink"]
    following = dict(httpx.URL(body["@odata.nextLink"]).params)
    rest = client.get("/indexes('books')/docs", params=following, headers=BARE).json()
    assert [hit["id"] for hit in rest["value"]] == [f"{key:05}" for key in range(9, -1, -1)]
    params = {"facet": ["pages", "id,count:1"], "$top": "0"}
    body = client.get("/indexes/books/docs", params=params, headers=BARE).json()
    assert body["@search.facets"] == {"pages": [], "id": [{"count": 1, "value": "00000"}]}


@pytest.mark.parametrize(
    ("facet", "expected"),
    [
        ("tags", [("fruit", 2), ("cake", 1), ("red", 1)]),
        ("tags,count:1", [("fruit", 2)]),
        ("tags,sort:value", [("cake", 1), ("fruit", 2), ("red", 1)]),
        ("tags,sort:-value", [("red", 1), ("fruit", 2), ("cake", 1)]),
        ("tags,sort:-count", [("cake", 1), ("red", 1), ("fruit", 2)]),
        ("pages,interval:20", [(0, 1), (20, 2)]),
        ("made,interval:year", [("1999-01-01T00:00:00Z", 1), ("2001-01-01T00:00:00Z", 1)]),
    ],
)
def test_facets(facet: str, expected: list[tuple[Any, int]], client: Client) -> None:
    fill(client, *BOOKS)
    dates = {"5": "1999-05-06T00:00:00Z", "6": "2001-02-03T04:05:06Z"}
    batch = [{"id": key, "made": made} for key, made in dates.items()]
    client.post("/indexes/books/docs/search.index", {"value": batch})
    buckets = found(client, facets=[facet], top=1)["@search.facets"][facet.split(",")[0]]
    assert [(bucket["value"], bucket["count"]) for bucket in buckets] == expected


def test_facets_of_ranges(books: Client) -> None:
    facets = found(books, facets=["pages,values:10|20|30|40", "made,values:2000-01-01"])
    assert facets["@search.facets"] == {
        "pages": [
            {"count": 0, "to": 10.0},
            {"count": 1, "from": 10.0, "to": 20.0},
            {"count": 1, "from": 20.0, "to": 30.0},
            {"count": 1, "from": 30.0, "to": 40.0},
            {"count": 0, "from": 40.0},
        ],
        "made": [
            {"count": 0, "to": "2000-01-01T00:00:00.000+0000"},
            {"count": 0, "from": "2000-01-01T00:00:00.000+0000"},
        ],
    }


@pytest.mark.parametrize(
    "facet",
    ["text", "nothing", "tags,count:x", "pages,interval:5,values:1|2", "pages,values:5|1", "a b"],
)
def test_a_facet_that_is_refused(facet: str, books: Client) -> None:
    assert books.post("/indexes/books/docs/search", {"facets": [facet]}).status_code == 400


def test_synonyms_are_looked_for_too(client: Client) -> None:
    rules = "fruitcake, pie\ncar, motor car => apple"
    client.made("/synonymmaps/words", {"name": "words", "format": "solr", "synonyms": rules})
    client.made("/indexes/books", books_index())
    body = books_index()
    body["fields"][1]["synonymMaps"] = ["words"]
    client.made("/indexes/books", body)
    client.post("/indexes/books/docs/search.index", {"value": BOOKS})
    assert ids(client, search="fruitcake", searchFields="title") == "2"
    assert ids(client, search="Car", searchFields="title") == ids(
        client, search="apple", searchFields="title"
    )
    assert ids(client, search='"motor car"', searchFields="title") != ""
    assert ids(client, search="fruitca*", searchFields="title") == ""
    client.delete("/synonymmaps/words")
    reply = client.post("/indexes/books/docs/search", {"search": "car"})
    assert "The synonym map 'words'" in reply.json()["error"]["message"]


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ({"nonsense": 1}, "The parameter 'nonsense' in the request payload is not a valid"),
        ({"skip": 100001}, "Value must be between 0 and 100000.\r\nParameter name: $skip"),
        ({"top": -1}, "Parameter name: $top"),
        ({"top": "1"}, "Cannot convert the literal"),
        ({"count": 1}, "to the expected type 'Edm.Boolean'"),
        ({"searchMode": "some"}, "'some' is not a value"),
        ({"queryType": "odd"}, "'odd' is not a value"),
        ({"minimumCoverage": 101}, "Parameter name: minimumCoverage"),
        ({"select": "nothing"}, "Could not find a property named 'nothing'"),
    ],
)
def test_a_query_that_is_refused(query: dict[str, Any], message: str, books: Client) -> None:
    reply = books.post("/indexes/books/docs/search", query)
    assert reply.status_code == 400
    assert message in reply.json()["error"]["message"]


@pytest.mark.parametrize(
    "query", [{"search": "(" * 5000 + "a" + ")" * 5000}, {"filter": "not " * 5000 + "true"}]
)
def test_a_query_that_is_nested_too_deeply(query: dict[str, Any], books: Client) -> None:
    reply = books.post("/indexes/books/docs/search", query)
    assert reply.status_code == 400
    assert "nested too deeply" in reply.json()["error"]["message"]


@pytest.mark.parametrize(
    "query",
    [
        {"queryType": "full"},
        {"queryType": "semantic"},
        {"highlight": "title"},
        {"scoringProfile": "p"},
        {"scoringParameters": ["a-1"]},
        {"semanticConfiguration": "s"},
        {"answers": "extractive"},
        {"captions": "extractive"},
        {"speller": "lexicon"},
        {"debug": "all"},
        {"hybridSearch": {"maxTextRecallSize": 5}},
        {"facets": ["pages,metric:sum"]},
        {"facets": ["made,interval:day,timeoffset:+01:00"]},
    ],
)
def test_what_a_query_does_not_do_is_said(query: dict[str, Any], books: Client) -> None:
    reply = books.post("/indexes/books/docs/search", {"search": "red"} | query)
    assert reply.status_code == 501, reply.text
    assert "The emulator does not do" in reply.json()["error"]["message"]
    assert "session" not in ids(books, search="home", sessionId="session", captions="none")


@pytest.mark.parametrize("what", ["suggest", "autocomplete"])
def test_completions_are_not_done(what: str, books: Client) -> None:
    body = {"search": "re", "suggesterName": "sg"}
    assert books.post(f"/indexes/books/docs/search.post.{what}", body).status_code == 501


def test_an_analyzer_that_is_not_emulated_refuses_only_its_field(client: Client) -> None:
    body = books_index()
    body["fields"][2]["analyzer"] = "ja.lucene"
    client.made("/indexes/books", body)
    client.post("/indexes/books/docs/search.index", {"value": BOOKS})
    reply = client.post("/indexes/books/docs/search", {"search": "red"})
    assert reply.status_code == 501
    assert "ja.lucene" in reply.json()["error"]["message"]
    first = found(client, search="red", searchFields="title")
    assert [hit["id"] for hit in first["value"]] == ["1", "3"]
    assert found(client, search="red", searchFields="title") == first


def test_a_changed_definition_is_followed(books: Client) -> None:
    assert ids(books, search="quince") == ""
    changed = books_index()
    changed["fields"].append({"name": "note", "type": "Edm.String"})
    books.made("/indexes/books", changed)
    batch = {"value": [{"@search.action": "merge", "id": "4", "note": "a quince"}]}
    books.post("/indexes/books/docs/search.index", batch)
    assert ids(books, search="quince") == "4"
    assert ids(books, search="home") == "4"


def test_an_alias_is_searched(connect: Callable[..., Client]) -> None:
    client = fill(connect(), *BOOKS)
    client.made("/aliases/shelf", {"name": "shelf", "indexes": ["books"]})
    reply = client.post("/indexes/shelf/docs/search", {"search": "home"})
    assert [hit["id"] for hit in reply.json()["value"]] == ["4"]


def test_an_empty_index(client: Client) -> None:
    client.made("/indexes/books", books_index())
    body = found(client, search='red "green apple" re*', count=True, facets=["tags"])
    assert body == {"@odata.count": 0, "@search.facets": {"tags": []}, "value": []}
    assert found(client, search="*", orderby="pages", filter="pages eq 1") == {"value": []}


def test_an_index_that_is_not_there(client: Client) -> None:
    client.made("/indexes/docs", index_body())
    assert client.post("/indexes/nothing/docs/search", {}).status_code == 404
    assert client.put("/indexes/docs/docs/search", {}).status_code == 405


def test_words_that_are_too_long_or_left_out_keep_their_places(client: Client) -> None:
    """The service cuts words at 255 characters, and a stop word stays a gap in a phrase."""
    long = "x" * 300
    fill(client, {"id": "1", "title": f"{long} then", "text": "the state of the arts"})
    assert ids(client, search=f'"{"x" * 255} {"x" * 45} then"', searchFields="title") == "1"
    assert ids(client, search='"state of the art"', searchFields="text") == "1"
    assert ids(client, search='"state art"', searchFields="text") == ""


def test_a_document_that_was_written_again_is_found_by_its_new_words_only(client: Client) -> None:
    fill(client, {"id": "1", "title": "cold tea"}, {"id": "2", "title": "hot tea"})
    assert ids(client, search="cold") == "1"
    client.post("/indexes/books/docs/search.index", {"value": [{"id": "1", "title": "hot milk"}]})
    assert ids(client, search="cold") == ""
    assert sorted(ids(client, search="hot")) == ["1", "2"]
