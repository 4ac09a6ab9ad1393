"""Normalizations of letters, by the documentation of the Lucene filters of the same names."""

from __future__ import annotations

import re
import unicodedata

WIDE = re.compile("[\uff01-\uff5e]|[\uff65-\uff9f]+")
UMLAUTS = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "ß": "ss"})
SCANDINAVIAN = str.maketrans("äÄöÖ", "æÆøØ")
INTERCHANGED = {"aa": "å", "ao": "å", "ae": "æ", "oe": "ø", "oo": "ø"}
DOUBLES = re.compile("a[aeo]|o[eo]", re.IGNORECASE)
FOLDED = str.maketrans("åÅäæÄÆöÖøØ", "aAaaAAoOoO")


def cjk_width(text: str) -> str:
    """Full-width ASCII and half-width katakana in their usual width."""
    return WIDE.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)


def german(text: str) -> str:
    """No umlauts, however they are written; `ue` is none after a vowel or q (Steuer, Quelle)."""
    plain = re.sub("([ao])e", r"\1", text)
    return re.sub("(?<![aeiouyäöüq])ue", "u", plain).translate(UMLAUTS)


def scandinavian(text: str) -> str:
    """å, æ and ø, however they are written."""

    def letter(match: re.Match[str]) -> str:
        found = INTERCHANGED[match[0].lower()]
        return found.upper() if match[0][0].isupper() else found

    return DOUBLES.sub(letter, text.translate(SCANDINAVIAN))


def scandinavian_folded(text: str) -> str:
    """a for å and æ, o for ø; of aa, ae, ao, oe and oo the first letter."""
    return DOUBLES.sub(lambda match: match[0][0], text).translate(FOLDED)
