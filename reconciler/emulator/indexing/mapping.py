"""Field mappings: from a source's values to the fields of an index (SKILLS 3.3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from reconciler.emulator.indexing import functions
from reconciler.emulator.indexing.coercion import fitted, misfit
from reconciler.emulator.indexing.problems import INVALID, ItemFailed

Body = dict[str, Any]

ROW_KEY = "AzureSearch_DocumentKey"
PATH = "metadata_storage_path"


class Fields:
    """The fields of the target index by name, without case; and its key."""

    def __init__(self, index: Body) -> None:
        self.index = index["name"]
        self._by_name = {field["name"].lower(): field for field in index["fields"]}
        self.key: str = next(field["name"] for field in index["fields"] if field.get("key"))

    def named(self, name: str) -> Body | None:
        return self._by_name.get(name.lower())

    def type(self, name: str) -> str:
        return str(self._by_name[name.lower()]["type"])

    def taken(self, name: str, value: Any) -> tuple[str, Any]:
        """The field's own name, and the value as the field takes it. Raises ItemFailed."""
        field = self._by_name.get(name.lower())
        if field is None:
            details = f"The index '{self.index}' has no field '{name}'."
            raise ItemFailed(f"Projection.SearchIndex.MergeOrUpload.{self.index}", INVALID, details)
        return field["name"], fitted(value, field)


def target_of(mapping: Mapping[str, Any]) -> str:
    return str(mapping.get("targetFieldName") or mapping["sourceFieldName"])


def mapped(values: Body, mappings: Sequence[Mapping[str, Any]]) -> Body:
    """What explicit field mappings make of a source's values, by target name.

    A source that is missing or null gives nothing. Raises ItemFailed.
    """
    made: Body = {}
    for mapping in mappings:
        value = found(values, mapping["sourceFieldName"])
        if value is not None:
            made[target_of(mapping)] = applied(mapping, value)
    return made


def found(values: Body, source: str) -> Any:
    """A property by its name without case, or by a JSON pointer."""
    if source.startswith("/"):
        return pointed(values, source)
    if source in values:
        return values[source]
    lowered = source.lower()
    return next((item for name, item in values.items() if name.lower() == lowered), None)


def pointed(value: Any, pointer: str) -> Any:
    """RFC 6901; what is not there is null (SKILLS P84)."""
    for token in pointer.removeprefix("/").split("/"):
        name = token.replace("~1", "/").replace("~0", "~")
        if isinstance(value, list) and name.isdigit() and int(name) < len(value):
            value = value[int(name)]
        elif isinstance(value, dict):
            value = value.get(name)
        else:
            return None
    return value


def applied(mapping: Mapping[str, Any], value: Any) -> Any:
    """The mapping's function, if it has one. Raises ItemFailed."""
    function = mapping.get("mappingFunction")
    if not function:
        return value
    try:
        return functions.call(function, value)
    except (ValueError, KeyError, TypeError) as error:
        name, target = function["name"], target_of(mapping)
        raise ItemFailed(
            f"Projection.SearchIndex.FieldMapping.{target}",
            f"Could not apply mapping function '{name}' to field '{target}'.",
            _reason(error),
        ) from None


def _reason(error: Exception) -> str:
    if isinstance(error, KeyError):
        return f"The parameter {error} is missing."
    return str(error)


def key_of(values: Body, mappings: Sequence[Mapping[str, Any]], key: str, encoded: bool) -> Any:
    """The value of the key field, or None.

    What its mapping gives; else a property of its name; else the row's own key, or the blob's path
    (SKILLS 2.1, 2.2). The last two are encoded for you, the path also when the key field has its
    name; `encoded` (base64EncodeKeys) encodes the others, unless a function made them. Raises
    ItemFailed.
    """
    for mapping in mappings:
        if target_of(mapping).lower() == key.lower():
            value = mapped(values, [mapping]).get(target_of(mapping))
            plain = not mapping.get("mappingFunction")
            return functions.url_token(str(value)) if encoded and plain and value else value
    value = None if key.lower() == PATH else found(values, key)
    if value is None:
        return functions.url_token(values.get(ROW_KEY) or values[PATH])
    return functions.url_token(str(value)) if encoded else value


def implicit(values: Body, mappings: Sequence[Mapping[str, Any]], fields: Fields) -> Body:
    """The properties that have a field of their name and no mapping of their own."""
    sources = {mapping["sourceFieldName"].lower() for mapping in mappings}
    targets = {target_of(mapping).lower() for mapping in mappings} | {fields.key.lower()}
    return {
        name: value
        for name, value in values.items()
        if fields.named(name) and name.lower() not in sources | targets and value is not None
    }


def document_of(values: Body, fields: Fields) -> Body:
    """A document with the index's own names and types; nulls keep the old value (SKILLS 3.3)."""
    pairs = (fields.taken(name, value) for name, value in values.items())
    return {name: value for name, value in pairs if value is not None}


def check_shapes(document: Mapping[str, Any], fields: Fields) -> None:
    """Refuses what is never coerced: an array for a string, a string for an array.

    Raises ItemFailed in the service's words (SKILLS 3.2, P74).
    """
    for name, value in document.items():
        found_type = misfit(value, fields.type(name))
        if found_type:
            raise ItemFailed(
                f"Projection.SearchIndex.MergeOrUpload.{fields.index}",
                INVALID,
                f"The data field '{name}' in the document with key '{document[fields.key]}' has an "
                f"invalid value of type '{found_type}'. The expected type was "
                f"'{fields.type(name)}'.",
            )
