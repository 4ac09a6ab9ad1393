"""Tables: what is deleted and what is created, and whether the one looks like the other renamed."""

from __future__ import annotations

from typing import Any

import pytest

from reconciler.model.plan import Action, Change
from reconciler.model.resource_id import ResourceId
from reconciler.planning.renames import with_rename_notes

from .stated import entry, resource, situation

KEY = {"name": "id", "type": "Edm.String", "key": True}
FIELDS = {"fields": [KEY]}
RULES = {"format": "solr", "synonyms": "a, b"}
CASES: dict[str, tuple[str, dict[str, Any], str, dict[str, Any], str]] = {
    "the same under another name": ("SynonymMap/old", RULES, "SynonymMap/new", RULES, "a rename"),
    "a default that is written": (
        "Index/old",
        FIELDS,
        "Index/new",
        {"fields": [{**KEY, "retrievable": True}]},
        "a rename",
    ),
    "another content": (
        "SynonymMap/old",
        RULES,
        "SynonymMap/new",
        {**RULES, "synonyms": "a, c"},
        "",
    ),
    "another kind": ("SynonymMap/old", RULES, "Index/new", FIELDS, ""),
}


@pytest.mark.parametrize("case", CASES)
def test_renames(case: str) -> None:
    old, written, new, desired, said = CASES[case]
    inputs = situation([resource(new, desired)], [], [entry(old, written)])
    deleted = Change(ResourceId.parse(old), Action.DELETE)
    created = Change(ResourceId.parse(new), Action.CREATE, notes=("before",))
    found = with_rename_notes(inputs, (deleted, created))
    assert found[0] == deleted
    assert found[1].notes[0] == "before"
    assert len(found[1].notes) == (2 if said else 1)
    assert said in " ".join(found[1].notes)
    assert (old in found[1].notes[-1]) == bool(said)


def test_what_is_only_created_was_not_renamed() -> None:
    inputs = situation([resource("SynonymMap/new", RULES)], [], [entry("SynonymMap/old", RULES)])
    created = (Change(ResourceId.parse("SynonymMap/new"), Action.CREATE),)
    assert with_rename_notes(inputs, created) == created
