"""`reconciler emulator`: the embedded search service, for laptops and tests."""

from __future__ import annotations

import gc
from pathlib import Path
from typing import Literal
from uuid import UUID

import click


@click.command()
@click.option("--port", type=click.IntRange(0, 65535), default=8471, help="0: any free one.")
@click.option("--state", type=click.Path(path_type=Path), help="Keep everything in this folder.")
@click.option("--tier", default="basic", help="The SKU whose limits apply (basic); or unlimited.")
@click.option(
    "--tls", is_flag=True, help="Serve https by a certificate made now; says what clients need."
)
@click.option("--admin-key", envvar="RECONCILER_EMULATOR_KEY", help="The only key that is taken.")
@click.option(
    "--storage",
    multiple=True,
    metavar="ACCOUNT=URL|FOLDER",
    help="Where a storage account is: a blob service, or a folder of containers.",
)
@click.option(
    "--deployment",
    "deployments",
    multiple=True,
    metavar="NAME=MODEL",
    help="Which embedding model a deployment of this name is.",
)
@click.option(
    "--text-model",
    type=click.Choice(["wordllama", "minilm"]),
    default="wordllama",
    help="What makes vectors of texts: fast, or better with the extra `quality` (wordllama).",
)
@click.option(
    "--language-analyzers",
    type=click.Choice(["refused", "approximated"]),
    default="refused",
    help=(
        "Queries on fields with a language analyzer that the emulator does not have, such as "
        "en.microsoft: refuse them by name, or take a plain analyzer in its place, whose hits and "
        "scores differ from Azure's (refused)."
    ),
)
@click.option(
    "--preview-objects",
    type=click.Choice(["shows", "hides", "refuses"]),
    default="shows",
    help="What a read does with an object that only a preview can express (shows).",
)
@click.option(
    "--azure",
    is_flag=True,
    help="Emulate Azure Resource Manager too, and the services made through it; implies --tls.",
)
@click.option(
    "--subscription",
    type=click.UUID,
    metavar="ID",
    default="00000000-0000-0000-0000-000000000000",
    help="The one subscription that there is under --azure (all zeros).",
)
@click.option("--access-log", type=click.Path(path_type=Path), help="Append a line a request.")
def command(
    port: int,
    state: Path | None,
    tier: str,
    tls: bool,
    admin_key: str | None,
    storage: tuple[str, ...],
    deployments: tuple[str, ...],
    text_model: Literal["wordllama", "minilm"],
    language_analyzers: Literal["refused", "approximated"],
    preview_objects: Literal["shows", "hides", "refuses"],
    azure: bool,
    subscription: UUID,
    access_log: Path | None,
) -> int:
    """Run the embedded search service; its URL is the first line on stdout.

    Exit codes: 0 stopped (Ctrl-C), 1 error.
    """
    try:
        from reconciler.emulator import Settings, serve
    except ModuleNotFoundError as error:
        text = f"{error.name} is not installed: pip install 'azure-search-reconciler[emulator]'"
        raise click.ClickException(text) from None
    settings = Settings(
        tier=tier,
        admin_key=admin_key,
        state_dir=state,
        access_log=access_log,
        storage=_pairs(storage, "--storage", "ACCOUNT=URL or ACCOUNT=FOLDER"),
        deployments=_pairs(deployments, "--deployment", "NAME=MODEL"),
        text_model=text_model,
        language_analyzers=language_analyzers,
        preview_objects=preview_objects,
        azure=azure,
        subscription=str(subscription),
    )
    gc.enable()  # a long life, unlike the other commands
    try:
        serve(settings, port, tls=tls or azure)
    except ValueError as error:
        raise click.ClickException(str(error)) from None
    return 0


def _pairs(texts: tuple[str, ...], option: str, form: str) -> dict[str, str]:
    pairs = {}
    for text in texts:
        name, _, value = text.partition("=")
        if not name or not value:
            raise click.BadParameter(f"`{text}` is not {form}", param_hint=option)
        pairs[name] = value
    return pairs
