"""The JSON Schema (2020-12) of manifests and of the project file, for editors.

It uses no keyword that editors of draft-07 do not know. What needs more than one document, or the
api-version (references, `since`, what is in the project), `validate` alone can say.
"""

from __future__ import annotations

import sys
from collections.abc import Collection

from reconciler.manifest.schema import Metadata, OwnMetadata, ProjectFile, ProjectSpec
from reconciler.model.json import Json, JsonObject, leaves
from reconciler.providers import CATALOGUE, LOCAL_KINDS, Kind, Provider, kind, provider_of
from reconciler.schema import describe
from reconciler.schema.json_schema import DEFS, Definitions, tagged

PROJECT = "Project"
NAMES = (*CATALOGUE, *LOCAL_KINDS, PROJECT)
"""Every `kind` that a document of ours may have."""

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_OWN_NAME = "^name$"  # pasted from a GET; a pattern, so that no editor proposes it


def schema(names: Collection[str], rules: Collection[str]) -> JsonObject:
    """The schema of documents of some kinds; each document of a file is judged by itself.

    Args:
        rules: the ids of the lint rules, which `lint` switches or silences.
    """
    kinds = [kind(name) for name in (CATALOGUE | LOCAL_KINDS) if name in names]
    definitions = Definitions(
        [declared.body for declared in kinds], [Metadata, OwnMetadata, ProjectFile, ProjectSpec]
    )
    for model in (Metadata, OwnMetadata, ProjectSpec):
        switches = definitions.all[definitions.name(model)]["properties"]["lint"]
        switches["propertyNames"] = {"enum": sorted(rules)}
    documents = {declared.name: _document(declared, definitions) for declared in kinds}
    if PROJECT in names:
        documents[PROJECT] = definitions.all.pop(definitions.name(ProjectFile))
    head = {"$schema": _DIALECT, "title": f"reconciler: {', '.join(documents)}"}
    if len(documents) == 1:
        return _with_defs({**head, **next(iter(documents.values()))}, definitions.all)
    choices = [
        {"if": tagged("kind", [name]), "then": {"$ref": f"{DEFS}{name} document"}}
        for name in documents
    ]
    any_ = {
        "type": "object",
        "required": ["apiVersion", "kind", "metadata", "spec"],
        "properties": {"kind": {"enum": list(documents)}},
        "allOf": choices,
    }
    named = {f"{name} document": document for name, document in documents.items()}
    return _with_defs({**head, **any_}, definitions.all | named)


def _api_version(provider: Provider) -> JsonObject:
    if not provider.is_sent:
        return {"const": provider.group}
    pattern = rf"^{provider.group}(/\d{{4}}-\d{{2}}-\d{{2}}(-preview)?)?$"
    return {"type": "string", "pattern": pattern, "default": provider.group}


def _document(declared: Kind, definitions: Definitions) -> JsonObject:
    """A manifest of one kind; its name is the body's, and stands in the metadata."""
    body = definitions.all[definitions.name(declared.body)]
    name = body["properties"].pop("name")
    body["required"].remove("name")
    body["patternProperties"][_OWN_NAME] = {}
    del body["pattern"]
    body["type"] = "object"
    written = name["anyOf"][0] if "anyOf" in name else name
    about = describe.manual(sys.modules[declared.body.__module__].__doc__)
    own = declared.name in LOCAL_KINDS
    return {
        "description": f"{about}\n{declared.page}",
        "type": "object",
        "required": ["apiVersion", "kind", "metadata", "spec"],
        "properties": {
            "apiVersion": _api_version(provider_of(declared.name)),
            "kind": {"const": declared.name},
            "metadata": {
                "allOf": [
                    {"$ref": definitions.ref(OwnMetadata if own else Metadata)},
                    {"properties": {"name": written}},
                ]
            },
            "spec": {"$ref": definitions.ref(declared.body)},
        },
        "additionalProperties": False,
    }


def _with_defs(root: JsonObject, known: JsonObject) -> JsonObject:
    """A schema with the definitions that it uses, by name."""
    used: set[str] = set()
    waiting: list[Json] = [root]
    while waiting:
        fresh = {name for name in _refs(waiting.pop()) if name not in used}
        used |= fresh
        waiting += [known[name] for name in fresh]
    return {**root, "$defs": {name: known[name] for name in sorted(used)}}


def _refs(value: Json) -> set[str]:
    """The definitions that a schema names."""
    return {
        leaf.removeprefix(DEFS)
        for position, leaf in leaves(value)
        if position[-1:] == ("$ref",) and isinstance(leaf, str)
    }
