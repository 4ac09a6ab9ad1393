"""Lines added to a project file: secrets and external objects. All that is there stays as it is."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from reconciler.manifest import yaml
from reconciler.manifest.nodes import after_line, child, index, is_flow
from reconciler.model.json import Json, JsonObject
from reconciler.model.problem import ProblemsError, Where


def amended(
    file: Path, text: str, secrets: Mapping[str, JsonObject], external: Sequence[str]
) -> str:
    """The text of a project file with more entries under `spec.secrets` and `spec.external`.

    Raises:
        ProblemsError: the file is written in a way that lines cannot be added to.
    """
    ending = "\r\n" if "\r\n" in text else "\n"
    text = text.replace("\r\n", "\n")
    expected = yaml.parse(file, text)
    spec = expected[0]["spec"]
    new, spell = text, json.dumps if text.lstrip().startswith("{") else flow
    if secrets:
        spec["secrets"] = {**(spec.get("secrets") or {}), **secrets}
        entries = [f"{spell(name)}: {spell(origin)}" for name, origin in secrets.items()]
        new = _with(file, new, "secrets", entries, "{}")
    if external:
        spec["external"] = [*(spec.get("external") or []), *external]
        new = _with(file, new, "external", [spell(address) for address in external], "[]")
    if not _reads_as(file, new, expected):
        by_hand = [f"secrets: {flow(dict(secrets))}"] * bool(secrets)
        by_hand += [f"external: {json.dumps(external)}"] * bool(external)
        fix = "add this under spec: " + "; ".join(by_hand)
        text = "lines cannot be added to this file"
        raise ProblemsError.of("project-not-amended", text, fix, Where(file))
    return new.replace("\n", ending)


def _reads_as(file: Path, text: str, expected: list[Json]) -> bool:
    try:
        return yaml.parse(file, text) == expected
    except ProblemsError:
        return False


def _with(file: Path, text: str, name: str, entries: list[str], brackets: str) -> str:
    """The text with more entries in the mapping or list of that name under `spec`."""
    root = yaml.composed(file, text)[0]
    spec = child(root, "spec")[1]
    found = child(spec, name)[1]
    if found is None:
        return _with_property(text, spec, name, entries, brackets)
    if is_flow(text, found):
        return _within_brackets(text, found, entries)
    column = found.value[0][0].start_mark.column if brackets == "{}" else found.start_mark.column
    dash = "" if brackets == "{}" else "- "
    return after_line(text, found, [f"{' ' * column}{dash}{entry}" for entry in entries])


def _with_property(text: str, spec: Any, name: str, entries: list[str], brackets: str) -> str:
    """The text with a new property of `spec`, before `environments` where that is not the first."""
    if is_flow(text, spec):
        value = f"{brackets[0]}{', '.join(entries)}{brackets[1]}"
        start = index(text, spec.start_mark) + 1
        return f"{text[:start]}{json.dumps(name)}: {value}, {text[start:]}"
    keys = [key.value for key, _ in spec.value]
    position = keys.index("environments") if "environments" in keys else len(keys)
    indent = " " * spec.value[0][0].start_mark.column
    dash = "" if brackets == "{}" else "- "
    lines = [f"{indent}{name}:", *(f"{indent}  {dash}{entry}" for entry in entries)]
    if position == 0:
        start = text.rfind("\n", 0, index(text, spec.value[0][0].start_mark)) + 1
        return text[:start] + "".join(f"{line}\n" for line in lines) + text[start:]
    return after_line(text, spec.value[position - 1][1], lines)


def _within_brackets(text: str, node: Any, entries: list[str]) -> str:
    start = index(text, node.start_mark) + 1
    more = ", " if node.value else ""
    return f"{text[:start]}{', '.join(entries)}{more}{text[start:]}"


def flow(value: Json) -> str:
    """A small mapping or a name on one line, as people write it."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {flow(inner)}" for key, inner in value.items()) + "}"
    plain = isinstance(value, str) and re.fullmatch(r"[A-Za-z_/][\w./*-]*", value)
    return value if plain else json.dumps(value)
