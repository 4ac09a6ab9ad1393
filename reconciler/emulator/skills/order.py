"""The order of skills: by what they read and write, never by the array (SKILLS 3.1)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from reconciler.emulator.skills.inputs import sources
from reconciler.emulator.skills.paths import Path, parse, within

Body = dict[str, Any]


def context_of(skill: Body) -> str:
    return skill.get("context") or "/document"


def ordered(skills: Sequence[Body]) -> tuple[list[int], list[int]]:
    """Positions in the order of running, and the positions that form or await a cycle."""
    needs = [
        {
            other
            for other, writer in enumerate(skills)
            if other != position and _feeds(writer, reader)
        }
        for position, reader in enumerate(skills)
    ]
    order: list[int] = []
    waiting = list(range(len(skills)))
    while ready := [position for position in waiting if needs[position] <= set(order)]:
        order.append(ready[0])
        waiting.remove(ready[0])
    return order, waiting


def _feeds(writer: Body, reader: Body) -> bool:
    context = parse(context_of(writer))
    read = _read_by(reader)
    for output in writer["outputs"]:
        written: Path = (*context, output.get("targetName") or output["name"])
        if any(within(path, written) for path in read):
            return True
    return False


def _read_by(skill: Body) -> list[Path]:
    found = [parse(context_of(skill))]
    for entry in skill["inputs"]:
        found.extend(sources(entry))
    return found
