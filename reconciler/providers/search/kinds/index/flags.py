"""Flags of Java's regular expressions, joined by `|` in one string."""

from __future__ import annotations

from typing import Annotated, Any, Literal, get_args

from pydantic import AfterValidator

from reconciler.schema.marks import Canonical

RegexFlag = Literal[
    "CANON_EQ",
    "CASE_INSENSITIVE",
    "COMMENTS",
    "DOTALL",
    "LITERAL",
    "MULTILINE",
    "UNICODE_CASE",
    "UNIX_LINES",
]
_KNOWN = frozenset(get_args(RegexFlag))


def _check(text: str) -> str:
    if not _KNOWN.issuperset(text.split("|")):
        raise ValueError("must be flags joined by `|`, of " + ", ".join(sorted(_KNOWN)))
    return text


def _sorted(text: Any) -> Any:
    return "|".join(sorted(text.split("|"))) if isinstance(text, str) else text


Flags = Annotated[str, AfterValidator(_check), Canonical(_sorted)]
