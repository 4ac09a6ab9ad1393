"""What the engine does with live objects; each provider does it in its own way."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from reconciler.model.json import JsonObject
from reconciler.model.resource import Live
from reconciler.model.resource_id import ResourceId
from reconciler.model.step import Call
from reconciler.providers import Kind, provider_of
from reconciler.wire import Reply, ServiceError


class Service(Protocol):
    """One provider's objects, live.

    Every method raises `ServiceError` where the service cannot be read or refuses, and
    `OutcomeUnknown` where a write was sent and its answer does not say what became of it.
    """

    @property
    def is_conditional(self) -> bool:
        """Whether it sees itself to `absent` and `etag`."""

    def lacks_role(self, error: ServiceError) -> bool:
        """Whether it refused because an identity may not do something, as far as it says."""

    def is_early(self, error: ServiceError) -> bool:
        """Whether it refused for want of what is new, and of what it has not heard yet."""

    def collection(self, name: str) -> str:
        """Which list an object of that name is in; empty where a kind has only one."""

    async def list(self, of: Kind, api_version: str, collection: str = "") -> list[Live]:
        """Every object of a kind in a collection, in full, as an api-version shows it."""

    async def get(self, resource: ResourceId, name: str, api_version: str) -> Live | None:
        """One object by its name on the service, or None when there is none of that name."""

    def live(self, of: Kind, body: object, api_version: str) -> Live:
        """An object from the body of an answer."""

    async def write(self, resource: ResourceId, call: Call, body: JsonObject | None) -> Reply:
        """One PUT or DELETE, of a body with its secrets filled in.

        Preconditions that the service does not know (`body`) are the caller's.
        """

    async def contents(self, of: Kind, name: str, api_version: str) -> frozenset[str]:
        """The names of what lies in an object of a kind that has a list of that."""

    async def document_count(self, name: str, api_version: str) -> int:
        """How many documents an object holds whose kind holds data."""

    async def pause(self, attempt: int) -> None:
        """Wait before a write is sent again; longer after each attempt, from 1."""


class Services:
    """The services of a project.

    Args:
        services: by the group of their provider.
    """

    def __init__(self, services: Mapping[str, Service]) -> None:
        self._services = services

    def of(self, kind: str) -> Service:
        """The service that the objects of a kind are on.

        Raises:
            KeyError: the project has none of that provider.
        """
        return self._services[provider_of(kind).group]
