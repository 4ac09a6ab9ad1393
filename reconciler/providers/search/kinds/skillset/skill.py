"""What every skill has."""

from __future__ import annotations

from typing import Annotated, ClassVar

from reconciler.model.effect import Effect
from reconciler.providers.search.kinds.skillset.contract import ANYTHING, Contract
from reconciler.providers.search.kinds.skillset.mapping import Inputs, Outputs
from reconciler.schema.body import Body
from reconciler.schema.marks import Changes, ServerDefault


class Skill(Body):
    """It runs once for every node of the document that its context matches.

    Without a name it is called by its place in the list, `#1`, `#2` (recordings: on GET only, as
    is the default of the context).
    """

    contract: ClassVar[Contract] = ANYTHING

    name: str | None = None
    description: Annotated[str | None, Changes(Effect.IN_PLACE)] = None
    context: Annotated[str | None, ServerDefault("/document")] = None
    inputs: Inputs
    outputs: Outputs
