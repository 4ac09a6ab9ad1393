"""Synonym maps: what a term of a query stands for (QUERIES 8)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

ESCAPE = re.compile(r"\\(.)")
UNESCAPED = {"comma": r"(?<!\\),", "arrow": r"(?<!\\)=>"}


@dataclass(frozen=True)
class Synonyms:
    """The rules of one synonym map, by term in lower case."""

    table: dict[str, list[list[str]]]

    @classmethod
    def of(cls, body: dict[str, Any]) -> Synonyms:
        """The synonyms of a synonym map's definition."""
        table: dict[str, list[list[str]]] = {}
        for left, right in parse(body["synonyms"]):
            for term in left:
                meant = [word.split() for word in (left if right is None else right)]
                known = table.setdefault(_key(term), [])
                known += [words for words in meant if words not in known]
        return cls(table)

    def alternatives(self, term: str) -> list[list[str]]:
        """All that a query for the term looks for, each as the words of a phrase.

        The term itself is the first of them, except where a rule `a => b` replaces it; a term
        without a rule stands for itself alone. A phrase is given as its words with blanks.
        """
        found = self.table.get(_key(term))
        if found is None:
            return [term.split()]
        return sorted(found, key=lambda words: _key(" ".join(words)) != _key(term))


def parse(text: str) -> Iterator[tuple[list[str], list[str] | None]]:
    """The rules: terms and what they mean instead, or None when they mean each other."""
    for line in text.splitlines():
        rule = line.strip()
        if not rule or rule.startswith("#"):
            continue
        left, *right = re.split(UNESCAPED["arrow"], rule, maxsplit=1)
        yield _terms(left), _terms(right[0]) if right else None


def _terms(text: str) -> list[str]:
    parts = re.split(UNESCAPED["comma"], text)
    return [term for part in parts if (term := " ".join(ESCAPE.sub(r"\1", part).split()))]


def _key(term: str) -> str:
    return " ".join(term.lower().split())
