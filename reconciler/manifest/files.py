"""Which files are manifests."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from reconciler.manifest.reading import within
from reconciler.model.problem import Problem, ProblemsError, Where

SUFFIXES = (".yaml", ".yml", ".json")


def manifest_files(roots: tuple[Path, ...], project_file: Path) -> Iterator[Path]:
    """Every manifest beneath the given files and folders, in the order of their names.

    Hidden files and folders are passed over, and so is the project file. Links are followed within
    the project; a folder is read once, however many links lead to it. What has a manifest's name
    and is none (a folder), and a link that leads to nothing, are given too: to pass them over would
    be to delete what they should declare.

    Raises:
        ProblemsError: a root does not exist, a path leads out of the project, or a folder cannot be
            read.
    """
    problems = [p for n, root in enumerate(roots) if (p := _misplaced(root, n, project_file))]
    if problems:
        raise ProblemsError(problems)
    seen: set[str] = set()
    for root in roots:
        if root.is_dir():
            found = _beneath(root, project_file.parent, seen)
            yield from sorted(path for path in found if not _same(path, project_file))
        else:
            yield root


def _misplaced(root: Path, position: int, project_file: Path) -> Problem | None:
    """What is wrong with an entry of `spec.manifests`, if it is."""
    where = Where(project_file).at("spec", "manifests", position)
    name = os.path.relpath(root, project_file.parent)
    if within(project_file.parent, root) is None:
        text, fix = f"`{name}` lies outside the project", "put it beneath the project's folder"
        return Problem("outside-project", text, where, fix)
    if not os.path.lexists(root):
        fix = "create it, or change spec.manifests"
        return Problem("no-manifests", f"{name} does not exist", where, fix)
    return None


def _same(path: Path, other: Path) -> bool:
    """Whether two paths are one file, however they are written: a root may go by `..`."""
    return path.name == other.name and os.path.realpath(path) == os.path.realpath(other)


def _beneath(root: Path, project: Path, seen: set[str]) -> Iterator[Path]:
    """What is or should be a manifest beneath a folder.

    Args:
        seen: the folders that were read, which are not read again.
    """
    folders = [root]
    while folders:
        folder = folders.pop()
        real = os.path.realpath(folder)
        if real in seen:
            continue
        seen.add(real)
        linked: list[Path] = []
        for entry in _entries(folder):
            path = Path(entry.path)
            if entry.is_symlink() and within(project, path) is None:
                raise _outside(path)
            if entry.name.lower().endswith(SUFFIXES) or _leads_nowhere(entry):
                yield path
            if os.path.isdir(path):
                (linked if entry.is_symlink() else folders).append(path)
        folders[:0] = linked  # after all that are there by their own names


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    """What is not hidden in a folder, the last name first."""
    try:
        with os.scandir(folder) as entries:
            visible = [entry for entry in entries if not entry.name.startswith(".")]
    except OSError as error:
        text = f"cannot read the folder: {error.strerror}"
        raise ProblemsError.of("unreadable-file", text, where=Where(folder)) from None
    return sorted(visible, key=lambda entry: entry.name, reverse=True)


def _leads_nowhere(entry: os.DirEntry[str]) -> bool:
    return entry.is_symlink() and not os.path.exists(entry.path)


def _outside(path: Path) -> ProblemsError:
    text, fix = "this link leads out of the project", "put what it leads to beneath the project"
    return ProblemsError.of("outside-project", text, fix, Where(path))
