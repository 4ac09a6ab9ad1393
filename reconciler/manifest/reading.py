"""The files that a project names: where they may lie, and their bytes. Nothing else opens them."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from reconciler.model.problem import ProblemsError, Where

MAX_BYTES = 4 * 1024 * 1024
FILE_NAME_PATTERN = "^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$"
"""Of a name that becomes a part of a file's name."""

FILE_NAME_FIX = "write up to 64 letters (a-z), digits, dots, dashes and underscores"
_FILE_NAME = re.compile(FILE_NAME_PATTERN)


def is_file_name(name: str) -> bool:
    """Whether a name can be a part of a file's name, on every system and in every folder."""
    return _FILE_NAME.match(name) is not None and not name.endswith("\n")


def state_file(folder: Path, environment: str, ending: str) -> Path:
    """The file of an environment in the folder of a project's state.

    Raises:
        ProblemsError: its name cannot be a part of a file's name.
    """
    if not is_file_name(environment):
        text = f"an environment cannot be called `{environment}`: its ledger is a file of that name"
        raise ProblemsError.of("wrong-value", text, FILE_NAME_FIX)
    return folder / f"{environment}.{ending}"


def within(root: Path, name: str | Path) -> Path | None:
    """The path that a name of a project stands for; None where it, or a link, leads out of it.

    Args:
        root: the project's folder.
    """
    path = root / name
    try:
        inside = path.resolve().is_relative_to(root.resolve())
    except (OSError, RuntimeError):  # links in a circle: reading says so
        inside = Path(os.path.normpath(path)).is_relative_to(os.path.normpath(root))
    except ValueError:  # a null byte, which no path can hold
        return None
    return path if inside else None


def read_text(path: Path) -> str:
    """A file's text.

    Raises:
        ProblemsError: it cannot be read, is larger than `MAX_BYTES`, or is not UTF-8.
    """
    return decode(path, read_bytes(path))


def read_bytes(
    path: Path,
    called: str = "the file",
    where: Where | None = None,
    limit: int = MAX_BYTES,
) -> bytes:
    """A file's bytes; what is no file is not waited for (a pipe would block for ever).

    Args:
        called: what messages call it.
        where: the place of the problem, if that is not the file itself.
        limit: in bytes.

    Raises:
        ProblemsError: it cannot be read, is no file, or is larger than the limit.
    """
    where = where or Where(path)
    try:
        data, size = _read(path, limit)
    except _NotAFileError:
        text = f"{'this' if called == 'the file' else called} is not a file"
        raise ProblemsError.of("unreadable-file", text, where=where) from None
    except (OSError, ValueError) as error:
        text = f"cannot read {called}: {getattr(error, 'strerror', None) or error}"
        raise ProblemsError.of("unreadable-file", text, where=where) from None
    if size > limit:
        text = f"{called} has {size / 1048576:.1f} MB; the limit is {limit // 1048576} MB"
        raise ProblemsError.of("file-too-large", text, "split it into several files", where)
    return data


class _NotAFileError(Exception):
    """A folder, a pipe, a socket or a device."""


_UNBLOCKED = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


def _read(path: Path, limit: int) -> tuple[bytes, int]:
    """The bytes of a file and its size; no bytes of what is larger than is allowed."""
    descriptor = os.open(path, os.O_RDONLY | _UNBLOCKED)
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise _NotAFileError
        data, size = b"", status.st_size
        while size <= limit and (part := os.read(descriptor, limit + 1)):
            data += part
            size = max(size, len(data))
        return data, size
    finally:
        os.close(descriptor)


@contextmanager
def written(path: Path) -> Iterator[None]:
    """While a file is written: what goes wrong on the way (a full disk) names the file, too."""
    try:
        yield
    except OSError as error:
        error.filename, error.filename2 = str(path), None
        raise


def decode(path: Path, data: bytes) -> str:
    """UTF-8 bytes as text, without a byte order mark."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        text = f"the file is not UTF-8 (byte {error.start} is 0x{data[error.start]:02x})"
        fix = "save it as UTF-8"
        where = Where(path, line=line, column=1)
        raise ProblemsError.of("not-utf8", text, fix, where) from None
