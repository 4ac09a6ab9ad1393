"""One object, desired and live: the edits, what is kept, and what is said of secrets."""

from __future__ import annotations

from typing import Any

import pytest

from reconciler.model import pointer
from reconciler.model.effect import Effect
from reconciler.model.plan import Edit
from reconciler.model.sensitive import Sensitive
from reconciler.planning.compare import Comparison, compare, gravest
from reconciler.providers import kind
from tests.planning.stated import Body, entry, live, resource

ID = {"name": "id", "type": "Edm.String", "key": True}
TITLE = {"name": "title", "type": "Edm.String"}
SKILL = {"@odata.type": "#Microsoft.Skills.Custom.WebApiSkill", "name": "s", "uri": "https://f"}


def compared(
    address: str,
    desired: Body,
    now: Body,
    written: Body | None = None,
    ignore: str = "",
    **ours: Any,
) -> Comparison:
    """The comparison of an object; it is ours if it is said what was written, or more of it."""
    known = entry(address, written or {}, **ours) if written is not None or ours else None
    declared, shown = resource(address, desired, ignore=ignore), live(address, now)
    return compare(kind(declared.id.kind), declared, shown, known, str.upper)


def edits(found: Comparison) -> list[tuple[Any, ...]]:
    """Path, before, after, and the effect."""
    return [
        (pointer.render(edit.path), edit.before, edit.after, edit.effect) for edit in found.edits
    ]


FREE = Effect.IN_PLACE
EDITS: dict[str, tuple[str, Body, Body, list[tuple[Any, ...]]]] = {
    "as declared": ("Index/x", {"fields": [ID]}, {"fields": [ID]}, []),
    "null and absent are alike": ("Index/x", {"description": None}, {}, []),
    "a default that the service filled in": (
        "Index/x",
        {"fields": [ID]},
        {"fields": [{**ID, "retrievable": True, "stored": True}]},
        [],
    ),
    "another value": (
        "Index/x",
        {"description": "new"},
        {"description": "old"},
        [("/description", "old", "new", FREE)],
    ),
    "a value more": ("Index/x", {"description": "n"}, {}, [("/description", None, "n", FREE)]),
    "a value fewer": ("Index/x", {}, {"description": "o"}, [("/description", "o", None, FREE)]),
    "edits in the order of paths": (
        "SynonymMap/x",
        {"format": "solr", "synonyms": "b"},
        {"format": "other", "synonyms": "a"},
        [("/format", "other", "solr", FREE), ("/synonyms", "a", "b", FREE)],
    ),
    "a mark on the way": (
        "DataSource/x",
        {"container": {"name": "b"}},
        {"container": {"name": "a"}},
        [("/container/name", "a", "b", Effect.REPROCESS)],
    ),
    "a mark deeper down wins": (
        "Index/x",
        {"fields": [{**ID, "synonymMaps": ["m"]}]},
        {"fields": [ID]},
        [("/fields/id/synonymMaps", None, ["m"], FREE)],
    ),
    "the mark of the whole": (
        "Index/x",
        {"fields": [{**ID, "facetable": False}]},
        {"fields": [{**ID, "facetable": True}]},
        [("/fields/id/facetable", True, False, Effect.REBUILD)],
    ),
}


@pytest.mark.parametrize(("address", "desired", "now", "said"), EDITS.values(), ids=EDITS)
def test_edits(address: str, desired: Body, now: Body, said: list[tuple[Any, ...]]) -> None:
    found = compared(address, desired, now)
    assert edits(found) == said
    assert (found.undeclared, found.unchecked) == ((), ())


def test_an_object_of_another_type_differs_as_a_whole() -> None:
    native = "#Microsoft.Azure.Search.NativeBlobSoftDeleteDeletionDetectionPolicy"
    column = "#Microsoft.Azure.Search.SoftDeleteColumnDeletionDetectionPolicy"
    before = {"@odata.type": column, "softDeleteColumnName": "gone"}
    after = {"@odata.type": native}
    name = "dataDeletionDetectionPolicy"
    found = compared("DataSource/x", {name: after}, {name: before})
    assert edits(found) == [(f"/{name}", before, after, Effect.REPROCESS)]


LASTING: dict[str, tuple[Body | None, list[str], list[str]]] = {
    "a field of an index that is not ours": (None, [], ["/fields/title"]),
    "a field that we never declared": ({"fields": [ID]}, [], ["/fields/title"]),
    "a field that we declared": ({"fields": [ID, TITLE]}, ["/fields/title"], []),
}


@pytest.mark.parametrize(("written", "edited", "undeclared"), LASTING.values(), ids=LASTING)
def test_a_field_that_cannot_be_removed(
    written: Body | None, edited: list[str], undeclared: list[str]
) -> None:
    found = compared("Index/x", {"fields": [ID]}, {"fields": [ID, TITLE]}, written)
    assert [edit[0] for edit in edits(found)] == edited
    assert list(map(pointer.render, found.undeclared)) == undeclared


def test_an_element_that_can_be_removed_is_removed_whoever_declared_it() -> None:
    suggester = {"name": "sg", "sourceFields": ["id"]}
    found = compared("Index/x", {"fields": [ID]}, {"fields": [ID], "suggesters": [suggester]})
    assert [edit[0] for edit in edits(found)] == ["/suggesters"]
    assert found.undeclared == ()


HIDDEN: dict[str, tuple[Body, Body, int]] = {
    # `format` and `synonyms`; an index has a similarity and a purviewEnabled by default.
    "all of it": ({"format": "solr", "synonyms": "a"}, {"format": "solr", "synonyms": "a"}, 2),
    "one of two": ({"format": "solr", "synonyms": "a"}, {"format": "solr", "synonyms": "b"}, 1),
    "none": ({"synonyms": "a"}, {"synonyms": "b"}, 0),
    "a property that goes": ({"synonyms": "a"}, {"format": "solr", "synonyms": "a"}, 1),
}


@pytest.mark.parametrize(("desired", "now", "count"), HIDDEN.values(), ids=HIDDEN)
def test_how_many_properties_are_unchanged(desired: Body, now: Body, count: int) -> None:
    assert compared("SynonymMap/x", desired, now).hidden == count


FIELDS: dict[str, tuple[list[Body], list[Body], int]] = {
    "one is added": ([ID, TITLE], [ID], 1),
    "one of two is edited": ([ID, {**TITLE, "synonymMaps": ["m"]}], [ID, TITLE], 1),
    "the only one is edited": ([{**TITLE, "synonymMaps": ["m"]}], [TITLE], 0),
}


@pytest.mark.parametrize(("desired", "now", "count"), FIELDS.values(), ids=FIELDS)
def test_how_many_elements_of_an_edited_list_are_unchanged(
    desired: list[Body], now: list[Body], count: int
) -> None:
    others = compared("Index/x", {"fields": now}, {"fields": now}).hidden - 1
    assert compared("Index/x", {"fields": desired}, {"fields": now}).hidden == others + count


# secrets

AT = "/credentials/connectionString"


def source(secret: Any, **more: Any) -> Body:
    return {"type": "azureblob", "credentials": {"connectionString": secret}, **more}


NEW = {"description": "new"}
SECRETS: dict[str, tuple[Body, Body, dict[str, Any] | None, list[str]]] = {
    "as we wrote it": (source(Sensitive("key")), source(None), {AT: "KEY"}, []),
    "another one": (source(Sensitive("new")), source(None), {AT: "KEY"}, ["changed"]),
    "one that was never written": (source(Sensitive("key")), source(None), {}, ["new"]),
    "one that may not have been written": (
        source(Sensitive("key")),
        source(None),
        {AT: None},
        ["may not have been written by the interrupted run"],
    ),
    "removed": ({"type": "azureblob"}, source(None), {AT: "KEY"}, ["removed"]),
    "removed, shown": ({"type": "azureblob"}, source("key"), {}, ["removed"]),
    "none, and there was none": ({"type": "azureblob"}, source(None), {}, []),
    "shown otherwise": (
        source(Sensitive("key")),
        source("other"),
        {AT: "KEY"},
        ["differs from what is live"],
    ),
    "shown as it is": (source(Sensitive("key")), source("key"), {AT: "OTHER"}, []),
    "behind a mask": (source(Sensitive("key")), source("<redacted>"), {AT: "KEY"}, []),
    "behind a mask that it does not fit": (
        source(Sensitive("a=1;key=2")),
        source("b=1;key=<redacted>"),
        {AT: "A=1;KEY=2"},
        ["differs from what is live"],
    ),
    "behind a mask, another one": (
        source(Sensitive("new")),
        source("<redacted>"),
        {AT: "KEY"},
        ["changed"],
    ),
    "not ours, all else as declared": (source(Sensitive("key")), source(None), None, []),
    "not ours, taken over": (
        source(Sensitive("key"), **NEW),
        source(None),
        None,
        ["", "taken over"],
    ),
    "kept": (source(Sensitive(None, keep=True)), source(None), {AT: "KEY"}, []),
    "not available": (source(Sensitive(None)), source(None), {AT: "KEY"}, []),
}


@pytest.mark.parametrize(("desired", "now", "prints", "notes"), SECRETS.values(), ids=SECRETS)
def test_secrets(desired: Body, now: Body, prints: dict[str, Any] | None, notes: list[str]) -> None:
    ours = {} if prints is None else {"fingerprints": prints}
    found = compared("DataSource/x", desired, now, **ours)
    assert sorted(edit.note for edit in found.edits) == sorted(notes)
    for edit in found.edits:
        if edit.note:
            assert edit == Edit(pointer.parse(AT), None, None, FREE, True, edit.note)


URI = "/skills/s/uri"
PLAIN: dict[str, tuple[Any, Any, dict[str, Any], list[str]]] = {
    "no longer a secret": ("https://f", "https://g", {URI: "KEY"}, ["no longer a secret"]),
    "one that was to be kept": ("https://f", "https://g", {URI: None}, ["differs"]),
    "as it is shown": ("https://f", "https://f", {URI: "KEY"}, []),
    "not shown": ("https://f", None, {URI: "KEY"}, ["no longer a secret"]),
    "behind a mask, as written": ("https://f?k=1", "https://f?k=<redacted>", {URI: "KEY"}, []),
    "behind a mask, not as written": (
        "https://f?k=2",
        "https://f?k=<redacted>",
        {URI: "KEY"},
        ["no longer a secret"],
    ),
}


@pytest.mark.parametrize(("desired", "shown", "prints", "notes"), PLAIN.values(), ids=PLAIN)
def test_a_plain_text_where_a_secret_stood(
    desired: Any, shown: Any, prints: dict[str, Any], notes: list[str]
) -> None:
    declared, now = ({"skills": [{**SKILL, "uri": uri}]} for uri in (desired, shown))
    written = {"skills": [{**SKILL, "uri": "https://f?k=1"}]}
    found = compared("Skillset/x", declared, now, written, fingerprints=prints)
    assert [edit.note.removesuffix(" from what is live") for edit in found.edits] == notes
    assert all(edit.sensitive for edit in found.edits)


SAID: dict[str, tuple[Any, Any, bool, list[str], list[str]]] = {
    "not available": (Sensitive(None), None, True, [AT], []),
    "kept": (Sensitive(None, keep=True), None, True, [], []),
    "there": (Sensitive("key"), None, True, [], []),
    "not ours": (Sensitive("key"), None, False, [], [AT]),
    "not ours, behind a mask": (Sensitive("key"), "<redacted>", False, [], [AT]),
    "not ours, shown": (Sensitive("key"), "key", False, [], []),
    "not ours, not available": (Sensitive(None), None, False, [AT], []),
}


@pytest.mark.parametrize(
    ("secret", "shown", "ours", "unchecked", "trusted"), SAID.values(), ids=SAID
)
def test_secrets_that_are_not_checked_and_those_that_are_trusted(
    secret: Any, shown: Any, ours: bool, unchecked: list[str], trusted: list[str]
) -> None:
    prints = {"fingerprints": {AT: "KEY"}} if ours else {}
    found = compared("DataSource/x", source(secret), source(shown), **prints)
    assert list(map(pointer.render, found.unchecked)) == unchecked
    assert list(map(pointer.render, found.trusted)) == trusted


def test_a_secret_that_cannot_change_in_place() -> None:
    def blobs(secret: Any) -> Body:
        return {"kind": "azureBlob", "azureBlobParameters": {"connectionString": secret}}

    at = "/azureBlobParameters/connectionString"
    for shown, effect in ((None, Effect.RECREATE), ("<redacted>", Effect.RECREATE)):
        found = compared(
            "KnowledgeSource/x", blobs(Sensitive("new")), blobs(shown), fingerprints={at: "KEY"}
        )
        assert [(edit.note, edit.effect) for edit in found.edits] == [("changed", effect)]
    found = compared("KnowledgeSource/x", blobs(Sensitive("new")), blobs(None), fingerprints={})
    assert [(edit.note, edit.effect) for edit in found.edits] == [("new", Effect.IN_PLACE)]


COVERED: dict[str, tuple[Body, Body]] = {
    "by an element that is added": ({"skills": [{**SKILL, "uri": Sensitive("u")}]}, {"skills": []}),
    "by an element that is removed": ({"skills": []}, {"skills": [{**SKILL, "uri": "u"}]}),
}


@pytest.mark.parametrize(("desired", "now"), COVERED.values(), ids=COVERED)
def test_a_secret_within_an_element_that_comes_or_goes_is_no_edit_of_its_own(
    desired: Body, now: Body
) -> None:
    found = compared("Skillset/x", desired, now, fingerprints={"/skills/s/uri": "U"})
    assert [edit.sensitive for edit in found.edits] == [False]
    assert found.edits[0].path in {("skills",), ("skills", "s")}


def test_a_secret_beside_an_edited_value_is_an_edit_of_its_own() -> None:
    desired = {"skills": [{**SKILL, "uri": Sensitive("new"), "context": "/document/pages"}]}
    now = {"skills": [{**SKILL, "uri": "old", "context": "/document/other"}]}
    found = compared("Skillset/x", desired, now, fingerprints={"/skills/s/uri": "OLD"})
    assert [pointer.render(edit.path) for edit in found.edits] == [
        "/skills/s/context",
        "/skills/s/uri",
    ]


IGNORED: dict[str, tuple[Body, Body, str]] = {
    "a value": ({"description": "a"}, {"description": "b"}, "/description"),
    "a value beneath": ({"container": {"name": "a"}}, {"container": {"name": "b"}}, "/container"),
    "a secret": (source(Sensitive("new")), source(None), AT),
    "a secret beneath": (source(Sensitive("new")), source(None), "/credentials"),
}


@pytest.mark.parametrize(("desired", "now", "ignore"), IGNORED.values(), ids=IGNORED)
def test_what_is_ignored(desired: Body, now: Body, ignore: str) -> None:
    prints = {"fingerprints": {AT: "KEY"} if ignore in AT else {}}
    assert compared("DataSource/x", desired, now, ignore="", **prints).edits
    found = compared("DataSource/x", desired, now, ignore=ignore, **prints)
    assert (found.edits, found.unchecked, found.trusted) == ((), (), ())


def test_a_secret_of_ours_in_another_element_is_never_shown() -> None:
    """Somebody moved a skill without a name: what stands at its old place is another's."""
    first, second = ({**SKILL, "name": name} for name in "ab")
    desired = {"skills": [{**first, "uri": Sensitive("https://f?code=k")}, second]}
    now = {"skills": [first, {**second, "uri": "https://f?code=k"}]}
    prints = {"/skills/a/uri": "HTTPS://F?CODE=K"}
    found = compared("Skillset/x", desired, now, fingerprints=prints)
    assert [(pointer.render(e.path), e.before, e.sensitive) for e in found.edits] == [
        ("/skills/a/uri", None, True),
        ("/skills/b/uri", None, True),
    ]


def test_the_effect_of_a_change_is_that_of_its_gravest_edit() -> None:
    some = tuple(Edit((e.name,), 1, 2, e) for e in (Effect.REPROCESS, Effect.REBUILD, FREE))
    assert gravest(some) is Effect.REBUILD
    assert gravest(some[2:]) is FREE
    assert gravest(()) is FREE
