"""What is wrong in a body: where, what, and what to do about it."""

from __future__ import annotations

from typing import Any

import pytest

from reconciler.model import pointer
from reconciler.model.problem import Severity
from reconciler.schema.validation import Finding, judge
from tests.schema.small import THING

Body = dict[str, Any]
Told = list[tuple[str, str, str, str]]

VERSION = "2026-06-01"


def judged(body: Body, version: str = VERSION, *, allow_unknown: bool = False) -> list[Finding]:
    return judge(THING, {"name": "n", **body}, version, allow_unknown=allow_unknown)


def told(found: list[Finding]) -> Told:
    return [(one.code, pointer.render(one.position), one.message, one.fix) for one in found]


PLAIN: dict[str, tuple[Body, Told]] = {
    "nothing": ({"note": "a", "size": 1, "bag": {"any": [1]}}, []),
    "nulls": ({"note": None, "parts": None, "form": None, "late": None}, []),
    "an unknown property": (
        {"nota": 1},
        [("unknown-property", "/nota", "unknown property `nota`", "did you mean `note`?")],
    ),
    "one of an element": (
        {"parts": [{"name": "a"}, {"name": "b", "sise": 1}]},
        [("unknown-property", "/parts/1/sise", "unknown property `sise`", "did you mean `size`?")],
    ),
    "one unlike any": (
        {"leaf": {"qqqqqq": 1}},
        [("unknown-property", "/leaf/qqqqqq", "unknown property `qqqqqq`", "known here: text")],
    ),
    "a missing one": (
        {"part": {}},
        [("missing-property", "/part", "`name` is required", "")],
    ),
    "another type": (
        {"size": "a"},
        [
            (
                "wrong-type",
                "/size",
                "`size` must be a whole number, not a string",
                "write a whole number",
            )
        ],
    ),
    "another type in a list": (
        {"words": ["a", 1]},
        [
            (
                "wrong-type",
                "/words/1",
                "each of `words` must be a string, not a number",
                "write a string",
            )
        ],
    ),
    "a list where an object belongs": (
        {"leaf": []},
        [("wrong-type", "/leaf", "`leaf` must be a mapping, not a list", "write a mapping")],
    ),
    "no tag": (
        {"form": {"radius": 1}},
        [
            (
                "missing-property",
                "/form",
                "`kind` is required here: it says which kind of object this is",
                "one of `square`, `cube`",
            )
        ],
    ),
    "an unknown tag": (
        {"forms": [{"kind": "square", "side": 1}, {"kind": "squared"}]},
        [("unknown-type", "/forms/1/kind", "unknown `kind`", "did you mean `square`?")],
    ),
    "what another member has": (
        {"form": {"kind": "square", "side": 1, "radius": 1}},
        [
            (
                "unknown-property",
                "/form/radius",
                "unknown property `radius`",
                "known here: kind, side",
            )
        ],
    ),
    "what another member has, as null": (
        {"form": {"kind": "square", "side": 1, "radius": None}},
        [],
    ),
    "what no member has, as null": (
        {"form": {"kind": "square", "side": 1, "none": None}},
        [("unknown-property", "/form/none", "unknown property `none`", "known here: kind, side")],
    ),
    "two at once, within and without": (
        {"size": "a", "part": {"name": "p", "size": "b"}},
        [
            (
                "wrong-type",
                "/size",
                "`size` must be a whole number, not a string",
                "write a whole number",
            ),
            (
                "wrong-type",
                "/part/size",
                "`size` must be a whole number, not a string",
                "write a whole number",
            ),
        ],
    ),
}


@pytest.mark.parametrize(("body", "found"), PLAIN.values(), ids=PLAIN)
def test_what_is_wrong(body: Body, found: Told) -> None:
    assert told(judged(body)) == found


ALLOWED: dict[str, tuple[Body, list[str]]] = {
    "a property": ({"nota": 1}, []),
    "a property of an element": ({"parts": [{"name": "a", "sise": 1}]}, []),
    "a tag": ({"form": {"kind": "unheard", "x": 1}}, []),
    "not a missing tag": ({"form": {"x": 1}}, ["missing-property"]),
    "not another type": ({"size": "a", "nota": 1}, ["wrong-type"]),
}


@pytest.mark.parametrize(("body", "codes"), ALLOWED.values(), ids=ALLOWED)
def test_what_is_unknown_may_pass(body: Body, codes: list[str]) -> None:
    assert [one.code for one in judged(body, allow_unknown=True)] == codes


BEFORE, FIRST, AFTER = "2025-06-01", "2026-01-01", "2026-06-01"
AGES: dict[str, tuple[Body, str, list[tuple[str, str]]]] = {
    "a property before its first version": (
        {"late": "a"},
        BEFORE,
        [
            (
                "/late",
                "`late` is not in api-version 2025-06-01: it appeared with api-version 2026-01-01",
            )
        ],
    ),
    "in its first version": ({"late": "a"}, FIRST, []),
    "in its last version": ({"early": "a"}, FIRST, []),
    "after its last version": (
        {"early": "a"},
        AFTER,
        [
            (
                "/early",
                "`early` is not in api-version 2026-06-01: 2026-01-01 was the last that had it",
            )
        ],
    ),
    "a value before its first version": (
        {"mode": "fast"},
        BEFORE,
        [
            (
                "/mode",
                "`fast` is not in api-version 2025-06-01: it appeared with api-version 2026-01-01",
            )
        ],
    ),
    "a value in its first version": ({"mode": "fast"}, FIRST, []),
    "another value": ({"mode": "slow"}, BEFORE, []),
    "a value in a list": (
        {"modes": ["slow", "fast"]},
        BEFORE,
        [
            (
                "/modes/1",
                "`fast` is not in api-version 2025-06-01: it appeared with api-version 2026-01-01",
            )
        ],
    ),
    "a member before its first version": (
        {"form": {"kind": "cube", "side": 1}},
        BEFORE,
        [
            (
                "/form/kind",
                "`cube` is not in api-version 2025-06-01: "
                "it appeared with the preview 2025-09-01-preview",
            )
        ],
    ),
    "a member in a later one": ({"form": {"kind": "cube", "side": 1}}, AFTER + "-preview", []),
    "a member that was withdrawn": (
        {"form": {"kind": "disc"}},
        AFTER,
        [
            (
                "/form/kind",
                "the service withdrew this: api-version 2026-01-01 was the last to take it",
            )
        ],
    ),
    "in the last that took it": ({"form": {"kind": "disc"}}, FIRST, []),
}


@pytest.mark.parametrize(("body", "version", "found"), AGES.values(), ids=AGES)
def test_what_another_version_has(body: Body, version: str, found: list[tuple[str, str]]) -> None:
    several = judged(body, version)
    assert [(pointer.render(one.position), one.message) for one in several] == found
    assert {one.code for one in several} <= {"unknown-in-version"}


def test_what_helps_against_age() -> None:
    [young], [old], [gone] = (
        judged({"late": "a"}, BEFORE),
        judged({"early": "a"}, AFTER),
        judged({"form": {"kind": "disc"}}, AFTER),
    )
    assert (young.since, young.of_key, young.severity) == ("2026-01-01", True, Severity.ERROR)
    assert (old.fix, old.of_key, old.severity) == ("use `late`", True, Severity.ERROR)
    assert (gone.fix, gone.of_key, gone.severity) == ("use `square`", False, Severity.WARNING)
    assert (gone.on_write, old.on_write) == (True, False)


def test_what_does_nothing_is_a_warning() -> None:
    [found] = judged({"former": "a"})
    assert (found.code, found.severity, found.of_key) == ("deprecated", Severity.WARNING, True)
    assert found.message == "`former` is deprecated: it does nothing"


def test_a_kind_that_is_younger_than_the_version() -> None:
    [found] = judged({"nota": 1}, "2023-11-01")
    assert told([found]) == [
        (
            "unknown-kind",
            "",
            "Thing does not exist in api-version 2023-11-01",
            "use 2024-01-01 or later",
        )
    ]
