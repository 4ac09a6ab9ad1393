"""`unknown-analyzer`: a field names an analyzer that is not built in and that its index lacks.

Passes: `analyzer: en.lucene`; `analyzer: plates` with an element `plates` of the index's
`analyzers`. Fails: `analyzer: en.lucine`; `analyzer: plates` without it
(github microsoft/vscode-azurecognitivesearch#17). `allowUnknownProperties` lets it pass: the
service may know more analyzers by then.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reconciler.lint.fields import fields, indexes
from reconciler.manifest.project import Project
from reconciler.model.problem import Problem, suggestion
from reconciler.model.resource import Resource
from reconciler.providers.search.kinds.builtin import ANALYZERS, spell_analyzer

_NAMING = ("analyzer", "searchAnalyzer", "indexAnalyzer")


def check(resources: Sequence[Resource], project: Project) -> Iterator[Problem]:
    for index in indexes(resources) if not project.allow_unknown else ():
        known = ANALYZERS | _defined(index)
        for field, where in fields(index):
            for name in _NAMING:
                analyzer = field.get(name)
                if not isinstance(analyzer, str) or not analyzer:  # empty: none
                    continue
                if analyzer not in known and spell_analyzer(analyzer) not in known:
                    text = f"the analyzer `{analyzer}` is neither built in nor defined here"
                    fix = suggestion(analyzer, known, "define it under `analyzers`")
                    yield Problem("unknown-analyzer", text, where.at(name), fix)


def _defined(index: Resource) -> set[str]:
    """The names of an index's own analyzers."""
    listed = index.body.get("analyzers")
    own = [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
    return {one["name"] for one in own if isinstance(one.get("name"), str)}
