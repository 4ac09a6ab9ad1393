"""The nodes of a YAML text, as `yaml.composed` gives them: what is beneath, and where it stands."""

from __future__ import annotations

from typing import Any


def child(node: Any, part: str | int) -> tuple[Any, Any]:
    """The key node (in a mapping) and the value node beneath a node."""
    if isinstance(part, int):
        fits = isinstance(node.value, list) and part < len(node.value) and node.id == "sequence"
        return (None, node.value[part]) if fits else (None, None)
    if node.id == "mapping":
        for key, value in node.value:
            if key.value == part:
                return key, value
    return None, None


def index(text: str, mark: Any) -> int:
    """Where a mark is in the text."""
    lines = text.split("\n")
    return sum(len(line) + 1 for line in lines[: mark.line]) + int(mark.column)


def is_flow(text: str, node: Any) -> bool:
    """Whether a mapping or a list is written between brackets."""
    return text[index(text, node.start_mark)] in "{["


def after_line(text: str, node: Any, lines: list[str]) -> str:
    """The text with lines after the one on which a node ends."""
    while isinstance(node.value, list) and node.value and not is_flow(text, node):
        last = node.value[-1]
        node = last[1] if isinstance(last, tuple) else last
    end = index(text, node.end_mark)
    end = end if text[end - 1 : end] == "\n" else text.find("\n", end) + 1 or len(text)
    gap = "" if text[end - 1 : end] == "\n" else "\n"
    return text[:end] + gap + "".join(f"{line}\n" for line in lines) + text[end:]
