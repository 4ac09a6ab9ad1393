"""Parsing modes json, jsonArray, jsonLines and delimitedText (SKILLS 2.2)."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from io import StringIO
from typing import Any

from reconciler.emulator.cracking.item import NOT_PARSED, CrackFailed

Body = dict[str, Any]

LONGEST = 256 * 1024 * 1024  # of one value; Python's own limit is 128 KiB


def whole(text: str) -> Body:
    """The properties of the one object in a file."""
    return _object(_parsed(text))


def array(text: str, root: str) -> Iterator[Body]:
    """The objects of the array at a JSON pointer; "" is the file itself."""
    value = _parsed(text)
    for token in [part for part in root.split("/") if part]:
        name = token.replace("~1", "/").replace("~0", "~")
        try:
            value = value[int(name)] if isinstance(value, list) else value[name]
        except (KeyError, ValueError, IndexError, TypeError):
            raise _failed(f"The document root '{root}' was not found in the document.") from None
    if not isinstance(value, list):
        raise _failed(f"The value at '{root or '/'}' is not a JSON array.")
    yield from map(_object, value)


def lines(text: str) -> Iterator[Body]:
    for line in text.split("\n"):  # JSON may hold other line ends as they are
        if line.strip():
            yield _object(_parsed(line))


def delimited(text: str, configuration: Body) -> Iterator[Body]:
    """Every value is a string; rows that are too short have fewer nodes."""
    delimiter = configuration.get("delimitedTextDelimiter") or ","
    if len(delimiter) != 1:
        raise _failed(f"The delimiter '{delimiter}' is not a single character.")
    csv.field_size_limit(LONGEST)
    try:
        rows = list(csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as problem:
        raise _failed(f"The document is not delimited text: {problem}.") from None
    headers = _headers(configuration)
    if configuration.get("firstLineContainsHeaders", True) and rows:
        first = rows.pop(0)
        headers = headers or [name.strip() for name in first]
    if not headers:
        raise _failed("Column headers are missing: set delimitedTextHeaders.")
    for row in rows:
        if len(row) > len(headers):
            raise _failed(f"A row has {len(row)} values for {len(headers)} headers.")
        if row:
            yield dict(zip(headers, row, strict=False))


def _headers(configuration: Body) -> list[str]:
    given = configuration.get("delimitedTextHeaders") or ""
    return [name.strip() for name in given.split(",") if name.strip()]


def _parsed(text: str) -> Any:
    """Half a surrogate pair becomes U+FFFD, as in .NET."""
    try:
        value = json.loads(text)
        if "\\u" in text:
            units = json.dumps(value, ensure_ascii=False).encode("utf-16-le", "surrogatepass")
            value = json.loads(units.decode("utf-16-le", "replace"))
        return value
    except (ValueError, RecursionError) as problem:
        raise _failed(f"Error parsing JSON: {problem}") from None


def _object(value: Any) -> Body:
    if not isinstance(value, dict):
        raise _failed("The JSON value is not an object.")
    return value


def _failed(details: str) -> CrackFailed:
    return CrackFailed(details, heading=NOT_PARSED)
