"""`reconciler schema`: the JSON Schema of the files, for editors."""

from __future__ import annotations

import json

import click

from reconciler.cli.console import out
from reconciler.kinds import CATALOGUE, OWN


@click.command()
@click.option(
    "--kind",
    "only",
    type=click.Choice([*CATALOGUE, *OWN, "Project"]),
    help="Only documents of this kind (default: every kind, and the project file).",
)
def command(only: str | None) -> int:
    """Print the JSON Schema of manifests and of the project file, for editors."""
    from reconciler.manifest.json_schema import NAMES, schema

    out(json.dumps(schema([only] if only else NAMES), indent=1, ensure_ascii=False))
    return 0
