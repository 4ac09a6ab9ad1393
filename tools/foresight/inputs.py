"""The stacks that mistakes are made in: our own, the examples', and what Microsoft published."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from reconciler import Session, Settings
from reconciler.model.json import map_leaves
from reconciler.model.resource import Resource
from reconciler.model.sensitive import Sensitive
from tools.foresight.stack import Json, Stack

ROOT = Path(__file__).parents[2]
SHARED = Path(os.environ.get("RECONCILER_SHARED", ROOT.parent / "shared")) / "azure-ai-search"
VERSION = "2026-04-01"
SECRETS = {
    "storage": "DefaultEndpointsProtocol=https;AccountName=contoso;AccountKey=c2VjcmV0;",
    "sql": "Server=tcp:contoso.database.windows.net;Database=shop;User ID=reader;Password=secret;",
    "cosmos": "AccountEndpoint=https://contoso.documents.azure.com;AccountKey=c2VjcmV0;Database=a",
    "cognitive": "0123456789abcdef0123456789abcdef",
    "openai": "fedcba9876543210fedcba9876543210",
}
"""What stands for `${secret.NAME}`."""


@cache
def inputs() -> Mapping[str, Stack]:
    """Every stack by name."""
    return {**dict(_own()), **dict(_examples()), **dict(_published()), **dict(_recorded())}


def _own() -> Iterator[tuple[str, Stack]]:
    for file in sorted((Path(__file__).parent / "stacks").glob("*.yaml")):
        stack = json.loads(json.dumps(list(YAML(typ="safe").load_all(file))))
        yield file.stem, [_versioned(document) for document in stack]


def _versioned(document: Json) -> Json:
    """With an api-version of its own, whatever the project's is."""
    return {**document, "apiVersion": f"azure-ai-search/{VERSION}"}


def _examples() -> Iterator[tuple[str, Stack]]:
    """The examples of the repository, as they are in their local environment."""
    for file in sorted((*ROOT.glob("examples/*/reconciler.yaml"), ROOT / "reconciler.yaml")):
        text = file.read_text()
        environ = dict.fromkeys(re.findall(r"\{env: (\w+)\}", text), SECRETS["storage"])
        local = "dev" if file.parent.name == "three-environments" else "local"
        name = file.parent.name if file.parent != ROOT else "manifests"
        settings = Settings(file, local, environ={"RECONCILER_API_KEY": "any", **environ})
        resources = Session(settings).manifests.resources
        yield f"examples/{name}", [_plain(resource) for resource in resources]


def _plain(resource: Resource) -> Json:
    """The document that a resource could be of; a secret that is one is an expression again."""
    body = json.loads(json.dumps(map_leaves(resource.body, _shown)))
    return {
        "apiVersion": f"azure-ai-search/{resource.api_version}",
        "kind": resource.id.kind,
        "metadata": {"name": resource.name_on_service},
        "spec": body,
    }


def _shown(leaf: Any) -> Any:
    if not isinstance(leaf, Sensitive):
        return leaf.replace("${", "$${") if isinstance(leaf, str) else leaf
    return leaf.value if str(leaf.value).startswith("ResourceId=") else "${secret.storage}"


KINDS = {
    "dataSource": "DataSource",
    "index": "Index",
    "skillset": "Skillset",
    "indexer": "Indexer",
    "synonymMap": "SynonymMap",
}


def _published() -> Iterator[tuple[str, Stack]]:
    """The requests of the official examples that create something, one body a stack."""
    for file in sorted(SHARED.glob("swagger/search-*/examples/SearchServiceCreate*.json")):
        version = file.parts[-3].removeprefix("search-")
        for parameter, body in json.loads(file.read_text())["parameters"].items():
            if parameter in KINDS and "OrUpdate" not in file.stem:
                yield f"published/{version}/{file.stem}", [_body(KINDS[parameter], body, version)]


COLLECTIONS = {
    "/datasources": "DataSource",
    "/indexes": "Index",
    "/skillsets": "Skillset",
    "/indexers": "Indexer",
    "/synonymmaps": "SynonymMap",
    "/knowledgesources": "KnowledgeSource",
    "/knowledgebases": "KnowledgeBase",
}


def _recorded() -> Iterator[tuple[str, Stack]]:
    """What official clients wrote and the service took, newest recordings only."""
    for file in sorted(SHARED.glob("recordings-modern/*.json")):
        content = json.loads(file.read_text())
        entries = content if isinstance(content, list) else content["entries"]
        for number, entry in enumerate(entries):
            path, _, query = str(entry.get("uri")).partition("?")
            kind = COLLECTIONS.get(path.partition("(")[0])
            body, version = entry.get("request_body"), query.rpartition("api-version=")[2]
            if kind and entry.get("status") in (200, 201) and body and "name" in body:
                yield f"recorded/{file.stem}/{number}", [_body(kind, body, version)]


def _body(kind: str, body: Json, version: str) -> Json:
    return {
        "apiVersion": f"azure-ai-search/{version}",
        "kind": kind,
        "metadata": {"name": body["name"]},
        "spec": {key: value for key, value in body.items() if key != "name"},
    }
