"""Damage to what is kept between commands, and a project at a kept moment that it is done to."""

from __future__ import annotations

import json
import os
import re
import time
from collections.abc import Callable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import settings
from hypothesis import strategies as st

from tests.versions.making import restored
from tests.world import COLLECTIONS, Ran, World

EXAMPLES = int(os.environ.get("RECONCILER_STATE_EXAMPLES", "0"))
tried = settings(max_examples=EXAMPLES or 25, derandomize=not EXAMPLES, deadline=None)
HANGS = 10
"""Seconds; no command on a project this small takes a tenth of that."""

KEPT = Path(__file__).parents[1] / "versions"
LEDGER, JOURNAL = ".reconciler/test.ledger.json", ".reconciler/test.journal.jsonl"
READING = ("plan", "drift", "ledger list")
VALUES: list[Any] = [None, True, -1, 1e300, 10**40, "", "x", "Index/docs-v1", [], [[]], {}, {"": 0}]


@st.composite
def damaged(draw: st.DrawFn, content: bytes) -> bytes:
    """Bytes that were changed, cut, doubled, exchanged or spelled otherwise."""
    place = draw(st.integers(0, len(content)))
    lines = content.split(b"\n")
    line, other = (draw(st.integers(0, len(lines) - 1)) for _ in range(2))
    match draw(st.integers(0, 8)):
        case 0:
            return content[:place]
        case 1:
            return content[place:]
        case 2:
            end = draw(st.integers(place, min(len(content), place + 40)))
            return content[:place] + content[end:]
        case 3:
            return content[:place] + draw(st.binary(max_size=4)) + content[place + 1 :]
        case 4:
            lines.insert(line, lines[other])
        case 5:
            lines[line], lines[other] = lines[other], lines[line]
        case 6:
            del lines[line]
        case 7:
            return content.replace(b"\n", draw(st.sampled_from([b"\r\n", b"\n\n", b" \n", b""])))
        case _:
            encoding = draw(st.sampled_from(["utf-16", "utf-8-sig", "latin-1"]))
            return content.decode().encode(encoding, "replace")
    return b"\n".join(lines)


def changed(draw: st.DrawFn, value: Any) -> Any:
    """A JSON value in which one property is another, gone, or new."""
    inner: Any = value
    while isinstance(inner, (dict, list)) and inner:
        keys = list(inner) if isinstance(inner, dict) else list(range(len(inner)))
        key = draw(st.sampled_from(keys))
        if not isinstance(inner[key], (dict, list)) or not inner[key] or draw(st.booleans()):
            match draw(st.integers(0, 2)):
                case 0:
                    inner[key] = draw(st.sampled_from(VALUES))
                case 1:
                    del inner[key]
                case _ if isinstance(inner, dict):
                    inner["more"] = draw(st.sampled_from(VALUES))
            return value
        inner = inner[key]
    return value


def is_plain(ran: Ran) -> None:
    """Whatever was wrong, it ended as commands end."""
    assert ran.code in (0, 1, 2, 3)
    assert "Traceback" not in ran.out + ran.err
    assert "fault of the tool" not in ran.err, ran.err


def is_refused(ran: Ran, *codes: str) -> bool:
    """Whether it ended with an error of one of the codes; of any, where none is given."""
    found = {*re.findall(r"\[([a-z0-9-]+)\]$", ran.err, re.MULTILINE)}
    return ran.code == 1 and bool(found & {*codes} if codes else found)


class Applied(NamedTuple):
    """What an apply said, and what the service was asked to do."""

    code: int
    out: str
    writes: list[str]


class State:
    """A project and its service at a kept moment, and what commands say there."""

    def __init__(self, world: World) -> None:
        self.world = world
        world.environ["RECONCILER_DEBUG"] = ""
        self.plan = (world.root / "plan.json").read_bytes()
        self.ledger = (world.root / LEDGER).read_bytes()
        held = world.root / "service"
        self.live = {
            f"{kind}/{file.stem}": json.loads(file.read_text())["body"]
            for kind, collection in COLLECTIONS.items()
            for file in sorted((held / collection).glob("*.json"))
        }
        journal = world.root / JOURNAL
        self.journal = journal.read_bytes() if journal.exists() else b""

    def said(self, *commands: str) -> list[Ran]:
        found = []
        for command in commands:
            began = time.monotonic()
            found.append(self.world.cli(*command.split()))
            assert time.monotonic() - began < HANGS, command
            is_plain(found[-1])
        return found

    def reset(self) -> None:
        """All files and the service as they were kept."""
        self.put("plan.json", self.plan)
        self.put(LEDGER, self.ledger)
        (self.world.root / JOURNAL).unlink(missing_ok=True)
        if self.journal:
            self.put(JOURNAL, self.journal)
        if self.world.writes():
            self.restore()

    def restore(self) -> None:
        """The service, secrets too, and the files."""
        self.world.service.wipe()
        for address, body in self.live.items():
            self.world.service.put(address, body)
        self.reset()

    def applied(self, arguments: str) -> Applied:
        """What an apply does; everything is reset afterwards."""
        self.world.writes()
        [ran] = self.said(f"apply --concurrency 1 {arguments}")
        calls = self.world.service.calls()
        writes = [str(call) for call in calls if call.method in ("PUT", "POST", "DELETE")]
        self.restore() if writes else self.reset()
        return Applied(ran.code, ran.out, writes)

    def refused_apply(self, arguments: str, path: str, content: bytes) -> bool:
        """Whether an apply is an error, or refused by the guard, and writes nothing anywhere."""
        kept = {name: self.content(name) for name in (LEDGER, JOURNAL)}
        self.world.writes()
        [ran] = self.said(f"apply {arguments}")
        same = {name: self.content(name) for name in kept} == kept
        same = same and self.content(path) == content
        return ran.code in (1, 3) and same and self.world.writes() == []

    def content(self, path: str) -> bytes | None:
        file = self.world.root / path
        return file.read_bytes() if file.exists() else None

    @cached_property
    def reads(self) -> list[tuple[int, str]]:
        """What is said with the undamaged files."""
        return [(ran.code, ran.out) for ran in self.said(*READING)]

    @cached_property
    def does(self) -> Applied:
        """What an apply of the undamaged files does."""
        return self.applied("--yes")

    @cached_property
    def does_saved(self) -> Applied:
        """What an apply of the undamaged plan does."""
        return self.applied("plan.json")

    @cached_property
    def steps(self) -> list[str]:
        """The steps of the undamaged plan."""
        return [call["id"] for call in self.world.plan()["calls"]]

    def put(self, path: str, content: bytes) -> None:
        (self.world.root / path).write_bytes(content)

    @cached_property
    def cut_off(self) -> list[list[tuple[int, str]]]:
        """What is said with a journal that ends after any of its lines."""
        lines, found = self.journal.splitlines(keepends=True), []
        for count in range(len(lines) + 1):
            self.put(JOURNAL, b"".join(lines[:count]))
            found.append([(ran.code, ran.out) for ran in self.said(*READING)])
        return found


def state(
    moment: str,
) -> Callable[[pytest.FixtureRequest, pytest.TempPathFactory], Iterator[State]]:
    """A fixture: the project of a pair of versions (its parameter) at a moment."""

    def restored_state(
        request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
    ) -> Iterator[State]:
        with restored(KEPT / request.param, moment, tmp_path_factory.mktemp(moment)) as world:
            yield State(world)

    return restored_state
