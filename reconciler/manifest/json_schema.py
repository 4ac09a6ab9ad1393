"""The JSON Schema (2020-12) of manifests and of the project file, for editors.

It uses no keyword that editors of draft-07 do not know. What needs more than one document, or the
api-version (references, `since`, what is in the project), `validate` alone can say.
"""

from __future__ import annotations

import sys
from collections.abc import Collection, Mapping

from reconciler.manifest.schema import Metadata, OwnMetadata, ProjectFile, ProjectSpec
from reconciler.model.json import Json, JsonObject, leaves
from reconciler.model.versions import knows
from reconciler.providers import CATALOGUE, LOCAL_KINDS, Kind, kind, provider_of
from reconciler.schema import describe
from reconciler.schema.json_schema import DEFS, Definitions, tagged

PROJECT = "Project"
NAMES = (*CATALOGUE, *LOCAL_KINDS, PROJECT)
"""Every `kind` that a document of ours may have."""

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_KIND = "What the document declares: every other property follows from it."
_SPEC = "The definition itself; its name stands in the metadata."
_OWN_NAME = "^name$"  # pasted from a GET; a pattern, so that no editor proposes it


def schema(names: Collection[str], rules: Mapping[str, str]) -> JsonObject:
    """The schema of documents of some kinds; each document of a file is judged by itself.

    Args:
        rules: what each lint rule tells, by its id: `lint` switches or silences them.
    """
    kinds = [kind(name) for name in (CATALOGUE | LOCAL_KINDS) if name in names]
    definitions = Definitions(
        [declared.body for declared in kinds if declared.name in CATALOGUE],
        [declared.body for declared in kinds if declared.name in LOCAL_KINDS],
        [Metadata, OwnMetadata, ProjectFile, ProjectSpec],
    )
    for model in (Metadata, OwnMetadata, ProjectSpec):
        switches = definitions.all[definitions.name(model)]["properties"]["lint"]
        value = switches["additionalProperties"]
        switches["properties"] = {i: {"description": rules[i], **value} for i in sorted(rules)}
        switches["additionalProperties"] = False
    documents = {declared.name: _document(declared, definitions) for declared in kinds}
    if PROJECT in names:
        documents[PROJECT] = definitions.all.pop(definitions.name(ProjectFile))
    head = {"$schema": _DIALECT}  # no title: editors would show it above every description
    if len(documents) == 1:
        return _with_defs({**head, **next(iter(documents.values()))}, definitions.all)
    choices = [
        {"if": tagged("kind", [name]), "then": {"$ref": f"{DEFS}{name} document"}}
        for name in documents
    ]
    any_ = {
        "description": f"One of {', '.join(documents)}.",
        "type": "object",
        "required": ["apiVersion", "kind", "metadata", "spec"],
        "properties": {"kind": {"description": _KIND, "enum": list(documents)}},
        "allOf": choices,
    }
    named = {f"{name} document": document for name, document in documents.items()}
    return _with_defs({**head, **any_}, definitions.all | named)


def _api_version(declared: Kind) -> JsonObject:
    provider = provider_of(declared.name)
    about = {"description": f"Whose kind it is: {provider.group}."}
    if not provider.is_sent:
        return {**about, "const": provider.group}
    about["description"] += f" A version may follow, such as {provider.example}."
    pattern = rf"^{provider.group}(/\d{{4}}-\d{{2}}-\d{{2}}(-preview)?)?$"
    versions = provider.versions or (declared.default_version,)
    known = ["", *(v for v in versions if knows(v, declared.since))]
    spelled: JsonObject = {"type": "string", "pattern": pattern}
    return {
        **about,
        "anyOf": [spelled, {"enum": [provider.api_version(v) for v in known]}],
        "default": provider.group,
    }


def _document(declared: Kind, definitions: Definitions) -> JsonObject:
    """A manifest of one kind; its name is the body's, and stands in the metadata."""
    body = definitions.all[definitions.name(declared.body)]
    name = body["properties"].pop("name")
    body["required"].remove("name")
    body["patternProperties"][_OWN_NAME] = {}
    del body["pattern"]
    body["type"] = "object"
    del name["description"]  # the metadata's
    written = name["anyOf"][0] if "anyOf" in name else name
    about = describe.manual(sys.modules[declared.body.__module__].__doc__)
    metadata = OwnMetadata if declared.name in LOCAL_KINDS else Metadata
    return {
        "description": f"{about}\n{declared.page}",
        "type": "object",
        "required": ["apiVersion", "kind", "metadata", "spec"],
        "properties": {
            "apiVersion": _api_version(declared),
            "kind": {"description": about, "const": declared.name},
            "metadata": {
                "description": describe.summary(metadata),
                "allOf": [{"$ref": definitions.ref(metadata)}, {"properties": {"name": written}}],
            },
            "spec": {"description": _SPEC, "$ref": definitions.ref(declared.body)},
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
