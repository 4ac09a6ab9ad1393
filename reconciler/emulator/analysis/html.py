"""html_strip: a text without its tags, comments and scripts, and with its entities resolved."""

from __future__ import annotations

import html
import re

from reconciler.emulator.analysis.tokens import Source

# Tags that may stand within a word; any other is a break (Lucene's HTMLStripCharFilter).
INLINE_TAGS = (
    "a abbr acronym b basefont bdo big cite code dfn em font i img input kbd label q s samp select "
    "small span strike strong sub sup textarea tt u var"
)
INLINE = frozenset(INLINE_TAGS.split())
MARKUP = re.compile(
    r"<!--.*?-->"
    r"|<(?P<raw>script|style)\b[^>]*>.*?</(?P=raw)\s*>"
    r"|<!\[CDATA\[(?P<data>.*?)\]\]>"
    r"|<[!?][^>]*>"
    r"|</?(?P<tag>[A-Za-z_][\w:.-]*)(?:[^<>'\"]|\"[^\"]*\"|'[^']*')*>"
    r"|&(?:#[0-9]+|#[xX][0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]*);",
    re.DOTALL | re.IGNORECASE,
)


def strip(source: Source) -> Source:
    """The text without markup; a block's tag becomes a line feed."""
    return source.replaced(
        (*match.span(), _replacement(match)) for match in MARKUP.finditer(source.text)
    )


def _replacement(match: re.Match[str]) -> str:
    if match["data"] is not None:
        return match["data"]
    if match["raw"]:
        return "\n"
    if match["tag"]:
        return "" if match["tag"].lower() in INLINE else "\n"
    return html.unescape(match[0]) if match[0].startswith("&") else ""
