"""The functions of field mappings (SKILLS 3.3). Each raises ValueError for what it cannot take."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote, unquote

Parameters = Mapping[str, Any]


def call(function: Mapping[str, Any], value: Any) -> Any:
    """A mapping function of a definition, applied to a value that is not null."""
    name = function["name"]
    if name not in FUNCTIONS:
        raise ValueError(f"Unknown mapping function '{name}'.")
    return FUNCTIONS[name](value, function.get("parameters") or {})


def url_token(text: str) -> str:
    """HttpServerUtility.UrlTokenEncode: the padding becomes one digit, its length."""
    encoded = base64.urlsafe_b64encode(text.encode()).decode()
    bare = encoded.rstrip("=")
    return f"{bare}{len(encoded) - len(bare)}" if bare else ""


def _base64_encode(value: Any, parameters: Parameters) -> str:
    text = _text(value)
    if parameters.get("useHttpServerUtilityUrlTokenEncode", True):
        return url_token(text)
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _base64_decode(value: Any, parameters: Parameters) -> str:
    text = _text(value)
    if parameters.get("useHttpServerUtilityUrlTokenDecode", True) and text:
        if not text[-1].isdigit():
            raise ValueError("The value has no padding digit at its end.")
        text = text[:-1]
    padded = text + "=" * (-len(text) % 4)
    return base64.b64decode(padded.translate({45: "+", 95: "/"}), validate=True).decode()


def _token(value: Any, parameters: Parameters) -> str:
    tokens = _text(value).split(str(parameters["delimiter"]))
    position = int(parameters["position"])
    if not 0 <= position < len(tokens):
        raise ValueError(f"There is no token at position {position}.")
    return tokens[position]


def _string_collection(value: Any, parameters: Parameters) -> list[str]:
    del parameters
    items = json.loads(_text(value))
    if not isinstance(items, list) or not all(isinstance(item, str) for item in items):
        raise ValueError("The value is not a JSON array of strings.")
    return items


def _url_encode(value: Any, parameters: Parameters) -> str:
    """With lower-case hexadecimal digits, as documented."""
    del parameters
    plain = quote(_text(value), safe="")
    parts = plain.split("%")
    return parts[0] + "".join(f"%{part[:2].lower()}{part[2:]}" for part in parts[1:])


def _url_decode(value: Any, parameters: Parameters) -> str:
    del parameters
    return unquote(_text(value), errors="strict")


def _to_json(value: Any, parameters: Parameters) -> Any:
    del parameters
    return json.loads(_text(value))


def _fixed_length(value: Any, parameters: Parameters) -> str:
    """The service's algorithm is not published (SKILLS 6): here a digest that keys may hold."""
    del parameters
    return hashlib.sha256(_text(value).encode()).hexdigest()


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError("The value is not a string.")
    return value


FUNCTIONS: dict[str, Callable[[Any, Parameters], Any]] = {
    "base64Encode": _base64_encode,
    "base64Decode": _base64_decode,
    "extractTokenAtPosition": _token,
    "jsonArrayToStringCollection": _string_collection,
    "urlEncode": _url_encode,
    "urlDecode": _url_decode,
    "toJson": _to_json,
    "fixedLengthEncode": _fixed_length,
}
