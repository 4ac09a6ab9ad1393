"""Every mutant, told or not, against what becomes of it: two processes, a stack's share each."""

from __future__ import annotations

import random
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import NamedTuple

from tools.foresight import files, told, truth
from tools.foresight.families import FAMILIES
from tools.foresight.inputs import inputs
from tools.foresight.mutator import MUTATORS, Mutant, Mutator, Verdict
from tools.foresight.stack import Stack
from tools.foresight.told import Said

WORKERS = 2
EACH = 2
SHARE = 80
"""How many mutants of one stack a process takes at once: each share has its own original."""


class Task(NamedTuple):
    """One mutant, by its place: the stack, the mutator, and its number among the mutator's."""

    stack: str
    mutator: str
    number: int


class Finding(NamedTuple):
    """One mutant, judged.

    Args:
        verdict: what documentation says.
        outcome: what an emulator made of it; None where it cannot know.
        shown: how that shows.
        truth: what counts.
        codes: what the linter says, at the mistake's document and not of the original.
        errors: new errors anywhere.
        in_place: whether something is said where the mistake is, or at its other end.
    """

    task: Task
    description: str
    place: str
    verdict: Verdict
    outcome: Verdict | None
    shown: str
    truth: Verdict
    codes: tuple[str, ...]
    errors: tuple[str, ...]
    in_place: bool

    @property
    def harmful(self) -> bool:
        return self.truth is not Verdict.HARMLESS

    @property
    def told(self) -> bool:
        return bool(self.codes)

    @property
    def family(self) -> str:
        return MUTATORS[self.task.mutator].family

    @property
    def disagreeing(self) -> bool:
        """Whether an emulator that can know says something else than documentation."""
        known = self.outcome is not None and MUTATORS[self.task.mutator].emulated
        return known and self.outcome is not self.verdict


def tasks(
    family: str = "",
    mutator: str = "",
    stacks: str = "",
    each: int = EACH,
    limit: int = 0,
    seed: int = 0,
) -> list[Task]:
    """The mutants asked for, or a random part of them; those of a stack are together.

    Args:
        stacks: what stacks' names begin with.
        each: how many of a mutator in one stack.
        limit: how many in all; 0: every one.
    """
    assert set(FAMILIES) == {one.family for one in MUTATORS.values()}
    chosen = [
        one for one in MUTATORS.values() if family in ("", one.family) and mutator in ("", one.name)
    ]
    found = [
        Task(name, one.name, number)
        for name, stack in inputs().items()
        if name.startswith(stacks)
        for one in chosen
        for number in _some(sum(1 for _ in one.mutate(stack)), each, f"{seed} {name} {one.name}")
    ]
    if 0 < limit < len(found):
        found = random.Random(seed).sample(found, limit)
    return sorted(found)


def _some(count: int, each: int, seed: str) -> list[int]:
    """Numbers below a count: all, or as many as asked for."""
    every = range(count)
    return list(every) if count <= each else random.Random(seed).sample(every, each)


def findings(chosen: Sequence[Task], workers: int = WORKERS) -> Iterator[Finding]:
    """Each of them, judged."""
    shares = list(_shares(chosen))
    if workers < 2:
        for share in shares:
            yield from judged(share)
        return
    with ProcessPoolExecutor(workers) as pool:
        for found in pool.map(judged, shares):
            yield from found


def _shares(chosen: Sequence[Task]) -> Iterator[list[Task]]:
    share: list[Task] = []
    for task in chosen:
        if share and (share[0].stack != task.stack or len(share) == SHARE):
            yield share
            share = []
        share.append(task)
    if share:
        yield share


def judged(share: Sequence[Task]) -> list[Finding]:
    """Mutants of one stack."""
    with tempfile.TemporaryDirectory() as folder:
        before = Original(inputs()[share[0].stack], Path(folder))
        return [_judged(task, before) for task in share]


class Original:
    """A stack without a mistake: its files, what is said of it, and what becomes of it."""

    def __init__(self, stack: Stack, folder: Path) -> None:
        self.stack, self._folder = stack, folder
        self._accounts = truth.accounts_of(stack)
        files.write(stack, folder / "files")
        self.said, self.seen = self.tried(stack)

    def tried(self, stack: Stack) -> tuple[Counter[Said], truth.Seen]:
        """A stack as the linter and the emulator see it, with the files of this one."""
        seen = truth.seen(stack, self._folder / "files", self._accounts)
        return told.said(stack, self._folder), seen


def _judged(task: Task, before: Original) -> Finding:
    mutator = MUTATORS[task.mutator]
    mutant = list(mutator.mutate(before.stack))[task.number]
    said, seen = before.tried(mutant.stack)
    new = said - before.said
    outcome, shown = _outcome(mutator, before.seen, seen)
    here = [problem for problem in new if told.in_document(problem, mutant)]
    return Finding(
        task=task,
        description=mutant.description,
        place=_place(mutant),
        verdict=mutator.verdict,
        outcome=outcome,
        shown=shown,
        truth=_truth(mutator, outcome),
        codes=tuple(sorted({problem.code for problem in here})),
        errors=tuple(sorted({problem.code for problem in new if problem.severity == "error"})),
        in_place=any(told.in_place(problem, mutant) for problem in here),
    )


def _place(mutant: Mutant) -> str:
    documents = mutant.stack
    if mutant.spot.document >= len(documents):
        return mutant.spot.pointer()
    document = documents[mutant.spot.document]
    return f"{document['kind']}/{document['metadata']['name']}/{mutant.spot.pointer()}"


def _outcome(mutator: Mutator, before: truth.Seen, after: truth.Seen) -> tuple[Verdict | None, str]:
    """What the emulator knows: a refusal in any case, the rest of stacks that work there.

    That nothing happens it knows of stacks only whose every field has values there.
    """
    verdict, shown = truth.outcome(before, after)
    if before.refusal or (verdict is not Verdict.REFUSED and not before.works):
        return None, ""
    if verdict is Verdict.HARMLESS and mutator.verdict is Verdict.NULL:
        wrong = truth.differing(before, after)
        if wrong:
            return Verdict.NULL, f"{wrong}: other values"
    if verdict is Verdict.HARMLESS and not before.complete:
        return None, ""
    return verdict, shown


def _truth(mutator: Mutator, outcome: Verdict | None) -> Verdict:
    """The emulator has the last word where it can know; a refusal counts in any case."""
    if outcome is None or (not mutator.emulated and outcome is not Verdict.REFUSED):
        return mutator.verdict
    return outcome
