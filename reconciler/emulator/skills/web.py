"""Web API skill: records sent to somebody's endpoint in batches (SKILLS 1.3, P62 to P68)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from reconciler.emulator.headers import FORBIDDEN_HEADERS
from reconciler.emulator.skills.calling import INVALID, CallFailed, ask, time_limit
from reconciler.emulator.skills.skill import UNEXPECTED, Call, Done

Body = dict[str, Any]

TRIED_AGAIN = frozenset({429, 502, 503})
BATCH, PARALLEL = 1000, 5


def process(whole: Call, records: Sequence[Body]) -> list[Done]:
    """Batches run side by side; the results are in the order of the records."""
    skill = whole.skill
    try:
        timeout = time_limit(skill)
        headers = _headers(skill)
    except ValueError as problem:
        return [Done.failed(str(problem)) for _ in records]
    size = max(1, skill.get("batchSize") or BATCH)
    batches = [records[start : start + size] for start in range(0, len(records), size)]
    with ThreadPoolExecutor(max(1, skill.get("degreeOfParallelism") or PARALLEL)) as pool:
        answers = pool.map(lambda batch: _batch(whole, batch, headers, timeout), batches)
        return [done for answer in answers for done in answer]


def _headers(skill: Body) -> Mapping[str, str]:
    given = skill.get("httpHeaders") or {}
    headers: dict[str, str] = {name: value for name, value in given.items() if value is not None}
    for name in headers:
        if name.lower() in FORBIDDEN_HEADERS:
            raise ValueError(f"The HTTP header '{name}' cannot be set by a skill.")
    return headers


def _batch(
    whole: Call, batch: Sequence[Body], headers: Mapping[str, str], timeout: float
) -> list[Done]:
    values: list[Body] = [
        {"recordId": str(number), "data": data} for number, data in enumerate(batch)
    ]
    url, method = whole.skill["uri"], whole.skill.get("httpMethod") or "POST"
    body = {"values": values}
    try:
        given = _given(ask(whole.models, method, url, body, headers, timeout, TRIED_AGAIN))
    except CallFailed as problem:
        return [problem.done for _ in batch]
    known = {value["recordId"] for value in values}
    strange = sorted(set(given) - known)
    if strange:
        text = (
            f"Web Api response contains data properties for a record with invalid id '{strange[0]}'"
        )
        return [Done.failed(text, INVALID) for _ in batch]
    return [_done(given.get(value["recordId"])) for value in values]


def _given(answer: object) -> dict[str, Body]:
    values = answer.get("values") if isinstance(answer, dict) else None
    if not isinstance(values, list) or not all(isinstance(value, dict) for value in values):
        raise _invalid("Web Api response does not contain an array 'values'.")
    given: dict[str, Body] = {}
    for value in values:
        identity = value.get("recordId")
        if identity is None:
            raise _invalid("Web Api response contains a record with a missing id")
        if str(identity) in given:
            raise _invalid(f"Web Api response contains more than one record with id '{identity}'")
        given[str(identity)] = value
    return given


def _invalid(details: str) -> CallFailed:
    return CallFailed(Done.failed(details, INVALID))


def _done(value: Body | None) -> Done:
    """SKILLS P64: a record with data and errors gives no data."""
    if value is None:
        return Done.failed("Web Api response does not contain a record that was sent.", INVALID)
    data = value.get("data") or {}
    texts = [_message(error) for error in value.get("errors") or ()]
    if texts:
        if data:
            texts.insert(
                0, "Web Api response contains both data and errors. Will not process Data."
            )
        return Done.failed(f"Web Api skill response contains errors: '{';'.join(texts)}'", INVALID)
    if not isinstance(data, dict):
        return Done.failed("Web Api response has a record whose data is not an object.", INVALID)
    done = Done({name: item for name, item in data.items() if item is not None})
    warnings = [_message(warning) for warning in value.get("warnings") or ()]
    done.warnings = [
        (UNEXPECTED, f"Web API skill response contains warnings: '{text}'") for text in warnings
    ]
    return done


def _message(entry: object) -> str:
    return str(entry.get("message", "")) if isinstance(entry, dict) else str(entry)
