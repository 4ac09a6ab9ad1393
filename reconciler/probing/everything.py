"""Every Check and EmbeddingModel of a project, asked side by side."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from reconciler.kinds.own.embedding_model import DEFAULT_SCOPE
from reconciler.model.resource import Resource
from reconciler.model.sensitive import Sensitive
from reconciler.opened import OpenProject
from reconciler.operating.names import name_on_service, version_of_index
from reconciler.probing.expectations import prove
from reconciler.probing.models import probe
from reconciler.probing.protocols import KEY_HEADERS, PEERS
from reconciler.probing.verdict import Failure, Verdict
from reconciler.service.documents import QUERIED, SearchDocuments
from reconciler.service.indexers import Indexers
from reconciler.wire import ApiKey, EntraId, Patience, Wire

BRIEF = Patience(attempts=2, asked=20.0, timeout=60.0)
"""A model that says "later" is asked once more: that it is short of quota is worth knowing."""


async def ask(project: OpenProject, wanted: Sequence[Resource]) -> list[Verdict]:
    """The verdict on each document, in their order.

    Args:
        wanted: Checks and EmbeddingModels, which must be valid.
    """
    models = [resource for resource in wanted if resource.address.kind == "EmbeddingModel"]
    checks = [resource for resource in wanted if resource.address.kind == "Check"]
    asked = [_model(project, model) for model in models]
    proved, probed = await asyncio.gather(_checks(project, checks), asyncio.gather(*asked))
    found = {verdict.address: verdict for verdict in (*proved, *probed)}
    return [found[resource.address] for resource in wanted]


async def _checks(project: OpenProject, checks: Sequence[Resource]) -> list[Verdict]:
    if not checks:
        return []
    async with project.connect(QUERIED) as wire:
        return list(await asyncio.gather(*(_check(project, check, wire) for check in checks)))


async def _check(project: OpenProject, check: Resource, wire: Wire) -> Verdict:
    default = project.project.api_version
    name = _target(project, check)
    version = version_of_index(project.loaded[0], name, default)
    return await prove(check, name, SearchDocuments(wire, version), Indexers(wire, default))


def _target(project: OpenProject, check: Resource) -> str:
    """What a check's index or indexer is called on the service."""
    resources = project.loaded[0]
    indexer = check.body.get("indexer")
    if indexer is not None:
        return name_on_service(resources, indexer, "Indexer")
    return name_on_service(resources, check.body["index"], "Alias", "Index")


async def _model(project: OpenProject, resource: Resource) -> Verdict:
    body, settings = resource.body, project.settings
    key = (body.get("credential") or {}).get("apiKey")
    if isinstance(key, Sensitive) and key.value is None:
        missing = ", ".join(f"`{name}`" for name in key.needs)
        why = f"the secret {missing} is not available here" if missing else "no api key is given"
        failure = Failure("credential", why, "set it, or leave `credential` out for Entra ID")
        return Verdict(resource.address, (), (failure,))
    protocol = body["protocol"]
    credential: ApiKey | EntraId
    if isinstance(key, Sensitive) and key.value:
        credential = ApiKey(key.value, KEY_HEADERS[protocol])
    else:
        credential = EntraId(body.get("scope") or DEFAULT_SCOPE, body.get("authority"))
    patience = settings.patience or BRIEF
    endpoint, peer = body["endpoint"], PEERS[protocol]
    async with Wire(endpoint, credential, patience, settings.transport, peer) as wire:
        return await probe(resource, wire)
