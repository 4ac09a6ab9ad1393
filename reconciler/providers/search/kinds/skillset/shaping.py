"""Skills that shape what others found."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from reconciler.model.json import JsonObject
from reconciler.providers.search.kinds.skillset.contract import (
    Contract,
    Given,
    Reads,
    Writes,
)
from reconciler.providers.search.kinds.skillset.skill import Skill
from reconciler.providers.search.kinds.skillset.types import ANY, NULL, Object, Type


def _shaped(_: JsonObject, given: Given) -> Type:
    return Object(dict(given))


class ShaperSkill(Skill):
    """Inputs gathered in one object, called `output`.

    https://learn.microsoft.com/azure/search/cognitive-search-skill-shaper
    """

    contract: ClassVar = Contract(writes={"output": Writes(_shaped)})

    odata_type: Literal["#Microsoft.Skills.Util.ShaperSkill"] = Field(alias="@odata.type")


def _chosen(_: JsonObject, given: Given) -> Type:
    """The type of both branches; where they differ nobody knows which it will be."""
    branches = [given.get(name, ANY) for name in ("whenTrue", "whenFalse")]
    first, *others = [branch for branch in branches if branch != NULL] or [NULL]
    return first if all(other == first for other in others) else ANY


class ConditionalSkill(Skill):
    """`whenTrue` or `whenFalse`, by `condition`.

    https://learn.microsoft.com/azure/search/cognitive-search-skill-conditional
    """

    contract: ClassVar = Contract(
        reads={"condition": Reads(ANY), "whenTrue": Reads(ANY), "whenFalse": Reads(ANY)},
        writes={"output": Writes(_chosen)},
    )

    odata_type: Literal["#Microsoft.Skills.Util.ConditionalSkill"] = Field(alias="@odata.type")
