"""An embedding skill does not say which model it calls, or where.

It needs a `resourceUri`, a `deploymentId` and, since the api-versions of May 2024, a `modelName`.
The documentation requires all three and the schema none: without the first two every document fails
in the skill. A missing `modelName` is a warning where nothing is written, since earlier versions
made skills without one, and an error where the skillset is about to be.

What to do: write the parameter.

Sources: https://learn.microsoft.com/azure/search/cognitive-search-skill-azure-openai-embedding

Fails::

    apiVersion: azure-ai-search
    kind: Skillset
    metadata: {name: docs}
    spec:
      skills:
        - "@odata.type": "#Microsoft.Skills.Text.AzureOpenAIEmbeddingSkill"
          resourceUri: https://docs.openai.azure.com
          modelName: text-embedding-3-small
          inputs: [{name: text, source: /document/content}]
          outputs: [{name: embedding}]

Passes::

    apiVersion: azure-ai-search
    kind: Skillset
    metadata: {name: docs}
    spec:
      skills:
        - "@odata.type": "#Microsoft.Skills.Text.AzureOpenAIEmbeddingSkill"
          resourceUri: https://docs.openai.azure.com
          deploymentId: embedding
          modelName: text-embedding-3-small
          inputs: [{name: text, source: /document/content}]
          outputs: [{name: embedding}]
"""

from __future__ import annotations

from collections.abc import Iterator

from reconciler.lint.models import EMBEDDING
from reconciler.lint.skills import skills
from reconciler.lint.stack import Stack
from reconciler.model.problem import Problem, Severity

ID = "incomplete-embedding"
SEVERITY = Severity.ERROR
SINCE = "2023-10-01-preview"

_MODEL_SINCE = "2024-05-01"
_FIXES = {
    "resourceUri": "write https://NAME.openai.azure.com",
    "deploymentId": "write the name of the model's deployment",
    "modelName": "write the embedding model that is deployed, such as text-embedding-3-small",
}


def check(stack: Stack) -> Iterator[Problem]:
    for skill in skills(stack):
        if skill.type != EMBEDDING:
            continue
        for name, fix in _FIXES.items():
            may_stand = name == "modelName"
            if skill.body.get(name) or (may_stand and skill.skillset.api_version < _MODEL_SINCE):
                continue
            severity = Severity.WARNING if may_stand else SEVERITY
            text = f"the skill needs `{name}`"
            yield Problem(ID, text, skill.where, fix, severity, may_stand)
