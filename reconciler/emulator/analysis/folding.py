"""asciifolding: letters, digits and marks of punctuation become their ASCII equivalents.

Which ones, and which equivalents, follow the documentation of Lucene's ASCIIFoldingFilter: Latin
letters, numbers in circles and above the line, full-width forms, quotes, dashes, brackets. They are
found by decomposition and by Unicode's names; letters of other scripts stay as they are.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from reconciler.emulator.analysis.tokens import Token, TokenFilter

BLOCKS = (
    (0x00C0, 0x02AF),  # Latin-1's letters to IPA extensions
    (0x1D00, 0x1D22),  # small capitals
    (0x1D6B, 0x1D9A),  # phonetic extensions
    (0x1E00, 0x1EFF),  # Latin extended additional
    (0x2070, 0x209F),  # superscripts and subscripts
    (0x2460, 0x24FF),  # enclosed alphanumerics
    (0x2776, 0x2793),  # digits in black and white circles
    (0x2C60, 0x2C7F),  # Latin extended C
    (0xA720, 0xA7FF),  # Latin extended D
    (0xFB00, 0xFB06),  # ligatures
    (0xFF01, 0xFF5E),  # full-width forms
)
SPECIAL = {
    **dict.fromkeys("\u00ab\u00bb\u201c\u201d\u201e\u2033\u2036\u275d\u275e\u276e\u276f", '"'),
    **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u2035\u2039\u203a\u275b\u275c", "'"),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u207b\u208b", "-"),
    **dict(zip("\u00b9\u00b2\u00b3\u2044\u204e\u204f\u2052", "123/*;%", strict=True)),
    **dict(zip("\u203c\u2047\u2048\u2049", ("!!", "??", "?!", "!?"), strict=True)),
}
# A turned, small or insular letter counts as the letter.
NAME = re.compile(
    r"LATIN (CAPITAL|SMALL|LETTER SMALL CAPITAL) (?:LETTER |LIGATURE )?"
    r"(?:(?:TURNED|REVERSED|DOTLESS|OPEN|CLOSED|LONG|AFRICAN|INSULAR|BARRED) )*"
    r"(.+?)(?: (?:WITH|PRECEDED BY) .*)?"
)
NAMED = {
    "SHARP S": "ss",
    "ETH": "d",
    "THORN": "th",
    "ENG": "n",
    "KRA": "q",
    "SCHWA": "a",
    "ESH": "s",
    "EZH": "z",
    "WYNN": "w",
    "YOGH": "z",
}


def fold(text: str) -> str:
    return text if text.isascii() else "".join(map(_folded, text))


def folding(keep: bool) -> TokenFilter:
    """`keep` (preserveOriginal) leaves the original after what it was folded to."""

    def run(tokens: list[Token]) -> list[Token]:
        result: list[Token] = []
        for token in tokens:
            text = fold(token.text)
            result.append(token._replace(text=text))
            if keep and text != token.text:
                result.append(token)
        return result

    return run


@lru_cache(maxsize=4096)
def _folded(char: str) -> str:
    if char.isascii():
        return char
    if char in SPECIAL:
        return SPECIAL[char]
    if not any(first <= ord(char) <= last for first, last in BLOCKS):
        return char
    plain = "".join(
        part for part in unicodedata.normalize("NFKD", char) if not unicodedata.combining(part)
    )
    if plain.isascii():
        return plain
    number = unicodedata.numeric(char, None)
    return _by_name(char) if number is None else str(int(number))


def _by_name(char: str) -> str:
    """`LATIN SMALL LETTER L WITH STROKE` is an l."""
    match = NAME.fullmatch(unicodedata.name(char, ""))
    if match is None:
        return char
    letter = NAMED.get(match[2], match[2].lower() if len(match[2]) <= 2 else "")
    return (letter if match[1] == "SMALL" else letter.upper()) or char
