"""Text Split (SKILLS 1.1)."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.skills.material import enriched, skill

OUTPUTS = ("textItems", "offsets", "lengths", "ordinalPositions")


def split(text: str, **parameters: Any) -> dict[str, Any]:
    tree, notes = enriched(
        {"text": text}, skill("Text.SplitSkill", {"text": "/document/text"}, *OUTPUTS, **parameters)
    )
    assert notes == []
    return {name: tree.value(f"/document/{name}") for name in OUTPUTS}


def test_pages_end_with_a_sentence() -> None:
    text = "A sentence of words. " * 40
    pages = split(text, maximumPageLength=300)["textItems"]
    assert "".join(pages) == text
    assert all(page.endswith(". ") and len(page) <= 300 for page in pages)


def test_pages_without_sentences_end_with_a_word() -> None:
    pages = split("word " * 100, maximumPageLength=302)["textItems"]
    assert pages[0] == "word " * 60


def test_a_word_that_is_too_long_is_cut() -> None:
    assert split("x" * 700, maximumPageLength=300)["textItems"] == ["x" * 300, "x" * 300, "x" * 100]


def test_the_default_length_is_5000() -> None:
    assert [len(page) for page in split("x" * 5001)["textItems"]] == [5000, 1]


def test_overlap_repeats_the_end_of_the_page_before() -> None:
    found = split("One sentence here. " * 60, maximumPageLength=300, pageOverlapLength=40)
    for before, after in zip(found["textItems"], found["textItems"][1:], strict=False):
        assert after.startswith(before[-40:])
    assert found["offsets"][1]["utf16"] == found["lengths"][0]["utf16"] - 40


def test_only_so_many_pages() -> None:
    found = split("x" * 1000, maximumPageLength=300, maximumPagesToTake=2)
    assert len(found["textItems"]) == 2
    assert found["ordinalPositions"] == [1, 2]


def test_sentences() -> None:
    found = split("Is it? Yes! It is 3.5 m.\n\nNew one", textSplitMode="sentences")
    assert found["textItems"] == ["Is it?", "Yes!", "It is 3.5 m.", "New one"]
    assert [offset["utf16"] for offset in found["offsets"]] == [0, 7, 12, 26]


def test_sentences_without_blanks() -> None:
    assert split("你好。再见！", textSplitMode="sentences")["textItems"] == ["你好。", "再见！"]


def test_lengths_in_three_encodings() -> None:
    found = split("é😀. Ok.", textSplitMode="sentences")
    assert found["lengths"][0] == {"utf8": 7, "utf16": 4, "codePoint": 3}
    assert found["offsets"][1] == {"utf8": 8, "utf16": 5, "codePoint": 4}


def test_length_counts_utf16_units() -> None:
    assert [len(page) for page in split("😀" * 300, maximumPageLength=300)["textItems"]] == [
        150,
        150,
    ]


def test_tokens_are_counted_roughly() -> None:
    text = "word " * 900
    pages = split(text, unit="azureOpenAITokens", maximumPageLength=500)["textItems"]
    assert "".join(pages) == text
    assert 490 <= len(pages[0].split()) <= 500


def test_special_tokens_are_not_split() -> None:
    parameters = {"allowedSpecialTokens": ["[START]"]}
    pages = split(
        "[START]" * 4,
        unit="azureOpenAITokens",
        maximumPageLength=2,
        azureOpenAITokenizerParameters=parameters,
    )["textItems"]
    assert pages == ["[START][START]"] * 2


def test_no_text_has_no_pages() -> None:
    assert split("")["textItems"] == []


@pytest.mark.parametrize("language", ["en", "pt-BR", "zh-Hans", "zh", "nb", "PT-pt"])
def test_languages_of_the_page_and_of_the_enum(language: str) -> None:
    assert split("a", defaultLanguageCode=language)["textItems"] == ["a"]


def test_an_unknown_language_splits_nothing() -> None:
    inputs = {"text": "='a'", "languageCode": "='(Unknown)'"}
    tree, [note] = enriched({}, skill("Text.SplitSkill", inputs, "textItems"))
    assert note.severity == "warning"
    assert note.details == (
        "Skill input 'languageCode' has the following language codes '(Unknown)', at least one of "
        "which is invalid."
    )
    assert tree.value("/document/textItems") is None


def test_an_overlap_as_long_as_a_page_is_an_error() -> None:
    _, [note] = enriched(
        {},
        skill(
            "Text.SplitSkill",
            {"text": "='a'"},
            "textItems",
            maximumPageLength=300,
            pageOverlapLength=300,
        ),
    )
    assert note.severity == "error"


@given(
    text=st.text(alphabet="ab é😀.。!\n", max_size=400),
    length=st.integers(2, 60),
    overlap=st.integers(0, 30),
)
def test_pages_cover_the_text(text: str, length: int, overlap: int) -> None:
    if overlap >= length:
        overlap = length - 1
    found = split(text, maximumPageLength=length, pageOverlapLength=overlap)
    end = 0
    for page, offset, size in zip(
        found["textItems"], found["offsets"], found["lengths"], strict=True
    ):
        start = offset["codePoint"]
        assert text[start : start + size["codePoint"]] == page
        assert size["utf16"] == len(page.encode("utf-16-le")) // 2 <= length
        assert start <= end < start + len(page)
        end = start + len(page)
    assert end == len(text)
