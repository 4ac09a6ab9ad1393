"""`reconciler explain`: what a problem's code means, or what a skillset makes of a document."""

from __future__ import annotations

import click

from reconciler.cli import options
from reconciler.cli.console import out, report
from reconciler.cli.options import ProjectOptions
from reconciler.model.problem import ProblemsError, suggestion
from reconciler.report.values import Enriched


@click.command()
@click.argument("what", metavar="CODE|Skillset/NAME")
@options.project
@options.output("enriched", "How to print a document.")
def command(what: str, project: ProjectOptions, form: str) -> int:
    """Say what a problem's CODE means and what to do, or what a skillset makes of a document.

    The code stands in brackets at the end of each message. Of a declared skillset the enriched
    document is shown, offline: each node with its type, who writes it and who reads it.
    Exit codes: 0 done, 1 no such code or skillset.
    """
    from reconciler.problems import explain
    from reconciler.report.catalogue import explanation

    if "/" in what:
        report("enriched", _enriched(what, project), form)
    else:
        out(explanation(explain(what)))
    return 0


def _enriched(address: str, project: ProjectOptions) -> Enriched:
    """The enriched documents of a declared skillset.

    Raises:
        ProblemsError: no skillset of that address is declared.
    """
    from reconciler.lint.enrichment.facts import facts

    workspace = project.workspace()
    manifests = workspace.manifests
    stack = workspace.stack(manifests.resources, manifests.local, frozenset())
    skillsets = {str(r.id): r.id for r in stack.resources if r.id.kind == "Skillset"}
    if address not in skillsets:
        fix = suggestion(address, skillsets, "name a skillset that the manifests declare")
        raise ProblemsError.of("unknown-address", f"no manifest declares {address}", fix)
    ran = [
        one for one in facts(stack) if one.skillset is not None and str(one.skillset.id) == address
    ]
    return Enriched(skillsets[address], ran)
