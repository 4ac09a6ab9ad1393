"""From one item's values to documents: field mappings, skills, output mappings, projections."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from reconciler.emulator import skills
from reconciler.emulator.indexing import mapping
from reconciler.emulator.indexing.mapping import Fields
from reconciler.emulator.indexing.parts import Parts
from reconciler.emulator.indexing.problems import INVALID, ItemFailed
from reconciler.emulator.indexing.projections import children
from reconciler.emulator.models.models import Models
from reconciler.emulator.skills import Note, Tree

Body = dict[str, Any]


@dataclass
class Assembled:
    """What an item becomes: a parent or none, and children by selector.

    `notes` are the skills' errors and warnings; `unmapped` the output mappings without a source,
    as (field, path).
    """

    key: str
    parent: Body | None = None
    projected: list[tuple[Body, list[Body]]] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    unmapped: list[tuple[str, str]] = field(default_factory=list)


def key_of(parts: Parts, values: Body, fields: Fields) -> str:
    """The document's key. Raises ItemFailed."""
    mappings = parts.indexer.get("fieldMappings") or ()
    encoded = parts.parameters.get("base64EncodeKeys") is True
    found = mapping.key_of(values, mappings, fields.key, encoded)
    key = fields.taken(fields.key, found)[1] if found is not None else None
    if not isinstance(key, str) or not key:
        place = f"Projection.SearchIndex.MergeOrUpload.{fields.index}"
        raise ItemFailed(place, INVALID, "Document key cannot be missing or empty")
    return key


def assembled(
    parts: Parts, values: Body, fields: Fields, child_keys: dict[str, str], models: Models
) -> Assembled:
    """Enriches and maps one item; `child_keys` are the key fields of the projections' indexes.

    When a skill failed there are notes and nothing else. Raises ItemFailed.
    """
    mappings = parts.indexer.get("fieldMappings") or ()
    made = mapping.mapped(values, mappings)
    done = Assembled(key_of(parts, values, fields))
    tree = Tree(values | made)
    if parts.skillset is not None:
        done.notes = skills.enrich(parts.skillset, tree, models)
        if any(note.severity == "error" for note in done.notes):
            return done
    if parts.indexes_parents:
        whole = mapping.implicit(values, mappings, fields) | made
        whole |= _outputs(parts, tree, done)
        done.parent = mapping.document_of(whole, fields) | {fields.key: done.key}
    done.projected = [
        (selector, children(tree, selector, done.key, child_keys[selector["targetIndexName"]]))
        for selector in parts.selectors
    ]
    return done


def _outputs(parts: Parts, tree: Tree, done: Assembled) -> Body:
    """What the output field mappings take from the tree."""
    made: Body = {}
    for one in parts.indexer.get("outputFieldMappings") or ():
        source = one["sourceFieldName"]
        target = one.get("targetFieldName") or source.rsplit("/", 1)[-1]
        value = tree.value(source)
        if value is None:
            done.unmapped.append((target, source))
        else:
            made[target] = mapping.applied(one, value)
    return made
