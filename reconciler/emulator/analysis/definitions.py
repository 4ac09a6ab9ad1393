"""The parts of analysis by name: predefined, or defined in the index with options."""

from __future__ import annotations

from typing import Any

from reconciler.emulator import defaults
from reconciler.emulator.refusals import Refusal

Body = dict[str, Any]

WHAT = {
    "analyzers": "analyzer",
    "normalizers": "normalizer",
    "tokenizers": "tokenizer",
    "tokenFilters": "token filter",
    "charFilters": "char filter",
}


def defined(index: Body, part: str, name: str) -> Body | None:
    """A definition of the index with the documented defaults filled in; None if it has none."""
    for entry in index.get(part) or ():
        if entry["name"] == name:
            return complete(entry)
    return None


def predefined(kind: str, **options: object) -> Body:
    """A definition of this type as if the index had one without options."""
    return complete({"@odata.type": defaults.ANALYSIS_PREFIX + kind, **options})


def complete(entry: Body) -> Body:
    given = {key: value for key, value in entry.items() if value is not None}
    return {**defaults.on_write("", given), **given}


def kind(definition: Body) -> str:
    """Its type without the namespace: `StandardTokenizerV2`."""
    return str(definition["@odata.type"]).removeprefix(defaults.ANALYSIS_PREFIX)


def unknown(part: str, name: str) -> Refusal:
    return Refusal("unknown-analysis", what=WHAT[part], name=name)


def not_emulated(part: str, name: str) -> Refusal:
    return Refusal("analysis-not-emulated", what=WHAT[part], name=name)
