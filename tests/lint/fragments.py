"""Short manifests, and what a rule says of them."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from ruamel.yaml import YAML

from tests.world import World

KEY = {"name": "id", "type": "Edm.String", "key": True}


class Case(NamedTuple):
    """A part of an index as YAML, and the beginnings of what a rule says of it, in order."""

    spec: str
    said: tuple[str, ...] = ()


def document(kind: str, name: str, spec: dict[str, Any], provider: str = "azure-ai-search") -> str:
    """A manifest."""
    head = {"apiVersion": provider, "kind": kind, "metadata": {"name": name}}
    return json.dumps(head | {"spec": spec})


def index(spec: str, name: str = "docs") -> str:
    """An index: fields stand beside a key unless they bring one."""
    body = YAML(typ="safe").load(spec)
    fields = body.get("fields") or []
    keyed = any(isinstance(field, dict) and "key" in field for field in fields)
    return document("Index", name, body | {"fields": fields if keyed else [KEY, *fields]})


def said(world: World, rule: str, *documents: str) -> list[str]:
    """What one rule says of some manifests, in order; the others may say what they like."""
    world.write("manifests/example.yaml", "\n---\n".join(documents))
    ran = world.cli("validate", "--format", "json")
    return [one["message"] for one in json.loads(ran.out)["problems"] if one["code"] == rule]


def hold(messages: list[str], expected: tuple[str, ...]) -> None:
    """Each message begins as expected."""
    assert len(messages) == len(expected), messages
    for message, begins in zip(messages, expected, strict=True):
        assert message.startswith(begins), messages
