"""An object with several steps: it is done with the last of them, and not before."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from reconciler.applying import apply_plan
from reconciler.model.ledger import Author
from reconciler.model.outcome import Outcome, Result
from reconciler.model.plan import Plan
from reconciler.model.step import Precondition, Step
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
    assert step.call is not None
    moved = replace(step.call, precondition=Precondition("etag", '"moved"'))
    second = replace(step, id=f"{step.id} again", work=moved, waits_for=(step.id,))
    return replace(plan, steps=(step, second))


def applied(world: Bench) -> Outcome:
    async def apply() -> Outcome:
        async with world.session() as session, session.locked():
            store = session.workspace.ledger
            return await apply_plan(
                in_two_steps(await session.plan()),
                await store.load(),
                await session.connections.services(),
                store,
                recovered=False,
                concurrency=4,
                stop=asyncio.Event(),
                progress=_unseen,
                author=Author(),
                fingerprint=str.upper,
            )

    return world.runner.run(apply())


def test_the_first_of_two_steps_proves_whose_it_is_and_nothing_else() -> None:
    """The secret that the last step would have sent counts as unknown, and is sent again."""
    with bench() as world:
        world.declare({SOURCE.id: SOURCE})
        assert [result.status for result in applied(world).results] == ["done", "failed"]
        ledger = world.ledger()
        assert not ledger.entries
        assert ledger.run is not None
        assert len(ledger.run.intents) == 2
        assert ledger.run.done == {"create DataSource/docs"}
        again = world.apply(Choice())
        assert again.accepted == [("PUT", "/datasources('docs')")]
        assert world.plan(Choice()).empty
        ledger = world.ledger()
        assert [str(address) for address in ledger.entries] == [SOURCE.id]
        assert [record.outcome for record in ledger.runs] == ["failed", "done"]


def _unseen(step: Step, result: Result | None) -> None:
    """Nobody watches."""
