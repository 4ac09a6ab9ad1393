"""A call to somebody's endpoint: with a time limit, and tried again when it is overloaded."""

from __future__ import annotations

import time
from collections.abc import Collection, Mapping
from http import HTTPStatus
from typing import Any

from reconciler.emulator.models.calling import (
    ModelFailed,
    TimedOut,
    seconds,
    send,
    without_secrets,
)
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

    def __init__(self, done: Done) -> None:
        super().__init__(*done.errors)
        self.done = done


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
        except TimedOut as problem:
            raise CallFailed(late(problem)) from None
        except ModelFailed as problem:
            heading = INVALID if problem.status else FAILED
            raise CallFailed(Done.failed(str(problem), heading)) from None
        if wait is None or status not in again:
            break
        time.sleep(wait)
    if status < 300:
        return answer
    details = described(status, without_secrets(answer, url, headers))
    raise CallFailed(Done.failed(details, FAILED))


def late(problem: TimedOut) -> Done:
    """The error of a skill whose endpoint did not answer in time (SKILLS P67)."""
    limit = time.strftime("%H:%M:%S", time.gmtime(problem.limit))
    return Done.failed("", LATE.format(limit=limit))


def described(status: int | None, answer: str) -> str:
    """The details of a failed call, as live reports show them (SKILLS P30)."""
    if not status:
        return answer
    try:
        phrase = HTTPStatus(status).phrase.replace(" ", "").replace("-", "")
    except ValueError:
        phrase = str(status)
    return f"Web Api response status: '{phrase}', Web Api response details: '{answer}'"
