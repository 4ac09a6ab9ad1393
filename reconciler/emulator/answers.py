"""A stored definition as an api-version shows it: its keys, its defaults, without its secrets."""

from __future__ import annotations

import copy
from typing import Any

from reconciler.emulator import defaults, secrecy
from reconciler.emulator.shapes import OPEN_TYPES, Shapes, Word
from reconciler.emulator.spelling import strip_endpoints

# FACTS h and k: written with a last slash, read without it. Of an index the write cuts it.
ENDPOINTS_CUT = ("KnowledgeBase", "KnowledgeSource")
COMPLEX = ("Edm.ComplexType", "Collection(Edm.ComplexType)")


class Answer:
    """Fills a definition for one version; `reading` tells a GET from a write's response."""

    def __init__(self, shapes: Shapes, reading: bool) -> None:
        self.shapes = shapes
        self.reading = reading

    def of(self, body: dict[str, Any], root: str, mask_keys: bool) -> dict[str, Any]:
        answer = self.structure(body, root)
        secrecy.hide(answer, mask_keys, nulls=root == "DataSource")
        if self.reading and root in ENDPOINTS_CUT:
            strip_endpoints(answer)
        return answer

    def structure(self, value: dict[str, Any], type_name: str) -> dict[str, Any]:
        concrete = self.shapes.concrete(type_name, value)
        if concrete is None or concrete in OPEN_TYPES:  # as they are: no filling was seen
            return copy.deepcopy(value)
        if concrete == "Field":
            return self.field(value)
        props = self.shapes.answer_props(concrete)
        chosen = defaults.on_write(concrete, value)
        if self.reading:
            chosen = chosen | defaults.on_read(concrete, value)
        answer = {key: self.filled(value, key, word, chosen) for key, word in props.items()}
        answer |= {key: value[key] for key in self.shapes.documented(concrete) if key in value}
        if self.reading and concrete == "Skillset":
            self.complete_skillset(answer)
        return answer

    def filled(self, value: dict[str, Any], key: str, word: Word, chosen: dict[str, Any]) -> Any:
        item = value.get(key)
        if item in (None, []) and key in chosen:
            item = chosen[key]
        return self.value(item, word)

    def value(self, item: Any, word: Word) -> Any:
        if item is None:
            return [] if word.form == "list" else None
        if word.form == "is":
            return self.structure(item, word.of)
        if word.form == "list":
            return [self.value(element, word.item) for element in item]
        return copy.deepcopy(item) if isinstance(item, dict | list) else item

    def field(self, value: dict[str, Any]) -> dict[str, Any]:
        """FACTS c: a complex field has name, type and fields only; a simple one has no fields."""
        if value["type"] in COMPLEX:
            fields = [self.field(field) for field in value.get("fields") or ()]
            return {"name": value["name"], "type": value["type"], "fields": fields}
        props = self.shapes.answer_props("Field")
        return {
            key: self.value(value.get(key), word) for key, word in props.items() if key != "fields"
        }

    def complete_skillset(self, answer: dict[str, Any]) -> None:
        """FACTS c rule 1: what only a GET fills in."""
        for position, skill in enumerate(answer["skills"], start=1):
            skill["name"] = skill.get("name") or f"#{position}"
            skill["context"] = skill.get("context") or defaults.SKILL_CONTEXT
        store = answer.get("knowledgeStore")
        if store and "parameters" in store and store["parameters"] is None:
            store["parameters"] = dict(defaults.KNOWLEDGE_STORE_PARAMETERS)
