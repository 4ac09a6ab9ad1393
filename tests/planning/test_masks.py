"""Masks inside strings: compared around the mask, and never sent back."""

from __future__ import annotations

from typing import Any

import pytest

from reconciler.model import pointer
from reconciler.model.plan import Plan
from reconciler.model.sensitive import Sensitive, fits, masks_a_key
from reconciler.planning import make_plan
from reconciler.planning.drift import drifted
from tests.planning.stated import Body, entry, live, resource, situation

URL, SHOWN = "https://f.example/api?code=KEY&v=1", "https://f.example/api?code=<redacted>&v=1"


def skillset(**more: Any) -> Body:
    skill = {"@odata.type": "#Microsoft.Skills.Custom.WebApiSkill", "name": "s"}
    return {"skills": [{**skill, "inputs": [], "outputs": [], **more}]}


def index(**more: Any) -> Body:
    vectorizer = {"name": "v", "kind": "customWebApi", "customWebApiParameters": more}
    return {"fields": [], "vectorSearch": {"vectorizers": [vectorizer]}}


def unknown_skill(**more: Any) -> Body:
    return {"skills": [{"@odata.type": "#Microsoft.Skills.Custom.NewSkill", "name": "s", **more}]}


def unknown_property(**more: Any) -> Body:
    return {"fields": [], "newThing": {"services": [{"name": "a"}, {"name": "b", **more}]}}


PLACES = [
    ("Skillset/x", unknown_skill, "uri", URL, SHOWN, "/skills/s/uri"),
    ("Index/x", unknown_property, "uri", URL, SHOWN, "/newThing/services/1/uri"),
    ("Skillset/x", skillset, "uri", URL, SHOWN, "/skills/s/uri"),
    (
        "Index/x",
        index,
        "uri",
        URL,
        SHOWN,
        "/vectorSearch/vectorizers/v/customWebApiParameters/uri",
    ),
    (
        "Skillset/x",
        lambda **more: skillset(uri="https://f", httpHeaders=more),
        "authorization",
        "Bearer KEY",
        "Bearer <redacted>",
        "/skills/s/httpHeaders/authorization",
    ),
    (
        "Skillset/x",
        lambda **more: {"skills": [], "knowledgeStore": {"projections": [], **more}},
        "storageConnectionString",
        "AccountName=a;AccountKey=KEY;X=y",
        "AccountName=a;AccountKey=<redacted>;X=y",
        "/knowledgeStore/storageConnectionString",
    ),
]


def planned(address: str, desired: Body, now: Body, fingerprints: dict[str, Any]) -> Plan:
    declared, shown = resource(address, desired), live(address, now)
    ours = entry(address, {}, fingerprints=fingerprints)
    return make_plan(situation([declared], [shown], [ours]))


@pytest.mark.parametrize(("address", "body", "name", "value", "shown", "path"), PLACES)
class TestEveryPlace:
    def test_equal_around_the_mask_is_no_change(
        self, address: str, body: Any, name: str, value: str, shown: str, path: str
    ) -> None:
        desired, now = body(**{name: Sensitive(value)}), body(**{name: shown})
        plan = planned(address, desired, now, {path: value.upper()})
        assert [change.edits for change in plan.changes if change.edits] == []

    def test_another_secret_is_a_change_that_sends_it(
        self, address: str, body: Any, name: str, value: str, shown: str, path: str
    ) -> None:
        new = value.replace("KEY", "NEW")
        plan = planned(
            address, body(**{name: Sensitive(new)}), body(**{name: shown}), {path: value.upper()}
        )
        [change] = plan.changes
        assert [(pointer.render(e.path), e.sensitive) for e in change.edits] == [(path, True)]
        assert new in repr_of(plan)
        assert plan.blocked == ()

    def test_another_text_around_it_is_a_change_and_drift(
        self, address: str, body: Any, name: str, value: str, shown: str, path: str
    ) -> None:
        declared = resource(address, body(**{name: Sensitive(value)}))
        first = live(address, body(**{name: shown}))
        ours = make_plan(situation([declared], [first])).records[declared.id]
        assert ours is not None
        assert value.encode() not in ours.read_back.text
        other = live(address, body(**{name: shown + "0"}))
        [change] = make_plan(situation([declared], [other], [ours])).changes
        assert [pointer.render(edit.path) for edit in change.edits] == [path]
        assert drifted([ours], {declared.id: other}, str.upper)
        assert not drifted([ours], {declared.id: first}, str.upper)

    def test_what_is_kept_cannot_be_written_back(
        self, address: str, body: Any, name: str, value: str, shown: str, path: str
    ) -> None:
        kept = Sensitive(None, keep=True, needs=("`fkey`",))
        desired = {**body(**{name: kept}), "description": "new"}
        plan = planned(address, desired, body(**{name: shown}), {path: value.upper()})
        [refusal] = plan.blocked
        assert refusal.code == "secret-not-available"
        assert path.removesuffix(f"/{name}") in refusal.message
        assert refusal.lifted_by == "providing secret `fkey`"


def repr_of(plan: Plan) -> str:
    """Every secret that the steps send, and the rest of their bodies."""

    def shown(value: Any) -> Any:
        if isinstance(value, Sensitive):
            return value.value
        if isinstance(value, dict):
            return {key: shown(inner) for key, inner in value.items()}
        return [shown(inner) for inner in value] if isinstance(value, list) else value

    return str([shown(call.body) for _, call in plan.calls])


def test_a_key_in_clear_is_no_change_and_goes_back_in_clear() -> None:
    written, now = skillset(uri=URL), skillset(uri=SHOWN)
    declared, shown = resource("Skillset/x", written), live("Skillset/x", now)
    ours = entry("Skillset/x", written)
    assert make_plan(situation([declared], [shown], [ours])).changes == ()
    assert not drifted([ours], {declared.id: shown}, str.upper)
    described = resource("Skillset/x", {**written, "description": "new"})
    plan = make_plan(situation([described], [shown], [ours]))
    assert URL in repr_of(plan)
    assert plan.blocked == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<redacted>", True),
        ("https://f/api?code=<redacted>", True),
        ("https://f/api?a=b&code=<REDACTED>&c=d", True),
        ("AccountName=a;AccountKey=***;X=y", True),
        ("https://user:<redacted>@host/", True),
        ("https://f/api?code=%3Credacted%3E#top", True),
        ("Bearer <redacted>", True),
        ("SharedKey ***", True),
        ("Replace <redacted>", False),
        ("Bearer <redacted> or another", False),
        ("The field reads <redacted> in logs.", False),
        ("***important***", False),
        ("USA, United States", False),
        ("", False),
        (None, False),
    ],
)
def test_where_a_mask_stands_for_a_key(text: Any, expected: bool) -> None:
    assert masks_a_key(text) is expected


@pytest.mark.parametrize(
    ("shown", "value", "expected"),
    [
        ("<redacted>", "anything", True),
        ("a<redacted>b", "aXb", True),
        ("a<redacted>b", "ab", False),
        ("a<redacted>b", "aXc", False),
        ("a<redacted>b***c", "aXbYc", True),
        ("a<redacted>b***c", "aXYc", False),
        ("plain", "plain", True),
        ("plain", "other", False),
    ],
)
def test_what_fits_behind_a_mask(shown: str, value: str, expected: bool) -> None:
    assert fits(shown, value) is expected


UNKNOWN = [
    ("Skillset/x", unknown_skill, "/skills/s/apiKey"),
    ("Index/x", unknown_property, "/newThing/services/1/apiKey"),
]


@pytest.mark.parametrize(("address", "body", "path"), UNKNOWN)
class TestWhereTheSchemaKnowsNothing:
    @pytest.mark.parametrize("mask", ["***", "<redacted>", "<REDACTED>"])
    def test_a_mask_is_not_sent_back(self, address: str, body: Any, path: str, mask: str) -> None:
        shown = body(apiKey=mask)
        plan = planned(address, {**shown, "description": "new"}, shown, {})
        [refusal] = plan.blocked
        assert (refusal.code, path in refusal.message) == ("secret-not-available", True)

    @pytest.mark.parametrize("mask", ["***", "<redacted>"])
    def test_a_secret_is_sent_in_its_place(
        self, address: str, body: Any, path: str, mask: str
    ) -> None:
        declared = {**body(apiKey=Sensitive("K3Y")), "description": "new"}
        plan = planned(address, declared, body(apiKey=mask), {path: "OLD"})
        [change] = plan.changes
        assert [(pointer.render(e.path), e.sensitive) for e in change.edits] == [
            ("/description", False),
            (path, True),
        ]
        assert (plan.blocked, "K3Y" in repr_of(plan), mask in repr_of(plan)) == ((), True, False)

    def test_it_is_created_with_its_secret_and_recorded_without(
        self, address: str, body: Any, path: str
    ) -> None:
        declared = resource(address, body(apiKey=Sensitive("K3Y")))
        plan = make_plan(situation([declared], []))
        assert "K3Y" in repr_of(plan)
        (step,) = plan.steps
        assert step.entry is not None
        assert step.entry.fingerprints == {path: "K3Y"}
        assert b"K3Y" not in step.entry.written.text
