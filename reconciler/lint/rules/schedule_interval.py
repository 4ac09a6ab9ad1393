"""A schedule's interval has seconds.

It is written in days, hours and minutes, from PT5M to P1D; the documented pattern has no seconds,
even where they are whole minutes.

What to do: write minutes, such as PT30M for PT1800S.

Sources: https://learn.microsoft.com/azure/search/search-howto-schedule-indexers

Fails::

    apiVersion: azure-ai-search
    kind: Indexer
    metadata: {name: docs}
    spec:
      dataSourceName: docs
      targetIndexName: docs
      schedule: {interval: PT1800S}
    ---
    apiVersion: azure-ai-search
    kind: DataSource
    metadata: {name: docs}
    spec:
      type: onelake
      credentials: {connectionString: ResourceId=8f1c2f0e-5a53-4a3e-9d0c-3a3f0d3e6a10}
      container: {name: 2b7f4c1e-7c55-4f0a-8a59-0e6a1c0b9d11}
    ---
    apiVersion: azure-ai-search
    kind: Index
    metadata: {name: docs}
    spec:
      fields:
        - {name: id, type: Edm.String, key: true}

Passes::

    apiVersion: azure-ai-search
    kind: Indexer
    metadata: {name: docs}
    spec:
      dataSourceName: docs
      targetIndexName: docs
      schedule: {interval: PT30M}
    ---
    apiVersion: azure-ai-search
    kind: DataSource
    metadata: {name: docs}
    spec:
      type: onelake
      credentials: {connectionString: ResourceId=8f1c2f0e-5a53-4a3e-9d0c-3a3f0d3e6a10}
      container: {name: 2b7f4c1e-7c55-4f0a-8a59-0e6a1c0b9d11}
    ---
    apiVersion: azure-ai-search
    kind: Index
    metadata: {name: docs}
    spec:
      fields:
        - {name: id, type: Edm.String, key: true}
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reconciler.lint.bodies import object_at, text_at
from reconciler.lint.pipelines import pipelines
from reconciler.lint.stack import Stack
from reconciler.model.duration import seconds
from reconciler.model.problem import Correction, Problem, Severity, Where

ID = "schedule-interval"
SEVERITY = Severity.WARNING

_SECONDS = re.compile(r"P.*T.*S", re.IGNORECASE)


def check(stack: Stack) -> Iterator[Problem]:
    for pipeline in pipelines(stack):
        interval = text_at(object_at(pipeline.indexer.body, "schedule"), "interval")
        if interval is not None and _SECONDS.fullmatch(interval):
            where = pipeline.where.at("schedule", "interval")
            fix = "write days, hours and minutes, such as PT30M"
            text, meant = f"`{interval}` has seconds", _in_minutes(where, interval)
            yield Problem(ID, text, where, fix, SEVERITY, correction=meant)


def _in_minutes(where: Where, interval: str) -> Correction | None:
    """The same interval without seconds, where it is one of whole minutes."""
    length = seconds(interval)
    if not length or length % 60:
        return None
    hours, minutes = divmod(int(length) // 60, 60)
    days, hours = divmod(hours, 24)
    parts = zip((hours, minutes), "HM", strict=True)
    time = "".join(f"{number}{unit}" for number, unit in parts if number)
    new = "P" + (f"{days}D" if days else "") + (f"T{time}" if time else "")
    return Correction(where, interval, new)
