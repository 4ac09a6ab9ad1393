"""A plan of what was exported is empty: of generated stacks, and of all that was recorded."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.export.canned import showing
from tests.export.folder import at_rest, empty, exported, written
from tests.kinds.material import COLLECTIONS, Exchange, exchanges, needs_material
from tests.laws.bench import tried
from tests.laws.parts import SECRETS
from tests.laws.stacks import Stack, filled_in, in_order, stacks
from tests.world import Ran, World

VALUES = {name: f"{name}-must/never+show==" for name in SECRETS}


@tried(15)
@given(stack=stacks(), layout=st.sampled_from(("object", "pipeline")))
def test_a_plan_of_an_export_is_empty(world: World, stack: Stack, layout: str) -> None:
    world.service.wipe()
    empty(world)
    for document in in_order(stack):
        world.service.put(document.id, filled_in(document.spec, VALUES))
    ran = exported(world, world.service.url, "--layout", layout)
    everything = written(world) + ran.out + ran.err
    assert not [value for value in VALUES.values() if value in everything]
    changes = {change["address"] for change in world.plan()["changes"]}
    assert changes == set(stack)
    world.apply()
    assert not world.plan()["changes"]
    ledger = next(world.root.glob(".reconciler/*.ledger.json")).read_text()
    assert not [value for value in VALUES.values() if value in ledger]
    assert world.cli("drift").code == 0


WHOLE = {"fields", "skills", "container", "targetIndexName", "indexes", "synonyms", "kind"} | {
    "knowledgeSources"
}
"""What an answer shows of an object that is not cut down to its name."""


def shown() -> list[Exchange]:
    """Every object that a recorded service showed, once; only skillsets are read as not written."""
    found = {}
    for exchange in exchanges():
        answer, read = exchange.answer, exchange.method == "GET" or exchange.kind != "Skillset"
        if read and exchange.status in (200, 201) and isinstance(answer, dict):
            for body in answer.get("value", [answer]):
                if body.keys() & WHOLE:
                    one = exchange._replace(answer=body)
                    found[json.dumps([exchange.kind, body], sort_keys=True)] = one
    return list(found.values())


def is_retired(one: Exchange) -> bool:
    """Whether it holds a skill that the service has refused since 2021."""
    types = {skill["@odata.type"] for skill in one.answer.get("skills", ())}
    return bool(types & {f"#Microsoft.Skills.Text.{name}Skill" for name in RETIRED})


RETIRED = ("EntityRecognition", "Sentiment", "NamedEntityRecognition")
COLLECTION = {kind: collection for collection, kind in COLLECTIONS.items()}


@needs_material
def test_what_was_recorded_is_exported(world: World) -> None:
    seen = shown()
    assert {one.kind for one in seen} == set(COLLECTIONS.values())
    lists: dict[str, list[dict[str, Any]]] = {}
    retired = set()
    for number, one in enumerate(seen):
        body = {**one.answer, "name": f"{one.answer['name']}-{number}"}
        lists.setdefault(COLLECTION[one.kind], []).append(body)
        retired |= {f"{one.kind}/{body['name']}"} if is_retired(one) else set()
    empty(world)
    with showing(lists) as url:
        assert _left_out(exported(world, url)) == retired
        changes = {change["address"] for change in world.plan()["changes"]}
        assert changes | retired == {
            f"{kind}/{body['name']}"
            for collection, kind in COLLECTIONS.items()
            for body in lists[collection]
        }
        project = world.root / "reconciler.yaml"
        project.write_text(project.read_text() + "  allowUnknownProperties: true\n")
        ran = world.cli("export")
        assert ran.code == 0, ran.err
        assert _left_out(ran) == retired
        at_rest(world)
        assert len(world.plan()["changes"]) == len(seen) - len(retired)


def _left_out(ran: Ran) -> set[str]:
    """The objects that a warning says are left out."""
    return {line.split()[1] for line in ran.err.splitlines() if "left out" in line}


@needs_material
@pytest.mark.parametrize("kind", COLLECTIONS.values())
def test_import_reads_what_was_recorded(world: World, kind: str) -> None:
    ours = [one for one in shown() if one.kind == kind and not is_retired(one)]
    bodies = {one.answer["name"]: one.answer for one in ours}
    world.write("kept.json", json.dumps({"value": list(bodies.values())}))
    ran = world.cli("import", "kept.json", "--kind", kind)
    assert ran.code == 0, ran.err
    project = world.root / "reconciler.yaml"
    with showing({COLLECTION[kind]: list(bodies.values())}) as url:
        text = project.read_text().replace(world.service.url, url)
        project.write_text(text)
        problems = json.loads(world.cli("validate", "--format", "json").out)["problems"]
        assert {problem["code"] for problem in problems} <= {
            "missing-reference",
            "missing-path",
            "unbilled-skills",
        }
        missing = (one for one in problems if one["code"] == "missing-reference")
        external = sorted({problem["message"].split()[0] for problem in missing})
        project.write_text(f"{text}  external: {json.dumps(external)}\n")
        at_rest(world)
