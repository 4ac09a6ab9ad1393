"""Parsing mode markdown: only headers split, whatever else is text (SKILLS 2.2)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, NamedTuple

Body = dict[str, Any]


class Section(NamedTuple):
    """The text below one header; `level` 0 and no name stand before the first."""

    level: int
    name: str
    content: str
    header: str


def sections(text: str, depth: int) -> list[Section]:
    """The parts of a Markdown text. Deeper headers are text; line ends come out as \\r\\n."""
    from markdown_it import MarkdownIt

    rows = text.splitlines()
    heads: list[tuple[int, int, int, str]] = [(0, 0, 0, "")]
    tokens = MarkdownIt("commonmark").parse(text)
    for token, inline in pairwise(tokens):
        if token.type == "heading_open" and token.level == 0 and token.map:
            level = int(token.tag[1:])
            if level <= depth:
                heads.append((token.map[0], token.map[1], level, inline.content))
    ends = [head[0] for head in heads[1:]] + [len(rows)]
    found = [
        Section(level, name, _joined(rows[start:end]), _joined(rows[first:start]))
        for (first, start, level, name), end in zip(heads, ends, strict=True)
    ]
    return found if found[0].content else found[1:]


def _joined(rows: list[str]) -> str:
    """Without blank lines around, as the documented sample output is."""
    while rows and not rows[0].strip():
        rows = rows[1:]
    while rows and not rows[-1].strip():
        rows = rows[:-1]
    return "".join(f"{row}\r\n" for row in rows)


def depth_of(name: str | None) -> int:
    """`h1` to `h6` as a number; h6 by default."""
    return int((name or "h6")[1:])


def many(found: Sequence[Section], depth: int, first: int = 1) -> list[Body]:
    """One document for each section that has content; ordinal_position counts from `first`."""
    documents: list[Body] = []
    headers = [""] * depth
    for section in found:
        if section.level:
            headers[section.level - 1 :] = [section.name] + [""] * (depth - section.level)
        if section.content:
            documents.append(
                {
                    "content": section.content,
                    "sections": {f"h{level}": name for level, name in enumerate(headers, 1)},
                    "ordinal_position": len(documents) + first,
                }
            )
    return documents


def one(found: Sequence[Section]) -> Body:
    """The whole text and its sections, nested; levels that are skipped are not invented.

    As in the documented sample, blank lines around headers are left out of the whole text.
    """
    top: list[Body] = []
    open_levels: list[tuple[int, list[Body]]] = [(0, top)]
    for position, section in enumerate(found, 1):
        if not section.level:
            top.append(_nested(section, position))
            continue
        while open_levels[-1][0] >= section.level:
            open_levels.pop()
        made = _nested(section, position)
        open_levels[-1][1].append(made)
        open_levels.append((section.level, made["sections"]))
    whole = "".join(section.header + section.content for section in found)
    return {"document_content": whole, "sections": top}


def _nested(section: Section, position: int) -> Body:
    return {
        "header_level": f"h{section.level}" if section.level else "",
        "header_name": section.name,
        "content": section.content.removesuffix("\r\n"),
        "ordinal_position": position,
        "sections": [],
    }
