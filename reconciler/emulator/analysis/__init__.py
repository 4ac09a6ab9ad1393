"""Lexical analysis: what an index, and a query, makes of a text."""

from reconciler.emulator.analysis.analyzers import analyzer, for_indexing, for_searching
from reconciler.emulator.analysis.normalizers import normalizer
from reconciler.emulator.analysis.tokens import Token
from reconciler.emulator.analysis.wordwise import terms

__all__ = ["Token", "analyzer", "for_indexing", "for_searching", "normalizer", "terms"]
