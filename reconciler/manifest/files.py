"""Which files are manifests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from reconciler.model.problem import ProblemsError, Where

SUFFIXES = (".yaml", ".yml", ".json")


def manifest_files(roots: tuple[Path, ...], project_file: Path) -> Iterator[Path]:
    """Every manifest beneath the given files and folders, in the order of their names.

    Hidden files and folders are passed over, and so is the project file.

    Raises:
        ProblemsError: one of the roots does not exist.
    """
    for root in roots:
        if not root.exists():
            text = f"{root.name} does not exist"
            fix = "create it, or change spec.manifests"
            raise ProblemsError.of("no-manifests", text, fix, Where(project_file))
        if root.is_file():
            yield root
            continue
        for path in sorted(root.rglob("*")):
            hidden = any(part.startswith(".") for part in path.relative_to(root).parts)
            if path.suffix in SUFFIXES and not hidden and path.is_file() and path != project_file:
                yield path
