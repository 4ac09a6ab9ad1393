"""Names that the service knows by itself, for analyzers and their parts; others are yours.

https://learn.microsoft.com/azure/search/index-add-custom-analyzers#built-in-analyzers
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from reconciler.schema.marks import Canonical


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


ANALYZERS = _names(
    """
    ar.microsoft ar.lucene hy.lucene bn.microsoft eu.lucene bg.microsoft bg.lucene
    ca.microsoft ca.lucene zh-Hans.microsoft zh-Hans.lucene zh-Hant.microsoft zh-Hant.lucene
    hr.microsoft cs.microsoft cs.lucene da.microsoft da.lucene nl.microsoft nl.lucene
    en.microsoft en.lucene et.microsoft fi.microsoft fi.lucene fr.microsoft fr.lucene
    gl.lucene de.microsoft de.lucene el.microsoft el.lucene gu.microsoft he.microsoft
    hi.microsoft hi.lucene hu.microsoft hu.lucene is.microsoft id.microsoft id.lucene
    ga.lucene it.microsoft it.lucene ja.microsoft ja.lucene kn.microsoft ko.microsoft
    ko.lucene lv.microsoft lv.lucene lt.microsoft ml.microsoft ms.microsoft mr.microsoft
    nb.microsoft no.lucene fa.lucene pl.microsoft pl.lucene pt-BR.microsoft pt-BR.lucene
    pt-PT.microsoft pt-PT.lucene pa.microsoft ro.microsoft ro.lucene ru.microsoft ru.lucene
    sr-cyrillic.microsoft sr-latin.microsoft sk.microsoft sl.microsoft es.microsoft es.lucene
    sv.microsoft sv.lucene ta.microsoft te.microsoft th.microsoft th.lucene tr.microsoft
    tr.lucene uk.microsoft ur.microsoft vi.microsoft standard.lucene
    standardasciifolding.lucene keyword pattern simple stop whitespace
    """
)
_SECOND_NAMES = {
    "standard": "standard.lucene",
    "pt-Br.microsoft": "pt-BR.microsoft",
    "pt-Br.lucene": "pt-BR.lucene",
    "pt-Pt.microsoft": "pt-PT.microsoft",
    "pt-Pt.lucene": "pt-PT.lucene",
}
"""The tables in the documentation spell these so; the schema spells them otherwise.

https://learn.microsoft.com/azure/search/index-add-language-analyzers
"""


def spell_analyzer(name: Any) -> Any:
    """The schema's name of a built-in analyzer; other names stay as they are."""
    return _SECOND_NAMES.get(name, name) if isinstance(name, str) else name


AnalyzerName = Annotated[str, Canonical(spell_analyzer), Field(examples=sorted(ANALYZERS))]
"""A built-in analyzer or one of the index's own."""

TOKENIZERS = _names(
    """
    classic edgeNGram keyword_v2 letter lowercase microsoft_language_tokenizer
    microsoft_language_stemming_tokenizer nGram path_hierarchy_v2 pattern standard_v2
    uax_url_email whitespace
    """
)
TOKEN_FILTERS = _names(
    """
    arabic_normalization apostrophe asciifolding cjk_bigram cjk_width classic common_grams
    edgeNGram_v2 elision german_normalization hindi_normalization indic_normalization
    keyword_repeat kstem length limit lowercase nGram_v2 persian_normalization phonetic
    porter_stem reverse scandinavian_normalization scandinavian_folding shingle snowball
    sorani_normalization stemmer stopwords trim truncate unique uppercase word_delimiter
    """
)
ONE_TOKEN_FILTERS = _names(
    """
    arabic_normalization asciifolding cjk_width elision german_normalization hindi_normalization
    indic_normalization lowercase persian_normalization scandinavian_folding
    scandinavian_normalization sorani_normalization uppercase
    """
)
"""The token filters that a normalizer may have.

https://learn.microsoft.com/azure/search/search-normalizers
"""
CHAR_FILTERS = _names("html_strip")
NORMALIZERS = _names("asciifolding elision lowercase standard uppercase")
NORMALIZER_FILTERS = _names(
    """
    arabic_normalization asciifolding cjk_width elision german_normalization
    hindi_normalization indic_normalization lowercase persian_normalization
    scandinavian_folding scandinavian_normalization sorani_normalization uppercase
    """
)
"""Those that keep a value one token (https://learn.microsoft.com/azure/search/search-normalizers)."""

TokenizerName = Annotated[str, Field(examples=sorted(TOKENIZERS))]
TokenFilterName = Annotated[str, Field(examples=sorted(TOKEN_FILTERS))]
CharFilterName = Annotated[str, Field(examples=sorted(CHAR_FILTERS))]
NormalizerName = Annotated[str, Field(examples=sorted(NORMALIZERS))]
NormalizerFilterName = Annotated[str, Field(examples=sorted(NORMALIZER_FILTERS))]
