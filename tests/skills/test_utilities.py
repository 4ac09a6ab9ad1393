"""Merge, Shaper, Conditional and Language Detection (SKILLS 1.1, 1.2)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.skills.material import enriched, skill

FOX = "The brown fox jumps over the dog"


def merged(inputs: dict[str, str], **parameters: Any) -> Any:
    tree, notes = enriched(
        {}, skill("Text.MergeSkill", inputs, "mergedText", "mergedOffsets", **parameters)
    )
    assert notes == []
    return tree.value("/document/mergedText"), tree.value("/document/mergedOffsets")


def test_the_sample_of_the_merge_page() -> None:
    text, offsets = merged(
        {"text": f"='{FOX}'", "itemsToInsert": "=['quick', 'lazy']", "offsets": "=[3, 28]"},
        insertPreTag=" ",
        insertPostTag="",
    )
    assert text == "The quick brown fox jumps over the lazy dog"
    assert [text[at:].split()[0] for at in offsets] == ["quick", "lazy"]


@pytest.mark.parametrize(
    ("inputs", "text"),
    [
        ({"itemsToInsert": "=['a', 'b']"}, " a  b "),
        ({"itemsToInsert": "=['a', 'b']", "text": "='t'"}, "t a  b "),
        ({"itemsToInsert": "=[]", "text": "='t'"}, "t"),
        ({"itemsToInsert": "=['x', 'y']", "text": "='😀z'", "offsets": "=[3, 2]"}, "😀 y z x "),
    ],
)
def test_items_and_tags(inputs: dict[str, str], text: str) -> None:
    assert merged(inputs)[0] == text


@pytest.mark.parametrize("offsets", ["=[1]", "=[1, 99]", "=[1, 'b']", "=[-1, 0]"])
def test_bad_offsets_are_an_error_and_items_stand_at_the_end(offsets: str) -> None:
    inputs = {"itemsToInsert": "=['a', 'b']", "text": "='text'", "offsets": offsets}
    tree, [note] = enriched({}, skill("Text.MergeSkill", inputs, "mergedText"))
    assert note.severity == "error"
    assert note.message == "Could not execute skill"
    assert note.details == (
        "One or more offset values were invalid and couldn't be parsed. Items were inserted at "
        "the end of the text"
    )
    assert tree.value("/document/mergedText") == "text a  b "


def test_merge_takes_strings_only() -> None:
    captions = {"captions": [{"text": "a"}]}
    source = {"itemsToInsert": "/document/captions/*"}
    _, [note] = enriched(captions, skill("Text.MergeSkill", source, "mergedText"))
    assert "not of the expected type" in note.details


def test_shaper_names_its_inputs() -> None:
    """Scenario 1 of the Shaper page."""
    phrases = [{"text": "this movie is awesome", "sentiment": 0.9}]
    shaper = skill(
        "Util.ShaperSkill",
        {"text": "/document/phrases/*/text", "sentiment": "/document/phrases/*/sentiment"},
        "output=analyzedText",
        context="/document/phrases/*",
    )
    tree, notes = enriched({"phrases": phrases}, shaper)
    assert notes == []
    assert tree.value("/document/phrases/0/analyzedText") == {
        "text": "this movie is awesome",
        "sentiment": 0.9,
    }


def chosen(values: dict[str, Any], condition: str, true: str, false: str, **more: Any) -> Any:
    inputs = {"condition": condition, "whenTrue": true, "whenFalse": false}
    return enriched(values, skill("Util.ConditionalSkill", inputs, "output=chosen", **more))


FRENCH = ("= $(/document/language) == 'fr'", "/document/sentences", "= null")
DEFAULT = ("= $(/document/language) == null", "= 'es'", "= $(/document/language)")


@pytest.mark.parametrize(
    ("values", "given", "result"),
    [
        ({"language": "fr", "sentences": ["a"]}, FRENCH, ["a"]),
        ({"language": "en", "sentences": ["a"]}, FRENCH, None),
        ({}, DEFAULT, "es"),
        ({"language": "fr"}, DEFAULT, "fr"),
    ],
)
def test_the_samples_of_the_conditional_page(
    values: dict[str, Any], given: tuple[str, str, str], result: Any
) -> None:
    tree, notes = chosen(values, *given)
    assert notes == []
    assert tree.value("/document/chosen") == result


def test_conditional_for_each_element() -> None:
    sentences = [{"french": None, "english": 0.25}, {"french": 0.5, "english": 0.1}]
    tree, notes = chosen(
        {"sentences": sentences},
        "= $(/document/sentences/*/french) == null",
        "/document/sentences/*/english",
        "= $(/document/sentences/*/french) * 2 - 1",
        context="/document/sentences/*",
    )
    assert notes == []
    assert tree.value("/document/sentences/*/chosen") == [0.25, 0.0]


def test_a_condition_that_is_no_truth_value() -> None:
    _, [note] = chosen({}, "= 'yes'", "= 1", "= 2")
    assert "not of the expected type `Boolean`" in note.details


@pytest.mark.parametrize(
    ("text", "code", "name"),
    [
        (
            "Glaciers are huge rivers of ice that ooze their way over land, powered by gravity.",
            "en",
            "English",
        ),
        ("Estamos muy felices de estar con ustedes.", "es", "Spanish"),
        ("Der Vertrag wurde gestern in München unterschrieben.", "de", "German"),
        ("4711", "(Unknown)", "(Unknown)"),
    ],
)
def test_language_detection(text: str, code: str, name: str) -> None:
    detect = skill(
        "Text.LanguageDetectionSkill",
        {"text": "/document/text"},
        "languageCode=code",
        "languageName=name",
        "score",
    )
    tree, notes = enriched({"text": text}, detect)
    assert notes == []
    assert (tree.value("/document/code"), tree.value("/document/name")) == (code, name)
    assert 0 <= tree.value("/document/score") <= 1


def test_language_detection_reads_so_much() -> None:
    detect = skill("Text.LanguageDetectionSkill", {"text": "/document/text"}, "languageCode=code")
    tree, [note] = enriched({"text": "The house. " * 6000}, detect)
    assert (note.severity, note.message) == ("warning", "Skill input was truncated")
    assert tree.value("/document/code") == "en"
