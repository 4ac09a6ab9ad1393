"""A project's connections to its services: opened when they are first used, closed at the end."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING

from reconciler.session.workspace import Workspace

if TYPE_CHECKING:
    from reconciler.providers.azure.service import ResourceManager
    from reconciler.providers.search.documents import SearchDocuments
    from reconciler.providers.search.indexers import Indexers
    from reconciler.providers.search.lists import ListCall
    from reconciler.providers.search.service import SearchService
    from reconciler.providers.service import Services
    from reconciler.wire import Reply, Wire


class Connections:
    """The services of a project, each by what is asked of it.

    Args:
        workspace: what says where they are, and who calls.
    """

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._open = AsyncExitStack()
        self._wires: dict[bool, Wire] = {}
        self._replies: dict[ListCall, Reply] = {}
        self._search: SearchService | None = None
        self._azure: ResourceManager | None = None

    async def close(self) -> None:
        """Close what was opened."""
        await self._open.aclose()

    async def services(self) -> Services:
        """What reads and writes the objects of every provider."""
        from reconciler.providers import AZURE, SEARCH
        from reconciler.providers.service import Service, Services

        services: dict[str, Service] = {SEARCH.group: await self.search()}
        if self._workspace.project.azure is not None:
            services[AZURE.group] = await self._resource_manager()
        return Services(services)

    async def search(self, *, asks: bool = False) -> SearchService:
        """The search service; `asks`: for one who also asks for documents, by other roles."""
        from reconciler.providers.search.service import SearchService

        if asks:
            return SearchService(await self.wire(asks=True))
        if self._search is None:
            self._search = SearchService(await self.wire(), self._replies)
        return self._search

    async def documents(self, api_version: str) -> SearchDocuments:
        """The documents of the search service's indexes, asked in an api-version."""
        from reconciler.providers.search.documents import SearchDocuments

        return SearchDocuments(await self.wire(asks=True), api_version)

    async def indexers(self) -> Indexers:
        """The runs of the search service's indexers."""
        from reconciler.providers.search.indexers import Indexers

        return Indexers(await self.wire(), self._workspace.project.api_version)

    def reuse(self, replies: Mapping[ListCall, Reply]) -> None:
        """Take answers to list calls that were made already; each is used once."""
        self._replies.update(replies)

    async def wire(self, *, asks: bool = False) -> Wire:
        """The wire to the search service; `asks`: for one who asks it for documents."""
        from reconciler.providers.search.documents import QUERIED
        from reconciler.providers.search.profile import SEARCH

        if asks not in self._wires:
            wire = self._workspace.connect(QUERIED if asks else SEARCH)
            self._wires[asks] = await self._open.enter_async_context(wire)
        return self._wires[asks]

    async def _resource_manager(self) -> ResourceManager:
        from reconciler.providers.azure.service import ENDPOINT, PROFILE, SCOPE, ResourceManager

        if self._azure is None:
            wire = self._workspace.connect_azure(ENDPOINT, SCOPE, PROFILE)
            self._azure = ResourceManager(await self._open.enter_async_context(wire))
        return self._azure
