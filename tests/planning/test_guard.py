"""Every refusal of the guard, what lifts it, and what comes near it without being refused."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from reconciler.model.effect import Effect
from reconciler.model.ledger import Entry
from reconciler.model.plan import Action, Change, Edit
from reconciler.model.resource import Lifecycle
from reconciler.model.resource_id import ResourceId
from reconciler.planning.guard import GuardInputs, judge
from reconciler.planning.request import Unsendable
from reconciler.planning.uses import Move
from tests.planning.stated import entry

DOCS, NEW = ResourceId("Index", "docs"), ResourceId("Index", "new")
WORDS, ALIAS = ResourceId("SynonymMap", "words"), ResourceId("Alias", "a")
SOURCE, BASE = ResourceId("KnowledgeSource", "k"), ResourceId("KnowledgeBase", "b")
GROUP = ResourceId("ResourceGroup", "g")
NOTHING = GuardInputs(
    changes=(),
    entries={},
    desired=1,
    foreign=frozenset(),
    outside={},
    holders={},
    lying_in={},
    moves=(),
    unsendable={},
    documents={},
    consents=frozenset(),
)
DELETED, LOST = (Change(DOCS, Action.DELETE, effect=e) for e in (Effect.IN_PLACE, Effect(5)))
UPDATED = Change(WORDS, Action.UPDATE, (Edit(("synonyms",), "a", "b"),))


def inputs(*changes: Change, **more: Any) -> GuardInputs:
    return replace(NOTHING, changes=changes, **more)


def owned(count: int, **more: Any) -> dict[ResourceId, Entry]:
    names = [f"SynonymMap/m{number}" for number in range(count)]
    return {ResourceId.parse(name): entry(name, {}, **more) for name in names}


def deletions(count: int) -> tuple[Change, ...]:
    return tuple(Change(id_, Action.DELETE) for id_ in owned(count))


PROTECTED = {id_: entry(str(id_), {}, lifecycle=Lifecycle(protect=True)) for id_ in (DOCS, WORDS)}
MOVE = (Move(ALIAS, DOCS, NEW),)
LACKING = Unsendable((("credentials", "connectionString"),), ("DOCS", "KEY"))

REFUSED: dict[str, tuple[GuardInputs, str, str, set[str]]] = {
    "protected, deleted": (
        inputs(DELETED, entries=PROTECTED),
        "protect",
        "Index/docs is protected and would be deleted",
        set(),
    ),
    "protected, replaced": (
        inputs(replace(DELETED, action=Action.REPLACE), entries=PROTECTED),
        "protect",
        "Index/docs is protected and would be recreated",
        set(),
    ),
    "an index to be rebuilt": (
        inputs(Change(DOCS, Action.REBUILD, effect=Effect.REBUILD), documents={DOCS: 1234}),
        "rebuild",
        "Index/docs with 1,234 documents cannot be changed in place; rebuilding is not part of "
        "this version",
        set(),
    ),
    "an object to be recreated": (
        inputs(Change(WORDS, Action.REBUILD, effect=Effect.RECREATE)),
        "rebuild",
        "SynonymMap/words cannot be changed in place",
        set(),
    ),
    "a secret that is not here": (
        inputs(unsendable={WORDS: LACKING}),
        "secret-not-available",
        "SynonymMap/words: the write must send the secret at /credentials/connectionString, which "
        "is not available here",
        set(),
    ),
    "a secret that cannot be kept": (
        inputs(unsendable={WORDS: LACKING._replace(kept=True)}),
        "secret-not-available",
        "SynonymMap/words: the write must send the secret at /credentials/connectionString, which "
        "cannot be kept: the service shows a mask in its place, and would take that for the secret",
        set(),
    ),
    "what one object holds": (
        inputs(holders={DOCS: (ALIAS,)}),
        "in-use",
        "Index/docs cannot be deleted while Alias/a refers to it",
        set(),
    ),
    "what two objects hold": (
        inputs(LOST, holders={DOCS: (ALIAS, SOURCE)}, outside={DOCS: (ALIAS,)}),
        "in-use",
        "Index/docs cannot be deleted while Alias/a, KnowledgeSource/k refer to it",
        set(),
    ),
    "documents": (
        inputs(LOST, documents={DOCS: 1}),
        "documents-lost",
        "Index/docs would be deleted with 1 document",
        {"Index/docs", "Index/docs:delete", "all"},
    ),
    "documents that nobody counted": (
        inputs(replace(LOST, action=Action.REPLACE)),
        "documents-lost",
        "Index/docs would be recreated",
        {"Index/docs", "Index/docs:delete", "all"},
    ),
    "documents of an index that was created by it": (
        inputs(replace(LOST, id=SOURCE)),
        "documents-lost",
        "KnowledgeSource/k would be deleted with the index that it created, and every document "
        "in it",
        {"KnowledgeSource/k", "KnowledgeSource/k:delete", "all"},
    ),
    "what holds others": (
        inputs(Change(GROUP, Action.DELETE)),
        "contents-lost",
        "ResourceGroup/g would be deleted with everything in it",
        {"ResourceGroup/g", "ResourceGroup/g:delete"},
    ),
    "what an object of others uses": (
        inputs(DELETED, outside={DOCS: (ALIAS,)}),
        "unmanaged-referrer",
        "Index/docs would go, but Alias/a (not managed here) refers to it",
        {"Index/docs", "Index/docs:delete", "all"},
    ),
    "what objects of others use": (
        inputs(DELETED, outside={DOCS: (ALIAS, BASE)}),
        "unmanaged-referrer",
        "Index/docs would go, but Alias/a, KnowledgeBase/b (not managed here) refer to it",
        {"Index/docs", "Index/docs:delete", "all"},
    ),
    "a reader that would find less": (
        inputs(moves=MOVE, documents={DOCS: 1000, NEW: 499}),
        "fewer-documents",
        "Alias/a would move from Index/docs with 1,000 documents to Index/new with 499 documents: "
        "who asks it finds only those",
        {"Alias/a", "Alias/a:move", "all"},
    ),
    "a reader that would find nothing": (
        inputs(moves=MOVE, documents={DOCS: 1}),
        "fewer-documents",
        "Alias/a would move from Index/docs with 1 document to Index/new with 0 documents: who "
        "asks it finds only those",
        {"Alias/a", "Alias/a:move", "all"},
    ),
    "an object of others": (
        inputs(UPDATED, foreign=frozenset({WORDS})),
        "take-over",
        "SynonymMap/words exists, is not ours, and differs in 1 place",
        {"SynonymMap/words", "SynonymMap/words:adopt", "all"},
    ),
    "many at once": (
        inputs(*deletions(4), entries=owned(10)),
        "mass-change",
        "4 of 10 owned objects (40 %) would be deleted or rebuilt",
        {"mass-change", "all"},
    ),
    "all of one": (
        inputs(entries=owned(1), desired=0),
        "empty",
        "no manifest declares anything, but the ledger owns 1 object",
        {"empty", "all"},
    ),
    "everything": (
        inputs(entries=owned(2), desired=0),
        "empty",
        "no manifest declares anything, but the ledger owns 2 objects",
        {"empty", "all"},
    ),
    "what takes others along": (
        inputs(lying_in={GROUP: ("/subscriptions/s/resourcegroups/g/providers/a.b/c/d",)}),
        "others-lost",
        "ResourceGroup/g would take along 1 that this plan does not delete: a.b/c/d",
        {"ResourceGroup/g:delete-others"},
    ),
    "what takes many along": (
        inputs(lying_in={GROUP: tuple("abcdefg")}),
        "others-lost",
        "ResourceGroup/g would take along 7 that this plan does not delete: a, b, c, d, e and 2 "
        "more",
        {"ResourceGroup/g:delete-others"},
    ),
}
CONSENTS = (
    "all",
    "empty",
    "mass-change",
    *(
        f"{id_}{action}"
        for id_ in (DOCS, NEW, WORDS, ALIAS, SOURCE, GROUP)
        for action in ("", ":delete", ":delete-others", ":adopt", ":move")
    ),
)


@pytest.mark.parametrize(("given", "code", "said", "lifting"), REFUSED.values(), ids=REFUSED)
def test_what_is_refused_and_what_lifts_it(
    given: GuardInputs, code: str, said: str, lifting: set[str]
) -> None:
    [refusal] = judge(given).refused
    assert (refusal.code, refusal.message) == (code, said)
    lifted = {
        consent
        for consent in CONSENTS
        if not judge(replace(given, consents=frozenset({consent}))).refused
    }
    assert lifted == lifting


ADVICE = {
    "protected, deleted": "an apply with lifecycle.protect: false first",
    "an index to be rebuilt": "declaring a new index under another name, filling it and repointing "
    "the alias (then remove the old one), or undoing the edit",
    "an object to be recreated": "declaring a new one under another name and using that instead "
    "(then remove the old one), or undoing the edit",
    "a secret that is not here": "providing secret DOCS, KEY",
    "what one object holds": "deleting Alias/a first, or pointing it at something else",
    "what two objects hold": "deleting Alias/a, KnowledgeSource/k first, or pointing them at "
    "something else",
    "documents": "--consent Index/docs, or spec.consents",
    "what holds others": "--consent ResourceGroup/g, or spec.consents",
    "what takes others along": "moving or deleting them first, or --consent "
    "ResourceGroup/g:delete-others",
    "what takes many along": "moving or deleting them first, or --consent "
    "ResourceGroup/g:delete-others",
    "what an object of others uses": "--consent Index/docs, or spec.consents",
    "a reader that would find less": "filling Index/new first, or --consent Alias/a",
    "an object of others": "lifecycle.adopt: true, or --consent SynonymMap/words",
    "many at once": "--consent mass-change",
    "everything": "`reconciler destroy`, or --consent empty",
}


@pytest.mark.parametrize(("name", "advice"), ADVICE.items(), ids=ADVICE)
def test_a_refusal_says_what_lifts_it(name: str, advice: str) -> None:
    [refusal] = judge(REFUSED[name][0]).refused
    assert refusal.lifted_by == advice


def test_a_secret_that_no_name_is_known_of() -> None:
    [refusal] = judge(inputs(unsendable={WORDS: LACKING._replace(names=())})).refused
    assert refusal.lifted_by == "declaring it as ${secret.NAME}"


ALLOWED: dict[str, GuardInputs] = {
    "nothing": NOTHING,
    "a protected object is updated": inputs(UPDATED, entries=PROTECTED),
    "an unprotected object goes": inputs(DELETED, entries={DOCS: entry("Index/docs", {})}),
    "an object without documents goes": inputs(Change(WORDS, Action.DELETE)),
    "an object with documents is updated": inputs(replace(LOST, action=Action.UPDATE)),
    "what holds others is updated": inputs(Change(GROUP, Action.UPDATE)),
    "an object of others is as declared": inputs(
        replace(UPDATED, action=Action.ADOPT), foreign=frozenset({WORDS})
    ),
    "an object of ours is updated": inputs(UPDATED, foreign=frozenset({DOCS})),
    "a reader that finds half": inputs(moves=MOVE, documents={DOCS: 1000, NEW: 500}),
    "a reader of what was empty": inputs(moves=MOVE, documents={DOCS: 0, NEW: 0}),
    "three of ten go": inputs(*deletions(3), entries=owned(10)),
    "all of nine go": inputs(*deletions(9), entries=owned(9)),
    "nothing is declared nor owned": inputs(desired=0),
}


@pytest.mark.parametrize("given", ALLOWED.values(), ids=ALLOWED)
def test_what_is_allowed(given: GuardInputs) -> None:
    assert judge(given).refused == ()


USED: dict[str, tuple[GuardInputs, set[str], tuple[str, ...], tuple[str, ...]]] = {
    "one that fits": (inputs(LOST), {"Index/docs"}, ("Index/docs:delete",), ()),
    "one that names the action": (inputs(LOST), {"Index/docs:delete"}, ("Index/docs:delete",), ()),
    "one of another action": (inputs(LOST), {"Index/docs:move"}, (), ("Index/docs:move",)),
    "one of another object": (
        inputs(LOST),
        {"Index/docs", "Index/new"},
        ("Index/docs:delete",),
        ("Index/new",),
    ),
    "one where nothing is refused": (NOTHING, {"empty"}, (), ("empty",)),
    "one that is too weak": (
        inputs(DELETED, entries=PROTECTED),
        {"Index/docs:delete"},
        (),
        (),
    ),
}


@pytest.mark.parametrize(("given", "consents", "used", "unused"), USED.values(), ids=USED)
def test_consents_that_were_used_and_those_that_match_nothing(
    given: GuardInputs, consents: set[str], used: tuple[str, ...], unused: tuple[str, ...]
) -> None:
    judgement = judge(replace(given, consents=frozenset(consents)))
    assert (judgement.consents, judgement.unused) == (used, unused)


def test_a_mass_change_needs_its_own_consent_beside_those_of_its_objects() -> None:
    indexes = [f"Index/i{number}" for number in range(10)]
    changes = [
        Change(ResourceId.parse(name), Action.DELETE, effect=Effect.DESTROYS_DATA)
        for name in indexes
    ]
    entries = {ResourceId.parse(name): entry(name, {}) for name in indexes}
    given = inputs(*changes, entries=entries, consents=frozenset(indexes))
    assert [refusal.code for refusal in judge(given).refused] == ["mass-change"]
