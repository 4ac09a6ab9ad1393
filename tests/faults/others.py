"""What somebody else does to an object of the stack."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from tests.world import World

Deed = Callable[[World, str], None]


def change(world: World, address: str) -> None:
    world.service.edit(address, lambda body: body.update(_theirs(address)))


def delete(world: World, address: str) -> None:
    """What the service does not let go of it under goes first."""
    for holder in _HOLDERS.get(address.partition("/")[0], ()):
        if world.service.get(holder):
            world.service.delete(holder)
    world.service.delete(address)


def create(world: World, address: str, body: dict[str, Any]) -> None:
    """Create what is not there, otherwise than we would, once what it names is there."""
    for needed in _NEEDED.get(address, ()):
        _wait_for(world, needed)
    plain = {key: value for key, value in body.items() if not key.startswith("@odata.")}
    if "credentials" in plain:
        plain["credentials"] = {"connectionString": "AccountName=docs;AccountKey=theirs"}
    world.service.put(address, plain | _theirs(address))


def _wait_for(world: World, address: str) -> None:
    for _ in range(2000):
        if world.service.get(address) is not None:
            return
        time.sleep(0.005)
    raise AssertionError(f"{address} is not there")


def did(world: World, address: str) -> bool:
    """Whether an object is as they made it."""
    body = world.service.get(address) or {}
    return body.items() >= _theirs(address).items()


_HOLDERS = {
    "Index": ("Alias/docs", "KnowledgeBase/docs", "KnowledgeSource/docs"),
    "KnowledgeSource": ("KnowledgeBase/docs",),
}
"""What holds the objects of a kind, in the order in which it can be deleted."""


_NEEDED = {"Alias/docs": ("Index/docs-v2",)}
"""What theirs needs, and ours does not."""


def _theirs(address: str) -> dict[str, Any]:
    if address.startswith("SynonymMap/"):
        return {"synonyms": "theirs, usa"}
    if address.startswith("Alias/"):
        return {"indexes": ["docs-v2"]}
    return {"description": "theirs"}
