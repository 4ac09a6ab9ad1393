"""A run that was killed at any point: what its journal knows, and what the service shows."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reconciler.ledger.journal import Encoder, Line, Sending, decode
from reconciler.ledger.recovery import folded, settled
from reconciler.model.json import NOTHING, StoredJson
from reconciler.model.ledger import Entry, Intent, Ledger, PendingRun
from reconciler.model.problem import ProblemsError
from reconciler.model.resource import Live
from tests.ledger.samples import IDENTITY, entry

SECRET = {"/encryptionKey": "aa"}
OLD = {"format": "solr", "synonyms": "old"}
BEFORE = entry(written=OLD, fingerprints=SECRET, read_back=StoredJson.of({"a": 1}))
AFTER = entry(written={"format": "solr", "synonyms": "new"}, fingerprints={"/encryptionKey": "bb"})
READ = StoredJson.of({"name": "words", "synonyms": "new", "format": "solr"})
AT = AFTER.id


def live(synonyms: str) -> dict[object, Live]:
    return {AT: Live(AT, {"name": "words", "format": "solr", "synonyms": synonyms}, "1", "x")}


def ledger(entries: list[Entry], *steps: tuple[str, Entry | None]) -> Ledger:
    """A ledger whose run has these steps on the one object, in order."""
    intents = {f"{i} {does}": Intent(AT, does, after) for i, (does, after) in enumerate(steps)}
    return Ledger(IDENTITY, {e.id: e for e in entries}, PendingRun("r1", "plan", intents))


def done(step: str, run: str = "r1") -> Line:
    return Line(run, step, True, READ)


def not_done(step: str) -> Line:
    return Line("r1", step, False, NOTHING)


def sending(step: str) -> Sending:
    return Sending("r1", step, AFTER.name_on_service, AFTER.written)


MARKED = replace(
    AFTER,
    name_on_service="(known after apply)",
    written=StoredJson.of({"format": "solr", "synonyms": {"$unknown": "Index/i/x"}}),
)
LATER = ledger([], ("create", MARKED))
REPLACED = ledger([BEFORE], ("delete", MARKED), ("create", MARKED))
CREATE = ledger([], ("create", AFTER))
UPDATE = ledger([BEFORE], ("update", AFTER))
DELETE = ledger([BEFORE], ("delete", None))
TWO = ledger([BEFORE], ("update", BEFORE), ("update", AFTER))
CREATE_TWO = ledger([], ("create", BEFORE), ("update", AFTER))
TRUE = replace(AFTER, read_back=READ)
UNCERTAIN = replace(AFTER, fingerprints={"/encryptionKey": None})
NOT_WRITTEN = replace(BEFORE, fingerprints={"/encryptionKey": None})

FOLDED = {
    "a create that is done": (CREATE, [done("0 create")], [TRUE], 0),
    "a create that was refused": (CREATE, [not_done("0 create")], [], 0),
    "a create without a line": (CREATE, [], [], 1),
    "an update that is done": (UPDATE, [done("0 update")], [TRUE], 0),
    "an update that was refused": (UPDATE, [not_done("0 update")], [BEFORE], 0),
    "a deletion that is done": (DELETE, [done("0 delete")], [], 0),
    "a line of another run": (UPDATE, [done("0 update", "r0")], [BEFORE], 1),
    "a line of no step": (UPDATE, [done("7 update")], [BEFORE], 1),
    "the first of two": (TWO, [done("0 update")], [BEFORE], 2),
    "both": (TWO, [done("0 update"), done("1 update")], [TRUE], 0),
    "the first of two, the second refused": (
        TWO,
        [done("0 update"), not_done("1 update")],
        [BEFORE],
        2,
    ),
    "neither, the first refused": (TWO, [not_done("0 update")], [BEFORE], 0),
    "what was known only then": (LATER, [sending("0 create"), done("0 create")], [TRUE], 0),
    "one in another's place": (
        REPLACED,
        [sending("0 delete"), done("0 delete"), done("1 create")],
        [TRUE],
        0,
    ),
    "the other one gone, and no more": (REPLACED, [done("0 delete")], [BEFORE], 2),
}


@pytest.mark.parametrize(("before", "lines", "entries", "unclear"), FOLDED.values(), ids=FOLDED)
def test_what_the_journal_knows(
    before: Ledger, lines: list[Line | Sending], entries: list[Entry], unclear: int
) -> None:
    after = folded(before, lines)
    assert list(after.entries.values()) == entries
    assert (len(after.run.intents) if after.run is not None else 0) == unclear


SETTLED = {
    "a create that is live as it was sent": (CREATE, [], live("new"), [UNCERTAIN]),
    "a create whose name somebody else took": (CREATE, [], live("theirs"), []),
    "a create that never arrived": (CREATE, [], {}, []),
    "one created again whose name somebody else took": (
        ledger([BEFORE], ("create", AFTER)),
        [],
        live("theirs"),
        [],
    ),
    "an update, whatever is live": (UPDATE, [], live("theirs"), [UNCERTAIN]),
    "an update that never arrived": (UPDATE, [], live("old"), [NOT_WRITTEN]),
    "an update of what is gone": (UPDATE, [], {}, [BEFORE]),
    "a deletion that was done": (DELETE, [], {}, []),
    "a deletion that was not": (DELETE, [], live("old"), [BEFORE]),
    "the first of two updates": (TWO, [done("0 update")], live("old"), [NOT_WRITTEN]),
    "created, and changed by somebody before its second step": (
        CREATE_TWO,
        [done("0 create")],
        live("theirs"),
        [UNCERTAIN],
    ),
    "a create of two steps whose name somebody else took": (CREATE_TWO, [], live("theirs"), []),
    "what was known only then, live": (LATER, [sending("0 create")], live("new"), [UNCERTAIN]),
    "what was known only then, not sent": (LATER, [], live("new"), []),
    "one in another's place, live": (
        REPLACED,
        [sending("0 delete"), done("0 delete")],
        live("new"),
        [UNCERTAIN],
    ),
    "the other one, still live": (REPLACED, [sending("0 delete")], live("old"), [BEFORE]),
}


@pytest.mark.parametrize(("before", "lines", "found", "entries"), SETTLED.values(), ids=SETTLED)
def test_what_the_service_shows(
    before: Ledger, lines: list[Line | Sending], found: dict[object, Live], entries: list[Entry]
) -> None:
    after = settled(folded(before, lines), found)
    assert list(after.entries.values()) == entries
    assert after.run is None
    assert [record.outcome for record in after.runs] == ["interrupted"]


def test_a_run_is_recorded_once() -> None:
    once = settled(UPDATE, live("new"))
    assert settled(replace(once, run=UPDATE.run), live("new")).runs == once.runs


def test_a_journal_says_what_was_about_to_be_sent() -> None:
    encoder = Encoder()
    lines = [sending("0 create"), done("0 create"), not_done("1 update")]
    content = b"".join(map(encoder.encode, lines))
    assert decode(content, "journal") == lines
    assert decode(content[:-1], "journal") == lines[:-1]


@pytest.mark.parametrize("part", ['"name": ', '"written": ', '"step": ', "solr"])
def test_a_journal_in_which_what_was_sent_is_changed_is_refused(part: str) -> None:
    content = Encoder().encode(sending("0 create")).decode()
    assert part in content
    with pytest.raises(ProblemsError, match="damaged in line 1"):
        decode(content.replace(part, part.upper()).encode(), "journal")
