"""Verdicts on Checks and EmbeddingModels, as text and as JSON."""

from __future__ import annotations

from collections.abc import Sequence

from reconciler.assertions.result import AssertionResult
from reconciler.report.formats import View
from reconciler.report.json import as_json


def render(verdicts: Sequence[AssertionResult], view: View) -> str:  # noqa: ARG001
    """A line for each, beneath it what does not hold and what to do; then the sum."""
    if not verdicts:
        return "The manifests have no Check and no EmbeddingModel."
    lines = []
    for verdict in verdicts:
        facts = f": {'; '.join(verdict.facts)}" if verdict.facts else ""
        lines.append(f"{'ok    ' if verdict.ok else 'failed'}  {verdict.id}{facts}")
        for failure in verdict.failures:
            lines.append(f"          {failure.asked}: {' '.join(failure.why.split())}")
            lines += [f"          fix: {failure.fix}"] if failure.fix else []
    failed = sum(not verdict.ok for verdict in verdicts)
    total = len(verdicts)
    lines.append(f"\n{total - failed} of {total} hold." if failed else f"\nAll {total} hold.")
    return "\n".join(lines)


def render_json(verdicts: Sequence[AssertionResult], view: View) -> str:  # noqa: ARG001
    """The same, for programs."""
    results = [
        {
            "kind": verdict.id.kind,
            "name": verdict.id.name,
            "ok": verdict.ok,
            "facts": list(verdict.facts),
            "failures": [
                {"asked": f.asked, "why": f.why, "fix": f.fix, "status": f.status or None}
                for f in verdict.failures
            ],
        }
        for verdict in verdicts
    ]
    return as_json(ok=all(verdict.ok for verdict in verdicts), results=results)
