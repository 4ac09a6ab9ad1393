"""Tables: what the guard refuses, and what lifts it."""

from __future__ import annotations

from typing import Any

import pytest

from reconciler.model.effect import Effect
from reconciler.model.ledger import Entry
from reconciler.model.plan import Action, Change, Edit
from reconciler.model.resource import Lifecycle
from reconciler.model.resource_id import ResourceId
from reconciler.planning.guard import GuardInputs, Judgement, judge
from reconciler.planning.request import Unsendable
from reconciler.planning.uses import Move

from .stated import entry

DOCS, NEW, ALIAS = map(ResourceId.parse, ("Index/docs", "Index/new", "Alias/a"))
INDEXER, GROUP = map(ResourceId.parse, ("Indexer/i", "ResourceGroup/rg"))


def change(of: ResourceId, action: Action, effect: Effect = Effect.IN_PLACE) -> Change:
    return Change(of, action, (Edit(("x",), 1, 2, effect),), effect=effect)


def owned(*ids: ResourceId, **more: Any) -> dict[ResourceId, Entry]:
    return {one: entry(str(one), {}, **more) for one in ids}


def judged(*changes: Change, **more: Any) -> Judgement:
    given: dict[str, Any] = {
        "entries": {},
        "desired": 1,
        "foreign": frozenset(),
        "outside": {},
        "holders": {},
        "moves": (),
        "unsendable": {},
        "documents": {},
        "consents": frozenset(),
        **more,
    }
    return judge(GuardInputs(changes, **given))


GONE = change(DOCS, Action.DELETE, Effect.DESTROYS_DATA)
MANY = tuple(ResourceId("SynonymMap", f"m{number}") for number in range(10))
REFUSED: dict[str, tuple[tuple[Change, ...], dict[str, Any], str, tuple[str, ...]]] = {
    "documents": (
        (GONE,),
        {"documents": {DOCS: 3}},
        "documents-lost",
        ("Index/docs", "Index/docs:delete", "all"),
    ),
    "documents, by a replacement": (
        (change(DOCS, Action.REPLACE, Effect.DESTROYS_DATA),),
        {},
        "documents-lost",
        ("Index/docs", "all"),
    ),
    "what is protected": (
        (GONE,),
        {"entries": owned(DOCS, lifecycle=Lifecycle(protect=True)), "consents": {"Index/docs"}},
        "protect",
        (),
    ),
    "a rebuild": ((change(DOCS, Action.REBUILD, Effect.REBUILD),), {}, "rebuild", ()),
    "a secret that is not here": (
        (change(INDEXER, Action.UPDATE),),
        {"unsendable": {INDEXER: Unsendable((("a",),), ("key",))}},
        "secret-not-available",
        (),
    ),
    "what is in use": (
        (change(INDEXER, Action.DELETE),),
        {"holders": {INDEXER: (ALIAS,)}},
        "in-use",
        (),
    ),
    "what holds others": (
        (change(GROUP, Action.DELETE),),
        {},
        "contents-lost",
        ("ResourceGroup/rg", "ResourceGroup/rg:delete"),
    ),
    "who refers to it is not ours": (
        (change(INDEXER, Action.DELETE),),
        {"outside": {INDEXER: (ALIAS,)}},
        "unmanaged-referrer",
        ("Indexer/i", "all"),
    ),
    "an alias would find less": (
        (change(ALIAS, Action.UPDATE),),
        {"moves": (Move(ALIAS, DOCS, NEW),), "documents": {DOCS: 10, NEW: 4}},
        "fewer-documents",
        ("Alias/a", "all"),
    ),
    "what is not ours": (
        (change(INDEXER, Action.UPDATE),),
        {"foreign": frozenset({INDEXER})},
        "take-over",
        ("Indexer/i", "all"),
    ),
    "more than thirty of a hundred": (
        tuple(change(one, Action.DELETE) for one in MANY[:4]),
        {"entries": owned(*MANY)},
        "mass-change",
        ("mass-change", "all"),
    ),
    "no manifests at all": (
        (change(INDEXER, Action.DELETE),),
        {"entries": owned(INDEXER), "desired": 0},
        "empty",
        ("empty", "all"),
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_refused(case: str) -> None:
    changes, more, code, lifting = REFUSED[case]
    assert code in [refusal.code for refusal in judged(*changes, **more).refused]
    for consent in ("Index/docs", "Indexer/i", "Alias/a", "ResourceGroup/rg", "mass-change", "all"):
        given = {**more, "consents": frozenset({consent})}
        refused = code in [refusal.code for refusal in judged(*changes, **given).refused]
        assert refused == (consent not in lifting), consent
    for consent in lifting:
        lifted = judged(*changes, **{**more, "consents": frozenset({consent})})
        assert code not in [refusal.code for refusal in lifted.refused]
        assert lifted.consents


ALLOWED: dict[str, tuple[tuple[Change, ...], dict[str, Any]]] = {
    "a creation": ((change(DOCS, Action.CREATE),), {}),
    "an update of ours": ((change(INDEXER, Action.UPDATE),), {"entries": owned(INDEXER)}),
    "a deletion without documents": ((change(INDEXER, Action.DELETE),), {}),
    "an alias finds half": (
        (change(ALIAS, Action.UPDATE),),
        {"moves": (Move(ALIAS, DOCS, NEW),), "documents": {DOCS: 10, NEW: 5}},
    ),
    "thirty of a hundred": (
        tuple(change(one, Action.DELETE) for one in MANY[:3]),
        {"entries": owned(*MANY)},
    ),
    "more than that of a few": (
        tuple(change(one, Action.DELETE) for one in MANY[:9]),
        {"entries": owned(*MANY[:9])},
    ),
    "what is protected is updated": (
        (change(DOCS, Action.UPDATE),),
        {"entries": owned(DOCS, lifecycle=Lifecycle(protect=True))},
    ),
    "nothing is declared, and nothing owned": ((), {"desired": 0}),
    "what is protected is forgotten": (
        (change(DOCS, Action.FORGET),),
        {"entries": owned(DOCS, lifecycle=Lifecycle(protect=True))},
    ),
}


@pytest.mark.parametrize("case", ALLOWED)
def test_allowed(case: str) -> None:
    changes, more = ALLOWED[case]
    assert judged(*changes, **more).refused == ()


def test_a_consent_that_lifts_nothing_is_told() -> None:
    judgement = judged(GONE, consents=frozenset({"Index/docs", "Index/other", "mass-change"}))
    assert judgement.refused == ()
    assert "Index/other" in judgement.unused
    assert "Index/docs" not in judgement.unused
