"""Files in the default parsing mode: text, metadata and images (SKILLS 2.3, 2.4)."""

from __future__ import annotations

import base64
import gzip
import zipfile
from contextlib import suppress
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reconciler.emulator import cracking
from tests.skills.material import blob, image_file, parsed, pdf_file, word_file

MAIL = b"""From: Ada <ada@example.com>
To: Grace <grace@example.com>
Subject: Hello
Date: Mon, 05 Jan 2026 10:00:00 +0000
Content-Type: text/plain; charset=utf-8

The body.
"""
PAGE = b"""<!doctype html><html lang="en"><head><title>A page</title>
<meta name="Description" content="What it is"><meta name="keywords" content="a, b">
<style>p {}</style></head><body><h1>Top</h1><p>Some <b>bold</b> text.<br>Next.</p>
<script>hidden()</script><ul><li>one</li><li>two</li></ul></body></html>"""


def archive(**members: bytes) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as written:
        for name, data in members.items():
            written.writestr(name.replace("__", "/").replace("_", "."), data)
    return target.getvalue()


def test_html() -> None:
    [values] = parsed(PAGE, "a.html")
    assert values["content"] == "Top\nSome bold text.\nNext.\none\ntwo"
    assert values["metadata_title"] == "A page"
    assert values["metadata_language"] == "en"
    assert values["metadata_description"] == "What it is"
    assert values["metadata_keywords"] == "a, b"
    assert values["metadata_content_type"] == "text/html"


@pytest.mark.parametrize(
    ("data", "content"),
    [
        (b"<title>Only</title><p>text", "text"),
        (b'<?xml version="1.0"?><div>one</div>', "one"),
        (b"page.html", "page.html"),
        (b"https://example.com/", "https://example.com/"),
        (b"a &amp; b &lt;c&gt;", "a & b <c>"),
        (b"<table><tr><td>1</td><td>2</td></tr></table>", "1\n2"),
    ],
)
def test_scraps_of_html(data: bytes, content: str) -> None:
    assert parsed(data, "a.html")[0]["content"] == content


def test_html_in_the_encoding_it_declares() -> None:
    data = '<meta charset="iso-8859-1"><p>é</p>'.encode("latin-1")
    assert parsed(data, "a.html")[0]["content"] == "é"


def test_word() -> None:
    [values] = parsed(word_file(), "a.docx")
    assert values["content"] == "Guide\nHow to begin.\nSetup\nInstall it.\nleft\tright"
    assert values["metadata_author"] == "Ada"
    assert values["metadata_creation_date"].startswith("20")
    assert "metadata_page_count" in values
    assert "normalized_images" not in values


def test_pdf() -> None:
    [values] = parsed(pdf_file(), "a.pdf")
    assert values["content"] == "Page 1 speaks.\nPage 2 speaks."
    assert values["metadata_title"] == "Report"
    assert values["metadata_author"] == "Grace"
    assert values["metadata_content_type"] == "application/pdf"


def test_slides_and_sheets() -> None:
    slide = b"""<p:sld xmlns:p="p" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">
    <a:p><a:r><a:t>Slide </a:t></a:r><a:r><a:t>%d</a:t></a:r></a:p></p:sld>"""
    deck = archive(
        ppt__slides__slide10_xml=slide % 10,
        ppt__slides__slide2_xml=slide % 2,
    )
    assert parsed(deck, "a.pptx")[0]["content"] == "Slide 2\nSlide 10"
    space = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    book = archive(
        xl__sharedStrings_xml=b"<sst %s><si><t>name</t></si></sst>" % space,
        xl__worksheets__sheet1_xml=b'<worksheet %s><sheetData><row><c t="s"><v>0</v></c>'
        b"<c><v>4.5</v></c></row></sheetData></worksheet>" % space,
    )
    assert parsed(book, "a.xlsx")[0]["content"] == "name\t4.5"


def test_open_document() -> None:
    text = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
    meta = "urn:oasis:names:tc:opendocument:xmlns:meta:1.0"
    data = archive(
        mimetype=b"application/vnd.oasis.opendocument.text",
        content_xml=f'<c xmlns:t="{text}"><t:h>Top</t:h><t:p>One <t:s/>two</t:p></c>'.encode(),
        meta_xml=f'<m xmlns:m="{meta}"><m:initial-creator>Ada</m:initial-creator></m>'.encode(),
    )
    [values] = parsed(data, "a.odt")
    assert values["content"] == "Top\nOne two"
    assert values["metadata_author"] == "Ada"


def test_books() -> None:
    container = (
        b'<c xmlns="urn:oasis:names:tc:opendocument:xmlns:container">'
        b'<rootfile full-path="in/b.opf"/></c>'
    )
    data = archive(
        mimetype=b"application/epub+zip",
        **{"META-INF__container_xml": container},
        in__b_opf=b'<package xmlns="http://www.idpf.org/2007/opf" '
        b'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Novel</dc:title>'
        b'<item id="a" href="2.xhtml"/><item id="b" href="1.xhtml"/>'
        b'<itemref idref="b"/><itemref idref="a"/></package>',
        in__1_xhtml=b"<p>first</p>",
        in__2_xhtml=b"<p>second</p>",
    )
    [values] = parsed(data, "a.epub")
    assert values["content"] == "first\nsecond"
    assert values["metadata_title"] == "Novel"


def test_mail() -> None:
    [values] = parsed(MAIL, "a.eml")
    assert values["content"] == "The body."
    assert values["metadata_subject"] == "Hello"
    assert values["metadata_message_from"] == "Ada <ada@example.com>"


@pytest.mark.parametrize(
    ("data", "name", "content", "kind"),
    [
        (b"# Title", "a.md", "# Title", "text/markdown"),
        (b"a,b\n1,2", "a.csv", "a,b\n1,2", "text/csv"),
        (b'{"a": 1}', "a.json", '{"a": 1}', "application/json"),
        (b"<r><a>one</a><b>two</b></r>", "a.xml", "one\ntwo", "application/xml"),
        (b"plain", "noending", "plain", "text/plain"),
        (b"", "empty.txt", "", "text/plain"),
        (pdf_file(), "wrong.txt", "Page 1 speaks.\nPage 2 speaks.", "application/pdf"),
        (gzip.compress(b"packed", mtime=0), "a.txt.gz", "packed", "application/gzip"),
    ],
)
def test_simple_formats(data: bytes, name: str, content: str, kind: str) -> None:
    [values] = parsed(data, name)
    assert values["content"] == content
    assert values["metadata_content_type"] == kind


def test_members_of_an_archive_are_one_document() -> None:
    data = archive(a_txt=b"first", b_mp3=b"ID3\x00", c_html=b"<p>second")
    assert parsed(data, "a.zip")[0]["content"] == "first\nsecond"


@pytest.mark.parametrize(
    ("data", "name", "details", "unsupported"),
    [
        (image_file(9, 9), "a.png", "Document has unsupported content type 'image/png'", True),
        (b"ID3\x00", "a.mp3", "Document has unsupported content type 'audio/mpeg'", True),
        (
            b"\x00\x01\x02",
            "a.bin",
            "Document has unsupported content type 'application/octet-stream'",
            True,
        ),
        (
            pdf_file("secret"),
            "a.pdf",
            "Document could not be processed - it may be encrypted or password protected.",
            False,
        ),
        (b"%PDF-1.7 broken", "a.pdf", "Document could not be processed", False),
        (pdf_file()[:400], "a.pdf", "Document could not be processed", False),
        (b"PK\x03\x04 broken", "a.docx", "Document could not be processed", False),
        (word_file()[:2000], "a.docx", "Document could not be processed", False),
        (archive(word__other_xml=b"<a/>"), "a.docx", "The Word file has no text part.", False),
        (archive(word__document_xml=b"<a"), "a.docx", "Document could not be processed", False),
        (b"<r><a></r>", "a.xml", "Document could not be processed", False),
        (b"\x1f\x8bbroken", "a.gz", "Document could not be processed", False),
        (
            b"{\\rtf1 x}",
            "a.rtf",
            "The emulator does not extract text from 'application/rtf'",
            False,
        ),
    ],
)
def test_files_that_fail(data: bytes, name: str, details: str, unsupported: bool) -> None:
    with pytest.raises(cracking.CrackFailed) as caught:
        list(cracking.parse(data, blob(name), {}))
    assert str(caught.value).startswith(details)
    assert caught.value.unsupported is unsupported
    assert caught.value.heading == "Could not extract content or metadata from your document"


SEEDS = {
    "a.pdf": pdf_file(),
    "a.docx": word_file(),
    "a.html": PAGE,
    "a.eml": MAIL,
    "a.zip": archive(a_txt=b"first", b_html=b"<p>second"),
    "a.png": image_file(30, 20),
    "a.xml": b"<r><a>one</a></r>",
}


@settings(deadline=None)
@given(name=st.sampled_from(sorted(SEEDS)), data=st.data())
def test_damage_is_always_reported_as_such(name: str, data: st.DataObject) -> None:
    content = bytearray(SEEDS[name])
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(content)))
        content[start : start + data.draw(st.integers(0, 9))] = data.draw(st.binary(max_size=9))
    with suppress(cracking.CrackFailed):
        [item] = cracking.parse(bytes(content), blob(name), dict(IMAGES))
        assert isinstance(item.values["content"], str)


IMAGES = {"imageAction": "generateNormalizedImages"}


def size_of(node: dict[str, object]) -> tuple[int, int]:
    from PIL import Image

    with Image.open(BytesIO(base64.b64decode(str(node["data"])))) as image:
        assert image.format == "JPEG"
        return image.size


def test_an_image_is_normalized() -> None:
    [values] = parsed(image_file(300, 100), "a.png", normalizedImageMaxWidth=150, **IMAGES)
    [node] = values["normalized_images"]
    assert size_of(node) == (150, 50) == (node["width"], node["height"])
    assert (node["originalWidth"], node["originalHeight"]) == (300, 100)
    assert (node["rotationFromOriginal"], node["contentOffset"], node["pageNumber"]) == (0, 0, 0)
    assert node["$type"] == "file"
    assert node["imagePath"].endswith("/normalized_images_0.jpg")
    assert values["content"] == ""
    assert values["metadata_content_type"] == "image/png"


@pytest.mark.parametrize(("orientation", "turn"), [(1, 0), (3, 180), (6, 270), (8, 90)])
def test_an_image_is_turned_upright(orientation: int, turn: int) -> None:
    data = image_file(60, 40, "JPEG", orientation)
    [node] = parsed(data, "a.jpg", **IMAGES)[0]["normalized_images"]
    assert node["rotationFromOriginal"] == turn
    assert size_of(node) == ((60, 40) if turn in (0, 180) else (40, 60))


def test_images_in_documents() -> None:
    [values] = parsed(pdf_file(), "a.pdf", **IMAGES)
    [node] = values["normalized_images"]
    assert node["pageNumber"] == 2
    assert node["contentOffset"] == len(values["content"])
    assert size_of(node) == (60, 40)
    [inside] = parsed(word_file(), "a.docx", **IMAGES)[0]["normalized_images"]
    assert size_of(inside) == (60, 40)


def test_an_image_that_cannot_be_read_is_warned_about() -> None:
    [item] = cracking.parse(b"\x89PNG\r\n\x1a\nbroken", blob("a.png"), dict(IMAGES))
    assert item.values["normalized_images"] == []
    assert item.warnings == ("An image could not be read and was left out.",)


def test_pages_are_not_rendered() -> None:
    with pytest.raises(cracking.CrackFailed, match="generateNormalizedImagePerPage"):
        parsed(pdf_file(), "a.pdf", imageAction="generateNormalizedImagePerPage")


def test_html_whose_tags_nobody_closes() -> None:
    """Each of them is within the one before it."""
    [values] = parsed(b"<p>one" * 20_000, "a.html")
    assert values["content"].split("\n") == ["one"] * 20_000
