"""What is wrong with documents, as text and as JSON; the problems themselves are on stderr."""

from __future__ import annotations

from reconciler.report.formats import View
from reconciler.report.json import as_json, problem_to_json
from reconciler.report.values import Judged


def render(judged: Judged, view: View) -> str:  # noqa: ARG001
    """How many errors there are; without any, how much was judged; and how many are known."""
    wrong, objects, local = judged.errors, judged.objects, judged.local
    known = f", {judged.known} known" if judged.known else ""
    if wrong or objects is None:
        return f"{wrong} error{'' if wrong == 1 else 's'}{known}." if wrong else ""
    s = "" if local == 1 else "s"
    more = f" and {local} check{s} or model{s}" if local else ""
    return f"{objects} object{'' if objects == 1 else 's'}{more}: no errors{known}."


def render_json(judged: Judged, view: View) -> str:
    """Problems, each with its line and column, and whether none of them is an error."""
    problems = [problem_to_json(problem, view) for problem in judged.problems]
    valid = judged.objects is not None and not judged.errors
    return as_json(valid=valid, known=judged.known, problems=problems)
