"""`reconciler export`: manifests of what is live; a plan of them is empty."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reconciler.cli import manifests, options
from reconciler.cli.console import note, out
from reconciler.cli.files import folder_name, require_free, write_all
from reconciler.cli.options import ProjectOptions
from reconciler.cli.waiting import waiting
from reconciler.exporting.collect import Exported
from reconciler.exporting.layout import Layout
from reconciler.exporting.scope import require_search_kinds
from reconciler.manifest.files import SUFFIXES
from reconciler.manifest.project import FILE_NAME, Project
from reconciler.manifest.reading import within
from reconciler.manifest.write import to_yaml
from reconciler.model.json import Json
from reconciler.model.plan import Action
from reconciler.model.problem import ProblemsError, errors
from reconciler.model.resource_id import ResourceId
from reconciler.providers.search import endpoint as search_endpoint
from reconciler.providers.search.versions import DEFAULT_VERSION
from reconciler.session.session import Session
from reconciler.session.workspace import Settings

if TYPE_CHECKING:
    from reconciler.providers.search.lists import ListCall
    from reconciler.wire import Reply

Lists = Mapping["ListCall", "Reply"]


@click.command()
@options.project
@options.limits
@options.written
@click.option(
    "--target",
    "targets",
    multiple=True,
    metavar="KIND/NAME",
    help="Only this object and what it needs.",
)
@click.option("--adopt", is_flag=True, help="Take the objects into the ledger at once.")
@click.option("--endpoint", metavar="URL", help="Make a project for this service first.")
@click.option(
    "--api-key-env", metavar="NAME", help="With --endpoint: the variable that holds the api key."
)
def command(
    project: ProjectOptions,
    folder: Path | None,
    layout: Layout,
    targets: tuple[str, ...],
    adopt: bool,
    endpoint: str | None,
    api_key_env: str | None,
) -> int:
    """Write manifests of what is live on a service and not declared yet; nothing is overwritten.

    What they leave out is what the service fills in by itself; secrets stay on the service. A plan
    of them is empty. Exit codes: 0 done, 1 error, or a plan is not empty.
    """
    wanted = tuple(options.address(text, "--target") for text in targets)
    require_search_kinds(target.kind for target in wanted)
    path = project.path
    file = path if path.suffix in SUFFIXES else path / FILE_NAME
    folder = folder or file.parent / "manifests"
    if endpoint is None:
        if api_key_env is not None:
            raise click.UsageError("--api-key-env goes with --endpoint")
        session = _existing(project, folder)
        exported, lists = options.run_in(session, lambda s: _export(s, wanted))
        written = _write_beside(session.project, exported, layout, folder)
    else:
        new = _new_project(file, project.environment, folder, endpoint, api_key_env)
        with _elsewhere(new) as session:
            exported, lists = options.run_in(session, lambda s: _export(s, wanted))
        written = _write_project(file, new, exported, layout, folder)
    _report(exported, written, folder)
    if not exported.drafts:
        return 0
    return options.run_in(project.session(), lambda s: _check(s, exported, lists, adopt=adopt))


def _existing(named: ProjectOptions, folder: Path) -> Session:
    """The project that is there: valid, but for what an export may mend."""
    try:
        session = named.session()
    except ProblemsError as error:
        if [problem.code for problem in error.problems] != ["no-project"]:
            raise
        text, fix = error.problems[0].message, "make one with --endpoint URL, or name --project"
        raise ProblemsError.of("no-project", text, fix) from None
    mended = ("no-manifests", "missing-reference")
    wrong = [p for p in errors(session.manifests.problems) if p.code not in mended]
    if wrong:
        raise ProblemsError(wrong)
    manifests.require_manifests_in(session.project, folder)
    return session


async def _export(session: Session, targets: tuple[ResourceId, ...]) -> tuple[Exported, Lists]:
    """What is to be written, and the lists that were read for it."""
    exported = await session.export(targets)
    return exported, (await session.connections.search()).listed


def _write_beside(project: Project, exported: Exported, layout: Layout, folder: Path) -> list[Path]:
    """Write manifests into a project; where it has several environments, for the one read only."""
    only = project.environment if len(project.environments) > 1 else None
    files = manifests.texts(exported.drafts, layout, folder, only)
    changed = manifests.amendment(project, exported.secrets, exported.external)
    write_all(files, changed=changed)
    return [*files]


def _new_project(
    file: Path, environment: str | None, folder: Path, endpoint: str, api_key_env: str | None
) -> Json:
    """A project for a service.

    Raises:
        ProblemsError: there is a project already, or no api key where one is named.
    """
    require_free([file])
    if not endpoint.startswith(("https://", "http://")):
        raise click.BadParameter(f"write {search_endpoint.EXAMPLE}", param_hint="--endpoint")
    service: dict[str, Json] = {"endpoint": endpoint.replace("${", "$${")}
    if api_key_env is not None:
        if not os.environ.get(api_key_env):
            text = f"the environment variable {api_key_env} is not set"
            raise ProblemsError.of("no-credential", text, "set it to an api key of the service")
        service["credential"] = {"apiKey": f"${{env.{api_key_env}}}"}
    if within(file.parent, folder) is None:
        text, fix = f"{folder} lies outside the project", "choose a folder beneath it with --out"
        raise ProblemsError.of("outside-project", text, fix)
    root = os.path.relpath(folder, file.parent).replace(os.sep, "/") + "/"
    spec = {"apiVersion": DEFAULT_VERSION, "manifests": [root.removeprefix("./") or "./"]}
    return {
        "apiVersion": "reconciler/v1",
        "kind": "Project",
        "metadata": {"name": folder_name(file.parent)},
        "spec": {**spec, "environments": {environment or "prod": {"service": service}}},
    }


@contextmanager
def _elsewhere(project: Json) -> Iterator[Session]:
    """A project that is not written yet, opened: it has no manifests, wherever they will be."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, FILE_NAME)
        Path(folder, "manifests").mkdir()
        alone = {**project, "spec": {**project["spec"], "manifests": ["manifests/"]}}
        file.write_text(to_yaml([alone]), encoding="utf-8")
        yield Session.open(Settings(file, waiting=waiting))


def _write_project(
    file: Path, project: Json, exported: Exported, layout: Layout, folder: Path
) -> list[Path]:
    """Write a new project with its manifests; without any, an empty folder for those to come."""
    files = manifests.texts(exported.drafts, layout, folder)
    if not files and not folder.exists():
        files = {folder / ".gitkeep": ""}
    spec = project["spec"]
    environments = spec.pop("environments")
    if exported.secrets:
        spec["secrets"] = manifests.origins(exported.secrets)
    if exported.external:
        spec["external"] = [str(address) for address in exported.external]
    spec["environments"] = environments
    write_all({file: to_yaml([project]), **files}, ignore=file.parent / ".gitignore")
    return [file, *files]


def _report(exported: Exported, written: list[Path], folder: Path) -> None:
    for address, reason in exported.left_out.items():
        note(f"warning: {address} is left out: {reason}")
    if exported.created:
        names = ", ".join(map(str, exported.created))
        note(f"Left to the knowledge source that made them: {names}")
    if any("unknown" in reason for reason in exported.left_out.values()):
        note("    fix: with spec.allowUnknownProperties: true, export again: it is added as it is")
    manifests.say_versions(exported.drafts)
    for made in exported.drafts:
        for doubt in made.doubts:
            note(f"warning: {made.id}: {doubt}")
        for place in made.left:
            note(f"warning: {made.id} {place} is not known here: it stays on the service only")
    if not exported.drafts:
        out("Nothing to export: what is live is declared, or left out.")
    manifests.report(written, folder)
    if exported.secrets:
        out("\nSecrets that stay what the service holds, until you give them a value:")
        out("\n".join(manifests.listed(exported.secrets)))


async def _check(session: Session, exported: Exported, lists: Lists, *, adopt: bool) -> int:
    """Plan what was written, from the lists that it was made of; adopt it, if that is wanted."""
    session.connections.reuse(lists)
    async with session.locked("export") if adopt else nullcontext():
        plan = await session.plan()
        written = {made.id for made in exported.drafts}
        changes = [change for change in plan.changes if change.id in written]
        differing = [change for change in changes if change.action.writes]
        for change in differing:
            note(f"warning: {change.id} is not as it was written: see `reconciler plan`")
        count = sum(change.action is Action.ADOPT for change in changes)
        if adopt:
            count = await session.adopt(plan, written)
    what = f"{count} object{'' if count == 1 else 's'}"
    out(f"\nAdopted {what}." if adopt else f"\n{what} to adopt: `reconciler apply`.")
    return 1 if differing else 0
