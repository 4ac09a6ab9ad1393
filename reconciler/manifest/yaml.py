"""The one doorway to ruamel.yaml: text to plain JSON values, or to nodes with their places.

YAML 1.2 without timestamps; aliases are allowed up to a limit of expanded nodes. A file that is
JSON takes the JSON path, which is a hundred times faster.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from reconciler.manifest.depth import beyond, may_be_deep
from reconciler.model.json import Json
from reconciler.model.problem import ProblemsError, Where

MAX_BYTES = 4 * 1024 * 1024
MAX_NODES = 1_000_000
MAX_DEPTH = 100

Read = TypeVar("Read")


def read_text(path: Path) -> str:
    """A file's text.

    Raises:
        ProblemsError: it cannot be read, is larger than `MAX_BYTES`, or is not UTF-8.
    """
    return decode(path, read_bytes(path))


def read_bytes(path: Path) -> bytes:
    """A file's bytes, if it is there and not too large."""
    where = Where(path)
    try:
        if path.exists() and not path.is_file():
            raise ProblemsError.of("unreadable-file", "this is not a file", where=where)
        data = path.read_bytes()
    except OSError as error:
        text = f"cannot read the file: {error.strerror}"
        raise ProblemsError.of("unreadable-file", text, where=where) from None
    if len(data) > MAX_BYTES:
        size = f"{len(data) / 1048576:.1f} MB"
        text = f"the file has {size}; the limit is {MAX_BYTES // 1048576} MB"
        raise ProblemsError.of("file-too-large", text, "split it into several files", where)
    return data


def decode(path: Path, data: bytes) -> str:
    """UTF-8 bytes as text, without a byte order mark."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        text = f"the file is not UTF-8 (byte {error.start} is 0x{data[error.start]:02x})"
        fix = "save it as UTF-8"
        where = Where(path, line=line, column=1)
        raise ProblemsError.of("not-utf8", text, fix, where) from None


def parse(path: Path, text: str) -> list[Json]:
    """All documents of a text, as plain JSON values; empty documents are left out.

    Raises:
        ProblemsError: the text is not YAML, or holds what JSON cannot.
    """
    documents = _json(text)
    if documents is None:
        documents = [value for value in _yaml(path, text) if value is not None]
    for number, document in enumerate(documents):
        require_plain(document, Where(path, number))
    return documents


def require_plain(document: Json, where: Where) -> None:
    """A value is not too deep, not too large when its aliases are written out, and JSON.

    Raises:
        ProblemsError: it is not.
    """
    _Plain(where).check(document)


def _json(text: str) -> list[Json] | None:
    """The value of a JSON text, or None when YAML must have a look."""
    if text[:1] not in "{[" or not text:
        return None
    try:
        return [json.loads(text, object_pairs_hook=_unique)]
    except (ValueError, RecursionError):
        return None


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("duplicate key")
    return found


def _yaml(path: Path, text: str) -> list[Json]:
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    if may_be_deep(text) and _passed(text) is not None:
        raise too_deep(path, text)
    try:
        return _either(lambda parser: list(parser.load_all(text)))
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = Where(path, line=mark.line + 1, column=mark.column + 1) if mark else Where(path)
        reason = " ".join(part for part in (error.context, error.problem) if part)
        if "duplicate key" in reason:
            text = "the same key stands twice in one mapping"
            raise ProblemsError.of("duplicate-key", text, "delete one of them", where) from None
        reason = reason.replace("\n", " ").strip() or "it cannot be parsed"
        if error.context_mark and mark and error.context_mark.line != mark.line:
            reason += f" (it begins at line {error.context_mark.line + 1})"
        raise ProblemsError.of(
            "invalid-yaml", f"not valid YAML: {reason}", _fix(reason), where
        ) from None
    except (YAMLError, ValueError, OverflowError) as error:
        where = _at(path, text, getattr(error, "position", None))
        reason = str(error).splitlines()[0]
        raise ProblemsError.of("invalid-yaml", f"not valid YAML: {reason}", where=where) from None
    except RecursionError:
        raise too_deep(path, text) from None


def too_deep(path: Path, text: str) -> ProblemsError:
    """The error of a text that is nested too deep, with the place where it becomes so."""
    line, column = _passed(text) or (None, None)
    return _too_deep(Where(path, line=line, column=column))


def _passed(text: str) -> tuple[int, int] | None:
    """Where a text is nested too deep: beneath the root and `MAX_DEPTH` levels."""
    from ruamel.yaml.error import YAMLError

    try:
        return _either(lambda parser: beyond(parser.parse(text), MAX_DEPTH + 1))
    except YAMLError:
        return None  # what is wrong is wrong before it is too deep


def _at(path: Path, text: str, position: int | None) -> Where:
    """The place of a byte, if it is known."""
    if position is None:
        return Where(path)
    before = text.encode()[:position].decode(errors="ignore")
    column = len(before) - before.rfind("\n")
    return Where(path, line=before.count("\n") + 1, column=column)


def _fix(reason: str) -> str:
    """What to do about what the parser found."""
    fixes = {
        "cannot start any token": "indent with spaces, and quote values that begin with @ % or `",
        "quoted scalar": "close the quote, or escape what stands in it",
        "flow": "close the bracket; quote values that hold { } [ ] or a comma",
        "undefined alias": "quote the value if it begins with a literal *",
        "the tag": "take the tag away, or quote the value if it begins with a literal !",
        "mapping values are not allowed": "quote the value: it holds a colon",
    }
    return next((fix for part, fix in fixes.items() if part in reason), "")


def _either(read: Callable[[Any], Read]) -> Read:
    """What the fast parser reads; or the slow one, where only that one knows YAML 1.2.

    The fast one refuses a colon in a plain value between brackets: `{endpoint: http://localhost}`.
    """
    from ruamel.yaml.error import MarkedYAMLError

    try:
        return read(_parser())
    except MarkedYAMLError as error:
        if "unexpected ':'" not in str(error.problem):
            raise
        return read(_parser(pure=True))


def _parser(*, pure: bool = False) -> Any:
    from ruamel.yaml import YAML
    from ruamel.yaml.constructor import SafeConstructor

    class Constructor(SafeConstructor):  # type: ignore[misc, unused-ignore]
        """Timestamps stay strings: `2023-04-15` is the name of a model version."""

    Constructor.add_constructor("tag:yaml.org,2002:timestamp", SafeConstructor.construct_yaml_str)
    parser = YAML(typ="safe", pure=pure)
    parser.Constructor = Constructor
    return parser


def _too_deep(where: Where) -> ProblemsError:
    text = f"nested deeper than {MAX_DEPTH} levels"
    return ProblemsError.of("nested-too-deep", text, "flatten it", where)


class _Plain:
    """Counts the nodes of a document as if its aliases were written out, and refuses non-JSON."""

    def __init__(self, where: Where) -> None:
        self._where = where
        self._sizes: dict[int, int] = {}
        self._open: set[int] = set()

    def check(self, document: Json) -> None:
        if self._size(document, ()) > MAX_NODES:
            text = f"its aliases expand to more than {MAX_NODES:,} nodes"
            raise ProblemsError.of("too-many-nodes", text, "write fewer aliases", self._where)

    def _size(self, value: Any, path: tuple[str | int, ...]) -> int:
        if not isinstance(value, (dict, list)):
            self._leaf(value, path)
            return 1
        known = self._sizes.get(id(value))
        if known is not None:
            return known
        if id(value) in self._open:
            text = "an alias refers to what contains it"
            raise ProblemsError.of("recursive-alias", text, where=self._where.at(*path))
        if len(path) > MAX_DEPTH:
            raise _too_deep(self._where.at(*path))
        self._open.add(id(value))
        size = 1 + sum(self._size(inner, (*path, part)) for part, inner in self._items(value, path))
        self._open.discard(id(value))
        self._sizes[id(value)] = size
        return size

    def _items(self, value: Any, path: tuple[str | int, ...]) -> Any:
        if isinstance(value, list):
            return enumerate(value)
        for key in value:
            if not isinstance(key, str):
                text = "a key must be a string"
                raise ProblemsError.of("not-a-string-key", text, "quote it", self._where.at(*path))
        return value.items()

    def _leaf(self, value: Any, path: tuple[str | int, ...]) -> None:
        fine = value is None or isinstance(value, (str, bool, int))
        if not fine and not (isinstance(value, float) and math.isfinite(value)):
            text = f"a value that JSON does not have ({type(value).__name__})"
            raise ProblemsError.of("not-json", text, "write it as a string", self._where.at(*path))


def composed(text: str) -> list[Any]:
    """The root nodes of a text's documents, with their places; none if it cannot be parsed."""
    from ruamel.yaml.error import YAMLError

    if may_be_deep(text) and _passed(text) is not None:
        return []
    try:
        nodes = _either(lambda parser: list(parser.compose_all(text)))
    except (YAMLError, ValueError, RecursionError):
        return []
    return [node for node in nodes if node is not None and not _is_null(node)]


def _is_null(node: Any) -> bool:
    return bool(node.tag == "tag:yaml.org,2002:null")
