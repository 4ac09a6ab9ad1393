"""A call to somebody's endpoint: with a time limit, and tried again when it is overloaded."""

from __future__ import annotations

import json
import time
from collections.abc import Collection, Mapping
from http import HTTPStatus
from typing import Any

from reconciler.emulator.models.models import Models
from reconciler.emulator.models.vectorize import ModelFailed, post
from reconciler.emulator.skills.skill import Done

FAILED = "Could not execute skill because the Web Api request failed."
INVALID = "Could not execute skill because Web Api skill response is invalid."
# Two more attempts are documented; the waits are ours, short because this is an emulator.
WAITS = (0.1, 0.5)


class CallFailed(Exception):
    """An endpoint answered with a failure, or not at all; says what a skill reports."""

    def __init__(self, message: str, details: str) -> None:
        super().__init__(details)
        self.done = Done.failed(details, message)


def call(
    models: Models,
    url: str,
    body: object,
    headers: Mapping[str, str],
    timeout: float,
    again: Collection[int],
) -> Any:
    """The parsed answer. `again` are the statuses that are tried twice more."""
    for wait in (*WAITS, None):
        try:
            status, answer = post(models, url, body, headers, timeout)
        except ModelFailed as problem:
            status, answer = problem.status or 0, str(problem)
        if wait is None or status not in again:
            break
        time.sleep(wait)
    if 200 <= status < 300:
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
