"""What a file is: by its first bytes, else its name, else what the store says of it."""

from __future__ import annotations

import zipfile
from io import BytesIO

OFFICE = "application/vnd.openxmlformats-officedocument."
DOCX = OFFICE + "wordprocessingml.document"
XLSX = OFFICE + "spreadsheetml.sheet"
PPTX = OFFICE + "presentationml.presentation"
PDF, RTF, ZIP, GZIP, EPUB = (
    "application/pdf",
    "application/rtf",
    "application/zip",
    "application/gzip",
    "application/epub+zip",
)
OPEN_DOCUMENTS = tuple(
    f"application/vnd.oasis.opendocument.{kind}" for kind in ("text", "spreadsheet", "presentation")
)
UNKNOWN = "application/octet-stream"

BEGINNINGS = (
    (b"%PDF-", PDF),
    (b"{\\rtf", RTF),
    (b"\x1f\x8b", GZIP),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"BM", "image/bmp"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (b"ID3", "audio/mpeg"),
    (b"OggS", "audio/ogg"),
)
ENDINGS = {
    "txt": "text/plain",
    "log": "text/plain",
    "md": "text/markdown",
    "markdown": "text/markdown",
    "htm": "text/html",
    "html": "text/html",
    "csv": "text/csv",
    "json": "application/json",
    "jsonl": "application/json",
    "xml": "application/xml",
    "kml": "application/vnd.google-earth.kml+xml",
    "eml": "message/rfc822",
    "msg": "application/vnd.ms-outlook",
    "doc": "application/msword",
    "xls": "application/vnd.ms-excel",
    "ppt": "application/vnd.ms-powerpoint",
    "pdf": PDF,
    "docx": DOCX,
    "docm": DOCX,
    "xlsx": XLSX,
    "xlsm": XLSX,
    "pptx": PPTX,
    "pptm": PPTX,
    "rtf": RTF,
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "bmp": "image/bmp",
    "tif": "image/tiff",
    "tiff": "image/tiff",
    "mp3": "audio/mpeg",
    "wav": "audio/wav",
    "mp4": "video/mp4",
}
INSIDE = (("word/", DOCX), ("xl/", XLSX), ("ppt/", PPTX))


def content_type(data: bytes, name: str, declared: str) -> str:
    """A media type without parameters."""
    for beginning, kind in BEGINNINGS:
        if data.startswith(beginning) and (beginning != b"BM" or b"\x00" in data[:64]):
            return kind
    if data.startswith(b"PK\x03\x04"):
        return _archive(data)
    ending = name.rsplit(".", 1)[-1].lower() if "." in name else ""
    given = declared.split(";")[0].strip().lower()
    return ENDINGS.get(ending) or (given if given != UNKNOWN else "") or _plain(data)


def _archive(data: bytes) -> str:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = archive.namelist()
            if "mimetype" in names:
                return archive.read("mimetype").decode("ascii", "replace").strip()
    except (zipfile.BadZipFile, OSError):
        return ZIP
    for beginning, kind in INSIDE:
        if any(name.startswith(beginning) for name in names):
            return kind
    return ZIP


def _plain(data: bytes) -> str:
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<!doctype html", b"<html")):
        return "text/html"
    if head.startswith(b"<?xml"):
        return "application/xml"
    marked = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    return UNKNOWN if b"\x00" in head and not marked else "text/plain"
