"""Which indexers began to run because of a plan that was applied."""

from __future__ import annotations

from reconciler.model.outcome import Outcome
from reconciler.model.plan import Plan
from reconciler.model.step import Run, Step
from reconciler.providers import kind
from reconciler.providers.service import Services
from reconciler.wire import ServiceError


async def started_indexers(plan: Plan, outcome: Outcome, services: Services) -> list[str]:
    """The names on the service of the indexers that the plan's runs are of.

    What an object created for itself is called is read; until then its name is a guess.
    """
    done = {result.step for result in outcome.results if result.status == "done"}
    versions = {step.resource: (call.name, call.api_version) for step, call in plan.calls}
    names = []
    for step in plan.steps:
        if step.id in done and isinstance(step.work, Run):
            names += await _names(step, step.work, services, *versions[step.resource])
    return list(dict.fromkeys(names))


async def _names(
    step: Step, run: Run, services: Services, name: str, api_version: str
) -> list[str]:
    creates = kind(step.resource.kind).creates
    if creates is None:
        return [run.indexer]
    try:
        live = await services.of(step.resource.kind).get(step.resource, name, api_version)
    except ServiceError:
        return []  # it was created: that its indexer cannot be followed is no failure of it
    parts = creates(live.body) if live is not None else ()
    return [part.name for part in parts if kind(part.kind).starts_on_create is not None]
