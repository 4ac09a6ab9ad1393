"""A request as the service reads it, and the reply it gives."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from reconciler.emulator.address import Address


@dataclass(frozen=True)
class Request:
    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes = b""
    query_text: str = ""

    @property
    def address(self) -> Address:
        return Address.of(self.path)

    @property
    def host(self) -> str:
        """The name that was asked for: without a port, in lower case."""
        return (urlsplit(f"//{self.headers.get('host', '')}").hostname or "").lower()

    @property
    def endpoint(self) -> str:
        scheme = self.headers.get(":scheme", "http")
        return f"{scheme}://{self.headers.get('host', 'localhost')}"

    @property
    def metadata(self) -> str:
        """How much of OData's own the client wants to see: `none` or `minimal`."""
        return "none" if "metadata=none" in self.headers.get("accept", "") else "minimal"

    def flag(self, name: str) -> bool:
        return self.query.get(name, "").lower() == "true"


def query_of(text: str) -> dict[str, str]:
    """Names of query parameters are compared without case; the first of several counts."""
    pairs = parse_qsl(text, keep_blank_values=True)
    return {key.lower(): value for key, value in reversed(pairs)}


@dataclass
class Reply:
    """`body` is ready to send; `etag` and `location` become headers."""

    status: int
    body: bytes = b""
    etag: str = ""
    location: str = ""
    headers: dict[str, str] = field(default_factory=dict)

    @classmethod
    def json(cls, status: int, value: Any) -> Reply:
        return cls(status, encode(value))


def encode(value: Any) -> bytes:
    """Half a surrogate pair, which UTF-8 does not have, becomes a question mark."""
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode(errors="replace")
