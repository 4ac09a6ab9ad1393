"""Two values that differ are never shown alike."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reconciler.render.pairs import LIMIT, differing_lines, pair

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


@pytest.mark.parametrize(
    ("before", "after", "lines"),
    [
        ("a\nb\nc", "a\nx\nc", ['- "b"', '+ "x"', "(2 unchanged lines hidden)"]),
        ("a\nb", "a\nb\nc", ['+ "c"', "(2 unchanged lines hidden)"]),
        ("a\nb", "b", ['- "a"', "(1 unchanged line hidden)"]),
        ("a\n", "a", []),
        (
            LONG,
            LONG.replace("synonym30", "other"),
            ['- "word30, synonym30"', '+ "word30, other"', "(59 unchanged lines hidden)"],
        ),
    ],
)
def test_lines(before: str, after: str, lines: list[str]) -> None:
    assert differing_lines(before, after) == lines
