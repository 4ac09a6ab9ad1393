"""Fifth law: no secret occurs in any output, log, plan, ledger, journal, cache or exception."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reconciler.model.plan import Drift
from reconciler.providers import SEARCH
from reconciler.redaction import REDACTOR
from reconciler.report import json as render_json
from reconciler.report import markdown, outcomes, text
from reconciler.report.formats import View
from reconciler.report.values import Applied as AppliedPlan
from tests.laws.bench import Applied, Bench, bench, tried
from tests.laws.history import History
from tests.laws.stacks import Stack, stacks
from tests.world import KEY, World

SHOWN = st.sampled_from(("redacted", "clear"))


@pytest.mark.parametrize("kind", SEARCH.kinds)
@tried(6)
@given(data=st.data())
def test_nothing_tells_a_secret(kind: str, data: st.DataObject) -> None:
    """Not even before the redactor: it is the last net."""
    with bench(keys_on_read=data.draw(SHOWN)) as b, _log() as log:
        history = History(b, {}, data.draw(stacks()))
        known = [*b.secrets.values(), KEY]
        for _ in range(3):
            _silent(known, b, _spoken(b, b.apply()))
            history.applied = dict(b.stack)
            history.rotate(data.draw)
            known += b.secrets.values()
            address = data.draw(st.sampled_from([a for a in b.stack if a.startswith(f"{kind}/")]))
            history.edit(data.draw, address)
            history.edit_by_hand(data.draw)
            _silent(known, b, [json.dumps(b.saved()), *_drift(b)])
        _silent(known, b, log)


def _spoken(b: Bench, applied: Applied) -> Iterator[str]:
    """Every form in which a plan and its end can leave the process."""
    plan = applied.plan
    yield from (text.render_plan(plan), markdown.render_plan(plan), render_json.render_plan(plan))
    yield from (
        outcomes.render_json(AppliedPlan(plan, applied.outcome), View()),
        repr(applied),
        repr(plan),
    )
    yield from (repr(b.session().workspace.manifests), str(b.ledger()))


def _drift(b: Bench) -> Iterator[str]:
    async def drift() -> tuple[Drift, ...]:
        async with b.session() as session:
            return await session.drift()

    drifts = b.runner.run(drift())
    yield from (text.render_drift(drifts), markdown.render_drift(drifts), repr(drifts))
    yield render_json.render_drift(drifts)


class Echo:
    """A service that refuses every write, and tells everybody what was in it."""

    def __init__(self, app: Any) -> None:
        self._app = app

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["method"] == "GET":
            await self._app(scope, receive, send)
            return
        body = (await receive())["body"].decode()
        key = dict(scope["headers"])[b"api-key"].decode()
        told = {"error": {"message": f"Wrong is: {body} {key}"}}
        await send({"type": "http.response.start", "status": 400, "headers": _JSON})
        await send({"type": "http.response.body", "body": json.dumps(told).encode()})


_JSON = [(b"content-type", b"application/json")]


@tried(10)
@given(stack=stacks())
def test_a_service_that_tells_secrets_is_not_quoted(stack: Stack) -> None:
    with bench() as b:
        b.recorder.app = Echo(b.app)
        b.declare(stack)
        applied = b.apply()
        assert applied.outcome.count("failed") >= 1
        spoken = [REDACTOR(result.error) for result in applied.outcome.results]
        _silent([*b.secrets.values(), KEY], b, spoken)


def test_the_command_line_tells_no_secret(world: World) -> None:
    """Every command, in every format, also when it fails and with a traceback."""
    world.project("secrets: {storage: {env: STORAGE}, code: {env: CODE}}")
    world.environ |= {"STORAGE": "the=storage/key+1==", "CODE": "the-function-code-1"}
    world.declare("DataSource/docs", _SOURCE)
    world.declare("Skillset/docs", _SKILLS)
    ran = [_every_command(world)]
    world.environ |= {"STORAGE": "the=storage/key+2==", "CODE": "the-function-code-2"}
    world.service.fault(fault="status", status=400, path="skillsets", method="PUT", times=1)
    ran += [world.cli("apply", "--yes").out, _every_command(world)]
    files = [file.read_text() for file in world.root.rglob("*") if file.is_file()]
    for spoken in (*ran, *files):
        assert "storage/key" not in spoken
        assert "function-code" not in spoken
        assert KEY not in spoken


_SOURCE = """
    type: azureblob
    credentials: {connectionString: "AccountName=docs;AccountKey=${secret.storage}"}
    container: {name: docs}
    """
_SKILLS = """
    skills:
    - "@odata.type": "#Microsoft.Skills.Custom.WebApiSkill"
      uri: https://f.example/api?code=${secret.code}
      inputs: [{name: text, source: /document/content}]
      outputs: [{name: result}]
    """


def _every_command(world: World) -> str:
    commands = [
        ("validate",),
        *(("plan", "--format", form) for form in ("text", "json", "markdown")),
        ("plan", "--out", "plan.json"),
        ("show", "plan.json"),
        ("apply", "plan.json", "--format", "json"),
        *(("drift", "--format", form) for form in ("text", "json", "markdown")),
        ("ledger", "list", "--format", "json"),
    ]
    with _log() as log:
        ran = [world.cli(*command) for command in commands]
    assert {r.code for r in ran} <= {0, 2}
    return "\n".join([*(r.out + r.err for r in ran), *log])


@contextmanager
def _log() -> Iterator[list[str]]:
    """Everything that is logged by anybody, at every level."""
    spoken: list[str] = []

    class Handler(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            spoken.append(record.getMessage())

    root, handler = logging.getLogger(), Handler()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        yield spoken
    finally:
        root.removeHandler(handler)
        root.setLevel(level)


def _silent(secrets: list[str], b: Bench, texts: Iterable[str]) -> None:
    """No secret is in the texts, and none in the files of the project."""
    files = [file.read_bytes().decode() for file in b.root.rglob("*") if file.is_file()]
    assert len(files) > len(b.stack)
    for spoken in (*texts, *files):
        for secret in secrets:
            assert secret not in spoken
            assert json.dumps(secret)[1:-1] not in spoken
