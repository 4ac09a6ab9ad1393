"""Lengths of vectors: the skill's, the field's, the vectorizer's, what a model can give."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tools.foresight.mutator import (
    REMOVED,
    SAME,
    Mutant,
    Row,
    Verdict,
    also,
    gone,
    mutator,
    only,
    rows,
    set_to,
)
from tools.foresight.stack import Spot, Stack, replaced, spots, value

FAMILY = "dimensions"
REFUSED, RUN, QUERY, HARMLESS = Verdict.REFUSED, Verdict.RUN, Verdict.QUERY, Verdict.HARMLESS
MAXIMUM = {
    "text-embedding-ada-002": 1536,
    "text-embedding-3-small": 1536,
    "text-embedding-3-large": 3072,
}
EMBED = "AzureOpenAIEmbeddingSkill"
SKILL, LENGTH = "Skillset: skills/*", "Skillset: skills/*/dimensions"
FIELD = "Index: fields/*/dimensions"


def _default(old: Any, skill: Any) -> Any:
    """Left out, where the model's default is another length."""
    return REMOVED if MAXIMUM.get(skill.get("modelName"), old) != old else SAME


def _written_out(skill: Any, _around: Any) -> Any:
    if not skill["@odata.type"].endswith(EMBED) or "dimensions" in skill:
        return SAME
    return {**skill, "dimensions": MAXIMUM[skill["modelName"]]}


def _ada(skill: Any, _around: Any) -> Any:
    ada = skill.get("modelName") == "text-embedding-ada-002"
    return {**skill, "dimensions": 1024} if ada else SAME


def _too_long(skill: Any, _around: Any) -> Any:
    short = MAXIMUM.get(skill.get("modelName")) == 1536
    return {**skill, "dimensions": 3072} if short else SAME


OTHER = {
    "text-embedding-3-large": "text-embedding-ada-002",
    "text-embedding-3-small": "text-embedding-3-large",
    "text-embedding-ada-002": "text-embedding-3-large",
}
"""A model of another length by default."""


rows(
    FAMILY,
    (
        Row("skill-dimensions-differ", RUN, "P33", SKILL, only(EMBED, also(dimensions=768))),
        Row("skill-dimensions-left-out", RUN, "P34", LENGTH, _default),
        Row("field-dimensions-left-out", REFUSED, "P121", FIELD, gone),
        Row("field-dimensions-of-one", REFUSED, "FACTS f: 2..4096", FIELD, set_to(1)),
        Row("field-dimensions-too-many", REFUSED, "FACTS f: 2..4096", FIELD, set_to(8192)),
        Row("dimensions-for-ada", RUN, "P35", SKILL, _ada),
        Row("dimensions-beyond-the-model", RUN, "SKILLS 1.3", SKILL, _too_long),
        Row("default-dimensions-written-out", HARMLESS, "SKILLS 1.3", SKILL, _written_out),
    ),
)


@mutator(FAMILY, RUN, "P33")
def field_dimensions_differ(stack: Stack) -> Iterator[Mutant]:
    """The field's length is another than that of the skills that fill it."""
    if any(value(stack, spot).endswith(EMBED) for spot in _types(stack)):
        for spot in spots(stack, "Index", "fields/*/dimensions"):
            for length in (1024, value(stack, spot) - 1):
                if length != value(stack, spot):
                    yield Mutant(replaced(stack, spot, length), f"{length} in the field", spot)


def _types(stack: Stack) -> Iterator[Spot]:
    yield from spots(stack, "Skillset", "skills/*/@odata.type")


@mutator(FAMILY, RUN, "P33, P34")
def skill_model_of_another_length(stack: Stack) -> Iterator[Mutant]:
    for spot in spots(stack, "Skillset", "skills/*/modelName"):
        yield from with_model(stack, spot, OTHER)


@mutator(FAMILY, QUERY, "P36")
def vectorizer_model_of_another_length(stack: Stack) -> Iterator[Mutant]:
    """A model that cannot give the field's length: those of text-embedding-3 give any."""
    for spot in spots(stack, "Index", "vectorSearch/vectorizers/*/azureOpenAIParameters/modelName"):
        lengths = {value(stack, one) for one in spots(stack, "Index", "fields/*/dimensions")}
        if value(stack, spot) == "text-embedding-3-large" and 1536 not in lengths:
            yield from with_model(stack, spot, OTHER)


def with_model(stack: Stack, spot: Spot, others: dict[str, str]) -> Iterator[Mutant]:
    """Another model, and its deployment where that is called like the model."""
    old, deployment = value(stack, spot), spot.parent.at("deploymentId")
    if old in others:
        made = replaced(stack, spot, others[old])
        if value(stack, deployment) == old:
            made = replaced(made, deployment, others[old])
        yield Mutant(made, f"{old} is {others[old]}", spot, (deployment,))


@mutator(FAMILY, HARMLESS, "SKILLS 1.3")
def another_length_everywhere(stack: Stack) -> Iterator[Mutant]:
    """A shorter vector, in the one skill and the one field."""
    skills = [
        spot
        for spot in spots(stack, "Skillset", "skills/*")
        if value(stack, spot.at("modelName"))
        in ("text-embedding-3-small", "text-embedding-3-large")
    ]
    fields = list(spots(stack, "Index", "fields/*/dimensions"))
    if len(skills) == len(fields) == 1:
        made = replaced(stack, skills[0].at("dimensions"), 1000)
        yield Mutant(replaced(made, fields[0], 1000), "1000 dimensions everywhere", fields[0])
