"""A run that did not end, taken up: first what its journal knows, then what the service shows.

Ownership is proven, not assumed: an object that a run meant to create is ours when its journal says
that it was created, or when what is live means what was sent.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from reconciler.ledger.journal import Line, Sending
from reconciler.model import pointer
from reconciler.model.json import NOTHING
from reconciler.model.ledger import Entry, Intent, Ledger, PendingRun
from reconciler.model.resource import Live
from reconciler.model.resource_id import ResourceId
from reconciler.providers import kind
from reconciler.schema.normalize import means_the_same

Chain = dict[str, Intent]
"""The steps of one object in their order; each waits for the one before."""


def folded(ledger: Ledger, lines: Iterable[Line | Sending]) -> Ledger:
    """A ledger with what a journal knows of its run; what stays unclear stays in the run.

    Lines of other runs say nothing about this one. An object's entry is true with its last step.
    """
    if ledger.run is None:
        return ledger
    of_run = [line for line in lines if line.run == ledger.run.id]
    run = _with_sent(ledger.run, (line for line in of_run if isinstance(line, Sending)))
    known = {_step_of(run, line): line for line in of_run if isinstance(line, Line)}
    finished = run.done | {step for step, line in known.items() if line.done}
    entries, unclear = dict(ledger.entries), Chain()
    for address, chain in _chains(run).items():
        last, following = list(chain)[-1], next((s for s in chain if s not in finished), None)
        if following is None:
            _enter(entries, address, chain[last], known.get(last))
        elif following not in known or finished & chain.keys():
            unclear |= chain
    done = frozenset(finished & unclear.keys())
    rest = replace(run, intents=unclear, done=done) if unclear else None
    return replace(ledger, entries=entries, run=rest)


def settled(ledger: Ledger, live: Mapping[ResourceId, Live]) -> Ledger:
    """A ledger without a run: each unclear object is what the service now shows it to be.

    Whether a write took effect is read from the body, but not for its secrets: their fingerprints
    become unknown, so that they are sent again.
    """
    run = ledger.run
    if run is None:
        return ledger
    entries = dict(ledger.entries)
    for address, chain in _chains(run).items():
        first, last = next(iter(chain.values())), list(chain.values())[-1]
        if address not in live:
            if last.entry is None:
                entries.pop(address, None)
        elif last.entry is None:
            continue
        elif _is_ours(run, chain, live[address]):
            entries[address] = _uncertain(entries.get(address), last.entry, live[address])
        elif first.action == "create":
            entries.pop(address, None)
    after = replace(ledger, entries=entries, run=None)
    recorded = any(record.id == run.id for record in ledger.runs)
    return after if recorded else after.with_record(run.ended("interrupted"))


def _with_sent(run: PendingRun, sendings: Iterable[Sending]) -> PendingRun:
    """A run whose intents say what was known only when it was sent, in all steps of an object."""
    sent = {run.intents[s.step].resource: s for s in sendings if s.step in run.intents}
    intents = dict(run.intents)
    for step, intent in run.intents.items():
        last = sent.get(intent.resource)
        if last is not None and intent.entry is not None:
            entry = replace(
                intent.entry, name_on_service=last.name_on_service, written=last.written
            )
            intents[step] = replace(intent, entry=entry)
    return replace(run, intents=intents)


def _chains(run: PendingRun) -> dict[ResourceId, Chain]:
    chains: dict[ResourceId, Chain] = {}
    for step, intent in run.intents.items():
        chains.setdefault(intent.resource, {})[step] = intent
    return chains


def _step_of(run: PendingRun, line: Line) -> str:
    """The step that a line is of; those of format 1 name its object."""
    if run.id:
        return line.step
    steps = (step for step, intent in run.intents.items() if str(intent.resource) == line.step)
    return next(steps, line.step)


def _enter(
    entries: dict[ResourceId, Entry], address: ResourceId, last: Intent, line: Line | None
) -> None:
    if last.entry is None:
        entries.pop(address, None)
    else:
        read_back = line.read_back if line is not None else NOTHING
        known = last.entry.read_back if read_back == NOTHING else read_back
        entries[address] = replace(last.entry, read_back=known)


def _is_ours(run: PendingRun, chain: Chain, live: Live) -> bool:
    """Whether a live object is the one that the run wrote to, and not somebody else's."""
    creates = {step: intent for step, intent in chain.items() if intent.action == "create"}
    if not creates or run.done & creates.keys():
        return True
    return any(
        intent.entry is not None and _as_sent(intent.entry, live) for intent in creates.values()
    )


def _as_sent(entry: Entry, live: Live) -> bool:
    hidden = [pointer.parse(text) for text in entry.fingerprints]
    shape = kind(entry.id.kind).shape
    return means_the_same(shape, live.body, entry.written.value, hidden)


def _uncertain(before: Entry | None, intended: Entry, live: Live) -> Entry:
    """The entry of a write that may or may not have taken effect: the one that is live.

    What is neither was changed by somebody, and differs from what was to be.
    """
    old: Mapping[str, str | None] = before.fingerprints if before is not None else {}
    paths = {*old, *intended.fingerprints}
    same = {p: old.get(p) for p in paths if old.get(p) == intended.fingerprints.get(p)}
    fingerprints = {path: same.get(path) for path in sorted(paths)}
    if before is not None and _as_sent(before, live) and not _as_sent(intended, live):
        return replace(before, fingerprints=fingerprints)
    return replace(intended, fingerprints=fingerprints, read_back=NOTHING)
