"""Which files are manifests."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from reconciler.model.problem import Problem, ProblemsError, Where

SUFFIXES = (".yaml", ".yml", ".json")


def manifest_files(roots: tuple[Path, ...], project_file: Path) -> Iterator[Path]:
    """Every manifest beneath the given files and folders, in the order of their names.

    Hidden files and folders are passed over, and so is the project file. What has a manifest's name
    and is none (a dangling link, a folder) is given too: to pass it over would be to delete what it
    should declare.

    Raises:
        ProblemsError: one of the roots does not exist, or a folder cannot be read.
    """
    where, fix = Where(project_file).at("spec", "manifests"), "create it, or change spec.manifests"
    missing = [root.name for root in roots if not root.exists()]
    if missing:
        texts = (f"{name} does not exist" for name in missing)
        raise ProblemsError(Problem("no-manifests", text, where, fix) for text in texts)
    for root in roots:
        if root.is_file():
            yield root
        else:
            yield from sorted(path for path in _beneath(root) if not _same(path, project_file))


def _same(path: Path, other: Path) -> bool:
    """Whether two paths are one file, however they are written: a root may go by `..`."""
    return path.name == other.name and os.path.realpath(path) == os.path.realpath(other)


def _beneath(root: Path) -> Iterator[Path]:
    for folder, folders, files in os.walk(root, onerror=_refuse):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in (*files, *folders):
            if name.endswith(SUFFIXES) and not name.startswith("."):
                yield Path(folder, name)


def _refuse(error: OSError) -> None:
    text = f"cannot read the folder: {error.strerror}"
    raise ProblemsError.of("unreadable-file", text, where=Where(Path(error.filename)))
