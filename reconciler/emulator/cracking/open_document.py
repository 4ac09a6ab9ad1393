"""OpenDocument (ODT, ODS, ODP) and EPUB: text and metadata."""

from __future__ import annotations

from collections.abc import Iterator
from posixpath import dirname, join, normpath
from typing import Any
from urllib.parse import unquote

from reconciler.emulator.cracking import html
from reconciler.emulator.cracking.extracted import Extracted
from reconciler.emulator.cracking.item import CrackFailed
from reconciler.emulator.cracking.office import Package

Body = dict[str, Any]

TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
PACKAGE = "{http://www.idpf.org/2007/opf}"
CONTAINER = "{urn:oasis:names:tc:opendocument:xmlns:container}"
DUBLIN = "{http://purl.org/dc/elements/1.1/}"
META = "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}"
OPEN_DOCUMENT = {
    f"{META}initial-creator": "metadata_author",
    f"{META}creation-date": "metadata_creation_date",
    f"{DUBLIN}date": "metadata_last_modified",
    f"{DUBLIN}title": "metadata_title",
}
EPUB = {
    f"{DUBLIN}{name}": f"metadata_{name}"
    for name in ("title", "description", "language", "identifier", "publisher")
} | {f"{DUBLIN}creator": "metadata_author", f"{DUBLIN}date": "metadata_creation_date"}


def extract(data: bytes) -> Extracted:
    """The paragraphs of an OpenDocument file."""
    package = Package(data)
    content = package.part("content.xml")
    if content is None:
        raise CrackFailed("The OpenDocument file has no content.")
    lines = (
        "".join(element.itertext())
        for element in content.iter()
        if element.tag in (f"{TEXT}p", f"{TEXT}h")
    )
    text = "\n".join(line for line in lines if line.strip())
    return Extracted(text, _metadata(package, "meta.xml", OPEN_DOCUMENT))


def extract_book(data: bytes) -> Extracted:
    """The chapters of an EPUB in the order of reading."""
    package = Package(data)
    container = package.part("META-INF/container.xml")
    root = None if container is None else container.find(f".//{CONTAINER}rootfile")
    if root is None:
        raise CrackFailed("The EPUB has no container.xml.")
    place = root.get("full-path", "")
    chapters = (html.extract(package.read(name)).content for name in _spine(package, place))
    return Extracted("\n".join(chapters), _metadata(package, place, EPUB))


def _spine(package: Package, place: str) -> Iterator[str]:
    book = package.part(place)
    if book is None:
        raise CrackFailed("The EPUB has no package file.")
    places = {item.get("id"): item.get("href", "") for item in book.iter(f"{PACKAGE}item")}
    for reference in book.iter(f"{PACKAGE}itemref"):
        href = unquote(places[reference.get("idref")])
        yield normpath(join(dirname(place), href))


def _metadata(package: Package, name: str, wanted: dict[str, str]) -> Body:
    part = package.part(name)
    values: Body = {}
    for element in () if part is None else part.iter():
        key = wanted.get(element.tag)
        if key and element.text:
            values.setdefault(key, element.text.strip())
    return values
