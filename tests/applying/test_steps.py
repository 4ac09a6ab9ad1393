"""An object with several steps: it is done with the last of them, and not before."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from reconciler.model.outcome import Outcome, Result
from reconciler.model.plan import Plan, Precondition, Step
from reconciler.providers.search.service import SearchService
from reconciler.session.session import Choice
from tests.laws.bench import Bench, bench
from tests.laws.stacks import Document

SOURCE = Document(
    "DataSource",
    "docs",
    {
        "type": "azureblob",
        "credentials": {"connectionString": "${secret.alpha}"},
        "container": {"name": "docs"},
    },
)


def in_two_steps(plan: Plan) -> Plan:
    """A plan whose one object is written twice, the second time under what cannot hold."""
    (step,) = plan.steps
    second = replace(
        step,
        id=f"{step.id} again",
        precondition=Precondition("etag", '"moved"'),
        waits_for=(step.id,),
    )
    return replace(plan, steps=(step, second))


def applied(world: Bench) -> Outcome:
    async def apply() -> Outcome:
        session = world.session()
        with session.file.locked():
            async with session.connect() as wire:
                service = SearchService(wire)
                ready = await session.plan(service, session.file.load(), Choice())
                return await session.apply(
                    replace(ready, plan=in_two_steps(ready.plan)),
                    service,
                    concurrency=4,
                    stop=asyncio.Event(),
                    progress=_unseen,
                )

    return world.runner.run(apply())


def test_the_first_of_two_steps_proves_whose_it_is_and_nothing_else() -> None:
    """The secret that the last step would have sent counts as unknown, and is sent again."""
    with bench() as world:
        world.declare({SOURCE.id: SOURCE})
        assert [result.status for result in applied(world).results] == ["done", "failed"]
        ledger = world.session().file.load()
        assert not ledger.entries
        assert ledger.run is not None
        assert len(ledger.run.intents) == 2
        assert ledger.run.done == {"create DataSource/docs"}
        again = world.apply(Choice())
        assert again.accepted == [("PUT", "/datasources('docs')")]
        assert world.plan(Choice()).plan.empty
        ledger = world.session().file.load()
        assert [str(address) for address in ledger.entries] == [SOURCE.id]
        assert [record.outcome for record in ledger.runs] == ["failed", "done"]


def _unseen(step: Step, result: Result | None) -> None:
    """Nobody watches."""
