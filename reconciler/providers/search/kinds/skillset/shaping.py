"""Skills that shape what others found."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from reconciler.providers.search.kinds.skillset.skill import Skill


class ShaperSkill(Skill):
    """Inputs gathered in one object, called `output`.

    https://learn.microsoft.com/azure/search/cognitive-search-skill-shaper
    """

    odata_type: Literal["#Microsoft.Skills.Util.ShaperSkill"] = Field(alias="@odata.type")


class ConditionalSkill(Skill):
    """`whenTrue` or `whenFalse`, by `condition`.

    https://learn.microsoft.com/azure/search/cognitive-search-skill-conditional
    """

    odata_type: Literal["#Microsoft.Skills.Util.ConditionalSkill"] = Field(alias="@odata.type")
