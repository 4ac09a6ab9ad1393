"""`reconciler query`: ask an index, and see what a user of it would find."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from reconciler.cli import options
from reconciler.cli.console import report, view
from reconciler.cli.options import ProjectOptions

if TYPE_CHECKING:
    from reconciler.model.json import JsonObject
    from reconciler.operations.queries import Mode
    from reconciler.session.session import Session


@click.command()
@options.project
@options.limits
@options.output("documents", "How to print; json is the whole answer.")
@click.option("--text", required=True, metavar="TEXT", help="What to search; * for everything.")
@click.option(
    "--vector",
    "mode",
    flag_value="hybrid",
    help="Search the text also by its vectors, and merge both (hybrid).",
)
@click.option(
    "--vector-only", "mode", flag_value="vector", help="Search the text by its vectors alone."
)
@click.option("--filter", "filter_", metavar="ODATA", help="Such as \"category eq 'a'\".")
@click.option("--select", metavar="FIELDS", help="The fields to show, with commas between them.")
@click.option("--top", type=click.IntRange(1, 1000), default=10, help="How many at most (10).")
@click.argument("index", metavar="INDEX")
def command(
    project: ProjectOptions,
    form: str,
    text: str,
    mode: Mode | None,
    filter_: str | None,
    select: str | None,
    top: int,
    index: str,
) -> int:
    """Search INDEX, an index or an alias, by its name or as Index/NAME.

    The text is searched by its words. With --vector it is also sent to every vector field that has
    a vectorizer, which needs no embedding here: the service makes it. Exit codes: 0 answered, also
    where nothing was found, 1 error.
    """
    session = project.session()
    given = {"top": top, "select": select, "filter": filter_}
    name = _named(session, index)
    answer = options.run_in(session, lambda s: _ask(s, name, text, mode or "keyword", given))
    report("documents", answer, form, view(project.no_color))
    return 0


def _named(session: Session, text: str) -> str:
    """The name on the service of an index or alias."""
    from reconciler.operations.names import name_on_service

    try:
        return name_on_service(session.manifests.resources, text, "Alias", "Index")
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="INDEX") from None


async def _ask(session: Session, name: str, text: str, mode: Mode, given: JsonObject) -> JsonObject:
    from reconciler.operations.names import nowhere, version_of_index
    from reconciler.operations.queries import definition, query_body
    from reconciler.wire import ServiceError

    version = version_of_index(session.manifests.resources, name, session.project.api_version)
    fields: list[str] = []
    try:
        if mode != "keyword":
            live = await definition(await session.connections.search(asks=True), name, version)
            fields = _with_vectorizer(live, name)
        documents = await session.connections.documents(version)
        return await documents.search(name, query_body(text, mode, fields, **given))
    except ServiceError as error:
        if error.status != 404:
            raise
        why = nowhere(session.manifests.resources, name, "Index", "Alias")
        raise click.ClickException(why) from None


def _with_vectorizer(live: JsonObject, name: str) -> list[str]:
    from reconciler.operations.queries import fields_with_vectorizer

    fields = fields_with_vectorizer(live)
    if not fields:
        raise click.ClickException(
            f"no vector field of {name} has a vectorizer: name one in its vector profile, "
            "or search without --vector"
        )
    return fields
