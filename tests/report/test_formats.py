"""The table of formats: every row renders, and no command knows a format by its name."""

from __future__ import annotations

import importlib
import inspect
import re
from pathlib import Path

import pytest

import reconciler
from reconciler.report.formats import FORMATS

CLI = Path(reconciler.__file__).parent / "cli"
ROWS = [(what, form) for what, formats in FORMATS.items() for form in formats]


@pytest.mark.parametrize(("what", "form"), ROWS)
def test_a_row_names_a_function_of_a_value_and_a_view(what: str, form: str) -> None:
    module, _, name = FORMATS[what][form].renderer.partition(":")
    function = getattr(importlib.import_module(f"reconciler.report.{module}"), name)
    assert len(inspect.signature(function).parameters) == 2
    assert function.__doc__


@pytest.mark.parametrize("what", FORMATS)
def test_people_come_first(what: str) -> None:
    """What a command prints when no format is asked for is not for programs."""
    first, *_ = FORMATS[what].values()
    assert not first.answers_once


@pytest.mark.parametrize("file", sorted(CLI.glob("*.py")), ids=lambda file: file.stem)
def test_no_command_builds_json_or_asks_for_a_format_by_name(file: Path) -> None:
    text = file.read_text()
    if file.stem not in ("apply", "importing", "schema", "plan"):  # files that they read or write
        assert not re.search(r"^import json$", text, re.MULTILINE)
    assert not re.search(r"form (==|!=|in) [\"(\[]", text)
