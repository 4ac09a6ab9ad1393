"""A session's export: read in the newest versions, and again where those show more."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from reconciler.exporting.collect import Exported, ExportInputs
from reconciler.exporting.collect import export as written
from reconciler.model.resource_id import ResourceId
from reconciler.providers.search.newest import listed_in, newest
from reconciler.providers.search.service import SearchService
from reconciler.redaction import REDACTOR
from reconciler.session.workspace import Workspace


async def export(
    workspace: Workspace, service: SearchService, targets: tuple[ResourceId, ...]
) -> Exported:
    """Manifests of what is live and not declared: all of it, or the targets and their needs.

    Raises:
        ProblemsError: a target is not live.
        ServiceError: the service cannot be read.
    """
    project = workspace.project
    declared = {resource.id for resource in workspace.manifests.resources}
    inputs = ExportInputs(
        live=await newest(service, project.api_version),
        targets=targets,
        declared=project.external | declared,
        version=project.api_version,
        secret_names=frozenset(n for n, origin in project.secrets.items() if not origin.keep),
        allow_unknown=project.allow_unknown,
        shown={},
    )
    exported = written(inputs)
    while exported.unseen:
        calls = sorted(exported.unseen)
        lists = await asyncio.gather(*(listed_in(service, *call) for call in calls))
        inputs = replace(inputs, shown={**inputs.shown, **dict(zip(calls, lists, strict=True))})
        exported = written(inputs)
    for value in exported.in_clear:
        REDACTOR.learn(value)
    return exported
