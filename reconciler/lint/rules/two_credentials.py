"""A model is called with a key and with an identity.

The GenAI Prompt skill fails with both. An embedding skill and a vectorizer use the key, and the
identity is not asked: this is advice.

What to do: delete one of them; without a key no secret has to be kept.

Sources: https://learn.microsoft.com/azure/search/cognitive-search-skill-genai-prompt,
https://learn.microsoft.com/azure/search/cognitive-search-skill-azure-openai-embedding

Fails::

    apiVersion: azure-ai-search
    kind: Skillset
    metadata: {name: docs}
    spec:
      skills:
        - "@odata.type": "#Microsoft.Skills.Custom.ChatCompletionSkill"
          uri: https://contoso.openai.azure.com/openai/deployments/gpt-4o/chat/completions
          apiKey: the-key-of-the-model
          authIdentity:
            "@odata.type": "#Microsoft.Azure.Search.DataUserAssignedIdentity"
            userAssignedIdentity: /subscriptions/…/userAssignedIdentities/docs
          inputs:
            - {name: systemMessage, source: "='You are concise.'"}
            - {name: userMessage, source: "='Summarize.'"}
          outputs: [{name: response}]

Passes::

    apiVersion: azure-ai-search
    kind: Skillset
    metadata: {name: docs}
    spec:
      skills:
        - "@odata.type": "#Microsoft.Skills.Custom.ChatCompletionSkill"
          uri: https://contoso.openai.azure.com/openai/deployments/gpt-4o/chat/completions
          authIdentity:
            "@odata.type": "#Microsoft.Azure.Search.DataUserAssignedIdentity"
            userAssignedIdentity: /subscriptions/…/userAssignedIdentities/docs
          inputs:
            - {name: systemMessage, source: "='You are concise.'"}
            - {name: userMessage, source: "='Summarize.'"}
          outputs: [{name: response}]
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reconciler.lint.models import models
from reconciler.lint.skills import skills
from reconciler.lint.stack import Stack
from reconciler.model.problem import Problem, Severity

ID = "two-credentials"
SEVERITY = Severity.ERROR

_NONE = "#Microsoft.Azure.Search.DataNoneIdentity"


def check(stack: Stack) -> Iterator[Problem]:
    for skill in skills(stack):
        if skill.type == "Custom.ChatCompletionSkill" and _both(skill.body):
            text = "the skill takes a key or an identity, and fails with both"
            yield Problem(ID, text, skill.where.at("apiKey", of_key=True), "delete one of them")
    for model in models(stack):
        if _both(model.body):
            text = "the key is used, and the identity is not asked"
            place = model.where.at("authIdentity", of_key=True)
            yield Problem(ID, text, place, "delete one of them", Severity.ADVICE)


def _both(body: dict[str, Any]) -> bool:
    """One that stands for none, such as an empty key, does not count."""
    key, identity = body.get("apiKey"), body.get("authIdentity")
    return bool(key) and isinstance(identity, dict) and identity.get("@odata.type") != _NONE
