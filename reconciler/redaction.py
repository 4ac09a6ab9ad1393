"""The last net: takes every known secret out of a text before it is cut, shown or written.

There is one a process: whoever learns of a secret adds it, and every sink passes its texts here.
"""

from __future__ import annotations

import html
import json
import re
from base64 import b64encode
from collections.abc import Iterator
from urllib.parse import quote, quote_plus, unquote

INSTEAD = "(sensitive value)"
SHORT = 8
"""Whole secrets of fewer characters cannot be told from ordinary words."""
_SHORTEST = 3

_NAMES = (
    "AccountKey|SharedAccessKey|SharedAccessSignature|sig|Password|Pwd|client[-_]?secret|"
    "(?:[a-z-]*-)?(?:functions|subscription|api)[-_]?key|key|code|(?:access|refresh)[-_]token|"
    "token|authorization"
)
_NAMED = re.compile(
    rf"(?<![a-z0-9_])(?:{_NAMES})[\"']?\s*[=:]\s*"
    r"(?:\"([^\"]*)\"|'([^']*)'|\{([^}]*)\}|([^;]*))",
    re.IGNORECASE,
)
"""What stands under a known name in a connection string, a URL, a header or JSON."""
_SCHEME = re.compile(r"(?:Bearer|Basic|SharedAccessSignature)\s+(\S+)", re.IGNORECASE)
_USER = re.compile(r"://[^/@\s:]*:([^/@\s]+)@")


class Redactor:
    """Every secret that is known, as it is and in the spellings that servers echo."""

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        """Know nothing: another command begins."""
        self._known: set[str] = set()
        self._spellings: set[str] = set()
        self._words: set[str] = set()
        self._ordered: list[str] | None = None

    def learn(self, value: str | None) -> None:
        """Remember a secret, and the secret parts of one that was put together."""
        if not value or value in self._known:
            return
        self._known.add(value)
        for part in {value, *_parts(value)}:
            if len(part) >= SHORT:
                self._spellings |= _spellings(part)
            elif len(part) >= _SHORTEST:
                self._words.add(part)
        self._ordered = None

    def __call__(self, text: str) -> str:
        """The text with `(sensitive value)` in place of each secret, longest first.

        Short ones stay: the text may be ours, and its ordinary words with it.
        """
        if self._ordered is None:
            self._ordered = sorted(self._spellings, key=len, reverse=True)
        for value in self._ordered:
            text = text.replace(value, INSTEAD)
        return text

    def quoted(self, text: str) -> str:
        """A text that others wrote: without short secrets, too, where one is a whole word."""
        text = self(text)
        if self._words:
            words = "|".join(map(re.escape, sorted(self._words, key=len, reverse=True)))
            text = re.sub(rf"(?<!\w)(?:{words})(?!\w)", INSTEAD, text)
        return text


REDACTOR = Redactor()


def _parts(value: str) -> Iterator[str]:
    """The secrets in a secret: under a known name, after a scheme, as a URL's password."""
    for match in _NAMED.finditer(value):
        part = next(filter(None, match.groups()), "").strip()
        inner = [part, *_parts(part)]
        if len(inner) == 1:  # else it is put together itself
            inner.append(re.split(r"[&#\s]", part, maxsplit=1)[0])
        yield from inner
        yield from map(unquote, inner)
    for pattern in (_SCHEME, _USER):
        for match in pattern.finditer(value):
            yield from (match[1], unquote(match[1]))


def _spellings(value: str) -> set[str]:
    """A secret as it stands in JSON, in HTML, in a URL, on one line, in hex and inside of base64.

    .NET and PowerShell call UTF-16, little-endian, Unicode, and encode texts so.
    """
    percent = {
        quote(value, safe="", errors="surrogatepass"),
        quote(value, errors="surrogatepass"),
        quote_plus(value, errors="surrogatepass"),
    }
    percent |= {re.sub("%..", lambda code: code[0].lower(), text) for text in percent}
    percent |= {quote(text, safe="") for text in percent}  # a URL in another URL
    escaped = {json.dumps(value)[1:-1], json.dumps(value, ensure_ascii=False)[1:-1]}
    escaped |= {text.replace("/", "\\/") for text in escaped} | _as_dotnet(value)
    page = html.escape(value)
    pages = {page, page.replace("+", "&#x2B;"), page.replace("+", "&#43;")}
    raw = {value.encode(encoding, "surrogatepass") for encoding in ("utf-8", "utf-16-le")}
    encoded = {text for data in raw for text in (*_base64(data), data.hex(), data.hex().upper())}
    return {value, " ".join(value.split()), *pages, *percent, *escaped, *encoded}


def _as_dotnet(value: str) -> set[str]:
    """As .NET writes JSON, which the service is written in: `+` is `\\u002B`, or `\\u002b`."""
    text = json.dumps(value)[1:-1].replace('\\"', "\\u0022")
    upper = re.sub(r"[&'+<>`]", lambda found: f"\\u{ord(found[0]):04X}", text)
    return {upper, re.sub(r"\\u....", lambda code: code[0].lower(), upper)}


def _base64(data: bytes) -> Iterator[str]:
    """What base64 makes of it, whatever stands before and after: only whole digits of its own."""
    for before, foreign in ((0, 0), (1, 2), (2, 3)):
        digits = b64encode(b"\0" * before + data).decode()
        inner = digits[foreign : (before + len(data)) * 8 // 6]
        for text in (inner, *([digits] if not before else [])):
            yield from (text, text.replace("+", "-").replace("/", "_"))
