"""What counts of a body when it is compared, stored or sent."""

from __future__ import annotations

from typing import Any

import pytest

from reconciler.model import pointer
from reconciler.model.resource_id import ResourceId
from reconciler.model.sensitive import Sensitive
from reconciler.model.unknown import Unknown
from reconciler.schema.normalize import (
    definition_digest,
    means_the_same,
    normal_form,
    part_form,
    secret_values,
    without_nulls,
    without_secrets,
)
from tests.schema.small import SHAPE

Body = dict[str, Any]

LATER = Unknown(ResourceId("Index", "x"), "x", "2026-04-01", ("name",))
ALONE: dict[str, tuple[Body, Body]] = {
    "nothing but its default": ({}, {}),
    "another value than the default": ({"depth": 4}, {"depth": 4}),
    "the default, written": ({"depth": 3}, {}),
    "a default by the siblings": ({"size": 1}, {"size": 1, "hue": "red"}),
    "no default by the siblings": ({"size": 0}, {"size": 0}),
    "what counts as absent": ({"note": None, "words": [], "tags": [], "leaf": None}, {}),
    "an empty text": ({"note": ""}, {}),
    "an empty text where a default is literal": (
        {"parts": [{"name": "a", "size": ""}]},
        {"parts": {"a": {"name": "a", "size": ""}}},
    ),
    "an empty object of free keys": ({"bag": {}}, {}),
    "an empty object": ({"leaf": {}}, {}),
    "an empty object that has a default": ({"part": {}}, {"part": {"size": 1}}),
    "false and zero": ({"size": 0, "words": [False]}, {"size": 0, "words": [False]}),
    "not the name, which is the id": ({"name": "a"}, {}),
    "but the names of parts": ({"part": {"name": "a"}}, {"part": {"name": "a", "size": 1}}),
    "nothing that is read-only": ({"made": "m"}, {}),
    "nor deprecated": ({"former": "f"}, {}),
    "nor secret": ({"password": "p", "headers": {"a": "b"}}, {}),
    "nor wrapped": ({"note": Sensitive("s")}, {}),
    "what is known later": ({"note": LATER}, {"note": LATER}),
    "what is known later, where a secret belongs": ({"password": LATER}, {"password": LATER}),
    "one spelling": ({"span": "AbC"}, {"span": "abc"}),
    "a whole number where a decimal belongs": ({"share": 1}, {"share": 1.0}),
    "sorted where order means nothing": ({"tags": ["b", "a"]}, {"tags": ["a", "b"]}),
    "as written where it does": ({"words": ["b", "a"]}, {"words": ["b", "a"]}),
    "what clears, as nothing": ({"identity": {"text": "none"}}, {}),
    "what does not clear": ({"identity": {"text": "a"}}, {"identity": {"text": "a"}}),
    "elements by name, with their defaults": (
        {"parts": [{"name": "b", "size": 2}, {"name": "a"}]},
        {"parts": {"a": {"name": "a", "size": 1}, "b": {"name": "b", "size": 2}}},
    ),
    "an element without its name, by its position": (
        {"parts": [{"name": "a"}, {"size": 2}]},
        {"parts": {"a": {"name": "a", "size": 1}, "1": {"size": 2}}},
    ),
    "elements that go by their number, with it": (
        {"steps": [{}, {"text": "b"}]},
        {"steps": {"#1": {"text": "#1"}, "b": {"text": "b"}}},
    ),
    "elements without keys, as they stand": (
        {"rows": [{"name": "b"}, {"name": "a"}]},
        {"rows": [{"name": "b", "size": 1}, {"name": "a", "size": 1}]},
    ),
    "a member of a family, with its defaults": (
        {"form": {"kind": "disc"}},
        {"form": {"kind": "disc", "radius": 5}},
    ),
    "one that is not known, as it is": (
        {"form": {"kind": "a", "b": 1}},
        {"form": {"kind": "a", "b": 1}},
    ),
    "what is no list where one belongs": ({"parts": "a"}, {"parts": "a"}),
    "what is no object where one belongs": ({"leaf": "a"}, {"leaf": "a"}),
    "what is no text where a spelling is": ({"span": 3}, {"span": 3}),
    "what is no list where order means nothing": ({"tags": "ba"}, {"tags": "ba"}),
    "what the service chose and the manifest says": ({"batch": 1}, {"batch": 1}),
    "what is unknown and the manifest says": ({"unheard": 1}, {"unheard": 1}),
    "not a note of the service": ({"@odata.context": "c"}, {}),
}


@pytest.mark.parametrize(("body", "form"), ALONE.values(), ids=ALONE)
def test_a_declared_body(body: Body, form: Body) -> None:
    assert normal_form(SHAPE, body) == {"depth": 3, **form}


BESIDE: dict[str, tuple[Body, Body, Body]] = {
    "chosen, not declared": ({"batch": 1}, {}, {}),
    "chosen, declared as null": ({"batch": 1}, {"batch": None}, {}),
    "chosen, declared": ({"batch": 1}, {"batch": 2}, {"batch": 1}),
    "chosen only beside what is not there": ({"pace": 1}, {}, {"pace": 1}),
    "chosen beside what is there": ({"pace": 1, "size": 1}, {}, {"size": 1, "hue": "red"}),
    "unknown, not declared": ({"unheard": 1}, {}, {}),
    "unknown, declared": ({"unheard": 1}, {"unheard": 2}, {"unheard": 1}),
    "known, not declared": ({"note": "a"}, {}, {"note": "a"}),
    "unknown, in an element by its name": (
        {"parts": [{"name": "b", "x": 1}, {"name": "a", "x": 2}]},
        {"parts": [{"name": "a", "x": 3}]},
        {"parts": {"b": {"name": "b", "size": 1}, "a": {"name": "a", "size": 1, "x": 2}}},
    ),
    "unknown, in an element by its position": (
        {"rows": [{"name": "b", "x": 1}, {"name": "a", "x": 2}]},
        {"rows": [{"name": "a", "x": 3}]},
        {"rows": [{"name": "b", "size": 1, "x": 1}, {"name": "a", "size": 1}]},
    ),
    "unknown, in an object": ({"leaf": {"x": 1}}, {"leaf": {"x": 2}}, {"leaf": {"x": 1}}),
    "unknown, where none is an object": ({"leaf": {"x": 1}}, {"leaf": "x"}, {}),
    "unknown, where none is a list": ({"rows": [{"x": 1}]}, {"rows": "x"}, {"rows": [{"size": 1}]}),
}


@pytest.mark.parametrize(("body", "declared", "form"), BESIDE.values(), ids=BESIDE)
def test_a_live_body_beside_what_is_declared(body: Body, declared: Body, form: Body) -> None:
    assert normal_form(SHAPE, body, declared) == {"depth": 3, **form}


HIDDEN: dict[str, tuple[Body, list[str], Body]] = {
    "a value": ({"note": "a", "size": 0}, ["/note"], {"size": 0}),
    "of an object, which goes when it is empty": ({"leaf": {"text": "a"}}, ["/leaf/text"], {}),
    "of an object, which stays when it is not": (
        {"part": {"name": "a", "size": 2}},
        ["/part/size"],
        {"part": {"name": "a"}},
    ),
    "of an element, by its name": (
        {"parts": [{"name": "a"}, {"name": "b"}]},
        ["/parts/b/size", "/parts/a"],
        {"parts": {"b": {"name": "b"}}},
    ),
    "what is not there": ({"note": "a"}, ["/leaf/text", "/note/a", "/parts/a/b"], {"note": "a"}),
}


@pytest.mark.parametrize(("body", "hidden", "form"), HIDDEN.values(), ids=HIDDEN)
def test_what_is_hidden(body: Body, hidden: list[str], form: Body) -> None:
    paths = list(map(pointer.parse, hidden))
    assert normal_form(SHAPE, body, hidden=paths) == {"depth": 3, **form}


def test_a_part_has_its_name_and_nothing_chosen_or_unknown() -> None:
    part = {"name": "a", "batch": 1, "unheard": 1}
    assert part_form(SHAPE, part) == {"name": "a", "depth": 3}
    assert part_form(SHAPE, part, {"batch": 2}) == {"name": "a", "depth": 3, "batch": 1}


SAME: dict[str, tuple[Body, Body, list[str], bool]] = {
    "as it is": ({"note": "a"}, {"note": "a"}, [], True),
    "in another order, with what the service says": (
        {"tags": ["b", "a"], "batch": 1, "made": "m", "x": 1, "depth": 3},
        {"tags": ["a", "b"]},
        [],
        True,
    ),
    "another value": ({"note": "a"}, {"note": "b"}, [], False),
    "another value, hidden": ({"note": "a"}, {"note": "b"}, ["/note"], True),
    "a value more": ({"note": "a"}, {}, [], False),
    "a value fewer": ({}, {"note": "a"}, [], False),
}


@pytest.mark.parametrize(("live", "declared", "hidden", "same"), SAME.values(), ids=SAME)
def test_whether_both_mean_the_same(
    live: Body, declared: Body, hidden: list[str], same: bool
) -> None:
    assert means_the_same(SHAPE, live, declared, map(pointer.parse, hidden)) is same


def test_the_digest_is_of_what_counts() -> None:
    digest = definition_digest(SHAPE, {"note": "a"})
    assert definition_digest(SHAPE, {"name": "n", "note": "a", "made": "m", "depth": 3}) == digest
    assert definition_digest(SHAPE, {"share": 1}) == definition_digest(SHAPE, {"share": 1.0})
    assert definition_digest(SHAPE, {"note": "a", "unheard": 1}) != digest
    assert definition_digest(SHAPE, {"note": "a", "batch": 1}) != digest


FULL: dict[str, tuple[Body, Body]] = {
    "a null": ({"note": None, "size": 0}, {"size": 0}),
    "a null of what is not known": ({"unheard": None}, {}),
    "a null in an object": ({"leaf": {"text": None}}, {"leaf": {}}),
    "a null in an element": ({"parts": [{"name": None}]}, {"parts": [{}]}),
    "a null in a member of a family": (
        {"form": {"kind": "disc", "radius": None}},
        {"form": {"kind": "disc"}},
    ),
    "not one among free keys": ({"bag": {"a": None}}, {"bag": {"a": None}}),
    "nor in what is not known": ({"unheard": {"a": None}}, {"unheard": {"a": None}}),
    "nor in an unknown member": ({"form": {"a": None}}, {"form": {"a": None}}),
    "nor an element": ({"rows": [None]}, {"rows": [None]}),
    "what is empty stays": ({"words": [], "bag": {}}, {"words": [], "bag": {}}),
}


@pytest.mark.parametrize(("body", "sent"), FULL.values(), ids=FULL)
def test_what_is_null_is_not_sent(body: Body, sent: Body) -> None:
    assert without_nulls(SHAPE, body) == sent


WRAPPED = Sensitive("s")
SECRETS: dict[str, tuple[Body, dict[str, Any], dict[str, Any]]] = {
    "none": ({"note": "a"}, {}, {}),
    "one": ({"password": "p"}, {"/password": "p"}, {}),
    "one that is null": ({"password": None}, {"/password": None}, {}),
    "each of a map": (
        {"headers": {"a": "b", "c": WRAPPED}},
        {"/headers/a": "b", "/headers/c": WRAPPED},
        {},
    ),
    "one of an element": (
        {"parts": [{"name": "a", "password": "p"}]},
        {"/parts/a/password": "p"},
        {},
    ),
    "elsewhere, if it is wrapped": (
        {"note": WRAPPED, "bag": {"a": WRAPPED, "b": "c"}},
        {},
        {"/note": WRAPPED, "/bag/a": WRAPPED},
    ),
}


@pytest.mark.parametrize(("body", "marked", "others"), SECRETS.values(), ids=SECRETS)
def test_where_secrets_stand(body: Body, marked: Body, others: Body) -> None:
    def told(**options: bool) -> dict[str, Any]:
        found = secret_values(SHAPE, body, **options)
        return {pointer.render(path): value for path, value in found.items()}

    assert told() == marked
    assert told(everywhere=True) == {**marked, **others}


def test_what_is_stored_and_shown() -> None:
    body = {"note": "n", "password": "p", "parts": [{"name": "a", "password": "q", "size": 1}]}
    assert without_secrets(SHAPE, body, [("parts", "a", "size")]) == {
        "note": "n",
        "password": None,
        "parts": [{"name": "a", "password": None, "size": None}],
    }
    assert without_secrets(SHAPE, {"password": "p"}, instead="-") == {"password": "-"}
    assert body["password"] == "p"
