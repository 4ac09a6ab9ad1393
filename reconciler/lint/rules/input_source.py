"""An input comes from two sources, or from none.

An input has either a `source`, or a `sourceContext` with `inputs` of its own, which are gathered
into an object. That holds for the inputs of skills and of index projections, on every level.

What to do: delete the one that is not meant; with `sourceContext`, write `inputs`.

Sources: https://learn.microsoft.com/azure/search/cognitive-search-skill-shaper

Fails::

    apiVersion: azure-ai-search
    kind: Skillset
    metadata: {name: docs}
    spec:
      skills:
        - "@odata.type": "#Microsoft.Skills.Util.ShaperSkill"
          inputs:
            - name: sections
              source: /document/sections
              sourceContext: /document/sections/*
              inputs: [{name: title, source: /document/sections/*/title}]
          outputs: [{name: output}]

Passes::

    apiVersion: azure-ai-search
    kind: Skillset
    metadata: {name: docs}
    spec:
      skills:
        - "@odata.type": "#Microsoft.Skills.Util.ShaperSkill"
          inputs:
            - name: sections
              sourceContext: /document/sections/*
              inputs: [{name: title, source: /document/sections/*/title}]
          outputs: [{name: output}]
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reconciler.lint.bodies import EACH, each
from reconciler.lint.skills import skills
from reconciler.lint.stack import Stack
from reconciler.model.problem import Problem, Severity, Where

ID = "input-source"
SEVERITY = Severity.ERROR

_MAPPINGS = ("indexProjections", "selectors", EACH, "mappings", EACH)


def check(stack: Stack) -> Iterator[Problem]:
    for skill in skills(stack):
        for entry, where in each(skill.body, skill.where, "inputs", EACH):
            yield from _wrong(entry, where)
    for resource in stack.resources:
        if resource.id.kind == "Skillset":
            for entry, where in each(resource.body, resource.where.at("spec"), *_MAPPINGS):
                yield from _wrong(entry, where)


def _wrong(entry: Any, where: Where) -> Iterator[Problem]:
    if not isinstance(entry, dict):
        return
    source, context, inner = (entry.get(name) for name in ("source", "sourceContext", "inputs"))
    if source and (context or inner):
        other = "sourceContext" if context else "inputs"
        place = where.at(other, of_key=True)
        yield Problem(ID, f"the input has a `source` and `{other}`", place, "delete one of them")
    elif not source and not context:
        fix = "write `source`, or `sourceContext` and `inputs`"
        yield Problem(ID, "the input comes from nowhere", where, fix)
    elif not source and not inner:
        place = where.at("sourceContext")
        yield Problem(ID, "the input's object has no `inputs`", place, "write what is in it")
    for nested, here in each(entry, where, "inputs", EACH):
        yield from _wrong(nested, here)
