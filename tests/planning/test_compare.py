"""Tables: what is desired and what is live, and the edits between; each with its effect."""

from __future__ import annotations

from typing import Any

import pytest

from reconciler.model.effect import Effect
from reconciler.model.pointer import parse, render
from reconciler.planning.compare import compare, gravest
from reconciler.planning.request import create_body, update_body
from reconciler.providers import kind

from .stated import Body, entry, live, resource

KEY = {"name": "id", "type": "Edm.String", "key": True}
TEXT = {"name": "text", "type": "Edm.String", "searchable": True}
SPLIT = {
    "@odata.type": "#Microsoft.Skills.Text.SplitSkill",
    "name": "split",
    "inputs": [{"name": "text", "source": "/document/content"}],
    "outputs": [{"name": "textItems", "targetName": "pages"}],
}
SHAPER = {**SPLIT, "@odata.type": "#Microsoft.Skills.Util.ShaperSkill", "name": "shape"}
SOURCE = {"type": "azureblob", "container": {"name": "docs"}}
INDEXER = {"dataSourceName": "docs", "targetIndexName": "docs-v1"}


def fields(*others: Body) -> Body:
    return {"fields": [KEY, *others]}


def skills(*one: Body) -> Body:
    return {"skills": list(one)}


def secret(value: str) -> Body:
    return {**SOURCE, "credentials": {"connectionString": value}}


EDITS: dict[str, tuple[str, Body, Body, dict[str, Effect]]] = {
    "nothing": ("Index/docs", fields(TEXT), fields(TEXT), {}),
    "a default that is written": (
        "Index/docs",
        fields({**TEXT, "retrievable": True}),
        fields(TEXT),
        {},
    ),
    "a default that is shown": ("Index/docs", fields(TEXT), fields({**TEXT, "analyzer": None}), {}),
    "fields in another order": ("Index/docs", fields(TEXT), {"fields": [TEXT, KEY]}, {}),
    "a new field": (
        "Index/docs",
        fields(TEXT),
        fields(),
        {"/fields/text": Effect.IN_PLACE},
    ),
    "another type": (
        "Index/docs",
        fields({**TEXT, "type": "Collection(Edm.String)"}),
        fields(TEXT),
        {"/fields/text": Effect.REBUILD},
    ),
    "a field that we no longer declare": (
        "Index/docs",
        fields(),
        fields(TEXT),
        {"/fields/text": Effect.REBUILD},
    ),
    "a skill that is set otherwise": (
        "Skillset/s",
        skills({**SPLIT, "maximumPageLength": 300}),
        skills({**SPLIT, "maximumPageLength": 200}),
        {"/skills/split/maximumPageLength": Effect.REPROCESS},
    ),
    "a skill too many": (
        "Skillset/s",
        skills(SPLIT),
        skills(SPLIT, SHAPER),
        {"/skills/shape": Effect.REPROCESS},
    ),
    "a description": (
        "Skillset/s",
        {**skills(SPLIT), "description": "new"},
        {**skills(SPLIT), "description": "old"},
        {"/description": Effect.IN_PLACE},
    ),
    "another type of source": (
        "DataSource/docs",
        SOURCE,
        {**SOURCE, "type": "adlsgen2"},
        {"/type": Effect.RECREATE},
    ),
    "an indexer is disabled": (
        "Indexer/i",
        {**INDEXER, "disabled": True},
        INDEXER,
        {"/disabled": Effect.IN_PLACE},
    ),
    "an interval is spelled otherwise": (
        "Indexer/i",
        {**INDEXER, "schedule": {"interval": "PT120M"}},
        {**INDEXER, "schedule": {"interval": "PT2H"}},
        {},
    ),
    "rules of synonyms": (
        "SynonymMap/m",
        {"format": "solr", "synonyms": "a, b"},
        {"format": "solr", "synonyms": "a, c"},
        {"/synonyms": Effect.IN_PLACE},
    ),
}


@pytest.mark.parametrize("case", EDITS)
def test_edits(case: str) -> None:
    address, desired, shown, expected = EDITS[case]
    declared, there = resource(address, desired), live(address, shown)
    of = kind(declared.id.kind)
    found = compare(of, declared, there, entry(address, shown), str.upper)
    assert {render(edit.path): edit.effect for edit in found.edits} == expected
    assert gravest(found.edits) == max(expected.values(), default=Effect.IN_PLACE)


@pytest.mark.parametrize("case", EDITS)
def test_what_is_sent_leaves_nothing_to_edit(case: str) -> None:
    address, desired, shown, _ = EDITS[case]
    declared, there = resource(address, desired), live(address, shown)
    of, before = kind(declared.id.kind), entry(address, shown)
    edits = compare(of, declared, there, before, str.upper).edits
    sent = update_body(of, declared, there, edits)
    again = compare(of, declared, live(address, sent), before, str.upper)
    assert again.edits == ()


def test_a_field_that_cannot_be_removed_is_told_if_it_was_never_ours() -> None:
    declared, there = resource("Index/docs", fields()), live("Index/docs", fields(TEXT))
    found = compare(kind("Index"), declared, there, None, str.upper)
    assert (found.edits, found.undeclared) == ((), (("fields", "text"),))
    ours = compare(kind("Index"), declared, there, entry("Index/docs", fields(TEXT)), str.upper)
    assert [edit.path for edit in ours.edits] == [("fields", "text")]
    assert ours.undeclared == ()


def test_what_is_ignored_is_no_edit() -> None:
    declared = resource("Indexer/i", {**INDEXER, "disabled": True}, ignore="/disabled")
    found = compare(kind("Indexer"), declared, live("Indexer/i", INDEXER), None, str.upper)
    assert found.edits == ()


PATH = "/credentials/connectionString"
NO_ENTRY: Any = None
SECRETS: dict[str, tuple[str | None, dict[str, str | None] | None, str, str]] = {
    "as we wrote it": (None, {PATH: "KEY"}, "key", ""),
    "another one": (None, {PATH: "KEY"}, "other", "changed"),
    "never written": (None, {}, "key", "new"),
    "cut off while it was written": (
        None,
        {PATH: None},
        "key",
        "may not have been written by the interrupted run",
    ),
    "not ours, not shown": (None, NO_ENTRY, "key", ""),
    "shown, the same": ("key", NO_ENTRY, "key", ""),
    "shown, another": ("other", {PATH: "KEY"}, "key", "differs from what is live"),
}


@pytest.mark.parametrize("case", SECRETS)
def test_secrets(case: str) -> None:
    shown, fingerprints, desired, note = SECRETS[case]
    there = live("DataSource/docs", {**SOURCE, "credentials": {"connectionString": shown}})
    ours = None
    if fingerprints is not None:
        ours = entry("DataSource/docs", SOURCE, fingerprints=fingerprints)
    declared = resource("DataSource/docs", secret(desired))
    found = compare(kind("DataSource"), declared, there, ours, str.upper)
    assert [edit.note for edit in found.edits] == ([note] if note else [])
    assert all((edit.before, edit.after) == (None, None) for edit in found.edits)
    assert found.trusted == ((parse(PATH),) if ours is None and shown is None else ())


def test_a_creation_sends_what_is_declared_and_the_name() -> None:
    assert create_body(resource("Index/docs", fields(TEXT))) == {"name": "docs", **fields(TEXT)}


def test_an_update_sends_back_what_is_not_declared() -> None:
    shown = {**fields(TEXT), "@odata.etag": '"0x1"', "corsOptions": {"allowedOrigins": ["*"]}}
    unknown = {"glitter": {"a": 1}, "tinsel": None}
    declared, there = resource("Index/docs", fields()), live("Index/docs", {**shown, **unknown})
    sent = update_body(kind("Index"), declared, there, ())
    assert sent["glitter"] == {"a": 1}
    assert sent["corsOptions"] == {"allowedOrigins": ["*"]}
    assert "tinsel" not in sent
