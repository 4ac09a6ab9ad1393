"""Plain JSON values to YAML as a person would write it; what is written is read back the same.

Short leaves stand on one line, texts of several lines as literal blocks, strings that could be
taken for something else in quotes. Uses ruamel.yaml, like `yaml`.
"""

from __future__ import annotations

import re
from io import StringIO
from typing import Any, NamedTuple

from reconciler.model.json import Json

WIDTH = 100
_BLOCK_LEVELS = 2
"""The document and its parts are always written as blocks."""

_PAST = re.compile(
    r"(y|n|yes|no|on|off|true|false|null|none|~|[-+]?\.(inf|nan)|[-+.]?[0-9][-+0-9a-fox_.:tz ]*)",
    re.IGNORECASE,
)
"""What some YAML reader takes for a boolean, a number or a date."""

_WORDS = re.compile(r"[\w ./()@*+=~%^$<>;-]+")
_LITERAL = re.compile(r"[^\s#-][^\n]*(\n+[ \t]*\S[^\n]*)*\n?")
_UNPRINTABLE = re.compile(r"[^\t\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]")
_MARK = "comment-of-the-writer-"
_MARKED = re.compile(rf"^( *(?:- )?){_MARK}(\d+):.*$", re.MULTILINE)


class Comment(NamedTuple):
    """A key of a mapping that is written as a comment; its value does not matter.

    `text` could stand there as it is, were it no comment; `note` says why it is one.
    """

    text: str
    note: str


def to_yaml(documents: list[Json]) -> str:
    """The text of some documents, divided by `---`."""
    return "---\n".join(_document(document) for document in documents)


def _document(document: Json) -> str:
    from ruamel.yaml import YAML
    from ruamel.yaml.emitter import Emitter

    class Quoting(Emitter):  # type: ignore[misc, unused-ignore]
        """Quotes are double ones."""

        def choose_scalar_style(self) -> Any:
            style = super().choose_scalar_style()
            return '"' if style == "'" else style

    nodes = _Nodes()
    writer = YAML(typ="rt", pure=True)
    writer.Emitter = Quoting
    writer.indent(mapping=2, sequence=4, offset=2)
    writer.width = 2**30
    writer.allow_unicode = True
    writer.brace_single_entry_mapping_in_flow_sequence = True
    out = StringIO()
    writer.serialize(nodes.node(document, 0, 0), out)
    text = out.getvalue().removesuffix("...\n")
    return _MARKED.sub(lambda found: f"{found[1]}# {nodes.comments[int(found[2])]}", text)


class _Nodes:
    """Values to nodes, each with its style; remembers the comments among them."""

    def __init__(self) -> None:
        self.comments: list[str] = []

    def node(self, value: Json, level: int, column: int, *, flow: bool = False) -> Any:
        """The node of a value.

        Args:
            level: how deep it lies in its document.
            column: where it begins, if it is written on one line.
        """
        if isinstance(value, (dict, list)):
            inline = flow or not value or (level >= _BLOCK_LEVELS and _fits(value, column))
            if isinstance(value, dict):
                return self._mapping(value, level, inline)
            return self._sequence(value, level, inline)
        return self._scalar(value, flow)

    def _mapping(self, value: dict[Any, Any], level: int, flow: bool) -> Any:
        from ruamel.yaml.nodes import MappingNode

        indent, pairs = 2 * level, []
        for key, inner in value.items():
            if isinstance(key, Comment):
                pairs.append((self._comment(key), _plain("null", "null")))
            else:
                beside = indent + len(str(key)) + 2
                pairs.append((_text(key, flow), self.node(inner, level + 1, beside, flow=flow)))
        return MappingNode("tag:yaml.org,2002:map", pairs, flow_style=flow)

    def _sequence(self, value: list[Any], level: int, flow: bool) -> Any:
        from ruamel.yaml.nodes import SequenceNode

        nodes = [self.node(inner, level + 1, 2 * level + 2, flow=flow) for inner in value]
        return SequenceNode("tag:yaml.org,2002:seq", nodes, flow_style=flow)

    def _comment(self, comment: Comment) -> Any:
        text = " # ".join(comment)
        self.comments.append(_UNPRINTABLE.sub("?", " ".join(text.split())))
        return _plain("str", f"{_MARK}{len(self.comments) - 1}")

    def _scalar(self, value: Any, flow: bool) -> Any:
        if isinstance(value, str):
            return _text(value, flow)
        if value is None:
            return _plain("null", "null")
        if isinstance(value, bool):
            return _plain("bool", "true" if value else "false")
        if isinstance(value, int):
            return _plain("int", str(value))
        return _plain("float", _float(value))


def _plain(tag: str, text: str, style: str | None = None) -> Any:
    from ruamel.yaml.nodes import ScalarNode

    return ScalarNode(f"tag:yaml.org,2002:{tag}", text, style=style)


def _text(text: str, flow: bool) -> Any:
    """A string: a literal block, quoted, or as it is; between brackets, quoted when in doubt."""
    if "\n" in text and not flow and _is_literal(text):
        return _plain("str", text, "|")
    doubtful = _PAST.fullmatch(text) or _UNPRINTABLE.search(text)
    if doubtful or (flow and not _WORDS.fullmatch(text)):
        return _plain("str", text, '"')
    return _plain("str", text)


def _is_literal(text: str) -> bool:
    """Whether a literal block says exactly this text, to every reader."""
    tidy = all(line == line.rstrip() for line in text.split("\n"))
    return tidy and bool(_LITERAL.fullmatch(text)) and not _UNPRINTABLE.search(text)


def _float(value: float) -> str:
    """A float that is read as one: `1e+20` has no point, and would be a string to some."""
    text = repr(value)
    return text if "." in text or "e" not in text else text.replace("e", ".0e", 1)


def _fits(value: Json, column: int) -> bool:
    """Whether a value may stand on the line on which it begins."""
    if isinstance(value, list) and sum(isinstance(inner, (dict, list)) for inner in value) > 1:
        return False
    return _length(value, 2) <= WIDTH - column


def _length(value: Json, depth: int) -> int:
    """How long a value is on one line; without end if it cannot be on one."""
    if isinstance(value, dict):
        if depth == 0 or any(isinstance(key, Comment) for key in value):
            return 2**30
        return 2 + sum(len(key) + 4 + _length(inner, depth - 1) for key, inner in value.items())
    if isinstance(value, list):
        return 2**30 if depth == 0 else 2 + sum(2 + _length(inner, depth - 1) for inner in value)
    return 2**30 if isinstance(value, str) and "\n" in value else len(str(value)) + 2
