"""A plan for a pull request: summary, what is destructive, details folded, within the limit."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reconciler.model.effect import Effect
from reconciler.model.plan import Action, Drift, Plan
from reconciler.render import text
from reconciler.render.words import drift_headline, drift_lines, headline, summary

LIMIT = 65_536
"""The most characters that a comment on GitHub may have."""

_GRAVE = frozenset({Action.DELETE, Action.REPLACE, Action.REBUILD})


def render(plan: Plan) -> str:
    """The whole plan; the middle is cut, and says so, when it would be over the limit."""
    where = f"{plan.target.project} / {plan.target.environment}"
    parts = [f"### Plan for {_escaped(where)}", "", f"**{summary(plan)}**", ""]
    parts += [*_refusals(plan), *_grave(plan), *_drifts(plan.drift)]
    parts += [f"> {_escaped(note)}" for note in plan.notes]
    if plan.changes:
        parts += ["", *_folded("Details", text.render(plan))]
    return _cut("\n".join(parts).rstrip() + "\n")


def render_drift(drifts: tuple[Drift, ...]) -> str:
    """What somebody changed, for the `drift` command."""
    if not drifts:
        return "**No drift**: what is live is what was last applied.\n"
    return _cut("\n".join(_drifts(drifts)).strip() + "\n")


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
        if change.action in _GRAVE or change.effect is Effect.BRIEF_DOWNTIME
    ]
    if grave:
        yield "**Look twice**"
        yield from (f"- `{change.action.value}` {_escaped(headline(change))}" for change in grave)
        yield ""


def _drifts(drifts: tuple[Drift, ...]) -> Iterator[str]:
    if drifts:
        yield f"**{drift_headline(drifts)}**"
        for drift in drifts:
            yield from (f"- {_escaped(line)}" for line in drift_lines(drift))
        yield ""


def _folded(title: str, content: str) -> list[str]:
    longest = max((len(run) for run in re.findall(r"`{3,}", content)), default=2)
    fence = "`" * (longest + 1)
    return [
        f"<details><summary>{title}</summary>",
        "",
        f"{fence}diff",
        content,
        fence,
        "",
        "</details>",
    ]


def _escaped(line: str) -> str:
    """Text that Markdown and HTML leave alone."""
    return re.sub(r"([\\`*_\[\]<>|])", r"\\\1", line)


def _cut(content: str) -> str:
    if len(content) <= LIMIT:
        return content
    tail = content[-2_000:]
    fence = re.search(r"\n(`{3,})diff\n", content)
    close = f"\n{fence.group(1)}\n\n</details>\n" if fence else "\n"
    note = "\n... ({} characters are left out here: the comment would be too long) ...\n"
    room = LIMIT - len(note) - 12 - len(tail)
    kept = content[:room]
    left = note.format(f"{len(content) - room - len(tail):,}")
    whole = kept + left + tail
    return whole if not fence or fence.group(1) in tail else whole[: LIMIT - len(close)] + close
