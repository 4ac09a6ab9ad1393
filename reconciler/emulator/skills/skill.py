"""What one kind of skill is: its inputs, and how it runs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from reconciler.emulator.models.models import Models

Body = dict[str, Any]

NO_SKILL = "Could not execute skill"
UNEXPECTED = "Skill executed but may have unexpected results"


class NotEmulated(Exception):
    """A skill, or a way of using it, that the emulator does not run; names it."""


class Takes(Enum):
    """The type an input must have; the value is how a warning names it."""

    STRING = "String"
    STRINGS = "String[]"
    INTEGERS = "Int32[]"
    BOOLEAN = "Boolean"
    FILE = "File"
    ANY = "Object"

    def fits(self, value: Any) -> bool:
        match self:
            case Takes.STRING:
                return isinstance(value, str)
            case Takes.STRINGS:
                return isinstance(value, list) and all(isinstance(one, str) for one in value)
            case Takes.INTEGERS:
                return isinstance(value, list)
            case Takes.BOOLEAN:
                return isinstance(value, bool)
            case Takes.FILE:
                return isinstance(value, dict) and value.get("$type") == "file"
            case Takes.ANY:
                return True


@dataclass(frozen=True)
class Input:
    """A documented input. `nullable`: null counts as a value."""

    takes: Takes
    required: bool = True
    nullable: bool = False


@dataclass
class Done:
    """What a skill gives for one record. Pairs are (message, details)."""

    outputs: Body = field(default_factory=dict)
    errors: list[tuple[str, str]] = field(default_factory=list)
    warnings: list[tuple[str, str]] = field(default_factory=list)

    @classmethod
    def failed(cls, details: str, message: str = NO_SKILL) -> Done:
        return cls(errors=[(message, details)])

    @classmethod
    def skipped(cls, details: str) -> Done:
        return cls(warnings=[(NO_SKILL, details)])


@dataclass(frozen=True)
class Call:
    """One skill of a skillset, with all that it may need besides its records."""

    skill: Body
    skillset: Body
    models: Models


Run = Callable[[Call, Sequence[Body]], list[Done]]


@dataclass(frozen=True)
class Skill:
    """`run` takes one record, by input name, for each place of the context.

    Inputs that are not listed are optional and of any type (Web API, AML, Shaper).
    """

    run: Run
    inputs: Mapping[str, Input] = field(default_factory=dict)
    refuses: Callable[[Body], str] = lambda _: ""


def each(one: Callable[[Body, Body], Done]) -> Run:
    """A skill that treats every record by itself: called with the skill and the record."""
    return lambda call, records: [one(call.skill, record) for record in records]
