"""A whole plan: the ledger knows of the run before the first write, and of each result after it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import replace

from reconciler.applying.perform import perform
from reconciler.applying.walk import walk
from reconciler.kinds import kind
from reconciler.ledger import Journal, LedgerFile
from reconciler.model import pointer
from reconciler.model.address import Address
from reconciler.model.json import StoredJson
from reconciler.model.ledger import Entry, Intent, Ledger, Run
from reconciler.model.outcome import Outcome, Result
from reconciler.model.plan import Plan, Ready, Step
from reconciler.normal import without_secrets
from reconciler.planning.saved import plan_digest
from reconciler.service.search import SearchService
from reconciler.wire import ServiceError

Progress = Callable[[Step, Result | None], None]


async def apply_plan(
    ready: Ready,
    service: SearchService,
    file: LedgerFile,
    *,
    concurrency: int,
    stop: asyncio.Event,
    progress: Progress,
) -> Outcome:
    """Do what a plan says, and keep the ledger true at every instant.

    Args:
        file: the ledger's file, locked by this process.
        progress: told of each step's start (result None) and end.
    """
    plan, ledger = ready.plan, ready.ledger
    entries = _recorded(ledger.entries, plan)
    if not plan.steps:
        if plan.records or ready.recovered:
            file.save(ledger.with_entries(entries))
        return Outcome()
    intents = {step.address: _intent(step) for step in plan.steps}
    ledger = ledger.with_entries(entries, Run(plan_digest(plan), intents))
    file.save(ledger)
    ends: dict[Address, tuple[Result, StoredJson]] = {}
    with Journal(file.journal) as journal:

        async def do(step: Step) -> Result:
            progress(step, None)
            if await _stopped(stop, step.pause):
                return Result(step.id, step.address, "not-started")
            performed = await perform(service, step)
            ends[step.address] = (performed.result, performed.read_back)
            if performed.result.status in ("done", "failed"):
                done = performed.result.status == "done"
                journal.record(step.address, done=done, read_back=performed.read_back)
            return performed.result

        outcome = await walk(plan.steps, do, concurrency, stop, progress)
    after, pending = _after(ledger, plan, ends)
    after = await _with_reads(after, plan, ends, service)
    run = Run(plan_digest(plan), pending) if pending else None
    file.save(ledger.with_entries(after, run))
    return outcome


async def _stopped(stop: asyncio.Event, seconds: float) -> bool:
    """Pause; whether it was stopped meanwhile."""
    if not seconds:
        return False
    try:
        await asyncio.wait_for(stop.wait(), seconds)
    except TimeoutError:
        return False
    return True


def _recorded(entries: Mapping[Address, Entry], plan: Plan) -> dict[Address, Entry]:
    """The entries with what the plan adopts, records and forgets."""
    after = {a: entry for a, entry in entries.items() if a not in plan.records}
    return after | {a: entry for a, entry in plan.records.items() if entry is not None}


def _intent(step: Step) -> Intent:
    if step.entry is None:
        return Intent("delete", None)
    return Intent("create" if step.precondition.kind == "absent" else "update", step.entry)


def _after(
    ledger: Ledger, plan: Plan, ends: Mapping[Address, tuple[Result, StoredJson]]
) -> tuple[dict[Address, Entry], dict[Address, Intent]]:
    """The entries after the run, and the intents whose outcome is still unclear."""
    entries, pending = dict(ledger.entries), {}
    for step in plan.steps:
        result, read_back = ends.get(step.address, (None, None))
        if result is None or read_back is None:
            continue
        if result.status == "unclear":
            pending[step.address] = _intent(step)
        elif result.status == "done" and step.entry is None:
            entries.pop(step.address, None)
        elif result.status == "done" and step.entry is not None:
            entries[step.address] = replace(step.entry, read_back=read_back)
    return entries, pending


async def _with_reads(
    entries: dict[Address, Entry],
    plan: Plan,
    ends: Mapping[Address, tuple[Result, StoredJson]],
    service: SearchService,
) -> dict[Address, Entry]:
    """Entries of kinds whose reads differ from their writes, read once more, by one list a kind.

    When that fails the read-back stays empty: the next apply fills it in.
    """
    unread: dict[tuple[str, str], list[Entry]] = {}
    for step in plan.steps:
        entry = entries.get(step.address)
        done = step.address in ends and ends[step.address][0].status == "done"
        if done and entry is not None and kind(step.address.kind).reads_differ:
            unread.setdefault((step.address.kind, entry.api_version), []).append(entry)
    for (name, version), written in unread.items():
        of = kind(name)
        try:
            found = {live.address: live for live in await service.list(of, version)}
        except ServiceError:
            continue
        for entry in written:
            if entry.address in found:
                hidden = [pointer.parse(text) for text in entry.fingerprints]
                body = without_secrets(of.shape, found[entry.address].body, hidden)
                entries[entry.address] = replace(entry, read_back=StoredJson.of(body))
    return entries
