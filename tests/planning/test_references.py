"""Tables: what an object needs, by its body and by where it lies."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from reconciler.model.pointer import render
from reconciler.model.resource_id import ResourceId
from reconciler.references import held, links, needs, references, surroundings

from .stated import resource

INDEXER = {"dataSourceName": "d", "skillsetName": "s", "targetIndexName": "docs"}
KEY = {"name": "id", "type": "Edm.String", "key": True}
REFERENCES: dict[str, tuple[str, dict[str, Any], dict[str, str]]] = {
    "an indexer": (
        "Indexer",
        INDEXER,
        {
            "/dataSourceName": "DataSource/d",
            "/skillsetName": "Skillset/s",
            "/targetIndexName": "Index/docs",
        },
    ),
    "an indexer without skills": (
        "Indexer",
        {**INDEXER, "skillsetName": None},
        {"/dataSourceName": "DataSource/d", "/targetIndexName": "Index/docs"},
    ),
    "an alias": ("Alias", {"indexes": ["docs"]}, {"/indexes": "Index/docs"}),
    "a field's synonyms": (
        "Index",
        {"fields": [KEY, {"name": "text", "type": "Edm.String", "synonymMaps": ["m"]}]},
        {"/fields/text/synonymMaps": "SynonymMap/m"},
    ),
    "what a projection fills": (
        "Skillset",
        {"skills": [], "indexProjections": {"selectors": [{"targetIndexName": "chunks"}]}},
        {"/indexProjections/selectors/0/targetIndexName": "Index/chunks"},
    ),
    "a value of another type": (
        "Indexer",
        {**INDEXER, "skillsetName": 7},
        {
            "/dataSourceName": "DataSource/d",
            "/targetIndexName": "Index/docs",
        },
    ),
    "nothing": ("SynonymMap", {"format": "solr", "synonyms": "docs"}, {}),
}


@pytest.mark.parametrize("case", REFERENCES)
def test_references(case: str) -> None:
    of, body, expected = REFERENCES[case]
    assert {render(one.path): str(one.to) for one in references(of, body)} == expected


def test_an_alias_holds_its_index() -> None:
    assert {str(one) for one in held("Alias", {"indexes": ["docs"]})} == {"Index/docs"}
    assert held("Indexer", INDEXER) == set()


def test_needs_are_declared_ones() -> None:
    alone = resource("Indexer/i", INDEXER)
    index = resource("Index/docs", {"fields": [KEY]})
    i, docs, other = alone.id, index.id, ResourceId.parse("Index/other")
    assert needs([alone]) == {i: set()}
    assert needs([alone, index]) == {i: {docs}, docs: set()}
    ordered = replace(alone, depends_on=(docs, other))
    assert needs([ordered, index])[i] == {docs}
    found = {(str(one.to), one.only_order) for one in links([ordered])}
    assert ("Index/other", True) in found
    assert ("Index/docs", False) in found


GROUP = "/subscriptions/x/resourceGroups/rg"
STORE = f"{GROUP}/providers/Microsoft.Storage/storageAccounts/st"
BOX = f"{STORE}/blobServices/default/containers/c"
GRANT = f"{STORE}/providers/Microsoft.Authorization/roleAssignments/1"
SERVICE = f"{GROUP}/providers/Microsoft.Search/searchServices/docs"


def test_surroundings_follow_from_paths_and_the_endpoint() -> None:
    names = {
        "ResourceGroup/rg": GROUP,
        "StorageAccount/st": STORE.upper().replace("/SUBSCRIPTIONS", "/subscriptions"),
        "BlobContainer/st/c": BOX,
        "RoleAssignment/r": GRANT,
        "SearchService/docs": SERVICE,
        "DataSource/d": "d",
        "DataSource/other": "other",
    }
    source = {"type": "azureblob", "container": {"name": "c"}}
    declared = [
        resource(
            "DataSource/d",
            {**source, "credentials": {"connectionString": f"ResourceId={STORE};"}},
        ),
        resource(
            "DataSource/other",
            {**source, "credentials": {"connectionString": f"ResourceId={STORE}2;"}},
        ),
    ]
    endpoint = "https://DOCS.search.windows.net/"
    ids = {ResourceId.parse(address): name for address, name in names.items()}
    found = surroundings(ids, declared, endpoint)
    assert {str(i): {*map(str, used)} for i, used in found.items()} == {
        "ResourceGroup/rg": set(),
        "StorageAccount/st": {"ResourceGroup/rg"},
        "BlobContainer/st/c": {"ResourceGroup/rg", "StorageAccount/st"},
        "RoleAssignment/r": {"ResourceGroup/rg", "StorageAccount/st"},
        "SearchService/docs": {"ResourceGroup/rg"},
        "DataSource/d": {"SearchService/docs", "RoleAssignment/r"},
        "DataSource/other": {"SearchService/docs"},
    }
