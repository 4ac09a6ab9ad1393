"""What becomes of a stack on an emulated service: a fresh one, in this process."""

from __future__ import annotations

import asyncio
import json
import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from reconciler.emulator import Settings, create_app
from tools.foresight.files import TOPICS, rows_for
from tools.foresight.inputs import SECRETS, VERSION
from tools.foresight.mutator import Verdict
from tools.foresight.stack import Json, Stack, spots, value

COLLECTIONS = {
    "SynonymMap": "synonymmaps",
    "DataSource": "datasources",
    "Index": "indexes",
    "Skillset": "skillsets",
    "Indexer": "indexers",
    "Alias": "aliases",
    "KnowledgeSource": "knowledgesources",
    "KnowledgeBase": "knowledgebases",
}
"""In the order in which they are written."""
PREVIEW = "2025-11-01-preview"
NEWEST = "2026-08-01-preview"


@dataclass
class Seen:
    """What a service made of a stack.

    Args:
        refusal: of the first PUT that was refused.
        failed: indexers whose run did not succeed, with what they say.
        notes: errors and warnings of all runs, and how many items failed.
        filled: how many documents have a value, by index and field; the documents as "".
        values: the values themselves, of fields that are shown.
        answers: the best hit of each query, or why there is none.
    """

    refusal: str = ""
    failed: dict[str, str] = field(default_factory=dict)
    notes: Counter[str] = field(default_factory=Counter)
    filled: dict[tuple[str, str], int] = field(default_factory=dict)
    values: dict[tuple[str, str], Counter[str]] = field(default_factory=dict)
    answers: dict[tuple[str, str, str], str] = field(default_factory=dict)

    @property
    def works(self) -> bool:
        """Whether something was indexed, and nobody complained."""
        documents = sum(count for (_, name), count in self.filled.items() if not name)
        return not self.refusal and not self.failed and not self.notes and documents > 0

    def empty(self, index: str, name: str) -> int:
        """How many documents have no value in a field."""
        return self.filled[index, ""] - self.filled[index, name]

    @property
    def complete(self) -> bool:
        """Whether every field of every index has a value somewhere."""
        return self.works and all(self.filled.values())


def seen(stack: Stack, files: Path, accounts: frozenset[str]) -> Seen:
    """Applies a stack to a new service and looks at what is there after the first runs."""
    settings = Settings(tier="standard3", storage=dict.fromkeys(accounts, str(files)))
    return asyncio.run(_seen(stack, settings))


def accounts_of(stack: Stack) -> frozenset[str]:
    """The accounts that connection strings name."""
    found: set[str] = set()
    for spot in spots(stack, "DataSource", "credentials/connectionString"):
        text = revealed(value(stack, spot))
        found |= set(re.findall(r"(?:AccountName=|storageAccounts/)([^/;]+)", text))
        found |= set(re.findall(r"ResourceId=([^/;]+)", text))
    return frozenset(found)


def revealed(thing: Any) -> Any:
    """What goes over the wire: secrets instead of their expressions."""
    text = json.dumps(thing)
    for name, secret in SECRETS.items():
        text = text.replace(f"${{secret.{name}}}", secret)
    return json.loads(text.replace("$${", "${"))


async def _seen(stack: Stack, settings: Settings) -> Seen:
    transport = httpx.ASGITransport(app=create_app(settings))
    headers = {"api-key": "any", "prefer": "return=representation"}
    async with httpx.AsyncClient(
        transport=transport, base_url="http://emulator", headers=headers
    ) as http:
        result = Seen()
        order = list(COLLECTIONS)
        for document in sorted(stack, key=lambda one: order.index(one["kind"])):
            result.refusal = await _put(http, document)
            if result.refusal:
                return result
        for document in stack:
            if document["kind"] == "Indexer":
                await _ended(http, document["metadata"]["name"], result)
        for document in stack:
            if document["kind"] == "Index":
                await _pushed(http, stack, document["metadata"]["name"], result)
                await _look(http, document, result)
        return result


async def _put(http: httpx.AsyncClient, document: Json) -> str:
    """The refusal, or ""."""
    name = document["metadata"]["name"]
    version = document["apiVersion"].rpartition("/")[2]
    body = {"name": name, **revealed(document["spec"])}
    path = f"/{COLLECTIONS[document['kind']]}('{name}')"
    reply = await http.put(path, params={"api-version": version}, json=body)
    return "" if reply.is_success else f"{document['kind']}: {_message(reply)}"


def _message(reply: httpx.Response) -> str:
    try:
        return str(reply.json()["error"]["message"])
    except (ValueError, KeyError, TypeError):
        return f"{reply.status_code} {reply.text[:200]}"


async def _ended(http: httpx.AsyncClient, name: str, result: Seen) -> None:
    """Waits for the run that a new indexer begins."""
    for _ in range(2000):
        reply = await http.get(
            f"/indexers('{name}')/search.status", params={"api-version": PREVIEW}
        )
        last = reply.json().get("lastResult")
        if last is not None and last["status"] != "inProgress":
            break
        await asyncio.sleep(0.005)
    else:
        result.failed[name] = "the run did not end"
        return
    if last["status"] != "success":
        result.failed[name] = str(last.get("errorMessage"))
    for error in last.get("errors") or ():
        result.notes[f"error: {error['errorMessage']}"] += 1
    for warning in last.get("warnings") or ():
        if "not emulated" not in warning["message"]:
            result.notes[f"warning: {warning['message']}"] += 1


async def _pushed(http: httpx.AsyncClient, stack: Stack, index: str, result: Seen) -> None:
    """An index that no indexer fills has documents all the same."""
    names = (
        *spots(stack, "Indexer", "targetIndexName"),
        *spots(stack, "Skillset", "indexProjections/selectors/*/targetIndexName"),
    )
    if any(value(stack, spot) == index for spot in names):
        return
    rows = [{"@search.action": "upload", **row} for row in rows_for(stack, index)]
    path, params = f"/indexes('{index}')/docs/search.index", {"api-version": VERSION}
    reply = await http.post(path, params=params, json={"value": rows})
    if not reply.is_success:
        result.notes[f"error: {_message(reply)}"] += 1
    elif reply.status_code == 207:
        for one in reply.json()["value"]:
            result.notes[f"error: {one['errorMessage']}"] += 1


async def _look(http: httpx.AsyncClient, document: Json, result: Seen) -> None:
    """Counts the values of every field, and asks; scoring profiles are not emulated."""
    index = document["metadata"]["name"]
    if document["spec"].get("defaultScoringProfile"):
        plain = {**document["spec"], "defaultScoringProfile": None}
        await _put(http, {**document, "spec": plain})
    path, params = f"/indexes('{index}')/docs/search.post.search", {"api-version": NEWEST}
    reply = await http.post(path, params=params, json={"search": "*", "top": 1000})
    documents = reply.json().get("value", []) if reply.is_success else []
    result.filled[index, ""] = len(documents)
    for one in document["spec"].get("fields") or ():
        name = one.get("name", "")
        shown = [json.dumps(doc[name]) for doc in documents if doc.get(name) not in (None, [], {})]
        result.filled[index, name] = len(shown)
        if not one.get("key"):
            result.values[index, name] = Counter(shown)
        if one.get("vectorSearchProfile"):
            await _ask(http, document, one, result)


async def _ask(http: httpx.AsyncClient, document: Json, asked: Json, result: Seen) -> None:
    """How many documents have a vector; and, with a vectorizer, who is best for each topic."""
    index, name = document["metadata"]["name"], asked["name"]
    path, params = f"/indexes('{index}')/docs/search.post.search", {"api-version": NEWEST}
    plain = {"kind": "vector", "fields": name, "vector": [0.5] * asked["dimensions"], "k": 1000}
    reply = await http.post(path, params=params, json={"vectorQueries": [plain], "top": 1000})
    result.filled[index, name] = len(reply.json()["value"]) if reply.is_success else 0
    for topic, text in TOPICS.items():
        query = {"kind": "text", "fields": name, "text": text, "k": 1}
        reply = await http.post(path, params=params, json={"vectorQueries": [query]})
        if reply.is_success:
            hits = reply.json()["value"]
            best = next((one for one in TOPICS if hits and TOPICS[one][:40] in str(hits[0])), "")
            result.answers[index, name, topic] = best
        else:
            result.answers[index, name, topic] = _message(reply)


def outcome(before: Seen, after: Seen) -> tuple[Verdict, str]:
    """What became of a mutant of a stack that works, and how it shows."""
    if after.refusal:
        return Verdict.REFUSED, after.refusal
    new = after.notes - before.notes
    if after.failed or new:
        return Verdict.RUN, next(iter((*after.failed.values(), *new)))
    for (index, name), count in before.filled.items():
        now = after.filled.get((index, name))
        fewer = now is not None and now < count
        if count and now is not None and (fewer or _emptier(before, after, index, name)):
            return Verdict.NULL, f"{index}/{name}: {now} values in place of {count}"
    for asked, answer in after.answers.items():
        was = before.answers.get(asked, "")
        if answer != was and (asked in before.answers or answer not in ("", *TOPICS)):
            return Verdict.QUERY, f"{'/'.join(asked)}: {answer!r} instead of {was!r}"
    return Verdict.HARMLESS, ""


def _emptier(before: Seen, after: Seen, index: str, name: str) -> bool:
    return after.empty(index, name) > before.empty(index, name)


def differing(before: Seen, after: Seen) -> str:
    """A field whose values are others than before, or ""."""
    for at, values in before.values.items():
        if at in after.values and after.values[at] != values:
            return "/".join(at)
    return ""
