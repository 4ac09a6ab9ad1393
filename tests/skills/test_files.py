"""Document Extraction and Document Layout (SKILLS 1.1, 1.2)."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.skills.material import enriched, image_file, pdf_file, reference, skill, word_file

FILE = {"file_data": "/document/file_data"}
PAGE = b"<html><h1>Foo</h1><p>one</p><h2>Bar</h2><p>two</p><p>three</p><h4>Deep</h4><p>four</p>"


def read(data: bytes, given: dict[str, Any]) -> Any:
    tree, notes = enriched({"file_data": reference(data)}, given)
    assert notes == []
    return tree


def extraction(**more: Any) -> dict[str, Any]:
    return skill(
        "Util.DocumentExtractionSkill", FILE, "content=text", "normalized_images=images", **more
    )


def layout(**more: Any) -> dict[str, Any]:
    outputs = ("markdown_document", "text_sections", "normalized_images=images")
    return skill("Util.DocumentIntelligenceLayoutSkill", FILE, *outputs, **more)


@pytest.mark.parametrize(
    ("data", "content"),
    [
        (pdf_file(), "Page 1 speaks.\nPage 2 speaks."),
        (word_file(), "Guide\nHow to begin.\nSetup\nInstall it.\nleft\tright"),
        (PAGE, "Foo\none\nBar\ntwo\nthree\nDeep\nfour"),
        (b"just text", "just text"),
    ],
)
def test_extraction_gives_text(data: bytes, content: str) -> None:
    tree = read(data, extraction())
    assert tree.value("/document/text") == content
    assert tree.value("/document/images") is None


def test_extraction_gives_images() -> None:
    action = {"imageAction": "generateNormalizedImages", "normalizedImageMaxWidth": 50}
    tree = read(image_file(100, 80), extraction(configuration=action))
    assert tree.value("/document/images/*/width") == [50]
    assert tree.value("/document/images/*/height") == [40]


def test_extraction_without_content() -> None:
    assert read(b"x", extraction(dataToExtract="allMetadata")).value("/document/text") is None


def test_extraction_keeps_markup_as_text() -> None:
    assert read(b"<p>x", extraction(parsingMode="text")).value("/document/text") == "<p>x"


def test_a_normalized_image_is_a_file() -> None:
    action = {"imageAction": "generateNormalizedImages"}
    first = extraction(configuration=action)
    second = skill(
        "Util.DocumentExtractionSkill",
        {"file_data": "/document/images/*"},
        "normalized_images=again",
        context="/document/images/*",
        configuration=action,
    )
    tree, notes = enriched({"file_data": reference(image_file(9, 9))}, second, first)
    assert notes == []
    assert tree.value("/document/images/0/again/0/width") == 9


@pytest.mark.parametrize("file", ['{"$type":"file","data":"eA=="}', {"data": "eA=="}, 5])
def test_what_is_no_file_reference(file: Any) -> None:
    _, [note] = enriched({"file_data": file}, extraction())
    assert note.severity == "warning"
    assert note.details == (
        "Required skill input was not in the expected format.  Name: 'file_data', "
        "Source: '$(/document/file_data)', Error: 'Missing file reference object'"
    )


@pytest.mark.parametrize(
    "file",
    [
        {"$type": "file", "url": "https://host.example/a.pdf"},
        {"$type": "file", "data": "no base64!"},
        reference(b"\x00\x01"),
        reference(b"%PDF-1.7 broken"),
    ],
)
def test_files_that_cannot_be_read_are_errors(file: Any) -> None:
    for given in (extraction(), layout()):
        _, [note] = enriched({"file_data": file}, given)
        assert (note.severity, note.message) == ("error", "Could not execute skill")


@pytest.mark.parametrize("data", [PAGE, b"# Foo\none\n\n## Bar\ntwo\n\nthree\n\n#### Deep\nfour\n"])
def test_layout_as_markdown(data: bytes) -> None:
    found = read(data, layout(markdownHeaderDepth="h3")).value("/document/markdown_document")
    assert [section["sections"] for section in found] == [
        {"h1": "Foo", "h2": "", "h3": ""},
        {"h1": "Foo", "h2": "Bar", "h3": ""},
    ]
    assert [section["ordinal_position"] for section in found] == [0, 1]
    assert found[0]["content"] == "one"
    words = found[1]["content"].split()
    assert words == ["two", "three", "####", "Deep", "four"]


def test_layout_of_word() -> None:
    found = read(word_file(), layout()).value("/document/markdown_document")
    assert [(section["sections"]["h2"], section["content"]) for section in found] == [
        ("", "How to begin."),
        ("Setup", "Install it.\r\nleft\tright"),
    ]
    assert list(found[0]["sections"]) == ["h1", "h2", "h3", "h4", "h5", "h6"]


def test_layout_as_text() -> None:
    given = layout(
        outputFormat="text",
        extractionOptions=["images", "locationMetadata"],
        chunkingProperties={"unit": "characters", "maximumLength": 300},
    )
    tree = read(pdf_file(), given)
    first, second = tree.value("/document/text_sections")
    assert (first["content"], second["content"]) == ("Page 1 speaks.", "Page 2 speaks.")
    assert second["locationMetadata"]["pageNumber"] == 2
    assert second["locationMetadata"]["ordinalPosition"] == 1
    assert json.loads(second["locationMetadata"]["boundingPolygons"]) == []
    assert first["sections"] == []
    assert first["id"] != second["id"]
    [image] = tree.value("/document/images")
    assert set(image) == {"$type", "id", "data", "imagePath", "locationMetadata"}


def test_layout_cuts_text_into_chunks() -> None:
    data = ("A sentence of words. " * 40).encode()
    given = layout(
        outputFormat="text", chunkingProperties={"maximumLength": 300, "overlapLength": 50}
    )
    found = read(data, given).value("/document/text_sections/*/content")
    assert all(len(chunk) <= 300 for chunk in found)
    assert found[1].startswith(found[0][-50:])
    assert "locationMetadata" not in read(data, given).value("/document/text_sections/0")


def test_layout_overlap_is_less_than_half() -> None:
    chunking = {"maximumLength": 300, "overlapLength": 150}
    given = layout(outputFormat="text", chunkingProperties=chunking)
    _, [note] = enriched({"file_data": reference(b"x")}, given)
    assert "less than half" in note.details


@pytest.mark.parametrize("output", ["markdown", "text"])
def test_layout_reads_no_pictures(output: str) -> None:
    given = layout(outputFormat=output, extractionOptions=["images"])
    _, [note] = enriched({"file_data": reference(image_file(60, 60))}, given)
    assert note.details == "The emulator does not read text in images."
