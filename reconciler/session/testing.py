"""A session's assertions: every Check and EmbeddingModel, asked side by side.

So many at a time of each endpoint: one that does not answer holds none of the others.
"""

from __future__ import annotations

import asyncio
from asyncio import Semaphore
from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence

from reconciler.assertions.expectations import prove
from reconciler.assertions.models import probe
from reconciler.assertions.protocols import key_header, service_profile
from reconciler.assertions.result import AssertionResult, Failure
from reconciler.model.resource import Resource
from reconciler.model.sensitive import Sensitive
from reconciler.operations.names import name_on_service, version_of_index
from reconciler.providers.local.kinds.embedding_model import DEFAULT_SCOPE
from reconciler.providers.search.documents import SearchDocuments
from reconciler.providers.search.indexers import Indexers
from reconciler.redaction import REDACTOR
from reconciler.session.workspace import Workspace
from reconciler.wire import ApiKey, EntraId, RetryPolicy, Wire

BRIEF = RetryPolicy(attempts=2, max_retry_after=20.0, timeout=60.0)
"""A model that says "later" is asked once more: that it is short of quota is worth knowing."""


async def ask(
    workspace: Workspace,
    wanted: Sequence[Resource],
    search: Callable[[], Awaitable[Wire]],
    concurrency: int,
) -> list[AssertionResult]:
    """Whether each document holds, in their order.

    Args:
        wanted: Checks and EmbeddingModels, which must be valid.
        search: opens the wire to the search service, when a Check asks it for documents.
        concurrency: how many of them are asked of one endpoint at a time.
    """
    turns: dict[str, Semaphore] = defaultdict(lambda: Semaphore(concurrency))
    work = (
        _model(workspace, resource, turns[resource.body["endpoint"]])
        if resource.id.kind == "EmbeddingModel"
        else _check(workspace, resource, search, turns[workspace.project.service.endpoint])
        for resource in wanted
    )
    return list(await asyncio.gather(*work))


async def _check(
    workspace: Workspace, check: Resource, search: Callable[[], Awaitable[Wire]], turn: Semaphore
) -> AssertionResult:
    default = workspace.project.api_version
    name = _target(workspace, check)
    version = version_of_index(workspace.manifests.resources, name, default)
    async with turn:
        wire = await search()
        return await prove(check, name, SearchDocuments(wire, version), Indexers(wire, default))


def _target(workspace: Workspace, check: Resource) -> str:
    """What a check's index or indexer is called on the service."""
    resources = workspace.manifests.resources
    indexer = check.body.get("indexer")
    if indexer is not None:
        return name_on_service(resources, indexer, "Indexer")
    return name_on_service(resources, check.body["index"], "Alias", "Index")


async def _model(workspace: Workspace, resource: Resource, turn: Semaphore) -> AssertionResult:
    body, settings = resource.body, workspace.settings
    key = (body.get("credential") or {}).get("apiKey")
    if isinstance(key, Sensitive) and key.value is None:
        missing = ", ".join(key.needs)
        why = f"the secret {missing} is not available here" if missing else "no api key is given"
        failure = Failure("credential", why, "set it, or leave `credential` out for Entra ID")
        return AssertionResult(resource.id, (), (failure,))
    protocol, endpoint = body["protocol"], body["endpoint"]
    credential: ApiKey | EntraId
    if isinstance(key, Sensitive) and key.value:
        credential = ApiKey(key.value, key_header(protocol, endpoint))
    else:
        scope = body.get("scope") or DEFAULT_SCOPE
        credential = EntraId(scope, body.get("authority"), REDACTOR.learn)
    profile = service_profile(protocol, endpoint, key=isinstance(credential, ApiKey))
    policy = settings.retry_policy or BRIEF
    async with turn, Wire(endpoint, credential, profile, policy, settings.transport) as wire:
        return await probe(resource, wire)
