"""The body of a PUT: what goes back as it came, what is edited, and where secrets stand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from reconciler.model import pointer
from reconciler.model.plan import Edit
from reconciler.model.sensitive import Sensitive
from reconciler.planning.compare import compare
from reconciler.planning.request import Unsendable, create_body, unsendable, update_body
from reconciler.providers import kind
from tests.planning.stated import Body, entry, live, resource

ID = {"name": "id", "type": "Edm.String", "key": True}
A, B, C = ({"name": name, "type": "Edm.String"} for name in "abc")
SKILL = {"@odata.type": "#Microsoft.Skills.Custom.WebApiSkill", "uri": "https://f"}
NONE = {"@odata.type": "#Microsoft.Azure.Search.DataNoneIdentity"}
USER = {"@odata.type": "#Microsoft.Azure.Search.DataUserAssignedIdentity"}
KEY, KEPT, ABSENT = Sensitive("key"), Sensitive(None, keep=True), Sensitive(None, needs=("KEY",))


def sent(
    address: str, desired: Body, now: Body, prints: Mapping[str, str | None] | None = None
) -> Body:
    """The body of the update that the comparison of an object of ours asks for, without a name."""
    declared, shown = resource(address, desired), live(address, now)
    ours = entry(address, {}, fingerprints=prints or {})
    of = kind(declared.id.kind)
    found = compare(of, declared, shown, ours, str.upper)
    body = update_body(of, declared, shown, found.edits)
    assert body.pop("name") == "x"
    return body


CREATED: dict[str, tuple[Body, Body]] = {
    "what is declared": ({"type": "azureblob"}, {"name": "called", "type": "azureblob"}),
    "with its secret": (
        {"credentials": {"connectionString": KEY}},
        {"name": "called", "credentials": {"connectionString": KEY}},
    ),
    "null where one was to be kept": (
        {"credentials": {"connectionString": KEPT}},
        {"name": "called", "credentials": {"connectionString": None}},
    ),
}


@pytest.mark.parametrize(("desired", "body"), CREATED.values(), ids=CREATED)
def test_create_body(desired: Body, body: Body) -> None:
    assert create_body(resource("DataSource/x", desired, name_on_service="called")) == body


def skills(*uris: str, **more: Any) -> list[Body]:
    return [{**SKILL, "uri": uri, **more} for uri in uris]


UPDATED: dict[str, tuple[str, Body, Body, Body]] = {
    "a value": ("Index/x", {"description": "n"}, {"description": "o"}, {"description": "n"}),
    "a value more": ("Index/x", {"description": "n"}, {}, {"description": "n"}),
    "a value fewer": ("Index/x", {}, {"description": "o"}, {}),
    "a value beneath what is not there": (
        "Index/x",
        {"semantic": {"defaultConfiguration": "c"}},
        {},
        {"semantic": {"defaultConfiguration": "c"}},
    ),
    "the rest as it came": (
        "Index/x",
        {"description": "n", "fields": [ID]},
        {"description": "o", "corsOptions": {"allowedOrigins": ["*"]}, "fields": [A, ID]},
        {"description": "n", "fields": [A, ID]},
    ),
    "what is read-only is left out": (
        "Index/x",
        {"description": "n"},
        {"@odata.etag": "1", "description": "o"},
        {"description": "n"},
    ),
    "what is unknown is left out where it says nothing": (
        "Index/x",
        {"description": "n"},
        {"a": None, "b": [], "c": {}, "d": False, "e": 1, "f": {"g": None}, "h": 0},
        {"description": "n", "e": 1, "f": {"g": None}, "h": 0},
    ),
    "what is known goes back, also where it says nothing": (
        "Index/x",
        {"description": "n"},
        {"similarity": None, "analyzers": [], "corsOptions": {}},
        {"description": "n", "similarity": None, "analyzers": [], "corsOptions": {}},
    ),
    "an element at its key": (
        "Index/x",
        {"fields": [ID, {**A, "synonymMaps": ["m"]}]},
        {"fields": [A, ID]},
        {"fields": [{**A, "synonymMaps": ["m"]}, ID]},
    ),
    "new elements in the order of the manifest": (
        "Index/x",
        {"fields": [ID, C, B, A]},
        {"fields": [ID]},
        {"fields": [ID, C, B, A]},
    ),
    "new elements behind those that are there": (
        "Index/x",
        {"fields": [B, ID]},
        {"fields": [ID, C]},
        {"fields": [ID, C, B]},
    ),
    "an element that goes": (
        "Index/x",
        {"suggesters": [{"name": "b"}]},
        {"suggesters": [{"name": "a"}, {"name": "b"}]},
        {"suggesters": [{"name": "b"}]},
    ),
    "a list without keys, as a whole": (
        "Indexer/x",
        {"fieldMappings": [{"sourceFieldName": "a"}]},
        {"fieldMappings": [{"sourceFieldName": "b"}, {"sourceFieldName": "a"}]},
        {"fieldMappings": [{"sourceFieldName": "a"}]},
    ),
    "an identity that goes is cleared": (
        "DataSource/x",
        {},
        {"identity": USER},
        {"identity": NONE},
    ),
    "an element that goes by its number, with it": (
        "Skillset/x",
        {"skills": skills("https://f", "https://g")},
        {"skills": skills("https://f", name="#1")},
        {"skills": [*skills("https://f", name="#1"), *skills("https://g", name="#2")]},
    ),
    "elements that go by their number in their order": (
        "Skillset/x",
        {"skills": [*skills("https://a", name="a"), *skills("https://b", name="b")]},
        {
            "skills": [
                *skills("https://c", name="c"),
                *skills("https://b", name="b"),
                *skills("https://o", name="a"),
            ]
        },
        {"skills": [*skills("https://a", name="a"), *skills("https://b", name="b")]},
    ),
}


@pytest.mark.parametrize(("address", "desired", "now", "body"), UPDATED.values(), ids=UPDATED)
def test_update_body(address: str, desired: Body, now: Body, body: Body) -> None:
    given = {**now}
    assert sent(address, desired, given) == body
    assert given == now


def test_elements_that_go_by_their_number_stand_before_those_that_nobody_declared() -> None:
    """`update_body` is told which edits there are: here none takes the strange skill out."""
    declared = resource("Skillset/x", {"skills": skills("https://a", name="a")})
    strange, ours = skills("https://s", name="s"), skills("https://o", name="a")
    shown = live("Skillset/x", {"skills": [*strange, *ours]})
    edit = Edit(("skills", "a", "uri"), "https://o", "https://a")
    body = update_body(kind("Skillset"), declared, shown, [edit])
    assert [skill["name"] for skill in body["skills"]] == ["a", "s"]


def test_what_is_sent_is_a_copy() -> None:
    declared = resource("Skillset/x", {"skills": skills("https://f", name="s")})
    shown = live("Skillset/x", {"skills": []})
    body = update_body(kind("Skillset"), declared, shown, [Edit(("skills",), None, [])])
    body["skills"][0]["uri"] = "https://other"
    assert declared.body["skills"][0]["uri"] == "https://f"
    assert shown.body["skills"] == []


# secrets

AT = "/credentials/connectionString"
SOURCE: dict[str, tuple[Any, Any, str | None, Any]] = {
    "as it was written: keep what is stored": (KEY, None, "KEY", "<unchanged>"),
    "another one is sent": (KEY, None, "OLD", KEY),
    "kept: keep what is stored": (KEPT, None, "OLD", "<unchanged>"),
    "not available: keep what is stored": (ABSENT, None, "OLD", "<unchanged>"),
}


@pytest.mark.parametrize(("secret", "shown", "known", "put"), SOURCE.values(), ids=SOURCE)
def test_the_secret_of_a_data_source(secret: Any, shown: Any, known: str | None, put: Any) -> None:
    desired = {"description": "n", "credentials": {"connectionString": secret}}
    body = sent("DataSource/x", desired, {"credentials": {"connectionString": shown}}, {AT: known})
    assert body["credentials"] == {"connectionString": put}


SKILLS: dict[str, tuple[Any, Any, Any]] = {
    "it is always sent": (Sensitive("u"), "https://g", Sensitive("u")),
    "over a mask": (Sensitive("u"), "<redacted>", Sensitive("u")),
    "kept, shown: goes back as a secret": (KEPT, "https://g", Sensitive("https://g")),
    "kept, behind a mask: stays, and cannot be sent": (KEPT, "<redacted>", "<redacted>"),
    "plain, over a mask": ("https://g?code=1", "https://g?code=<redacted>", "https://g?code=1"),
    "not available: stands there without a value": (ABSENT, "https://g", ABSENT),
}


@pytest.mark.parametrize(("secret", "shown", "put"), SKILLS.values(), ids=SKILLS)
def test_the_secret_of_a_skill(secret: Any, shown: Any, put: Any) -> None:
    desired = {"description": "n", "skills": [{**SKILL, "name": "s", "uri": secret}]}
    now = {"skills": [{**SKILL, "name": "s", "uri": shown}]}
    body = sent("Skillset/x", desired, now, {"/skills/s/uri": "U"})
    assert body["skills"][0]["uri"] == put


def test_a_secret_of_what_is_not_there_is_put_there() -> None:
    desired = {"description": "n", "credentials": {"connectionString": KEY}}
    body = sent("DataSource/x", desired, {"credentials": None}, {AT: "OLD"})
    assert body["credentials"] == {"connectionString": KEY}
    kept = {"description": "n", "credentials": {"connectionString": KEPT}}
    assert "credentials" not in sent("DataSource/x", kept, {})


# what cannot be sent

HEADERS = {"name": "s", **SKILL, "httpHeaders": {"x-key": ABSENT, "y": "plain"}}
LACKING: dict[str, tuple[str, Body, Body, Unsendable | None]] = {
    "nothing": ("DataSource/x", {"type": "azureblob"}, {"type": "azureblob"}, None),
    "a secret that is there": (
        "DataSource/x",
        {"credentials": {"connectionString": KEY}},
        {"credentials": {"connectionString": KEY}},
        None,
    ),
    "one that is not": (
        "DataSource/x",
        {"credentials": {"connectionString": ABSENT}},
        {"credentials": {"connectionString": ABSENT}},
        Unsendable((("credentials", "connectionString"),), ("KEY",)),
    ),
    "one that is not, and need not be sent": (
        "DataSource/x",
        {"credentials": {"connectionString": ABSENT}},
        {"credentials": {"connectionString": "<unchanged>"}},
        None,
    ),
    "one behind a mask that was to be kept": (
        "DataSource/x",
        {"credentials": {"connectionString": KEPT}},
        {"credentials": {"connectionString": "a=1;k=<redacted>;b=2"}},
        Unsendable((("credentials", "connectionString"),), (), kept=True),
    ),
    "a mask in a marked text, wherever it stands": (
        "DataSource/x",
        {},
        {"credentials": {"connectionString": "before ***, after"}},
        Unsendable((("credentials", "connectionString"),), ()),
    ),
    "a mask in the place of a key, without a mark": (
        "Skillset/x",
        {"skills": []},
        {"skills": [{**SKILL, "name": "s", "uri": "https://f?code=<redacted>"}]},
        Unsendable((("skills", "s", "uri"),), ()),
    ),
    "words that look like a mask": (
        "Skillset/x",
        {"skills": []},
        {"description": "say *** or <redacted>", "skills": []},
        None,
    ),
    "one header": (
        "Skillset/x",
        {"skills": [HEADERS]},
        {"skills": [HEADERS]},
        Unsendable((("skills", "s", "httpHeaders"),), ("KEY",)),
    ),
}


@pytest.mark.parametrize(("address", "desired", "body", "lacking"), LACKING.values(), ids=LACKING)
def test_unsendable(address: str, desired: Body, body: Body, lacking: Unsendable | None) -> None:
    declared = resource(address, desired)
    assert unsendable(kind(declared.id.kind), declared, body) == lacking


def test_the_names_of_secrets_are_those_of_the_places_that_lack_one() -> None:
    both = {"connectionString": Sensitive(None, needs=("B", "A"))}
    declared = resource(
        "DataSource/x",
        {
            "credentials": both,
            "encryptionKey": {
                "accessCredentials": {"applicationSecret": Sensitive(None, needs=("OTHER",))}
            },
        },
    )
    lacking = unsendable(kind("DataSource"), declared, {"credentials": both})
    assert lacking is not None
    assert [pointer.render(path) for path in lacking.paths] == [AT]
    assert lacking.names == ("A", "B")
