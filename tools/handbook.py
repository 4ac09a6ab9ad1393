"""Writes the handbook's PDF, DOCX, HTML and PNG files from handbook/sources/ and tools/signs.py.

A source is called as the file that is made of it, with its own ending behind: `a.pdf.md` makes
`a.pdf`. The same sources make the same bytes.

usage: python tools/handbook.py            write them
       python tools/handbook.py --check    write nothing; exit code 1 when one is stale
"""

from __future__ import annotations

import io
import sys
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import signs
from bs4 import BeautifulSoup
from docx import Document
from fpdf import FPDF
from markdown_it import MarkdownIt
from PIL import Image, ImageChops
from pypdf import PdfReader

HANDBOOK = Path(__file__).resolve().parent.parent / "handbook"
SOURCES = HANDBOOK / "sources"
CONTAINER = HANDBOOK / "storage" / "handbook"
AUTHOR = "Tarnwick Instruments"
EDITION = datetime(2025, 3, 1, tzinfo=UTC)
"""When every file says that it was made."""
PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>{title}</title>
<meta name="author" content="{author}">
</head>
<body>
{body}</body>
</html>
"""
A5 = (148, 210)
"""Millimetres."""
DOCX_STYLES = {"h1": "Title", "h2": "Heading 1", "p": "Normal"}
LIST_STYLES = {"ul": "List Bullet", "ol": "List Number"}


def main(arguments: list[str]) -> int:
    """Write what is missing or differs, or tell which files do."""
    if arguments not in ([], ["--check"]):
        print(__doc__, file=sys.stderr)
        return 1
    stale = {name: data for name, data in files().items() if not is_fresh(CONTAINER / name, data)}
    for name, data in stale.items():
        if arguments:
            print(f"{name} is stale: run `python tools/handbook.py`", file=sys.stderr)
        else:
            (CONTAINER / name).parent.mkdir(parents=True, exist_ok=True)
            (CONTAINER / name).write_bytes(data)
    return 1 if arguments and stale else 0


def files() -> dict[str, bytes]:
    """Every file that is made, by its blob's name."""
    made = {name: png(draw()) for name, draw in signs.DRAWN.items()}
    for source in sorted(SOURCES.rglob("*.*")):
        name = source.relative_to(SOURCES).with_suffix("").as_posix()
        make = {".pdf": pdf, ".docx": docx, ".html": html, ".png": board}[Path(name).suffix]
        made[name] = make(source.read_text(encoding="utf-8"))
    return made


def is_fresh(file: Path, data: bytes) -> bool:
    """Whether a file says what `data` says; how it is coded differs by machine and library."""
    if not file.exists():
        return False
    written = file.read_bytes()
    match file.suffix:
        case ".docx":
            return parts(written) == parts(data)
        case ".pdf":
            return pages(written) == pages(data)
        case ".png":
            return look_alike(written, data)
    return written == data


def pages(data: bytes) -> list[str]:
    """The text of each page of a PDF file."""
    return [page.extract_text() for page in PdfReader(io.BytesIO(data)).pages]


def parts(data: bytes) -> dict[str, bytes]:
    """The files within a zip file."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def look_alike(a: bytes, b: bytes) -> bool:
    """Whether two pictures have one size, and no pixel is a third lighter or darker in one."""
    one, other = (Image.open(io.BytesIO(data)).convert("L") for data in (a, b))
    return one.size == other.size and not any(ImageChops.difference(one, other).histogram()[85:])


def body(markdown: str) -> str:
    """A source as HTML, without the page around it."""
    return str(MarkdownIt("commonmark").enable("table").render(markdown))


def title(markdown: str) -> str:
    """The heading in a source's first line."""
    return markdown.splitlines()[0].removeprefix("# ")


def html(markdown: str) -> bytes:
    """A web page."""
    page = PAGE.format(title=title(markdown), author=AUTHOR, body=body(markdown))
    return page.encode()


def pdf(markdown: str) -> bytes:
    """A small PDF in the fonts that every reader has; not compressed, so that edits can be seen."""
    made = FPDF(format=A5)
    made.set_compression(False)
    made.set_creation_date(EDITION)
    made.set_producer(AUTHOR)
    made.set_author(AUTHOR)
    made.set_title(title(markdown))
    made.set_font("helvetica", size=11)
    made.add_page()
    made.write_html(body(markdown))
    return bytes(made.output())


def docx(markdown: str) -> bytes:
    """A Word file: headings, paragraphs and lists, without what is within a paragraph."""
    made = Document()
    properties = made.core_properties
    properties.title, properties.author = title(markdown), AUTHOR
    properties.created = properties.modified = EDITION.replace(tzinfo=None)
    properties.comments = ""
    for block in BeautifulSoup(body(markdown), "html.parser").find_all(["h1", "h2", "p", "li"]):
        assert block.parent is not None
        style = LIST_STYLES[block.parent.name] if block.name == "li" else DOCX_STYLES[block.name]
        made.add_paragraph(block.get_text(), style)
    written = io.BytesIO()
    made.save(written)
    return undated(written.getvalue())


def undated(archive: bytes) -> bytes:
    """A zip file whose members are all of the edition's date."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in parts(archive).items():
            made.writestr(zipfile.ZipInfo(name, EDITION.timetuple()[:6]), data, 8)
    return written.getvalue()


def board(text: str) -> bytes:
    """A picture of words on a board."""
    return png(signs.board(text.splitlines()))


def png(picture: Image.Image) -> bytes:
    """A picture as a file; it says nothing about when it was made."""
    written = io.BytesIO()
    picture.save(written, "PNG", optimize=True)
    return written.getvalue()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
