"""`reconciler init`: a first project, which plans and applies as it is; nothing is overwritten."""

from __future__ import annotations

import re
from pathlib import Path

import click

from reconciler.cli.console import out
from reconciler.cli.files import folder_name, write_all
from reconciler.manifest.project import FILE_NAME

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")

PROJECT = """\
# What is managed, and where. `reconciler validate` checks this file and the manifests.
apiVersion: reconciler/v1
kind: Project
metadata:
  name: "NAME"
spec:
  apiVersion: 2026-04-01 # the REST API version of every object
  manifests: [manifests/]
  # One value for all environments, or one for each: ${var.environment} in a manifest.
  variables:
    environment: production
  # Where secrets come from, never what they are: ${secret.storage} in a manifest.
  # secrets:
  #   storage: {env: STORAGE_CONNECTION_STRING}
  environments:
    # The embedded emulator: `reconciler emulator`. It takes any key.
    local:
      service:
        endpoint: http://127.0.0.1:8471
        credential: {apiKey: "${env.RECONCILER_API_KEY}"}
      variables:
        environment: local
    # A real service. Without a credential: Microsoft Entra ID, as in `az login`, a workload or a
    # managed identity, with the role Search Service Contributor.
    prod:
      service:
        endpoint: https://MY-SERVICE.search.windows.net # <- your service
"""

MANIFEST = """\
# One object: what the REST API calls its body stands under `spec`. Properties that are left out
# have the service's defaults. A file may hold several documents, divided by `---`.
# https://learn.microsoft.com/azure/search/search-how-to-create-search-index
apiVersion: azure-ai-search
kind: Index
metadata:
  name: products
  # environments: [prod]        # left out: all
  # lifecycle: {protect: true}  # must never be deleted
spec:
  description: Products, as searched in ${var.environment}.
  fields:
    - {name: id, type: Edm.String, key: true}
    - {name: title, type: Edm.String, analyzer: en.lucene}
    - {name: price, type: Edm.Double, facetable: false}
"""

NEXT = """
Try it without Azure, the emulator in a terminal of its own:
  reconciler emulator
  export RECONCILER_API_KEY=any
  reconciler plan -e local
  reconciler apply -e local

Then write your service's endpoint into {project}, and:
  reconciler plan -e prod"""


@click.command()
@click.option("--name", metavar="NAME", help="What the project is called (the folder's name).")
@click.argument("folder", metavar="[DIR]", type=click.Path(path_type=Path), default=Path())
def command(folder: Path, name: str | None) -> int:
    """Write a first project to DIR (default: here): project file, a manifest, .gitignore.

    Files that are there already are an error: nothing is overwritten. Exit codes: 0 done, 1 error.
    """
    if name is not None and _NAME.fullmatch(name) is None:
        text = "write letters, digits, dots, dashes and underscores"
        raise click.BadParameter(text, param_hint="--name")
    called = name or folder_name(folder)
    project = folder / FILE_NAME
    files = {
        project: PROJECT.replace("NAME", called, 1),
        folder / "manifests" / "products.yaml": MANIFEST,
    }
    write_all(files, ignore=folder / ".gitignore")
    out("\n".join(f"Wrote {path}" for path in files))
    out(NEXT.format(project=project))
    return 0
