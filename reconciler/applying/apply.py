"""A whole plan: the ledger knows of the run before the first write, and of each result after it."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from reconciler.applying.outputs import with_outputs
from reconciler.applying.perform import perform
from reconciler.applying.performed import Performed
from reconciler.applying.walk import walk
from reconciler.ledger import LedgerStore
from reconciler.ledger.journal import Line, Sending
from reconciler.ledger.recovery import folded
from reconciler.ledger.store import JournalWriter
from reconciler.model import pointer
from reconciler.model.json import NOTHING, StoredJson
from reconciler.model.ledger import Author, Entry, Intent, Ledger, PendingRun
from reconciler.model.outcome import Outcome, Result
from reconciler.model.plan import Plan
from reconciler.model.resource_id import ResourceId
from reconciler.model.step import Call, Run, Step, Wait
from reconciler.planning.claim import fingerprint as fingerprint_of
from reconciler.planning.veiled import storable
from reconciler.providers import kind
from reconciler.providers.service import Services
from reconciler.schema.paths import locate
from reconciler.wire import ServiceError

Progress = Callable[[Step, Result | None], None]


async def apply_plan(
    plan: Plan,
    ledger: Ledger,
    services: Services,
    store: LedgerStore,
    *,
    recovered: bool,
    concurrency: int,
    stop: asyncio.Event,
    progress: Progress,
    author: Author,
    fingerprint: Callable[[str], str],
) -> Outcome:
    """Do what a plan says, and keep the ledger true at every instant.

    Args:
        ledger: what the plan was made from, without a run in progress.
        recovered: a run that was interrupted was settled in it, which the store does not say yet.
        store: where the ledger is kept, locked by this process.
        progress: told of each step's start (result None) and end.
        author: who it is that applies.
        fingerprint: of a secret value, under the ledger's salt.
    """
    entries = _recorded(ledger.entries, plan)
    if not plan.steps:
        if plan.records or recovered:
            await store.save(ledger.with_entries(entries))
        return Outcome()
    run = _run(plan, author)
    ledger = ledger.with_entries(entries, run)
    await store.save(ledger)
    async with store.journal() as journal:
        recorder = _Recorder(run, journal, services, stop, progress)
        outcome = await walk(plan.steps, recorder.perform, concurrency, stop, progress)
    after, written = _after(ledger, run, outcome, recorder.lines, recorder.unclear)
    entries = await _with_reads(after.entries, written, services, fingerprint)
    await store.save(replace(after, entries=entries))
    return outcome


@dataclass
class _Recorder:
    """Performs steps, and writes into the journal how each ended, before anybody else is told.

    And before it is sent, what is known only now: who takes up a killed run must find it.
    """

    run: PendingRun
    journal: JournalWriter
    services: Services
    stop: asyncio.Event
    progress: Progress
    lines: list[Line | Sending] = field(default_factory=list)
    unclear: set[str] = field(default_factory=set)

    async def perform(self, step: Step) -> Result:
        """Do one step; it does not raise."""
        self.progress(step, None)
        if await _stopped(self.stop, step.pause):
            return Result(step.id, step.resource, "not-started")
        performed = await self._performed(step)
        if step.id in self.run.intents and performed.result.status == "unclear":
            self.unclear.add(step.id)
        elif step.id in self.run.intents:
            done = performed.result.status == "done"
            await self._record(Line(self.run.id, step.id, done, performed.read_back))
        return performed.result

    async def _performed(self, step: Step) -> Performed:
        """Do a step with all that is known only now, and note that: before it, and after it."""
        try:
            known = await with_outputs(self.services, step)
        except ServiceError as error:
            return Performed(Result(step.id, step.resource, "failed", error.message))
        if known is not step:
            await self._note(known, known.entry)
        performed = await perform(self.services, known, was_unknown=known is not step)
        if known.entry is not None and performed.found_as:
            await self._note(known, replace(known.entry, name_on_service=performed.found_as))
        return performed

    async def _note(self, step: Step, entry: Entry | None) -> None:
        if entry is not None:
            sent = (entry.name_on_service, entry.written)
            await self._record(Sending(self.run.id, step.id, *sent))

    async def _record(self, line: Line | Sending) -> None:
        self.lines.append(line)
        await self.journal.record(line)


def _run(plan: Plan, author: Author) -> PendingRun:
    """What the plan sets out to do, under a random id."""
    intents = {s.id: intent for s in plan.steps if (intent := _intent(s)) is not None}
    return PendingRun(os.urandom(8).hex(), fingerprint_of(plan), intents, _now(), author)


def _intent(step: Step) -> Intent | None:
    """What the ledger is told of a step; nothing of a run, which changes no definition."""
    match step.work:
        case Call(method="DELETE"):
            return Intent(step.resource, "delete", step.entry)
        case Call(creates=True):
            return Intent(step.resource, "create", step.entry)
        case Call():
            return Intent(step.resource, "update", step.entry)
        case Wait():
            return Intent(step.resource, "wait", step.entry)
        case Run():
            return None


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


async def _stopped(stop: asyncio.Event, seconds: float) -> bool:
    """Pause; whether it was stopped meanwhile."""
    if not seconds:
        return False
    try:
        await asyncio.wait_for(stop.wait(), seconds)
    except TimeoutError:
        return False
    return True


def _recorded(entries: Mapping[ResourceId, Entry], plan: Plan) -> dict[ResourceId, Entry]:
    """The entries with what the plan adopts, records and forgets."""
    after = {a: entry for a, entry in entries.items() if a not in plan.records}
    return after | {a: entry for a, entry in plan.records.items() if entry is not None}


def _after(
    ledger: Ledger,
    run: PendingRun,
    outcome: Outcome,
    lines: Sequence[Line | Sending],
    unclear: set[str],
) -> tuple[Ledger, set[ResourceId]]:
    """The ledger after the run, and what was written: what was never started was not done."""
    known = {line.step: line for line in lines if isinstance(line, Line)}
    untouched = (s for s in run.intents if s not in known and s not in unclear)
    ends = [*known.values(), *(Line(run.id, step, False, NOTHING) for step in untouched)]
    after = folded(ledger, [*(line for line in lines if isinstance(line, Sending)), *ends])
    written = {run.intents[line.step].resource for line in ends if line.done}
    record = run.ended(outcome.ending, _now())
    return after.with_entries(after.entries, after.run).with_record(record), written


async def _with_reads(
    entries: Mapping[ResourceId, Entry],
    written: set[ResourceId],
    services: Services,
    fingerprint: Callable[[str], str],
) -> dict[ResourceId, Entry]:
    """Entries whose reads differ from what was answered, read once more, by one list a kind.

    When that fails the read-back stays as it is: the next apply fills it in.
    """
    after = dict(entries)
    unread: dict[tuple[str, str], list[Entry]] = {}
    for address in sorted(written & entries.keys()):
        if _reads_differ(entries[address]):
            entry = entries[address]
            unread.setdefault((address.kind, entry.api_version), []).append(entry)
    for (name, version), found in unread.items():
        of = kind(name)
        try:
            live = {object_.id: object_ for object_ in await services.of(name).list(of, version)}
        except ServiceError:
            continue
        for entry in found:
            if entry.id in live:
                hidden = [pointer.parse(text) for text in entry.fingerprints]
                body = storable(of.shape, live[entry.id].body, hidden, fingerprint)
                after[entry.id] = replace(entry, read_back=StoredJson.of(body))
    return after


def _reads_differ(entry: Entry) -> bool:
    """Whether a GET shows something else than the answer to a write.

    That of a string with a secret in it is masked (FACTS k), where its property is no secret.
    """
    of = kind(entry.id.kind)
    body = entry.written.value if entry.fingerprints else {}
    places = (locate(of.shape, body, pointer.parse(text)) for text in entry.fingerprints)
    return of.reads_differ or any(
        place is not None and place.known is not None and place.known.secret is None
        for place in places
    )
