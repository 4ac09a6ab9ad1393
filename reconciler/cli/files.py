"""Files that a command writes for the first time: all of them or none, and none overwritten."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from pathlib import Path

from reconciler.manifest.reading import written
from reconciler.model.problem import Problem, ProblemsError, Where

IGNORED = """\
# The ledgers in .reconciler/ say what the project owns: keep them, they hold no secret.
.reconciler/cache/
.reconciler/*.lock
"""


def require_free(paths: Iterable[Path]) -> None:
    """Nothing stands where a file is to be written.

    Raises:
        ProblemsError: naming everything that does.
    """
    taken = [path for path in paths if path.exists() or path.is_symlink()]
    fix = "choose another folder, or delete the file"
    if taken:
        text = "the file exists and is not overwritten"
        raise ProblemsError(Problem("file-exists", text, Where(path), fix) for path in taken)


def write_all(
    files: Mapping[Path, str],
    *,
    ignore: Path | None = None,
    changed: Mapping[Path, str] | None = None,
) -> None:
    """Write new files.

    Args:
        ignore: a .gitignore that gets our lines at its end.
        changed: existing files, with their new texts.
    """
    require_free(files)
    with ExitStack() as undo:
        for path, content in files.items():
            _make_folder(path.parent, undo)
            with written(path), path.open("x", encoding="utf-8") as file:
                undo.callback(path.unlink)
                file.write(content)
        if ignore is not None:
            _ignore(ignore)
        for path, content in (changed or {}).items():
            replace(path, content)
        undo.pop_all()


def folder_name(folder: Path) -> str:
    """A folder's own name, as far as it can be a project's."""
    return re.sub(r"[^A-Za-z0-9._-]+", "-", folder.resolve().name).strip("-._") or "search"


def _make_folder(folder: Path, undo: ExitStack) -> None:
    missing = [parent for parent in (folder, *folder.parents) if not parent.exists()]
    for parent in reversed(missing):
        parent.mkdir(exist_ok=True)
        undo.callback(_remove_empty, parent)


def _remove_empty(folder: Path) -> None:
    with contextlib.suppress(OSError):
        folder.rmdir()


def _ignore(path: Path) -> None:
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    if IGNORED not in before:
        gap = "" if before.endswith("\n") or not before else "\n"
        with path.open("a", encoding="utf-8") as file:
            file.write(gap + IGNORED)


def replace(path: Path, content: str) -> None:
    """Give a file its text in one instant, whether it is there or not.

    Raises:
        ProblemsError: something is there that is no file (a pipe would block for ever).
        OSError: it cannot be written; what was there before is still there.
    """
    target = path.resolve()
    if target.exists() and not target.is_file():
        raise ProblemsError.of("not-a-file", f"{path} is not a file: nothing is written there")
    temporary = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    with written(path):
        try:
            with temporary.open("x", encoding="utf-8", newline="") as file:
                file.write(content)
            if target.exists():
                shutil.copymode(target, temporary)
            os.replace(temporary, target)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
