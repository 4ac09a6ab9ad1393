"""`reconciler graph`: the objects and what they need, as text that others draw."""

from __future__ import annotations

import click

from reconciler.cli import options
from reconciler.cli.console import print_problems, report
from reconciler.cli.options import ProjectOptions
from reconciler.model.problem import errors
from reconciler.report.values import Drawing


@click.command()
@options.project
@options.output("graph")
def command(
    project: ProjectOptions,
    form: str,
) -> int:
    """Draw the objects and what they need, offline: for Mermaid, or for Graphviz (dot).

    An arrow goes from an object to what it needs; it is dashed where no field says so
    (metadata.dependsOn, and values that expressions take from another document).
    Exit codes: 0 no errors in the manifests, 1 errors; what can be drawn is drawn all the same.
    """
    from reconciler.references import links

    manifests = project.workspace().manifests
    resources = manifests.resources
    drawing = Drawing([resource.id for resource in resources], links(resources))
    report("graph", drawing, form)
    print_problems(manifests.problems)
    return 1 if errors(manifests.problems) else 0
