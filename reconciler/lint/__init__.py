"""Rules about the meaning of a whole stack, and who has silenced them: one file a rule.

What a resource says of a rule (`metadata.lint`) goes before what the project says (`spec.lint`),
and that before the rule's own severity.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from reconciler.lint import form
from reconciler.lint.rule import rules
from reconciler.lint.stack import Stack
from reconciler.model.problem import Problem, Severity, Where, suggestion


class Findings(NamedTuple):
    """What is wrong with a stack, and the suppressions beside resources, by where they stand.

    `told` is what rules tell, `form` what cannot be silenced. `unused` silenced nothing in this
    environment; one that is `used` in another is no mistake.
    """

    form: tuple[Problem, ...]
    told: tuple[Problem, ...]
    used: frozenset[Where]
    unused: tuple[Problem, ...]

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything that is wrong."""
        return (*self.form, *self.told)


def check(stack: Stack) -> Findings:
    """Everything that is to be said about a stack.

    A rule may tell the same twice, of two pipelines with one skillset: it is said once. What it
    tells of two places is silenced at either.
    """
    told: list[Problem] = []
    suppressions = _suppressions(stack)
    used: set[Where] = set()
    for rule in rules().values():
        for problem in dict.fromkeys(rule.check(stack)):
            places = (suppressions.get((document, rule.id)) for document in _documents(problem))
            silenced = set(filter(None, places))
            used |= silenced
            if not silenced:
                told += _switched(problem, stack.switches.get(rule.id))
    unused = tuple(
        _unused(rule, where)
        for (_, rule), where in suppressions.items()
        if where not in used and rule in rules()
    )
    impossible = (*form.check(stack), *_unknown(stack))
    return Findings(impossible, tuple(told), frozenset(used), unused)


def _switched(problem: Problem, level: str | None) -> Iterator[Problem]:
    """A problem as the project wants it told; one that it has graded is graded alike in a plan."""
    if level is None:
        yield replace(problem, of_rule=True)
    elif level != "off":
        yield replace(problem, severity=Severity(level), on_write=False, of_rule=True)


def _suppressions(stack: Stack) -> dict[tuple[object, str], Where]:
    """Where a rule is silenced, by the document and the rule's id."""
    return {
        (_document(resource.where), rule): resource.where.at("metadata", "lint", rule, of_key=True)
        for resource in stack.documents
        for rule in resource.lint
    }


def _documents(problem: Problem) -> Iterator[object]:
    """The documents that a problem is about."""
    yield _document(problem.where)
    for note in problem.notes:
        yield _document(note.where)


def _document(where: Where | None) -> object:
    return None if where is None else (where.file, where.document)


def _unknown(stack: Stack) -> Iterator[Problem]:
    """Rule ids that no rule has, in the project file and beside the resources."""
    places = {rule: stack.project.at("spec", "lint", rule, of_key=True) for rule in stack.switches}
    named = [*places.items(), *((rule, at) for (_, rule), at in _suppressions(stack).items())]
    for rule, where in named:
        if rule not in rules():
            fix = suggestion(rule, rules(), "`reconciler lint list` shows the rules")
            yield Problem("unknown-rule", f"there is no lint rule `{rule}`", where, fix)


def _unused(rule: str, where: Where) -> Problem:
    text = f"`{rule}` is silenced here, and has nothing to say"
    return Problem("unused-suppression", text, where, "delete it", Severity.WARNING)
