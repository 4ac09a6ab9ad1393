"""Two values that differ are never shown alike."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reconciler.model.ledger import LedgerIdentity
from reconciler.model.plan import Action, Change, Edit, Plan
from reconciler.model.resource_id import ResourceId
from reconciler.report.pairs import LIMIT, differing_lines, pair
from reconciler.report.text import render_plan

LONG = "\n".join(f"word{number}, synonym{number}" for number in range(60))


@given(st.text(), st.text(), st.text(), st.integers(0, 200), st.integers(0, 200))
def test_what_differs_is_shown(one: str, other: str, middle: str, left: int, right: int) -> None:
    before, after = (f"{'a' * left}{text}{middle}{'z' * right}" for text in (one, other))
    shown = pair(before, after)
    assert (shown[0] == shown[1]) == (before == after)
    assert max(map(len, shown)) <= LIMIT


@given(st.text(), st.text())
def test_lines_that_differ_are_shown(before: str, after: str) -> None:
    lines = differing_lines(before, after)
    assert bool(lines) == (before.splitlines() != after.splitlines())


FILL = "f" * 200
WITHIN = {
    "a text": lambda text: text,
    "a list": lambda text: [text],
    "a list beside others": lambda text: ["first", text, "last"],
    "an object": lambda text: {"name": text, "kind": "x"},
    "a list of objects": lambda text: [{"rules": [text], "name": "n"}],
}


@pytest.mark.parametrize("within", WITHIN.values(), ids=WITHIN)
@pytest.mark.parametrize("other", [f"{FILL}B{FILL}", f"{FILL}A{FILL}B", f"{FILL}A", f"B{FILL}"])
def test_an_edit_never_prints_both_sides_alike(within: Callable[[str], Any], other: str) -> None:
    """However deep a long text stands, and wherever in it the difference is."""
    edit = Edit(("x",), within(f"{FILL}A{FILL}"), within(other))
    change = Change(ResourceId("SynonymMap", "words"), Action.UPDATE, (edit,))
    target = LedgerIdentity("shop", "prod", "https://shop.search.windows.net", "ab", "cd")
    one = render_plan(Plan(target, (change,)))
    swapped = replace(change, edits=(replace(edit, before=edit.after, after=edit.before),))
    assert one != render_plan(Plan(target, (swapped,)))


@pytest.mark.parametrize(
    ("before", "after", "lines"),
    [
        ("a\nb\nc", "a\nx\nc", ['  "a"', '- "b"', '+ "x"', '  "c"']),
        ("a\nb", "a\nb\nc", ["(1 unchanged line hidden)", '  "b"', '+ "c"']),
        ("a\nb", "b", ['- "a"', '  "b"']),
        ("a\n", "a", []),
        (
            LONG,
            LONG.replace("synonym30", "other"),
            [
                "(29 unchanged lines hidden)",
                '  "word29, synonym29"',
                '- "word30, synonym30"',
                '+ "word30, other"',
                '  "word31, synonym31"',
                "(28 unchanged lines hidden)",
            ],
        ),
    ],
)
def test_lines(before: str, after: str, lines: list[str]) -> None:
    assert differing_lines(before, after) == lines
