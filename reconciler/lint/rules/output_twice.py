"""Two write to one place of the enriched document.

Two skills with the same context and target name, or a skill whose output is called like what the
data source yields (`content`): nodes are written once, so one of the two results is lost.

What to do: give one of them another `targetName`.

Sources: https://learn.microsoft.com/azure/search/cognitive-search-skill-textsplit,
https://learn.microsoft.com/azure/search/cognitive-search-working-with-skillsets

Fails::

    apiVersion: azure-ai-search
    kind: Skillset
    metadata: {name: docs}
    spec:
      skills:
        - "@odata.type": "#Microsoft.Skills.Text.SplitSkill"
          inputs: [{name: text, source: /document/title}]
          outputs: [{name: textItems, targetName: pages}]
        - "@odata.type": "#Microsoft.Skills.Text.SplitSkill"
          inputs: [{name: text, source: /document/content}]
          outputs: [{name: textItems, targetName: pages}]

Passes::

    apiVersion: azure-ai-search
    kind: Skillset
    metadata: {name: docs}
    spec:
      skills:
        - "@odata.type": "#Microsoft.Skills.Text.SplitSkill"
          inputs: [{name: text, source: /document/title}]
          outputs: [{name: textItems, targetName: titles}]
        - "@odata.type": "#Microsoft.Skills.Text.SplitSkill"
          inputs: [{name: text, source: /document/content}]
          outputs: [{name: textItems, targetName: pages}]
"""

from __future__ import annotations

from collections.abc import Iterator

from reconciler.lint.enrichment.facts import facts
from reconciler.lint.enrichment.paths import render
from reconciler.lint.stack import Stack
from reconciler.model.problem import Problem, Severity

ID = "output-twice"
SEVERITY = Severity.WARNING


def check(stack: Stack) -> Iterator[Problem]:
    for pipeline in facts(stack):
        for clash in pipeline.program.clashes:
            text = f"{clash.writer} writes `{render(clash.path)}`, as {clash.other} does"
            yield Problem(ID, text, clash.where, "write another `targetName`", SEVERITY)
