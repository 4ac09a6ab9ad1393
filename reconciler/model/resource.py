"""What is desired, and what is live."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from reconciler.model.json import JsonObject
from reconciler.model.pointer import Path, render
from reconciler.model.problem import Where
from reconciler.model.resource_id import ResourceId
from reconciler.model.sensitive import Sensitive


@dataclass(frozen=True, slots=True)
class Lifecycle:
    """What may happen to an object, beyond its body. `protect` and `on_remove` outlive it."""

    protect: bool = False
    adopt: bool = False
    on_remove: Literal["delete", "forget"] = "delete"
    on_rebuild: Literal["block"] = "block"
    reprocess: Literal["auto", "never"] = "auto"
    ignore: tuple[Path, ...] = ()


DEFAULT_LIFECYCLE = Lifecycle()
METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
"""The operations that a path of an OpenAPI file may have."""


@dataclass(frozen=True, slots=True)
class ContractFile:
    """Where an OpenAPI file describes what a part of an object calls.

    `name` is the file as the manifest names it, `content` the whole of it, and `path` leads there.
    """

    name: str
    path: Path
    content: JsonObject

    def __str__(self) -> str:
        return f"{self.name}#{render(self.path)}"


@dataclass(frozen=True, slots=True)
class Resource:
    """The desired state of one object.

    `body` is the REST body without its name; secret strings in it are `Sensitive`, and `secrets`
    lists them by path (list elements by their key, where they have one). `lint` has the
    ids of rules that are silenced for it, each with the reason; `contracts` is by the part's name.
    """

    id: ResourceId
    name_on_service: str
    api_version: str
    body: JsonObject
    where: Where
    lifecycle: Lifecycle = DEFAULT_LIFECYCLE
    depends_on: tuple[ResourceId, ...] = ()
    secrets: Mapping[Path, Sensitive] = field(default_factory=dict)
    lint: Mapping[str, str] = field(default_factory=dict)
    contracts: Mapping[str, ContractFile] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Live:
    """One object as the service returned it, by list or GET; `etag` is None where it has none."""

    id: ResourceId
    body: JsonObject
    etag: str | None
    api_version: str
    name_on_service: str = ""
