"""A page for each chapter of the catalogue of problems, and an index of every code."""

from __future__ import annotations

from collections.abc import Iterator

from tables import table

from reconciler.problems import Explanation, chapters

FOLDER = "problems"


def index() -> Iterator[str]:
    """Every code, with its title and a link to its entry."""
    yield "# Problems\n"
    yield "The code of a problem stands in brackets at the end of its message; `reconciler explain"
    yield "CODE` prints what is written here.\n"
    for chapter in chapters():
        yield f"## {chapter.title}\n"
        lines = [(f"[`{e.code}`]({chapter.name}.md#{e.code})", e.title) for e in chapter.entries]
        yield table(("code", "what it says"), lines) + "\n"


def pages() -> dict[str, Iterator[str]]:
    """The page of each chapter, by its path beneath docs/."""
    return {
        f"{FOLDER}/{chapter.name}.md": _page(chapter.title, chapter.about, chapter.entries)
        for chapter in chapters()
    }


def _page(title: str, about: str, entries: tuple[Explanation, ...]) -> Iterator[str]:
    yield f"# {title}\n"
    if about:
        yield about + "\n"
    for entry in entries:
        yield f"## {entry.code}\n"
        yield f"**{entry.title[:1].upper()}{entry.title[1:]}.**\n"
        if entry.meaning:
            yield entry.meaning + "\n"
        yield f"**What to do:** {entry.remedy}\n"
        for name, example in entry.examples:
            fence = "```yaml fails" if name == "Fails" else "```yaml"
            yield f"{name}:\n\n{fence}\n{example}```\n"
        if entry.rule is not None:
            yield f"Severity: {entry.rule.severity.value}. Sources: {entry.rule.manual.sources}\n"
