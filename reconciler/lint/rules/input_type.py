"""A skill reads a value of a type that it does not take.

A list where one text is wanted (the context lacks a `/*` that the source has, or the source lacks
it), one value where a list is wanted, an object instead of its text, a text instead of an image or
file. The service takes it, warns `Required skill input was not of the expected type` for every
document, and the skill writes nothing.

What to do: end context and source in the same `/*`, or read the member that has the type.

Sources: https://learn.microsoft.com/azure/search/cognitive-search-common-errors-warnings,
https://learn.microsoft.com/azure/search/cognitive-search-concept-annotations-syntax

Fails::

    apiVersion: azure-ai-search
    kind: Skillset
    metadata: {name: docs}
    spec:
      skills:
        - "@odata.type": "#Microsoft.Skills.Text.SplitSkill"
          inputs: [{name: text, source: /document/content}]
          outputs: [{name: textItems, targetName: pages}]
        - "@odata.type": "#Microsoft.Skills.Text.KeyPhraseExtractionSkill"
          inputs: [{name: text, source: /document/pages/*}]
          outputs: [{name: keyPhrases}]

Passes::

    apiVersion: azure-ai-search
    kind: Skillset
    metadata: {name: docs}
    spec:
      skills:
        - "@odata.type": "#Microsoft.Skills.Text.SplitSkill"
          inputs: [{name: text, source: /document/content}]
          outputs: [{name: textItems, targetName: pages}]
        - "@odata.type": "#Microsoft.Skills.Text.KeyPhraseExtractionSkill"
          context: /document/pages/*
          inputs: [{name: text, source: /document/pages/*}]
          outputs: [{name: keyPhrases}]
"""

from __future__ import annotations

from collections.abc import Iterator

from reconciler.lint.enrichment.facts import facts
from reconciler.lint.enrichment.nodes import Found
from reconciler.lint.stack import Stack
from reconciler.model.problem import Problem, Severity
from reconciler.providers.search.kinds.skillset.types import List, Type, fits

ID = "input-type"
SEVERITY = Severity.WARNING


def check(stack: Stack) -> Iterator[Problem]:
    for pipeline in facts(stack):
        for read in pipeline.program.reads:
            if not isinstance(read.found, Found) or fits(read.found.type, read.takes.type):
                continue
            text = f"{read.reader.said} takes {read.takes.type}, and `{read.path}` is here "
            fix = _fix(read.found.type, read.takes.type, read.path)
            yield Problem(ID, f"{text}{read.found.type}", read.where, fix, SEVERITY)


def _fix(is_: Type, wanted: Type, path: str) -> str:
    if isinstance(is_, List) and fits(is_.of, wanted):
        context = path.rpartition("/*")[0] or path
        return f"write `{context}/*` as the source, and as the skill's context"
    if isinstance(wanted, List) and fits(is_, wanted.of):
        return "read a list, with `/*` beyond the skill's context"
    return "read a member of that type"
