"""A skillset has billable skills and no account that pays for them.

Without an account twenty documents a day are enriched, and the run stops: an advice, since most of
Microsoft's tutorials live with that. The Content Understanding skill enriches none: an error.

What to do: write `cognitiveServices`, with the endpoint of an AI services resource.

Sources: https://learn.microsoft.com/azure/search/cognitive-search-attach-cognitive-services

Fails::

    apiVersion: azure-ai-search
    kind: Skillset
    metadata: {name: docs}
    spec:
      skills:
        - "@odata.type": "#Microsoft.Skills.Util.ContentUnderstandingSkill"
          inputs: [{name: file_data, source: /document/file_data}]
          outputs: [{name: text_sections, targetName: sections}]

Passes::

    apiVersion: azure-ai-search
    kind: Skillset
    metadata: {name: docs}
    spec:
      skills:
        - "@odata.type": "#Microsoft.Skills.Util.ContentUnderstandingSkill"
          inputs: [{name: file_data, source: /document/file_data}]
          outputs: [{name: text_sections, targetName: sections}]
      cognitiveServices:
        "@odata.type": "#Microsoft.Azure.Search.AIServicesByIdentity"
        subdomainUrl: https://docs.services.ai.azure.com
"""

from __future__ import annotations

from collections.abc import Iterator

from reconciler.lint.bodies import objects_at
from reconciler.lint.stack import Stack
from reconciler.model.problem import Problem, Severity
from reconciler.model.resource import Resource

ID = "unbilled-skills"
SEVERITY = Severity.ERROR

_SKILLS = "#Microsoft.Skills."
_NEVER_FREE = f"{_SKILLS}Util.ContentUnderstandingSkill"
_BILLABLE = frozenset(
    _SKILLS + name
    for name in (
        "Text.CustomEntityLookupSkill",
        "Text.KeyPhraseExtractionSkill",
        "Text.LanguageDetectionSkill",
        "Text.PIIDetectionSkill",
        "Text.TranslationSkill",
        "Text.V3.EntityLinkingSkill",
        "Text.V3.EntityRecognitionSkill",
        "Text.V3.SentimentSkill",
        "Util.DocumentIntelligenceLayoutSkill",
        "Vision.ImageAnalysisSkill",
        "Vision.OcrSkill",
        "Vision.VectorizeSkill",
    )
)
"""SKILLS 1.2."""

_FREE = "#Microsoft.Azure.Search.DefaultCognitiveServices"


def check(stack: Stack) -> Iterator[Problem]:
    for resource in stack.resources:
        if resource.id.kind == "Skillset" and _has_no_account(resource):
            yield from _unbilled(resource)


def _has_no_account(skillset: Resource) -> bool:
    account = skillset.body.get("cognitiveServices")
    return account is None or (isinstance(account, dict) and account.get("@odata.type") == _FREE)


def _unbilled(skillset: Resource) -> Iterator[Problem]:
    """The skills that are never free, and the first of those that are for a while."""
    fix = "write `cognitiveServices`"
    told = False
    for skill, where in objects_at(skillset.body, skillset.where.at("spec"), "skills"):
        of, place = skill.get("@odata.type"), where.at("@odata.type")
        if of == _NEVER_FREE:
            yield Problem(ID, "this skill needs an account that pays for it", place, fix)
        elif isinstance(of, str) and of in _BILLABLE and not told:
            told = True
            text = "without an account, twenty documents a day are enriched"
            yield Problem(ID, text, place, fix, Severity.ADVICE)
