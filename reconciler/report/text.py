"""A plan for the terminal, in Terraform's grammar."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reconciler.model import pointer
from reconciler.model.plan import Action, Change, Drift, Edit, Plan
from reconciler.report.formats import Style, View
from reconciler.report.pairs import contrasted, differing_lines, pair
from reconciler.report.phrases import (
    drift_headline,
    drift_lines,
    headline,
    inline,
    remark,
    summary,
    symbol,
    target,
)
from reconciler.report.values import Disagreement

_LEDGER_ONLY = frozenset({Action.ADOPT, Action.FORGET, Action.RECORD})


def render_plan(plan: Plan, view: View = View()) -> str:  # noqa: B008
    """The whole plan, ending in its summary."""
    style = view.style
    lines = [target(plan), "", *_drift(plan.drift, style)]
    quiet = [change for change in plan.changes if change.action in _LEDGER_ONLY]
    for change in quiet:
        lines += _quiet(change, style)
    if quiet:
        lines.append("")
    for change in plan.changes:
        if change.action not in _LEDGER_ONLY:
            lines += [*_change(change, style), ""]
    for note in plan.notes:
        lines += [f"Note: {note}", ""]
    for refusal in plan.blocked:
        lines.append(style(f"Refused: {refusal.message}", "-"))
        lines += [f"  lifted by {refusal.lifted_by}", ""]
    lines.append(summary(plan))
    lines += [f"Unmanaged: {i}" for i in (plan.unmanaged_ids if view.show_unmanaged else ())]
    return "\n".join(line.replace("\n", " ") for line in lines)


def render_disagreement(disagreement: Disagreement, view: View) -> str:
    """Both plans, one beneath the other."""
    approved, plan = (render_plan(p, view) for p in (disagreement.approved, disagreement.plan))
    return f"Approved:\n\n{approved}\n\nWhat would be done now:\n\n{plan}"


def render_drift(drifts: tuple[Drift, ...], view: View = View()) -> str:  # noqa: B008
    """What somebody changed, for the `drift` command."""
    if not drifts:
        return "No drift: what is live is what was last applied."
    return "\n".join(_drift(drifts, view.style)).rstrip()


def _drift(drifts: tuple[Drift, ...], style: Style) -> Iterator[str]:
    if drifts:
        yield f"Note: {drift_headline(drifts)}"
        for drift in drifts:
            for line in drift_lines(drift):
                yield "  " + style(line, line[0])
        yield ""


def _quiet(change: Change, style: Style) -> Iterator[str]:
    """What touches the ledger only, on a line."""
    mark = change.action.value
    yield style(f"{mark} {headline(change)}", mark)
    yield from _notes(change)


def _change(change: Change, style: Style) -> Iterator[str]:
    mark = change.action.value
    yield f"  # {headline(change)}"
    if change.action is not Action.KEEP:
        yield style(f"{mark} {change.id}", mark)
    for edit in change.edits:
        yield from _edit(edit, style)
    if change.edits and change.hidden:
        what = "property" if change.hidden == 1 else "properties"
        yield f"      ({change.hidden} unchanged {what} hidden)"
    yield from _notes(change)


def _notes(change: Change) -> Iterator[str]:
    for note in change.notes:
        yield f"    # {note}"


def _edit(edit: Edit, style: Style) -> Iterator[str]:
    mark, path = symbol(edit), pointer.render(edit.path)
    tail = f"   # {remark(edit)}" if remark(edit) else ""
    if edit.sensitive:
        yield f"    {style(mark, mark)} {path}: (sensitive value){tail}"
    elif mark == "~" and (lines := _lines(edit)):
        yield f"    {style(mark, mark)} {path}:{tail}"
        yield from (" " * 8 + style(line, line[0]) for line in lines)
    elif mark == "~" and not _is_block(edit.before) and not _is_block(edit.after):
        before, after = pair(edit.before, edit.after)
        yield f"    {style(mark, mark)} {path}: {before} -> {after}{tail}"
    else:
        for side, sign in _sides(edit):
            shown = f"    {style(sign, sign)} {path}:"
            if _is_block(side):
                yield shown + tail
                yield from _block(side, 8)
            else:
                yield f"{shown} {inline(side)}{tail}"


def _sides(edit: Edit) -> Iterator[tuple[Any, str]]:
    """What was and what will be; of two lists, only the elements that differ."""
    before, after = edit.before, edit.after
    if isinstance(before, list) and isinstance(after, list):
        old = [value for value in before if value not in after]
        new = [value for value in after if value not in before]
        before, after = (old or None, new or None) if old or new else (before, after)
    before, after = contrasted(before, after)
    if before is not None:
        yield before, "-"
    if after is not None:
        yield after, "+"


def _lines(edit: Edit) -> list[str]:
    """The lines in which two texts differ; none for other values, and for texts of one line."""
    if not (isinstance(edit.before, str) and isinstance(edit.after, str)):
        return []
    several = "\n" in edit.before or "\n" in edit.after
    return differing_lines(edit.before, edit.after) if several else []


def _is_block(value: Any) -> bool:
    return isinstance(value, (dict, list)) and len(inline(value)) > 60


def _block(value: Any, indent: int) -> Iterator[str]:
    """A value over several lines, YAML-like; strings always quoted."""
    pad = " " * indent
    if isinstance(value, dict):
        for name, inner in value.items():
            if _is_block(inner):
                yield f"{pad}{name}:"
                yield from _block(inner, indent + 2)
            else:
                yield f"{pad}{name}: {inline(inner)}"
    else:
        for inner in value:
            if _is_block(inner):
                first, *rest = _block(inner, indent + 2)
                yield f"{pad}- {first.lstrip()}"
                yield from rest
            else:
                yield f"{pad}- {inline(inner)}"
