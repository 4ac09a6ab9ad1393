"""Types and cardinality: what a path gives, against the field or the input that takes it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tools.foresight.mutator import SAME, Mutant, Row, Verdict, mutator, rows
from tools.foresight.stack import Spot, Stack, named, replaced, spots, value
from tools.foresight.words import is_path

FAMILY = "types"
REFUSED, RUN, HARMLESS = Verdict.REFUSED, Verdict.RUN, Verdict.HARMLESS
PROJECTED = "Skillset: indexProjections/selectors/*/mappings/*"
SOURCE = "Skillset: skills/*/inputs/*"
SENT = "Indexer: outputFieldMappings/*/sourceFieldName"
STRINGS = "Collection(Edm.String)"


def _of_text(name: str) -> Any:
    """An input `text` gets something else."""
    return lambda old, _: {**old, "source": name} if old["name"] == "text" else SAME


def _shorter(old: Any, _around: Any) -> Any:
    """A path that stops before its last name: the object rather than its part."""
    before, _, last = old.rpartition("/")
    deep = is_path(before) and last not in ("*", "#") and before.count("/") > 1
    return before if deep else SAME


def _without_leaf(old: Any, _around: Any) -> Any:
    shorter = _shorter(old.get("source", ""), old)
    return SAME if shorter is SAME else {**old, "source": shorter}


def _vector_of(element: str) -> Any:
    def changed(old: Any, _around: Any) -> Any:
        return element if old == "Collection(Edm.Single)" else SAME

    return changed


rows(
    FAMILY,
    (
        Row("number-into-text-input", RUN, "SKILLS 3.1", SOURCE, _of_text("/document/metadata_storage_size")),
        Row("object-for-its-part-in-output-mapping", RUN, "P61", SENT, _shorter),
        Row("text-for-vector-in-projection", RUN, "P95", PROJECTED, _without_leaf),
        Row("vector-of-doubles", REFUSED, "FACTS c: a vector's types", "Index: fields/*/type", _vector_of("Collection(Edm.Double)")),
        Row("vector-as-number", REFUSED, "FACTS c: a vector's types", "Index: fields/*/type", _vector_of("Edm.Single")),
        Row("vector-as-text", REFUSED, "P132", "Index: fields/*/type", _vector_of("Edm.String")),
    ),
)  # fmt: skip


def _fed(stack: Stack, wanted: str) -> Iterator[tuple[Spot, Spot, str]]:
    """Fields of a type that are mapped: the field, the mapping, and what is mapped."""
    for mapping in (
        *spots(stack, "Indexer", "outputFieldMappings/*"),
        *spots(stack, "Indexer", "fieldMappings/*"),
        *spots(stack, "Skillset", "indexProjections/selectors/*/mappings/*"),
    ):
        body = value(stack, mapping)
        if mapping.path[0] == "indexProjections":
            target = value(stack, Spot(mapping.document, (*mapping.path[:3], "targetIndexName")))
            name, source = body["name"], body.get("source", "")
        else:
            target = value(stack, Spot(mapping.document, ("targetIndexName",)))
            source = body["sourceFieldName"]
            name = body.get("targetFieldName", source)
        index = named(stack, "Index", target)
        for field in _fields(stack, index):
            found = value(stack, field)
            if found["name"] == name and found["type"] == wanted and not found.get("key"):
                yield field, mapping, source


def _fields(stack: Stack, index: Spot | None) -> Iterator[Spot]:
    if index is not None:
        for number, _ in enumerate(value(stack, index.at("fields"))):
            yield index.at("fields", number)


def _bare(stack: Stack, field: Spot, kind: str) -> Stack:
    """The field with another type, without what only strings have."""
    body = {"name": value(stack, field)["name"], "type": kind}
    return replaced(stack, field, body)


@mutator(FAMILY, RUN, "P74")
def many_values_into_one(stack: Stack) -> Iterator[Mutant]:
    for field, mapping, source in _fed(stack, STRINGS):
        if not value(stack, mapping).get("mappingFunction"):
            made = replaced(stack, field.at("type"), "Edm.String")
            yield Mutant(made, f"{source} into Edm.String", field.at("type"), (mapping,))


@mutator(FAMILY, RUN, "SKILLS 3.4: never coerced")
def one_value_into_many(stack: Stack) -> Iterator[Mutant]:
    for field, mapping, source in _fed(stack, "Edm.String"):
        if not _used_inside(stack, field):
            made = _bare(stack, field, STRINGS)
            yield Mutant(made, f"{source} into {STRINGS}", field.at("type"), (mapping,))


@mutator(FAMILY, RUN, "SKILLS 3.4")
def text_into_number(stack: Stack) -> Iterator[Mutant]:
    for kind in ("Edm.Int32", "Edm.DateTimeOffset", "Edm.Boolean"):
        for field, mapping, source in _fed(stack, "Edm.String"):
            if not _used_inside(stack, field):
                made = _bare(stack, field, kind)
                yield Mutant(made, f"{source} into {kind}", field.at("type"), (mapping,))
                break


@mutator(FAMILY, RUN, "SKILLS 3.4")
def value_into_object(stack: Stack) -> Iterator[Mutant]:
    for field, mapping, source in _fed(stack, "Edm.String"):
        if not _used_inside(stack, field):
            made = _bare(stack, field, "Edm.ComplexType")
            made = replaced(made, field.at("fields"), [{"name": "text", "type": "Edm.String"}])
            yield Mutant(made, f"{source} into an object", field.at("type"), (mapping,))


@mutator(FAMILY, HARMLESS, "SKILLS 3.3 (!): both are in use", emulated=False)
def vector_with_star(stack: Stack) -> Iterator[Mutant]:
    """A vector is mapped with `/*` at its end: the field is a collection."""
    for _, mapping, source in _fed(stack, "Collection(Edm.Single)"):
        if mapping.path[0] == "outputFieldMappings":
            spot = mapping.at("sourceFieldName")
            yield Mutant(replaced(stack, spot, f"{source}/*"), f"{source}/*", spot)


@mutator(FAMILY, HARMLESS, "SKILLS 3.4: an integer fits both")
def integer_into_wider(stack: Stack) -> Iterator[Mutant]:
    for field, mapping, _ in _fed(stack, "Edm.Int32"):
        yield Mutant(_bare(stack, field, "Edm.Int64"), "Edm.Int64", field.at("type"), (mapping,))


def _used_inside(stack: Stack, field: Spot) -> bool:
    """Whether the index itself names the field: then its type breaks that first."""
    index = dict(stack[field.document]["spec"])
    del index["fields"]
    return f"'{value(stack, field)['name']}'" in str(index)
