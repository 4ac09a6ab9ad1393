"""An index's fields as documents and queries look at them: by path, with their types."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from reconciler.emulator.index.fields import STRINGS, is_vector

Body = dict[str, Any]

COMPLEX = "Edm.ComplexType"
BYTES_OF_A_NUMBER = {"Edm.Half": 2, "Edm.Int16": 2, "Edm.SByte": 1, "Edm.Byte": 1}


@dataclass(frozen=True)
class Field:
    """One field. `item_type` is the type of a collection's elements, else the type itself."""

    path: str
    definition: Body
    children: Mapping[str, Field] = field(default_factory=dict)

    @cached_property
    def name(self) -> str:
        return str(self.definition["name"])

    @cached_property
    def type(self) -> str:
        return str(self.definition["type"])

    @cached_property
    def many(self) -> bool:
        return self.type.startswith("Collection(")

    @cached_property
    def item_type(self) -> str:
        return self.type.removeprefix("Collection(").removesuffix(")")

    @cached_property
    def complex(self) -> bool:
        return self.item_type == COMPLEX

    @cached_property
    def vector(self) -> bool:
        return is_vector(self.definition)

    @property
    def vector_length(self) -> int:
        """How many numbers a vector has; packed bits are counted by the byte."""
        dimensions = int(self.definition["dimensions"])
        return -(-dimensions // 8) if self.item_type == "Edm.Byte" else dimensions

    @property
    def text(self) -> bool:
        """Whether full-text search looks into it."""
        return self.type in STRINGS and self.may("searchable")

    @property
    def empty(self) -> Any:
        """What a document has when nothing was given (rule document-stored)."""
        return [] if self.many else None

    def may(self, attribute: str) -> bool:
        """Complex fields have no attributes: their children decide."""
        return self.complex or bool(self.definition.get(attribute))

    def walk(self) -> Iterator[Field]:
        yield self
        for child in self.children.values():
            yield from child.walk()


class Schema:
    """The fields of one index definition, in its order."""

    def __init__(self, index: Body) -> None:
        self.index = index
        self.fields = _fields(index["fields"], "")
        self.by_path = {field.path: field for top in self.fields.values() for field in top.walk()}
        self.key = next(field.name for field in self.fields.values() if field.may("key"))
        self.vectors = {name: field for name, field in self.fields.items() if field.vector}
        self.texts = [field for field in self.by_path.values() if field.text]

    @property
    def vector_bytes(self) -> int:
        """How many bytes the vectors of one document take in the service's index."""
        return sum(
            field.vector_length * BYTES_OF_A_NUMBER.get(field.item_type, 4)
            for field in self.vectors.values()
        )


def _fields(definitions: list[Body], prefix: str) -> dict[str, Field]:
    found = {}
    for definition in definitions:
        path = prefix + definition["name"]
        children = _fields(definition.get("fields") or [], f"{path}/")
        found[definition["name"]] = Field(path, definition, children)
    return found
