"""A call to somebody's endpoint: with a time limit, and tried again when it is overloaded."""

from __future__ import annotations

import json
import time
from collections.abc import Collection, Mapping
from http import HTTPStatus
from typing import Any

from reconciler.emulator.models.calling import ModelFailed, TimedOut, seconds, send
from reconciler.emulator.models.models import Models
from reconciler.emulator.skills.skill import Done

Body = dict[str, Any]

FAILED = "Could not execute skill because the Web Api request failed."
INVALID = "Could not execute skill because Web Api skill response is invalid."
LATE = (
    "Could not execute skill because it did not execute within the time limit '{limit}'. This is "
    "likely transient. Please try again later. For custom skills, consider increasing the "
    "'timeout' parameter on your skill in the skillset."
)
SHORTEST, LONGEST = 1.0, 230.0
# Two more attempts are documented; the waits are ours, short because this is an emulator.
WAITS = (0.1, 0.5)


class CallFailed(Exception):
    """An endpoint answered with a failure, or not at all; says what a skill reports."""

    def __init__(self, message: str, details: str) -> None:
        super().__init__(details)
        self.done = Done.failed(details, message)


def time_limit(skill: Body) -> float:
    """Seconds; raises ValueError outside PT1S to PT230S."""
    limit = seconds(skill.get("timeout"))
    if not SHORTEST <= limit <= LONGEST:
        raise ValueError(f"The timeout '{skill['timeout']}' is not between PT1S and PT230S.")
    return limit


def ask(
    models: Models,
    method: str,
    url: str,
    body: object,
    headers: Mapping[str, str],
    timeout: float,
    again: Collection[int],
) -> Any:
    """The parsed answer. `again` are the statuses that are tried twice more."""
    for wait in (*WAITS, None):
        try:
            status, answer = send(models, method, url, body, headers, timeout)
        except TimedOut:
            limit = time.strftime("%H:%M:%S", time.gmtime(timeout))
            raise CallFailed(LATE.format(limit=limit), "") from None
        except ModelFailed as problem:
            raise CallFailed(INVALID if problem.status else FAILED, str(problem)) from None
        if wait is None or status not in again:
            break
        time.sleep(wait)
    if status < 300:
        return answer
    raise CallFailed(FAILED, described(status, answer))


def described(status: int | None, answer: object) -> str:
    """The details of a failed call, as live reports show them (SKILLS P30)."""
    if not status:
        return str(answer)
    try:
        phrase = HTTPStatus(status).phrase.replace(" ", "").replace("-", "")
    except ValueError:
        phrase = str(status)
    return f"Web Api response status: '{phrase}', Web Api response details: '{_text(answer)}'"


def _text(answer: object) -> str:
    return answer if isinstance(answer, str) else json.dumps(answer, ensure_ascii=False)
