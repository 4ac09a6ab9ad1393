"""An expression is not what was meant.

What begins with `=` is computed: texts stand in quotes, paths in `$( )`. A bare word or path is
taken for something that is not there, so that the input is missing in every document.

What to do: quote the text, or write the path as `$(/document/…)`.

Sources: https://learn.microsoft.com/azure/search/cognitive-search-skill-annotation-language,
https://learn.microsoft.com/azure/search/cognitive-search-skill-conditional

Fails::

    apiVersion: azure-ai-search
    kind: Skillset
    metadata: {name: docs}
    spec:
      skills:
        - "@odata.type": "#Microsoft.Skills.Util.ConditionalSkill"
          inputs:
            - {name: condition, source: "= /document/language == 'de'"}
            - {name: whenTrue, source: /document/content}
            - {name: whenFalse, source: "= null"}
          outputs: [{name: output, targetName: german}]

Passes::

    apiVersion: azure-ai-search
    kind: Skillset
    metadata: {name: docs}
    spec:
      skills:
        - "@odata.type": "#Microsoft.Skills.Util.ConditionalSkill"
          inputs:
            - {name: condition, source: "= $(/document/language) == 'de'"}
            - {name: whenTrue, source: /document/content}
            - {name: whenFalse, source: "= null"}
          outputs: [{name: output, targetName: german}]
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reconciler.lint.bodies import objects, text_at
from reconciler.lint.enrichment.paths import is_expression, mistake
from reconciler.lint.skills import skills
from reconciler.lint.stack import Stack
from reconciler.model.problem import Problem, Severity, Where

ID = "wrong-expression"
SEVERITY = Severity.WARNING


def check(stack: Stack) -> Iterator[Problem]:
    for skill in skills(stack):
        yield from _wrong(skill.body, skill.where)


def _wrong(holder: dict[str, Any], where: Where) -> Iterator[Problem]:
    for position, one in objects(holder, "inputs"):
        here = where.at("inputs", position)
        source = text_at(one, "source")
        wrong = mistake(source) if source is not None and is_expression(source) else ""
        if wrong:
            fix = "quote texts, and write paths as `$(/document/…)`"
            yield Problem(ID, f"in this expression {wrong}", here.at("source"), fix, SEVERITY)
        yield from _wrong(one, here)
