"""Skills wait for each other.

Each reads what another one of them writes, so that none of them can be the first: none runs.

What to do: let one of them read something that the source or a skill outside the circle makes.

Sources: https://learn.microsoft.com/azure/search/cognitive-search-working-with-skillsets

Fails::

    apiVersion: azure-ai-search
    kind: Skillset
    metadata: {name: docs}
    spec:
      skills:
        - "@odata.type": "#Microsoft.Skills.Text.MergeSkill"
          inputs:
            - {name: text, source: /document/content}
            - {name: itemsToInsert, source: /document/phrases}
          outputs: [{name: mergedText, targetName: merged}]
        - "@odata.type": "#Microsoft.Skills.Text.KeyPhraseExtractionSkill"
          inputs: [{name: text, source: /document/merged}]
          outputs: [{name: keyPhrases, targetName: phrases}]

Passes::

    apiVersion: azure-ai-search
    kind: Skillset
    metadata: {name: docs}
    spec:
      skills:
        - "@odata.type": "#Microsoft.Skills.Text.MergeSkill"
          inputs:
            - {name: text, source: /document/content}
            - {name: itemsToInsert, source: /document/phrases}
          outputs: [{name: mergedText, targetName: merged}]
        - "@odata.type": "#Microsoft.Skills.Text.KeyPhraseExtractionSkill"
          inputs: [{name: text, source: /document/content}]
          outputs: [{name: keyPhrases, targetName: phrases}]
"""

from __future__ import annotations

from collections.abc import Iterator

from reconciler.lint.enrichment.facts import facts
from reconciler.lint.stack import Stack
from reconciler.model.problem import Problem, Severity

ID = "skill-circle"
SEVERITY = Severity.WARNING


def check(stack: Stack) -> Iterator[Problem]:
    for pipeline in facts(stack):
        for circle in pipeline.program.circles:
            where = circle[0].where.at("inputs", of_key=True)
            names = ", ".join(skill.name for skill in circle)
            text = f"each of these reads what another one writes, so none can run: {names}"
            fix = "let one of them read what is there before"
            yield Problem(ID, text, where, fix, SEVERITY)
