"""Paths of the enriched document: `/document/pages/*/text`, and the expressions they stand in.

https://learn.microsoft.com/azure/search/cognitive-search-skill-annotation-language
"""

from __future__ import annotations

import re
from enum import Enum
from typing import TypeAlias


class Mark(Enum):
    """What stands in a path for the elements of a list: each one, or all as one value."""

    EACH = "*"
    WHOLE = "#"


Token: TypeAlias = str | Mark
Path: TypeAlias = tuple[Token, ...]

ROOT: Path = ("document",)
_ESCAPED = re.compile(r"~2(.*?)~2")
_IN_EXPRESSION = re.compile(r"\$\(\s*([^)]*?)\s*\)")
_LITERAL = re.compile(r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"")
_WORD = re.compile(r"[A-Za-z_][\w.]*")
_WORDS = {"true", "false", "null"}


def parse(text: str) -> Path:
    """The tokens of a path, without the slash before the first; a trailing slash says nothing."""
    kept: list[str] = []

    def keep(found: re.Match[str]) -> str:
        kept.append(found[1])
        return f"\0{len(kept) - 1}\0"

    bare = _ESCAPED.sub(keep, text.strip()).removeprefix("/").removesuffix("/")
    return tuple(_token(part, kept) for part in bare.split("/"))


def _token(part: str, kept: list[str]) -> Token:
    if part in (Mark.EACH.value, Mark.WHOLE.value):
        return Mark(part)
    part = part.replace("~1", "/").replace("~0", "~")
    return re.sub("\0(\\d+)\0", lambda found: kept[int(found[1])], part)


def render(path: Path) -> str:
    """A path as people write it."""
    return "/" + "/".join(token.value if isinstance(token, Mark) else token for token in path)


def is_expression(source: str) -> bool:
    """Whether a source is computed, rather than read at a path."""
    return source.startswith("=")


def paths_of(source: str) -> list[str]:
    """The paths that a source reads: itself, or those in its expression."""
    if not is_expression(source):
        return [source]
    return _IN_EXPRESSION.findall(_LITERAL.sub("''", source))


def mistake(expression: str) -> str:
    """What cannot be read in an expression, or nothing.

    A word without quotes and a path outside `$( )` are taken for paths that are not there (SKILLS
    P16, P17).
    """
    rest = _LITERAL.sub(" ", expression.removeprefix("="))
    rest = _IN_EXPRESSION.sub(" ", rest)
    if path := re.search(r"/[A-Za-z][\w/*]*", rest):
        return f"the path `{path[0]}` stands outside `$( )`"
    for word in _WORD.findall(rest):
        if word not in _WORDS:
            return f"`{word}` is neither quoted nor a path in `$( )`"
    return "a quote or a bracket is open" if re.search(r"['\"]|\$\(", rest) else ""


def literal(expression: str) -> str | None:
    """The type's name of an expression that is one literal, or None."""
    text = expression.removeprefix("=").strip()
    if _LITERAL.fullmatch(text):
        return "string"
    if text in ("true", "false"):
        return "boolean"
    if re.fullmatch(r"-?\d+(\.\d+)?", text):
        return "number"
    return "null" if text == "null" else None
