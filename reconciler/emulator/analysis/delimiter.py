"""word_delimiter: a word's parts, split where letters, cases and digits meet, and joined again."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby, pairwise
from typing import Any, NamedTuple

from reconciler.emulator.analysis.tokens import Token, TokenFilter

Body = dict[str, Any]


class Part(NamedTuple):
    """A run of letters or digits, or several joined."""

    start: int
    end: int
    runs: int
    text: str

    @property
    def number(self) -> bool:
        return self.text[0].isdigit()


def word_delimiter(options: Body) -> TokenFilter:
    """As Lucene's WordDelimiterFilter: what begins together shares a position, parts come first."""
    protected = frozenset(options.get("protectedWords") or ())

    def run(tokens: list[Token]) -> list[Token]:
        result: list[Token] = []
        shift = 0
        for given in tokens:
            token = given._replace(position=given.position + shift)
            if token.text in protected:
                result.append(token)
                continue
            parts = list(_placed(token, _delimited(token.text, options)))
            if options["preserveOriginal"] and [part.text for part in parts] != [token.text]:
                result.append(token)
            result += parts
            shift += max((part.position - token.position for part in parts), default=0)
        return result

    return run


def _placed(token: Token, parts: list[Part]) -> Iterator[Token]:
    """The parts as tokens. A token that a filter made longer or shorter lends them its offsets."""
    moved = len(token.text) != token.end - token.start
    position, before = token.position - 1, -1
    for part in sorted(parts):
        position += part.start != before
        before = part.start
        changed = token._replace(text=part.text, position=position)
        if not moved:
            changed = changed._replace(start=token.start + part.start, end=token.start + part.end)
        yield changed


def _delimited(text: str, options: Body) -> list[Part]:
    """The parts and joins that the options ask for; a word of one part always has it."""
    runs = list(_runs(text, options))
    if len(runs) < 2:
        return runs
    generated = {True: options["generateNumberParts"], False: options["generateWordParts"]}
    catenated = {True: options["catenateNumbers"], False: options["catenateWords"]}
    parts = [run for run in runs if generated[run.number]]
    longest = 0
    for number, neighbours in groupby(runs, lambda run: run.number):
        group = list(neighbours)
        if catenated[number]:
            longest = len(group)
            if len(group) > 1 or not generated[number]:
                parts.append(_joined(group))
    if options["catenateAll"] and len(runs) > longest:
        parts.append(_joined(runs))
    return parts


def _joined(runs: list[Part]) -> Part:
    text = "".join(run.text for run in runs)
    return Part(runs[0].start, runs[-1].end, len(runs), text)


def _runs(text: str, options: Body) -> Iterator[Part]:
    """Runs of letters and digits, cut at the changes that the options name, without `'s`."""
    changes = (at for at, pair in enumerate(pairwise(text), 1) if _is_cut(*pair, options))
    for start, end in pairwise((0, *changes, len(text))):
        possessive = options["stemEnglishPossessive"] and _is_possessive(text, start, end)
        if text[start:end].isalnum() and not possessive:
            yield Part(start, end, 1, text[start:end])


def _is_cut(before: str, after: str, options: Body) -> bool:
    if before.isalnum() != after.isalnum():
        return True
    if before.isdigit() != after.isdigit():
        return bool(options["splitOnNumerics"])
    return bool(options["splitOnCaseChange"]) and before.islower() and after.isupper()


def _is_possessive(text: str, start: int, end: int) -> bool:
    """The s of `Ann's`, at the end of a word."""
    after = text[end : end + 1]
    before = text[max(start - 2, 0) : start]
    ends = not after.isalnum()
    return text[start:end] in ("s", "S") and before[-1:] == "'" and before[:1].isalpha() and ends
