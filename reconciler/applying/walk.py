"""A generic walk of the steps' graph: some at a time, a failure skips its descendants only."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence

from reconciler.model.outcome import Outcome, Result
from reconciler.model.plan import Step

Perform = Callable[[Step], Awaitable[Result]]


async def walk(
    steps: Sequence[Step],
    perform: Perform,
    concurrency: int,
    stop: asyncio.Event,
    ended: Callable[[Step, Result], None],
) -> Outcome:
    """Perform every step after what it waits for.

    Args:
        steps: in an order that their `waits_for` allows.
        perform: does one step; it returns a result and does not raise.
        stop: once set, running steps finish and no more are started.
        ended: told of every step's end, skipped ones too.
    """
    walker = _Walker(steps, perform, stop, ended)
    await walker.run(concurrency)
    return Outcome(tuple(walker.results.values()), interrupted=stop.is_set() and walker.left)


class _Walker:
    def __init__(
        self,
        steps: Sequence[Step],
        perform: Perform,
        stop: asyncio.Event,
        ended: Callable[[Step, Result], None],
    ) -> None:
        self._waiting = {step.id: step for step in steps}
        self._perform = perform
        self._stop = stop
        self._ended = ended
        self.results: dict[str, Result] = {}
        self.left = False

    async def run(self, concurrency: int) -> None:
        running: dict[asyncio.Task[Result], Step] = {}
        while True:
            self._skip()
            for step in self._ready()[: concurrency - len(running)]:
                del self._waiting[step.id]
                running[asyncio.ensure_future(self._perform(step))] = step
            if not running:
                break
            done, _ = await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                self._end(running.pop(task), task.result())
        self.left = bool(self._waiting)
        for step in list(self._waiting.values()):
            self._end(step, Result(step.id, step.address, "not-started"))

    def _ready(self) -> list[Step]:
        """Steps whose predecessors are done, in the plan's order."""
        if self._stop.is_set():
            return []
        return [
            step
            for step in self._waiting.values()
            if all(self._status(other) == "done" for other in step.waits_for)
        ]

    def _skip(self) -> None:
        """End the steps that wait for one that did not succeed; the plan's order finds them all."""
        for step in list(self._waiting.values()):
            failed = [o for o in step.waits_for if self._status(o) not in ("", "done")]
            if failed:
                del self._waiting[step.id]
                text = f"because of: {', '.join(failed)}"
                self._end(step, Result(step.id, step.address, "skipped", text))

    def _status(self, step: str) -> str:
        result = self.results.get(step)
        return result.status if result is not None else ""

    def _end(self, step: Step, result: Result) -> None:
        self.results[step.id] = result
        self._ended(step, result)
