"""A suggester takes a field that it cannot complete from.

The source fields of a suggester are searchable strings, with the default analyzer or that of a
language. The service refuses the index.

What to do: name another field, or give the words to complete a field of their own, without an
analyzer.

Sources: https://learn.microsoft.com/azure/search/index-add-suggesters

Fails::

    apiVersion: azure-ai-search
    kind: Index
    metadata: {name: docs}
    spec:
      fields:
        - {name: id, type: Edm.String, key: true}
        - {name: title, type: Edm.String, analyzer: keyword}
      suggesters:
        - {name: titles, searchMode: analyzingInfixMatching, sourceFields: [title]}

Passes::

    apiVersion: azure-ai-search
    kind: Index
    metadata: {name: docs}
    spec:
      fields:
        - {name: id, type: Edm.String, key: true}
        - {name: title, type: Edm.String, analyzer: en.lucene}
      suggesters:
        - {name: titles, searchMode: analyzingInfixMatching, sourceFields: [title]}
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reconciler.lint.bodies import EACH, each
from reconciler.lint.fields import by_path, indexes
from reconciler.lint.stack import Stack
from reconciler.model.problem import Problem, Severity
from reconciler.providers.search.kinds.builtin import ANALYZERS, spell_analyzer
from reconciler.providers.search.kinds.edm import KNOWN, TEXT

ID = "suggester-field"
SEVERITY = Severity.ERROR

_LANGUAGE = (".lucene", ".microsoft")


def check(stack: Stack) -> Iterator[Problem]:
    for index in indexes(stack.resources):
        fields = by_path(index) or {}
        path = ("suggesters", EACH, "sourceFields", EACH)
        for name, where in each(index.body, index.where.at("spec"), *path):
            field = fields.get(name) if isinstance(name, str) else None
            unfit = _unfit(field.body, stack.allow_unknown) if field is not None else ""
            if unfit:
                fix = (
                    "name another field: searchable text, without an analyzer or with a language's"
                )
                yield Problem(ID, f"`{name}` {unfit}", where, fix)


def _unfit(field: dict[str, Any], allow_unknown: bool) -> str:
    """What is wrong with a field as a source, or nothing."""
    if field.get("type") in KNOWN and field["type"] not in TEXT:
        return f"is no text: it is {field['type']}"
    if field.get("searchable") is False:
        return "is not searchable"
    analyzer = spell_analyzer(field.get("analyzer") or field.get("indexAnalyzer"))
    if not isinstance(analyzer, str) or analyzer.endswith(_LANGUAGE):
        return ""
    if allow_unknown and analyzer not in ANALYZERS:
        return ""
    return f"has the analyzer `{analyzer}`, and suggesters take those of languages only"
