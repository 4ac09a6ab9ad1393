"""The official examples of api-version 2024-07-01: what they send, and what they show."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

VERSION = "2024-07-01"
FOLDER = f"swagger/search-{VERSION}/examples"
PARAMETERS = {
    "dataSource": "DataSource",
    "index": "Index",
    "skillset": "Skillset",
    "indexer": "Indexer",
    "synonymMap": "SynonymMap",
}

WITHDRAWN = "#Microsoft.Skills.Text.EntityRecognitionSkill"
UNDEFINED = "myOpenAi"
WRONG = {
    WITHDRAWN: "the service refuses this skill since 2023-07-01-Preview at the latest (recorded): "
    "every skillset of the examples has it, and is taken without it",
    UNDEFINED: "an answer names this vectorizer, which neither it nor its request defines",
}
"""What the examples have and the service refuses, each with its reason."""
TOLD = {WITHDRAWN: "unknown-in-version", UNDEFINED: "undefined-name"}
"""What we say of it."""


class Example(NamedTuple):
    """One body: of a request (`sent`), or of an answer."""

    source: str
    kind: str
    body: dict[str, Any]
    sent: bool

    def corrected(self) -> tuple[dict[str, Any], set[str]]:
        """The body without what the service refuses, and which of `WRONG` it had."""
        body, had = copy.deepcopy(self.body), set()
        skills = body.get("skills", ())
        if any(skill["@odata.type"] == WITHDRAWN for skill in skills):
            body["skills"] = [skill for skill in skills if skill["@odata.type"] != WITHDRAWN]
            had.add(WITHDRAWN)
        for profile in (body.get("vectorSearch") or {}).get("profiles") or ():
            if profile.get("vectorizer") == UNDEFINED:
                del profile["vectorizer"]
                had.add(UNDEFINED)
        return body, had


def examples(shared: Path) -> Iterator[Example]:
    """Every definition of an object, in requests, answers and lists."""
    for file in sorted((shared / FOLDER).glob("SearchService*.json")):
        content = json.loads(file.read_text())
        for name, value in content["parameters"].items():
            if name in PARAMETERS:
                yield Example(file.stem, PARAMETERS[name], value, sent=True)
        kind = _kind_of(file.stem)
        for status, answer in content["responses"].items():
            body = answer.get("body")
            if kind is not None and isinstance(body, dict):
                for value in body.get("value", [body]):
                    yield Example(f"{file.stem}-{status}", kind, _plain(value), sent=False)


def _kind_of(title: str) -> str | None:
    """The kind that an operation such as `SearchServiceListIndexes` is about."""
    what = title.removeprefix("SearchService")
    for verb in ("CreateOrUpdate", "Create", "Get", "List"):
        if what.startswith(verb):
            noun = what.removeprefix(verb)
            found = {"Indexes": "Index"}.get(noun, noun.removesuffix("s"))
            return found if found in PARAMETERS.values() else None
    return None


def _plain(body: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in body.items() if key != "@odata.context"}
