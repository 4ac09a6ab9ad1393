"""What happens to one object: its action, its steps, and what the ledger has to learn."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from reconciler.model import pointer
from reconciler.model.effect import Effect
from reconciler.model.json import NOTHING, StoredJson
from reconciler.model.ledger import Entry
from reconciler.model.plan import Action
from reconciler.model.resource import Lifecycle, Live, Resource
from reconciler.model.resource_id import ResourceId
from reconciler.model.sensitive import Sensitive
from reconciler.model.step import Call, Precondition, Run, Wait
from reconciler.planning.change import Planned, plan_absent, plan_resource
from reconciler.providers import kind
from reconciler.schema.normalize import definition_digest
from tests.planning.stated import VERSION, Body, entry, live, resource

GROUP = "/subscriptions/s/resourceGroups/g"
ARM = "2024-11-01"
READY = {"location": "swedencentral"}
WORDS = {"format": "solr", "synonyms": "a, b"}
OTHER = {"format": "solr", "synonyms": "a, c"}
ID = {"name": "id", "type": "Edm.String", "key": True}
KEPT = Sensitive(None, keep=True)


def planned(declared: Resource, now: Live | None = None, ours: Entry | None = None) -> Planned:
    return plan_resource(declared, now, ours, str.upper)


def works(found: Planned) -> list[tuple[str, type]]:
    """The steps by their ids, and what they do."""
    return [(step.id, type(step.work)) for step in found.steps]


def group(body: Body, **more: Any) -> Resource:
    return resource("ResourceGroup/g", body, ARM, name_on_service=GROUP, **more)


def unread(ours: Entry) -> Entry:
    """An entry of what was written and not read since."""
    return replace(ours, read_back=NOTHING)


# new objects

CREATED: dict[str, tuple[Resource, list[tuple[str, type]], bool]] = {
    "a call": (resource("Index/x", {}), [("create Index/x", Call)], False),
    "an indexer runs": (
        resource("Indexer/x", {}),
        [("create Indexer/x", Call), ("run x", Run)],
        True,
    ),
    "a disabled indexer does not": (
        resource("Indexer/x", {"disabled": True}),
        [("create Indexer/x", Call)],
        False,
    ),
    "the indexer of a source runs": (
        resource("KnowledgeSource/x", {"kind": "azureBlob", "azureBlobParameters": {}}),
        [("create KnowledgeSource/x", Call), ("run x-indexer", Run)],
        False,
    ),
    "a resource group is waited for": (
        group(READY),
        [("create ResourceGroup/g", Call), ("wait for create ResourceGroup/g", Wait)],
        False,
    ),
}


@pytest.mark.parametrize(("declared", "steps", "runs"), CREATED.values(), ids=CREATED)
def test_steps_of_a_new_object(
    declared: Resource, steps: list[tuple[str, type]], runs: bool
) -> None:
    found = planned(declared)
    assert works(found) == steps
    assert (found.change.action, found.change.runs) == (Action.CREATE, runs)
    assert {step.resource for step in found.steps} == {declared.id}
    assert not found.records


def test_the_call_that_creates() -> None:
    found = planned(group(READY))
    call, wait = (step.work for step in found.steps)
    body = {"name": GROUP, **READY}
    assert call == Call("PUT", GROUP, ARM, Precondition("absent"), body)
    assert wait == Wait(GROUP, ARM, kind("ResourceGroup").longest_wait)
    assert found.steps[0].entry == found.steps[1].entry
    assert found.steps[0].entry == unread(
        entry("ResourceGroup/g", READY, api_version=ARM, name_on_service=GROUP)
    )


def test_what_is_declared_is_shown_without_its_secrets() -> None:
    secret = {"credentials": {"connectionString": Sensitive("key")}}
    found = planned(resource("DataSource/x", {"type": "azureblob", "description": None, **secret}))
    assert [(edit.path, edit.before, edit.after) for edit in found.change.edits] == [
        (("type",), None, "azureblob"),
        (("credentials",), None, {"connectionString": "(sensitive value)"}),
    ]
    assert found.steps[0].entry is not None
    assert found.steps[0].entry.fingerprints == {"/credentials/connectionString": "KEY"}
    assert b"key" not in found.steps[0].entry.written.text


def test_what_somebody_deleted_is_created_again() -> None:
    found = planned(resource("SynonymMap/x", WORDS), None, entry("SynonymMap/x", WORDS))
    assert (found.change.action, found.change.reason) == (
        Action.CREATE,
        "was deleted outside of this project",
    )


# objects that change

UPDATED: dict[str, tuple[Resource, Live, Precondition]] = {
    "by its etag": (
        resource("SynonymMap/x", WORDS),
        live("SynonymMap/x", OTHER),
        Precondition("etag", '"0x1"'),
    ),
    "without an etag, by its definition": (
        resource("SynonymMap/x", WORDS),
        live("SynonymMap/x", OTHER, etag=None),
        Precondition("body", definition_digest(kind("SynonymMap").shape, OTHER)),
    ),
    "with an etag that moves, by its definition": (
        resource("Indexer/x", {"targetIndexName": "i"}),
        live("Indexer/x", {"targetIndexName": "j"}),
        Precondition("body", definition_digest(kind("Indexer").shape, {"targetIndexName": "j"})),
    ),
}


@pytest.mark.parametrize(("declared", "now", "condition"), UPDATED.values(), ids=UPDATED)
def test_the_precondition_of_an_update(
    declared: Resource, now: Live, condition: Precondition
) -> None:
    found = planned(declared, now)
    [step] = found.steps
    assert (step.id, found.change.action) == (f"update {declared.id}", Action.UPDATE)
    assert step.call is not None
    body = {"name": "x", **declared.body}
    assert step.call == Call("PUT", "x", VERSION, condition, body)
    assert step.entry == unread(entry(str(declared.id), declared.body))
    assert not found.records


def test_an_update_that_is_waited_for() -> None:
    now = Live(ResourceId("ResourceGroup", "g"), {"name": "g", **READY}, None, ARM, GROUP)
    found = planned(group({**READY, "tags": {"a": "b"}}), now)
    assert works(found) == [
        ("update ResourceGroup/g", Call),
        ("wait for update ResourceGroup/g", Wait),
    ]


ANALYZER = {
    "name": "a",
    "@odata.type": "#Microsoft.Azure.Search.StopAnalyzer",
}
GRAVE: dict[str, tuple[Resource, Live, Action, Effect, str]] = {
    "with a downtime": (
        resource("Index/x", {"fields": [ID], "analyzers": [ANALYZER]}),
        live("Index/x", {"fields": [ID]}),
        Action.UPDATE,
        Effect.BRIEF_DOWNTIME,
        "",
    ),
    "an index to be rebuilt": (
        resource("Index/x", {"fields": [{**ID, "facetable": False}], "description": "a"}),
        live("Index/x", {"fields": [ID]}),
        Action.REBUILD,
        Effect.REBUILD,
        "must be rebuilt (/fields/id/facetable cannot change in place)",
    ),
    "an object to be recreated": (
        resource("DataSource/x", {"type": "adlsgen2", "description": "a"}),
        live("DataSource/x", {"type": "azureblob"}),
        Action.REBUILD,
        Effect.RECREATE,
        "must be recreated (/type cannot change in place)",
    ),
}


@pytest.mark.parametrize(
    ("declared", "now", "action", "effect", "reason"), GRAVE.values(), ids=GRAVE
)
def test_grave_edits(
    declared: Resource, now: Live, action: Action, effect: Effect, reason: str
) -> None:
    found = planned(declared, now)
    change = found.change
    assert (change.action, change.effect, change.reason) == (action, effect, reason)
    queries = [step.call.query for step in found.steps if step.call is not None]
    assert queries == ([{"allowIndexDowntime": "true"}] if action is Action.UPDATE else [])


def test_an_update_without_downtime_asks_for_none() -> None:
    [step] = planned(resource("Index/x", {"description": "a"}), live("Index/x", {})).steps
    assert step.call is not None
    assert step.call.query == {}


# objects that stay

PRINTS = {"fingerprints": {"/credentials/connectionString": "KEY"}}
SOURCE = {"type": "azureblob", "credentials": {"connectionString": Sensitive("key")}}
BARE = {"type": "azureblob", "credentials": {"connectionString": None}}
STAYING: dict[str, tuple[Resource, Live, Entry | None, Action, str]] = {
    "ours": (
        resource("SynonymMap/x", WORDS),
        live("SynonymMap/x", WORDS),
        entry("SynonymMap/x", WORDS),
        Action.KEEP,
        "",
    ),
    "not ours": (
        resource("SynonymMap/x", WORDS),
        live("SynonymMap/x", WORDS),
        None,
        Action.ADOPT,
        "is live as declared",
    ),
    "not read since": (
        resource("SynonymMap/x", WORDS),
        live("SynonymMap/x", WORDS),
        unread(entry("SynonymMap/x", WORDS)),
        Action.RECORD,
        "as it was read",
    ),
    "with a secret to be kept that was not known of": (
        resource("DataSource/x", {**SOURCE, "credentials": {"connectionString": KEPT}}),
        live("DataSource/x", BARE),
        entry("DataSource/x", BARE),
        Action.RECORD,
        "as it was read",
    ),
    "with its secret": (
        resource("DataSource/x", SOURCE),
        live("DataSource/x", BARE),
        entry("DataSource/x", BARE, **PRINTS),
        Action.KEEP,
        "",
    ),
    "protected from now on": (
        resource("SynonymMap/x", WORDS, lifecycle=Lifecycle(protect=True)),
        live("SynonymMap/x", WORDS),
        entry("SynonymMap/x", WORDS),
        Action.RECORD,
        "protect false -> true",
    ),
    "to be forgotten, in another version": (
        resource("SynonymMap/x", WORDS, lifecycle=Lifecycle(on_remove="forget")),
        live("SynonymMap/x", WORDS),
        entry("SynonymMap/x", WORDS, api_version="2024-07-01"),
        Action.RECORD,
        f'onRemove "delete" -> "forget", apiVersion "2024-07-01" -> "{VERSION}"',
    ),
    "with something ignored": (
        resource("SynonymMap/x", WORDS, ignore="/description"),
        live("SynonymMap/x", WORDS),
        entry("SynonymMap/x", WORDS),
        Action.RECORD,
        "lifecycle",
    ),
}


@pytest.mark.parametrize(
    ("declared", "now", "ours", "action", "reason"), STAYING.values(), ids=STAYING
)
def test_objects_that_stay(
    declared: Resource, now: Live, ours: Entry | None, action: Action, reason: str
) -> None:
    found = planned(declared, now, ours)
    assert (found.change.action, found.change.reason) == (action, reason)
    assert found.steps == ()
    assert found.records is (action is not Action.KEEP)
    if found.records:
        assert found.record is not None
        assert found.record.read_back == StoredJson.of(now.body)
        assert found.record.lifecycle == declared.lifecycle
        assert found.record.api_version == declared.api_version


def test_an_object_of_ours_that_the_service_is_still_at() -> None:
    now = {**READY, "properties": {"provisioningState": "Creating"}}
    shown = Live(ResourceId("ResourceGroup", "g"), {"name": "g", **now}, None, ARM, GROUP)
    ours = entry("ResourceGroup/g", READY, now, api_version=ARM, name_on_service=GROUP)
    found = planned(group(READY), shown, ours)
    assert works(found) == [("wait for ResourceGroup/g", Wait)]
    assert found.steps[0].work == Wait(GROUP, ARM, kind("ResourceGroup").longest_wait)
    assert (found.change.action, found.change.reason) == (Action.RECORD, "is not ready yet")
    assert found.steps[0].entry == unread(ours)
    assert not found.records


def test_what_is_taken_over_while_it_is_made_is_waited_for() -> None:
    now = {**READY, "properties": {"provisioningState": "Updating"}}
    shown = Live(ResourceId("ResourceGroup", "g"), {"name": "g", **now}, None, ARM, GROUP)
    found = planned(group(READY), shown, None)
    assert works(found) == [("wait for ResourceGroup/g", Wait)]
    assert (found.change.action, found.change.reason) == (Action.ADOPT, "is not ready yet")
    assert found.steps[0].entry is not None
    assert not found.records


# objects that no document declares

ENTRY = entry("SynonymMap/x", WORDS)
GONE: dict[str, tuple[Entry, Body | None, str | None, Action, str]] = {
    "deleted": (ENTRY, WORDS, None, Action.DELETE, "is no longer declared"),
    "gone already": (ENTRY, None, None, Action.FORGET, "is gone from the service already"),
    "a part of another": (
        ENTRY,
        WORDS,
        "KnowledgeSource/k",
        Action.FORGET,
        "KnowledgeSource/k created it for itself",
    ),
    "a part of another, gone already": (
        ENTRY,
        None,
        "KnowledgeSource/k",
        Action.FORGET,
        "is gone from the service already",
    ),
    "to be forgotten": (
        replace(ENTRY, lifecycle=Lifecycle(on_remove="forget")),
        WORDS,
        None,
        Action.FORGET,
        "onRemove: forget; it stays on the service",
    ),
}


@pytest.mark.parametrize(("ours", "now", "creator", "action", "reason"), GONE.values(), ids=GONE)
def test_objects_that_no_document_declares(
    ours: Entry, now: Body | None, creator: str | None, action: Action, reason: str
) -> None:
    shown = live("SynonymMap/x", now) if now is not None else None
    by = ResourceId.parse(creator) if creator else None
    found = plan_absent(ours, shown, "is no longer declared", by)
    assert (found.change.action, found.change.reason) == (action, reason)
    assert found.records is (action is Action.FORGET)
    assert found.record is None
    calls = [step.work for step in found.steps]
    condition = Precondition("etag", '"0x1"')
    call = Call("DELETE", "x", VERSION, condition)
    assert calls == ([call] if action is Action.DELETE else [])


CREATED_PARTS = {"azureBlobParameters": {"createdResources": {"index": "i", "indexer": "x"}}}
LOST: dict[str, tuple[str, Body, Effect]] = {
    "an index": ("Index/x", {}, Effect.DESTROYS_DATA),
    "an indexer": ("Indexer/x", {}, Effect.IN_PLACE),
    "a source that created an index": ("KnowledgeSource/x", CREATED_PARTS, Effect.DESTROYS_DATA),
    "a source that created none": ("KnowledgeSource/x", {"kind": "web"}, Effect.IN_PLACE),
}


@pytest.mark.parametrize(("address", "now", "effect"), LOST.values(), ids=LOST)
def test_what_is_lost_with_an_object(address: str, now: Body, effect: Effect) -> None:
    found = plan_absent(entry(address, now), live(address, now), "")
    assert found.change.effect is effect
    assert [step.id for step in found.steps] == [f"delete {address}"]
    assert found.steps[0].entry is None


def test_a_deletion_that_is_waited_for() -> None:
    ours = entry("ResourceGroup/g", READY, api_version=ARM, name_on_service=GROUP)
    found = plan_absent(ours, live("ResourceGroup/g", READY, ARM, None), "")
    assert works(found) == [
        ("delete ResourceGroup/g", Call),
        ("wait for delete ResourceGroup/g", Wait),
    ]
    assert found.steps[0].call is not None
    assert (found.steps[0].call.name, found.steps[0].call.precondition.kind) == (GROUP, "body")
    assert found.steps[1].work == Wait(GROUP, ARM, kind("ResourceGroup").longest_wait)


# what is said, and what the ledger knows of secrets

AT = "/skills/s/uri"
SKILL = {"@odata.type": "#Microsoft.Skills.Custom.WebApiSkill", "name": "s"}
FINGERPRINTS: dict[str, tuple[Sensitive, Any, dict[str, str | None], dict[str, str | None]]] = {
    "of what is declared": (Sensitive("u"), "u", {}, {AT: "U"}),
    "of what is kept and shown": (KEPT, "u", {}, {AT: "U"}),
    "of what is kept and masked: what is known": (KEPT, "<redacted>", {AT: "OLD"}, {AT: "OLD"}),
    "of what is kept and masked: nothing": (KEPT, "<redacted>", {}, {AT: None}),
    "of what is not available: what is known": (Sensitive(None), "u", {AT: "OLD"}, {AT: "OLD"}),
    "of what is not available: nothing": (Sensitive(None), "u", {}, {}),
    "of what is declared no more": (Sensitive("u"), "u", {"/a": "A"}, {AT: "U"}),
}


@pytest.mark.parametrize(
    ("secret", "shown", "known", "after"), FINGERPRINTS.values(), ids=FINGERPRINTS
)
def test_fingerprints_after_an_apply(
    secret: Sensitive, shown: Any, known: dict[str, str | None], after: dict[str, str | None]
) -> None:
    declared = resource("Skillset/x", {"description": "n", "skills": [{**SKILL, "uri": secret}]})
    now = live("Skillset/x", {"skills": [{**SKILL, "uri": shown}]})
    found = planned(declared, now, entry("Skillset/x", {}, fingerprints=known))
    assert found.steps[0].entry is not None
    assert found.steps[0].entry.fingerprints == after


def test_notes() -> None:
    absent = Sensitive(None, needs=("B", "A"))
    desired = {**SOURCE, "credentials": {"connectionString": absent}}
    found = planned(resource("DataSource/x", desired), live("DataSource/x", BARE))
    assert found.change.notes == (
        "(sensitive value, not checked): secret A, B is not available here",
    )
    found = planned(resource("DataSource/x", SOURCE), live("DataSource/x", BARE))
    assert found.change.notes == (
        "the secret at /credentials/connectionString cannot be read: it is taken to be the "
        "declared one",
    )
    more = {"name": "more", "type": "Edm.String"}
    found = planned(resource("Index/x", {"fields": [ID]}), live("Index/x", {"fields": [ID, more]}))
    assert found.change.notes == (
        "/fields/more is live but declared nowhere: it is kept; declare it to manage it",
    )


def test_what_a_write_lacks_goes_with_it() -> None:
    absent = {**SOURCE, "credentials": {"connectionString": Sensitive(None, needs=("K",))}}
    created = planned(resource("DataSource/x", absent))
    updated = planned(
        resource("Skillset/x", {"description": "n", "skills": [{**SKILL, "uri": Sensitive(None)}]}),
        live("Skillset/x", {"skills": [{**SKILL, "uri": "u"}]}),
    )
    for found, path in ((created, "/credentials/connectionString"), (updated, AT)):
        assert found.unsendable is not None
        assert [pointer.render(at) for at in found.unsendable.paths] == [path]
