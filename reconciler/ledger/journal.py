"""The text of a journal: one line a step, written as it ends, so that a killed run loses nothing.

What a step sends that is known only then has a line of its own, written before it is sent. A line
names its run and carries a checksum of itself and of the lines before it in that run. A last line
without an end was cut off by a kill and counts as not written: what the service shows settles its
step.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from typing import Any

from reconciler.model.json import JsonObject, StoredJson, parse
from reconciler.model.problem import ProblemsError
from reconciler.model.resource_id import ResourceId

_LINE = re.compile(rb'\{"sum": "([0-9a-f]{16})", (.*)\}')


@dataclass(frozen=True, slots=True)
class Line:
    """How one step ended: done, or surely not done; `read_back` is without secrets."""

    run: str
    step: str
    done: bool
    read_back: StoredJson


@dataclass(frozen=True, slots=True)
class Sending:
    """What a step is about to write, where that was not known before: without secrets."""

    run: str
    step: str
    name_on_service: str
    written: StoredJson


class Encoder:
    """Lines as they are written, each with the checksum of all before it in its run."""

    def __init__(self) -> None:
        self._last = b""

    def encode(self, line: Line | Sending) -> bytes:
        """The text of the next line, with its end."""
        head = {"run": line.run, "step": line.step}
        match line:
            case Line():
                text = _joined(head | {"done": line.done}, "readBack", line.read_back)
            case Sending():
                text = _joined(head | {"name": line.name_on_service}, "written", line.written)
        self._last = _sum(self._last or line.run.encode(), text)
        return b'{"sum": "' + self._last + b'", ' + text + b"}\n"


def _joined(head: JsonObject, last: str, value: StoredJson) -> bytes:
    """The content of a line, but for its checksum; a stored text is not parsed again."""
    return json.dumps(head)[1:-1].encode() + f', "{last}": '.encode() + value.text


def decode(content: bytes, name: str) -> list[Line | Sending]:
    """The lines of a journal.

    Args:
        name: what people call it.

    Raises:
        ProblemsError: a line is not what was written.
    """
    lines: list[Line | Sending] = []
    last: dict[str, bytes] = {}
    for number, text in enumerate(content.split(b"\n")[:-1], 1):
        try:
            lines.append(_line(text, last))
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            raise refused(name, f"is damaged in line {number}") from None
    return lines


def _line(text: bytes, last: dict[str, bytes]) -> Line | Sending:
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
    if "written" in value:
        return _sending(run, value["step"], value["name"], value["written"])
    return _checked(run, value["step"], value["done"], value["readBack"])


def _line_of_format_1(value: Any) -> Line:
    """A line of version 0.1: it names an object and no run, and has no checksum."""
    if len(value) > 3:
        raise ValueError("it is not what version 0.1 wrote")
    step = str(ResourceId.parse(value["address"]))
    return _checked("", step, value["done"], value["readBack"])


def _checked(run: str, step: Any, done: Any, read_back: Any) -> Line:
    if not (isinstance(step, str) and isinstance(done, bool) and isinstance(read_back, dict)):
        raise ValueError("it is not what any version wrote")
    return Line(run, step, done, StoredJson.of(read_back))


def _sending(run: str, step: Any, name: Any, written: Any) -> Sending:
    if not (isinstance(step, str) and isinstance(name, str) and isinstance(written, dict)):
        raise ValueError("it is not what any version wrote")
    return Sending(run, step, name, StoredJson.of(written))


def _sum(before: bytes, text: bytes) -> bytes:
    return hashlib.sha256(before + text).hexdigest()[:16].encode()


def refused(name: str, reason: str) -> ProblemsError:
    """The error of a journal that cannot be used."""
    fix = "restore it; if it is lost, delete it: what the service shows settles the run"
    return ProblemsError.of("wrong-ledger", f"the journal {name} {reason}", fix)
