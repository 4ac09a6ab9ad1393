"""What a skill reads and writes, beside its declaration: the names, types and conditions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple, TypeAlias

from reconciler.model.json import JsonObject
from reconciler.providers.search.kinds.skillset.types import Type

Given: TypeAlias = Mapping[str, Type]
"""The inputs of one skill, by name, with what stands at their sources."""


class Reads(NamedTuple):
    """An input. Without a required one the skill does not run for that node."""

    type: Type
    required: bool = True


class Writes(NamedTuple):
    """An output: its type, or a function of the skill and its inputs that tells it.

    The function returns None where the skill, as it is declared, does not make the output; `needs`
    says what it would have to declare.
    """

    type: Type | Callable[[JsonObject, Given], Type | None]
    needs: str = ""

    def of(self, skill: JsonObject, given: Given) -> Type | None:
        """The type that this skill writes; None: it writes nothing there."""
        return self.type(skill, given) if callable(self.type) else self.type


class Contract(NamedTuple):
    """All inputs and outputs of a skill.

    Args:
        reads: by name; None: any names (a Web API takes what it is sent).
        writes: by name; None: any names.
        free: the documents a day that it enriches without an account to bill; None: it bills none.
        longest: the text that it reads is cut after so many characters.
    """

    reads: Mapping[str, Reads] | None = None
    writes: Mapping[str, Writes] | None = None
    free: int | None = None
    longest: int | None = None


ANYTHING = Contract()
FREE = 20
"""What a skill enriches for nothing, of each indexer and day.

https://learn.microsoft.com/azure/search/cognitive-search-attach-cognitive-services
"""
