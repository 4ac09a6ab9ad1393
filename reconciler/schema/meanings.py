"""What each property means: Markdown beside the module that declares its model, with its name.

    ## Hnsw, ExhaustiveKnn

    - name: What profiles call the algorithm.

A heading names models, an item properties of each of them. A property that a model takes over from
another means what it means there, unless the model has an item of its own. The files are read only
when a page or a JSON Schema is made.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from reconciler.schema.body import Body

_SECTION = re.compile(r"^## (.+)\n((?:(?!## ).*\n?)*)", re.MULTILINE)
_COMMA = re.compile(r",\s+")
_ITEM = re.compile(r"^- ([^:]+): (.+(?:\n  .+)*)", re.MULTILINE)


def meaning(model: type[Body], name: str) -> str:
    """What a property of a model means, or an empty text where nothing is written."""
    for declared in model.__mro__:
        if issubclass(declared, Body):
            text = read(file_of(declared)).get((declared.__name__, name))
            if text is not None:
                return text
    return ""


def file_of(model: type[Body]) -> Path:
    """Where the properties that a model declares are explained."""
    return Path(inspect.getfile(model)).with_suffix(".md")


@cache
def read(file: Path) -> Mapping[tuple[str, str], str]:
    """The texts of a file, by model and property; none where there is no such file."""
    text = file.read_text(encoding="utf-8") if file.exists() else ""
    return {
        (model, name): " ".join(said.split())
        for models, items in _SECTION.findall(text)
        for names, said in _ITEM.findall(items)
        for model in _COMMA.split(models)
        for name in _COMMA.split(names)
    }
