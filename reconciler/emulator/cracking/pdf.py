"""Text, metadata and images of a PDF. Pages that are only pictures have no text."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from reconciler.emulator.cracking.damage import LOCKED
from reconciler.emulator.cracking.extracted import Extracted, Picture
from reconciler.emulator.cracking.item import CrackFailed

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

Body = dict[str, Any]


def extract(data: bytes) -> Extracted:
    reader = _opened(data)
    texts: list[str] = []
    pictures: list[Picture] = []
    length = 0
    for number, page in enumerate(reader.pages, 1):
        text = page.extract_text().strip()
        length += len(text) + (1 if texts else 0)
        texts.append(text)
        pictures.extend(Picture(image, length, number) for image in _images(page))
    return Extracted("\n".join(texts), _metadata(reader), tuple(pictures), tuple(texts))


def _opened(data: bytes) -> PdfReader:
    from pypdf import PdfReader
    from pypdf.errors import DependencyError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise CrackFailed(LOCKED)
    except DependencyError:  # AES without the library for it
        raise CrackFailed(LOCKED) from None
    return reader


def _images(page: PageObject) -> list[bytes]:
    """Images that cannot be decoded are left out."""
    found: list[bytes] = []
    images = page.images
    for position in range(len(images)):
        try:
            found.append(images[position].data)
        except Exception:  # one bad image does not spoil the document
            continue
    return found


def _metadata(reader: PdfReader) -> Body:
    values: Body = {}
    information = reader.metadata
    language = reader.root_object.get("/Lang")
    if language:
        values["metadata_language"] = str(language)
    if information is None:
        return values
    if information.title:
        values["metadata_title"] = information.title
    if information.author:
        values["metadata_author"] = information.author
    created = information.creation_date
    if isinstance(created, datetime):
        moment = created.astimezone(UTC) if created.tzinfo else created
        values["metadata_creation_date"] = moment.strftime("%Y-%m-%dT%H:%M:%SZ")
    return values
