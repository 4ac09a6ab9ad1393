"""What names fields of an index: suggesters, scoring profiles, semantic configurations."""

from __future__ import annotations

import pytest

from tests.lint.fragments import Case, document, hold, index, said
from tests.lint.told import told
from tests.world import World

FIELDS = """
        fields:
          - {name: title, type: Edm.String}
          - {name: spoken, type: Edm.String, analyzer: fr.microsoft}
          - {name: coded, type: Edm.String, analyzer: keyword}
          - {name: own, type: Edm.String, analyzer: mine}
          - {name: dumb, type: Edm.String, searchable: false}
          - {name: hidden, type: Edm.String, retrievable: false}
          - {name: kept, type: Edm.String, filterable: false}
          - {name: tags, type: Collection(Edm.String)}
          - {name: made, type: Edm.DateTimeOffset}
          - {name: size, type: Edm.Int32}
          - {name: sizes, type: Collection(Edm.Int32)}
          - {name: place, type: Edm.GeographyPoint}
          - {name: address, type: Edm.ComplexType, fields: [{name: city, type: Edm.String}]}
          - name: rooms
            type: Collection(Edm.ComplexType)
            fields: [{name: text, type: Edm.String}]
          - {name: odd, type: Edm.Guid}
        analyzers: [{name: mine, "@odata.type": "#Microsoft.Azure.Search.StopAnalyzer"}]
"""


def suggester(*names: str) -> str:
    listed = ", ".join(names)
    return f"""{FIELDS}
        suggesters: [{{name: s, searchMode: analyzingInfixMatching, sourceFields: [{listed}]}}]
        """


def function(kind: str, field: str) -> str:
    parameters = {
        "freshness": "{boostingDuration: P1D}",
        "magnitude": "{boostingRangeStart: 1, boostingRangeEnd: 9}",
        "distance": "{referencePointParameter: here, boostingDistance: 9}",
        "tag": "{tagsParameter: wanted}",
    }
    return f"""{FIELDS}
        scoringProfiles:
          - name: p
            functions:
              - {{type: {kind}, fieldName: {field}, boost: 2, {kind}: {parameters[kind]}}}
        """


def weights(text: str) -> str:
    return f"{FIELDS}\n        scoringProfiles: [{{name: p, text: {{weights: {text}}}}}]"


def ranked(text: str) -> str:
    return f"""{FIELDS}
        semantic: {{configurations: [{{name: r, prioritizedFields: {text}}}]}}
        """


def content(name: str) -> str:
    return ranked(f"{{prioritizedContentFields: [{{fieldName: {name}}}]}}")


SUGGESTERS = {
    "texts of languages": Case(suggester("title", "spoken", "tags", "address/city", "hidden")),
    "a built-in analyzer": Case(suggester("coded"), ("`coded` has the analyzer `keyword`",)),
    "an analyzer of its own": Case(suggester("own"), ("`own` has the analyzer `mine`",)),
    "no searchable text": Case(
        suggester("dumb", "size", "address"),
        ("`dumb` is not searchable", "`size` is no text", "`address` is no text"),
    ),
    "what nobody knows": Case(suggester("odd", "nothing")),
}
SCORING = {
    "freshness": Case(function("freshness", "made")),
    "magnitude": Case(function("magnitude", "size")),
    "distance": Case(function("distance", "place")),
    "tag": Case(function("tag", "tags")),
    "tag of one string": Case(function("tag", "title")),
    "freshness of a number": Case(
        function("freshness", "size"), ("a freshness function takes Edm.DateTimeOffset",)
    ),
    "magnitude of many": Case(
        function("magnitude", "sizes"), ("a magnitude function takes Edm.Double or",)
    ),
    "distance of a text": Case(function("distance", "title"), ("a distance function takes",)),
    "tag of what is not filterable": Case(
        function("tag", "kept"), ("a tag function takes a filterable field",)
    ),
    "a type that is not known": Case(function("magnitude", "odd")),
    "weights": Case(weights("{title: 2, tags: 0.5, address/city: 3}")),
    "weights of no text": Case(
        weights("{size: 2, dumb: 3}"), ("`size` is no searchable", "`dumb` is no searchable")
    ),
}
SEMANTIC = {
    "texts": Case(
        ranked(
            "{titleField: {fieldName: title}, prioritizedContentFields: [{fieldName: address/city}]"
            ", prioritizedKeywordsFields: [{fieldName: tags}]}"
        )
    ),
    "a title alone": Case(ranked("{titleField: {fieldName: title}}")),
    "no field": Case(ranked("{}"), ("the configuration names no field",)),
    "empty lists": Case(
        ranked("{titleField: null, prioritizedContentFields: []}"),
        ("the configuration names no field",),
    ),
    "a number": Case(content("size"), ("the ranker reads text",)),
    "an object": Case(content("address"), ("the ranker reads text",)),
    "within a collection": Case(content("rooms/text"), ("`rooms/text` stands within",)),
    "not searchable": Case(content("dumb"), ("the ranker reads searchable fields",)),
    "not retrievable": Case(content("hidden"), ("the ranker reads retrievable fields",)),
    "what nobody knows": Case(content("odd")),
}
ANALYSIS = {
    "the name of a built-in one": Case(
        """
        analyzers: [{name: simple, "@odata.type": "#Microsoft.Azure.Search.StopAnalyzer"}]
        """,
        ("`simple` is the name of a built-in analyzer",),
    ),
    "the parts of a normalizer": Case(
        """
        normalizers:
          - name: n
            "@odata.type": "#Microsoft.Azure.Search.CustomNormalizer"
            tokenFilters: [lowercase, cjk_width, edgeNGram_v2, stopwords]
            charFilters: [html_strip]
        tokenFilters:
          - {name: stopwords, "@odata.type": "#Microsoft.Azure.Search.ElisionTokenFilter"}
        """,
        ("a normalizer cannot have `edgeNGram_v2`", "a normalizer cannot have `html_strip`"),
    ),
}
TABLES = {
    "suggester-field": SUGGESTERS,
    "scoring-field": SCORING,
    "semantic-field": SEMANTIC,
    "analysis-part": ANALYSIS,
}
CASES = [
    pytest.param(rule, case, id=f"{rule}: {title}")
    for rule, table in TABLES.items()
    for title, case in table.items()
]


@pytest.mark.parametrize(("rule", "case"), CASES)
def test_uses(rule: str, case: Case, offline: World) -> None:
    hold(said(offline, rule, index(case.spec)), case.said)


def test_an_analyzer_that_may_be_of_a_language_by_then_is_passed_over(offline: World) -> None:
    offline.project("allowUnknownProperties: true")
    fields = """
        fields: [{name: title, type: Edm.String, analyzer: klingon}]
        suggesters: [{name: s, searchMode: analyzingInfixMatching, sourceFields: [title]}]
        """
    assert said(offline, "suggester-field", index(fields)) == []


@pytest.mark.parametrize(("field", "severity"), [("dumb", "warning"), ("hidden", "error")])
def test_the_service_takes_what_is_not_searched(field: str, severity: str, offline: World) -> None:
    found = told(offline, "semantic-field", index(content(field)))
    assert [one[0] for one in found] == [severity]


def test_an_alias_beside_an_index_that_is_made_elsewhere(offline: World) -> None:
    offline.project("external: [Index/docs, Index/other]")
    alias = document("Alias", "docs", {"indexes": ["other"]})
    hold(said(offline, "alias-name", alias), ("an index has the name `docs` already",))


NUMBERS = {
    "a boost of nothing": ("boost: 0", "`boost`: must be more than 0"),
    "a negative boost": ("boost: -2", "`boost`: must be more than 0"),
    "a boost of one": ("boost: 1.0", "`boost`: must be other than 1"),
    "a boost below one": ("boost: 0.5", ""),
}


@pytest.mark.parametrize(("boost", "expected"), NUMBERS.values(), ids=NUMBERS)
def test_a_boost_lifts(boost: str, expected: str, offline: World) -> None:
    spec = function("magnitude", "size").replace("boost: 2", boost)
    hold(said(offline, "wrong-value", index(spec)), (expected,) if expected else ())


@pytest.mark.parametrize(("weight", "count"), [("0", 1), ("-1", 1), ("0.1", 0)])
def test_a_weight_is_positive(weight: str, count: int, offline: World) -> None:
    told = said(offline, "wrong-value", index(weights(f"{{title: {weight}}}")))
    hold(told, ("`title`: must be more than 0",) * count)


def test_an_index_has_one_suggester(offline: World) -> None:
    one = "{name: NAME, searchMode: analyzingInfixMatching, sourceFields: [title]}"
    two = f"[{one.replace('NAME', 'a')}, {one.replace('NAME', 'b')}]"
    spec = f"{FIELDS}\n        suggesters: {two}"
    hold(said(offline, "wrong-value", index(spec)), ("`suggesters`: must have at most 1",))
