"""The pages, and what is found in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGES = sorted(
    [
        ROOT / "README.md",
        ROOT / "CHANGELOG.md",
        *ROOT.glob("docs/**/*.md"),
        *ROOT.glob("examples/*/README.md"),
    ]
)

_FENCED = re.compile(r"^```(\w*) ?(\S*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_COMMAND = re.compile(r"\breconciler ([a-z]+\b(?: [^\s`|&>;#)\"]+)*)")


def name(page: Path) -> str:
    """What a page is called in a test's name."""
    return str(page.relative_to(ROOT))


def fenced(page: Path, language: str) -> Iterator[str]:
    """The blocks in a language, but for those that say that they fail: tests/lint plays them."""
    for block in _FENCED.finditer(page.read_text()):
        if block[1] == language and block[2] != "fails":
            yield block[3]


def commands(page: Path) -> set[str]:
    """Every `reconciler …` that a page tells somebody to type, without the first word."""
    text = page.read_text()
    code = [block[3] for block in _FENCED.finditer(text) if block[1] in ("console", "yaml", "sh")]
    typed = [line for block in code for line in block.splitlines() if _is_typed(line)]
    typed += re.findall(r"`([^`\n]+)`", _FENCED.sub("", text))
    return {found[1].strip() for line in typed for found in _COMMAND.finditer(line)}


def _is_typed(line: str) -> bool:
    """A command of a console or of a pipeline, and not what is printed or said in a comment."""
    return bool(re.match(r"(\$ |\s*(- )?(run: )?)(reconciler |if reconciler )", line))


def links(page: Path) -> set[str]:
    """The relative links of a page."""
    text = _FENCED.sub("", page.read_text())
    found = re.findall(r"\]\(([^)\s]+)\)", text)
    return {link for link in found if not link.startswith(("http://", "https://", "mailto:"))}


def headings(page: Path) -> set[str]:
    """What links may point at within a page, as GitHub names it."""
    text = _FENCED.sub("", page.read_text())
    titles = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}
