"""What counts as what was approved, what as less, and what as more."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reconciler.model.effect import Effect
from reconciler.model.ledger import LedgerIdentity
from reconciler.model.plan import Action, Change, Edit, Plan
from reconciler.model.resource_id import ResourceId
from reconciler.model.step import Call, Precondition, Step
from reconciler.planning.claim import done_already, excess, fingerprint
from reconciler.planning.plan_file import as_saved
from reconciler.redaction import Redactor

DOCS, WORDS = ResourceId("Index", "docs"), ResourceId("SynonymMap", "words")
TARGET = LedgerIdentity("shop", "prod", "https://shop.search.windows.net", "ab", "cd", 3)


def change(address: ResourceId, action: Action = Action.UPDATE, **more: object) -> Change:
    edits = (Edit(("description",), "old", "new"),)
    return Change(address, action, **{"edits": edits, **more})  # type: ignore[arg-type]


def step(address: ResourceId, *waits_for: str, etag: str = "1") -> Step:
    call = Call(
        "PUT", address.name, "2026-04-01", Precondition("etag", etag), {"description": "new"}
    )
    return Step(f"update {address}", address, call, None, waits_for)


PLAN = Plan(
    TARGET,
    (change(DOCS), change(WORDS)),
    (step(WORDS), step(DOCS, f"update {WORDS}")),
    consents=("Index/docs",),
)
SAME = {
    "another moment": replace(PLAN, read_at="2026-11-28T00:00:00+00:00"),
    "another serial, lineage and salt": replace(
        PLAN, target=replace(TARGET, lineage="00", salt="11", serial=9)
    ),
    "another etag": replace(PLAN, steps=(step(WORDS, etag="2"), PLAN.steps[1])),
    "other remarks": replace(
        PLAN, notes=("x",), changes=(change(DOCS, notes=("x",)), change(WORDS))
    ),
    "what touches the ledger only": replace(
        PLAN, changes=(*PLAN.changes, Change(ResourceId("Alias", "a"), Action.RECORD))
    ),
}
LESS = {
    "one of two": replace(PLAN, changes=(change(DOCS),), steps=(step(DOCS),)),
    "nothing": replace(PLAN, changes=(), steps=()),
    "fewer consents": replace(PLAN, consents=()),
    "gone already": replace(
        PLAN, changes=(Change(DOCS, Action.FORGET), change(WORDS)), steps=(step(WORDS),)
    ),
}
OTHER = Edit(("description",), "else", "new")
MORE = {
    "an object more": (
        replace(PLAN, changes=(*PLAN.changes, change(ResourceId("Alias", "a")))),
        "not approved",
    ),
    "an edit more": (
        replace(PLAN, changes=(change(DOCS, edits=(*change(DOCS).edits, Edit(("x",), 1, 2))),)),
        "the edit of /x was not approved",
    ),
    "an edit fewer": (replace(PLAN, changes=(change(DOCS, edits=()),)), "not the approved ones"),
    "from another value": (replace(PLAN, changes=(change(DOCS, edits=(OTHER,)),)), "otherwise"),
    "another action": (replace(PLAN, changes=(change(DOCS, Action.DELETE),)), "delete instead of"),
    "a graver effect": (
        replace(PLAN, changes=(change(DOCS, effect=Effect.REPROCESS),)),
        "not the approved ones",
    ),
    "taking over": (replace(PLAN, changes=(change(DOCS, Action.ADOPT),)), "adopt instead of"),
    "a step more": (
        replace(PLAN, steps=(*PLAN.steps, step(ResourceId("Alias", "a")))),
        "the step update Alias/a was not approved",
    ),
    "another order": (
        replace(PLAN, steps=(step(WORDS), step(DOCS))),
        "would wait for other steps",
    ),
    "a consent more": (
        replace(PLAN, consents=("Index/docs", "mass-change")),
        "the consent mass-change was not approved",
    ),
}


@pytest.mark.parametrize("plan", SAME.values(), ids=SAME)
def test_the_same(plan: Plan) -> None:
    assert fingerprint(plan) == fingerprint(PLAN)
    assert not list(excess(plan, PLAN))
    assert not done_already(plan, PLAN)


@pytest.mark.parametrize("plan", LESS.values(), ids=LESS)
def test_less(plan: Plan) -> None:
    assert fingerprint(plan) != fingerprint(PLAN)
    assert not list(excess(plan, PLAN))


@pytest.mark.parametrize(("plan", "said"), MORE.values(), ids=MORE)
def test_more(plan: Plan, said: str) -> None:
    assert fingerprint(plan) != fingerprint(PLAN)
    assert said in "; ".join(excess(plan, PLAN))


def test_what_is_saved_is_what_was_approved() -> None:
    saved = as_saved(PLAN, Redactor())
    assert fingerprint(saved) == fingerprint(PLAN)
    assert not list(excess(PLAN, saved))
    assert not list(excess(saved, PLAN))
