"""What a newer api-version shows and an older one would drop."""

from __future__ import annotations

import pytest

from reconciler.model import pointer
from reconciler.planning.unseen import loss, unreadable, unseen
from reconciler.providers import kind
from tests.planning.stated import Body, live, resource

ID = {"name": "id", "type": "Edm.String", "key": True}
VECTOR = {
    "name": "v",
    "type": "Collection(Edm.Single)",
    "dimensions": 3,
    "vectorSearchProfile": "p",
}
COMPRESSION = {"name": "c", "kind": "scalarQuantization"}
OLD = "2024-07-01"
UNSEEN: dict[str, tuple[str, Body, Body, list[str]]] = {
    "nothing more": ("Index/x", {"fields": [ID]}, {"fields": [ID]}, []),
    "a value": ("Index/x", {}, {"permissionFilterOption": "enabled"}, ["/permissionFilterOption"]),
    "a value in an element": (
        "Index/x",
        {"fields": [ID]},
        {"fields": [{**ID, "sensitivityLabel": True}]},
        ["/fields/id/sensitivityLabel"],
    ),
    "what nobody knows": ("Index/x", {}, {"unheard": {"of": 1}}, ["/unheard"]),
    "null, false and an empty text say nothing": (
        "Index/x",
        {},
        {"description": "", "unheard": False, "tags": None, "list": []},
        [],
    ),
    "zero says something": ("Index/x", {}, {"unheard": 0}, ["/unheard"]),
    "false where true is the default": (
        "Index/x",
        {"fields": [VECTOR]},
        {"fields": [{**VECTOR, "stored": False}]},
        ["/fields/v/stored"],
    ),
    "the default, written out": (
        "Index/x",
        {"fields": [VECTOR]},
        {"fields": [{**VECTOR, "stored": True}]},
        [],
    ),
    "false and zero beneath, where they are no defaults": (
        "Index/x",
        {"vectorSearch": {"compressions": [COMPRESSION]}},
        {
            "vectorSearch": {
                "compressions": [
                    {
                        **COMPRESSION,
                        "rescoringOptions": {"enableRescoring": False, "defaultOversampling": 0},
                    }
                ]
            }
        },
        [
            f"/vectorSearch/compressions/c/rescoringOptions/{name}"
            for name in ("defaultOversampling", "enableRescoring")
        ],
    ),
    "what both show otherwise": ("Index/x", {"description": "a"}, {"description": "b"}, []),
    "what only the older one shows": ("Index/x", {"description": "a"}, {}, []),
    "what the service fills in": ("Index/x", {}, {"purviewEnabled": False}, []),
    "what the service chooses": (
        "Indexer/x",
        {"parameters": {"maxFailedItems": 1}},
        {"parameters": {"maxFailedItems": 1, "batchSize": 10}},
        [],
    ),
}


@pytest.mark.parametrize(("address", "own", "newer", "paths"), UNSEEN.values(), ids=UNSEEN)
def test_unseen(address: str, own: Body, newer: Body, paths: list[str]) -> None:
    of = kind(address.partition("/")[0])
    found = unseen(of, live(address, own, OLD), live(address, newer))
    assert list(map(pointer.render, found)) == paths
    problem = loss(resource(address, own, OLD), live(address, own, OLD), live(address, newer), of)
    assert (problem is not None) is bool(paths)


NEEDED: dict[str, tuple[Body, str, str]] = {
    "the first version that has it": ({"description": "a"}, "2024-07-01", "2025-09-01"),
    "a preview, where only those have it": (
        {"permissionFilterOption": "enabled"},
        "2024-07-01",
        "2025-05-01-preview",
    ),
    "the youngest of several": (
        {"description": "a", "permissionFilterOption": "enabled"},
        "2024-07-01",
        "2025-09-01",
    ),
    "a preview, for a stable version that is younger": (
        {"permissionFilterOption": "enabled"},
        "2025-09-01",
        "2025-05-01-preview",
    ),
    "the newest, of what nobody knows": ({"unheard": 1}, "2024-07-01", "2026-08-01-preview"),
}


@pytest.mark.parametrize(("more", "version", "needed"), NEEDED.values(), ids=NEEDED)
def test_the_version_to_declare(more: Body, version: str, needed: str) -> None:
    declared = resource("Index/x", {}, version)
    problem = loss(declared, live("Index/x", {}, version), live("Index/x", more), kind("Index"))
    assert problem is not None
    assert f"/{needed}, or a later one" in problem.fix
    assert f"which api-version {version} does not show" in problem.message
    assert all(f"/{name}" in problem.message for name in more)
    assert (problem.code, problem.where) == ("dropped-unseen", declared.where)


def test_unreadable_names_the_newest_version() -> None:
    assert "does not take api-version 2026-08-01-preview" in unreadable("Index")
