"""A knowledge base takes its model from a gateway.

Only endpoints of Azure OpenAI and of Microsoft Foundry are supported for the model that plans the
queries; the service refuses that of an API Management gateway, which vectorizers and skills take.

What to do: write the endpoint of the resource itself, such as https://NAME.openai.azure.com.

Sources: https://github.com/microsoft/awesome-foundry-nextgen/issues/24

Fails::

    apiVersion: azure-ai-search/2026-04-01
    kind: KnowledgeBase
    metadata: {name: handbook}
    spec:
      knowledgeSources: [{name: the-web}]
      models:
        - kind: azureOpenAI
          azureOpenAIParameters:
            resourceUri: https://gateway.azure-api.net
            deploymentId: planner
            modelName: gpt-5-mini
    ---
    apiVersion: azure-ai-search/2026-04-01
    kind: KnowledgeSource
    metadata: {name: the-web}
    spec: {kind: web}

Passes::

    apiVersion: azure-ai-search/2026-04-01
    kind: KnowledgeBase
    metadata: {name: handbook}
    spec:
      knowledgeSources: [{name: the-web}]
      models:
        - kind: azureOpenAI
          azureOpenAIParameters:
            resourceUri: https://handbook.openai.azure.com
            deploymentId: planner
            modelName: gpt-5-mini
    ---
    apiVersion: azure-ai-search/2026-04-01
    kind: KnowledgeSource
    metadata: {name: the-web}
    spec: {kind: web}
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reconciler.lint.bodies import EACH, each
from reconciler.lint.stack import Stack
from reconciler.model.problem import Problem, Severity

ID = "knowledge-model"
SEVERITY = Severity.ERROR

_GATEWAY = re.compile(
    r"https?://[^/?#]*\.azure-api\.(net|us|cn)\.?(:\d*)?([/?#].*)?", re.IGNORECASE
)
_PATH = ("models", EACH, "azureOpenAIParameters", "resourceUri")


def check(stack: Stack) -> Iterator[Problem]:
    for base in stack.resources:
        if base.id.kind != "KnowledgeBase":
            continue
        for address, where in each(base.body, base.where.at("spec"), *_PATH):
            if isinstance(address, str) and _GATEWAY.fullmatch(address):
                text = "the model of a knowledge base cannot be behind a gateway"
                yield Problem(ID, text, where, "write https://NAME.openai.azure.com")
