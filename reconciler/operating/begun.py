"""Which indexers began to run because of a plan that was applied."""

from __future__ import annotations

from reconciler.kinds import kind
from reconciler.model.outcome import Outcome
from reconciler.model.plan import Plan
from reconciler.service.search import SearchService
from reconciler.wire import ServiceError


async def begun(plan: Plan, outcome: Outcome, service: SearchService) -> list[str]:
    """The names on the service of the indexers that the plan created, or that run for a
    knowledge source that it created; without those that are disabled.
    """
    done = {result.step for result in outcome.results if result.status == "done"}
    running = {change.address for change in plan.changes if change.runs}
    names = []
    for step in plan.steps:
        if step.id not in done:
            continue
        if step.address.kind == "Indexer" and step.address in running:
            names.append(step.call.name)
        creates = kind(step.address.kind).creates
        if creates is None or step.precondition.kind != "absent":
            continue
        try:
            found = await service.get(step.address, step.call.name, step.call.api_version)
        except ServiceError:
            continue  # it was created: that its indexer cannot be followed is no failure of it
        made = creates(found.body) if found is not None else ()
        names += [address.name for address in made if address.kind == "Indexer"]
    return names
