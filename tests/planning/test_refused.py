"""What the service surely refuses is an error or a refusal of the plan; so is a silent loss."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from reconciler.model.inquiry import Answers
from reconciler.model.plan import Action, Plan
from reconciler.model.resource_id import ResourceId
from reconciler.model.sensitive import Sensitive
from reconciler.planning import make_plan
from reconciler.planning.inquiry import inquiry
from reconciler.providers import SEARCH, kind
from reconciler.schema.body import beneath, shape_of
from tests.planning.stated import Body, entry, live, resource, situation

KEY = {"name": "id", "type": "Edm.String", "key": True}
OLD = "2026-04-01"


def codes(plan: Plan) -> list[str]:
    return [*(p.code for p in plan.problems), *(r.code for r in plan.blocked)]


# secrets that are to be kept where there is nothing to keep

REQUIRED = {
    "AccountByKey.key",
    "AIServicesByKey.key",
    "Credentials.connectionString",
    "KnowledgeStore.storageConnectionString",
    "BlobParameters.connectionString",
    "IndexedSharePointParameters.connectionString",
    "SqlParameters.connectionString",
    "AssetStore.connectionString",
}
"""What a new object must bring along; of the other secrets, null means none."""


def test_the_required_secrets_are_those_of_the_kinds() -> None:
    """Every secret-bearing property of every kind is one or the other."""
    found = set()
    for name in SEARCH.kinds:
        for model in beneath(kind(name).body):
            for known in shape_of(model).properties.values():
                if known.secret is not None and (known.required or known.secret.needed):
                    found.add(f"{model.__name__}.{known.name}")
    assert found == REQUIRED


KEPT = Sensitive(None, keep=True)
_BY_KEY = "#Microsoft.Azure.Search.CognitiveServicesByKey"
_WEB = {"@odata.type": "#Microsoft.Skills.Custom.WebApiSkill", "name": "s"}
_MODEL = {"kind": "azureOpenAI", "azureOpenAIParameters": {"apiKey": KEPT}}
KEEPING = [
    ("DataSource", {"type": "azureblob", "credentials": {"connectionString": KEPT}}, True),
    ("Skillset", {"skills": [], "cognitiveServices": {"@odata.type": _BY_KEY, "key": KEPT}}, True),
    ("Skillset", {"skills": [], "knowledgeStore": {"storageConnectionString": KEPT}}, True),
    ("Skillset", {"skills": [{**_WEB, "uri": KEPT}]}, True),
    ("Skillset", {"skills": [{**_WEB, "uri": "u", "httpHeaders": {"x-key": KEPT}}]}, True),
    ("KnowledgeSource", {"azureBlobParameters": {"connectionString": KEPT}}, True),
    ("KnowledgeBase", {"models": [_MODEL]}, False),
    ("Index", {"fields": [KEY], "vectorSearch": {"vectorizers": [{"name": "v", **_MODEL}]}}, False),
    ("Indexer", {"cache": {"storageConnectionString": KEPT}}, False),
]


@pytest.mark.parametrize(("name", "body", "needed"), KEEPING)
def test_a_new_object_cannot_keep_what_is_required(name: str, body: Body, needed: bool) -> None:
    plan = make_plan(situation([resource(f"{name}/x", body)], []))
    assert ("nothing-to-keep" in codes(plan)) is needed


def test_a_new_part_of_an_object_cannot_either() -> None:
    account = {"@odata.type": _BY_KEY, "key": KEPT}
    declared = resource("Skillset/x", {"skills": [], "cognitiveServices": account})
    without = situation([declared], [live("Skillset/x", {"skills": []})], [entry("Skillset/x", {})])
    assert "nothing-to-keep" in codes(make_plan(without))
    shown = {"skills": [], "cognitiveServices": {"@odata.type": _BY_KEY, "key": "<redacted>"}}
    kept = situation([declared], [live("Skillset/x", shown)], [entry("Skillset/x", {})])
    assert codes(make_plan(kept)) == []


# what cannot change in place

FIXED = [
    ("DataSource", {"type": "azureblob"}, {"type": "adlsgen2"}),
    ("KnowledgeSource", {"kind": "web"}, {"kind": "remoteSharePoint"}),
    *(
        (name, {}, {"encryptionKey": {"keyVaultKeyName": "k", "keyVaultUri": "https://v"}})
        for name in ("DataSource", "Indexer", "Skillset", "SynonymMap", "KnowledgeBase")
    ),
]


@pytest.mark.parametrize(("name", "before", "after"), FIXED)
def test_what_cannot_change_in_place_is_refused_for_good(
    name: str, before: Body, after: Body
) -> None:
    declared, now = resource(f"{name}/x", after), live(f"{name}/x", before)
    consents = frozenset({"all", f"{name}/x"})
    plan = make_plan(situation([declared], [now], [entry(f"{name}/x", before)], consents=consents))
    [refusal] = plan.blocked
    assert refusal.code == "rebuild"
    assert "another name" in refusal.lifted_by
    assert plan.steps == ()
    assert plan.changes[0].reason.startswith("must be recreated")


# what is used cannot be deleted

HELD = [
    ("Index/i", {"fields": [KEY]}, "Alias/a", {"indexes": ["i"]}),
    (
        "Index/i",
        {"fields": [KEY]},
        "KnowledgeSource/k",
        {"kind": "searchIndex", "searchIndexParameters": {"searchIndexName": "i"}},
    ),
    (
        "KnowledgeSource/k",
        {"kind": "web"},
        "KnowledgeBase/b",
        {"knowledgeSources": [{"name": "k"}]},
    ),
]


@pytest.mark.parametrize(("going", "body", "holder", "using"), HELD)
@pytest.mark.parametrize("managed", [False, True])
def test_no_consent_is_offered_for_what_the_service_refuses_to_delete(
    going: str, body: Body, holder: str, using: Body, managed: bool
) -> None:
    lives, entries = [live(going, body), live(holder, using)], [entry(going, body)]
    declared = [resource(holder, using)] if managed else []
    entries += [entry(holder, using)] if managed else []
    consents = frozenset({"all", going})
    plan = make_plan(situation(declared, lives, entries, consents=consents))
    [refusal] = plan.blocked
    assert (refusal.code, refusal.ids) == ("in-use", (ResourceId.parse(going),))
    assert holder in refusal.lifted_by
    assert "consent" not in refusal.lifted_by


@pytest.mark.parametrize(("going", "body", "holder", "using"), HELD)
def test_what_goes_with_its_user_is_not_held(
    going: str, body: Body, holder: str, using: Body
) -> None:
    lives = [live(going, body), live(holder, using)]
    entries = [entry(going, body), entry(holder, using)]
    plan = make_plan(situation([], lives, entries, consents=frozenset({"all"})))
    assert [change.action for change in plan.changes] == [Action.DELETE, Action.DELETE]
    assert plan.blocked == ()


# readers that are moved

READERS = [
    ("Alias/r", lambda name: {"indexes": [name]}),
    (
        "KnowledgeSource/r",
        lambda name: {
            "kind": "searchIndex",
            "searchIndexParameters": {"searchIndexName": name},
        },
    ),
]


@pytest.mark.parametrize(("reader", "reading"), READERS)
@pytest.mark.parametrize(
    ("now", "then", "refused"),
    [(4200, 0, True), (4200, 40, True), (4200, 4100, False), (0, 0, False), (10, 5000, False)],
)
def test_a_reader_is_not_moved_to_far_fewer_documents(
    reader: str, reading: Any, now: int, then: int, refused: bool
) -> None:
    old, new = ResourceId("Index", "old"), ResourceId("Index", "new")
    body = {"fields": [KEY]}
    inputs = situation(
        [
            resource(reader, reading("new")),
            resource("Index/old", body),
            resource("Index/new", body),
        ],
        [live(reader, reading("old")), live("Index/old", body), live("Index/new", body)],
        [entry(reader, reading("old")), entry("Index/old", body), entry("Index/new", body)],
    )
    assert inquiry(inputs, make_plan(inputs)).documents == {old, new}
    answers = Answers(documents={old: now, new: then})
    found = [r.code for r in make_plan(_with(inputs, answers=answers)).blocked]
    assert found == (["fewer-documents"] if refused else [])
    for consent in (reader, f"{reader}:move"):
        lifted = _with(inputs, answers=answers, consents=frozenset({consent}))
        assert make_plan(lifted).blocked == ()
    for consent in ("Index/old", "Index/new", f"{reader}:delete"):
        kept = _with(inputs, answers=answers, consents=frozenset({consent}))
        assert bool(make_plan(kept).blocked) is refused


def _with(inputs: Any, **more: Any) -> Any:
    return replace(inputs, **more)


# api-versions

NEWER: list[tuple[str, Body, Body, str]] = [
    ("Index", {"fields": [KEY]}, {"permissionFilterOption": "enabled"}, "/permissionFilterOption"),
    ("Index", {"fields": [KEY]}, {"somethingNew": {"a": 1}}, "/somethingNew"),
    (
        "Index",
        {"fields": [KEY]},
        {"fields": [KEY | {"sensitivityLabel": True}]},
        "/fields/id/sensitivityLabel",
    ),
    ("KnowledgeBase", {}, {"retrievalInstructions": "Be brief."}, "/retrievalInstructions"),
    (
        "KnowledgeBase",
        {"knowledgeSources": [{"name": "k"}]},
        {"knowledgeSources": [{"name": "k", "enableFreshness": True}]},
        "/knowledgeSources/k/enableFreshness",
    ),
    ("DataSource", {}, {"indexerPermissionOptions": ["groupIds"]}, "/indexerPermissionOptions"),
]


@pytest.mark.parametrize(("name", "own", "more", "path"), NEWER)
def test_an_update_that_drops_what_its_version_does_not_show_is_an_error(
    name: str, own: Body, more: Body, path: str
) -> None:
    address = f"{name}/x"
    declared = resource(address, {**own, "description": "new"}, OLD)
    inputs = situation(
        [declared], [live(address, own, OLD)], [entry(address, own, api_version=OLD)]
    )
    assert inquiry(inputs, make_plan(inputs)).newer == {declared.id: "x"}
    answers = Answers(newer={declared.id: live(address, {**own, **more})})
    [problem] = make_plan(_with(inputs, answers=answers, consents=frozenset({"all"}))).problems
    assert problem.code == "dropped-unseen"
    assert path in problem.message
    nothing = {"tags": None, "purviewEnabled": False, "normalizers": [], "unheardOf": False}
    answers = Answers(newer={declared.id: live(address, {**own, **nothing})})
    assert make_plan(_with(inputs, answers=answers)).problems == ()


def test_without_changes_nothing_is_asked() -> None:
    body = {"fields": [KEY]}
    inputs = situation(
        [resource("Index/x", body, OLD)], [live("Index/x", body, OLD)], [entry("Index/x", body)]
    )
    assert not inquiry(inputs, make_plan(inputs))


def test_an_object_is_never_compared_with_a_body_of_another_version() -> None:
    declared = resource("Index/x", {"fields": [KEY], "description": "new"}, OLD)
    plan = make_plan(situation([declared], [live("Index/x", {"fields": [KEY]})]))
    assert codes(plan) == ["hidden-in-version"]
    assert plan.changes == ()


def test_more_than_three_versions_of_a_kind_are_a_warning() -> None:
    versions = ("2023-11-01", "2024-07-01", "2025-09-01", "2026-04-01")
    body = {"fields": [KEY]}
    some = [resource(f"Index/x{i}", body, version) for i, version in enumerate(versions)]
    assert codes(make_plan(situation(some[:3], []))) == []
    assert codes(make_plan(situation(some, []))) == ["many-versions"]


# what is not there

REFERRING = [
    ("Indexer/x", {"dataSourceName": "d", "targetIndexName": "i"}, {"DataSource/d", "Index/i"}),
    ("Alias/x", {"indexes": ["i"]}, {"Index/i"}),
    ("KnowledgeBase/x", {"knowledgeSources": [{"name": "k"}]}, {"KnowledgeSource/k"}),
    (
        "Index/x",
        {"fields": [{"name": "f", "type": "Edm.String", "synonymMaps": ["m"]}]},
        {"SynonymMap/m"},
    ),
]


@pytest.mark.parametrize(("address", "body", "needs"), REFERRING)
def test_a_write_that_refers_to_what_is_not_there_is_an_error(
    address: str, body: Body, needs: set[str]
) -> None:
    inputs = situation([resource(address, body)], [])
    asked = inquiry(inputs, make_plan(inputs)).missing
    assert set(map(str, asked)) == needs
    found = make_plan(_with(inputs, answers=Answers(missing=asked)))
    assert codes(found) == ["missing-target"] * len(needs)
    assert codes(make_plan(_with(inputs, answers=Answers()))) == []
