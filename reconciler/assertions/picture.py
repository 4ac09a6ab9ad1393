"""The smallest picture that every model takes: 64 x 64 pixels, one colour."""

from __future__ import annotations

import struct
import zlib
from base64 import b64encode
from functools import cache

SIDE = 64  # AI Vision wants more than 10 pixels (SKILLS 3.2), some models more than 50


@cache
def png() -> bytes:
    """The picture as a PNG file (https://www.w3.org/TR/png-3/)."""
    rows = (b"\x00" + b"\x28\x6f\xb4" * SIDE) * SIDE  # no filter, then red, green, blue
    head = struct.pack(">IIBBBBB", SIDE, SIDE, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in chunks)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


@cache
def data_url() -> str:
    """The picture as a `data:` URL."""
    return f"data:image/png;base64,{b64encode(png()).decode()}"
