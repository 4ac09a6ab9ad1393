"""The property tables: which properties a type has in an api-version, and of what type."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from reconciler.emulator.members import documented_of, members_of, values_of
from reconciler.emulator.version import Version
from reconciler.emulator.versions import ANSWER_ONLY, ANSWER_WITHOUT, VERSIONS

# SKILLS 4.1: the configuration takes more keys than the schema has. Of what a source created the
# schema has no keys at all.
OPEN_TYPES = frozenset({"IndexingParametersConfiguration", "CreatedResources"})
FOLDER = Path(__file__).parent / "tables"


@dataclass(frozen=True, slots=True)
class Word:
    """A property's type: `form` is str, int, list, is (a type), enum, ...; `of` says which."""

    form: str
    of: str = ""
    required: bool = False
    read_only: bool = False

    @property
    def item(self) -> Word:
        return parse(self.of)


@lru_cache(maxsize=512)
def parse(text: str) -> Word:
    form, _, of = text.rstrip("!~").partition(":")
    return Word(form, of, text.endswith("!"), text.endswith("~"))


class Shapes:
    """One version's table. `props` are for requests; `answer_props` for answers."""

    def __init__(self, version: Version) -> None:
        table = _adapted(version)
        self.version = version
        self.enums: dict[str, list[str]] = table["enums"]
        self._kinds: dict[str, tuple[str, dict[str, str]]] = {}
        self._props: dict[str, dict[str, Word]] = {}
        for name, entry in table["types"].items():
            if "kinds" in entry:
                self._kinds[name] = (entry["by"], entry["kinds"])
            else:
                self._props[name] = {key: parse(word) for key, word in entry["props"].items()}
        self._answers = {name: self._answer(name) for name in self._props}

    def __contains__(self, name: str) -> bool:
        return name in self._props or name in self._kinds

    def props(self, name: str) -> Mapping[str, Word]:
        return self._props[name]

    def answer_props(self, name: str) -> Mapping[str, Word]:
        return self._answers[name]

    def documented(self, name: str) -> Mapping[str, Word]:
        """Properties that requests may have and answers have only then."""
        return {key: parse(word) for key, word in documented_of(self.version, name).items()}

    def known(self, name: str) -> dict[str, Word]:
        """Every property that requests or answers may have."""
        return {**self.answer_props(name), **self.documented(name), **self.props(name)}

    def discriminator(self, name: str) -> str | None:
        """The property that says which kind of `name` an object is; None for a plain type."""
        return self._kinds[name][0] if name in self._kinds else None

    def kinds(self, name: str) -> Mapping[str, str]:
        return self._kinds[name][1]

    def concrete(self, name: str, value: Mapping[str, Any]) -> str | None:
        """The plain type of an object; None when its kind is missing or unknown."""
        if name not in self._kinds:
            return name if name in self._props else None
        by, kinds = self._kinds[name]
        tag = value.get(by)
        return kinds.get(tag) if isinstance(tag, str) else None

    def _answer(self, name: str) -> dict[str, Word]:
        hidden = ANSWER_WITHOUT.get((self.version.name, name), ())
        found = {key: word for key, word in self._props[name].items() if key not in hidden}
        for key in ANSWER_ONLY.get(name, ()):
            found.setdefault(key, parse("any"))
        found.pop("@odata.etag", None)
        return self._siblings(name) | found

    def _siblings(self, name: str) -> dict[str, Word]:
        """The other kinds' parameters, null beside one's own (seen: hnsw, scoring functions)."""
        for by, kinds in self._kinds.values():
            if by != "@odata.type" and name in kinds.values():
                return {
                    key: replace(word, required=False)
                    for other in kinds.values()
                    for key, word in self._props.get(other, {}).items()
                    if key.endswith("Parameters") or key in kinds
                }
        return {}


def _adapted(version: Version) -> dict[str, Any]:
    table = _told(version)
    for name, key, word in members_of(version):
        _set(table["types"].get(name), key, word)
    _borrow(table, _file(VERSIONS[-1].name))
    for name, values in values_of(version):
        table["enums"][name] = [*table["enums"].get(name, ()), *values]
    return table


def _told(version: Version) -> dict[str, Any]:
    """A version's own table, or its base's with the differences."""
    if not version.base:
        return _file(version.name)
    table = _told(_named(version.base))
    types = table["types"]
    for name, gone in version.without.items():
        part = types[name].get("kinds") or types[name]["props"]
        for key in gone:
            part.pop(key, None)
    for name, more in version.plus.items():
        types[name]["props"].update(more)
    for name in version.absent:
        del types[name]
    return table


def _set(entry: dict[str, Any] | None, key: str, word: str) -> None:
    """Gives a type a member, or takes a member or a kind away; a type that is unknown has none."""
    part = entry and (entry.get("kinds") or entry["props"])
    if part and word:
        part[key] = word
    elif part:
        part.pop(key, None)


def _borrow(table: dict[str, Any], lender: dict[str, Any]) -> None:
    """Takes over the types and enumerations that are referred to and not there."""
    wanted = list(table["types"])
    while wanted:
        entry = table["types"][wanted.pop()]
        words = [word.rstrip("!~").rpartition(":") for word in entry.get("props", {}).values()]
        names = [*entry.get("kinds", {}).values(), *(name for _, _, name in words)]
        for name in names:
            for part in ("types", "enums"):
                if name in lender[part] and name not in table[part]:
                    table[part][name] = lender[part][name]
                    if part == "types":
                        wanted.append(name)


def _file(name: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return content


def _named(name: str) -> Version:
    return next(version for version in VERSIONS if version.name == name)


@lru_cache(maxsize=len(VERSIONS))
def shapes_of(version_name: str) -> Shapes:
    return Shapes(_named(version_name))
