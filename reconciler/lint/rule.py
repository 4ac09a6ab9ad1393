"""A lint rule: a module of `lint/rules/`, whose docstring is its manual and its test.

The docstring is a title; paragraphs of what it means; one that begins with `What to do:`; one that
begins with `Sources:`; two examples of whole manifests, indented after `Fails::` and `Passes::`. A
`contract.yaml` that these name stands before them, after `Beside::`.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Callable, Iterator
from functools import cache
from textwrap import dedent
from types import ModuleType
from typing import NamedTuple

from reconciler.lint import rules as package
from reconciler.lint.stack import Stack
from reconciler.model.problem import Problem, Severity

_EXAMPLE = re.compile(r"^(Beside|Fails|Passes)::\n((?:\n| +.*\n?)+)", re.MULTILINE)


class Manual(NamedTuple):
    """What a rule's docstring says; the examples are manifests, `beside` a file that they name."""

    title: str
    meaning: str
    remedy: str
    sources: str
    failing: str
    passing: str
    beside: str = ""

    @property
    def examples(self) -> tuple[tuple[str, str], ...]:
        """All examples, each with what it is one of."""
        beside = (("Beside them, `contract.yaml`", self.beside),) if self.beside else ()
        return (*beside, ("Fails", self.failing), ("Passes", self.passing))


class Rule(NamedTuple):
    """A rule as its module declares it.

    `severity` is that of the gravest problem it tells, where nobody says otherwise; `since` is the
    api-version from which on what it looks at exists, or empty.
    """

    id: str
    severity: Severity
    since: str
    check: Callable[[Stack], Iterator[Problem]]
    doc: str

    @property
    def manual(self) -> Manual:
        """What the docstring says.

        Raises:
            ValueError: it lacks one of its parts.
        """
        examples = {name: dedent(text).strip() + "\n" for name, text in _EXAMPLE.findall(self.doc)}
        title, *rest = re.split(r"\n\n+", _EXAMPLE.sub("", self.doc).strip())
        labelled = {
            label: " ".join(text.removeprefix(label).split())
            for label in ("What to do:", "Sources:")
            for text in rest
            if text.startswith(label)
        }
        meaning = [text for text in rest if not text.startswith(tuple(labelled))]
        if not examples.keys() >= {"Fails", "Passes"} or len(labelled) != 2 or not meaning:
            raise ValueError(f"the docstring of rule {self.id} lacks a part")
        return Manual(
            title.rstrip("."),
            "\n\n".join(" ".join(text.split()) for text in meaning),
            labelled["What to do:"],
            labelled["Sources:"],
            examples["Fails"],
            examples["Passes"],
            examples.get("Beside", ""),
        )


@cache
def rules() -> dict[str, Rule]:
    """Every rule by its id: each module of `lint/rules/` is one."""
    names = sorted(found.name for found in pkgutil.iter_modules(package.__path__))
    modules = (importlib.import_module(f"{package.__name__}.{name}") for name in names)
    return {module.ID: _rule(module) for module in modules}


def _rule(module: ModuleType) -> Rule:
    since = getattr(module, "SINCE", "")
    return Rule(module.ID, module.SEVERITY, since, module.check, module.__doc__ or "")
