"""What we are measured beside: Terraform's no-op plan, and the floor of reading the service."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from bench.measure import Measured, best, run

FLOOR = """
import asyncio, json, sys, httpx
kinds = ["datasources", "skillsets", "indexes", "indexers", "aliases"]
async def main():
    headers = {"api-key": "bench"}
    async with httpx.AsyncClient(base_url=sys.argv[1], headers=headers, verify=False) as client:
        get = lambda kind: client.get(f"/{kind}", params={"api-version": "2026-04-01"})
        for reply in await asyncio.gather(*map(get, kinds)):
            json.loads(reply.content)
asyncio.run(main())
"""


def floor(endpoint: str, folder: Path) -> Measured:
    """The bare list calls with httpx, and a JSON parse."""
    return best([sys.executable, "-c", FLOOR, endpoint], folder, {})


def terraform(folder: Path, objects: int, kilobytes: int) -> Measured | None:
    """A no-op plan of as many `terraform_data` with bodies of the same size; None without it."""
    program = shutil.which("terraform")
    if program is None:
        return None
    folder.mkdir(parents=True)
    body = "x" * (kilobytes * 1000)
    resources = (
        f'resource "terraform_data" "r{i}" {{\n  input = "{body}"\n}}\n' for i in range(objects)
    )
    (folder / "main.tf").write_text("".join(resources))
    environ = {"TF_CLI_CONFIG_FILE": "/dev/null", "CHECKPOINT_DISABLE": "1"}
    run([program, "init", "-no-color"], folder, environ)
    run([program, "apply", "-auto-approve", "-no-color"], folder, environ)
    return best([program, "plan", "-no-color"], folder, environ)
