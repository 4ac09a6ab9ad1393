"""The words that all renderings share: summary, headline of a change, one edit."""

from __future__ import annotations

from typing import Any

from reconciler.model import pointer
from reconciler.model.effect import Effect
from reconciler.model.plan import Action, Change, Drift, Edit, Plan
from reconciler.report import noop
from reconciler.report.pairs import LIMIT, pair, quoted

_EFFECTS = {
    Effect.BRIEF_DOWNTIME: "takes the index offline for seconds",
    Effect.REPROCESS: "stored documents keep the old result",
    Effect.RECREATE: "cannot change in place",
    Effect.REBUILD: "forces rebuild",
    Effect.DESTROYS_DATA: "destroys data",
}


def summary(plan: Plan) -> str:
    """The last line: what the plan counts to."""
    runs = sum(change.runs for change in plan.changes)
    ledger_only = {"adopted": Action.ADOPT, "to record": Action.RECORD}
    told = [f"{plan.count(a)} {word}" for word, a in ledger_only.items() if plan.count(a)]
    newly = f" ({', '.join(told)})" if told else ""
    rest = noop.at_rest(plan.unchanged, plan.unmanaged, newly)
    forgotten = plan.count(Action.FORGET)
    if forgotten:
        rest += f", {forgotten} forgotten"
    if plan.empty:
        return noop.nothing_to_do(rest)
    counts = [
        f"{plan.count(Action.CREATE, Action.REPLACE)} to add",
        f"{plan.count(Action.UPDATE)} to change",
        f"{plan.count(Action.REBUILD)} to rebuild",
        f"{plan.count(Action.DELETE, Action.REPLACE)} to destroy",
    ]
    running = f"; {runs} indexer run{'' if runs == 1 else 's'}" if runs else ""
    return f"Plan: {', '.join(counts)}{running}. {rest}."


def target(plan: Plan) -> str:
    """What a plan is for."""
    of = plan.target
    return noop.target(of.project, of.environment, of.endpoint)


def headline(change: Change) -> str:
    """What happens to an object, as a sentence."""
    verb = {
        Action.CREATE: "will be created",
        Action.UPDATE: "will be updated in place",
        Action.REPLACE: "must be replaced",
        Action.REBUILD: "must be rebuilt",
        Action.DELETE: "will be destroyed",
        Action.ADOPT: "will be adopted",
        Action.FORGET: "will be forgotten",
        Action.RECORD: "will be recorded",
        Action.KEEP: "is unchanged",
    }.get(change.action, change.action.label)
    if change.action is Action.REBUILD:
        verb = "must be recreated" if change.effect is Effect.RECREATE else verb
        worst = next((e for e in change.edits if e.effect is change.effect), None)
        if worst is not None:
            return f"{change.id} {verb} ({_cannot(worst)})"
    reason = f" ({change.reason})" if change.reason else ""
    starts = "; it runs at once" if change.runs else ""
    return f"{change.id} {verb}{reason}{starts}"


def _cannot(edit: Edit) -> str:
    where = pointer.render(edit.path)
    if edit.sensitive:
        return f"{where} cannot change in place"
    if isinstance(edit.before, (dict, list)) or isinstance(edit.after, (dict, list)):
        what = "cannot be removed" if edit.after is None else "cannot be changed"
        return f"{where} {what} in place"
    before, after = pair(edit.before, edit.after)
    return f"{where} {before} -> {after} cannot change in place"


def symbol(edit: Edit) -> str:
    """`+`, `-` or `~`."""
    if edit.sensitive:
        return "-" if edit.note == "removed" else "~"
    return "+" if edit.before is None else "-" if edit.after is None else "~"


def remark(edit: Edit) -> str:
    """What is to be said of an edit beyond that it takes effect at once, or nothing."""
    return edit.note or _EFFECTS.get(edit.effect, "")


def drift_headline(drifts: tuple[Drift, ...]) -> str:
    many = len(drifts) != 1
    number = f"{len(drifts)} resource{'s were' if many else ' was'}"
    return f"{number} changed outside of this project since the last apply"


def drift_lines(drift: Drift) -> list[str]:
    """What somebody changed on one object, a line each."""
    if drift.gone:
        return [f"- {drift.id}: was deleted"]
    return [f"{symbol(edit)} {drift.id}: {edit_line(edit)}" for edit in drift.edits]


def edit_line(edit: Edit) -> str:
    """One edit on one line, its values shortened."""
    path = pointer.render(edit.path)
    if edit.sensitive:
        return f"{path} (sensitive value, {edit.note})"
    before, after = pair(edit.before, edit.after)
    return f"{path} {before} -> {after}"


def inline(value: Any, limit: int = LIMIT) -> str:
    """A value as JSON on one line, cut in the middle when it is long."""
    text = quoted(value)
    if len(text) <= limit:
        return text
    half = (limit - 3) // 2
    return f"{text[:half]}...{text[-half:]}"
