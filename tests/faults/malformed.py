"""Answers that are not what a search service answers, made by chance."""

from __future__ import annotations

import copy
import gzip
import json
from random import Random
from typing import Any

from tests.faults.gateway import Answer

UNREADABLE: dict[str, Any] = {
    "nothing": lambda _: Answer(200),
    "no content": lambda _: Answer(204),
    "half of it": lambda content: Answer(200, content[: len(content) // 2]),
    "more after it": lambda content: Answer(200, content + b"}"),
    "not UTF-8": lambda content: Answer(200, content.replace(b'"value"', b'"value\xff"')[:-1]),
    "UTF-16": lambda content: Answer(200, content.decode().encode("utf-16")),
    "a page": lambda _: Answer(200, b"<html>\x1b[2J##vso[x]</html>", "text/html"),
    "a page as JSON": lambda _: Answer(200, b"<html></html>"),
    "a list": lambda _: Answer(200, b"[]"),
    "a text": lambda _: Answer(200, b'"value"'),
    "null": lambda _: Answer(200, b"null"),
    "an empty object": lambda _: Answer(200, b"{}"),
    "a list of numbers": lambda _: Answer(200, b'{"value": [1], "name": 2}'),
    "a list of nothing": lambda _: Answer(200, b'{"value": [null], "name": null}'),
    "an object for a list": lambda _: Answer(200, b'{"value": {}, "name": {}}'),
    "deep": lambda _: Answer(200, b'{"value":' + b"[" * 50_000),
    "a huge number": lambda _: Answer(200, b'{"value": ' + b"9" * 9_000 + b"}"),
    "no gzip": lambda content: Answer(200, content, headers={"content-encoding": "gzip"}),
    "half of a gzip": lambda content: Answer(
        200, gzip.compress(content)[:20], headers={"content-encoding": "gzip"}
    ),
    "a redirection": lambda _: Answer(302, headers={"location": "http://127.0.0.1:9/x"}),
    "an odd success": lambda _: Answer(299),
    "a refusal of no shape": lambda _: Answer(400, b'{"error": [1], "message": {}}'),
    "no status of HTTP": lambda _: Answer(999, b"{}"),
    "another host's next page": lambda _: Answer(
        200, b'{"value": [], "@odata.nextLink": "@127.0.0.1:9/indexes"}'
    ),
}
"""Answers that say nothing of what was asked, made of the true one: to believe one is a fault."""

ODD: list[Any] = [
    None,
    True,
    -1,
    7,
    1e400,
    "",
    "x",
    "../x",
    "a\r\nb: c",
    "\x00\x1b[31m",
    "##vso[task.complete]",
    "é" * 300,
    "http://[",
    [],
    [1],
    [[]],
    [None],
    {},
    {"name": 1},
    {"@odata.type": "#Microsoft.Skills.Text.SplitSkill"},
]


def changed(content: bytes, chance: Random) -> bytes:
    """An answer in which something has another value, is gone, is new or stands twice."""
    value = json.loads(content)
    for _ in range(chance.randint(1, 3)):
        here = _somewhere(chance, value)
        keys = list(here) if isinstance(here, dict) else list(range(len(here)))
        act = chance.choice(("set", "set", "set", "drop", "add", "twice"))
        odd = copy.deepcopy(chance.choice(ODD))
        if act == "add" or not keys:
            _add(here, odd)
            continue
        key = chance.choice(keys)
        if act == "drop":
            del here[key]
        elif act == "twice" and isinstance(here, list):
            here.append(copy.deepcopy(here[key]))
        else:
            here[key] = odd
    return json.dumps(value).encode()


def _somewhere(chance: Random, value: Any) -> Any:
    """A list or an object in a value."""
    here = value
    while True:
        items = here.values() if isinstance(here, dict) else here
        inner = [item for item in items if isinstance(item, (dict, list)) and item]
        if not inner or chance.random() < 0.25:
            return here
        here = chance.choice(inner)


def _add(here: Any, value: Any) -> None:
    if isinstance(here, list):
        here.append(value)
    else:
        here[str(value)[:20] or "x"] = value
