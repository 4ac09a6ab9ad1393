"""A definition of analysis has a name that is taken, or a part that it cannot have.

An analyzer of yours cannot have the name of a built-in one. Of the built-in filters, a normalizer
takes only those that leave a value as one token, and no char filter. The service refuses the index.

What to do: rename the analyzer, or choose another filter.

Sources: https://learn.microsoft.com/azure/search/index-add-custom-analyzers,
https://learn.microsoft.com/azure/search/search-normalizers

Fails::

    apiVersion: azure-ai-search
    kind: Index
    metadata: {name: docs}
    spec:
      fields:
        - {name: id, type: Edm.String, key: true}
      normalizers:
        - name: cities
          "@odata.type": "#Microsoft.Azure.Search.CustomNormalizer"
          tokenFilters: [lowercase, stopwords]

Passes::

    apiVersion: azure-ai-search
    kind: Index
    metadata: {name: docs}
    spec:
      fields:
        - {name: id, type: Edm.String, key: true}
      normalizers:
        - name: cities
          "@odata.type": "#Microsoft.Azure.Search.CustomNormalizer"
          tokenFilters: [lowercase, asciifolding]
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reconciler.lint.bodies import EACH, each, names
from reconciler.lint.fields import indexes
from reconciler.lint.stack import Stack
from reconciler.model.problem import Problem, Severity
from reconciler.model.resource import Resource
from reconciler.providers.search.kinds import builtin

ID = "analysis-part"
SEVERITY = Severity.ERROR

_FILTERS = {"tokenFilters": builtin.TOKEN_FILTERS, "charFilters": builtin.CHAR_FILTERS}


def check(stack: Stack) -> Iterator[Problem]:
    for index in indexes(stack.resources):
        for name, where in each(index.body, index.where.at("spec"), "analyzers", EACH, "name"):
            if _among(builtin.spell_analyzer(name), builtin.ANALYZERS):
                text = f"`{name}` is the name of a built-in analyzer"
                yield Problem(ID, text, where, "rename yours")
        yield from _normalizers(index)


def _normalizers(index: Resource) -> Iterator[Problem]:
    for kind, built_in in _FILTERS.items():
        unfit = built_in - builtin.ONE_TOKEN_FILTERS - (names(index.body, kind) or set())
        path = ("normalizers", EACH, kind, EACH)
        for name, where in each(index.body, index.where.at("spec"), *path):
            if _among(name, unfit):
                text = f"a normalizer cannot have `{name}`: it leaves a value as one token"
                fix = "use one of " + ", ".join(sorted(builtin.ONE_TOKEN_FILTERS))
                yield Problem(ID, text, where, fix)


def _among(name: Any, known: frozenset[str]) -> bool:
    return isinstance(name, str) and name in known
