"""What an object needs: by its body, by what its document says, and by where it lies."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from reconciler.model import pointer
from reconciler.model.resource import Resource
from reconciler.model.resource_id import ResourceId
from reconciler.model.sensitive import Sensitive
from reconciler.references import (
    Link,
    creators,
    held,
    links,
    needs,
    references,
    surroundings,
    targets,
    to_be_created,
)
from tests.planning.stated import Body, ids, live, resource

SEARCH_INDEX = {"kind": "searchIndex", "searchIndexParameters": {"searchIndexName": "i"}}
FOUND: dict[str, tuple[str, Body, list[tuple[str, tuple[Any, ...], str, bool]]]] = {
    "none": ("Index", {"description": "Index/i"}, []),
    "a name": (
        "Indexer",
        {"targetIndexName": "i"},
        [("/targetIndexName", ("targetIndexName",), "Index/i", False)],
    ),
    "no name": ("Indexer", {"targetIndexName": "", "dataSourceName": None}, []),
    "what is no text": ("Indexer", {"targetIndexName": 3}, []),
    "a list of names": (
        "Alias",
        {"indexes": ["i", "", None, "j"]},
        [
            ("/indexes", ("indexes", 0), "Index/i", True),
            ("/indexes", ("indexes", 3), "Index/j", True),
        ],
    ),
    "within an element": (
        "Index",
        {"fields": [{"name": "id"}, {"name": "f", "type": "Edm.String", "synonymMaps": ["m"]}]},
        [("/fields/f/synonymMaps", ("fields", 1, "synonymMaps", 0), "SynonymMap/m", False)],
    ),
    "one that holds": (
        "KnowledgeSource",
        SEARCH_INDEX,
        [
            (
                "/searchIndexParameters/searchIndexName",
                ("searchIndexParameters", "searchIndexName"),
                "Index/i",
                True,
            )
        ],
    ),
}


@pytest.mark.parametrize(("of", "body", "found"), FOUND.values(), ids=FOUND)
def test_references(
    of: str, body: Body, found: list[tuple[str, tuple[Any, ...], str, bool]]
) -> None:
    told = [
        (pointer.render(one.path), one.position, str(one.to), one.holds)
        for one in references(of, body)
    ]
    assert told == found
    assert targets(of, body) == ids(*(to for _, _, to, _ in found))
    assert held(of, body) == ids(*(to for _, _, to, holds in found if holds))


INDEXER = {"targetIndexName": "i", "dataSourceName": "d"}
READER, INDEX, SOURCE, ALIAS = (
    ResourceId.parse(text) for text in ("Indexer/x", "Index/i", "DataSource/d", "Alias/z")
)


def test_needs_are_among_what_is_declared() -> None:
    indexer = resource("Indexer/x", INDEXER, depends_on=(ALIAS,))
    index, alias = resource("Index/i", {}), resource("Alias/z", {})
    assert needs([indexer, index]) == {READER: {INDEX}, INDEX: set()}
    assert needs([indexer, alias]) == {READER: {ALIAS}, ALIAS: set()}


def test_links() -> None:
    indexer = resource("Indexer/x", INDEXER, depends_on=(ALIAS, INDEX))
    alias = resource("Alias/b", {"indexes": ["i"]})
    assert links([indexer, alias]) == [
        Link(alias.id, INDEX, False),
        Link(READER, ALIAS, True),
        Link(READER, SOURCE, False),
        Link(READER, INDEX, False),
    ]


def test_creators() -> None:
    made = {"azureBlobParameters": {"createdResources": {"index": "k-index"}}}
    lives = [live("KnowledgeSource/k", made), live("Index/i", made), live("KnowledgeSource/l", {})]
    assert {str(p): str(c) for p, c in creators(lives).items()} == {
        "Index/k-index": "KnowledgeSource/k"
    }


def test_what_is_to_be_created() -> None:
    blobs = resource("KnowledgeSource/k", {"kind": "azureBlob", "azureBlobParameters": {}})
    others = [resource("KnowledgeSource/l", SEARCH_INDEX), resource("Index/i", {})]
    assert to_be_created(others) == set()
    assert ResourceId("Index", "k-index") in to_be_created([blobs, *others])


# what no field names

GROUP = "/subscriptions/S/resourceGroups/Shop"
ACCOUNT = f"{GROUP}/providers/Microsoft.Storage/storageAccounts/docs"
CONTAINER = f"{ACCOUNT}/blobServices/default/containers/c"
SERVICE = f"{GROUP}/providers/Microsoft.Search/searchServices/find"
NAMES = {
    "ResourceGroup/g": GROUP,
    "StorageAccount/a": ACCOUNT,
    "BlobContainer/a/c": CONTAINER,
    "SearchService/s": SERVICE,
    "Index/i": "i",
    "DataSource/d": "d",
}
ENDPOINT = "https://find.search.windows.net"
ROLE = "/providers/Microsoft.Authorization/roleAssignments/guid"


def around(
    names: dict[str, str], declared: list[Resource], endpoint: str = ENDPOINT
) -> dict[str, set[str]]:
    parsed = {ResourceId.parse(address): name for address, name in names.items()}
    found = surroundings(parsed, declared, endpoint)
    return {str(id_): set(map(str, some)) for id_, some in found.items()}


def test_what_objects_lie_in_and_are_on() -> None:
    assert around(NAMES, []) == {
        "ResourceGroup/g": set(),
        "StorageAccount/a": {"ResourceGroup/g"},
        "BlobContainer/a/c": {"ResourceGroup/g", "StorageAccount/a"},
        "SearchService/s": {"ResourceGroup/g"},
        "Index/i": {"SearchService/s"},
        "DataSource/d": {"SearchService/s"},
    }


LYING: dict[str, tuple[str, str, bool]] = {
    "a path in another case": (GROUP.lower(), ACCOUNT.upper(), True),
    "a path that begins alike": (GROUP, f"{GROUP}-2/providers/P/t/n", False),
    "another path": (GROUP, "/subscriptions/S/resourceGroups/Other/providers/P/t/n", False),
    "the same path": (GROUP, GROUP, False),
}


@pytest.mark.parametrize(("outer", "inner", "lies"), LYING.values(), ids=LYING)
def test_what_lies_in_what(outer: str, inner: str, lies: bool) -> None:
    found = around({"ResourceGroup/g": outer, "StorageAccount/a": inner}, [])
    assert found["StorageAccount/a"] == ({"ResourceGroup/g"} if lies else set())


HOSTS: dict[str, tuple[str, bool]] = {
    "its endpoint": (ENDPOINT, True),
    "with a slash": (f"{ENDPOINT}/", True),
    "in capitals": (ENDPOINT.upper(), True),
    "of another service": ("https://other.search.windows.net", False),
    "an emulator": ("http://127.0.0.1:80", False),
}


@pytest.mark.parametrize(("endpoint", "on"), HOSTS.values(), ids=HOSTS)
def test_what_a_search_object_is_on(endpoint: str, on: bool) -> None:
    assert around(NAMES, [], endpoint)["Index/i"] == ({"SearchService/s"} if on else set())
    assert around(NAMES, [], endpoint)["ResourceGroup/g"] == set()


def source(connection: Any) -> Callable[[], Resource]:
    return lambda: resource("DataSource/d", {"credentials": {"connectionString": connection}})


READING: dict[str, tuple[str, Callable[[], Resource], bool]] = {
    "the path at which it is granted": (ACCOUNT, source(f"ResourceId={ACCOUNT};"), True),
    "a path beneath it": (GROUP, source(f"ResourceId={ACCOUNT};"), True),
    "in another case": (ACCOUNT, source(f"ResourceId={ACCOUNT.upper()};"), True),
    "within a secret": (ACCOUNT, source(Sensitive(f"ResourceId={ACCOUNT};")), True),
    "a path above it": (CONTAINER, source(f"ResourceId={ACCOUNT};"), False),
    "another path": (f"{GROUP}/providers/P/t/other", source(f"ResourceId={ACCOUNT};"), False),
    "a path that begins alike": (ACCOUNT, source(f"ResourceId={ACCOUNT}2;"), False),
    "no path": (ACCOUNT, source("AccountName=docs"), False),
    "a secret that is not here": (ACCOUNT, source(Sensitive(None)), False),
}


@pytest.mark.parametrize(("scope", "reader", "needed"), READING.values(), ids=READING)
def test_who_needs_a_grant(scope: str, reader: Callable[[], Resource], needed: bool) -> None:
    names = {**NAMES, "RoleAssignment/r": f"{scope}{ROLE}"}
    found = around(names, [reader()])
    assert ("RoleAssignment/r" in found["DataSource/d"]) is needed
    assert "RoleAssignment/r" not in found["Index/i"]
    assert "SearchService/s" in found["DataSource/d"]


def test_what_a_grant_is_on() -> None:
    names = {**NAMES, "RoleAssignment/r": f"{ACCOUNT}{ROLE}"}
    assert around(names, [])["RoleAssignment/r"] == {"StorageAccount/a", "ResourceGroup/g"}


def test_a_grant_needs_no_grant() -> None:
    names = {**NAMES, "RoleAssignment/r": f"{GROUP}{ROLE}", "RoleAssignment/q": f"{ACCOUNT}{ROLE}"}
    inner = resource("RoleAssignment/q", {"scope": ACCOUNT})
    assert around(names, [inner])["RoleAssignment/q"] == {"StorageAccount/a", "ResourceGroup/g"}
