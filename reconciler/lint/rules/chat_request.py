"""A chat model is asked for what it refuses.

The GPT-5 models take no `temperature` other than 1. Endpoints of the Responses API are not
supported, only those of chat completions. `extraParameters` are refused unless
`extraParametersBehavior` passes or drops them: left out, it is `error`. Each document then fails in
the skill.

What to do: delete the parameter, or write the endpoint of chat completions.

Sources: https://learn.microsoft.com/azure/search/cognitive-search-skill-genai-prompt

Fails::

    apiVersion: azure-ai-search
    kind: Skillset
    metadata: {name: docs}
    spec:
      skills:
        - "@odata.type": "#Microsoft.Skills.Custom.ChatCompletionSkill"
          uri: https://contoso.openai.azure.com/openai/deployments/chat/chat/completions
          commonModelParameters: {model: gpt-5-mini, temperature: 0.3}
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
          uri: https://contoso.openai.azure.com/openai/deployments/chat/chat/completions
          commonModelParameters: {model: gpt-4o, temperature: 0.3}
          inputs:
            - {name: systemMessage, source: "='You are concise.'"}
            - {name: userMessage, source: "='Summarize.'"}
          outputs: [{name: response}]
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reconciler.lint.bodies import each
from reconciler.lint.skills import DeclaredSkill, skills
from reconciler.lint.stack import Stack
from reconciler.model.problem import Problem, Severity

ID = "chat-request"
SEVERITY = Severity.WARNING
SINCE = "2025-05-01-preview"

_GPT_5 = re.compile(r"gpt-5\b", re.IGNORECASE)
_RESPONSES = re.compile(r"/openai/(v1/)?responses\b")


def check(stack: Stack) -> Iterator[Problem]:
    for skill in skills(stack):
        if skill.type == "Custom.ChatCompletionSkill":
            yield from _temperature(skill)
            uri = skill.body.get("uri")
            if isinstance(uri, str) and _RESPONSES.search(uri):
                fix = "write the endpoint of chat completions"
                text = "the skill does not speak the Responses API"
                yield Problem(ID, text, skill.where.at("uri"), fix, SEVERITY)
            if _refused(skill.body.get("extraParameters"), skill):
                place = skill.where.at("extraParameters", of_key=True)
                fix = "write `extraParametersBehavior: passThrough`"
                yield Problem(ID, "extra parameters are refused", place, fix, SEVERITY)


def _temperature(skill: DeclaredSkill) -> Iterator[Problem]:
    for given, where in each(skill.body, skill.where, "commonModelParameters"):
        model = given.get("model") if isinstance(given, dict) else None
        if not isinstance(model, str) or not _GPT_5.match(model):
            continue
        temperature = given.get("temperature")
        if isinstance(temperature, int | float) and temperature != 1:
            text = f"{model} takes no temperature but 1"
            yield Problem(ID, text, where.at("temperature"), "delete it", SEVERITY)


def _refused(parameters: object, skill: DeclaredSkill) -> bool:
    behavior = skill.body.get("extraParametersBehavior")
    return isinstance(parameters, dict) and bool(parameters) and behavior in (None, "error")
