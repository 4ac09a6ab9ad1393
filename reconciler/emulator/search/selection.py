"""`$select`: which fields a reply shows, in the index's order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from reconciler.emulator.refusals import Refusal
from reconciler.emulator.search.holding import Holding
from reconciler.emulator.search.schema import Field, Schema

Body = dict[str, Any]


@dataclass(frozen=True)
class Selection:
    """The chosen fields by name; a complex field with the chosen ones of its own."""

    inner: Mapping[str, Selection]

    def shown(self, holding: Holding, slot: int) -> Body:
        """The document in this slot, as a reply has it."""
        document = holding.document(slot, self.inner)
        return {name: _part(document[name], inner) for name, inner in self.inner.items()}


def of(schema: Schema, select: str | None) -> Selection:
    """Raises Refusal for a field that is not there or not retrievable."""
    names = [name.strip() for name in (select or "*").split(",") if name.strip()]
    if names == ["*"] or not names:
        return _chosen(schema.fields, None)
    for name in names:
        field = schema.by_path.get(name)
        if field is None:
            raise Refusal("unknown-field", field=name, parameter="$select")
        if not field.may("retrievable"):
            raise Refusal("not-retrievable", field=name, parameter="$select")
    return _chosen(schema.fields, set(names))


def _chosen(fields: Mapping[str, Field], paths: set[str] | None) -> Selection:
    """`paths` None: everything that is retrievable."""
    chosen = {}
    for name, field in fields.items():
        if paths is None or field.path in paths:
            if field.may("retrievable"):
                chosen[name] = _chosen(field.children, None)
        elif any(path.startswith(f"{field.path}/") for path in paths):
            chosen[name] = _chosen(field.children, paths)
    return Selection(chosen)


def _part(value: Any, chosen: Selection) -> Any:
    if not chosen.inner:
        return value
    if isinstance(value, list):
        return [_part(item, chosen) for item in value]
    if value is None:
        return None
    return {name: _part(value.get(name), inner) for name, inner in chosen.inner.items()}
