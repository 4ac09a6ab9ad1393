"""What is written where, and that nothing is overwritten or half-written."""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from pathlib import Path
from textwrap import dedent

import pytest

from tests.export.folder import at_rest, empty, exported, files, written
from tests.world import World

URL = "http://127.0.0.1:1"
FIELDS = [
    {"name": "id", "type": "Edm.String", "key": True},
    {"name": "parent", "type": "Edm.String"},
]


@pytest.fixture
def live(world: World) -> World:
    """Two pipelines that share a data source, and an index on its own."""
    put = world.service.put
    put("DataSource/blobs", {**_source(), "container": {"name": "docs"}})
    for name in ("mails", "docs"):
        put(f"Index/{name}-v1", {"fields": FIELDS})
        put(f"Alias/{name}", {"indexes": [f"{name}-v1"]})
        put(f"Indexer/{name}", {"dataSourceName": "blobs", "targetIndexName": f"{name}-v1"})
    put("Index/lonely", {"fields": FIELDS})
    empty(world)
    return world


def _source() -> dict[str, object]:
    return {"type": "azureblob", "credentials": {"connectionString": "AccountKey=x;AccountName=a"}}


def test_one_object_a_file(live: World) -> None:
    ran = exported(live, live.service.url)
    assert files(live) == [
        "manifests/aliases/docs.yaml",
        "manifests/aliases/mails.yaml",
        "manifests/datasources/blobs.yaml",
        "manifests/indexers/docs.yaml",
        "manifests/indexers/mails.yaml",
        "manifests/indexes/docs-v1.yaml",
        "manifests/indexes/lonely.yaml",
        "manifests/indexes/mails-v1.yaml",
        "reconciler.yaml",
    ]
    assert [f"Wrote {name}" for name in files(live)] == ran.out.splitlines()[:9]
    assert (live.root / ".gitignore").exists()


def test_a_pipeline_a_file(live: World) -> None:
    exported(live, live.service.url, "--layout", "pipeline")
    assert files(live) == [
        "manifests/datasources/blobs.yaml",
        "manifests/docs.yaml",
        "manifests/indexes/lonely.yaml",
        "manifests/mails.yaml",
        "reconciler.yaml",
    ]
    text = (live.root / "manifests/docs.yaml").read_text()
    kinds = [line for line in text.splitlines() if line.startswith("kind: ")]
    assert kinds == ["kind: Index", "kind: Indexer", "kind: Alias"]


def test_a_target_comes_with_what_it_needs(live: World) -> None:
    exported(live, live.service.url, "--target", "Indexer/docs")
    assert len(files(live)) == 4
    assert not [name for name in files(live) if "mails" in name or "aliases" in name]
    ran = live.cli("export", "--target", "Alias/mails", "--adopt")
    assert ran.code == 0
    assert "Adopted 2 objects." in ran.out
    assert live.cli("ledger", "list").out == "Alias/mails\nIndex/mails-v1\n"
    at_rest(live)


def test_adopted_at_once(live: World) -> None:
    live.service.calls()
    exported(live, live.service.url, "--adopt")
    assert live.writes() == []
    assert not live.plan()["changes"]
    assert live.cli("drift").code == 0
    assert "Nothing to export" in live.cli("export").out


def test_everything_is_read_once_in_each_version(live: World) -> None:
    live.service.calls()
    url, key = live.service.url, "RECONCILER_API_KEY"
    assert live.cli("export", "--endpoint", url, "--api-key-env", key, "--adopt").code == 0
    paths = Counter(call.path for call in live.service.calls())
    in_use = {"/aliases", "/datasources", "/indexers", "/indexes"}
    assert {path for path, times in paths.items() if times == 2} == in_use
    assert set(paths.values()) == {1, 2}


def test_nothing_is_overwritten(live: World) -> None:
    exported(live, live.service.url)
    project = live.root / "reconciler.yaml"
    project.write_text(project.read_text().replace("[manifests/]", "[other/]"))
    before = _everything(live.root)
    assert "is not among the project's manifests (other)" in _refused(live, "export")
    assert _everything(live.root) == before
    project.write_text(project.read_text().replace("[other/]", "[other/, manifests/aliases/]"))
    (live.root / "other").mkdir()
    (live.root / "other/indexes").write_text("a file where a folder must be")
    before = _everything(live.root)
    assert "other/indexes" in _refused(live, "export", "--out", "other")
    assert _everything(live.root) == before
    (live.root / "other/indexes").unlink()
    (live.root / "other/indexes").mkdir()
    for name in ("docs-v1", "lonely"):
        head = f"apiVersion: azure-ai-search\nkind: SynonymMap\nmetadata: {{name: {name}}}\n"
        text = head + "spec: {format: solr, synonyms: a}\n"
        (live.root / f"other/indexes/{name}.yaml").write_text(text)
    said = _refused(live, "export", "--out", "other")
    assert "indexes/docs-v1.yaml" in said
    assert "indexes/lonely.yaml" in said
    assert not (live.root / "other/datasources").exists()


def test_a_folder_outside_of_the_project_is_refused(live: World) -> None:
    project = live.root / "search"
    project.mkdir()
    url, key, live.root = live.service.url, "RECONCILER_API_KEY", project
    said = _refused(live, "export", "--endpoint", url, "--api-key-env", key, "--out", "..")
    assert ".. lies outside the project" in said
    assert not list(project.iterdir())


def test_a_project_that_is_there_is_not_made(live: World) -> None:
    (live.root / "reconciler.yaml").write_text("mine")
    ran = _refused(live, "export", "--endpoint", live.service.url)
    assert "reconciler.yaml" in ran
    assert "not overwritten" in ran
    assert _everything(live.root) == {"reconciler.yaml": "mine"}


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ([], "make one with --endpoint URL"),
        (["--endpoint", "my-service"], "https://NAME.search.windows.net"),
        (["--endpoint", URL, "--api-key-env", "NO_SUCH"], "NO_SUCH is not set"),
        (["--api-key-env", "A"], "--api-key-env goes with --endpoint"),
        (["--endpoint", URL, "--target", "Index"], "is not an address"),
        (["--endpoint", "URL", "--target", "Index/lonly"], "did you mean `Index/lonely`?"),
    ],
)
def test_what_is_asked_wrongly(live: World, options: list[str], said: str) -> None:
    key = ["--api-key-env", "RECONCILER_API_KEY"] if "URL" in options else []
    given = [live.service.url if option == "URL" else option for option in options]
    assert said in _refused(live, "export", *given, *key)
    assert _everything(live.root) == {}


def test_a_service_without_objects(world: World) -> None:
    empty(world)
    key = ("--api-key-env", "RECONCILER_API_KEY")
    ran = world.cli("export", "--endpoint", world.service.url, *key)
    assert ran.code == 0
    assert ran.out == (
        "Nothing to export: what is live is declared, or left out.\n"
        "Wrote manifests/.gitkeep\nWrote reconciler.yaml\n"
    )
    ran = world.cli("plan", "--detailed-exitcode")
    assert (ran.code, ran.err) == (0, "")
    world.service.put("Index/later", {"fields": FIELDS})
    assert world.cli("export").code == 0
    at_rest(world)


def test_another_folder_and_name(live: World) -> None:
    url, key = live.service.url, "RECONCILER_API_KEY"
    options = ["--endpoint", url, "--api-key-env", key, "-e", "live", "--project", "search"]
    (live.root / "search").mkdir()
    assert live.cli("export", *options, "--out", "search/taken over").code == 0
    text = (live.root / "search/reconciler.yaml").read_text()
    assert "manifests: [taken over/]" in text
    assert "    live:\n" in text
    assert live.cli("plan", "--project", "search", "--detailed-exitcode").code == 0


@pytest.mark.parametrize(("out", "root"), [(".", "./"), ("x/..", "./"), ("../search", "./")])
def test_a_folder_around_the_project(
    live: World,
    out: str,
    root: str,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    others = tmp_path_factory.mktemp("others")
    (others / "somebody-elses.yaml").write_text("kind: [")
    monkeypatch.setattr(tempfile, "tempdir", str(others))
    project = live.root / "search"
    project.mkdir()
    url, key = live.service.url, "RECONCILER_API_KEY"
    live.root = project
    ran = live.cli("export", "--endpoint", url, "--api-key-env", key, "--out", out)
    assert ran.code == 0, ran.err
    assert f"manifests: [{root}]" in (project / "reconciler.yaml").read_text()
    assert (project / root / "indexes/lonely.yaml").exists()
    at_rest(live)
    at_rest(live)  # what was cached is judged alike


def test_several_environments(live: World) -> None:
    text = f"""\
        apiVersion: reconciler/v1
        kind: Project
        metadata: {{name: a}}
        spec:
          environments:
            one: &service
              service:
                endpoint: {live.service.url}
                credential: {{apiKey: "${{env.RECONCILER_API_KEY}}"}}
            two: *service
        """
    live.write("reconciler.yaml", text)
    assert live.cli("export", "-e", "one").code == 0
    assert live.cli("plan", "-e", "one", "--detailed-exitcode").code == 0
    assert "  environments: [one]\n" in written(live)
    assert json.loads(live.cli("plan", "-e", "two", "--format", "json").out)["changes"] == []


SERVICE = '{endpoint: "URL", credential: {apiKey: "${env.RECONCILER_API_KEY}"}}'
HEAD = "apiVersion: reconciler/v1\nkind: Project\nmetadata: {name: a}\n"
PROJECTS = {
    "first": f"spec:\n  environments:\n    e: {{service: {SERVICE}}}\n",
    "flow": f"spec: {{environments: {{e: {{service: {SERVICE}}}}}}}\n",
    "empty": f"""\
spec:
  secrets: {{}}
  external: []
  environments:
    e: {{service: {SERVICE}}}
""",
    "in-brackets": f"""\
spec:
  secrets: {{a: {{env: A}}}} # from the vault
  external: [Index/x]
  environments:
    e: {{service: {SERVICE}}}
""",
    "blocks": f"""\
spec: # all of it
    # where secrets come from
    secrets:
        # the first
        a:
            env: A # its variable
        # no more
    external:
      - Index/x # of another team
    variables:
        text: |
            lines

    environments:
        e:
            service: {SERVICE}
""",
}


@pytest.mark.parametrize("style", PROJECTS)
@pytest.mark.parametrize("ending", ["\n", "\r\n", ""])
def test_lines_are_added_to_any_project(live: World, style: str, ending: str) -> None:
    text = dedent(HEAD + PROJECTS[style]).replace("URL", live.service.url)
    text = text.rstrip("\n") if ending == "" else text.replace("\n", ending)
    project = live.root / "reconciler.yaml"
    project.write_bytes(text.encode())
    live.service.put("Alias/gone", {"indexes": ["lonely"]})
    assert live.cli("export").code == 0, live.cli("export").err
    at_rest(live)
    after = project.read_bytes().decode()
    assert "blobs-connection-string: {keep: true}" in after
    rest = iter(after)
    assert all(character in rest for character in text), "something was taken away"
    assert after.count("\r\n") in (0, after.count("\n"))


def test_json_stays_json(live: World) -> None:
    service = {"endpoint": live.service.url, "credential": {"apiKey": "${env.RECONCILER_API_KEY}"}}
    spec = {"environments": {"e": {"service": service}}}
    head = {"apiVersion": "reconciler/v1", "kind": "Project", "metadata": {"name": "a"}}
    project = live.root / "reconciler.yaml"
    project.write_text(json.dumps({**head, "spec": spec}, indent=2))
    assert live.cli("export").code == 0
    at_rest(live)
    kept = {"blobs-connection-string": {"keep": True}}
    assert json.loads(project.read_text()) == {**head, "spec": {**spec, "secrets": kept}}


def _refused(world: World, *arguments: str) -> str:
    """What is said to a command that fails; it is for people."""
    world.environ.pop("RECONCILER_DEBUG", None)
    ran = world.cli(*arguments)
    assert ran.code == 1, ran.out
    assert "Traceback" not in ran.err
    return ran.err


def _everything(root: Path) -> dict[str, str]:
    return {
        str(path.relative_to(root)): path.read_text()
        for path in root.rglob("*")
        if path.is_file() and ".reconciler" not in path.parts
    }
