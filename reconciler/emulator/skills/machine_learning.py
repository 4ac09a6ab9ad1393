"""AML: each record is one flat JSON object to a scoring URI (SKILLS 1.3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from reconciler.emulator.skills.calling import INVALID, CallFailed, ask, time_limit
from reconciler.emulator.skills.skill import Call, Done

Body = dict[str, Any]

TRIED_AGAIN = frozenset({429, 503})
PARALLEL = 5


def refuses(skill: Body) -> str:
    if not skill.get("uri"):
        return "only endpoints with a 'uri' are emulated, not those found by 'resourceId'."
    return ""


def score(whole: Call, records: Sequence[Body]) -> list[Done]:
    """A key is sent as a bearer token, as AML online endpoints and Foundry deployments take it."""
    skill = whole.skill
    try:
        timeout = time_limit(skill)
    except ValueError as problem:
        return [Done.failed(str(problem)) for _ in records]
    headers = {"Authorization": f"Bearer {skill['key']}"} if skill.get("key") else {}
    with ThreadPoolExecutor(skill.get("degreeOfParallelism") or PARALLEL) as pool:
        return list(pool.map(lambda record: _one(whole, record, headers, timeout), records))


def _one(whole: Call, record: Body, headers: Mapping[str, str], timeout: float) -> Done:
    try:
        url = whole.skill["uri"]
        answer = ask(whole.models, "POST", url, record, headers, timeout, TRIED_AGAIN)
    except CallFailed as problem:
        return problem.done
    if not isinstance(answer, dict):
        return Done.failed("The response is not a JSON object.", INVALID)
    return Done(answer)
