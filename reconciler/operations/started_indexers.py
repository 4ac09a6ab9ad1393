"""Which indexers began to run because of a plan that was applied."""

from __future__ import annotations

from reconciler.model.outcome import Outcome
from reconciler.model.plan import Plan
from reconciler.providers import kind
from reconciler.providers.search.service import SearchService
from reconciler.wire import ServiceError


async def started_indexers(plan: Plan, outcome: Outcome, service: SearchService) -> list[str]:
    """The names on the service of the indexers that the plan created, or that run for a
    knowledge source that it created; without those that are disabled.
    """
    done = {result.step for result in outcome.results if result.status == "done"}
    running = {change.id for change in plan.changes if change.runs}
    names = []
    for step in plan.steps:
        if step.id not in done:
            continue
        if step.resource.kind == "Indexer" and step.resource in running:
            names.append(step.call.name)
        creates = kind(step.resource.kind).creates
        if creates is None or step.precondition.kind != "absent":
            continue
        try:
            found = await service.get(step.resource, step.call.name, step.call.api_version)
        except ServiceError:
            continue  # it was created: that its indexer cannot be followed is no failure of it
        made = creates(found.body) if found is not None else ()
        names += [address.name for address in made if address.kind == "Indexer"]
    return names
