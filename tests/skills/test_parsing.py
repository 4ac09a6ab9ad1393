"""Parsing modes: what /document holds at first (SKILLS 2.2)."""

from __future__ import annotations

import codecs
import json
from typing import Any

import pytest

from reconciler.emulator import cracking
from tests.skills.material import Body, blob, parsed

PATH = "https://account.blob.core.windows.net/files/"
MARKDOWN = b"""# Section 1
Content for section 1.

## Subsection 1.1
Content for subsection 1.1.

# Section 2
Content for section 2.
"""


def own(documents: list[Body]) -> list[Body]:
    """Without what comes from the store."""
    return [
        {
            name: value
            for name, value in values.items()
            if not name.startswith(("metadata_", "AzureSearch_"))
        }
        for values in documents
    ]


def failed(data: bytes, name: str, **configuration: Any) -> cracking.CrackFailed:
    with pytest.raises(cracking.CrackFailed) as caught:
        list(cracking.parse(data, blob(name), configuration))
    return caught.value


def test_what_the_store_says() -> None:
    given = blob("folder/My file.txt", "text/plain", department="sales", my_key="1")
    [item] = cracking.parse(b"hello", given, {})
    assert item.suffix is None
    assert item.values == {
        "metadata_storage_content_type": "text/plain",
        "metadata_storage_size": 5,
        "metadata_storage_last_modified": "2026-01-02T03:04:05Z",
        "metadata_storage_name": "My file.txt",
        "metadata_storage_path": PATH + "folder/My file.txt",
        "metadata_storage_file_extension": ".txt",
        "metadata_content_type": "text/plain",
        "metadata_content_encoding": "UTF-8",
        "department": "sales",
        "my_key": "1",
        "content": "hello",
    }


def test_metadata_names_and_md5() -> None:
    given = blob("a.txt", **{"cost-center": "7"})._replace(content_md5="abc=")
    [item] = cracking.parse(b"", given, {"dataToExtract": "storageMetadata"})
    assert item.values["cost_center"] == "7"
    assert item.values["metadata_storage_content_md5"] == "abc="


@pytest.mark.parametrize(
    ("configuration", "content", "format_known"),
    [
        ({}, True, True),
        ({"dataToExtract": "contentAndMetadata"}, True, True),
        ({"dataToExtract": "allMetadata"}, False, True),
        ({"dataToExtract": "storageMetadata"}, False, False),
    ],
)
def test_data_to_extract(configuration: Body, content: bool, format_known: bool) -> None:
    [values] = parsed(b"<title>T</title><p>x", "a.html", **configuration)
    assert ("content" in values) is content
    assert ("metadata_title" in values) is format_known
    assert values["metadata_storage_name"] == "a.html"


def test_a_blob_can_ask_to_be_skipped() -> None:
    [item] = cracking.parse(b"x", blob("a.txt", AzureSearch_SkipContent="true"), {})
    assert "content" not in item.values
    assert item.values["metadata_content_type"] == "text/plain"


def test_the_file_itself_for_skills() -> None:
    [values] = parsed(b"x", "a.txt", allowSkillsetToReadFileData=True)
    assert values["file_data"] == {"$type": "file", "data": "eA=="}


@pytest.mark.parametrize(
    ("data", "encoding", "content"),
    [
        ("<b>é</b>".encode(), None, "<b>é</b>"),
        (codecs.BOM_UTF8 + "é".encode(), None, "é"),
        (codecs.BOM_UTF16_LE + "é".encode("utf-16-le"), None, "é"),
        (codecs.BOM_UTF16_BE + "é".encode("utf-16-be"), None, "é"),
        ("é".encode("latin-1"), "iso-8859-1", "é"),
        ("é".encode("utf-16-le"), "unicode", "é"),
        (b"\xff", None, "\ufffd"),
    ],
)
def test_text(data: bytes, encoding: str | None, content: str) -> None:
    [values] = parsed(data, "a.html", parsingMode="text", encoding=encoding)
    assert values["content"] == content


def test_an_encoding_that_is_not_known() -> None:
    assert "klingon" in str(failed(b"x", "a.txt", parsingMode="text", encoding="klingon"))


def test_utf16_without_a_mark_is_warned_about() -> None:
    data = "hello".encode("utf-16-le")
    [item] = cracking.parse(data, blob("a.txt"), {"parsingMode": "text"})
    assert item.warnings == (
        "Document text appears to be UTF-16 encoded, but is missing a byte order mark",
    )


def test_json() -> None:
    article = {"article": {"text": "x", "tags": ["a"]}, "n": 1, "none": None}
    [values] = parsed(json.dumps(article).encode(), "a.json", parsingMode="json")
    assert own([values]) == [article]
    assert values["metadata_storage_name"] == "a.json"


def test_json_array_and_its_keys() -> None:
    data = json.dumps({"level1": {"level2": [{"id": 1}, {"id": 2}]}}).encode()
    configuration = {"parsingMode": "jsonArray", "documentRoot": "/level1/level2"}
    items = list(cracking.parse(data, blob("a.json"), configuration))
    assert own([item.values for item in items]) == [{"id": 1}, {"id": 2}]
    assert [item.suffix for item in items] == [";1", ";2"]
    assert [item.values["AzureSearch_DocumentKey"] for item in items] == [
        PATH + "a.json;1",
        PATH + "a.json;2",
    ]


def test_json_array_at_the_root() -> None:
    assert own(parsed(b'[{"a": 1}]', "a.json", parsingMode="jsonArray")) == [{"a": 1}]


def test_json_lines() -> None:
    found = parsed(b'{"a": 1}\r\n\r\n{"a": 2}\n', "a.jsonl", parsingMode="jsonLines")
    assert own(found) == [{"a": 1}, {"a": 2}]


@pytest.mark.parametrize(
    ("data", "configuration"),
    [
        (b"# no JSON", {"parsingMode": "json"}),
        (b"[1]", {"parsingMode": "json"}),
        (b'{"a": 1}', {"parsingMode": "jsonArray"}),
        (b'{"a": []}', {"parsingMode": "jsonArray", "documentRoot": "/b"}),
        (b"[1]", {"parsingMode": "jsonArray"}),
        (b'{"a": 1}\n{', {"parsingMode": "jsonLines"}),
        (b"a\n1,2", {"parsingMode": "delimitedText"}),
        (b"1", {"parsingMode": "delimitedText", "firstLineContainsHeaders": False}),
        (b"a\n1", {"parsingMode": "delimitedText", "delimitedTextDelimiter": "||"}),
    ],
)
def test_what_cannot_be_parsed(data: bytes, configuration: Body) -> None:
    problem = failed(data, "a.json", **configuration)
    assert problem.heading == "Could not parse document"
    assert not problem.unsupported


@pytest.mark.parametrize(
    ("data", "configuration", "rows"),
    [
        (
            b'id,text\n1,"a ""b"", c"\n2,d\n',
            {},
            [{"id": "1", "text": 'a "b", c'}, {"id": "2", "text": "d"}],
        ),
        (
            b"1|a\n",
            {
                "firstLineContainsHeaders": False,
                "delimitedTextHeaders": "id, text",
                "delimitedTextDelimiter": "|",
            },
            [{"id": "1", "text": "a"}],
        ),
        (b"x,y\n1,a\n", {"delimitedTextHeaders": "id,text"}, [{"id": "1", "text": "a"}]),
        (b'id,text\n1,"two\nlines"\n', {}, [{"id": "1", "text": "two\nlines"}]),
        (b"id,text\n1\n", {}, [{"id": "1"}]),
    ],
)
def test_delimited_text(data: bytes, configuration: Body, rows: list[Body]) -> None:
    assert own(parsed(data, "a.csv", parsingMode="delimitedText", **configuration)) == rows


def test_the_sample_of_the_markdown_page_one_to_many() -> None:
    found = parsed(MARKDOWN, "a.md", parsingMode="markdown", markdownHeaderDepth="h2")
    assert own(found) == [
        {
            "content": "Content for section 1.\r\n",
            "sections": {"h1": "Section 1", "h2": ""},
            "ordinal_position": 1,
        },
        {
            "content": "Content for subsection 1.1.\r\n",
            "sections": {"h1": "Section 1", "h2": "Subsection 1.1"},
            "ordinal_position": 2,
        },
        {
            "content": "Content for section 2.\r\n",
            "sections": {"h1": "Section 2", "h2": ""},
            "ordinal_position": 3,
        },
    ]


def test_the_sample_of_the_markdown_page_one_to_one() -> None:
    [item] = cracking.parse(
        MARKDOWN, blob("a.md"), {"parsingMode": "markdown", "markdownParsingSubmode": "oneToOne"}
    )
    assert item.suffix is None
    assert own([item.values]) == [
        {
            "document_content": "# Section 1\r\nContent for section 1.\r\n## Subsection 1.1\r\n"
            "Content for subsection 1.1.\r\n# Section 2\r\nContent for section 2.\r\n",
            "sections": [
                {
                    "header_level": "h1",
                    "header_name": "Section 1",
                    "content": "Content for section 1.",
                    "ordinal_position": 1,
                    "sections": [
                        {
                            "header_level": "h2",
                            "header_name": "Subsection 1.1",
                            "content": "Content for subsection 1.1.",
                            "ordinal_position": 2,
                            "sections": [],
                        }
                    ],
                },
                {
                    "header_level": "h1",
                    "header_name": "Section 2",
                    "content": "Content for section 2.",
                    "ordinal_position": 3,
                    "sections": [],
                },
            ],
        }
    ]


def test_markdown_headers_that_are_too_deep_or_in_code_are_text() -> None:
    text = b"Before.\n\n# A\nx\n### B\ny\n```\n# no header\n```\n"
    found = parsed(text, "a.md", parsingMode="markdown", markdownHeaderDepth="h1")
    assert [(values["sections"]["h1"], values["content"]) for values in found] == [
        ("", "Before.\r\n"),
        ("A", "x\r\n### B\r\ny\r\n```\r\n# no header\r\n```\r\n"),
    ]


def test_markdown_levels_are_not_invented() -> None:
    text = b"## B\nx\n#### D\ny\n# A\nz\n"
    [values] = parsed(text, "a.md", parsingMode="markdown", markdownParsingSubmode="oneToOne")
    first, second = values["sections"]
    assert (first["header_level"], second["header_level"]) == ("h2", "h1")
    assert [section["header_level"] for section in first["sections"]] == ["h4"]


def test_a_mode_that_is_not_known() -> None:
    assert "'yaml' is not emulated" in str(failed(b"x", "a", parsingMode="yaml"))
