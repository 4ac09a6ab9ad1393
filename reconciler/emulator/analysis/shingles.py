"""Token filters over neighbouring tokens: shingles and common grams."""

from __future__ import annotations

from typing import Any

from reconciler.emulator.analysis.tokens import Token, TokenFilter

Body = dict[str, Any]


def shingle(options: Body) -> TokenFilter:
    """Every run of `minShingleSize` to `maxShingleSize` tokens; gaps are filled.

    Of several tokens at one position the first counts.
    """
    low, high = options["minShingleSize"], options["maxShingleSize"]
    unigrams, lonely = options["outputUnigrams"], options["outputUnigramsIfNoShingles"]

    def run(tokens: list[Token]) -> list[Token]:
        filled = _filled(tokens, options["filterToken"])
        shingled = len(filled) >= low
        result: list[Token] = []
        for at, token in enumerate(filled):
            if token.start < token.end and (unigrams or (lonely and not shingled)):
                result.append(token)
            for size in range(low, min(high, len(filled) - at) + 1):
                parts = filled[at : at + size]
                if any(part.start < part.end for part in parts):
                    result.append(_joined(parts, options["tokenSeparator"], "shingle"))
        return result

    return run


def _filled(tokens: list[Token], filler: str) -> list[Token]:
    result: list[Token] = []
    expected = 0
    for token in tokens:
        if token.position < expected:
            continue
        for position in range(expected, token.position):
            result.append(Token(filler, token.start, token.start, position))
        result.append(token)
        expected = token.position + 1
    return result


def common_grams(options: Body) -> TokenFilter:
    """Bigrams `a_b` where either word is common, over the words.

    In query mode a word that is part of a bigram is left out.
    """
    ignore_case, query_mode = options["ignoreCase"], options["queryMode"]
    common = {word.lower() if ignore_case else word for word in options["commonWords"]}

    def is_common(token: Token) -> bool:
        return (token.text.lower() if ignore_case else token.text) in common

    def run(tokens: list[Token]) -> list[Token]:
        result: list[Token] = []
        in_gram = False
        for token, after in zip(tokens, [*tokens[1:], None], strict=True):
            joins = after is not None and (is_common(token) or is_common(after))
            if not query_mode or not (joins or in_gram):
                result.append(token)
            if joins and after is not None:
                result.append(_joined([token, after], "_", "gram"))
            in_gram = joins
        return result

    return run


def _joined(parts: list[Token], separator: str, kind: str) -> Token:
    text = separator.join(part.text for part in parts)
    return Token(text, parts[0].start, parts[-1].end, parts[0].position, kind)
