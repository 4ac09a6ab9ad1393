"""The URL of a service: what it may look like, and what may be sent there."""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import SplitResult, urljoin, urlsplit

_PORTS = {"http": 80, "https": 443}
_SENDABLE = re.compile(r"[\x20-\x7e]*")
_PLAIN = re.compile(r"[\x21-\x7e]+")


def sendable(value: str) -> bool:
    """Whether a text can stand in a header: a line end, for one, cannot (RFC 9110, 5.5)."""
    return _SENDABLE.fullmatch(value) is not None


def wrong_endpoint(text: str) -> str | None:
    """What is wrong with an endpoint, without its value; None when it is a service's URL."""
    if not text.lower().startswith(("http://", "https://")):
        return "the endpoint is not a URL"
    parts = _split(text)
    if parts is None or not parts.hostname:
        return "the endpoint is not a URL: it holds white space, or a character that cannot be"
    if parts.username is not None or "@" in parts.netloc:
        return "the endpoint holds a user name or a password"
    if parts.query or parts.fragment or "?" in text or "#" in text:
        return "the endpoint holds a query: it ends where the path of the service begins"
    return None


def in_clear(endpoint: str) -> bool:
    """Whether a credential sent there could be read on the way: plain http to another machine."""
    parts = _split(endpoint)
    return parts is None or (parts.scheme == "http" and not _loopback(parts.hostname or ""))


def link_on(endpoint: str, link: str) -> str | None:
    """A link from an answer as a URL, if it leads to the endpoint; else None.

    The same scheme, host and port: a credential follows no link anywhere else.

    Args:
        link: an absolute URL, or a path that begins with `/`.
    """
    if not link.startswith(("/", "http://", "https://")) or _split(link) is None:
        return None
    url = urljoin(endpoint, link)
    here, there = _split(endpoint), _split(url)
    if here is None or there is None or _origin(here) != _origin(there) or "@" in there.netloc:
        return None
    return url if there.path.startswith("/") else None


def _split(url: str) -> SplitResult | None:
    """The parts of a URL in plain ASCII; None when it is none."""
    if _PLAIN.fullmatch(url) is None or "\\" in url:
        return None
    try:
        parts = urlsplit(url)
        return parts if parts.port != -1 else None
    except ValueError:
        return None


def _origin(parts: SplitResult) -> tuple[str, str | None, int | None]:
    return parts.scheme, parts.hostname, parts.port or _PORTS.get(parts.scheme)


def _loopback(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
