"""A plan for a pull request: summary, what is destructive, details folded, within the limit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from reconciler.model.effect import Effect
from reconciler.model.plan import Drift, Plan
from reconciler.model.problem import Problem
from reconciler.model.text import one_line
from reconciler.report import text
from reconciler.report.formats import View
from reconciler.report.phrases import drift_headline, drift_lines, headline, summary, target

LIMIT = 65_536
"""The most characters that a comment on GitHub may have."""


def render_plan(plan: Plan, view: View = View()) -> str:  # noqa: B008
    """The whole plan; what would be over the limit is cut out of its parts, and they say so."""
    head = [f"### {_escaped(target(plan))}", "", f"**{summary(plan)}**", ""]
    found = [*_problems(plan.problems), *_refusals(plan), *_grave(plan), *_drifts(plan.drift)]
    found += [f"> {_escaped(note)}" for note in plan.notes]
    if view.show_unmanaged and plan.unmanaged_ids:
        found += ["", "**Unmanaged**", *(f"- {_code(str(a))}" for a in plan.unmanaged_ids)]
    above = "\n".join([*head, *_fitted(found, LIMIT // 2)]).rstrip() + "\n"
    if not plan.changes:
        return above
    room = LIMIT - len(above) - 200
    return above + "\n" + "\n".join(_folded("Details", text.render_plan(plan), room)) + "\n"


def render_drift(drifts: tuple[Drift, ...], view: View = View()) -> str:  # noqa: ARG001, B008
    """What somebody changed, for the `drift` command."""
    if not drifts:
        return "**No drift**: what is live is what was last applied.\n"
    return "\n".join(_fitted(list(_drifts(drifts)), LIMIT - 200)).strip() + "\n"


def _problems(problems: Iterable[Problem]) -> Iterator[str]:
    """What is wrong, and what is only warned of."""
    found = list(problems)
    for problem in found:
        fix = f": {problem.fix}" if problem.fix else ""
        yield f"- **{problem.severity.value}** {_escaped(problem.message + fix)}"
    if found:
        yield ""


def _refusals(plan: Plan) -> Iterator[str]:
    if plan.blocked:
        yield "**Refused by the guard**"
        for refusal in plan.blocked:
            yield f"- {_escaped(refusal.message)}: lifted by {_escaped(refusal.lifted_by)}"
        yield ""


def _grave(plan: Plan) -> Iterator[str]:
    """What deletes, rebuilds, or takes an index offline."""
    grave = [
        change
        for change in plan.changes
        if change.action.destructive or change.effect is Effect.BRIEF_DOWNTIME
    ]
    if grave:
        yield "**Look twice**"
        yield from (f"- {_code(f'{c.action.value} {headline(c)}')}" for c in grave)
        yield ""


def _drifts(drifts: tuple[Drift, ...]) -> Iterator[str]:
    if drifts:
        yield f"**{drift_headline(drifts)}**"
        for drift in drifts:
            yield from (f"- {_code(line)}" for line in drift_lines(drift))
        yield ""


def _folded(title: str, content: str, room: int) -> list[str]:
    longest = max((len(run) for run in re.findall(r"`{3,}", content)), default=2)
    fence = "`" * (longest + 1)
    return [
        f"<details><summary>{title}</summary>",
        "",
        f"{fence}diff",
        *_fitted(content.split("\n"), room - 2 * len(fence)),
        fence,
        "",
        "</details>",
    ]


def _escaped(line: str) -> str:
    """Text that Markdown and HTML leave alone, and that mentions nobody."""
    line = re.sub(r"([@#])(?=\w)", "\\1\u200b", one_line(line))
    line = re.sub(r"(?i)\b(https?|ftp|www)(?=://|\.)", "\\1\u200b", line)
    return re.sub(r"([\\`*_~\[\]<>|&])", r"\\\1", line)


def _code(line: str) -> str:
    """Text as code on one line, whatever it holds."""
    runs = [len(run) for run in re.findall("`+", line)]
    fence = "`" * (max(runs, default=0) + 1)
    pad = " " if runs else ""
    return f"{fence}{pad}{line}{pad}{fence}".replace("\n", " ")


def _fitted(lines: list[str], room: int) -> list[str]:
    """As many of the lines as there is room for: from the middle, whole ones are left out."""
    if sum(len(line) + 1 for line in lines) <= room:
        return lines
    tail = _while_room(reversed(lines), min(2_000, room // 2))[::-1]
    head = _while_room(lines, room - sum(len(line) + 1 for line in tail) - 100)
    left = len(lines) - len(head) - len(tail)
    return [
        *head,
        f"... ({left:,} lines are left out here: the comment would be too long) ...",
        *tail,
    ]


def _while_room(lines: Iterable[str], room: int) -> list[str]:
    kept = []
    for line in lines:
        room -= len(line) + 1
        if room < 0:
            break
        kept.append(line)
    return kept
