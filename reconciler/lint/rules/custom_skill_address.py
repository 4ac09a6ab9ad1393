"""A custom skill calls an API that is no custom skill.

A custom skill answers `values`, each with the `recordId` that it was asked for. The APIs of Azure's
own AI services answer in forms of their own: the service takes the skillset, and the skill fails
for every document.

What to do: use the built-in skill of that service, or call a function of yours that calls it.

Sources: https://learn.microsoft.com/azure/search/cognitive-search-custom-skill-interface,
https://github.com/Azure/azure-search-vector-samples/issues/76

Fails::

    apiVersion: azure-ai-search
    kind: Skillset
    metadata: {name: photos}
    spec:
      skills:
        - "@odata.type": "#Microsoft.Skills.Custom.WebApiSkill"
          uri: https://westeurope.api.cognitive.microsoft.com/vision/v3.2/ocr
          inputs: [{name: url, source: /document/metadata_storage_path}]
          outputs: [{name: regions}]

Passes::

    apiVersion: azure-ai-search
    kind: Skillset
    metadata: {name: photos}
    spec:
      skills:
        - "@odata.type": "#Microsoft.Skills.Custom.WebApiSkill"
          uri: https://contoso.azurewebsites.net/api/read
          inputs: [{name: url, source: /document/metadata_storage_path}]
          outputs: [{name: regions}]
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from reconciler.lint.bodies import text_at
from reconciler.lint.skills import skills
from reconciler.lint.stack import Stack
from reconciler.model.problem import Problem, Severity

ID = "custom-skill-address"
SEVERITY = Severity.WARNING

_OWN = (
    ".api.cognitive.microsoft.com",
    ".cognitiveservices.azure.com",
    ".openai.azure.com",
    ".services.ai.azure.com",
)


def check(stack: Stack) -> Iterator[Problem]:
    for skill in skills(stack):
        uri = text_at(skill.body, "uri") or ""
        if skill.type == "Custom.WebApiSkill" and _host(uri).endswith(_OWN):
            text = f"{_host(uri)} is an API of Azure's own, and answers as no custom skill does"
            fix = "use the built-in skill, or call a function of yours that calls it"
            yield Problem(ID, text, skill.where.at("uri"), fix, SEVERITY)


def _host(uri: str) -> str:
    try:
        return (urlsplit(uri).hostname or "").lower()
    except ValueError:
        return ""
