"""What documents must have together so that there is a plan at all: no switch turns it off.

A rule of `lint/rules/` tells what the service refuses or what leaves documents wrong, and may be
mistaken. What is here is told without a guess, and what comes after would be wrong without it: two
documents of one object, elements that cannot be told apart, circles, a Check that asks nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from reconciler.lint.form import cycles, dependencies, duplicates, expectations, keys, models
from reconciler.lint.stack import Stack
from reconciler.model.problem import Problem

_CHECKS = (duplicates, keys, dependencies, cycles, models, expectations)


def check(stack: Stack) -> Iterator[Problem]:
    """The problems of the documents together, in the order in which they are worth reading."""
    for module in _CHECKS:
        yield from module.check(stack)
