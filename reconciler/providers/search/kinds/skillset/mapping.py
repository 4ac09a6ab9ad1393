"""What goes into a skill or projection, and what comes out: names and paths of the document."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from reconciler.schema.body import Body
from reconciler.schema.marks import KeyedBy, ServerDefault


class Input(Body):
    """A name, and either a path (or expression), or a context with inputs of its own.

    The service checks no path: a wrong one is a warning for every document, or an empty field.
    https://learn.microsoft.com/azure/search/cognitive-search-skill-annotation-language
    """

    name: str
    source: str | None = None
    sourceContext: str | None = None
    inputs: Annotated[list[Input] | None, KeyedBy("name")] = None


Inputs = Annotated[list[Input], KeyedBy("name")]


def _own_name(output: Mapping[str, Any]) -> Any:
    return output.get("name")


class Output(Body):
    """An output of the skill, and what it is called in the document."""

    name: str
    targetName: Annotated[str | None, ServerDefault(_own_name)] = None


Outputs = Annotated[list[Output], KeyedBy("name")]
