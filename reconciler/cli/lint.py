"""`reconciler lint`: the rules that `validate` and `plan` go by, and what they tell corrected."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from difflib import unified_diff
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

import click

from reconciler.cli import options
from reconciler.cli.console import out, print_problems, relative, report
from reconciler.cli.files import replace
from reconciler.manifest.correct import Corrected, corrected
from reconciler.manifest.project import environments
from reconciler.manifest.reading import decode, read_bytes
from reconciler.model.problem import Correction, Problem, ProblemsError, Severity, Where
from reconciler.session.corrections import corrections
from reconciler.session.workspace import Settings, Workspace


@click.group(invoke_without_command=True, no_args_is_help=True)
@options.project_path
@click.option("--fix", is_flag=True, help="Correct the manifests where it is certain how.")
@click.option("--dry-run", is_flag=True, help="Show what --fix would do, and do nothing.")
@click.pass_context
def command(context: click.Context, path: Path, fix: bool, dry_run: bool) -> int:
    """List the lint rules, or correct what they tell.

    Exit codes: 0 done, 1 error, or something to correct (with --dry-run).
    """
    wanted = fix or dry_run
    if wanted == (context.invoked_subcommand is not None):
        raise click.UsageError("write either --fix or a command", context)
    return _fix(path, dry_run) if wanted else 0


@command.command("list")
@options.output("rules")
def list_(form: str) -> int:
    """List the rules: id, severity, and what each tells.

    Exit codes: 0 done, 1 error.
    """
    from reconciler.problems import catalogue

    report("rules", tuple(catalogue().values()), form)
    return 0


class _Manifest(NamedTuple):
    """A file that is corrected: its bytes, its text, and what became of that."""

    file: Path
    data: bytes
    text: str
    corrected: Corrected


def _fix(path: Path, dry_run: bool) -> int:
    judged = [Workspace(Settings(path, name)).manifests for name in environments(path)]
    for manifests in judged:
        manifests.require_lintable()
    every = list(_manifests(corrections(judged)))
    changed = [manifest for manifest in every if manifest.corrected.done]
    if not dry_run:
        _write(changed)
    for manifest in changed:
        out("\n".join(_diff(manifest)))
    print_problems(_left(one) for manifest in every for one in manifest.corrected.left)
    out(_counted(changed, " to make" if dry_run else ""))
    return 1 if dry_run and changed else 0


def _counted(changed: Sequence[_Manifest], what: str) -> str:
    number = sum(len(manifest.corrected.done) for manifest in changed)
    if not number:
        return "Nothing to correct."
    s, files = (
        "" if number == 1 else "s",
        "1 file" if len(changed) == 1 else f"{len(changed)} files",
    )
    return f"{number} correction{s} in {files}{what}."


def _manifests(meant: Iterable[Correction]) -> Iterator[_Manifest]:
    """The files that corrections are meant for, in the order of their names."""

    def file_of(correction: Correction) -> Path:
        return correction.where.file

    for file, ours in groupby(sorted(meant, key=file_of), file_of):
        data = read_bytes(file)
        text = decode(file, data)
        yield _Manifest(file, data, text, corrected(file, text, ours))


def _write(manifests: Iterable[_Manifest]) -> None:
    """Write files as they were corrected: all of them, or none where one was changed meanwhile.

    Raises:
        ProblemsError: one was.
    """
    changed = [one.file for one in manifests if read_bytes(one.file) != one.data]
    if changed:
        text, fix = "the file was changed meanwhile: nothing is corrected", "do it again"
        raise ProblemsError(Problem("file-changed", text, Where(file), fix) for file in changed)
    for manifest in manifests:
        mark = "\ufeff" if manifest.data.startswith(b"\xef\xbb\xbf") else ""
        replace(manifest.file, mark + manifest.corrected.text)


def _diff(manifest: _Manifest) -> Iterator[str]:
    """The lines that differ, as `diff -u` and `patch` know them."""
    name = relative(manifest.file)
    before, after = manifest.text.splitlines(), manifest.corrected.text.splitlines()
    return unified_diff(before, after, name, name, lineterm="")


def _left(correction: Correction) -> Problem:
    """What was not corrected, and why."""
    text = f"`{correction.new}` is meant here, and is not written: the value comes from elsewhere"
    fix = "correct it where it comes from; where two places want two values, choose"
    return Problem("not-corrected", text, correction.where, fix, Severity.ADVICE)
