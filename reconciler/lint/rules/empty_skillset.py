"""A skillset has no skills.

The service takes 1 to 30.

What to do: add a skill, or delete the skillset and its indexer's `skillsetName`.

Sources: https://learn.microsoft.com/azure/search/cognitive-search-defining-skillset

Fails::

    apiVersion: azure-ai-search
    kind: Skillset
    metadata: {name: docs}
    spec:
      skills: []

Passes::

    apiVersion: azure-ai-search
    kind: Skillset
    metadata: {name: docs}
    spec:
      skills:
        - "@odata.type": "#Microsoft.Skills.Text.SplitSkill"
          inputs: [{name: text, source: /document/content}]
          outputs: [{name: textItems, targetName: pages}]
"""

from __future__ import annotations

from collections.abc import Iterator

from reconciler.lint.stack import Stack
from reconciler.model.problem import Problem, Severity

ID = "empty-skillset"
SEVERITY = Severity.ERROR


def check(stack: Stack) -> Iterator[Problem]:
    for resource in stack.resources:
        if resource.id.kind == "Skillset" and resource.body.get("skills") == []:
            where = resource.where.at("spec", "skills", of_key=True)
            yield Problem(ID, "the skillset has no skills", where, "add one", SEVERITY)
