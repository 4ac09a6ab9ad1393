"""The journal: one line a step, flushed as it ends, so that a killed run loses nothing.

A line names its run and carries a checksum of itself and of the lines before it in that run. A last
line without an end was cut off by a kill and counts as not written: what the service shows settles
its step.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

from reconciler.manifest.reading import written
from reconciler.model.address import Address
from reconciler.model.json import StoredJson, parse
from reconciler.model.problem import ProblemsError

_LINE = re.compile(rb'\{"sum": "([0-9a-f]{16})", (.*)\}')


@dataclass(frozen=True, slots=True)
class Line:
    """How one step ended: done, or surely not done; `read_back` is without secrets."""

    run: str
    step: str
    done: bool
    read_back: StoredJson


class Journal:
    """An open journal, to be written beside a running apply."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._path = path
        self._file = path.open("ab")
        self._last = b""

    def __enter__(self) -> Journal:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()

    def record(self, line: Line) -> None:
        """The end of a step."""
        head = json.dumps({"run": line.run, "step": line.step, "done": line.done})
        text = head[1:-1].encode() + b', "readBack": ' + line.read_back.text
        self._last = _sum(self._last or line.run.encode(), text)
        with written(self._path):
            self._file.write(b'{"sum": "' + self._last + b'", ' + text + b"}\n")
            self._file.flush()


def read(path: Path) -> list[Line]:
    """The lines of a journal; none when there is no file.

    Raises:
        ProblemsError: it cannot be read, or a line is not what was written.
    """
    if not os.path.lexists(path):
        return []
    if not path.is_file():
        raise _refused(path, "is not a file")
    try:
        content = path.read_bytes()
    except OSError as error:
        raise _refused(path, f"cannot be read: {error.strerror}") from None
    lines: list[Line] = []
    last: dict[str, bytes] = {}
    for number, text in enumerate(content.split(b"\n")[:-1], 1):
        try:
            lines.append(_line(text, last))
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            raise _refused(path, f"is damaged in line {number}") from None
    return lines


def _line(text: bytes, last: dict[str, bytes]) -> Line:
    """One line.

    Args:
        last: the checksum of the line before, by run; it is brought up to date.
    """
    found = _LINE.fullmatch(text)
    if found is None:
        return _line_of_format_1(parse(text))
    value = parse(b"{" + found[2] + b"}")
    run = value["run"]
    if found[1] != _sum(last.get(run, run.encode()), found[2]):
        raise ValueError("its checksum is not that of its content and what stands before")
    last[run] = found[1]
    return _checked(run, value["step"], value["done"], value["readBack"])


def _line_of_format_1(value: Any) -> Line:
    """A line of version 0.1: it names an object and no run, and has no checksum."""
    if len(value) > 3:
        raise ValueError("it is not what version 0.1 wrote")
    step = str(Address.parse(value["address"]))
    return _checked("", step, value["done"], value["readBack"])


def _checked(run: str, step: Any, done: Any, read_back: Any) -> Line:
    if not (isinstance(step, str) and isinstance(done, bool) and isinstance(read_back, dict)):
        raise ValueError("it is not what any version wrote")
    return Line(run, step, done, StoredJson.of(read_back))


def _sum(before: bytes, text: bytes) -> bytes:
    return hashlib.sha256(before + text).hexdigest()[:16].encode()


def _refused(path: Path, reason: str) -> ProblemsError:
    fix = "restore it; if it is lost, delete it: what the service shows settles the run"
    return ProblemsError.of("wrong-ledger", f"the journal {path.name} {reason}", fix)
