"""The synonym token filter: single words beside, or instead of, single words."""

from __future__ import annotations

from typing import Any

from reconciler.emulator.analysis.definitions import not_emulated
from reconciler.emulator.analysis.synonyms import parse
from reconciler.emulator.analysis.tokens import Token, TokenFilter


def synonyms(options: dict[str, Any]) -> TokenFilter:
    """Every synonym is where the word was. Refuses rules with terms of several words by name."""
    ignore_case, expand = options["ignoreCase"], options["expand"]
    table: dict[str, list[str]] = {}
    for left, right in parse("\n".join(options["synonyms"])):
        for term in (*left, *(right or ())):
            if " " in term:
                raise not_emulated("tokenFilters", f"synonym (of several words: {term})")
        for term in left:
            meant = right if right is not None else left if expand else left[:1]
            known = table.setdefault(term.lower() if ignore_case else term, [])
            known += [word for word in meant if word not in known]

    def run(tokens: list[Token]) -> list[Token]:
        result: list[Token] = []
        for token in tokens:
            found = table.get(token.text.lower() if ignore_case else token.text)
            if found is None:
                result.append(token)
                continue
            ordered = sorted(found, key=lambda word: word != token.text)
            result += (token._replace(text=word) for word in ordered)
        return result

    return run
