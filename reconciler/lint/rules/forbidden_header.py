"""A header is sent to a Web API that cannot be set.

`Accept`, `Accept-Charset`, `Accept-Encoding`, `Content-Length`, `Content-Type`, `Cookie`, `Host`,
`TE`, `Upgrade` and `Via` are set by the search service; it refuses a skill that names one.

What to do: delete the header.

Sources: https://learn.microsoft.com/azure/search/cognitive-search-custom-skill-web-api

Fails::

    apiVersion: azure-ai-search
    kind: Skillset
    metadata: {name: docs}
    spec:
      skills:
        - "@odata.type": "#Microsoft.Skills.Custom.WebApiSkill"
          uri: https://contoso.azurewebsites.net/api/classify
          httpHeaders: {Content-Type: application/json}
          inputs: [{name: text, source: /document/content}]
          outputs: [{name: label}]

Passes::

    apiVersion: azure-ai-search
    kind: Skillset
    metadata: {name: docs}
    spec:
      skills:
        - "@odata.type": "#Microsoft.Skills.Custom.WebApiSkill"
          uri: https://contoso.azurewebsites.net/api/classify
          httpHeaders: {X-Tenant: contoso}
          inputs: [{name: text, source: /document/content}]
          outputs: [{name: label}]
"""

from __future__ import annotations

from collections.abc import Iterator

from reconciler.lint.skills import skills
from reconciler.lint.stack import Stack
from reconciler.model.problem import Problem, Severity

ID = "forbidden-header"
SEVERITY = Severity.ERROR

_FORBIDDEN = (
    "accept",
    "accept-charset",
    "accept-encoding",
    "content-length",
    "content-type",
    "cookie",
    "host",
    "te",
    "upgrade",
    "via",
)


def check(stack: Stack) -> Iterator[Problem]:
    for skill in skills(stack):
        headers = skill.body.get("httpHeaders")
        for name in headers if isinstance(headers, dict) else ():
            if isinstance(name, str) and name.lower() in _FORBIDDEN:
                where = skill.where.at("httpHeaders", name, of_key=True)
                yield Problem(ID, f"the header `{name}` cannot be set", where, "delete it")
