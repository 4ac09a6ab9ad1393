"""Answers of any shape: an error for people, and never taken for what was asked.

As many as `RECONCILER_REPLY_EXAMPLES` says (`make fuzz`), else a few hundred.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.faults.gateway import Answer, Forward, Gateway, Request
from tests.faults.malformed import UNREADABLE, changed
from tests.world import Ran, World

EXAMPLES = int(os.environ.get("RECONCILER_REPLY_EXAMPLES", "200"))
READS = (("plan",), ("plan", "--format", "json"), ("drift",), ("status",), ("export",))
LIMITS = ("--call-timeout", "4s")
COLLECTIONS = ("synonymmaps", "datasources", "indexes", "indexers")
DECLARED = {
    "SynonymMap/docs": "{format: solr, synonyms: TEXT}",
    "DataSource/docs": "{type: azureblob, description: TEXT, container: {name: docs}, "
    'credentials: {connectionString: "ResourceId=/subscriptions/0;"}}',
    "Index/docs": "{description: TEXT, fields: [{name: id, type: Edm.String, key: true}, "
    "{name: text, type: Edm.String}]}",
    "Indexer/docs": "{description: TEXT, dataSourceName: docs, targetIndexName: docs}",
}


def declare(world: World, text: str) -> None:
    for address, spec in DECLARED.items():
        world.declare(address, spec.replace("TEXT", text))


@pytest.fixture
def applied(world: World, between: Gateway) -> World:
    world.environ["RECONCILER_DEBUG"] = ""
    world.project()
    declare(world, "first")
    world.apply()
    assert between.requests
    return world


def sane(world: World, *arguments: str) -> Ran:
    """A command that ends in time, with one of the exit codes, and with words for people."""
    began = time.monotonic()
    ran = world.cli(*arguments, *LIMITS)
    said = ran.out + ran.err
    assert time.monotonic() - began < 10
    assert ran.code in (0, 1, 2, 3), said
    assert "Traceback" not in said
    assert "fault of the tool" not in said, said
    assert "\x1b" not in said
    assert "##vso[" not in said
    if "--format" in arguments and ran.out:
        json.loads(ran.out)
    return ran


Predicate = Callable[[Request], bool]


def answering(what: Predicate, how: Callable[[bytes], Answer], times: int | None) -> Any:
    """A gateway that spoils some of the successes: those that are meant, so often."""
    left = [times]

    def harm(request: Request, forward: Forward) -> Answer:
        answer = forward(request)
        if not what(request) or left[0] == 0 or (answer.status or 0) >= 300:
            return answer
        left[0] = None if left[0] is None else left[0] - 1
        return how(answer.content)

    return harm


def lists(request: Request) -> bool:
    return request.path.strip("/") in COLLECTIONS


@pytest.mark.parametrize("how", UNREADABLE.values(), ids=UNREADABLE)
def test_what_cannot_be_read_is_an_error(
    applied: World, between: Gateway, how: Callable[[bytes], Answer]
) -> None:
    """For every command that reads; to believe it would be to forget or destroy."""
    between.harm = answering(lists, how, None)
    before = applied.service.objects()
    commands = (("plan",), ("drift",), ("plan", "--detailed-exitcode"))
    for command in (*commands, ("apply", "--yes"), ("destroy", "--yes")):
        assert sane(applied, *command).code == 1, command
    between.harm = answering(lambda r: r.path.endswith("search.status"), how, None)
    assert sane(applied, "status").code == 1
    assert applied.service.objects() == before


@pytest.mark.parametrize("how", UNREADABLE.values(), ids=UNREADABLE)
def test_a_write_that_is_answered_so_is_settled_by_reading(
    applied: World, between: Gateway, how: Callable[[bytes], Answer]
) -> None:
    """It was done; the others go on whatever is said of it."""
    declare(applied, "second")

    def index(request: Request) -> bool:
        return request.method == "PUT" and "indexes" in request.path

    between.harm = answering(index, how, 1)
    ran = sane(applied, "apply", "--yes")
    refused = how(b"{}").status in (400, 999)
    assert ran.code == (1 if refused else 0), ran.out + ran.err
    other = applied.service.get("SynonymMap/docs")
    assert other is not None
    assert other["synonyms"] == "second"
    between.harm = lambda request, forward: forward(request)
    applied.apply()
    assert applied.plan()["empty"]


@pytest.mark.parametrize("weight", [{"a": 1}, "x", ["y"], None, True, 10**400], ids=range(6))
def test_values_of_a_free_map(applied: World, between: Gateway, weight: Any) -> None:
    """Its names are the user's, so that nothing but its values can be of the wrong type."""
    profiles = {"scoringProfiles": [{"name": "by_text", "text": {"weights": {"text": 2}}}]}
    applied.service.edit("Index/docs", lambda body: body.update(profiles))

    def how(content: bytes) -> Answer:
        value = json.loads(content)
        for body in value["value"]:
            body["scoringProfiles"][0]["text"]["weights"]["text"] = weight
        return Answer(200, json.dumps(value).encode())

    between.harm = answering(lambda r: r.path == "/indexes" and r.method == "GET", how, None)
    for command in READS:
        sane(applied, *command)


@settings(max_examples=EXAMPLES)
@given(data=st.data())
def test_whatever_is_answered(applied: World, between: Gateway, data: st.DataObject) -> None:
    """Nothing but the exit codes, in time; and what is said to be applied is applied."""
    text = data.draw(st.sampled_from(("first", "second")))
    command = data.draw(st.sampled_from((*READS, ("apply", "--yes"), ("apply", "--yes"))))
    method = data.draw(st.sampled_from(("GET", "GET", "PUT")))
    collection = data.draw(st.sampled_from(COLLECTIONS))
    kind = data.draw(st.sampled_from(("changed", "changed", "changed", *UNREADABLE)))

    chance = Random(data.draw(st.integers(0, 2**32)))

    def how(content: bytes) -> Answer:
        if kind == "changed":
            return Answer(200, changed(content, chance) if content else content)
        answer: Answer = UNREADABLE[kind](content)
        return answer

    declare(applied, text)
    between.harm = answering(
        lambda request: request.method == method and collection in request.path,
        how,
        data.draw(st.sampled_from((1, 2, None))),
    )
    ran = sane(applied, *command)
    between.harm = lambda request, forward: forward(request)
    if command[0] == "apply" and ran.code == 0:
        for address in DECLARED:
            assert text in json.dumps(applied.service.get(address)), address
    for file in applied.root.glob("manifests/**/*.yaml"):
        if file.name.partition("-")[2] != "docs.yaml":
            file.unlink()
