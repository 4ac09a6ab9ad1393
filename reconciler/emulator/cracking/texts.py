"""Bytes to text: a byte-order mark decides, else the encoding that is asked for, else UTF-8."""

from __future__ import annotations

import codecs

from reconciler.emulator.cracking.item import CrackFailed

# The longer marks first: UTF-32's begins with UTF-16's.
MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# .NET's names that Python spells otherwise.
DOTNET = {"unicode": "utf-16-le", "unicodefffe": "utf-16-be", "us-ascii": "ascii"}
LOOKS_UTF16 = "Document text appears to be UTF-16 encoded, but is missing a byte order mark"


def decode(data: bytes, encoding: str | None = None) -> str:
    """What cannot be decoded becomes U+FFFD, as in .NET; raises CrackFailed for unknown names."""
    for mark, name in MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(name, "replace")
    asked = (encoding or "utf-8").lower()
    try:
        return data.decode(DOTNET.get(asked, asked), "replace")
    except (LookupError, ValueError):  # some of Python's encodings are not of texts
        raise CrackFailed(f"'{encoding}' is not a supported encoding name.") from None


def encoding_of(data: bytes) -> str:
    """As `metadata_content_encoding` names it."""
    for mark, name in MARKS:
        if data.startswith(mark):
            return name.upper().removesuffix("-LE").removesuffix("-BE")
    return "UTF-8"


def looks_utf16(data: bytes) -> bool:
    """Every second byte of the beginning is zero and there is no mark."""
    head = data[:512]
    marked = any(data.startswith(mark) for mark, _ in MARKS)
    if marked or len(head) < 4:
        return False
    return not any(head[1::2]) or not any(head[0::2])
