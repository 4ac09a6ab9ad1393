"""Porter's stemmer, with its author's later departures, as Lucene has it (`technolog`, `possibl`).

The paper: https://tartarus.org/martin/PorterStemmer/. In the comments, m is the number of times a
vowel is followed by a consonant in what is left of a word.
"""

from __future__ import annotations

import re
from functools import lru_cache

STEP_2 = {
    "ational": "ate",
    "tional": "tion",
    "enci": "ence",
    "anci": "ance",
    "izer": "ize",
    "bli": "ble",
    "alli": "al",
    "entli": "ent",
    "eli": "e",
    "ousli": "ous",
    "ization": "ize",
    "ation": "ate",
    "ator": "ate",
    "alism": "al",
    "iveness": "ive",
    "fulness": "ful",
    "ousness": "ous",
    "aliti": "al",
    "iviti": "ive",
    "biliti": "ble",
    "logi": "log",
}
STEP_3 = {
    "icate": "ic",
    "ative": "",
    "alize": "al",
    "iciti": "ic",
    "ical": "ic",
    "ful": "",
    "ness": "",
}
ENDINGS = "ement al ance ence er ic able ible ant ment ent ou ism ate iti ous ive ize sion tion"
STEP_4 = ENDINGS.split()


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The stem of a lower-case word; words of one or two letters stay."""
    if len(word) < 3:
        return word
    word = _plural(word)
    word = _past(word)
    if word.endswith("y") and "v" in _shape(word[:-1]):
        word = word[:-1] + "i"
    word = _derived(word, STEP_2)
    word = _derived(word, STEP_3)
    word = _bare(word)
    return _ending(word)


def _shape(word: str) -> str:
    """`c` and `v` for consonants and vowels; `y` is a vowel after a consonant."""
    shape = ""
    for char in word:
        vowel = char in "aeiou" or (char == "y" and shape.endswith("c"))
        shape += "v" if vowel else "c"
    return shape


def _measure(word: str) -> int:
    return len(re.findall("v+c", _shape(word)))


def _short(word: str) -> bool:
    """Ends consonant, vowel, consonant other than w, x, y: an `e` was there (hop, hope)."""
    return _shape(word).endswith("cvc") and word[-1] not in "wxy"


def _plural(word: str) -> str:
    if word.endswith(("sses", "ies")):
        return word[:-2]
    if word.endswith("s") and not word.endswith("ss"):
        return word[:-1]
    return word


def _past(word: str) -> str:
    if word.endswith("eed"):
        return word[:-1] if _measure(word[:-3]) > 0 else word
    suffix = next((ending for ending in ("ed", "ing") if word.endswith(ending)), "")
    rest = word.removesuffix(suffix)
    if not suffix or "v" not in _shape(rest):
        return word
    if rest.endswith(("at", "bl", "iz")):
        return rest + "e"
    if _shape(rest).endswith("cc") and rest[-1] == rest[-2]:
        return rest if rest[-1] in "lsz" else rest[:-1]
    return rest + "e" if _measure(rest) == 1 and _short(rest) else rest


def _derived(word: str, endings: dict[str, str]) -> str:
    """The longest of the endings is replaced if m > 0 before it."""
    for size in range(7, 2, -1):
        ending = word[-size:]
        if len(ending) == size and ending in endings:
            rest = word[:-size]
            return rest + endings[ending] if _measure(rest) > 0 else word
    return word


def _bare(word: str) -> str:
    """Step 4: endings that go if m > 1 before them; `ion` only after s or t."""
    for ending in STEP_4:
        if word.endswith(ending):
            rest = word[: -len(ending)] + (ending[0] if ending in ("sion", "tion") else "")
            return rest if _measure(rest) > 1 else word
    return word


def _ending(word: str) -> str:
    """Step 5: a last `e`, and one of two `l`."""
    if word.endswith("e"):
        rest = word[:-1]
        if _measure(rest) > 1 or (_measure(rest) == 1 and not _short(rest)):
            word = rest
    return word[:-1] if word.endswith("ll") and _measure(word) > 1 else word
