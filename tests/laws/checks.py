"""The laws as assertions on one apply."""

from __future__ import annotations

from collections.abc import Set
from typing import Any

from tests.laws.bench import Applied, Bench, bench
from tests.laws.likeness import differences
from tests.laws.parts import Body
from tests.laws.stacks import Stack, references


def rest(bench: Bench) -> None:
    """A plan of what is live is empty, and planning writes nothing."""
    seen, ledger = len(bench.recorder.calls), _bytes(bench)
    plan = bench.plan()
    assert plan.empty, [(str(c.id), c.action, c.edits) for c in plan.changes]
    assert not plan.steps
    assert {call.method for call in bench.recorder.calls[seen:]} <= {"GET"}
    assert _bytes(bench) == ledger


def _bytes(bench: Bench) -> bytes | None:
    path = bench.ledger_file
    return path.read_bytes() if path.exists() else None


def arrival(bench: Bench, emulated: Body, others: Set[str] = frozenset()) -> None:
    """Live is what a new service would be with these manifests, and what others own.

    Args:
        emulated: the emulator's settings.
        others: the addresses of what is not ours.
    """
    live, secrets = bench.live(), bench.stored_secrets()
    wanted, wanted_secrets = fresh(bench.stack, bench.secrets, emulated)
    assert live.keys() == wanted.keys() | others
    found = {a: list(differences(live[a], wanted[a])) for a in wanted}
    assert not any(found.values()), {a: d for a, d in found.items() if d}
    assert {a: paths for a, paths in secrets.items() if a in wanted} == wanted_secrets


def fresh(stack: Stack, secrets: dict[str, str], emulated: Body) -> tuple[Any, Any]:
    """A new service's objects and secrets, once everything has been created by hand."""
    with bench(**emulated) as other:
        other.secrets = secrets
        other.create(stack)
        return other.live(), other.stored_secrets()


def honesty(applied: Applied) -> None:
    """The service accepted exactly the writes that the plan lists, each once, and no other."""
    listed = [(call.method, str(step.resource)) for step, call in applied.plan.calls]
    made = [(call.method, call.address) for call in applied.writes]
    assert sorted(made) == sorted(listed)
    assert len(applied.accepted) == len(listed), [vars(call) for call in applied.writes]
    changes = {str(c.id) for c in applied.plan.changes if c.action.writes}
    assert changes == {address for _, address in listed}


def order(applied: Applied, before: dict[str, Body], stack: Stack) -> None:
    """Every call began after the calls that it has to wait for had ended."""
    calls = {call.address: call for call in applied.writes}
    for address, needed in waits(calls.keys(), before, stack).items():
        for other in needed:
            assert calls[other].ended < calls[address].began, (other, address)


def waits(writes: Set[str], before: dict[str, Body], stack: Stack) -> dict[str, set[str]]:
    """What each write has to wait for, of the other writes.

    Args:
        writes: the addresses that are written to.
        before: what was live.
    """
    used = {a: references(a.partition("/")[0], body) for a, body in before.items()}
    found: dict[str, set[str]] = {}
    for address in writes:
        if address in stack:
            needed = stack[address].needs & stack.keys()
        else:
            needed = {a for a, targets in used.items() if address in targets}
        found[address] = needed & writes - {address}
    return found
