"""What proxies, gateways and sign-in pages make of requests and replies."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from urllib.parse import quote

import pytest

from tests.faults.gateway import Answer, Forward, Gateway, Request, gateway
from tests.faults.stack import CONSENTS, DECLARED, OLD, at_rest, declare, fails, undeclare
from tests.world import World

PAGE = b"<html><body>Please sign in</body></html>"
FOREIGN = {
    "a sign-in page": Answer(200, PAGE, "text/html"),
    "a page that says it is JSON": Answer(200, PAGE),
    "half an answer": Answer(200, b'{"value": [{"name": "do'),
    "nothing": Answer(200),
    "another service": Answer(200, b'{"hello": "world"}'),
    "a list": Answer(200, b"[]"),
    "no content": Answer(204),
}


@pytest.mark.parametrize("answer", FOREIGN.values(), ids=FOREIGN)
def test_it_is_not_the_service(world: World, between: Gateway, answer: Answer) -> None:
    declare(world)
    between.harm = lambda *_: answer
    for command in ("plan", "apply --yes"):
        ran = fails(world, *command.split())
        assert "check" in ran.err
        assert "prox" in ran.err
    assert {request.method for request in between.requests} == {"GET"}


def test_credentials_do_not_follow_a_redirection(world: World, between: Gateway) -> None:
    with gateway(lambda *_: Answer(200, PAGE, "text/html")) as other:
        declare(world)
        to = {"location": f"{other.url}/sign-in"}
        between.harm = lambda *_: Answer(302, PAGE, "text/html", to)
        ran = fails(world, "plan")
        assert "answered 302" in ran.err
        assert not other.requests


REPLIES = {
    "a gateway that was too slow": Answer(504, PAGE, "text/html"),
    "a broken service": Answer(500, b'{"error": {"message": "Oops."}}'),
    "a page": Answer(200, PAGE, "text/html"),
    "half an answer": Answer(200, b'{"name": '),
    "a cut connection": Answer(None),
}


@pytest.mark.parametrize("answer", REPLIES.values(), ids=REPLIES)
def test_a_write_was_done_whatever_was_replied(
    world: World, between: Gateway, answer: Answer
) -> None:
    """Reading settles it: each is sent once, and what was done is ours."""

    def harm(request: Request, forward: Forward) -> Answer:
        reply = forward(request)
        return answer if request.method == "PUT" else reply

    declare(world)
    between.harm = harm
    world.apply()
    puts = [request.path for request in between.requests if request.method == "PUT"]
    assert len(puts) == len(set(puts)) == len(DECLARED)
    at_rest(world, DECLARED, OLD, "first")


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize("doing", ["creating", "updating", "deleting"])
def test_a_write_was_done_and_the_answer_says_later(
    world: World, between: Gateway, doing: str, status: int
) -> None:
    """It is sent again, and meets what it did itself: that is no change by somebody else."""
    answered: set[str] = set()

    def harm(request: Request, forward: Forward) -> Answer:
        reply = forward(request)
        if request.method == "GET" or request.path in answered:
            return reply
        answered.add(request.path)
        return Answer(status, b"")

    declare(world)
    if doing != "creating":
        world.apply()
        declare(world, "second") if doing == "updating" else undeclare(world)
    between.harm = harm
    world.apply(*(CONSENTS if doing == "deleting" else ()))
    assert len(answered) == len(DECLARED)
    wanted = set() if doing == "deleting" else DECLARED
    at_rest(world, wanted, OLD, "second" if doing == "updating" else "first")


@dataclass
class Pages:
    """A gateway that serves lists in pages of one object; the links go where `host` says."""

    host: str = ""
    served: list[str] = field(default_factory=list)

    def __call__(self, request: Request, forward: Forward) -> Answer:
        query = dict(request.query)
        page = int(query.pop("$skiptoken", "0"))
        reply = forward(request._replace(query=query))
        if "(" in request.path or request.method != "GET":
            return reply
        self.served.append(f"{request.path} {page}")
        body = {"value": reply.value[page : page + 1]}
        if page + 1 < len(reply.value):
            version = quote(query["api-version"])
            link = f"{self.host}{request.path}?api-version={version}&$skiptoken={page + 1}"
            body["@odata.nextLink"] = link
        return reply._replace(content=json.dumps(body).encode())


def test_pages_are_followed(world: World, between: Gateway) -> None:
    declare(world)
    pages = Pages(between.url)
    between.harm = pages
    world.apply()
    assert world.plan()["empty"]
    assert pages.served.count("/indexes 0") == pages.served.count("/indexes 1") + 1
    at_rest(world, DECLARED, OLD, "first")


def test_credentials_do_not_follow_a_page_to_another_host(world: World, between: Gateway) -> None:
    with gateway(lambda *_: Answer(200, b'{"value": []}')) as other:
        declare(world)
        world.apply()
        between.harm = Pages(other.url)
        for command in ("plan --format json", "apply --yes", "drift", "destroy --yes"):
            assert "a link that leads to another host" in fails(world, *command.split()).err
        assert not other.requests
        assert world.service.objects() == DECLARED


def test_pages_that_repeat_are_an_error(world: World, between: Gateway) -> None:
    def harm(request: Request, forward: Forward) -> Answer:
        reply = forward(request)
        link = f"{between.url}{request.path}?api-version=2026-04-01"
        body = {"value": reply.value, "@odata.nextLink": link}
        return reply._replace(content=json.dumps(body).encode())

    declare(world)
    between.harm = harm
    assert "does not end: its pages repeat" in fails(world, "plan").err
