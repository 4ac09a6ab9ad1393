"""Credentials told by their name, by their form, or by where they stand in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple
from urllib.parse import unquote

from reconciler.model.json import leaves
from reconciler.model.sensitive import MASKS

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")

_TELLING = re.compile(
    r"apikey|auth|authorization|bearer|cookie|credentials?|key|passphrase|password|passwd|pat|pwd"
    r"|sas|secret|sig|signature|token"
)
"""Words of a name that stands for a credential: `x-functions-key`, `Authorization`."""

_ABOUT = re.compile(
    r"algorithm|columns?|count|endpoint|expiry|fields?|format|header|ids?|language|length|limit|mode"
    r"|names?|path|phrases?|prefix|scheme|size|type|uri|url|vault|version|words?"
)
"""Last words of a name that tells something about one: `keyField`, `auth-type`."""

_JOINED = re.compile(
    r"x?(accesscode|accesskey|accountkey|code|connectionstring|functions?code|sharedkey"
    r"|subscriptionkey)"
)
"""Whole names: a `code` is a credential, a `language-code` is none."""

_SCHEME = re.compile(r"(bearer|basic|digest|apikey|sharedaccesssignature|sharedkey)\s+\S", re.I)
_WEB_TOKEN = re.compile(r"eyJ[\w-]+\.[\w-]+\.")
_ISSUED = re.compile(r"(sk|pk|rk|gh[opsu]|github_pat|xox[abp])[-_][\w-]{16,}")
_HEXADECIMAL = re.compile(r"[0-9a-f]{32,}|[0-9A-F]{32,}")
_RANDOM = re.compile(
    r"(?=(.*[0-9]){3})(?=.*[a-z])(?=.*[A-Z])(?=.*[^\W_]{20})([\w+-]{32,}|[\w+/]{32,}=)={0,2}"
)

_PARAMETER = re.compile(r"[?&;](?P<name>[^=?&;#\s]+)=(?P<value>[^&;#\s\"'<>]+|<redacted>)", re.I)
_USER = re.compile(r"://[^/?#\s:@]*:(?P<value>[^/?#\s]+)@")
_IN_CONNECTION = re.compile(
    r"(^|;)\s*(account|shared ?access)?(key|signature|secret|password|pwd)\s*=\s*[^;\s]",
    re.IGNORECASE,
)


class Span(NamedTuple):
    """A credential within a text: where it begins and ends, and what it is called there."""

    start: int
    end: int
    name: str


def names_credential(name: str) -> bool:
    """Whether a name (of a header, a parameter, a property) is that of a credential."""
    words = [word.lower() for word in _WORD.findall(name)]
    while words and words[-1].isdigit():
        words.pop()
    if not words or _ABOUT.fullmatch(words[-1]):
        return False
    return any(map(_TELLING.fullmatch, words)) or bool(_JOINED.fullmatch("".join(words)))


def looks_like_credential(text: str) -> bool:
    """Whether a value, whatever its name, has the form of a key or a token."""
    forms = (_SCHEME, _WEB_TOKEN, _ISSUED)
    if any(form.match(text) for form in forms):
        return True
    return any(form.fullmatch(text) for form in (_HEXADECIMAL, _RANDOM))


def spans(text: str) -> list[Span]:
    """The credentials in the URLs of a text: passwords and parameters, in order."""
    if "://" not in text:
        return []
    found = [Span(*match.span("value"), "password") for match in _USER.finditer(text)]
    found += _parameters(text)
    return sorted(found)


def _parameters(text: str) -> Iterator[Span]:
    for match in _PARAMETER.finditer(text):
        value = match["value"]
        if names_credential(match["name"]) or looks_like_credential(value) or is_mask(value):
            yield Span(*match.span("value"), match["name"])


def is_connection(text: str) -> bool:
    """Whether a text is a connection string with a key, signature or password in it."""
    return ";" in text and "=" in text and _IN_CONNECTION.search(text) is not None


def carries_credential(text: str) -> bool:
    """Whether a credential stands in a text, in a URL or in a connection string."""
    return is_connection(text) or bool(spans(text))


def is_mask(text: str) -> bool:
    """Whether a text is what a service shows in place of a secret, also within a URL."""
    return unquote(text) in MASKS


def may_hold_credential(value: Any, name: str = "") -> bool:
    """Whether a value that no schema describes looks as if a credential, or a mask, were in it."""
    for position, leaf in leaves(value):
        if not isinstance(leaf, str) or not leaf:
            continue
        called = next((part for part in reversed(position) if isinstance(part, str)), name)
        told = names_credential(called) or is_mask(leaf)
        if told or looks_like_credential(leaf) or carries_credential(leaf):
            return True
    return False
