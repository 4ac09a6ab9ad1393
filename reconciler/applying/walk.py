"""A generic walk of the steps' graph: some at a time, a failure skips its descendants only."""

from __future__ import annotations

import asyncio
import heapq
from collections.abc import Awaitable, Callable, Sequence

from reconciler.model.outcome import Outcome, Result
from reconciler.model.step import Step

Perform = Callable[[Step], Awaitable[Result]]
Ended = Callable[[Step, Result], None]


async def walk(
    steps: Sequence[Step], perform: Perform, concurrency: int, stop: asyncio.Event, ended: Ended
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
    results = tuple(walker.results.values())
    return Outcome(results, any(result.status == "not-started" for result in results))


class _Walker:
    def __init__(
        self, steps: Sequence[Step], perform: Perform, stop: asyncio.Event, ended: Ended
    ) -> None:
        self._steps = steps
        self._place = {step.id: place for place, step in enumerate(steps)}
        self._missing = {step.id: set(step.waits_for) for step in steps}
        self._waiting: dict[str, list[Step]] = {}
        for step in steps:
            for other in step.waits_for:
                self._waiting.setdefault(other, []).append(step)
        self._ready = [place for place, step in enumerate(steps) if not step.waits_for]
        self._perform = perform
        self._stop = stop
        self._ended = ended
        self.results: dict[str, Result] = {}

    async def run(self, concurrency: int) -> None:
        """Until nothing runs any more; then tell what was not started."""
        running: dict[asyncio.Task[Result], Step] = {}
        while True:
            while self._ready and len(running) < concurrency and not self._stop.is_set():
                step = self._steps[heapq.heappop(self._ready)]
                running[asyncio.ensure_future(self._perform(step))] = step
            if not running:
                break
            done, _ = await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                self._end(running.pop(task), task.result())
        for step in self._steps:
            if step.id not in self.results:
                self._end(step, Result(step.id, step.resource, "not-started"))

    def _end(self, step: Step, result: Result) -> None:
        """A step has ended: what waits for it is ready, or can never be."""
        ends = [(step, result)]
        while ends:
            step, result = ends.pop()
            if step.id in self.results:
                continue
            self.results[step.id] = result
            self._ended(step, result)
            for other in self._waiting.get(step.id, ()):
                if result.status == "done":
                    self._release(other, step)
                elif result.status != "not-started":
                    text = f"because of: {step.id}"
                    ends.append((other, Result(other.id, other.resource, "skipped", text)))

    def _release(self, step: Step, done: Step) -> None:
        missing = self._missing[step.id]
        missing.discard(done.id)
        if not missing:
            heapq.heappush(self._ready, self._place[step.id])
