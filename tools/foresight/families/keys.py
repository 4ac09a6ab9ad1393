"""Keys: of documents, of chunks, of their parents, and the functions that make them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tools.foresight.mutator import REMOVED, SAME, Mutant, Row, Verdict, also, gone, mutator, rows
from tools.foresight.stack import Spot, Stack, appended, named, removed, replaced, spots, value
from tools.foresight.words import mistyped, recased

FAMILY = "keys"
REFUSED, RUN, NULL, HARMLESS = Verdict.REFUSED, Verdict.RUN, Verdict.NULL, Verdict.HARMLESS
FIELD = "Index: fields/*"
FUNCTION = "Indexer: fieldMappings/*/mappingFunction"
PARENT = "Skillset: indexProjections/selectors/*/parentKeyFieldName"
MANY = ("jsonArray", "jsonLines", "delimitedText", "markdown")


def _of_key(**properties: Any) -> Any:
    return lambda old, _: {**old, **properties} if old.get("key") else SAME


def _second_key(old: Any, _around: Any) -> Any:
    plain = old["type"] == "Edm.String" and not old.get("key")
    return {**old, "key": True} if plain else SAME


def _encoding(name: str) -> Any:
    return lambda old, _: {"name": name} if old["name"] == "base64Encode" else SAME


def _function(old: Any, mapping: Any) -> Any:
    plain = "mappingFunction" not in mapping
    return {**old, "mappingFunction": {"name": "jsonArrayToStringCollection"}} if plain else SAME


def _token(old: Any, mapping: Any) -> Any:
    return {**old, "mappingFunction": {"name": "extractTokenAtPosition"}}


def _unencoded(old: Any, mapping: Any) -> Any:
    """A path as the key needs encoding."""
    path = mapping["sourceFieldName"].startswith("metadata_storage_path")
    return gone(old, mapping) if path and old["name"] == "base64Encode" else SAME


rows(
    FAMILY,
    (
        Row(
            "no-key",
            REFUSED,
            "P127",
            "Index: fields/*/key",
            lambda old, _: REMOVED if old else SAME,
        ),
        Row("two-keys", REFUSED, "P127", FIELD, _second_key),
        Row("key-is-a-number", REFUSED, "SKILLS 3.5, swagger", FIELD, _of_key(type="Edm.Int32")),
        Row("key-not-retrievable", REFUSED, "FACTS c", FIELD, _of_key(retrievable=False)),
        Row("key-not-encoded", RUN, "P77", FUNCTION, _unencoded),
        Row("key-decoded", RUN, "SKILLS 3.3", FUNCTION, _encoding("base64Decode")),
        Row("function-typo", REFUSED, "SKILLS 3.3", f"{FUNCTION}/name", mistyped),
        Row("function-of-other-case", REFUSED, "SKILLS 3.3", f"{FUNCTION}/name", recased),
        Row("function-on-plain-text", RUN, "P87", "Indexer: fieldMappings/*", _function),
        Row("function-without-parameters", REFUSED, "P87", "Indexer: fieldMappings/*", _token),
        Row("parent-key-missing-in-index", RUN, "P90", PARENT, mistyped),
        Row("parent-key-left-out", REFUSED, "FACTS h: required", PARENT, gone),
        Row("key-facetable-or-not", HARMLESS, "FACTS c", FIELD, _of_key(facetable=False)),
    ),
)


def _selected(stack: Stack) -> Iterator[tuple[Spot, dict[str, Any], Spot, Spot | None]]:
    """Each selector of projections with its target's key field and parent key field."""
    for selector in spots(stack, "Skillset", "indexProjections/selectors/*"):
        body = value(stack, selector)
        index = named(stack, "Index", body["targetIndexName"])
        if index is None:
            continue
        fields = value(stack, index.at("fields"))
        keys = [n for n, field in enumerate(fields) if field.get("key")]
        parents = [n for n, f in enumerate(fields) if f["name"] == body["parentKeyFieldName"]]
        parent = index.at("fields", parents[0]) if parents else None
        for number in keys:
            yield selector, body, index.at("fields", number), parent


@mutator(FAMILY, REFUSED, "P89 [?]: when it shows", emulated=False)
def chunk_key_without_keyword_analyzer(stack: Stack) -> Iterator[Mutant]:
    for selector, _, key, _ in _selected(stack):
        spot = key.at("analyzer")
        yield Mutant(removed(stack, spot), "no keyword analyzer", spot, (selector, key))
        made = replaced(stack, spot, "en.lucene")
        yield Mutant(made, "an analyzer that cuts keys", spot, (selector,))


@mutator(FAMILY, REFUSED, "P89 [?]: when it shows", emulated=False)
def chunk_key_not_searchable(stack: Stack) -> Iterator[Mutant]:
    for selector, _, key, _ in _selected(stack):
        plain = removed(stack, key.at("analyzer"))
        spot = key.at("searchable")
        yield Mutant(replaced(plain, spot, False), "the key is not searched", spot, (selector,))


@mutator(FAMILY, REFUSED, "P90 [?]: when it shows; FACTS h", emulated=False)
def parent_key_not_filterable(stack: Stack) -> Iterator[Mutant]:
    for selector, _, _, parent in _selected(stack):
        if parent is not None:
            spot = parent.at("filterable")
            made = replaced(stack, spot, False)
            yield Mutant(made, "the parent key has no filter", spot, (selector,))


@mutator(FAMILY, REFUSED, "P90, FACTS h")
def parent_key_not_a_string(stack: Stack) -> Iterator[Mutant]:
    for selector, body, _, parent in _selected(stack):
        if parent is not None:
            field = {"name": body["parentKeyFieldName"], "type": "Edm.Int32"}
            spot = parent.at("type")
            yield Mutant(replaced(stack, parent, field), "Edm.Int32", spot, (selector,))


@mutator(FAMILY, REFUSED, "P90")
def parent_key_is_the_key(stack: Stack) -> Iterator[Mutant]:
    for selector, _, key, _ in _selected(stack):
        spot = selector.at("parentKeyFieldName")
        made = replaced(stack, spot, value(stack, key.at("name")))
        yield Mutant(made, "the parent key is the key", spot, (key,))


@mutator(FAMILY, NULL, "P91: change tracking breaks", emulated=False)
def parent_key_mapped(stack: Stack) -> Iterator[Mutant]:
    for selector, body, _, _ in _selected(stack):
        mapping = {"name": body["parentKeyFieldName"], "source": "/document/metadata_storage_path"}
        made = appended(stack, selector.at("mappings"), mapping)
        yield Mutant(
            made, "the parent key is mapped", selector.at("mappings", len(body["mappings"]))
        )


@mutator(FAMILY, RUN, "P91, SKILLS 3.5 [?]")
def chunk_key_mapped(stack: Stack) -> Iterator[Mutant]:
    for selector, body, key, _ in _selected(stack):
        mapping = {
            "name": value(stack, key.at("name")),
            "source": "/document/metadata_storage_path",
        }
        made = appended(stack, selector.at("mappings"), mapping)
        yield Mutant(made, "the key is mapped", selector.at("mappings", len(body["mappings"])))


def _configured(stack: Stack, indexer: Spot, name: str, default: str) -> Any:
    return value(stack, indexer.at("parameters", "configuration", name)) or default


@mutator(FAMILY, NULL, "P83")
def many_documents_with_one_key(stack: Stack) -> Iterator[Mutant]:
    """Each line has the file's path for its key: the last one is left."""
    for spot in spots(stack, "Indexer", "fieldMappings/*/sourceFieldName"):
        mode = _configured(stack, Spot(spot.document), "parsingMode", "default")
        if value(stack, spot) == "AzureSearch_DocumentKey" and mode in MANY:
            made = replaced(stack, spot, "metadata_storage_path")
            yield Mutant(made, "the key is the file's path", spot)


@mutator(FAMILY, HARMLESS, "SKILLS 2.1: the key's default mapping")
def key_mapping_left_to_the_default(stack: Stack) -> Iterator[Mutant]:
    for spot in spots(stack, "Indexer", "fieldMappings/*"):
        mapping = value(stack, spot)
        encoded = (mapping.get("mappingFunction") or {}).get("name") == "base64Encode"
        mode = _configured(stack, Spot(spot.document), "parsingMode", "default")
        natural = "AzureSearch_DocumentKey" if mode in MANY else "metadata_storage_path"
        if encoded and mapping["sourceFieldName"] == natural:
            yield Mutant(removed(stack, spot), "no mapping of the key", spot.parent)


rows(
    FAMILY,
    (
        Row(
            "key-is-the-file-name",
            NULL,
            "P81: files of one name in two folders",
            "Indexer: fieldMappings/*",
            lambda old, _: (
                {**old, "sourceFieldName": "metadata_storage_name"}
                if old["sourceFieldName"] == "metadata_storage_path" and "mappingFunction" in old
                else SAME
            ),
            emulated=False,
        ),
        Row("description-added", HARMLESS, "FACTS c", "Indexer: ", also(description="A note.")),
    ),
)
