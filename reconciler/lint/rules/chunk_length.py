"""Chunks cannot be cut to the lengths that are given.

Text Split cuts pages of 300 characters or more; of tokens no least number is documented. Chunks
that overlap by half of their length or more repeat everything, and by their whole length they
never end: the documentation asks for less than half where Document Layout and Content Understanding
cut, and what the service makes of more was never seen, so this is a warning.

What to do: make the chunks longer, or the overlap shorter.

Sources: https://learn.microsoft.com/azure/search/cognitive-search-skill-textsplit,
https://learn.microsoft.com/azure/search/cognitive-search-skill-document-intelligence-layout

Fails::

    apiVersion: azure-ai-search
    kind: Skillset
    metadata: {name: docs}
    spec:
      skills:
        - "@odata.type": "#Microsoft.Skills.Text.SplitSkill"
          maximumPageLength: 200
          inputs: [{name: text, source: /document/content}]
          outputs: [{name: textItems, targetName: pages}]

Passes::

    apiVersion: azure-ai-search
    kind: Skillset
    metadata: {name: docs}
    spec:
      skills:
        - "@odata.type": "#Microsoft.Skills.Text.SplitSkill"
          maximumPageLength: 2000
          pageOverlapLength: 500
          inputs: [{name: text, source: /document/content}]
          outputs: [{name: textItems, targetName: pages}]
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reconciler.lint.bodies import each, number
from reconciler.lint.skills import DeclaredSkill, skills
from reconciler.lint.stack import Stack
from reconciler.model.problem import Problem, Severity, Where

ID = "chunk-length"
SEVERITY = Severity.ERROR

_SHORTEST = 300
_OF_CHUNKING = ("chunkingProperties", "maximumLength", "overlapLength")
_LENGTHS = {
    "Text.SplitSkill": ("", "maximumPageLength", "pageOverlapLength"),
    "Util.DocumentIntelligenceLayoutSkill": _OF_CHUNKING,
    "Util.ContentUnderstandingSkill": _OF_CHUNKING,
}
"""What holds the lengths, and what the length and the overlap are called."""


def check(stack: Stack) -> Iterator[Problem]:
    for skill in skills(stack):
        if skill.type == "Text.SplitSkill":
            yield from _too_short(skill)
        if skill.type in _LENGTHS:
            holder, length, overlap = _LENGTHS[skill.type]
            path = (holder,) if holder else ()
            for body, where in each(skill.body, skill.where, *path):
                if isinstance(body, dict):
                    yield from _overlap(body, where, length, overlap)


def _too_short(skill: DeclaredSkill) -> Iterator[Problem]:
    """Less than one is told with the property's own limits."""
    length = number(skill.body, "maximumPageLength")
    in_characters = skill.body.get("unit") in (None, "characters")
    if in_characters and length is not None and 0 < length < _SHORTEST:
        place = skill.where.at("maximumPageLength")
        text = f"a page has at least {_SHORTEST} characters"
        yield Problem(ID, text, place, f"write {_SHORTEST} or more")


def _overlap(body: dict[str, Any], where: Where, length: str, overlap: str) -> Iterator[Problem]:
    whole, repeated = number(body, length), number(body, overlap)
    if whole is not None and repeated is not None and 0 < whole <= repeated * 2:
        text = f"each chunk repeats {repeated} of {whole} of the one before"
        fix = f"write less than half of `{length}`"
        yield Problem(ID, text, where.at(overlap), fix, Severity.WARNING)
