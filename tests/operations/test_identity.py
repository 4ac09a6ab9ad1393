"""Microsoft Entra ID: whose token is asked for, where it goes, and what is said without one."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.faults.gateway import Answer, Forward, Gateway, Request, gateway
from tests.operations.test_models import FOUNDRY, OPENAI, VISION, answer, asked_of, declare, error
from tests.world import Ran, World

TOKEN = "a-token-of-entra-id"


def issued(*_: object) -> Answer:
    """The identity endpoint of Azure App Service, and of Container Apps."""
    expires = str(int(time.time()) + 3600)
    return answer(200, {"access_token": TOKEN, "expires_on": expires, "token_type": "Bearer"})


def vectors(request: Request, forward: Forward) -> Answer:
    """A model with vectors of eight numbers, for whoever has the token."""
    del forward
    if request.headers.get("authorization") != f"Bearer {TOKEN}":
        return answer(401, {"error": {"code": "401", "message": "No token."}})
    if request.path.startswith("/computervision"):
        return answer(200, {"vector": [0.5] * 8})
    inputs = json.loads(request.body)["input"]
    return answer(200, {"data": [{"embedding": [0.5] * 8}] * len(inputs)})


@pytest.fixture
def identity(world: World) -> Iterator[Gateway]:
    """The endpoint that issues tokens to the machine that the tests run on."""
    with gateway(issued) as found:
        world.environ["IDENTITY_ENDPOINT"] = f"{found.url}/msi/token"
        world.environ["IDENTITY_HEADER"] = "a-header-of-the-machine"
        yield found


def declared(world: World, endpoint: Gateway, **spec: Any) -> None:
    """An EmbeddingModel `m` without a key."""
    declare(world, endpoint.url, credential=None, **spec)


def ask(world: World, *arguments: str) -> Ran:
    ran = world.cli("test", *arguments)
    assert TOKEN not in ran.out + ran.err
    return ran


@pytest.mark.parametrize("spec", [OPENAI, FOUNDRY, VISION], ids=lambda spec: spec["protocol"])
def test_the_token_goes_to_the_model(
    world: World, identity: Gateway, endpoint: Gateway, spec: dict[str, Any]
) -> None:
    declared(world, endpoint, **spec | {"modality": "text"})
    endpoint.harm = vectors
    ran = ask(world)
    assert (ran.code, ran.err, ran.last) == (0, "", "All 1 hold."), ran.out
    (asked,) = identity.requests
    assert asked.query["resource"] == "https://cognitiveservices.azure.com"
    assert asked.headers["x-identity-header"] == "a-header-of-the-machine"
    assert endpoint.requests
    for request in endpoint.requests:
        assert "api-key" not in request.headers
        assert "ocp-apim-subscription-key" not in request.headers


def test_another_scope(world: World, identity: Gateway, endpoint: Gateway) -> None:
    declared(world, endpoint, **FOUNDRY, scope="https://ml.azure.com/.default")
    endpoint.harm = vectors
    assert ask(world).code == 0
    assert identity.requests[0].query["resource"] == "https://ml.azure.com"


@pytest.mark.usefixtures("identity")
@pytest.mark.parametrize("status", [401, 403])
@pytest.mark.parametrize(
    ("spec", "role"),
    [
        (OPENAI, "Cognitive Services OpenAI User"),
        (FOUNDRY, "Cognitive Services User"),
        (VISION, "Cognitive Services User"),
    ],
    ids=lambda value: value["protocol"] if isinstance(value, dict) else "",
)
def test_a_role_that_is_lacking(
    world: World, endpoint: Gateway, spec: dict[str, Any], role: str, status: int
) -> None:
    declared(world, endpoint, **spec)
    endpoint.harm = error(status, "The principal lacks the data action.", "PermissionDenied")
    ran = ask(world)
    assert (ran.code, ran.err) == (1, "")
    assert f"the identity needs the role {role} on the resource" in ran.out
    assert "The principal lacks the data action" in ran.out
    assert "apiKey" not in ran.out
    (failure, *_) = json.loads(ask(world, "--format", "json").out)["results"][0]["failures"]
    assert failure["status"] == status


@pytest.mark.usefixtures("identity")
def test_the_role_at_an_online_endpoint(
    world: World, endpoint: Gateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Azure Machine Learning has it, whose roles are others. A gateway stands for the host."""
    for name in ("IDENTITY_ENDPOINT", "IDENTITY_HEADER"):
        monkeypatch.setenv(name, world.environ[name])
    declare(world, "https://embed.eastus2.inference.ml.azure.com", credential=None, **FOUNDRY)
    endpoint.harm = error(403, "Forbidden.")
    (verdict,) = asked_of(world, endpoint)
    assert "the identity needs the role AzureML Data Scientist" in verdict.failures[0].why


@pytest.mark.usefixtures("identity")
def test_a_token_that_a_model_repeats_is_not_printed(world: World, endpoint: Gateway) -> None:
    declared(world, endpoint, **OPENAI)
    endpoint.harm = error(401, f"The token {TOKEN} is of another tenant.")
    assert "The token (sensitive value) is of another tenant" in ask(world).out
    assert "(sensitive value)" in ask(world, "--format", "json").out


@pytest.mark.usefixtures("identity")
def test_a_token_that_the_search_service_repeats_is_not_printed(
    world: World, endpoint: Gateway
) -> None:
    world.project()
    file = world.root / "reconciler.yaml"
    lines = file.read_text().replace(world.service.url, endpoint.url).splitlines(keepends=True)
    file.write_text("".join(line for line in lines if "apiKey" not in line))
    world.environ.pop("RECONCILER_DEBUG", None)
    world.declare("SynonymMap/a", "{format: solr, synonyms: 'a, b'}")
    endpoint.harm = error(403, f"The token {TOKEN} is not enough.")
    ran = world.cli("plan")
    assert (ran.code, TOKEN in ran.out + ran.err) == (1, False)
    assert "The token (sensitive value) is not enough" in ran.err
    assert "Search Service Contributor" in ran.err


WITHOUT: dict[str, tuple[Callable[[Request, Forward], Answer], str]] = {
    "no identity": (
        lambda *_: answer(400, {"statusCode": 400, "message": "No identity was assigned."}),
        "400, No identity was assigned",
    ),
    "something else answers": (
        lambda *_: Answer(200, f"<p>{TOKEN}</p>".encode(), "text/html"),
        "ManagedIdentityCredential: ",
    ),
}


@pytest.mark.parametrize(("harm", "said"), WITHOUT.values(), ids=WITHOUT)
def test_an_identity_that_fails(
    world: World, identity: Gateway, endpoint: Gateway, harm: Any, said: str
) -> None:
    """In one line: a process of its own shows what the libraries would print beside it."""
    identity.harm = harm
    declared(world, endpoint, **OPENAI)
    process = world.process("test")
    out, err = process.communicate(timeout=60)
    assert (process.returncode, err, TOKEN in out) == (1, "", False)
    first, why, *_ = out.splitlines()
    assert first == "failed  EmbeddingModel/m"
    begins = "text: no Microsoft Entra ID token for https://cognitiveservices.azure.com/.default: "
    assert why.strip().startswith(begins)
    assert said in why
    assert "EnvironmentCredential" not in why, "what is not set up here did not fail"
    assert why.endswith("give the job an identity, or set credential.apiKey")
    assert endpoint.requests == []


def test_an_authority_that_is_none(world: World, identity: Gateway, endpoint: Gateway) -> None:
    declared(world, endpoint, **OPENAI, authority="http://login.example.com")
    ran = ask(world)
    assert (ran.code, ran.err, "login.example.com" in ran.out) == (1, "", True), ran.out
    assert identity.requests == []
