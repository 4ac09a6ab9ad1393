"""A file as headings and text, for the Document Layout skill."""

from __future__ import annotations

from collections.abc import Iterable

from reconciler.emulator.cracking import html, word
from reconciler.emulator.cracking.content_types import DOCX, content_type
from reconciler.emulator.cracking.damage import reading
from reconciler.emulator.cracking.extract import extract
from reconciler.emulator.cracking.extracted import Block
from reconciler.emulator.cracking.item import CrackFailed
from reconciler.emulator.cracking.markdown import Section, sections
from reconciler.emulator.cracking.texts import decode

NO_OCR = "The emulator does not read text in images."


def outline(data: bytes, depth: int) -> list[Section]:
    """The parts of a file below its headings; a PDF, a sheet or slides have no headings.

    Headings deeper than `depth` (1 to 6) are text. Raises CrackFailed, also for images: there is
    no optical character recognition here.
    """
    with reading():
        kind = content_type(data, "", "")
        if kind.startswith("image/"):
            raise CrackFailed(NO_OCR)
        if kind == DOCX:
            return _sections(word.paragraphs(data), depth)
        if kind == "text/html":
            return _sections(html.blocks(data), depth)
        if kind == "text/plain":
            return sections(decode(data), depth)
    content = extract(data, "", "").content
    return _sections([Block(0, line) for line in content.splitlines()], depth)


def _sections(blocks: Iterable[Block], depth: int) -> list[Section]:
    parts: list[tuple[int, str, list[str]]] = [(0, "", [])]
    for block in blocks:
        if 0 < block.level <= depth:
            parts.append((block.level, block.text.strip(), []))
        elif block.level:
            parts[-1][2].append(f"{'#' * block.level} {block.text.strip()}")
        else:
            parts[-1][2].append(block.text)
    return [
        Section(level, name, "".join(f"{line}\r\n" for line in lines), "")
        for level, name, lines in parts
    ]
