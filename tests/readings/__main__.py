"""usage: python -m tests.readings [KIND ...]: the table of two readings of every mark."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

from reconciler.emulator import Settings
from reconciler.providers import SEARCH
from tests.emulator.conftest import Client
from tests.readings.emulated import Emulated
from tests.readings.evidence import Witness
from tests.readings.readings import readings
from tests.readings.table import summary, whole


def main(kinds: list[str]) -> None:
    root = Path(__file__).parents[2]
    shared = Path(os.environ.get("RECONCILER_SHARED", root.parent / "shared")) / "azure-ai-search"
    with asyncio.Runner() as runner:
        emulated = Emulated(Client(runner, Settings(tier="standard3")))
        witness = Witness(emulated.rules(), shared if shared.is_dir() else None)
        for kind in kinds or SEARCH.kinds:
            found = readings(emulated, witness, kind)
            print(whole(found))
            print(summary(kind, found))


if __name__ == "__main__":
    main(sys.argv[1:])
