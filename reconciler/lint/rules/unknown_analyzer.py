"""A field names an analyzer that is neither built in nor defined in its index.

The service refuses the index. With `allowUnknownProperties` in the project nothing is said: the
service may know more analyzers by then.

What to do: correct the name, or define the analyzer under `analyzers` of the index.

Sources: https://learn.microsoft.com/azure/search/index-add-custom-analyzers,
https://github.com/microsoft/vscode-azurecognitivesearch/issues/17

Fails::

    apiVersion: azure-ai-search
    kind: Index
    metadata: {name: docs}
    spec:
      fields:
        - {name: id, type: Edm.String, key: true}
        - {name: plate, type: Edm.String, analyzer: plates}

Passes::

    apiVersion: azure-ai-search
    kind: Index
    metadata: {name: docs}
    spec:
      fields:
        - {name: id, type: Edm.String, key: true}
        - {name: plate, type: Edm.String, analyzer: plates}
        - {name: text, type: Edm.String, analyzer: en.lucene}
      analyzers:
        - name: plates
          "@odata.type": "#Microsoft.Azure.Search.CustomAnalyzer"
          tokenizer: keyword_v2
"""

from __future__ import annotations

from collections.abc import Iterator

from reconciler.lint.fields import fields, indexes
from reconciler.lint.stack import Stack
from reconciler.model.problem import Problem, Severity, suggestion
from reconciler.model.resource import Resource
from reconciler.providers.search.kinds.builtin import ANALYZERS, spell_analyzer

ID = "unknown-analyzer"
SEVERITY = Severity.ERROR

_NAMING = ("analyzer", "searchAnalyzer", "indexAnalyzer")


def check(stack: Stack) -> Iterator[Problem]:
    for index in indexes(stack.resources) if not stack.allow_unknown else ():
        known = ANALYZERS | _defined(index)
        for field, where in fields(index):
            for name in _NAMING:
                analyzer = field.get(name)
                if not isinstance(analyzer, str) or not analyzer:  # empty: none
                    continue
                if analyzer not in known and spell_analyzer(analyzer) not in known:
                    text = f"the analyzer `{analyzer}` is neither built in nor defined here"
                    fix = suggestion(analyzer, known, "define it under `analyzers`")
                    yield Problem(ID, text, where.at(name), fix)


def _defined(index: Resource) -> set[str]:
    """The names of an index's own analyzers."""
    listed = index.body.get("analyzers")
    own = [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
    return {one["name"] for one in own if isinstance(one.get("name"), str)}
