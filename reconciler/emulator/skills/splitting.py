"""Text Split: pages that prefer to end with a sentence, or sentences (SKILLS 1.1)."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cached_property
from typing import Any

from reconciler.emulator.skills.measure import Sizes, tokens
from reconciler.emulator.skills.skill import Done

Body = dict[str, Any]
Span = tuple[int, int]

# The pages name some, the published enum others: both are taken, ignoring case (SKILLS 1.1).
LISTED = (
    "am bs cs da de en es et fr he hi hr hu fi id is it ja ko lv nb no nl pl pt pt-pt pt-br ru sk "
    "sl sr sv tr ur zh zh-hans"
)
LANGUAGES = frozenset(LISTED.split())
SENTENCE = re.compile(r"[.!?…]+[\"'”’)\]]*(?=\s|$)\s*|[。！？]+[」』”’）]*\s*|\n\s*\n\s*")
WORD = re.compile(r"\s+")
DEFAULT_LENGTH = 5000


class Breaks:
    """Where the sentences and the words of a text end; few texts need the words."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def sentences(self) -> list[int]:
        return [match.end() for match in SENTENCE.finditer(self._text)]

    @cached_property
    def words(self) -> list[int]:
        return [match.end() for match in WORD.finditer(self._text)]


def split(skill: Body, record: Body) -> Done:
    """Pages are whole parts of the text: without overlap they add up to it."""
    text = record["text"]
    language = record.get("languageCode") or skill.get("defaultLanguageCode") or "en"
    if language.lower() not in LANGUAGES:
        return Done.skipped(
            f"Skill input 'languageCode' has the following language codes '{language}', at least "
            "one of which is invalid."
        )
    sizes = Sizes(text)
    if skill.get("textSplitMode") == "sentences":
        spans = _sentences(text)
    else:
        length = skill.get("maximumPageLength") or DEFAULT_LENGTH
        overlap = skill.get("pageOverlapLength") or 0
        if overlap >= length:
            return Done.failed("pageOverlapLength must be smaller than maximumPageLength.")
        spans = pages(text, _totals(skill, text, sizes), length, overlap)
        spans = spans[: skill.get("maximumPagesToTake") or None]
    return Done(_outputs(text, sizes, spans))


def refuses(skill: Body) -> str:
    parameters = skill.get("azureOpenAITokenizerParameters") or {}
    encoder = parameters.get("encoderModelName") or "cl100k_base"
    if skill.get("unit") == "azureOpenAITokens" and encoder != "cl100k_base":
        return f"the encoder '{encoder}' is not emulated, only cl100k_base is."
    return ""


def _totals(skill: Body, text: str, sizes: Sizes) -> Sequence[int]:
    if skill.get("unit") != "azureOpenAITokens":
        return sizes.utf16
    parameters = skill.get("azureOpenAITokenizerParameters") or {}
    return tokens(text, parameters.get("allowedSpecialTokens") or ())


def pages(text: str, totals: Sequence[int], length: int, overlap: int) -> list[Span]:
    """Pages of at most `length`, each starting `overlap` before the end of the one before.

    `totals` are running sizes, one more than the characters. A page ends at the last end of a
    sentence that makes it longer than the overlap, else of a word, else anywhere.
    """
    breaks = Breaks(text)
    spans: list[Span] = []
    start = end = 0
    while end < len(text):
        furthest = _reach(totals, start, length)
        while furthest <= end and start < end:  # so much overlap leaves no room
            start += 1
            furthest = _reach(totals, start, length)
        furthest = max(furthest, end + 1)
        end = furthest if furthest == len(text) else _cut(breaks, end, furthest)
        spans.append((start, end))
        start = bisect_left(totals, totals[end] - overlap) if overlap else end
    return spans


def _reach(totals: Sequence[int], start: int, length: int) -> int:
    """The end of the last unit (character or token) that is within the length."""
    last = bisect_right(totals, totals[start] + length) - 1
    return bisect_left(totals, totals[last])


def _cut(breaks: Breaks, after: int, furthest: int) -> int:
    """Every end is at least 1, so that 0 can stand for none."""
    sentence = _last(breaks.sentences, after, furthest)
    return sentence or _last(breaks.words, after, furthest) or furthest


def _last(ends: Sequence[int], after: int, furthest: int) -> int:
    position = bisect_right(ends, furthest) - 1
    return ends[position] if position >= 0 and ends[position] > after else 0


def _sentences(text: str) -> list[Span]:
    spans: list[Span] = []
    start = 0
    for end in [*Breaks(text).sentences, len(text)]:
        piece = text[start:end]
        if piece.strip():
            first = start + len(piece) - len(piece.lstrip())
            spans.append((first, first + len(piece.strip())))
        start = end
    return spans


def _outputs(text: str, sizes: Sizes, spans: Sequence[Span]) -> Body:
    return {
        "textItems": [text[start:end] for start, end in spans],
        "offsets": [sizes.shown(0, start) for start, _ in spans],
        "lengths": [sizes.shown(start, end) for start, end in spans],
        "ordinalPositions": list(range(1, len(spans) + 1)),
    }
