"""Names within an index: what it defines, and what it does not."""

from __future__ import annotations

import pytest

from tests.lint.fragments import Case, document, hold, index, said
from tests.world import World

VECTOR = "{name: v, type: Collection(Edm.Single), dimensions: 3, vectorSearchProfile: p}"
NAMES = {
    "all of a vector's": Case(
        f"""
        fields: [{VECTOR}]
        vectorSearch:
          algorithms: [{{name: a, kind: hnsw}}]
          compressions: [{{name: c, kind: binaryQuantization}}]
          vectorizers:
            - {{name: z, kind: customWebApi, customWebApiParameters: {{uri: "https://x"}}}}
          profiles: [{{name: p, algorithm: a, compression: c, vectorizer: z}}]
        """
    ),
    "none of a vector's": Case(
        f"""
        fields: [{VECTOR}]
        vectorSearch:
          profiles: [{{name: q, algorithm: a, compression: c, vectorizer: z}}]
        """,
        (
            "the vector profile `p` is not defined",
            "the vector algorithm `a` is not defined",
            "the compression `c` is not defined",
            "the vectorizer `z` is not defined",
        ),
    ),
    "no vector search at all": Case(f"fields: [{VECTOR}]", ("the vector profile `p`",)),
    "analysis, built in and of its own": Case(
        """
        fields:
          - {name: a, type: Edm.String, analyzer: mine, normalizer: lowercase}
          - {name: b, type: Edm.String, analyzer: standard, normalizer: ours}
        analyzers:
          - name: mine
            "@odata.type": "#Microsoft.Azure.Search.CustomAnalyzer"
            tokenizer: cut
            tokenFilters: [lowercase, short]
            charFilters: [html_strip, dashes]
          - name: older
            "@odata.type": "#Microsoft.Azure.Search.CustomAnalyzer"
            tokenizer: keyword
            tokenFilters: [edgeNGram]
        tokenizers:
          - {name: cut, "@odata.type": "#Microsoft.Azure.Search.PatternTokenizer"}
        tokenFilters:
          - {name: short, "@odata.type": "#Microsoft.Azure.Search.TruncateTokenFilter", length: 9}
        charFilters:
          - name: dashes
            "@odata.type": "#Microsoft.Azure.Search.MappingCharFilter"
            mappings: ["-=>_"]
        normalizers:
          - name: ours
            "@odata.type": "#Microsoft.Azure.Search.CustomNormalizer"
            tokenFilters: [uppercase]
            charFilters: [dashes]
        """
    ),
    "analysis that is nowhere": Case(
        """
        fields: [{name: a, type: Edm.String, analyzer: mine, normalizer: lowecase}]
        analyzers:
          - name: other
            "@odata.type": "#Microsoft.Azure.Search.CustomAnalyzer"
            tokenizer: lowercased
            tokenFilters: [lowercase, shorter]
            charFilters: [html]
        normalizers:
          - name: n
            "@odata.type": "#Microsoft.Azure.Search.CustomNormalizer"
            tokenFilters: [upper]
            charFilters: [dashes]
        """,
        (
            "the analyzer `mine` is neither",
            "the normalizer `lowecase` is neither",
            "the tokenizer `lowercased` is neither",
            "the token filter `shorter` is neither",
            "the char filter `html` is neither",
            "the token filter `upper` is neither",
            "the char filter `dashes` is neither",
        ),
    ),
    "fields that are there": Case(
        """
        fields:
          - {name: title, type: Edm.String}
          - {name: made, type: Edm.DateTimeOffset}
          - {name: address, type: Edm.ComplexType, fields: [{name: city, type: Edm.String}]}
        scoringProfiles:
          - name: new
            text: {weights: {title: 2, address/city: 3}}
            functions:
              - type: freshness
                fieldName: made
                boost: 2
                freshness: {boostingDuration: P1D}
        defaultScoringProfile: new
        suggesters:
          - {name: s, searchMode: analyzingInfixMatching, sourceFields: [title, address/city]}
        semantic:
          defaultConfiguration: ranked
          configurations:
            - name: ranked
              prioritizedFields:
                titleField: {fieldName: title}
                prioritizedContentFields: [{fieldName: address/city}]
        """
    ),
    "fields that are not there": Case(
        """
        fields:
          - {name: title, type: Edm.String}
          - {name: address, type: Edm.ComplexType, fields: [{name: city, type: Edm.String}]}
        scoringProfiles:
          - name: new
            text: {weights: {titel: 2}}
            functions:
              - type: freshness
                fieldName: made
                boost: 2
                freshness: {boostingDuration: P1D}
        defaultScoringProfile: knew
        suggesters: [{name: s, searchMode: analyzingInfixMatching, sourceFields: [city]}]
        semantic:
          defaultConfiguration: other
          configurations:
            - name: ranked
              prioritizedFields:
                titleField: {fieldName: Title}
                prioritizedContentFields: [{fieldName: body}]
                prioritizedKeywordsFields: [{fieldName: address.city}]
        """,
        (
            "the index has no field `titel`",
            "the index has no field `made`",
            "the scoring profile `knew`",
            "the index has no field `city`",
            "the semantic configuration `other`",
            "the index has no field `Title`",
            "the index has no field `body`",
            "the index has no field `address.city`",
        ),
    ),
    "empty names, which are none": Case(
        """
        fields: [{name: a, type: Edm.String, analyzer: "", normalizer: ""}]
        defaultScoringProfile: ""
        semantic: {defaultConfiguration: ""}
        """
    ),
    "an index of which one field cannot be told": Case(
        """
        fields: [{type: Edm.String}]
        suggesters: [{name: s, searchMode: analyzingInfixMatching, sourceFields: [title]}]
        """
    ),
    "profiles of which one cannot be told": Case(
        f"""
        fields: [{VECTOR}]
        vectorSearch: {{profiles: [{{algorithm: a}}], algorithms: 7}}
        """
    ),
}


@pytest.mark.parametrize("case", NAMES.values(), ids=NAMES)
def test_names_within_an_index(case: Case, offline: World) -> None:
    told = said(offline, "undefined-name", index(case.spec))
    hold(sorted(told), tuple(sorted(case.said)))


def test_what_may_be_built_in_by_then_is_not_told(offline: World) -> None:
    offline.project("allowUnknownProperties: true")
    spec = """
        fields: [{name: a, type: Edm.String, analyzer: xx.microsoft}]
        defaultScoringProfile: new
        """
    told = said(offline, "undefined-name", index(spec))
    hold(told, ("the scoring profile `new`",))


INDEX = """
    fields: [{name: title, type: Edm.String}]
    semantic:
      configurations:
        - {name: ranked, prioritizedFields: {titleField: {fieldName: title}}}
    """
SOURCES = {
    "what is there": (
        {
            "semanticConfigurationName": "ranked",
            "sourceDataFields": [{"name": "title"}, {"name": "id"}],
            "searchFields": [{"name": "title"}],
        },
        (),
    ),
    "what is not there": (
        {
            "semanticConfigurationName": "rank",
            "sourceDataFields": [{"name": "titel"}],
            "searchFields": [{"name": "body"}],
        },
        (
            "the semantic configuration `rank` is not defined",
            "the index has no field `titel`",
            "the index has no field `body`",
        ),
    ),
    "all fields": ({"searchFields": [{"name": "*"}]}, ()),
    "of an index that is elsewhere": (
        {"searchIndexName": "x", "searchFields": [{"name": "b"}]},
        (),
    ),
}


@pytest.mark.parametrize(("parameters", "expected"), SOURCES.values(), ids=SOURCES)
def test_names_in_a_knowledge_source(
    parameters: dict[str, object], expected: tuple[str, ...], offline: World
) -> None:
    parameters = {"searchIndexName": "docs", **parameters}
    spec = {"kind": "searchIndex", "searchIndexParameters": parameters}
    source = document("KnowledgeSource", "docs-source", spec)
    hold(said(offline, "undefined-name", index(INDEX), source), expected)
