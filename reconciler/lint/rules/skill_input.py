"""A skill does not get the inputs that it reads.

The service takes such a skillset. In the run, a skill without a required input is skipped, with a
warning for every document, and what it would have written is null. An input that the skill does
not know is not read; case counts. Azure AI Vision's vectors are of one of `text`, `image` and
`url`. With `allowUnknownProperties` in the project nothing is said of inputs that are not known.

What to do: give the skill the input under the name that its page says.

Sources: https://learn.microsoft.com/azure/search/cognitive-search-common-errors-warnings,
https://learn.microsoft.com/azure/search/cognitive-search-skill-vision-vectorize, and recordings of
the service.

Fails::

    apiVersion: azure-ai-search
    kind: Skillset
    metadata: {name: scans}
    spec:
      skills:
        - "@odata.type": "#Microsoft.Skills.Text.MergeSkill"
          inputs:
            - {name: text, source: /document/content}
            - {name: offsets, source: /document/normalized_images/*/contentOffset}
          outputs: [{name: mergedText}]

Passes::

    apiVersion: azure-ai-search
    kind: Skillset
    metadata: {name: scans}
    spec:
      skills:
        - "@odata.type": "#Microsoft.Skills.Text.MergeSkill"
          inputs:
            - {name: text, source: /document/content}
            - {name: itemsToInsert, source: /document/normalized_images/*/text}
            - {name: offsets, source: /document/normalized_images/*/contentOffset}
          outputs: [{name: mergedText}]
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from reconciler.lint.skills import DeclaredSkill, called, skills
from reconciler.lint.stack import Stack
from reconciler.model.problem import Problem, Severity, respelled, suggestion
from reconciler.providers.search.kinds.skillset.contract import Reads

ID = "skill-input"
SEVERITY = Severity.WARNING

_ONE_OF = {"Vision.VectorizeSkill": ("text", "image", "url")}
"""Skills that read exactly one of some inputs."""


def check(stack: Stack) -> Iterator[Problem]:
    for skill in skills(stack):
        reads = skill.contract.reads
        if reads is not None:
            yield from _unknown(skill, reads) if not stack.allow_unknown else ()
            yield from _missing(skill, reads)


def _unknown(skill: DeclaredSkill, reads: Mapping[str, Reads]) -> Iterator[Problem]:
    given = dict(called(skill, "inputs"))
    for name, where in called(skill, "inputs"):
        if name not in reads:
            fix = suggestion(name, reads, f"it reads {', '.join(reads)}")
            text, meant = f"the skill reads no input `{name}`", respelled(where, name, reads)
            meant = None if meant is not None and meant.new in given else meant
            yield Problem(ID, text, where, fix, SEVERITY, correction=meant)


def _missing(skill: DeclaredSkill, reads: Mapping[str, Reads]) -> Iterator[Problem]:
    """Nothing where a name cannot be told: it may be the one."""
    listed = skill.body.get("inputs")
    given = {name for name, _ in called(skill, "inputs")}
    if not isinstance(listed, list) or len(given) != len(listed):
        return
    where = skill.where.at("inputs", of_key=True)
    for name, read in reads.items():
        if read.required and name not in given:
            text = f"the skill gets no `{name}`, and is skipped without it"
            yield Problem(ID, text, where, "add the input, with its source", SEVERITY)
    one_of = _ONE_OF.get(skill.type, ())
    if one_of and len(given.intersection(one_of)) != 1:
        text = f"the skill reads exactly one of {', '.join(one_of)}"
        yield Problem(ID, text, where, "use a skill for each", SEVERITY)
