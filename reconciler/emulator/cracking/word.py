"""Text, metadata and images of a Word file."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

from reconciler.emulator.cracking.extracted import Block, Extracted
from reconciler.emulator.cracking.office import Package


def extract(data: bytes) -> Extracted:
    package = Package(data)
    content = "\n".join(paragraph.text for paragraph in paragraphs(data))
    return Extracted(content, package.properties(), package.pictures("word"))


def paragraphs(data: bytes) -> list[Block]:
    """Paragraphs and table rows in their order, without empty ones."""
    import docx

    return [one for one in _blocks(docx.Document(BytesIO(data))) if one.text.strip()]


def _blocks(document: object) -> Iterator[Block]:
    from docx.table import Table

    for block in document.iter_inner_content():  # type: ignore[attr-defined]
        if isinstance(block, Table):
            for row in block.rows:
                yield Block(0, "\t".join(cell.text for cell in row.cells))
        else:
            name = block.style.name if block.style is not None else ""
            yield Block(_level(name or ""), block.text)


def _level(style: str) -> int:
    if style == "Title":
        return 1
    word, _, number = style.partition(" ")
    return int(number) if word == "Heading" and number.isdecimal() else 0
