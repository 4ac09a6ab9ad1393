"""What a knowledge source created for itself: no plan counts it, takes it over or deletes it.

These are plans of what is said to be live; tests/scenarios has a source that made its parts.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from reconciler.model.effect import Effect
from reconciler.model.json import StoredJson
from reconciler.model.ledger import Entry, Ledger, LedgerIdentity
from reconciler.model.plan import Action, Plan
from reconciler.model.problem import Where
from reconciler.model.resource import Live, Resource
from reconciler.model.resource_id import ResourceId
from reconciler.model.sensitive import Sensitive
from reconciler.planning import PlanInputs, make_plan

VERSION = "2026-04-01"
PARTS = {
    "DataSource/blobs-datasource": {"type": "azureblob", "container": {"name": "c"}},
    "Skillset/blobs-skillset": {"skills": []},
    "Index/blobs-index": {"fields": [{"name": "id", "type": "Edm.String", "key": True}]},
    "Indexer/blobs-indexer": {
        "dataSourceName": "blobs-datasource",
        "targetIndexName": "blobs-index",
        "skillsetName": "blobs-skillset",
    },
}
MADE = {address.partition("/")[0].lower(): address.partition("/")[2] for address in PARTS}
SECRET = "AccountName=docs;AccountKey=abc"


def source(connection: str | Sensitive | None, **more: Any) -> dict[str, Any]:
    parameters = {"connectionString": connection, "containerName": "c", **more}
    return {"kind": "azureBlob", "azureBlobParameters": parameters}


READ = {**source("<redacted>", createdResources=MADE), "webParameters": None}


def situation(
    declared: dict[str, Any], ours: dict[str, Any], live: dict[str, Any], **more: Any
) -> PlanInputs:
    return PlanInputs(
        resources=tuple(map(_resource, declared.items())),
        live={ResourceId.parse(a): _live(a, body) for a, body in live.items()},
        ledger=Ledger(
            LedgerIdentity("p", "e", "https://s", "l", "00"),
            {ResourceId.parse(a): _entry(a, body) for a, body in ours.items()},
        ),
        fingerprint=str.upper,
        **more,
    )


def _resource(item: tuple[str, Any]) -> Resource:
    address, where = ResourceId.parse(item[0]), Where(Path("m.yaml"))
    path = ("azureBlobParameters", "connectionString")
    value = item[1].get(path[0], {}).get(path[1])
    secrets = {path: value} if isinstance(value, Sensitive) else {}
    return Resource(address, address.name, VERSION, item[1], where, secrets=secrets)


def _live(address: str, body: Any) -> Live:
    parsed = ResourceId.parse(address)
    return Live(parsed, {"name": parsed.name, **body}, '"0x1"', VERSION)


def _entry(address: str, body: Any) -> Entry:
    parsed = ResourceId.parse(address)
    read = StoredJson.of({"name": parsed.name, **body})
    prints = {}
    if "azureBlobParameters" in body:
        prints["/azureBlobParameters/connectionString"] = SECRET.upper()
    return Entry(parsed, parsed.name, VERSION, StoredJson.of(body), read, prints)


BLOBS = source(Sensitive(SECRET))
LIVE = {"KnowledgeSource/blobs": READ, **PARTS}
OURS = {"KnowledgeSource/blobs": source(None)}


def actions(plan: Plan) -> dict[str, Action]:
    return {str(change.id): change.action for change in plan.changes}


def test_parts_are_not_unmanaged() -> None:
    plan = make_plan(situation({"KnowledgeSource/blobs": BLOBS}, OURS, LIVE))
    assert (plan.changes, plan.problems, plan.blocked) == ((), (), ())
    assert (plan.unchanged, plan.unmanaged) == (1, 0)


def test_parts_of_somebody_elses_source_are_not_unmanaged_either() -> None:
    """The source itself is, and so is what only looks like a part."""
    live = {**LIVE, "Index/blobs-index-2": PARTS["Index/blobs-index"]}
    assert make_plan(situation({}, {}, live)).unmanaged == 2


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("adopted", [False, True])
@pytest.mark.parametrize("edit", [{}, {"description": "ours"}, {"fields": []}])
def test_a_declared_part_is_a_problem_and_no_change(
    part: str, adopted: bool, edit: dict[str, Any]
) -> None:
    declared = {"KnowledgeSource/blobs": BLOBS, part: PARTS[part] | edit}
    ours = OURS | {part: PARTS[part]} if adopted else OURS
    plan = make_plan(situation(declared, ours, LIVE))
    assert (plan.changes, plan.steps, plan.blocked, plan.drift) == ((), (), (), ())
    assert (plan.unchanged, plan.unmanaged) == (1, 0)
    [problem] = plan.problems
    assert problem.code == "created-by-another"
    said = f"{part} is a part of KnowledgeSource/blobs, which created it for itself"
    assert problem.message == said
    assert problem.where == Where(Path("m.yaml"))


def test_a_part_that_was_adopted_is_forgotten_and_stays() -> None:
    ours = OURS | {part: PARTS[part] for part in PARTS}
    plan = make_plan(situation({"KnowledgeSource/blobs": BLOBS}, ours, LIVE))
    assert actions(plan) == dict.fromkeys(PARTS, Action.FORGET)
    assert plan.steps == ()


def test_a_part_is_no_stranger_that_holds_what_goes() -> None:
    """Its indexer was pointed at a skillset of ours, by hand."""
    indexer = PARTS["Indexer/blobs-indexer"] | {"skillsetName": "ours"}
    live = LIVE | {"Indexer/blobs-indexer": indexer, "Skillset/ours": {"skills": []}}
    ours = OURS | {"Skillset/ours": {"skills": []}}
    plan = make_plan(situation({"KnowledgeSource/blobs": BLOBS}, ours, live))
    assert actions(plan) == {"Skillset/ours": Action.DELETE}
    assert plan.blocked == ()


def test_a_source_takes_its_documents_with_it() -> None:
    plan = make_plan(situation({}, OURS, LIVE))
    [change] = plan.changes
    assert (change.action, change.effect) == (Action.DELETE, Effect.DESTROYS_DATA)
    lost = next(refusal for refusal in plan.blocked if refusal.code == "documents-lost")
    assert lost.message.endswith("with the index that it created, and every document in it")
    consents = frozenset({"KnowledgeSource/blobs", "empty"})
    assert make_plan(situation({}, OURS, LIVE, consents=consents)).blocked == ()


def test_a_source_that_created_nothing_takes_nothing_with_it() -> None:
    web = {"KnowledgeSource/web": {"kind": "web"}}
    [change] = make_plan(situation({}, web, web)).changes
    assert change.effect is Effect.IN_PLACE


def test_what_is_read_only_is_not_sent() -> None:
    declared = {"KnowledgeSource/blobs": {**BLOBS, "description": "new"}}
    [(_, call)] = make_plan(situation(declared, OURS, LIVE)).calls
    assert call.body is not None
    sent = call.body["azureBlobParameters"]
    assert set(sent) == {"connectionString", "containerName"}
    assert sent["connectionString"] == Sensitive(SECRET)


@pytest.mark.parametrize(
    ("declared", "place"),
    [
        (source(Sensitive("AccountName=docs;AccountKey=new")), "connectionString"),
        (source(Sensitive(SECRET), containerName="other"), "containerName"),
    ],
)
def test_what_the_service_does_not_change_is_refused(declared: Any, place: str) -> None:
    plan = make_plan(situation({"KnowledgeSource/blobs": declared}, OURS, LIVE))
    [refusal] = plan.blocked
    assert refusal.code == "rebuild"
    assert "under another name" in refusal.lifted_by
    [change] = plan.changes
    assert (
        change.reason == f"must be recreated (/azureBlobParameters/{place} cannot change in place)"
    )
    assert plan.steps == ()
