"""No secret is told: not by its parts, in other spellings, in tracebacks, or because it is cut."""

from __future__ import annotations

import html
import json
import re
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Callable
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reconciler.redaction import Redactor
from tests.faults.gateway import Answer, Forward, Gateway, Request
from tests.world import World

SECRET = "Zx+9/kQ==p&w<7>'é\" tail"
SPELLINGS: dict[str, Callable[[str], str]] = {
    "as it is": str,
    "in a URL": lambda s: quote(s, safe=""),
    "in a URL, in small letters": lambda s: re.sub(
        "%..", lambda c: c[0].lower(), quote(s, safe="")
    ),
    "in a URL in a URL": lambda s: quote(quote(s, safe=""), safe=""),
    "in a page of .NET": lambda s: html.escape(s).replace("+", "&#x2B;"),
    "in a path": quote,
    "in a form": quote_plus,
    "in JSON": lambda s: json.dumps(s)[1:-1],
    "in JSON, as it is": lambda s: json.dumps(s, ensure_ascii=False)[1:-1],
    "in HTML": html.escape,
    "in base64": lambda s: b64encode(s.encode()).decode(),
    "in base64, after one": lambda s: b64encode(b"x" + s.encode()).decode(),
    "in base64, between others": lambda s: b64encode(b"xy" + s.encode() + b"z").decode(),
    "in base64 for URLs": lambda s: urlsafe_b64encode(s.encode()).decode(),
    "in base64 of UTF-16": lambda s: b64encode(s.encode("utf-16-le")).decode(),
    "in base64 of UTF-16, between others": lambda s: b64encode(
        f"x{s}z".encode("utf-16-le")
    ).decode(),
    "in hex": lambda s: s.encode().hex(),
    "in hex, in capitals": lambda s: f"0x{s.encode().hex().upper()}",
    "in hex of UTF-16": lambda s: s.encode("utf-16-le").hex(),
}
COMPOSED = {
    "a storage account": ("AccountName=docs;AccountKey=SECRET;EndpointSuffix=x", "docs"),
    "a shared access signature": (
        "BlobEndpoint=https://b;SharedAccessSignature=sv=1&sig=SECRET",
        "",
    ),
    "a database": ("Server=tcp:sql;User ID=me;Password=SECRET;Encrypt=true", "tcp:sql"),
    "a database, quoted": ('Server=sql;Password="SECRET"', "Server"),
    "a function": ("https://f.example/api/x?code=SECRET&lang=en", "f.example"),
    "a client": ("client_id=abcdefgh&client_secret=SECRET", "abcdefgh"),
    "a bearer": ("Bearer SECRET", ""),
    "a password in a URL": ("https://me:SECRET@host.example/", "host.example"),
    "JSON": ('{"tenant": "contoso12", "client_secret": "SECRET"}', "contoso12"),
}


def known(*secrets: str) -> Redactor:
    redactor = Redactor()
    for secret in secrets:
        redactor.learn(secret)
    return redactor


@pytest.mark.parametrize("spelled", SPELLINGS.values(), ids=SPELLINGS)
def test_every_spelling(spelled: Callable[[str], str]) -> None:
    told = known(SECRET)(f"key {spelled(SECRET)} is bad")
    assert "(sensitive value)" in told
    assert len(told) < len("key (sensitive value) is bad") + 8, "at most what base64 shares"


@given(
    st.text(min_size=8).filter(lambda s: len(s.encode("utf-8", "ignore")) >= 8),
    st.sampled_from(list(SPELLINGS)),
)
def test_any_secret_in_any_spelling(secret: str, how: str) -> None:
    try:
        spelled = SPELLINGS[how](secret)
    except UnicodeEncodeError:
        return  # no server can write it so
    if len(secret.split()) == 1:
        assert "(sensitive value)" in known(secret)(f"[{spelled}]")


@pytest.mark.parametrize(("whole", "plain"), COMPOSED.values(), ids=COMPOSED)
def test_the_parts_of_a_composed_secret(whole: str, plain: str) -> None:
    redact = known(whole.replace("SECRET", "k3y-of-the-function"))
    assert redact("is k3y-of-the-function bad?") == "is (sensitive value) bad?"
    assert redact(f"about {plain}") == f"about {plain}"


def test_a_short_secret_is_no_part_of_a_word() -> None:
    redact = known("query")
    assert redact("a query key or a wrong one") == "a query key or a wrong one"
    assert redact.quoted("is query bad? see querying") == "is (sensitive value) bad? see querying"


def echo(world: World, between: Gateway, message: Callable[[Request], str]) -> None:
    """A service that refuses every write, and says something of what came."""

    def harm(request: Request, forward: Forward) -> Answer:
        if request.method == "GET":
            return forward(request)
        return Answer(400, json.dumps({"error": {"message": message(request)}}).encode())

    world.project("secrets: {fkey: {env: FKEY}}")
    world.environ["FKEY"] = "the/key=of the function+1"
    skill = (
        '{skills: [{"@odata.type": "#Microsoft.Skills.Custom.WebApiSkill", '
        'uri: "https://f.example/api/x?code=${secret.fkey}", '
        "inputs: [{name: text, source: /document/content}], outputs: [{name: text}]}]}"
    )
    world.declare("Skillset/docs", skill)
    between.harm = harm


@pytest.mark.parametrize("debug", ["", "1"])
@pytest.mark.parametrize("form", ["text", "json"])
@pytest.mark.parametrize("spelled", SPELLINGS.values(), ids=SPELLINGS)
def test_a_service_that_echoes(
    world: World, between: Gateway, spelled: Callable[[str], str], form: str, debug: str
) -> None:
    """Also where the message is cut in the middle of the secret, and in a traceback."""
    secret = "the/key=of the function+1"
    echo(world, between, lambda r: f"{'x' * 985} function key {spelled(secret)} {r.headers}")
    ran = world.cli("apply", "--yes", "--format", form, env={"RECONCILER_DEBUG": debug})
    assert ran.code == 1
    said = ran.out + ran.err
    assert "function key" in said
    assert spelled(secret)[:12] not in said
    assert "an-admin-key" not in said


def test_a_traceback_tells_no_secret(world: World, between: Gateway) -> None:
    def harm(request: Request, forward: Forward) -> Answer:
        del forward
        return Answer(400, json.dumps({"error": {"message": f"{request.headers}"}}).encode())

    world.project()
    world.declare("SynonymMap/docs", "{format: solr, synonyms: x}")
    between.harm = harm
    ran = world.cli("plan", env={"RECONCILER_DEBUG": "1"})
    assert (ran.code, "Traceback" in ran.err) == (1, True)
    assert "an-admin-key" not in ran.out + ran.err


def test_the_secrets_of_every_environment_are_known(world: World) -> None:
    """`validate` opens them all: what the first one has taught stays."""
    world.project("secrets: {one: {env: SA}, two: {env: SB}}")
    file = world.root / "reconciler.yaml"
    text = file.read_text()
    service = text[text.index("    test:") : text.index("  secrets:")]
    file.write_text(text.replace(service, service + service.replace("    test:", "    other:")))
    world.environ |= {"SA": "first-secret-value", "SB": "second-secret-value"}
    for name, value in (("test", "${secret.one}"), ("other", "${secret.two}")):
        world.declare(
            f"DataSource/{name}",
            f'{{type: azureblob, credentials: {{connectionString: "{value}"}}, '
            "container: {name: first-secret-value second-secret-value}, wrong: 1}",
            f"environments: [{name}]",
        )
    ran = world.cli("validate", env={"RECONCILER_DEBUG": ""})
    assert ran.code == 1
    assert "secret-value" not in ran.out + ran.err


def test_a_short_secret_is_warned_about(world: World) -> None:
    world.project("secrets: {short: {env: SHORT}}")
    world.environ["SHORT"] = "wrong"
    world.declare(
        "DataSource/docs",
        '{type: azureblob, credentials: {connectionString: "${secret.short}"}, '
        "container: {name: docs}}",
    )
    ran = world.cli("validate")
    assert (ran.code, "warning: secret `short` has fewer than 8 characters" in ran.err) == (0, True)
