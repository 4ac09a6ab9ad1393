"""Manifests that a command writes, with what the project must say for them to be valid."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from reconciler.cli.console import note, out
from reconciler.exporting.draft import Draft
from reconciler.exporting.layout import Layout, in_files
from reconciler.exporting.secrecy import Origin
from reconciler.manifest.amend import amended
from reconciler.manifest.project import Project
from reconciler.manifest.reading import read_text
from reconciler.manifest.write import to_yaml
from reconciler.model.json import JsonObject
from reconciler.model.problem import ProblemsError
from reconciler.model.resource_id import ResourceId

MANY = 20
"""More files than these are not listed one by one."""


def texts(
    drafts: Iterable[Draft], layout: Layout, folder: Path, environment: str | None = None
) -> dict[Path, str]:
    """The files of some manifests, with their texts.

    Args:
        environment: the only one that the manifests are for.
    """
    files = in_files(drafts, layout)
    return {
        folder / path: to_yaml([made.manifest(environment) for made in listed])
        for path, listed in files.items()
    }


def origins(secrets: Mapping[str, Origin]) -> dict[str, JsonObject]:
    """Secrets as `spec.secrets` has them."""
    return {
        name: {"env": origin.env} if origin.env is not None else {"keep": True}
        for name, origin in secrets.items()
    }


def amendment(
    project: Project, secrets: Mapping[str, Origin], external: Iterable[ResourceId] = ()
) -> dict[Path, str]:
    """The project file with more secrets and external objects, if there are any."""
    listed = [str(address) for address in external]
    secrets = {name: origin for name, origin in secrets.items() if name not in project.secrets}
    if not secrets and not listed:
        return {}
    file = project.where.file
    return {file: amended(file, read_text(file), origins(secrets), listed)}


def require_manifests_in(project: Project, folder: Path) -> None:
    """The project reads what is written to a folder.

    Raises:
        ProblemsError: it does not.
    """
    target = folder.resolve()
    if not any(target.is_relative_to(root.resolve()) for root in project.manifests):
        roots = ", ".join(os.path.relpath(root, project.root) for root in project.manifests)
        text = f"{folder} is not among the project's manifests ({roots}): no plan would read it"
        fix = "choose a folder beneath them with --out, or add it to spec.manifests"
        raise ProblemsError.of("not-a-manifest-folder", text, fix, project.where)


def listed(secrets: Mapping[str, Origin], *, variables: bool = False) -> list[str]:
    """Secrets by their names, or those of their variables, with their places."""
    names = {(o.env or "") if variables else name: o.place for name, o in secrets.items()}
    width = max(map(len, names), default=0)
    return [f"  {name:<{width}}  {names[name]}" for name in sorted(names)]


def say_versions(drafts: Iterable[Draft]) -> None:
    """Which objects are not written for the project's api-version, and why."""
    for made in drafts:
        if made.api_version is not None:
            members = ", ".join(filter(None, made.beyond)) or "all of it"
            text = f"{made.id} is written for api-version {made.api_version}"
            note(f"{text}: the project's does not show {members}")


def report(paths: Iterable[Path], folder: Path) -> None:
    """What was written."""
    files = sorted(paths)
    if len(files) > MANY:
        out(f"Wrote {len(files)} files to {folder}")
    elif files:
        out("\n".join(f"Wrote {path}" for path in files))
