"""`reconciler schema`: the JSON Schema of the files, for editors."""

from __future__ import annotations

import json

import click

from reconciler.cli.console import out
from reconciler.providers import CATALOGUE, LOCAL_KINDS


@click.command()
@click.option(
    "--kind",
    "only",
    type=click.Choice([*CATALOGUE, *LOCAL_KINDS, "Project"]),
    help="Only documents of this kind (default: every kind, and the project file).",
)
def command(only: str | None) -> int:
    """Print the JSON Schema of manifests and of the project file, for editors.

    Exit codes: 0 done, 1 error.
    """
    from reconciler.lint.rule import rules
    from reconciler.manifest.json_schema import NAMES, schema

    told = {id_: f"{rule.manual.title} ({rule.severity.value})." for id_, rule in rules().items()}
    out(json.dumps(schema([only] if only else NAMES, told), indent=1, ensure_ascii=False))
    return 0
