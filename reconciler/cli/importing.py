"""`reconciler import FILE...`: JSON definitions to manifests, without a service."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path

import click

from reconciler.cli import manifests, options
from reconciler.cli.console import note, out
from reconciler.cli.files import write_all
from reconciler.exporting.definitions import Definition, definitions
from reconciler.exporting.draft import Draft, draft
from reconciler.exporting.layout import Layout
from reconciler.exporting.scope import require_search_kinds
from reconciler.exporting.secrecy import SecretNames
from reconciler.exporting.spec import SpecWriter
from reconciler.exporting.versions import Versions
from reconciler.manifest.amend import flow
from reconciler.manifest.files import SUFFIXES
from reconciler.manifest.limits import require_plain
from reconciler.manifest.project import FILE_NAME, environments
from reconciler.manifest.reading import read_text
from reconciler.manifest.yaml import too_deep
from reconciler.model.json import Json
from reconciler.model.problem import Problem, ProblemsError, Where, suggestion
from reconciler.model.resource import Live
from reconciler.model.resource_id import ResourceId
from reconciler.providers import SEARCH
from reconciler.providers.search.versions import DEFAULT_VERSION, NEWEST_PREVIEW
from reconciler.session.workspace import Settings, Workspace


@click.command()
@options.project_path
@options.written
@click.option("--kind", "asked", metavar="KIND", help="What the objects are that do not say it.")
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE..."
)
def command(
    path: Path, folder: Path | None, layout: Layout, asked: str | None, files: tuple[Path, ...]
) -> int:
    """Write manifests of the JSON definitions in FILE: of the portal, of `az rest`, of a dump.

    A file holds an object, a list, a list call's answer, or objects by their kind. Keys and
    connection strings are not written: they become ${secret.NAME}. Nothing is overwritten.
    Exit codes: 0 done, 1 error.
    """
    require_search_kinds([asked] if asked is not None else [])
    if asked is not None and asked not in SEARCH.kinds:
        fix = suggestion(asked, SEARCH.kinds, "one of " + ", ".join(SEARCH.kinds))
        raise click.BadParameter(f"no kind '{asked}': {fix}", param_hint="--kind")
    file = path if path.suffix in SUFFIXES else path / FILE_NAME
    folder = folder or file.parent / "manifests"
    workspace = _workspace(path) if file.exists() else None
    taken = workspace.project.secrets if workspace is not None else {}
    names = SecretNames(frozenset(taken), from_environment=True)
    drafts = _drafts(_all(files, asked), names, workspace)
    texts = manifests.texts(drafts, layout, folder)
    if workspace is not None:
        manifests.require_manifests_in(workspace.project, folder)
        write_all(texts, changed=manifests.amendment(workspace.project, names.origins))
    else:
        write_all(texts)
    manifests.report(texts, folder)
    _say_what_is_left(drafts, names, workspace)
    return 0


def _workspace(path: Path) -> Workspace:
    """The project, in any environment: manifests are for all of them."""
    return Workspace(Settings(path, environments(path)[0]))


def _all(files: Iterable[Path], asked: str | None) -> list[Definition]:
    """Every object of the files.

    Raises:
        ProblemsError: a file is not JSON or holds no objects, or an object stands twice.
    """
    found: dict[ResourceId, tuple[Definition, Path]] = {}
    problems = []
    for file in files:
        try:
            for one in definitions(_parsed(file), asked):
                if one.id in found:
                    text = f"{one.id} is in {found[one.id][1]}, too"
                    problems.append(Problem("duplicate", text, Where(file), "keep one of them"))
                found.setdefault(one.id, (one, file))
        except ProblemsError as error:
            problems += [
                Problem(p.code, p.message, p.where or Where(file), p.fix) for p in error.problems
            ]
    if not found and not problems:
        text = "there is no object in what was given"
        problems.append(Problem("not-a-definition", text, Where(next(iter(files)))))
    if problems:
        raise ProblemsError(problems)
    return [one for one, _ in found.values()]


def _parsed(file: Path) -> Json:
    text = read_text(file)
    try:
        value = json.loads(text, object_pairs_hook=_each_once)
    except _TwiceError:
        raise _twice(file, text) from None
    except ValueError as error:
        said, where = "not JSON: a number is too long", Where(file)
        if isinstance(error, json.JSONDecodeError):
            said = f"not JSON: {error.msg}"
            where = Where(file, line=error.lineno, column=error.colno)
        raise ProblemsError.of(
            "not-json", said, "keep what the service returned as it is", where
        ) from None
    except RecursionError:
        raise too_deep(file, text) from None
    require_plain(file.absolute(), [value], len(text), "values")
    return value


class _TwiceError(Exception):
    """An object has a key twice: which of them is meant, nobody can tell."""


def _each_once(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    value = dict(pairs)
    if len(value) < len(pairs):
        raise _TwiceError
    return value


_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\]:]')


def _twice(file: Path, text: str) -> ProblemsError:
    """The error of a JSON text in which an object has a key twice: at the second one."""
    key, start = "", 0
    around: list[set[str]] = []
    for token in _TOKEN.finditer(text):
        match token[0]:
            case "{" | "[":
                around.append(set())
            case "}" | "]":
                around.pop()
            case ":":
                if key in around[-1]:
                    break
                around[-1].add(key)
            case string:
                key, start = json.loads(string), token.start()
    line, column = text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start)
    where = Where(file, line=line, column=column)
    said = f"`{key}` stands twice in one object"
    return ProblemsError.of("duplicate-key", said, "keep the one that is meant", where)


def _drafts(
    found: list[Definition], names: SecretNames, workspace: Workspace | None
) -> list[Draft]:
    """Their manifests.

    Raises:
        ProblemsError: one is declared already, or a secret in it cannot be told from the rest.
    """
    unknown = workspace.project.allow_unknown if workspace is not None else False
    versions = Versions(workspace.project.api_version if workspace is not None else DEFAULT_VERSION)
    declared = {r.id for r in workspace.manifests.resources} if workspace is not None else set()
    writer = SpecWriter(names, unknown=True)
    order, problems, drafts = list(SEARCH.kinds), [], []
    for one in sorted(found, key=lambda d: (order.index(d.id.kind), d.id.name)):
        if one.id in declared:
            problems.append(Problem("duplicate", f"{one.id} is declared already"))
            continue
        kept = Live(one.id, one.body, None, NEWEST_PREVIEW)
        made = draft(kept, writer, versions, allow_unknown=unknown)
        places = [f"{one.id} {place}" for place in made.left]
        for place in places or [str(one.id)] * made.exposed:
            text = f"{place}: a secret may stand in a part of it that is not known here"
            problems.append(Problem("exposed-secret", text, fix="take that part out of the file"))
        drafts.append(made)
    if problems:
        raise ProblemsError(problems)
    return drafts


def _say_what_is_left(drafts: list[Draft], names: SecretNames, workspace: Workspace | None) -> None:
    """What a person has to do now."""
    for made in drafts:
        for wrong in (*made.wrong, *made.doubts):
            note(f"warning: {made.id}: {wrong}")
    manifests.say_versions(drafts)
    clear = {name: origin for name, origin in names.origins.items() if origin.env}
    kept = {name: origin for name, origin in names.origins.items() if not origin.env}
    if clear:
        out("\nSecrets that were here in clear come from the environment from now on; set:")
        out("\n".join(manifests.listed(clear, variables=True)))
    if kept:
        out("\nSecrets that stay what the service holds:")
        out("\n".join(manifests.listed(kept)))
    if workspace is None and names.origins:
        out("\nThere is no project yet. Write under spec.secrets of its file:")
        origins = manifests.origins(names.origins)
        out("\n".join(f"  {name}: {flow(origin)}" for name, origin in origins.items()))
