"""What the extraction of one file gives."""

from __future__ import annotations

from typing import Any, NamedTuple

Body = dict[str, Any]


class Picture(NamedTuple):
    """An image in a file. `offset` counts characters of the content; `page` is 0 if not a PDF."""

    data: bytes
    offset: int = 0
    page: int = 0


class Block(NamedTuple):
    """A paragraph. `level` is 1 or more for a heading, 0 for text."""

    level: int
    text: str


class Extracted(NamedTuple):
    """Text, `metadata_*` nodes (SKILLS 2.4) and images. `pages` is the text of each PDF page."""

    content: str
    metadata: Body
    pictures: tuple[Picture, ...] = ()
    pages: tuple[str, ...] = ()
