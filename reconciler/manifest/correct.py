"""Corrections in the text of a manifest: a value or a key each; all else stays as it is written."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from reconciler.manifest import yaml
from reconciler.manifest.amend import flow
from reconciler.manifest.nodes import after_line, child, index, is_flow
from reconciler.model.json import Json
from reconciler.model.problem import Correction, ProblemsError


class Corrected(NamedTuple):
    """A text, what was corrected in it, and what was not: it is not written there as it was seen.

    An expression stands there, an alias or a merge leads there, two corrections do not agree.
    """

    text: str
    done: tuple[Correction, ...]
    left: tuple[Correction, ...]


def corrected(file: Path, text: str, corrections: Iterable[Correction]) -> Corrected:
    """The text of a file with corrections made.

    Args:
        file: named in errors.

    Raises:
        ProblemsError: the text cannot be parsed.
    """
    ending = "\r\n" if "\r\n" in text else "\n"
    text = text.replace("\r\n", "\n")
    done, left = [], []
    every = dict.fromkeys(corrections)
    places = Counter(correction.where for correction in every)
    for correction in every:
        new = _with(file, text, correction) if places[correction.where] == 1 else None
        if new is not None and _reads_as(file, new, _expected(file, text, correction)):
            text = new
            done.append(correction)
        else:
            left.append(correction)
    return Corrected(text.replace("\n", ending), tuple(done), tuple(left))


def _reads_as(file: Path, text: str, expected: list[Json]) -> bool:
    try:
        return yaml.parse(file, text) == expected
    except ProblemsError:
        return False


def _expected(file: Path, text: str, correction: Correction) -> list[Json]:
    """What the documents are once a correction is made, and nothing else."""
    documents: list[Any] = json.loads(json.dumps(yaml.parse(file, text)))  # an alias is a copy
    *above, last = correction.where.path
    holder = documents[correction.where.document]
    for part in above:
        holder = holder[part]
    if correction.where.of_key:
        renamed = {correction.new if key == last else key: holder[key] for key in holder}
        holder.clear()
        holder.update(renamed)
    else:
        holder[last] = correction.new
    return documents


def _with(file: Path, text: str, correction: Correction) -> str | None:
    """The text with a correction; None where something else is written there."""
    where, documents = correction.where, yaml.composed(file, text)
    node = documents[where.document] if where.document < len(documents) else None
    *above, last = where.path
    for part in above:
        node = child(node, part)[1] if node is not None else None
    if node is None:
        return None
    key, value = child(node, last)
    if correction.old is None:
        return _with_property(text, node, str(last), correction.new) if value is None else None
    found = key if where.of_key else value
    if found is None or found.value != str(correction.old):
        return None
    start, end = index(text, found.start_mark), index(text, found.end_mark)
    return f"{text[:start]}{_spelled(correction.new, text[start])}{text[end:]}"


def _with_property(text: str, node: Any, name: str, value: str | int) -> str | None:
    """The text with one more property of a mapping that has some."""
    if node.id != "mapping" or not node.value:
        return None
    (first, _), (beside, last) = node.value[0], node.value[-1]
    quote = text[index(text, beside.start_mark)]
    entry = f"{_spelled(name, quote)}: {_spelled(value, quote)}"
    if is_flow(text, node):
        end = index(text, last.end_mark)
        return f"{text[:end]}, {entry}{text[end:]}"
    return after_line(text, last, [" " * first.start_mark.column + entry])


def _spelled(value: str | int, quote: str) -> str:
    """A value as it stands beside what is quoted so; a text that needs quotes has them anyway."""
    if isinstance(value, str) and quote == "'":
        return "'" + value.replace("'", "''") + "'"
    if isinstance(value, str) and quote == '"':
        return json.dumps(value, ensure_ascii=False)
    return flow(value)
