"""Web API and AML skills against a real server (SKILLS 1.3, P62 to P68)."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from tests.skills.material import Body, enriched, skill

ITEMS = "/document/items/*"
Answer = Callable[[Body], tuple[int, Any]]


class Endpoint:
    """Somebody's skill: `answer` takes a request's body and gives status and answer."""

    def __init__(self) -> None:
        self.answer: Answer = echo
        self.requests: list[tuple[str, dict[str, str], Body]] = []
        endpoint = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["content-length"])))
                headers = {name.lower(): value for name, value in self.headers.items()}
                endpoint.requests.append((self.command, headers, body))
                status, answer = endpoint.answer(body)
                text = isinstance(answer, str)
                content = answer.encode() if text else json.dumps(answer).encode()
                self.send_response(status)
                self.send_header("content-type", "text/html" if text else "application/json")
                self.send_header("content-length", str(len(content)))
                with suppress(BrokenPipeError):  # who asked may have gone
                    self.end_headers()
                    self.wfile.write(content)

            do_PUT = do_POST  # noqa: N815

            def log_message(self, *_: object) -> None:
                """Quiet."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.uri = f"http://127.0.0.1:{self.server.server_port}/skill?code=the-secret-code"
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.01,))
        self.thread.start()

    def close(self) -> None:
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


def echo(body: Body) -> tuple[int, Any]:
    """Each record's text, doubled, in the reverse order."""
    values = [
        {
            "recordId": value["recordId"],
            "data": {"twice": (value["data"].get("text") or "") * 2},
            "errors": None,
            "warnings": None,
        }
        for value in body["values"]
    ]
    return 200, {"values": values[::-1]}


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    made = Endpoint()
    yield made
    made.close()


def web(uri: str, **more: Any) -> Body:
    inputs = {"text": f"{ITEMS}/text", "lang": "/document/lang"}
    return skill("Custom.WebApiSkill", inputs, "twice=result", context=ITEMS, uri=uri, **more)


def values(*texts: str) -> Body:
    return {"items": [{"text": text} for text in texts], "lang": "en"}


def record(**more: Any) -> Answer:
    """An answer whose one record is this one."""
    given = {"recordId": "0", "data": {}, "errors": None, "warnings": None} | more
    return lambda _: (200, {"values": [given]})


def test_records_go_out_in_batches_and_come_back_by_id(endpoint: Endpoint) -> None:
    tree, notes = enriched(values("a", "b", "c"), web(endpoint.uri, batchSize=2))
    assert notes == []
    assert tree.value(f"{ITEMS}/result") == ["aa", "bb", "cc"]
    bodies = sorted(
        (body for _, _, body in endpoint.requests), key=lambda body: len(body["values"])
    )
    assert [len(body["values"]) for body in bodies] == [1, 2]
    assert bodies[0]["values"] == [{"recordId": "0", "data": {"text": "c", "lang": "en"}}]


def test_headers_and_method(endpoint: Endpoint) -> None:
    given = web(endpoint.uri, httpMethod="PUT", httpHeaders={"X-Own": "yes"})
    _, notes = enriched(values("a"), given)
    assert notes == []
    [(method, headers, _)] = endpoint.requests
    assert method == "PUT"
    assert headers["x-own"] == "yes"
    assert headers["content-type"] == "application/json"


def test_all_inputs_are_optional(endpoint: Endpoint) -> None:
    tree, notes = enriched({"items": [{}]}, web(endpoint.uri))
    assert {note.message for note in notes} == {"Skill executed but may have unexpected results"}
    [(_, _, body)] = endpoint.requests
    assert body["values"][0]["data"] == {"text": None, "lang": None}
    assert tree.value(f"{ITEMS}/result") == [""]


def test_only_the_named_outputs_are_kept(endpoint: Endpoint) -> None:
    endpoint.answer = record(data={"Twice": "x", "other": 1})
    tree, notes = enriched(values("a"), web(endpoint.uri))
    assert notes == []
    assert tree.values("/document/items/0/result") == []


def test_warnings_are_passed_on(endpoint: Endpoint) -> None:
    endpoint.answer = record(data={"twice": 1}, warnings=[{"message": "No occurrences of 'Hi'"}])
    tree, [note] = enriched(values("a"), web(endpoint.uri, name="mine"))
    assert (note.severity, note.name) == ("warning", "Enrichment.WebApiSkill.mine")
    assert "No occurrences of 'Hi'" in note.details
    assert tree.value(f"{ITEMS}/result") == [1]


BOTH = "Web Api response contains both data and errors. Will not process Data.;broken"


@pytest.mark.parametrize(
    ("answer", "details"),
    [
        (
            record(errors=[{"message": "broken"}]),
            "Web Api skill response contains errors: 'broken'",
        ),
        (
            record(data={"twice": 1}, errors=[{"message": "broken"}]),
            f"Web Api skill response contains errors: '{BOTH}'",
        ),
        (record(recordId=None), "Web Api response contains a record with a missing id"),
        (
            record(recordId="r1"),
            "Web Api response contains data properties for a record with invalid id 'r1'",
        ),
        (lambda _: (200, {"values": []}), "Web Api response does not contain a record"),
        (lambda _: (200, {"result": 1}), "Web Api response does not contain an array 'values'."),
        (lambda _: (200, "<p>hello"), "127.0.0.1 answered without JSON"),
    ],
)
def test_answers_that_break_the_contract(endpoint: Endpoint, answer: Answer, details: str) -> None:
    endpoint.answer = answer
    tree, [note] = enriched(values("a"), web(endpoint.uri))
    assert note.severity == "error"
    assert note.message == "Could not execute skill because Web Api skill response is invalid."
    assert note.details.startswith(details)
    assert tree.value(f"{ITEMS}/result") is None


@pytest.mark.parametrize(
    ("status", "answer", "calls", "details"),
    [
        (
            500,
            "<h1>Internal",
            1,
            "Web Api response status: 'InternalServerError', "
            "Web Api response details: '<h1>Internal'",
        ),
        (404, {"error": "x"}, 1, "Web Api response status: 'NotFound'"),
        (503, "busy", 3, "Web Api response status: 'ServiceUnavailable'"),
        (429, "busy", 3, "Web Api response status: 'TooManyRequests'"),
    ],
)
def test_failed_calls(
    endpoint: Endpoint, status: int, answer: Any, calls: int, details: str
) -> None:
    endpoint.answer = lambda _: (status, answer)
    _, [note] = enriched(values("a"), web(endpoint.uri))
    assert note.severity == "error"
    assert note.message == "Could not execute skill because the Web Api request failed."
    assert note.details.startswith(details)
    assert len(endpoint.requests) == calls
    assert "the-secret-code" not in str(note)


def test_an_overloaded_endpoint_is_asked_again(endpoint: Endpoint) -> None:
    def once(body: Body) -> tuple[int, Any]:
        return (502, "busy") if len(endpoint.requests) == 1 else echo(body)

    endpoint.answer = once
    tree, notes = enriched(values("a"), web(endpoint.uri))
    assert notes == []
    assert tree.value(f"{ITEMS}/result") == ["aa"]


def test_an_endpoint_that_is_not_there() -> None:
    _, [note] = enriched(values("a"), web("http://127.0.0.1:9/skill?code=the-secret-code"))
    assert note.severity == "error"
    assert "127.0.0.1 cannot be reached" in note.details
    assert "the-secret-code" not in str(note)


def test_an_endpoint_that_is_too_slow(endpoint: Endpoint) -> None:
    answered = threading.Event()

    def late(body: Body) -> tuple[int, Any]:
        answered.wait(10)
        return echo(body)

    endpoint.answer = late
    _, [note] = enriched(values("a"), web(endpoint.uri, timeout="PT1S"))
    answered.set()
    assert note.severity == "error"
    assert "did not execute within the time limit '00:00:01'" in note.message


@pytest.mark.parametrize(
    ("more", "details"),
    [
        ({"timeout": "PT231S"}, "The timeout 'PT231S' is not between PT1S and PT230S."),
        ({"httpHeaders": {"Host": "x"}}, "The HTTP header 'Host' cannot be set"),
    ],
)
def test_what_a_web_skill_may_not_set(endpoint: Endpoint, more: Body, details: str) -> None:
    _, [note] = enriched(values("a"), web(endpoint.uri, **more))
    assert note.severity == "error"
    assert details in note.details
    assert endpoint.requests == []


def test_aml_sends_flat_objects(endpoint: Endpoint) -> None:
    """The samples of the AML page."""
    endpoint.answer = lambda _: (200, {"detected_language_code": "es"})
    nested = {
        "sourceContext": "/document",
        "inputs": [{"name": "content", "source": "/document/content"}],
    }
    given = skill(
        "Custom.AmlSkill",
        {"text": "/document/content", "shapedText": nested},
        "detected_language_code",
        uri=endpoint.uri,
        key="the-secret-key",
    )
    tree, notes = enriched({"content": "Este es"}, given)
    assert notes == []
    assert tree.value("/document/detected_language_code") == "es"
    [(_, headers, body)] = endpoint.requests
    assert body == {"text": "Este es", "shapedText": {"content": "Este es"}}
    assert headers["authorization"] == "Bearer the-secret-key"


def test_aml_answers_with_an_object(endpoint: Endpoint) -> None:
    endpoint.answer = lambda _: (200, [1])
    given = skill("Custom.AmlSkill", {"text": "='a'"}, "out", uri=endpoint.uri)
    _, [note] = enriched({}, given)
    assert note.details == "The response is not a JSON object."
