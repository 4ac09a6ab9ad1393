"""Text and metadata of HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from reconciler.emulator.cracking.extracted import Block, Extracted
from reconciler.emulator.cracking.texts import decode, encoding_of

if TYPE_CHECKING:
    from bs4 import BeautifulSoup

Body = dict[str, Any]

PROLOG = re.compile(r"^\s*<\?xml[^>]*>")
UNSEEN = ("script", "style", "template", "noscript")
LISTED = (
    "address article aside blockquote dd div dl dt fieldset figcaption figure footer form h1 h2 h3 "
    "h4 h5 h6 header hr li main nav ol p pre section table td th tr ul"
)
BLOCKS = frozenset(LISTED.split())
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
# Stands before a heading's level and text; it cannot occur in a page.
HEADING = "\x00"


def parsed(data: bytes) -> BeautifulSoup:
    """The document without what is never shown."""
    from bs4 import BeautifulSoup

    declared = re.search(rb"charset\s*=\s*[\"']?\s*([\w-]+)", data[:2048], re.IGNORECASE)
    encoding = declared.group(1).decode("ascii") if declared else None
    text = PROLOG.sub("", decode(data, encoding))
    soup = BeautifulSoup(f"{text}\n", "html.parser")  # a line end: else a name may look like a file
    for tag in soup(UNSEEN):
        tag.decompose()
    return soup


def extract(data: bytes) -> Extracted:
    soup = parsed(data)
    metadata: Body = {"metadata_content_encoding": encoding_of(data)}
    if soup.title:
        metadata["metadata_title"] = soup.title.get_text().strip()
    root = soup.find("html")
    if root and root.get("lang"):
        metadata["metadata_language"] = str(root["lang"])
    for name in ("description", "keywords"):
        found = soup.find("meta", attrs={"name": re.compile(f"^{name}$", re.IGNORECASE)})
        if found and found.get("content"):
            metadata[f"metadata_{name}"] = str(found["content"])
    return Extracted(text_of(soup), metadata)


def text_of(soup: BeautifulSoup) -> str:
    """What is read on the page: a line for each block, without blank lines."""
    for tag in soup(("head", "title")):
        tag.decompose()
    text = "".join(_strings(soup))
    lines = (re.sub(r"[ \t\xa0]+", " ", line).strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line)


def _strings(soup: BeautifulSoup) -> Iterator[str]:
    """All that is shown, in order, and line ends. Tags that nobody closes may nest very deeply."""
    from bs4.element import CData, NavigableString, Tag

    waiting: list[Any] = [soup]
    while waiting:
        one = waiting.pop()
        if isinstance(one, Tag):
            edge = "\n" if one.name in BLOCKS or one.name == "br" else ""
            waiting += (edge, *reversed(one.contents), edge)
        elif type(one) in (str, NavigableString, CData):  # no comments
            yield one


def blocks(data: bytes) -> list[Block]:
    """The lines of the page, headings with their level."""
    soup = parsed(data)
    for tag in soup(HEADINGS):
        tag.string = f"{HEADING}{tag.name[1]}{' '.join(tag.get_text().split())}"
    return [
        Block(int(line[1]), line[2:]) if line.startswith(HEADING) else Block(0, line)
        for line in text_of(soup).splitlines()
    ]
