"""A session's export: read in the newest versions, and again where those show more.

What lint rules say of it is silenced beside the object: the service runs with it as it is.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

from reconciler import lint
from reconciler.exporting.collect import Exported, ExportInputs
from reconciler.exporting.collect import export as written
from reconciler.exporting.draft import Draft
from reconciler.lint.rule import rules
from reconciler.model.problem import Problem, Where, errors
from reconciler.model.resource import Resource
from reconciler.model.resource_id import ResourceId
from reconciler.providers.search.newest import listed_in, newest
from reconciler.providers.search.service import SearchService
from reconciler.redaction import REDACTOR
from reconciler.session.workspace import Workspace

REASON = "live as it is"
"""Why an exported manifest silences a rule."""


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
    objections = _objections(workspace, exported)
    impossible = {
        made.id: problem.message
        for made, problem in reversed(objections)
        if problem.code not in rules()
    }
    if impossible:
        exported = written(replace(inputs, impossible=impossible))
    drafts = (_silencing(made, objections) for made in exported.drafts)
    return replace(exported, drafts=tuple(drafts))


def _objections(workspace: Workspace, exported: Exported) -> list[tuple[Draft, Problem]]:
    """What the rules about whole stacks would refuse of the drafts, beside what is declared."""
    nowhere, declared = Path(), workspace.manifests
    drafts = [
        Resource(
            made.id,
            made.id.name,
            made.api_version or workspace.project.api_version,
            made.body,
            Where(nowhere, number),
        )
        for number, made in enumerate(exported.drafts)
    ]
    known = frozenset((*exported.external, *exported.created))
    stack = workspace.stack((*declared.resources, *drafts), declared.local, known)
    found = errors(lint.check(stack).problems)
    places = ((problem.where, problem) for problem in found)
    return [(exported.drafts[w.document], p) for w, p in places if w and w.file == nowhere]


def _silencing(made: Draft, objections: list[tuple[Draft, Problem]]) -> Draft:
    """A draft that silences the rules that object to it, and says so."""
    mine = [problem for other, problem in objections if other.id == made.id]
    said = (f"{one.message} [{one.code}]; its manifest silences that" for one in mine)
    silenced = {problem.code: REASON for problem in mine}
    return replace(made, doubts=(*made.doubts, *dict.fromkeys(said)), lint=silenced)
