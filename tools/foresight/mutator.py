"""Mutators: what one is, and the table of all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple

from tools.foresight.stack import Spot, Stack, removed, renamed, replaced, spots, value


class Verdict(StrEnum):
    """What becomes of a mistake."""

    REFUSED = "refused"  # 400 at a PUT
    RUN = "run"  # items fail or warn, or nothing is indexed
    NULL = "null"  # a field is empty or wrong that was not
    QUERY = "query"  # queries fail, or miss
    EXPOSED = "exposed"  # a secret stands in clear
    HARMLESS = "harmless"


@dataclass(frozen=True)
class Mutant:
    """A stack with one mistake: where it is, and the other ends of what it breaks."""

    stack: Stack
    description: str
    spot: Spot
    ends: tuple[Spot, ...] = ()


Mutate = Callable[[Stack], Iterator[Mutant]]


@dataclass(frozen=True)
class Mutator:
    """One kind of mistake.

    Args:
        source: a pitfall of SKILLS (P14), a section of FACTS, or a page.
        verdict: what documentation says of it.
        emulated: whether an emulator can know. It cannot where it has not what the mistake is
            about: deployments, columns of a database, regions, an account's bill.
    """

    name: str
    family: str
    verdict: Verdict
    source: str
    mutate: Mutate
    emulated: bool = True


MUTATORS: dict[str, Mutator] = {}


def add(mutator: Mutator) -> None:
    assert mutator.name not in MUTATORS, mutator.name
    MUTATORS[mutator.name] = mutator


def mutator(
    family: str, verdict: Verdict, source: str, *, emulated: bool = True
) -> Callable[[Mutate], Mutate]:
    """A function is a mutator, of its own name."""

    def register(mutate: Mutate) -> Mutate:
        name = mutate.__name__.replace("_", "-")
        add(Mutator(name, family, verdict, source, mutate, emulated))
        return mutate

    return register


REMOVED = object()
"""What a row's change gives where the value goes."""

SAME = object()
"""What it gives where the mistake cannot be made."""


class Renamed(NamedTuple):
    """What it gives where a property gets another name."""

    name: str


class Row(NamedTuple):
    """A mutator that edits one value: every place that fits the pattern is one mutant.

    `change` makes a new value (or REMOVED, SAME) of the old one and of the object around it.
    `stable`: it is no mistake in a preview.
    """

    name: str
    verdict: Verdict
    source: str
    where: str
    change: Callable[[Any, Any], Any]
    emulated: bool = True
    stable: bool = False


def rows(family: str, table: Iterable[Row]) -> None:
    """Every row is a mutator; `where` is `Kind: pattern`."""
    for row in table:
        kind, _, pattern = row.where.partition(": ")
        edit = _edit(row, kind, pattern)
        add(Mutator(row.name, family, row.verdict, row.source, edit, row.emulated))


def _edit(row: Row, kind: str, pattern: str) -> Mutate:
    def mutate(stack: Stack) -> Iterator[Mutant]:
        name = row.name
        for spot in spots(stack, kind, pattern):
            if row.stable and stack[spot.document]["apiVersion"].endswith("-preview"):
                continue
            old = value(stack, spot)
            new = row.change(old, value(stack, spot.parent) if spot.path else None)
            place = spot.pointer()
            if new is REMOVED:
                yield Mutant(removed(stack, spot), f"{name}: without {place}", spot)
            elif isinstance(new, Renamed):
                text = f"{name}: {place} is called {new.name}"
                there = spot.parent.at(new.name)
                yield Mutant(renamed(stack, spot, new.name), text, there)
            elif new is not SAME and new != old:
                at = spot.at(*_differing(old, new))
                was, now = (
                    short(value(stack, at)),
                    short(value(made := replaced(stack, spot, new), at)),
                )
                yield Mutant(made, f"{name}: {at.pointer()}: {was} is {now}", at)

    return mutate


def _differing(old: Any, new: Any) -> tuple[str, ...]:
    """The one property in which two objects differ, if it is one."""
    if isinstance(old, dict) and isinstance(new, dict):
        differing = [key for key in new if key not in old or new[key] != old[key]]
        return tuple(differing) if len(differing) == 1 else ()
    return ()


def short(thing: Any) -> str:
    text = str(thing)
    return text if len(text) <= 60 else f"{text[:57]}..."


def set_to(new: Any) -> Callable[[Any, Any], Any]:
    """A change to one value, whatever was there."""
    return lambda _old, _around: new


def gone(_old: Any, _around: Any) -> Any:
    """The change that takes a value away."""
    return REMOVED


def also(**properties: Any) -> Callable[[Any, Any], Any]:
    """An object with more properties, or with others."""
    return lambda old, _around: {**old, **properties}


def only(kind: str, change: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    """A change of skills of one type only, which the value or the object around it is."""

    def changed(old: Any, around: Any) -> Any:
        for thing in (old, around):
            if isinstance(thing, dict) and str(thing.get("@odata.type", "")).endswith(kind):
                return change(old, around)
        return SAME

    return changed
