"""The recorded exchanges: which of them are the control plane's, and what was sent."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from .conftest import split_skill, vector_index

COLLECTIONS = (
    "indexes|indexers|datasources|skillsets|synonymmaps|aliases|knowledgesources|knowledgebases"
)


class LeftOut(Exception):
    """This exchange is not compared, and why."""


class Elsewhere(Exception):
    """This exchange is not of the control plane, but of what it says."""


def entries_of(path: Path) -> list[dict[str, Any]]:
    content = json.loads(path.read_text(encoding="utf-8"))
    entries: list[dict[str, Any]] = content if isinstance(content, list) else content["entries"]
    return entries


def before_sending(entry: dict[str, Any]) -> None:
    """Raises LeftOut for what cannot be sent or is not the control plane."""
    if "uri" not in entry:
        raise LeftOut("no request was transcribed (test_the_keys_of_every_recorded_skill has it)")
    if "/docs" in entry["uri"]:
        raise Elsewhere("documents and queries")
    if "search.analyze" in entry["uri"]:
        raise Elsewhere("a query: text is analyzed")
    if not re.match(rf"/({COLLECTIONS}|servicestats)\b", entry["uri"]):
        raise Elsewhere("another service: embeddings")
    if "..." in entry["uri"]:
        raise LeftOut("the URL was shortened by its transcriber")


def completed(entry: dict[str, Any], before: dict[str, Any]) -> Any:
    """The request, and what its transcriber only described.

    Args:
        before: what was sent before it, by name.
    """
    request = dict(entry.get("request_body") or {})
    note = request.pop("_note", None)
    if note is None or "name" in request:
        return request or None
    name = next(iter(re.findall(r"\('([^']+)'\)", entry["uri"])), "")
    if note.startswith("same skills, description added"):
        return before[name] | {"description": entry["response_body"]["description"]}
    if note.startswith("full index; profiles[0].name renamed"):
        changed = vector_index(name)
        field = {"name": "DescriptionVector", "vectorSearchProfile": "my-vector-profile"}
        changed["fields"][-1].update(field)
        changed["vectorSearch"]["profiles"][0]["name"] = "updating-vector-profile-name"
        return changed
    if note.startswith("5 skills incl. the deprecated #Microsoft.Skills.Text.SentimentSkill"):
        old = split_skill(**{"@odata.type": "#Microsoft.Skills.Text.SentimentSkill"})
        return {"name": "test-ss-create", "skills": [split_skill(), old]}
    raise LeftOut("the request was shortened by its transcriber")
