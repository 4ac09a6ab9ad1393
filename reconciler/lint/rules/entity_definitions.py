"""Custom Entity Lookup does not know what to look for, or is told it badly.

The skill needs `inlineEntitiesDefinition` or `entitiesDefinitionUri`; without one no document gets
any entity. Where both are given the inline definition is taken and the file is not read. An inline
definition has at most 10 KB.

What to do: write one of the two; put a long definition into a file.

Sources: https://learn.microsoft.com/azure/search/cognitive-search-skill-custom-entity-lookup

Fails::

    apiVersion: azure-ai-search
    kind: Skillset
    metadata: {name: docs}
    spec:
      skills:
        - "@odata.type": "#Microsoft.Skills.Text.CustomEntityLookupSkill"
          inputs: [{name: text, source: /document/content}]
          outputs: [{name: entities}]

Passes::

    apiVersion: azure-ai-search
    kind: Skillset
    metadata: {name: docs}
    spec:
      skills:
        - "@odata.type": "#Microsoft.Skills.Text.CustomEntityLookupSkill"
          inlineEntitiesDefinition: [{name: Contoso, aliases: [{text: the company}]}]
          inputs: [{name: text, source: /document/content}]
          outputs: [{name: entities}]
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from reconciler.lint.skills import skills
from reconciler.lint.stack import Stack
from reconciler.model.problem import Problem, Severity

ID = "entity-definitions"
SEVERITY = Severity.WARNING

_INLINE, _URI = "inlineEntitiesDefinition", "entitiesDefinitionUri"
_MOST = 10 * 1024


def check(stack: Stack) -> Iterator[Problem]:
    for skill in skills(stack):
        if skill.type != "Text.CustomEntityLookupSkill":
            continue
        inline, uri = skill.body.get(_INLINE), skill.body.get(_URI)
        if not inline and not uri:
            text = "the skill is not told what to look for"
            fix = f"write `{_INLINE}` or `{_URI}`"
            yield Problem(ID, text, skill.where, fix, SEVERITY)
        elif inline and uri:
            place = skill.where.at(_URI, of_key=True)
            text = "the file is not read: there is an inline definition"
            yield Problem(ID, text, place, "delete one of them", SEVERITY)
        if isinstance(inline, list) and _size(inline) > _MOST:
            place = skill.where.at(_INLINE, of_key=True)
            text = "an inline definition has at most 10 KB"
            yield Problem(ID, text, place, f"put it into a file, for `{_URI}`", SEVERITY)


def _size(definition: list[Any]) -> int:
    """In bytes, as short as JSON can be."""
    text = json.dumps(definition, ensure_ascii=False, separators=(",", ":"), default=str)
    return len(text.encode(errors="replace"))
