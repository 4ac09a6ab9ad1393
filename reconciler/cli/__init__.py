"""The command line: one file a command; printing and exit codes live here only."""

from __future__ import annotations

import gc
import importlib
import logging
import os
import sys

import click

from reconciler.cli.console import ANSWER
from reconciler.redaction import REDACTOR
from reconciler.version import __version__

COMMANDS = {
    "init": "Write a first project file and manifest.",
    "export": "Write manifests of what is live on a service.",
    "import": "Write manifests of JSON definitions.",
    "validate": "Check the manifests, offline.",
    "lint": "List the lint rules, or correct what they tell.",
    "explain": "Say what a problem's code means, and what to do.",
    "graph": "Draw the objects and what they need, offline.",
    "plan": "Show what would change on the service, and why.",
    "apply": "Make the service what the manifests say.",
    "show": "Print a saved plan.",
    "status": "Show the last runs of the indexers.",
    "run": "Start indexers.",
    "reset": "Make indexers forget what they have processed.",
    "query": "Ask an index, or an alias.",
    "test": "Ask the service and the embedding models whether the Checks hold.",
    "drift": "Tell what somebody changed by hand since the last apply.",
    "destroy": "Delete everything that the project owns.",
    "schema": "Print the JSON Schema of the files, for editors.",
    "ledger": "Look at what the project owns, or give an object up.",
    "emulator": "Run the embedded search service.",
}

_MODULES = {"import": "importing", "run": "running", "test": "testing"}
"""Modules that cannot have their command's name."""


class _Lazy(click.Group):
    """Commands are imported when they are called: start-up is part of the product."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            from difflib import get_close_matches

            near = get_close_matches(cmd_name, COMMANDS, 1)
            hint = f" Did you mean '{near[0]}'?" if near else ""
            ctx.fail(f"No such command '{cmd_name}'.{hint}")
        module = importlib.import_module(f"reconciler.cli.{_MODULES.get(cmd_name, cmd_name)}")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="reconciler")
def group() -> None:
    """Plan and apply for Azure AI Search: the state in your manifests, made true."""


def main() -> None:
    """The console script. Exit codes: 0 done, 1 error, 2 changes or drift, 3 refused."""
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # looking for them takes 10 ms
    gc.disable()  # a short life, millions of JSON values, no cycles worth finding
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """One command; every error is for people, and none is a traceback."""
    REDACTOR.forget()
    ANSWER.given = False
    logging.lastResort = _Notes(logging.WARNING)
    try:
        result = group.main(arguments, prog_name="reconciler", standalone_mode=False)
        return result if isinstance(result, int) else 0
    except (click.Abort, KeyboardInterrupt):
        from reconciler.cli.failing import interrupted

        return interrupted(group, arguments)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        return 1
    except Exception as error:
        return _fail(error, arguments)


def _note(text: str) -> None:
    from reconciler.cli.console import note

    note(text)


class _Notes(logging.Handler):
    """What libraries log when nobody has set up another place: on stderr, as all notes go."""

    def emit(self, record: logging.LogRecord) -> None:
        _note(self.format(record))


def _fail(error: Exception, arguments: list[str]) -> int:
    from reconciler.cli.failing import fail

    if os.environ.get("RECONCILER_DEBUG") and not isinstance(error, click.ClickException):
        import traceback

        _note("".join(traceback.format_exception(error)).rstrip("\n"))
    return fail(error, group, arguments)
