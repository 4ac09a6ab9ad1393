"""The table of formats: every row renders, and no command knows a format by its name."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

import reconciler
from reconciler.report.formats import FORMATS, View
from tests.report.samples import FOR, SAMPLES

CLI = Path(reconciler.__file__).parent / "cli"
ROWS = [(what, form) for what, formats in FORMATS.items() for form in formats]
FOR_PROGRAMS = [(what, form) for what, form in ROWS if FORMATS[what][form].answers_once]
VIEWS = {
    "plain": View(),
    "narrow": View(width=20),
    "coloured": View(lambda text, symbol: f"[{symbol}]{text}", show_unmanaged=True),
}
READ_OR_WRITE_JSON = ("importing", "schema")
"""Commands whose files are JSON: definitions that others exported, the schema for editors."""


def test_everything_that_is_reported_has_a_sample() -> None:
    assert set(SAMPLES) == set(FORMATS)


@pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS)
@pytest.mark.parametrize(("what", "form"), ROWS)
def test_a_format_says_what_there_is(what: str, form: str, view: View) -> None:
    sample = SAMPLES[what]
    text = FORMATS[what][form].render(sample.full, view)
    assert [words for words in sample.says if words not in text] == []


@pytest.mark.parametrize(("what", "form"), ROWS)
def test_a_format_has_words_for_nothing(what: str, form: str) -> None:
    sample = SAMPLES[what]
    least = FORMATS[what][form].render(sample.least, View())
    assert isinstance(least, str)
    assert least != FORMATS[what][form].render(sample.full, View())


@pytest.mark.parametrize(
    ("what", "form"), [row for row in ROWS if row[0] in ("noop", "plan", "disagreement")]
)
@pytest.mark.parametrize("size", ["full", "least"])
def test_a_plan_says_what_it_is_for(what: str, form: str, size: str) -> None:
    text = FORMATS[what][form].render(getattr(SAMPLES[what], size), View())
    assert [name for name in FOR if name not in text.replace("\u200b", "")] == []


@pytest.mark.parametrize(("what", "form"), FOR_PROGRAMS)
@pytest.mark.parametrize("size", ["full", "least"])
def test_what_is_for_programs_is_the_same_however_it_is_viewed(
    what: str, form: str, size: str
) -> None:
    texts = {FORMATS[what][form].render(getattr(SAMPLES[what], size), v) for v in VIEWS.values()}
    assert len(texts) == 1


@pytest.mark.parametrize("what", [what for what, formats in FORMATS.items() if "json" in formats])
@pytest.mark.parametrize("size", ["full", "least"])
def test_json_is_one_object_with_its_version(what: str, size: str) -> None:
    value = json.loads(FORMATS[what]["json"].render(getattr(SAMPLES[what], size), View()))
    if what == "documents":  # the service's own answer, whole
        assert value == getattr(SAMPLES[what], size)
    else:
        assert next(iter(value.items())) == ("formatVersion", 1)


@pytest.mark.parametrize("what", FORMATS)
def test_people_come_first(what: str) -> None:
    """What a command prints when no format is asked for is not for programs."""
    first, *_ = FORMATS[what].values()
    assert not first.answers_once


def test_the_table_loads_no_format() -> None:
    program = "import sys, reconciler.report.formats; print(*sys.modules)"
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    loaded = {name for name in ran.stdout.split() if name.startswith("reconciler.report.")}
    assert loaded == {"reconciler.report.formats"}


@pytest.mark.parametrize("file", sorted(CLI.glob("*.py")), ids=lambda file: file.stem)
def test_no_command_builds_json_or_asks_for_a_format_by_name(file: Path) -> None:
    names = {form for _, form in ROWS}
    for node in ast.walk(ast.parse(file.read_text())):
        match node:
            case ast.Import(names=modules) if file.stem not in READ_OR_WRITE_JSON:
                assert "json" not in {module.name for module in modules}
            case ast.ImportFrom(module=module) if file.stem not in READ_OR_WRITE_JSON:
                assert module != "json"
            case ast.Constant(value=str(text)):
                assert text not in names, f"line {node.lineno}: {text}"
