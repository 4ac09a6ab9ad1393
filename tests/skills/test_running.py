"""How a skillset runs: order, missing inputs, warnings, refusals (SKILLS 3.1, 3.2)."""

from __future__ import annotations

import pytest

from reconciler.emulator import skills
from tests.skills.material import enriched, shaped, skill


def test_skills_run_in_the_order_of_their_data() -> None:
    second = skill(
        "Util.ShaperSkill", {"page": "/document/pages/*"}, "output", context="/document/pages/*"
    )
    first = skill("Text.SplitSkill", {"text": "/document/merged"}, "textItems=pages")
    zeroth = skill("Text.MergeSkill", {"itemsToInsert": "=['a', 'b']"}, "mergedText=merged")
    tree, notes = enriched({}, second, first, zeroth)
    assert notes == []
    assert tree.value("/document/pages/0/output") == {"page": " a  b "}


def test_skills_that_wait_for_each_other_are_errors() -> None:
    one = skill("Text.SplitSkill", {"text": "/document/b/0"}, "textItems=a")
    two = skill("Text.SplitSkill", {"text": "/document/a/0"}, "textItems=b", name="two")
    _, notes = enriched({}, one, two)
    assert [(note.severity, note.name) for note in notes] == [
        ("error", "Enrichment.SplitSkill.#1"),
        ("error", "Enrichment.SplitSkill.two"),
    ]


@pytest.mark.parametrize(
    ("source", "details"),
    [
        (
            "/document/merged_content",
            "Required skill input is missing. Name: text, Source: /document/merged_content",
        ),
        (
            "/documents/content",
            "Required skill input is missing. Name: text, Source: /documents/content",
        ),
        (
            "/document/nothing",
            "Required skill input is missing. Name: text, Source: /document/nothing",
        ),
        (
            "/document/pages/*",
            "Required skill input was not of the expected type `String`. "
            "Name: `text`, Source: `/document/pages/*`.",
        ),
    ],
)
def test_a_bad_required_input_skips_the_skill(source: str, details: str) -> None:
    values = {"content": "x", "pages": ["a"], "nothing": None}
    split = skill("Text.SplitSkill", {"text": source}, "textItems", name="mine")
    tree, [note] = enriched(values, split)
    assert note.severity == "warning"
    assert note.name == "Enrichment.SplitSkill.mine"
    assert note.message == "Could not execute skill"
    assert note.details == details
    assert note.link.startswith("https://learn.microsoft.com/azure/search/")
    assert tree.value("/document/textItems") is None


def test_a_required_input_that_is_not_given() -> None:
    _, [note] = enriched({}, skill("Text.MergeSkill", {"text": "='a'"}, "mergedText"))
    assert note.details == "Required skill input is missing. Name: itemsToInsert, Source: "


@pytest.mark.parametrize(
    ("source", "details"),
    [
        ("/document/empty/0", "Unable to select 0 in array /document/empty of length 0."),
        ("/document/text/0", "Unable to select `0` in non-array `/document/text`."),
        ("/document/text/*", "Cannot iterate over non-array `/document/text`."),
        ("/document/items/*/tag", "Missing value /document/items/1/tag."),
    ],
)
def test_an_optional_input_that_is_missing_is_warned_about(source: str, details: str) -> None:
    values = {"empty": [], "text": "x", "items": [{"tag": 1}, {}]}
    _, [note] = enriched(values, skill("Util.ShaperSkill", {"it": source}, "output"))
    assert note.severity == "warning"
    assert note.message == "Skill executed but may have unexpected results"
    assert note.details == details


def test_what_is_there_is_taken_when_elements_lack_it() -> None:
    assert shaped({"items": [{"tag": 1}, {}, {"tag": 3}]}, "/document/items/*/tag") == [1, 3]


def test_a_null_or_absent_context_runs_nothing() -> None:
    choose = skill(
        "Util.ConditionalSkill",
        {"condition": "= false", "whenTrue": "/document/content", "whenFalse": "= null"},
        "output=chosen",
    )
    below = skill(
        "Text.SplitSkill", {"text": "/document/missing"}, "textItems", context="/document/chosen"
    )
    absent = skill(
        "Text.SplitSkill", {"text": "/document/none/*"}, "textItems", context="/document/none/*"
    )
    tree, notes = enriched({"content": "x"}, choose, below, absent)
    assert notes == []
    assert tree.value("/document/chosen/textItems") is None


def test_one_skill_for_each_element_and_a_note_for_each_failure() -> None:
    split = skill(
        "Text.SplitSkill",
        {"text": "/document/items/*/text"},
        "textItems",
        context="/document/items/*",
    )
    tree, [note] = enriched({"items": [{"text": "a"}, {"text": 5}]}, split)
    assert "expected type `String`" in note.details
    assert tree.value("/document/items/*/textItems/*") == ["a"]


def test_an_error_ends_the_run_of_the_document() -> None:
    merge = skill(
        "Text.MergeSkill",
        {"itemsToInsert": "=['a']", "text": "='t'", "offsets": "=[9]"},
        "mergedText",
    )
    after = skill("Text.SplitSkill", {"text": "/document/mergedText"}, "textItems")
    tree, [note] = enriched({}, after, merge)
    assert (note.severity, note.name) == ("error", "Enrichment.MergeSkill.#2")
    assert tree.value("/document/textItems") is None


@pytest.mark.parametrize(
    ("given", "named"),
    [
        (skill("Vision.OcrSkill", {}, "text", name="read"), "Microsoft.Skills.Vision.OcrSkill"),
        (skill("Custom.ChatCompletionSkill", {}, "response"), "ChatCompletionSkill"),
        (skill("Text.V3.SentimentSkill", {}, "sentiment"), "V3.SentimentSkill"),
        (
            skill(
                "Text.SplitSkill",
                {},
                "textItems",
                unit="azureOpenAITokens",
                azureOpenAITokenizerParameters={"encoderModelName": "p50k_base"},
            ),
            "p50k_base",
        ),
        (skill("Custom.AmlSkill", {}, "output", resourceId="x"), "resourceId"),
        (
            skill("Util.DocumentExtractionSkill", {}, "content", parsingMode="json"),
            "parsingMode 'json'",
        ),
    ],
)
def test_what_is_not_emulated_is_refused_by_name(given: dict[str, object], named: str) -> None:
    with pytest.raises(skills.NotEmulated, match=named.replace("(", r"\(")):
        skills.ready({"name": "skills", "skills": [given]})
