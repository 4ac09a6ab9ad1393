"""Misspelling, as people do it."""

from __future__ import annotations

import re
from typing import Any

NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*$")


def typo(name: str) -> str:
    """One letter in the middle is missing; of short names, the last is there twice."""
    middle = len(name) // 2
    return name[:middle] + name[middle + 1 :] if len(name) > 3 else name + name[-1]


def other_case(name: str) -> str:
    return name[0].swapcase() + name[1:]


def mistyped(old: Any, _around: Any) -> Any:
    """The change to a name with a typo; anything else gets one letter more."""
    return typo(old) if isinstance(old, str) else old


def recased(old: Any, _around: Any) -> Any:
    return other_case(old) if isinstance(old, str) else old


def last_name(path: str) -> tuple[str, str, str]:
    """A path around its last name: what is before, the name, and stars and indexes behind it."""
    found = re.fullmatch(r"(.*/)([^/*#]*[^/*#\d][^/*#]*)((?:/(?:[*#]|\d+))*)", path)
    return (found[1], found[2], found[3]) if found else ("", path, "")


def is_path(text: Any) -> bool:
    return isinstance(text, str) and text.startswith("/document/")
