"""A skill is to write an output that it does not have, or does not make as it is declared.

The service refuses a skillset with an output that the skill does not have. Other outputs are there
only where something asks for them: a feature of Image Analysis, a format or extraction option of
Document Layout, a category of Entity Recognition, a masking mode. It makes nothing else, and says
nothing of it: what reads the output is null in every document, so this is a warning. With
`allowUnknownProperties` in the project nothing is said of outputs that are not known.

What to do: correct the name, or write the setting that makes the output.

Sources: https://learn.microsoft.com/azure/search/cognitive-search-predefined-skills,
https://learn.microsoft.com/azure/search/cognitive-search-skill-image-analysis

Fails::

    apiVersion: azure-ai-search
    kind: Skillset
    metadata: {name: photos}
    spec:
      skills:
        - "@odata.type": "#Microsoft.Skills.Vision.ImageAnalysisSkill"
          context: /document/normalized_images/*
          visualFeatures: [categories]
          details: [landmarks]
          inputs: [{name: image, source: /document/normalized_images/*}]
          outputs: [{name: landmarks}]

Passes::

    apiVersion: azure-ai-search
    kind: Skillset
    metadata: {name: photos}
    spec:
      skills:
        - "@odata.type": "#Microsoft.Skills.Vision.ImageAnalysisSkill"
          context: /document/normalized_images/*
          visualFeatures: [categories, tags]
          details: [landmarks]
          inputs: [{name: image, source: /document/normalized_images/*}]
          outputs: [{name: categories}, {name: tags, targetName: imageTags}]
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from reconciler.lint.skills import DeclaredSkill, called, skills
from reconciler.lint.stack import Stack
from reconciler.model.problem import Problem, Severity, respelled, suggestion
from reconciler.providers.search.kinds.skillset.contract import Writes

ID = "skill-output"
SEVERITY = Severity.ERROR


def check(stack: Stack) -> Iterator[Problem]:
    for skill in skills(stack):
        writes = skill.contract.writes
        if writes is not None:
            yield from _unmade(skill, writes)
            yield from _unknown(skill, writes) if not stack.allow_unknown else ()


def _unmade(skill: DeclaredSkill, writes: Mapping[str, Writes]) -> Iterator[Problem]:
    for name, where in called(skill, "outputs"):
        if name in writes and writes[name].of(skill.body, {}) is None:
            text = f"as it is declared, the skill makes no `{name}`"
            fix = f"needed: {writes[name].needs}"
            yield Problem(ID, text, where, fix, Severity.WARNING)


def _unknown(skill: DeclaredSkill, writes: Mapping[str, Writes]) -> Iterator[Problem]:
    for name, where in called(skill, "outputs"):
        if name not in writes:
            fix = suggestion(name, writes, f"it has {', '.join(writes)}")
            meant = respelled(where, name, writes) if _is_renamed(skill, name) else None
            yield Problem(ID, f"the skill has no output `{name}`", where, fix, correction=meant)


def _is_renamed(skill: DeclaredSkill, output: str) -> bool:
    """Whether an output has a target name: what reads it does not go by its own."""
    return skill.outputs[output][1].path[-1] == "targetName"
