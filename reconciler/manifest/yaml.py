"""The one doorway to ruamel.yaml: text to plain JSON values, or to nodes with their places.

YAML 1.2 without timestamps; aliases are allowed up to a limit of expanded nodes. A file that is
JSON takes the JSON path, which is a hundred times faster.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from reconciler.manifest.depth import beyond, may_be_deep
from reconciler.manifest.limits import (
    MAX_DEPTH,
    bounded,
    may_be_large,
    nested_too_deep,
    require_few_merges,
    require_plain,
)
from reconciler.model.json import Json
from reconciler.model.problem import ProblemsError, Where

Read = TypeVar("Read")


def parse(path: Path, text: str, *, numbered: bool = False) -> list[Json]:
    """All documents of a text, as plain JSON values; empty documents are left out.

    Args:
        numbered: a number is a key, as the text that it is written as.

    Raises:
        ProblemsError: the text is not YAML, or holds what JSON cannot.
    """
    documents, what = _json(text), "values"
    if documents is None:
        documents, what = [v for v in _yaml(path, text, numbered) if v is not None], "aliases"
    require_plain(path, documents, len(text), what)
    return documents


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


def _yaml(path: Path, text: str, numbered: bool) -> list[Json]:
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    if (may_be_deep(text) or may_be_large(text)) and _passed(path, text) is not None:
        raise too_deep(path, text)
    if "<<" in text:
        require_few_merges(path, composed(path, text), len(text))
    try:
        return _either(lambda parser: list(parser.load_all(text)), numbered=numbered)
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
    except (YAMLError, ValueError, OverflowError, AssertionError) as error:
        where = _at(path, text, getattr(error, "position", None))
        reason = (str(error) or "it cannot be parsed").splitlines()[0]
        if reason.startswith("Exceeds the limit"):
            reason = "a number has more than 4,300 digits"
        raise ProblemsError.of("invalid-yaml", f"not valid YAML: {reason}", where=where) from None
    except RecursionError:
        raise too_deep(path, text) from None


def too_deep(path: Path, text: str) -> ProblemsError:
    """The error of a text that is nested too deep, with the place where it becomes so."""
    line, column = _passed(path, text) or (None, None)
    return nested_too_deep(Where(path, line=line, column=column))


def _passed(path: Path, text: str) -> tuple[int, int] | None:
    """Where a text is nested too deep: beneath the root and `MAX_DEPTH` levels.

    Raises:
        ProblemsError: it holds too many values before that.
    """
    from ruamel.yaml.error import YAMLError

    try:
        return _either(lambda parser: beyond(bounded(path, parser.parse(text)), MAX_DEPTH + 1))
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


def _either(read: Callable[[Any], Read], *, numbered: bool = False) -> Read:
    """What the fast parser reads; or the slow one, where only that one knows YAML 1.2.

    The fast one refuses a colon in a plain value between brackets: `{endpoint: http://localhost}`.
    """
    from ruamel.yaml.error import MarkedYAMLError

    try:
        return read(_parser(numbered=numbered))
    except MarkedYAMLError as error:
        if "unexpected ':'" not in str(error.problem):
            raise
        return read(_parser(numbered=numbered, pure=True))


def _parser(*, numbered: bool, pure: bool = False) -> Any:
    from ruamel.yaml import YAML
    from ruamel.yaml.constructor import SafeConstructor

    class Constructor(SafeConstructor):  # type: ignore[misc, unused-ignore]
        """Timestamps stay strings: `2023-04-15` is the name of a model version."""

        def construct_mapping(self, node: Any, deep: bool = False) -> Any:
            for key, _ in node.value if numbered and isinstance(node.value, list) else ():
                if key.tag == "tag:yaml.org,2002:int":
                    key.tag = "tag:yaml.org,2002:str"
            return super().construct_mapping(node, deep)

    Constructor.add_constructor("tag:yaml.org,2002:timestamp", SafeConstructor.construct_yaml_str)
    parser = YAML(typ="safe", pure=pure)
    parser.Constructor = Constructor
    return parser


def composed(path: Path, text: str) -> list[Any]:
    """The root nodes of a text's documents, with their places; none if it cannot be parsed.

    Raises:
        ProblemsError: it holds too many values.
    """
    from ruamel.yaml.error import YAMLError

    if (may_be_deep(text) or may_be_large(text)) and _passed(path, text) is not None:
        return []
    try:
        nodes = _either(lambda parser: list(parser.compose_all(text)))
    except (YAMLError, ValueError, RecursionError):
        return []
    return [node for node in nodes if node is not None and not _is_null(node)]


def _is_null(node: Any) -> bool:
    return bool(node.tag == "tag:yaml.org,2002:null")
