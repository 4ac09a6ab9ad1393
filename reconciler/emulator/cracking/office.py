"""Office Open XML: properties of every kind, text of slides and sheets."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from xml.etree import ElementTree

from reconciler.emulator.cracking.extracted import Extracted, Picture
from reconciler.emulator.cracking.item import CrackFailed

Body = dict[str, Any]

LARGEST = 256 * 1024 * 1024
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
CORE = {
    "creator": "metadata_author",
    "created": "metadata_creation_date",
    "modified": "metadata_last_modified",
}
COUNTS = {
    "Characters": "metadata_character_count",
    "Words": "metadata_word_count",
    "Pages": "metadata_page_count",
    "Slides": "metadata_slide_count",
}


class Package:
    """The parts of a file by name."""

    def __init__(self, data: bytes) -> None:
        self._archive = zipfile.ZipFile(BytesIO(data))
        if sum(entry.file_size for entry in self._archive.infolist()) > LARGEST:
            raise CrackFailed(f"The file unpacks to more than {LARGEST} bytes.")

    def names(self, pattern: str) -> list[str]:
        """Parts that match, in the order of their numbers."""
        found = [name for name in self._archive.namelist() if re.fullmatch(pattern, name)]
        return sorted(found, key=lambda name: [int(part) for part in re.findall(r"\d+", name)])

    def read(self, name: str) -> bytes:
        return self._archive.read(name)

    def part(self, name: str) -> ElementTree.Element | None:
        if name not in self._archive.namelist():
            return None
        return ElementTree.fromstring(self.read(name))

    def properties(self, *, title: bool = False) -> Body:
        """The documented properties; counts are what the file says of itself."""
        wanted = CORE | COUNTS | ({"title": "metadata_title"} if title else {})
        values: Body = {}
        for name in ("docProps/core.xml", "docProps/app.xml"):
            part = self.part(name)
            for element in () if part is None else part:
                key = wanted.get(element.tag.rsplit("}", 1)[-1])
                if key and element.text:
                    values[key] = element.text
        return values

    def pictures(self, folder: str) -> tuple[Picture, ...]:
        names = self.names(rf"{folder}/media/[^/]+\.(?i:png|jpe?g|gif|bmp|tiff?)")
        return tuple(Picture(self.read(name)) for name in names)


def extract_slides(data: bytes) -> Extracted:
    package = Package(data)
    lines: list[str] = []
    for name in package.names(r"ppt/slides/slide\d+\.xml"):
        slide = package.part(name)
        for paragraph in () if slide is None else slide.iter(f"{DRAWING}p"):
            text = "".join(run.text or "" for run in paragraph.iter(f"{DRAWING}t"))
            if text.strip():
                lines.append(text)
    return Extracted("\n".join(lines), package.properties(title=True), package.pictures("ppt"))


def extract_sheets(data: bytes) -> Extracted:
    package = Package(data)
    shared = package.part("xl/sharedStrings.xml")
    strings = [] if shared is None else [_text(entry) for entry in shared.iter(f"{SHEET}si")]
    lines: list[str] = []
    for name in package.names(r"xl/worksheets/sheet\d+\.xml"):
        sheet = package.part(name)
        for row in () if sheet is None else sheet.iter(f"{SHEET}row"):
            cells = [cell for cell in _cells(row, strings) if cell]
            if cells:
                lines.append("\t".join(cells))
    return Extracted("\n".join(lines), package.properties(), package.pictures("xl"))


def _cells(row: ElementTree.Element, strings: list[str]) -> Iterator[str]:
    for cell in row.iter(f"{SHEET}c"):
        value = cell.findtext(f"{SHEET}v") or ""
        if cell.get("t") == "s" and value.isdecimal() and int(value) < len(strings):
            yield strings[int(value)]
        else:
            yield value or _text(cell)


def _text(element: ElementTree.Element) -> str:
    return "".join(part.text or "" for part in element.iter(f"{SHEET}t"))
