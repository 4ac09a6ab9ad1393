"""`POST /indexes('n')/search.analyze`: the tokens that a text gives."""

from __future__ import annotations

from itertools import accumulate

from reconciler.emulator import strict
from reconciler.emulator.analysis.analyzers import analyzer
from reconciler.emulator.analysis.characters import char_filter
from reconciler.emulator.analysis.definitions import Body
from reconciler.emulator.analysis.filters import token_filter
from reconciler.emulator.analysis.normalizers import as_analyzer
from reconciler.emulator.analysis.tokenizers import tokenizer
from reconciler.emulator.analysis.tokens import Analyzer, chain
from reconciler.emulator.context import Context
from reconciler.emulator.exchange import Reply
from reconciler.emulator.refusals import Refusal
from reconciler.emulator.store import Record

PARAMETER = "analyzeRequest"


def analyze(context: Context, record: Record) -> Reply:
    """The reply to a request for the tokens of a text. Offsets count UTF-16 units, as Lucene's."""
    name = context.request.address.name
    if name != record.name:  # FACTS g: an alias cannot be analyzed through
        service = context.settings.service
        raise Refusal("index-not-found", noun="index", name=name, service=service)
    body = strict.parse_json(context.request.body, PARAMETER)
    strict.Checker(context.shapes, PARAMETER).check(body, "AnalyzeRequest")
    text = body["text"]
    approximate = context.settings.language_analyzers == "approximated"
    offsets = [0, *accumulate(2 if ord(char) > 0xFFFF else 1 for char in text)]
    tokens = [
        {
            "token": token.text,
            "startOffset": offsets[token.start],
            "endOffset": offsets[token.end],
            "position": token.position,
        }
        for token in asked(record.body, body, approximate)(text)
    ]
    context_name = f"{context.namespace_context}.AnalyzeResult"
    return Reply.json(200, {"@odata.context": context_name, "tokens": tokens})


def asked(index: Body, request: Body, approximate: bool) -> Analyzer:
    """What the request names: an analyzer, a normalizer, or a tokenizer with filters."""
    names = [key for key in ("analyzer", "normalizer", "tokenizer") if request.get(key) is not None]
    if not names:
        raise Refusal("analyze-nothing")
    if len(names) > 1:
        raise Refusal("analyze-two", one=names[0], other=names[1])
    for key in ("tokenFilters", "charFilters"):
        if request.get(key) and names != ["tokenizer"]:
            raise Refusal("analyze-filters", property=key)
    if names == ["analyzer"]:
        return analyzer(index, request["analyzer"], approximate)
    if names == ["normalizer"]:
        return as_analyzer(index, request["normalizer"])
    return chain(
        [char_filter(index, name) for name in request.get("charFilters") or ()],
        tokenizer(index, request["tokenizer"]),
        [token_filter(index, name) for name in request.get("tokenFilters") or ()],
    )
