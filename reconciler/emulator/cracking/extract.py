"""Text, metadata and images of a file, whatever its format (SKILLS 2.4)."""

from __future__ import annotations

import gzip
import zipfile
from collections.abc import Callable, Mapping
from io import BytesIO

from reconciler.emulator.cracking import html, mail, office, open_document, pdf, word
from reconciler.emulator.cracking.content_types import (
    DOCX,
    EPUB,
    GZIP,
    OPEN_DOCUMENTS,
    PDF,
    PPTX,
    XLSX,
    ZIP,
    content_type,
)
from reconciler.emulator.cracking.damage import LOCKED, reading
from reconciler.emulator.cracking.extracted import Extracted, Picture
from reconciler.emulator.cracking.item import CrackFailed
from reconciler.emulator.cracking.texts import decode, encoding_of

DEEPEST = 3
LARGEST = 256 * 1024 * 1024
ENCRYPTED = 0x1  # the flag of a ZIP entry

# Formats that the service reads and this emulator does not.
NOT_EXTRACTED = frozenset(
    {
        "application/msword",
        "application/vnd.ms-excel",
        "application/vnd.ms-powerpoint",
        "application/vnd.ms-outlook",
        "application/x-ole-storage",
        "application/rtf",
    }
)


def extract(
    data: bytes, name: str, declared: str, *, images: bool = False, depth: int = 0
) -> Extracted:
    """Raises CrackFailed. With `images`, a picture is a document without text."""
    with reading():
        kind = content_type(data, name, declared)
        if kind in NOT_EXTRACTED:
            raise CrackFailed(f"The emulator does not extract text from '{kind}'.")
        found = _found(data, name, kind, images, depth)
    return found._replace(metadata={"metadata_content_type": kind} | found.metadata)


def _found(data: bytes, name: str, kind: str, images: bool, depth: int) -> Extracted:
    if kind in (ZIP, GZIP):
        return _unpacked(data, name, kind, images, depth)
    if kind.startswith("image/") and images:
        return Extracted("", {}, (Picture(data),))
    if kind in FORMATS:
        return FORMATS[kind](data)
    if kind.startswith("text/"):
        return _text(data)
    raise CrackFailed(f"Document has unsupported content type '{kind}'", unsupported=True)


def _text(data: bytes) -> Extracted:
    return Extracted(decode(data), {"metadata_content_encoding": encoding_of(data)})


def _xml(data: bytes) -> Extracted:
    from xml.etree import ElementTree

    lines = (text.strip() for text in ElementTree.fromstring(data).itertext())
    content = "\n".join(line for line in lines if line)
    return Extracted(content, {"metadata_content_encoding": encoding_of(data)})


FORMATS: Mapping[str, Callable[[bytes], Extracted]] = {
    "text/html": html.extract,
    "application/xhtml+xml": html.extract,
    "application/json": _text,
    "application/xml": _xml,
    "text/xml": _xml,
    "application/vnd.google-earth.kml+xml": _xml,
    "message/rfc822": mail.extract,
    PDF: pdf.extract,
    DOCX: word.extract,
    PPTX: office.extract_slides,
    XLSX: office.extract_sheets,
    EPUB: open_document.extract_book,
} | dict.fromkeys(OPEN_DOCUMENTS, open_document.extract)


def _unpacked(data: bytes, name: str, kind: str, images: bool, depth: int) -> Extracted:
    """The members of an archive become one document; those without text are left out."""
    if depth == DEEPEST:
        raise CrackFailed("Archives are nested too deeply.")
    contents: list[str] = []
    pictures: list[Picture] = []
    length = 0
    for inner, member in _members(data, name, kind):
        try:
            found = extract(member, inner, "", images=images, depth=depth + 1)
        except CrackFailed as problem:
            if problem.unsupported:
                continue
            raise
        pictures.extend(one._replace(offset=one.offset + length) for one in found.pictures)
        contents.append(found.content)
        length += len(found.content) + 1
    return Extracted("\n".join(contents), {}, tuple(pictures))


def _members(data: bytes, name: str, kind: str) -> list[tuple[str, bytes]]:
    if kind == GZIP:
        with gzip.GzipFile(fileobj=BytesIO(data)) as packed:
            inner = packed.read(LARGEST + 1)
        _check_size(len(inner))
        return [(name.removesuffix(".gz"), inner)]
    with zipfile.ZipFile(BytesIO(data)) as archive:
        entries = [entry for entry in archive.infolist() if not entry.is_dir()]
        _check_size(sum(entry.file_size for entry in entries))
        if any(entry.flag_bits & ENCRYPTED for entry in entries):
            raise CrackFailed(LOCKED)
        return [(entry.filename, archive.read(entry)) for entry in entries]


def _check_size(size: int) -> None:
    if size > LARGEST:
        raise CrackFailed(f"The archive holds more than {LARGEST} bytes.")
