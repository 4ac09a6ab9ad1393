"""The page of pitfalls names every rule, and no other code than there is."""

from __future__ import annotations

import re

import pytest

from reconciler.lint.rule import rules
from reconciler.problems import chapters
from tests.docs.pages import ROOT

PAGE = (ROOT / "docs" / "pitfalls.md").read_text()
ROWS = [line.strip("| ").split(" | ") for line in PAGE.splitlines() if re.match(r"\| \d", line)]
LINKED = re.findall(r"\[`([a-z-]+)`\]\(problems/([a-z]+)\.md#([a-z-]+)\)", PAGE)
UNTOLD = ("no: ", "not told yet", "harmless: ")


def test_every_rule_is_named() -> None:
    assert {code for code, chapter, _ in LINKED if chapter == "lint"} == set(rules())


def test_every_code_is_there_and_leads_to_its_entry() -> None:
    known = {(entry.code, chapter.name) for chapter in chapters() for entry in chapter.entries}
    assert all(code == anchor and (code, chapter) in known for code, chapter, anchor in LINKED)


def test_they_are_numbered() -> None:
    assert [int(number) for number, *_ in ROWS] == list(range(1, len(ROWS) + 1))
    assert len(ROWS) > 150


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row[0]} {row[1]}"[:60])
def test_each_says_who_tells_it_or_why_nobody_does(row: list[str]) -> None:
    _, what, who = row
    assert what
    assert who.startswith(UNTOLD) or "](" in who
