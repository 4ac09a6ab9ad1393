"""The catalogue of problems as text and JSON."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from reconciler.lint.rule import Rule
from reconciler.problems import Explanation
from reconciler.report.formats import View
from reconciler.report.json import as_json
from reconciler.report.tables import columns

_WIDTH = 100


def explanation(entry: Explanation) -> str:
    """An entry as a person reads it."""
    title = entry.title[:1].lower() + entry.title[1:]
    parts = [f"{entry.code}: {title}"]
    parts += map(_filled, entry.meaning.split("\n\n") if entry.meaning else ())
    parts.append(_filled(f"What to do: {entry.remedy}"))
    parts += (f"{name}:\n\n" + textwrap.indent(text, "    ") for name, text in entry.examples)
    if entry.rule is not None:
        parts.append(_filled(_switches(entry.rule)))
        parts.append(_filled(f"Sources: {entry.rule.manual.sources}"))
    return "\n\n".join(part.rstrip() for part in parts)


def _switches(rule: Rule) -> str:
    return (
        f"A lint rule, {rule.severity.value} unless the project says otherwise: "
        f"`spec.lint: {{{rule.id}: off}}` there, or `metadata.lint: {{{rule.id}: why}}` beside the "
        "object."
    )


def _filled(text: str) -> str:
    return textwrap.fill(text, _WIDTH, break_long_words=False, break_on_hyphens=False)


def render_rules(entries: Sequence[Explanation], view: View) -> str:  # noqa: ARG001
    """A line for each lint rule among some entries."""
    rules = [
        (entry.code, entry.rule.severity.value, entry.title) for entry in entries if entry.rule
    ]
    return "\n".join(columns(rules))


def render_rules_json(entries: Sequence[Explanation], view: View) -> str:  # noqa: ARG001
    """The lint rules among some entries, for programs; `page` lies beneath docs/."""
    rules = [
        {
            "id": entry.code,
            "severity": entry.rule.severity.value,
            "since": entry.rule.since or None,
            "title": entry.title,
            "meaning": entry.meaning,
            "remedy": entry.remedy,
            "sources": entry.rule.manual.sources,
            "page": entry.page,
        }
        for entry in entries
        if entry.rule is not None
    ]
    return as_json(rules=rules)
