"""Rules about the meaning of a whole set of documents: one file a rule, each a `check`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reconciler.lint import (
    analyzers,
    cycles,
    duplicates,
    expectations,
    keys,
    missing,
    models,
    nested_vectors,
    not_vectors,
    vector_attributes,
    vectorizers,
)
from reconciler.manifest.project import Project
from reconciler.model.problem import Problem
from reconciler.model.resource import Resource

RULES = (
    duplicates,
    keys,
    missing,
    cycles,
    vector_attributes,
    nested_vectors,
    not_vectors,
    analyzers,
    vectorizers,
)
"""Every rule, in the order in which its problems are worth reading."""

OWN_RULES = (models, expectations)
"""Rules about our own documents."""


def check(resources: Sequence[Resource], project: Project) -> Iterator[Problem]:
    """The problems that every rule finds."""
    for rule in RULES:
        yield from rule.check(resources, project)


def check_local(
    own: Sequence[Resource], resources: Sequence[Resource], project: Project
) -> Iterator[Problem]:
    """The problems of our own documents, which may name resources."""
    yield from duplicates.check(own, project)
    for rule in OWN_RULES:
        yield from rule.check(own, resources, project)
