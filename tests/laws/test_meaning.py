"""Fourth law, of lint: its errors are failures at the service, and what it is content with runs."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from hypothesis import event, given
from hypothesis import strategies as st

from tests.laws.bench import tried
from tests.laws.mistakes import mistaken
from tests.laws.pipelines import pipelines
from tools.foresight import files, told, truth
from tools.foresight.stack import Stack, spots, value
from tools.foresight.told import Said
from tools.foresight.truth import Seen


@tried(30)
@given(stack=pipelines())
def test_nothing_is_said_of_what_works(stack: Stack) -> None:
    tried = _tried(stack, stack)
    assert not tried.told, json.dumps(stack)
    _runs(stack, tried.seen)


@tried(90)
@given(data=st.data())
def test_an_error_fails_and_what_is_clean_runs(data: st.DataObject) -> None:
    """With one mistake: of two, one may keep the other from showing. Warnings claim nothing."""
    stack = data.draw(pipelines())
    mistake = data.draw(mistaken(stack))
    told, seen = _tried(stack, mistake)
    errors = [one for one in told if one.severity == "error"]
    event("an error" if errors else "warnings" if told else "clean")
    if errors:
        notes = any(note.startswith("error") for note in seen.notes)
        assert seen.refusal or seen.failed or notes, (errors, json.dumps(mistake))
    elif not told:
        _runs(mistake, seen)


class Tried(NamedTuple):
    """What lint tells of a stack, but for advice, and what the embedded service makes of it."""

    told: list[Said]
    seen: Seen


def _tried(original: Stack, stack: Stack) -> Tried:
    """A stack, with files that suit the one that it was made of."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files.write(original, folder / "files")
        said = [one for one in told.said(stack, folder) if _claims(one)]
        return Tried(said, truth.seen(stack, folder / "files", truth.accounts_of(stack)))


def _claims(said: Said) -> bool:
    """Whether it is more than an advice; of a path that may be there, somebody has to know."""
    return said.severity != "advice" or said.code == "missing-path"


def _runs(stack: Stack, seen: Seen) -> None:
    """Documents are there, nobody complained, and what is mapped has values."""
    assert seen.works, (seen.refusal, seen.failed, seen.notes, json.dumps(stack))
    empty = [name for name in _mapped(stack) if not seen.filled["docs", name]]
    assert not empty, (empty, json.dumps(stack))


def _mapped(stack: Stack) -> Iterator[str]:
    """The fields that something is mapped to."""
    for spot in spots(stack, "Indexer", "outputFieldMappings/*/targetFieldName"):
        yield value(stack, spot)
    for spot in spots(stack, "Skillset", "indexProjections/selectors/*/mappings/*/name"):
        yield value(stack, spot)
