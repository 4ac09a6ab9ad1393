"""What a saved plan holds comes back as it was, and what was touched is refused."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from reconciler.model.effect import Effect
from reconciler.model.json import digest
from reconciler.model.ledger import LedgerIdentity
from reconciler.model.plan import Action, Change, Drift, Edit, Plan, Refusal
from reconciler.model.problem import Problem, ProblemsError
from reconciler.model.resource_id import ResourceId
from reconciler.model.step import Call, Precondition, Run, Step, Wait, Work
from reconciler.model.unknown import Unknown
from reconciler.planning.claim import fingerprint
from reconciler.planning.plan_file import as_saved, plan_from_json, plan_to_json, sealed
from reconciler.redaction import Redactor
from tests.planning.stated import VERSION, entry

DOCS, BLOBS = ResourceId("Index", "docs"), ResourceId("BlobContainer", "docs", "acc")
EDIT = Edit(("fields", "a/b", "type"), "old", {"new": [1, None]}, Effect.REPROCESS, note="why")
EMPTY = Plan(LedgerIdentity("shop", "prod", "https://s", "", ""))


def saved(plan: Plan, redact: Redactor | None = None) -> dict[str, Any]:
    """A plan as it stands in its file."""
    text = json.dumps(plan_to_json(plan, redact or Redactor()))
    return dict(json.loads(text))


APPROVED = Precondition("body")
WORK: dict[str, Work] = {
    "a write": Call("PUT", "docs-1", VERSION, APPROVED),
    "a deletion": Call("DELETE", "docs-1", VERSION, APPROVED),
    "a wait": Wait("/subscriptions/s", "2024-11-01", 90.0),
    "a run": Run("indexer-1"),
}


@pytest.mark.parametrize("work", WORK.values(), ids=WORK)
def test_every_type_of_step_comes_back(work: Work) -> None:
    step = Step("do Index/docs", DOCS, work, None, ("first", "second"), 2.5)
    plan = replace(EMPTY, steps=(Step("first", BLOBS, Run("x")), step))
    assert plan_from_json(saved(plan)).steps == plan.steps


def test_what_is_executed_is_not_saved() -> None:
    call = Call("PUT", "docs", VERSION, Precondition("etag", "1"), {"a": "b"}, {"q": "1"})
    step = Step("create Index/docs", DOCS, call, entry("Index/docs", {"a": "b"}), awaits_role=True)
    [back] = plan_from_json(saved(replace(EMPTY, steps=(step,)))).steps
    bare = Call("PUT", "docs", VERSION, APPROVED)
    assert back == Step("create Index/docs", DOCS, bare)


PARTS: dict[str, dict[str, Any]] = {
    **{
        f"a change that is to {action.label}": {"changes": (Change(DOCS, action),)}
        for action in Action
    },
    **{
        f"an effect, {effect.label}": {
            "changes": (
                Change(DOCS, Action.UPDATE, (replace(EDIT, effect=effect),), effect=effect),
            )
        }
        for effect in Effect
    },
    "all of a change": {
        "changes": (
            Change(BLOBS, Action.UPDATE, (EDIT,), "why", Effect.REBUILD, 3, ("a", "b"), True),
        )
    },
    "a sensitive edit": {
        "changes": (Change(DOCS, Action.UPDATE, (Edit(("a",), None, None, sensitive=True),)),)
    },
    "drift": {"drift": (Drift(DOCS, (EDIT,)), Drift(BLOBS, gone=True))},
    "a refusal": {"blocked": (Refusal("protect", "message", (DOCS, BLOBS), "lifted"),)},
    "numbers": {"unchanged": 3, "unmanaged": 4},
    "what it was limited to": {"targets": (DOCS,), "excludes": (BLOBS,)},
    "words": {"consents": ("Index/docs",), "notes": ("note",), "read_at": "2026-01-01"},
}


@pytest.mark.parametrize("part", PARTS.values(), ids=PARTS)
def test_every_part_comes_back(part: dict[str, Any]) -> None:
    plan = replace(EMPTY, **part)
    back = plan_from_json(saved(plan))
    assert back == plan
    assert fingerprint(back) == fingerprint(plan)
    assert as_saved(plan, Redactor()) == plan


def test_whose_ledger_it_is_comes_back_without_its_salt() -> None:
    target = LedgerIdentity("shop", "prod", "https://s", "lineage", "salt", 7)
    assert plan_from_json(saved(replace(EMPTY, target=target))).target == EMPTY.target


def test_an_unknown_value_is_saved_as_its_place() -> None:
    unknown = Unknown(ResourceId("SearchService", "s"), "s", VERSION, ("identity", "id"))
    edit = Edit(("principal",), None, unknown)
    plan = replace(EMPTY, changes=(Change(DOCS, Action.CREATE, (edit,)),))
    [change] = plan_from_json(saved(plan)).changes
    assert change.edits[0].after == {"$unknown": "SearchService/s/identity/id"}
    assert fingerprint(plan_from_json(saved(plan))) == fingerprint(plan)


SECRET = "a-long-secret-word"
SECRETS: dict[str, dict[str, Any]] = {
    "a value": {
        "changes": (Change(DOCS, Action.UPDATE, (Edit(("a",), SECRET, {"b": [SECRET]}),)),)
    },
    "the reason of a change": {"changes": (Change(DOCS, Action.UPDATE, reason=SECRET),)},
    "a note of a change": {"changes": (Change(DOCS, Action.UPDATE, notes=(SECRET,)),)},
    "a note of an edit": {
        "changes": (Change(DOCS, Action.UPDATE, (Edit(("a",), 1, 2, note=SECRET),)),)
    },
    "drift": {"drift": (Drift(DOCS, (Edit(("a",), SECRET, None),)),)},
    "a refusal": {"blocked": (Refusal("code", SECRET, (DOCS,), ""),)},
    "a problem": {"problems": (Problem("code", SECRET),)},
    "a note": {"notes": (SECRET,)},
}


@pytest.mark.parametrize("part", SECRETS.values(), ids=SECRETS)
def test_no_secret_is_saved(part: dict[str, Any]) -> None:
    redact = Redactor()
    redact.learn(SECRET)
    plan = replace(EMPTY, **part)
    assert SECRET in json.dumps(saved(plan))
    content = saved(plan, redact)
    assert SECRET not in json.dumps(content)
    plan_from_json(content)


BRIEF = "k7x9"
"""A secret so short that our own words may hold it by chance."""


@pytest.mark.parametrize(
    "value", [BRIEF, [BRIEF], {"a": BRIEF}, {"note": BRIEF}, {"before": BRIEF}]
)
def test_a_short_secret_is_taken_out_of_values_only(value: Any) -> None:
    redact = Redactor()
    redact.learn(BRIEF)
    edit = Edit(("a",), value, value, note=BRIEF)
    plan = replace(EMPTY, changes=(Change(DOCS, Action.UPDATE, (edit,)),))
    [change] = plan_from_json(saved(plan, redact)).changes
    assert BRIEF not in json.dumps([change.edits[0].before, change.edits[0].after])
    assert change.edits[0].note == BRIEF


def test_names_are_saved_as_they_are() -> None:
    redact = Redactor()
    redact.learn("documents")
    named = Change(ResourceId("Index", "documents"), Action.UPDATE, (Edit(("documents",), 1, 2),))
    plan = replace(EMPTY, changes=(named,), consents=("Index/documents",))
    assert plan_from_json(saved(plan, redact)) == plan


GOOD = saved(replace(EMPTY, changes=(Change(DOCS, Action.UPDATE, (EDIT,)),), unchanged=1))
WRONG: dict[str, tuple[Any, str]] = {
    "no object": ([], "not-a-plan"),
    "no version": ({k: v for k, v in GOOD.items() if k != "reconcilerPlan"}, "not-a-plan"),
    "a version that is no number": ({**GOOD, "reconcilerPlan": "2"}, "not-a-plan"),
    "a version that is a truth": ({**GOOD, "reconcilerPlan": True}, "not-a-plan"),
    "a newer version": ({**GOOD, "reconcilerPlan": 3}, "newer-plan"),
    "another number": ({**GOOD, "unchanged": 2}, "not-a-plan"),
    "another checksum": ({**GOOD, "checksum": "0"}, "not-a-plan"),
    "no checksum": ({k: v for k, v in GOOD.items() if k != "checksum"}, "not-a-plan"),
    "a property more, and nothing damaged": (sealed({**GOOD}) | {"more": 1}, "not-a-plan"),
    "an old version of nothing": ({"reconcilerPlan": 1}, "not-a-plan"),
}


@pytest.mark.parametrize(("value", "code"), WRONG.values(), ids=WRONG)
def test_what_is_no_plan_or_was_touched(value: Any, code: str) -> None:
    with pytest.raises(ProblemsError) as raised:
        plan_from_json(value)
    assert [problem.code for problem in raised.value.problems] == [code]


def test_what_a_newer_tool_says_in_this_format_asks_for_it() -> None:
    content = {key: value for key, value in GOOD.items() if key != "checksum"} | {"more": 1}
    with pytest.raises(ProblemsError) as raised:
        plan_from_json({**content, "checksum": digest(content)})
    assert raised.value.problems[0].code == "newer-plan"


def test_another_fingerprint_is_noticed_under_a_good_checksum() -> None:
    content = {key: value for key, value in GOOD.items() if key != "checksum"}
    content |= {"fingerprint": "0" * 64}
    with pytest.raises(ProblemsError) as raised:
        plan_from_json({**content, "checksum": digest(content)})
    assert raised.value.problems[0].code == "not-a-plan"
