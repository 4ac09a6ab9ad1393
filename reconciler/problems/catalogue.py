"""Entries from the texts beside this file, and from the lint rules."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from reconciler.lint.rule import Rule, rules
from reconciler.model.problem import ProblemsError, suggestion

LINT = "lint"
"""The chapter that the rules make."""
_ORDER = (
    "files",
    "project",
    "documents",
    "expressions",
    "stack",
    LINT,
    "plan",
    "guard",
    "ledger",
    "exporting",
    "running",
)
_HEADING = re.compile(r"^## ([a-z0-9-]+): (.+)$", re.MULTILINE)
_FENCE = re.compile(r"```yaml\n(.*?)```", re.DOTALL)
_REMEDY = "What to do: "


class Explanation(NamedTuple):
    """One code. `rule` is the lint rule that tells it, `examples` manifests by what they show."""

    code: str
    title: str
    meaning: str
    remedy: str
    chapter: str
    examples: tuple[tuple[str, str], ...] = ()
    rule: Rule | None = None

    @property
    def page(self) -> str:
        """Where it stands in the documentation, beneath `docs/`."""
        return f"problems/{self.chapter}.md#{self.code}"


class Chapter(NamedTuple):
    """The entries of one part of the work, as they stand on a page."""

    name: str
    title: str
    about: str
    entries: tuple[Explanation, ...]


@cache
def chapters() -> tuple[Chapter, ...]:
    """Every chapter, in the order in which the work comes to it."""
    return tuple(_rules() if name == LINT else _written(name) for name in _ORDER)


@cache
def catalogue() -> dict[str, Explanation]:
    """Every entry by its code."""
    return {entry.code: entry for chapter in chapters() for entry in chapter.entries}


def explain(code: str) -> Explanation:
    """The entry of a code.

    Raises:
        ProblemsError: there is none.
    """
    entry = catalogue().get(code)
    if entry is None:
        fix = suggestion(code, catalogue(), "the code stands in brackets at the end of a message")
        raise ProblemsError.of("unknown-code", f"no problem has the code `{code}`", fix)
    return entry


def _written(name: str) -> Chapter:
    text = files(__package__).joinpath("texts", f"{name}.md").read_text(encoding="utf-8")
    head, *sections = _HEADING.split(text)
    title, _, about = head.removeprefix("# ").partition("\n")
    triples = zip(sections[::3], sections[1::3], sections[2::3], strict=True)
    return Chapter(name, title, about.strip(), tuple(_entry(name, *triple) for triple in triples))


def _entry(chapter: str, code: str, title: str, text: str) -> Explanation:
    paragraphs = [_unwrapped(p) for p in _FENCE.sub("", text).strip().split("\n\n") if p.strip()]
    remedies = [p.removeprefix(_REMEDY) for p in paragraphs if p.startswith(_REMEDY)]
    meaning = "\n\n".join(p for p in paragraphs if not p.startswith(_REMEDY))
    examples = tuple(("Passes", example) for example in _FENCE.findall(text))
    return Explanation(code, title, meaning, " ".join(remedies), chapter, examples)


def _unwrapped(paragraph: str) -> str:
    return " ".join(paragraph.split())


def _rules() -> Chapter:
    about = (
        "What the service would refuse, or what would leave documents wrong, told before the first "
        "write. A project makes it `off`, `advice`, `warning` or `error` in `spec.lint`; beside an "
        "object, `metadata.lint` silences it with a reason."
    )
    entries = []
    for rule in rules().values():
        manual = rule.manual
        entry = Explanation(
            rule.id, manual.title, manual.meaning, manual.remedy, LINT, manual.examples, rule
        )
        entries.append(entry)
    return Chapter(LINT, "Lint rules", about, tuple(entries))
