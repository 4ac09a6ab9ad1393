"""Which kinds are exported and imported: those of the search service."""

from __future__ import annotations

from collections.abc import Iterable

from reconciler.model.problem import Problem, ProblemsError
from reconciler.providers import CATALOGUE, LOCAL_KINDS, SEARCH

_OTHERS = [name for name in (*CATALOGUE, *LOCAL_KINDS) if name not in SEARCH.kinds]


def require_search_kinds(names: Iterable[str]) -> None:
    """Stop where a kind of another provider is asked for.

    Raises:
        ProblemsError: one is.
    """
    others = [name for name in dict.fromkeys(names) if name in _OTHERS]
    if others:
        raise ProblemsError([_by_hand(name) for name in others])


def _by_hand(name: str) -> Problem:
    text = f"{name} is neither exported nor imported: only kinds of the search service are"
    fix = f"write its manifest by hand (docs/kinds/{name}.md): apply takes over what is as declared"
    return Problem("not-exported", text, fix=fix if name in CATALOGUE else "write it by hand")
