"""Two readings of one service: what every mark claims, and what the emulator does with it.

They share no code. Where they differ, the reason is in `differences.py`: nobody knows. The table
that tells sourced from inferred is printed (`pytest -s`, or in full by `python -m tests.readings`).
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from reconciler.providers import SEARCH
from tests.emulator.conftest import Client
from tests.emulator.conftest import connect as connect
from tests.readings.bodies import BODIES
from tests.readings.emulated import Emulated
from tests.readings.evidence import Witness
from tests.readings.readings import PARTS, readings
from tests.readings.table import summary

ROOT = Path(__file__).parents[2]
SHARED = Path(os.environ.get("RECONCILER_SHARED", ROOT.parent / "shared")) / "azure-ai-search"


@pytest.mark.parametrize("kind", SEARCH.kinds)
@pytest.mark.parametrize("part", PARTS)
def test_two_readings(part: str, kind: str, connect: Callable[..., Client]) -> None:
    assert kind in BODIES, f"write a sample body of a {kind} in tests/readings/bodies.py"
    emulated = Emulated(connect(tier="standard3"))
    witness = Witness(emulated.rules(), SHARED if SHARED.is_dir() else None)
    found = readings(emulated, witness, kind, part)
    print(summary(f"{kind}, {part}", found))
    assert found.rows
    assert not found.missing, "\n".join(found.missing)
    strange = [r.row for r in found.rows if not r.row.agrees and r.reason is None]
    assert not strange, "\n".join(
        f"{row.where} {row.mark}: we say {row.said}, the emulator: {row.seen}" for row in strange
    )
