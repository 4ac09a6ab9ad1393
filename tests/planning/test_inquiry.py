"""What a plan asks before it is believed: of each write what may be lost, or refused, by it."""

from __future__ import annotations

import pytest

from reconciler.model.inquiry import Inquiry
from reconciler.model.resource_id import ResourceId
from reconciler.planning import make_plan
from reconciler.planning.inputs import PlanInputs
from reconciler.planning.inquiry import inquiry
from tests.planning.stated import VERSION, entry, ids, live, resource, situation

OLD = "2024-07-01"
WORDS, OTHER = ({"format": "solr", "synonyms": text} for text in ("a, b", "a, c"))
ALIAS = {"indexes": ["x"]}
ASKED: dict[str, tuple[PlanInputs, Inquiry]] = {
    "nothing, where nothing is written": (
        situation([resource("SynonymMap/m", WORDS, OLD)], [live("SynonymMap/m", WORDS, OLD)]),
        Inquiry(),
    ),
    "of what is created, nothing": (
        situation([resource("SynonymMap/m", WORDS, OLD)], []),
        Inquiry(),
    ),
    "of an update, what a newer version shows": (
        situation([resource("SynonymMap/m", WORDS, OLD)], [live("SynonymMap/m", OTHER, OLD)]),
        Inquiry(newer={ResourceId("SynonymMap", "m"): "m"}),
    ),
    "of an update in the newest version, nothing": (
        situation([resource("SynonymMap/m", WORDS)], [live("SynonymMap/m", OTHER)]),
        Inquiry(),
    ),
    "of a deletion, who refers to it": (
        situation(
            [],
            [live("SynonymMap/m", WORDS, OLD)],
            [entry("SynonymMap/m", WORDS, api_version=OLD)],
        ),
        Inquiry(referrers_of=frozenset(ids("SynonymMap/m"))),
    ),
    "of the deletion of an index, how many documents": (
        situation([], [live("Index/x", {})], [entry("Index/x", {})]),
        Inquiry(referrers_of=frozenset(ids("Index/x")), documents=frozenset(ids("Index/x"))),
    ),
    "of a reader that moves, how many documents there and here": (
        situation(
            [resource("Alias/a", ALIAS)],
            [live("Alias/a", {"indexes": ["y"]}), live("Index/x", {}), live("Index/y", {})],
        ),
        Inquiry(documents=frozenset(ids("Index/x", "Index/y"))),
    ),
    "of what is referred to, whether it is there": (
        situation([resource("Alias/a", ALIAS)], []),
        Inquiry(missing=frozenset(ids("Index/x"))),
    ),
}


@pytest.mark.parametrize(("inputs", "asked"), ASKED.values(), ids=ASKED)
def test_what_is_asked(inputs: PlanInputs, asked: Inquiry) -> None:
    found = inquiry(inputs, make_plan(inputs))
    assert found == asked
    assert bool(found) is (asked != Inquiry())


def test_the_newest_version_is_the_one_that_is_asked() -> None:
    """The rows above rest on it."""
    assert OLD < VERSION
