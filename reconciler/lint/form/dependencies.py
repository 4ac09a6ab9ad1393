"""`wrong-dependency`: `dependsOn` names a document of our own, such as a Check.

Passes: `dependsOn: [Indexer/docs]`. Fails: `dependsOn: [Check/holidays]`.
"""

from __future__ import annotations

from collections.abc import Iterator

from reconciler.lint.stack import Stack
from reconciler.model.problem import Problem
from reconciler.providers import LOCAL_KINDS


def check(stack: Stack) -> Iterator[Problem]:
    for resource in stack.resources:
        for position, needed in enumerate(resource.depends_on):
            if needed.kind in LOCAL_KINDS:
                text = f"{needed} is never sent to the service: nothing can wait for it there"
                fix = f"take it out; ${{{needed.kind}.{needed.name}/…}} takes a value of it"
                if needed.kind == "Check":
                    fix = "take it out; `reconciler test` asks it after `reconciler apply`"
                place = resource.where.at("metadata", "dependsOn", position)
                yield Problem("wrong-dependency", text, place, fix)
