"""Text, metadata and images of a Word file; headers, footers and comments are left out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element

from reconciler.emulator.cracking.extracted import Block, Extracted
from reconciler.emulator.cracking.item import CrackFailed
from reconciler.emulator.cracking.office import Package

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
BREAKS = {f"{WORD}tab": "\t", f"{WORD}br": "\n", f"{WORD}cr": "\n"}


def extract(data: bytes) -> Extracted:
    package = Package(data)
    content = "\n".join(paragraph.text for paragraph in _paragraphs(package, {}))
    return Extracted(content, package.properties(), package.pictures("word"))


def paragraphs(data: bytes) -> list[Block]:
    """Paragraphs and table rows in their order, without empty ones."""
    package = Package(data)
    return _paragraphs(package, _levels(package))


def _paragraphs(package: Package, levels: Mapping[str, int]) -> list[Block]:
    document = package.part("word/document.xml")
    body = None if document is None else document.find(f"{WORD}body")
    if body is None:
        raise CrackFailed("The Word file has no text part.")
    return [block for block in _blocks(body, levels) if block.text.strip()]


def _levels(package: Package) -> Mapping[str, int]:
    """Style ids of headings, whose names are English in every language of Word."""
    styles = package.part("word/styles.xml")
    levels: dict[str, int] = {}
    for style in () if styles is None else styles.iter(f"{WORD}style"):
        name = style.find(f"{WORD}name")
        level = _level("" if name is None else name.get(f"{WORD}val", ""))
        if level:
            levels[style.get(f"{WORD}styleId", "")] = level
    return levels


def _level(name: str) -> int:
    word, _, number = name.lower().partition(" ")
    if word == "title":
        return 1
    return int(number) if word == "heading" and number.isdecimal() else 0


def _blocks(element: Element, levels: Mapping[str, int]) -> Iterator[Block]:
    for child in element:
        if child.tag == f"{WORD}p":
            style = child.find(f"{WORD}pPr/{WORD}pStyle")
            name = "" if style is None else style.get(f"{WORD}val", "")
            yield Block(levels.get(name, 0), _text(child))
        elif child.tag == f"{WORD}tbl":
            for row in child.iter(f"{WORD}tr"):
                yield Block(0, "\t".join(_cell(cell) for cell in row.iterfind(f"{WORD}tc")))
        elif child.tag in (f"{WORD}sdt", f"{WORD}sdtContent"):
            yield from _blocks(child, levels)


def _cell(cell: Element) -> str:
    return " ".join(_text(paragraph) for paragraph in cell.iterfind(f"{WORD}p"))


def _text(paragraph: Element) -> str:
    parts = (
        element.text or "" if element.tag == f"{WORD}t" else BREAKS.get(element.tag, "")
        for run in paragraph.iter(f"{WORD}r")
        for element in run
    )
    return "".join(parts)
