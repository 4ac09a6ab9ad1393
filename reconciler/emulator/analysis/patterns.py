"""Java's regular expressions, which patterns in definitions are, in terms of `regex`."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING

from reconciler.emulator.refusals import Refusal

if TYPE_CHECKING:
    from regex import Match, Pattern

# Java's are of ASCII only. A class within a class is a union, in both.
CLASSES = {
    r"\w": "[A-Za-z0-9_]",
    r"\W": "[^A-Za-z0-9_]",
    r"\d": "[0-9]",
    r"\D": "[^0-9]",
    r"\s": r"[ \t\n\x0B\f\r]",
    r"\S": r"[^ \t\n\x0B\f\r]",
}
PIECE = re.compile(r"\\Q(?P<literal>.*?)(?:\\E|\Z)|\\.", re.DOTALL)
# Java's flags, as the letters that `regex` has for them. UNICODE_CASE is how `regex` always is.
FLAGS = {
    "CASE_INSENSITIVE": "i",
    "COMMENTS": "x",
    "DOTALL": "s",
    "MULTILINE": "m",
    "UNICODE_CASE": "",
}
REFERENCE = re.compile(r"\\(?P<escaped>.)|\$(?:(?P<number>\d)|\{(?P<name>\w+)\})", re.DOTALL)


@lru_cache(maxsize=256)
def compiled(pattern: str, flags: str = "") -> Pattern[str]:
    """The pattern with Java's flags (`CASE_INSENSITIVE|DOTALL`).

    Raises:
        Refusal: it is not a regular expression, or a flag is not emulated.
    """
    import regex

    letters = ""
    for flag in filter(None, flags.split("|")):
        if flag not in FLAGS:
            raise Refusal("analysis-not-emulated", what="pattern flag", name=flag)
        letters += FLAGS[flag]
    options = f"(?{letters})" if letters else ""
    try:
        return regex.compile(f"(?V1){options}{PIECE.sub(_piece, pattern)}")
    except regex.error as error:
        raise Refusal("analysis-pattern", pattern=pattern, reason=error) from None


def check_group(found: Pattern[str], group: int | str) -> None:
    """Raises Refusal when the pattern has no such group."""
    if (group not in found.groupindex) if isinstance(group, str) else group > found.groups:
        raise Refusal("analysis-group", group=group)


def _piece(match: re.Match[str]) -> str:
    if match["literal"] is not None:
        return re.escape(match["literal"])
    return CLASSES.get(match[0], match[0])


def expand(found: Pattern[str], replacement: str) -> Callable[[Match[str]], str]:
    """A replacement with `$1` and `${name}`; a backslash takes a character as it is.

    Raises:
        Refusal: the pattern has no such group.
    """
    for reference in REFERENCE.finditer(replacement):
        if reference["number"] is not None:
            check_group(found, int(reference["number"]))
        elif reference["name"] is not None:
            check_group(found, reference["name"])

    def of(match: Match[str]) -> str:
        def part(reference: re.Match[str]) -> str:
            if reference["escaped"] is not None:
                return reference["escaped"]
            if reference["number"] is not None:
                return match[int(reference["number"])] or ""
            return match[reference["name"]] or ""

        return REFERENCE.sub(part, replacement)

    return of
