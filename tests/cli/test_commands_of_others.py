"""What a service or a file says cannot speak to a terminal, to Markdown or to a pipeline."""

from __future__ import annotations

import json
import re

import pytest

from reconciler.cli.console import clean
from reconciler.report.markdown import _escaped
from tests.faults.gateway import Answer, Forward, Request, gateway
from tests.world import World

COMMANDS = {
    "azure": "##vso[task.setvariable variable=PATH]/evil",
    "azure, formatting": "x ##[error]evil",
    "azure, capitals": "##VSO[task.complete result=Failed]",
    "github": "::set-env name=PATH::/evil",
    "github, indented": "   ::add-mask::a",
    "github, the old form": "##[set-env name=PATH]/evil",
    "gitlab": "\x1b[0Ksection_start:1:evil\r\x1b[0K",
    "teamcity": "##teamcity[buildStop]",
    "a terminal": "\x1b]0;title\x07\x1b[2J\u202e",
}
OBEYED = re.compile(
    r"##\w*\[|^\s*::|section_(start|end):|[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e]", re.M
)


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
@pytest.mark.parametrize("before", ["", "x\n", "x\r\n", "x\r", "x\u2028", "x\v", "x\x85"])
@pytest.mark.parametrize("form", ["text", "json"])
def test_the_message_of_a_run(world: World, command: str, before: str, form: str) -> None:
    run = {
        "status": "transientFailure",
        "startTime": "2026-01-01T00:00:00Z",
        "errorMessage": before + command,
        "errors": [{"key": before + command, "errorMessage": before + command}],
    }
    body = json.dumps({"status": "running", "lastResult": run, "executionHistory": [run]})

    def harm(request: Request, forward: Forward) -> Answer:
        del request, forward
        return Answer(200, body.encode())

    with gateway(harm) as service:
        file = world.root / "reconciler.yaml"
        file.write_text(file.read_text().replace(world.service.url, service.url))
        ran = world.cli("status", "docs", "--format", form)
    assert ran.code == 0, ran.err
    assert not OBEYED.search(ran.out), ran.out
    if form == "json":
        (told,) = json.loads(ran.out)["indexers"]
        assert told["history"][0]["errorMessage"] == before + command, "nothing is lost to programs"


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
@pytest.mark.parametrize("form", ["text", "json", "markdown"])
def test_a_live_value(world: World, command: str, form: str) -> None:
    world.declare("SynonymMap/docs", "{format: solr, synonyms: first}")
    world.apply()
    world.service.edit("SynonymMap/docs", lambda body: body.update(synonyms=f"x\n{command}"))
    for words in ("plan", "drift"):
        assert not OBEYED.search(world.cli(words, "--format", form).out)


def test_a_refusal(world: World) -> None:
    world.service.fault(fault="status", status=400, method="GET")
    with gateway(lambda *_: Answer(400, b'{"error": {"message": "x\\n##vso[a]\\n::b::"}}')) as no:
        file = world.root / "reconciler.yaml"
        file.write_text(file.read_text().replace(world.service.url, no.url))
        world.declare("SynonymMap/docs", "{format: solr, synonyms: first}")
        ran = world.cli("plan", env={"RECONCILER_DEBUG": ""})
    assert (ran.code, OBEYED.search(ran.err)) == (1, None)
    assert len(ran.err.splitlines()) == 1


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("@somebody", "@\u200bsomebody"),
        ("&#64;somebody", "\\&#\u200b64;somebody".replace("#\u200b64", "#\u200b64")),
        ("<img src=x>", "\\<img src=x\\>"),
        ("[a](b)", "\\[a\\](b)"),
        ("https://evil.example", "https\u200b://evil.example"),
        ("a\n# b", "a # b"),
    ],
)
def test_markdown(text: str, shown: str) -> None:
    assert _escaped(text) == shown


def test_what_is_harmless_stays() -> None:
    for text in ("a::b", "std::vector", "## Head", "[x]", "section_starter", "é 漢字 ±", "a\tb\nc"):
        assert clean(text) == text


@pytest.mark.parametrize("command", ["validate", "plan", "graph"])
def test_the_name_of_a_file(world: World, command: str) -> None:
    """A fork's pull request may bring any file; a line end in its name begins no line of ours."""
    world.environ["RECONCILER_DEBUG"] = ""
    for name in ("x\n::error::evil.yaml", "x\n##vso[task.complete]y.yaml", "x\r::debug::y.yaml"):
        (world.root / "manifests" / name).write_text("kind: Nothing")
    ran = world.cli(command)
    told = [line for line in ran.err.splitlines() if "evil" in line]
    assert told
    assert all(line.startswith("manifests/x ") for line in told)
    assert not OBEYED.search(ran.out + ran.err)
