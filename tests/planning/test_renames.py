"""A deleted and a created object that look like a rename."""

from __future__ import annotations

import pytest

from reconciler.model.plan import Action, Change
from reconciler.model.resource_id import ResourceId
from reconciler.planning.renames import with_rename_notes
from tests.planning.stated import Body, entry, resource, situation

BODY = {"synonyms": "a, b"}
LOOKS = "looks like a rename of {}: it is deleted and created anew"
NOTES: dict[str, tuple[tuple[str, Action, Body], tuple[str, Action, Body], str]] = {
    "the same body": (
        ("SynonymMap/old", Action.DELETE, BODY),
        ("SynonymMap/new", Action.CREATE, BODY),
        LOOKS.format("SynonymMap/old"),
    ),
    "the same body, otherwise spelled": (
        ("SynonymMap/old", Action.DELETE, {"synonyms": "a, b\n"}),
        ("SynonymMap/new", Action.CREATE, {**BODY, "encryptionKey": None}),
        LOOKS.format("SynonymMap/old"),
    ),
    "what it costs": (
        ("Index/old", Action.DELETE, {}),
        ("Index/new", Action.CREATE, {}),
        LOOKS.format("Index/old") + "; the new index starts without documents",
    ),
    "another body": (
        ("SynonymMap/old", Action.DELETE, BODY),
        ("SynonymMap/new", Action.CREATE, {"synonyms": "a, c"}),
        "",
    ),
    "another kind": (
        ("Alias/old", Action.DELETE, {}),
        ("KnowledgeBase/new", Action.CREATE, {}),
        "",
    ),
    "an update": (
        ("SynonymMap/old", Action.DELETE, BODY),
        ("SynonymMap/new", Action.UPDATE, BODY),
        "",
    ),
    "what is only forgotten": (
        ("SynonymMap/old", Action.FORGET, BODY),
        ("SynonymMap/new", Action.CREATE, BODY),
        "",
    ),
}


@pytest.mark.parametrize(("old", "new", "note"), NOTES.values(), ids=NOTES)
def test_rename_notes(
    old: tuple[str, Action, Body], new: tuple[str, Action, Body], note: str
) -> None:
    inputs = situation([resource(new[0], new[2])], [], [entry(old[0], old[2])])
    changes = tuple(
        Change(ResourceId.parse(address), action, notes=("first",))
        for address, action, _ in (old, new)
    )
    gone, come = with_rename_notes(inputs, changes)
    assert gone == changes[0]
    assert come.notes == (("first", note) if note else ("first",))


def test_the_first_that_looks_alike_is_named() -> None:
    names = ("SynonymMap/a", "SynonymMap/b", "SynonymMap/c")
    bodies = ({"synonyms": "x"}, BODY, BODY)
    inputs = situation(
        [resource("SynonymMap/new", BODY)],
        [],
        [entry(*pair) for pair in zip(names, bodies, strict=True)],
    )
    gone = tuple(Change(ResourceId.parse(name), Action.DELETE) for name in names)
    new = Change(ResourceId.parse("SynonymMap/new"), Action.CREATE)
    *_, come = with_rename_notes(inputs, (*gone, new))
    assert come.notes == (LOOKS.format("SynonymMap/b"),)
