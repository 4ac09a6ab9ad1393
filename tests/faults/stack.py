"""One object of every kind, in two versions, and how an apply of it is killed."""

from __future__ import annotations

import hashlib
import json
import time
from typing import Any

from tests.world import COLLECTIONS, Ran, World

CONSENTS = ("--consent", "empty", "--consent", "Index/docs-v1", "--consent", "Index/docs-v2")
OLD, NEW = "the-old-storage-key", "the-new-storage-key"

_SPECS = {
    "SynonymMap/docs": """
        format: solr
        synonyms: TEXT, usa
        """,
    "DataSource/docs": """
        type: azureblob
        description: TEXT
        credentials: {connectionString: "AccountName=docs;AccountKey=${secret.key}"}
        container: {name: docs}
        """,
    "Index/docs-v1": """
        description: TEXT
        fields:
        - {name: id, type: Edm.String, key: true}
        - {name: title, type: Edm.String, synonymMaps: [docs]}
        """,
    "Skillset/docs": """
        description: TEXT
        skills:
        - "@odata.type": "#Microsoft.Skills.Text.AzureOpenAIEmbeddingSkill"
          resourceUri: https://docs.openai.azure.com
          deploymentId: embed
          modelName: text-embedding-3-large
          apiKey: ${secret.key}
          inputs: [{name: text, source: /document/content}]
          outputs: [{name: embedding}]
        """,
    "Indexer/docs": """
        description: TEXT
        dataSourceName: docs
        skillsetName: docs
        targetIndexName: docs-v1
        """,
    "KnowledgeSource/docs": """
        description: TEXT
        kind: searchIndex
        searchIndexParameters: {searchIndexName: docs-v1}
        """,
    "KnowledgeBase/docs": """
        description: TEXT
        knowledgeSources: [{name: docs}]
        models:
        - kind: azureOpenAI
          azureOpenAIParameters:
            resourceUri: https://docs.openai.azure.com
            deploymentId: chat
            modelName: gpt-5-mini
            apiKey: ${secret.key}
        """,
}


ORDER = (
    "SynonymMap/docs",
    "DataSource/docs",
    "Index/docs-v1",
    "Index/docs-v2",
    "Skillset/docs",
    "Indexer/docs",
    "Alias/docs",
    "KnowledgeSource/docs",
    "KnowledgeBase/docs",
)
"""In any order in which they can be created."""
DECLARED = set(ORDER)
KINDS = tuple(address for address in ORDER if address != "Index/docs-v2")
"""One object of every kind."""


QUIET = "lint: {long-text: off, unfilled-field: off, unranked-source: off, unread-output: off}"
"""The stack is about writes: what its documents would be is of no account."""


def declare(world: World, text: str = "first") -> None:
    """Declare everything; another text changes every object, and the alias's target."""
    world.project(f"secrets: {{key: {{env: STORAGE_KEY}}}}\n{QUIET}")
    world.environ.setdefault("STORAGE_KEY", OLD)
    for address, spec in _SPECS.items():
        world.declare(address, spec.replace("TEXT", text))
    world.declare("Index/docs-v2", _SPECS["Index/docs-v1"].replace("TEXT", text))
    world.declare("Alias/docs", f"indexes: [{'docs-v1' if text == 'first' else 'docs-v2'}]")


def undeclare(world: World) -> None:
    for file in (world.root / "manifests").iterdir():
        file.unlink()


def killed(world: World, write: int, moment: str, method: str) -> None:
    """Start an apply, and kill it at one of its writes.

    Args:
        write: which one; they go one at a time.
        moment: `before`, the service never gets to it; `after`, it is done, and nobody knows.
    """
    if moment == "before":
        world.service.fault(fault="hang", method=method, after=write)
    else:
        steps = [call["id"] for call in world.plan(*_consents(method))["calls"]]
        compared = sum(_reads_first(step) for step in steps[: write + 1])
        world.service.fault(fault="lost-reply", method=method, after=write, times=1)
        world.service.fault(fault="hang", method="GET", path=r"'\)$", after=compared)
    kill_at_hang(world, *_consents(method))


def _reads_first(step: str) -> bool:
    """Whether a step compares the object with what was planned before it writes."""
    return ("Indexer/" in step or "Alias/" in step) and not step.startswith("create")


def kill_at_hang(world: World, *arguments: str) -> None:
    """Start an apply, and kill it once one of its calls hangs."""
    process = world.process("apply", "--yes", "--concurrency", "1", *arguments)
    wait_for_fault(world, "hang")
    process.kill()
    process.communicate()
    world.service.http.delete("/emulator/faults").raise_for_status()


def _consents(method: str) -> tuple[str, ...]:
    return CONSENTS if method == "DELETE" else ()


def wait_for_fault(world: World, name: str) -> None:
    """Until a request has met a fault."""
    for _ in range(2000):
        rules = world.service.http.get("/emulator/faults").json()
        if any(rule["fired"] for rule in rules if rule["fault"] == name):
            return
        time.sleep(0.005)
    raise AssertionError(f"no request has met the fault: {name}")


def owned(world: World) -> set[str]:
    """What the ledger says is ours."""
    ran = world.cli("ledger", "list", "--format", "json")
    listed = json.loads(ran.out)
    assert listed["pending"] == []
    return {entry["address"] for entry in listed["entries"]}


def at_rest(world: World, wanted: set[str], key: str, text: str) -> None:
    """Live, ledger, secrets and plan agree."""
    assert world.plan()["empty"]
    assert world.service.objects() == wanted
    assert owned(world) == wanted
    if not wanted:
        return
    live = {address: world.service.get(address) or {} for address in wanted}
    assert live.pop("Alias/docs")["indexes"] == ["docs-v1" if text == "first" else "docs-v2"]
    assert live.pop("SynonymMap/docs")["synonyms"] == f"{text}, usa"
    assert {body["description"] for body in live.values()} == {text}
    assert _digests(world.service.secrets()) == {
        _digest(f"AccountName=docs;AccountKey={key}"),
        _digest(key),
    }


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _digests(value: Any) -> set[str]:
    if isinstance(value, dict):
        return set().union(*map(_digests, value.values()))
    return {value}


def path_of(address: str) -> str:
    """The pattern of an object's path, for a fault."""
    kind, _, name = address.partition("/")
    return rf"/{COLLECTIONS[kind]}\('{name}'\)$"


def fails(world: World, *arguments: str, env: dict[str, str] | None = None) -> Ran:
    """A command that ends with an error for people: exit code 1, and no traceback."""
    ran = world.cli(*arguments, env={"RECONCILER_DEBUG": "", **(env or {})})
    assert ran.code == 1, ran.out + ran.err
    assert "error: " in ran.err or ran.out.startswith("Apply failed")
    assert "Traceback" not in ran.out + ran.err
    assert "fault of the tool" not in ran.err, ran.err
    return ran
