"""`$filter` and `$orderby`: what they let through, how they sort, and what they refuse."""

from __future__ import annotations

from typing import Any

import pytest

from .conftest import Client

INDEX = {
    "name": "rooms",
    "fields": [
        {"name": "id", "type": "Edm.String", "key": True},
        {"name": "kind", "type": "Edm.String"},
        {"name": "lower", "type": "Edm.String", "normalizer": "lowercase"},
        {"name": "beds", "type": "Edm.Int32"},
        {"name": "price", "type": "Edm.Double"},
        {"name": "allowed", "type": "Edm.Boolean"},
        {"name": "built", "type": "Edm.DateTimeOffset"},
        {"name": "place", "type": "Edm.GeographyPoint"},
        {"name": "hidden", "type": "Edm.String", "filterable": False, "sortable": False},
        {"name": "tags", "type": "Collection(Edm.String)"},
        {"name": "sizes", "type": "Collection(Edm.Int32)"},
        {
            "name": "owner",
            "type": "Edm.ComplexType",
            "fields": [{"name": "name", "type": "Edm.String"}],
        },
        {
            "name": "offers",
            "type": "Collection(Edm.ComplexType)",
            "fields": [
                {"name": "price", "type": "Edm.Double"},
                {"name": "tags", "type": "Collection(Edm.String)"},
            ],
        },
    ],
}
ROOMS: list[dict[str, Any]] = [
    {
        "id": "1",
        "kind": "single",
        "lower": "New York",
        "beds": 1,
        "price": 10.5,
        "allowed": True,
        "built": "2000-01-01T00:00:00Z",
        "tags": ["old", "it's"],
        "sizes": [1, 5],
        "owner": {"name": "Ada"},
        "offers": [{"price": 1, "tags": ["a"]}, {"price": 9, "tags": ["b"]}],
    },
    {
        "id": "2",
        "kind": "Double",
        "beds": 2,
        "price": 20,
        "allowed": False,
        "built": "2000-01-01T00:00:00.5Z",
        "tags": ["new"],
        "sizes": [7],
        "offers": [{"price": 5, "tags": ["a"]}],
    },
    {"id": "3", "price": "NaN"},
]


@pytest.fixture
def rooms(client: Client) -> Client:
    client.made("/indexes/rooms", INDEX)
    client.post("/indexes/rooms/docs/search.index", {"value": ROOMS})
    return client


def ids(client: Client, **query: Any) -> str:
    reply = client.post("/indexes/rooms/docs/search.post.search", {"select": "id"} | query)
    assert reply.status_code == 200, reply.text
    return "".join(hit["id"] for hit in reply.json()["value"])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("kind eq 'single'", "1"),
        ("kind eq 'double'", ""),
        ("kind ne 'single'", "23"),
        ("'single' eq kind", "1"),
        ("kind eq null", "3"),
        ("kind ne null", "12"),
        ("lower eq 'NEW york'", "1"),
        ("beds gt 1", "2"),
        ("1 lt beds", "2"),
        ("beds ge 1 and beds le 1", "1"),
        ("beds eq -1", ""),
        ("price lt 1e2", "12"),
        ("price gt 10", "12"),
        ("price ne 20", "13"),
        ("price ge -INF", "12"),
        ("allowed", "1"),
        ("not allowed", "23"),
        ("allowed eq false", "2"),
        ("true", "123"),
        ("false or allowed", "1"),
        ("built gt 2000-01-01T00:00:00Z", "2"),
        ("built ge 2000-01-01T01:00+01:00", "12"),
        ("owner/name eq 'Ada'", "1"),
        ("owner eq null", "23"),
        ("kind gt 'Double'", "1"),
        ("kind ge 'Double'", "12"),
        ("kind lt 'a'", "2"),
        ("kind le 'single'", "12"),
        ("'a' lt kind", "1"),
        ("kind gt ''", "12"),
        ("owner/name lt 'Adb'", "1"),
        ("lower gt 'NEW'", "1"),
        ("not (kind gt 'a')", "23"),
        ("id ge '2' and id lt '3'", "2"),
        ("kind eq 'single' or kind eq 'Double' and beds eq 1", "1"),
        ("(kind eq 'single' or kind eq 'Double') and beds eq 2", "2"),
        ("not (beds eq 1)", "23"),
        ("tags/any()", "12"),
        ("not tags/any()", "3"),
        ("tags/any(t: t eq 'it''s')", "1"),
        ("tags/any(t:t eq 'old' or t eq 'new')", "12"),
        ("tags/all(t: t ne 'old')", "23"),
        ("tags/all(t: not (t eq 'old'))", "23"),
        ("tags/any(t: search.in(t, 'new, other'))", "2"),
        ("tags/all(t: not search.in(t, 'new|other', '|'))", "13"),
        ("sizes/any(s: s gt 5)", "2"),
        ("sizes/all(s: s lt 6)", "13"),
        ("offers/any(o: o/price gt 4 and o/price lt 6)", "2"),
        ("offers/any(o: o/tags/any(t: t eq 'b'))", "1"),
        ("offers/all(o: o/price gt 4)", "23"),
        ("search.in(kind, 'single,Double')", "12"),
        ("search.in(kind, 'single Double') eq false", "3"),
        ("search.in(kind, 'single|Double', '|') and beds eq 1", "1"),
        (" kind  eq 'single' ", "1"),
    ],
)
def test_filter(text: str, expected: str, rooms: Client) -> None:
    assert ids(rooms, filter=text) == expected


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("This is not a valid filter.", "Syntax error at position 7 in 'This is not a valid"),
        ("kind eq 'a' {x} kind", "Syntax error at position 15 in "),
        ("kind eq", "Syntax error at position 7 in 'kind eq'."),
        ("(kind eq 'a'", "Syntax error at position 12 in "),
        ("kind eq 'a", "unterminated string literal at position 8"),
        ("beds eq 3L", "Syntax error at position 10 in 'beds eq 3L'."),
        ("nothing eq 1", "Could not find a property named 'nothing' on type 'search.document'."),
        ("hidden eq 'a'", "'hidden' is not a filterable field."),
        ("allowed gt true", "operand types 'Edm.Boolean' and 'Edm.Boolean' for operator kind"),
        ("kind gt null", "operand types 'Edm.String' and '<null>' for operator kind 'Greater"),
        ("kind gt 1", "operand types 'Edm.String' and 'Edm.Int32' for operator kind 'Greater"),
        ("tags/any(t: t gt 'a')", "Invalid lambda expression."),
        ("kind eq 1", "operand types 'Edm.String' and 'Edm.Int32' for operator kind 'Equal'"),
        ("beds eq 'a'", "operand types 'Edm.Int32' and 'Edm.String'"),
        ("beds eq true", "operand types 'Edm.Int32' and 'Edm.Boolean'"),
        ("beds eq INF", "operand types 'Edm.Int32' and 'Edm.Double'"),
        ("beds gt null", "incompatible types"),
        ("built gt '2000-01-01'", "operand types 'Edm.DateTimeOffset' and 'Edm.String'"),
        ("not beds gt 5", "type 'Edm.Int32' for operator kind 'Not'"),
        ("beds", "must be one that is true or false"),
        ("beds eq price", "Only a field and a constant"),
        ("1 eq 1", "Only a field and a constant"),
        ("tags eq 'a'", "use any() or all()"),
        ("offers/price eq 1", "use any() or all()"),
        ("kind/any(k: k eq 'a')", "no collection"),
        ("tags/any(t: kind eq 'a')", "not bound to the range variable"),
        ("tags/any(t: t ne 'a')", "Invalid lambda expression."),
        ("tags/all(t: t eq 'a')", "Invalid lambda expression."),
        ("contains(kind, 'a')", "The function 'contains' is unknown"),
        ("search.in(beds, '1')", "search.in"),
    ],
)
def test_a_filter_that_is_refused(text: str, message: str, rooms: Client) -> None:
    reply = rooms.post("/indexes/rooms/docs/search", {"filter": text})
    assert reply.status_code == 400, reply.text
    error = reply.json()["error"]
    assert error["code"] == ""
    assert message in error["message"]
    assert error["message"].endswith("\r\nParameter name: $filter")


@pytest.mark.parametrize(
    "text",
    [
        "search.ismatch('a')",
        "search.ismatchscoring('a')",
        "geo.distance(place, geography'POINT(1 2)') le 5",
        "geo.intersects(place, geography'POLYGON((1 1, 2 2, 3 3, 1 1))')",
    ],
)
def test_what_a_filter_does_not_do_is_said(text: str, rooms: Client) -> None:
    reply = rooms.post("/indexes/rooms/docs/search", {"filter": text})
    assert reply.status_code == 501
    assert text.partition("(")[0] in reply.json()["error"]["message"]


@pytest.mark.parametrize(
    ("orderby", "expected"),
    [
        ("beds", "312"),
        ("beds desc", "213"),
        ("kind asc", "321"),
        ("built desc", "213"),
        ("allowed desc, id", "123"),
        ("owner/name desc,id desc", "132"),
        ("search.score() desc, id desc", "321"),
    ],
)
def test_orderby(orderby: str, expected: str, rooms: Client) -> None:
    assert ids(rooms, orderby=orderby) == expected


@pytest.mark.parametrize(
    ("orderby", "status", "message"),
    [
        ("hidden", 400, "'hidden' is not a sortable field."),
        ("tags", 400, "'tags' is not a sortable field."),
        ("nothing", 400, "Could not find a property named 'nothing'"),
        ("beds down", 400, "Syntax error at position 9 in 'beds down'."),
        (",".join(["beds"] * 33), 400, "more than 32 clauses"),
        ("geo.distance(place, geography'POINT(1 2)')", 501, "geo.distance in $orderby"),
    ],
)
def test_an_order_that_is_refused(orderby: str, status: int, message: str, rooms: Client) -> None:
    reply = rooms.post("/indexes/rooms/docs/search", {"orderby": orderby})
    assert reply.status_code == status
    assert message in reply.json()["error"]["message"]
