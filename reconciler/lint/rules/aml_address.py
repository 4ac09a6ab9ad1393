"""An Azure Machine Learning skill does not say where its model is.

With a key, or where none is asked for, the skill needs the endpoint's `uri`; with the search
service's identity, the endpoint's `resourceId`. Without either there is nothing to call.

What to do: write `uri`, or `resourceId`.

Sources: https://learn.microsoft.com/azure/search/cognitive-search-aml-skill

Fails::

    apiVersion: azure-ai-search/2026-05-01-preview
    kind: Skillset
    metadata: {name: docs}
    spec:
      skills:
        - "@odata.type": "#Microsoft.Skills.Custom.AmlSkill"
          timeout: PT60S
          inputs: [{name: text, source: /document/content}]
          outputs: [{name: label}]

Passes::

    apiVersion: azure-ai-search/2026-05-01-preview
    kind: Skillset
    metadata: {name: docs}
    spec:
      skills:
        - "@odata.type": "#Microsoft.Skills.Custom.AmlSkill"
          uri: https://contoso.westeurope.inference.ml.azure.com/score
          inputs: [{name: text, source: /document/content}]
          outputs: [{name: label}]
"""

from __future__ import annotations

from collections.abc import Iterator

from reconciler.lint.skills import skills
from reconciler.lint.stack import Stack
from reconciler.model.problem import Problem, Severity

ID = "aml-address"
SEVERITY = Severity.ERROR
SINCE = "2020-06-30-preview"


def check(stack: Stack) -> Iterator[Problem]:
    for skill in skills(stack):
        known = skill.body.get("uri") or skill.body.get("resourceId")
        if skill.type == "Custom.AmlSkill" and not known:
            fix = "write the endpoint's `uri`, or its `resourceId`"
            yield Problem(ID, "the skill does not say where its model is", skill.where, fix)
