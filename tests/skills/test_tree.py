"""Paths, contexts and the enrichment tree (SKILLS 3.1)."""

from __future__ import annotations

from typing import Any

import pytest

from reconciler.emulator import skills
from tests.skills.material import enriched, shaped, skill

# The sample of the annotation language page.
SAMPLE = {
    "merged_content": "Study of BMN 110 in Pediatric Patients",
    "normalized_images": [
        {"text": {"words": ["Study", "of", "BMN", "110"]}},
        {"text": {"words": ["it", "is", "certainly"]}},
    ],
    "readme#requirements": "escaped",
    "a/b": "slash",
    "~": "tilde",
}


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("/document/merged_content", "Study of BMN 110 in Pediatric Patients"),
        ("/document/normalized_images/0/text/words/1", "of"),
        ("/document/normalized_images/0/text/words/*", ["Study", "of", "BMN", "110"]),
        (
            "/document/normalized_images/*/text/words/*",
            ["Study", "of", "BMN", "110", "it", "is", "certainly"],
        ),
        (
            "/document/normalized_images/*/text/words/#",
            [["Study", "of", "BMN", "110"], ["it", "is", "certainly"]],
        ),
        ("/document/normalized_images/0/text/words", ["Study", "of", "BMN", "110"]),
        ("/document/readme~2#~2requirements", "escaped"),
        ("/document/a~1b", "slash"),
        ("/document/~0", "tilde"),
        ("/document/Merged_content", None),
        ("/documents/merged_content", None),
    ],
)
def test_paths_of_the_annotation_language_page(path: str, value: Any) -> None:
    assert skills.Tree(SAMPLE).value(path) == value


def test_an_input_is_aligned_with_its_context() -> None:
    found = shaped(
        SAMPLE, "/document/normalized_images/*/text/words/*", "/document/normalized_images/*"
    )
    assert found == [["Study", "of", "BMN", "110"], ["it", "is", "certainly"]]


COUNTRIES = {
    "language": "en",
    "other": [7, 8],
    "countries": [
        {"states": [{"codes": [1, 2]}, {"codes": [3]}]},
        {"states": [{"codes": [4]}]},
    ],
}


@pytest.mark.parametrize(
    ("context", "source", "value"),
    [
        ("/document/countries/*", "/document/countries/*/states/*/codes/*", [[1, 2, 3], [4]]),
        (
            "/document/countries/*/states/*",
            "/document/countries/*/states/*/codes/*",
            [[1, 2], [3], [4]],
        ),
        ("/document/countries/*", "/document/language", ["en", "en"]),
        ("/document/countries/*", "/document/other/*", [[7, 8], [7, 8]]),
    ],
)
def test_context_decides_cardinality(context: str, source: str, value: Any) -> None:
    assert shaped(COUNTRIES, source, context) == value


def test_outputs_stand_below_their_context_and_are_not_part_of_its_value() -> None:
    split = skill(
        "Text.SplitSkill",
        {"text": "/document/texts/*"},
        "textItems=pages",
        context="/document/texts/*",
    )
    tree, notes = enriched({"texts": ["one", "two"]}, split)
    assert notes == []
    assert tree.value("/document/texts/*") == ["one", "two"]
    assert tree.value("/document/texts/1/pages/0") == "two"
    assert tree.values("/document/texts/*/pages/*") == [
        ("/document/texts/0/pages/0", "one"),
        ("/document/texts/1/pages/0", "two"),
    ]


def test_values_keep_to_the_place_they_are_seen_from() -> None:
    tree = skills.Tree(COUNTRIES)
    place = "/document/countries/1"
    assert tree.values("/document/countries/*/states/*/codes/*", at=place) == [
        ("/document/countries/1/states/0/codes/0", 4)
    ]
    assert tree.value("/document/countries/*/states/*/codes/*", at=place) == [4]
    assert skills.value_of(tree, {"source": "= $(/document/language) + '!'"}, place) == "en!"


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("=42", 42),
        ("=2.45E-4", 0.000245),
        ('="some string"', "some string"),
        ("='some other string'", "some other string"),
        (r'="unicod\u0065"', "unicode"),
        ("='it\\'s \"so\"'", 'it\'s "so"'),
        ("=false", False),
        ("=['item']", ["item"]),
        ("=[$(/document/entities/0/text), 'item']", ["BMN", "item"]),
        ("=[[$(/document/entities/0/text)], ['item2', 1]]", [["BMN"], ["item2", 1]]),
        ("=!false", True),
        ("=-42", -42),
        ("=-$(/document/entities/0/offset)", -9),
        ("=2+2", 4),
        ("=$(/document/entities/0/offset)-2", 7),
        ("=3/2", 1.5),
        ("=$(/document/entities/0/offset)/3", 3),
        ("=15%4", 3),
        ("=-5%3", -2),
        ("=007", 7),
        ("='Hello,' + 'world!'", "Hello,world!"),
        ("=15<4", False),
        ("=4<=4", True),
        ("=15>4", True),
        ("=1>=2", False),
        ("=15==4", False),
        ("=15!=4", True),
        ("=true&&false", False),
        ("=true||false", True),
        ("=true^true", False),
        ('=true?"true":"false"', "true"),
        ('=$(/document/entities/0/offset)==9?"nine":"not nine"', "nine"),
        ("=3*2+5", 11),
        ("=3*(2+5)", 21),
        ("= $(/document/nothing) == null", True),
        ("= $(/document/nothing) > 0.5", False),
    ],
)
def test_expressions_of_the_annotation_language_page(source: str, value: Any) -> None:
    entities = [{"text": "BMN", "offset": 9, "category": "Organization"}]
    found = shaped({"entities": entities}, source)
    assert found == value
    assert type(found) is type(value)


def test_an_inline_array_takes_one_element_for_each_run() -> None:
    found = shaped(
        {"phrases": ["Study", "Syndrome"]},
        "=['key phrase', $(/document/phrases/*)]",
        "/document/phrases/*",
    )
    assert found == [["key phrase", "Study"], ["key phrase", "Syndrome"]]


@pytest.mark.parametrize(
    "source", ["=high", "= 1 +", "= 'open", "= 1 / 0", "= 1 % 0", "= 'a' - 1", "=(1", "=9e999"]
)
def test_expressions_that_cannot_be_computed_are_warned_about(source: str) -> None:
    split = skill("Text.SplitSkill", {"text": source}, "textItems")
    tree, [note] = enriched({}, split)
    assert note.severity == "warning"
    assert note.message == "Could not execute skill"
    assert note.details.startswith(
        f"Required skill input was not in the expected format.  Name: 'text', Source: '{source}'"
    )
    assert tree.value("/document/textItems") is None


def test_nested_inputs_make_objects() -> None:
    """Scenario 3 of the Shaper page."""
    pages = [
        {"chapters": [{"title": "Start young", "number": 1}]},
        {"chapters": [{"title": "Laugh often", "number": 2}, {"title": "Eat", "number": 3}]},
    ]
    above = "/document/pages/*/chapters/*"
    nested = {
        "sourceContext": above,
        "inputs": [
            {"name": "title", "source": f"{above}/title"},
            {"name": "number", "source": f"{above}/number"},
        ],
    }
    assert shaped({"pages": pages}, nested) == [
        {"title": "Start young", "number": 1},
        {"title": "Laugh often", "number": 2},
        {"title": "Eat", "number": 3},
    ]
    assert shaped({"pages": pages}, f"{above}/title") == ["Start young", "Laugh often", "Eat"]


def test_nested_inputs_at_the_context_make_one_object() -> None:
    nested = {
        "sourceContext": "/document/pages/*",
        "inputs": [
            {"name": "columns", "source": "=['image', 'text']"},
            {"name": "data", "source": "=[['', $(/document/pages/*)]]"},
        ],
    }
    assert shaped({"pages": ["a"]}, nested, "/document/pages/*") == [
        {"columns": ["image", "text"], "data": [["", "a"]]}
    ]
