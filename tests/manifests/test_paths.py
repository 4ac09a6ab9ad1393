"""Names and paths of a project lead nowhere outside of it, and no link is passed over."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reconciler.ledger import FileStore
from reconciler.model.problem import ProblemsError
from tests.manifests.test_files import INDEX
from tests.manifests.test_hostile import MAP, project
from tests.world import World

NAMES = ["../../evil", "..", ".", "", "/etc/x", "a/b", "a\\b", "C:", "x y", "a\nb", "ä", "-x"]
OUTSIDE = ["../outside", "/etc", "a/../../outside", "..", "link-out", "link-out/file"]


def environment(name: str) -> str:
    quoted = name.replace("\\", "\\\\").replace("\n", "\\n").replace("\0", "\\0")
    return project("").replace("    test:", f'    "{quoted}":')


@pytest.mark.parametrize("name", [*NAMES, "x" * 65])
def test_an_environment_is_called_what_a_file_may_be_called(offline: World, name: str) -> None:
    (offline.root / "reconciler.yaml").write_text(environment(name))
    for command in ("validate", "plan", "apply -y", "drift", "destroy -y", "ledger list"):
        ran = offline.cli(*command.split())
        assert ran.code == 1
        assert "reconciler.yaml:6:5: error: an environment cannot be called " in ran.err
    assert {p.name for p in offline.root.iterdir()} <= {"reconciler.yaml", "manifests"}


def test_environments_that_one_file_name_would_stand_for(offline: World) -> None:
    text = environment("prod") + environment("Prod").splitlines()[-1] + "\n"
    (offline.root / "reconciler.yaml").write_text(text)
    ran = offline.cli("validate")
    assert (ran.code, "`prod` and `Prod` differ only in case" in ran.err) == (1, True)


@pytest.mark.parametrize("name", ["dev", "prod-2", "a.b_c", "7"])
def test_usual_names_of_environments(offline: World, name: str) -> None:
    (offline.root / "reconciler.yaml").write_text(environment(name))
    assert offline.cli("validate").code == 0


@given(name=st.text(st.sampled_from("./\\:a~\0\n ")) | st.text())
def test_no_ledger_lies_outside_of_its_folder(tmp_path: Path, name: str) -> None:
    try:
        ledger = FileStore(tmp_path, "project", name, "https://x.search.windows.net")
    except ProblemsError:
        return
    assert ledger.path.parent == tmp_path
    assert ledger.path.resolve().parent == tmp_path.resolve()


@pytest.mark.parametrize("path", OUTSIDE)
@pytest.mark.parametrize("place", ["manifests", "secret", "expression"])
def test_paths_that_lead_out(offline: World, place: str, path: str) -> None:
    outside = offline.root.parent / f"{offline.root.name}-outside"
    outside.mkdir()
    (outside / "file").write_text(INDEX)
    (offline.root / "link-out").symlink_to(outside)
    spec = {
        "manifests": f"  manifests: [{path}]\n",
        "secret": f"  secrets: {{key: {{file: {path}}}}}\n",
        "expression": "",
    }[place]
    (offline.root / "reconciler.yaml").write_text(project(spec))
    if place == "expression":
        (offline.root / "manifests/a.yaml").write_text(MAP % f"${{file:{path}}}")
    ran = offline.cli("validate")
    assert ran.code == 1
    assert ran.err.count(": error: ") == 1
    assert "lies outside the project" in ran.err
    assert "manifests/a.yaml:6:13: " in ran.err if spec == "" else "reconciler.yaml:5:" in ran.err


def test_a_linked_folder_and_a_linked_file_are_read(offline: World) -> None:
    offline.write("elsewhere/docs.yaml", INDEX)
    offline.write("elsewhere/deep/more.yaml", INDEX.replace("docs", "more"))
    offline.write("last.yaml", INDEX.replace("docs", "last"))
    (offline.root / "manifests/shared").symlink_to(offline.root / "elsewhere")
    (offline.root / "manifests/last.yaml").symlink_to("../last.yaml")
    assert offline.cli("validate").out == "3 objects: no errors.\n"


def test_a_folder_is_read_once_however_many_links_lead_to_it(offline: World) -> None:
    """Also where links lead in a circle, or double at each level."""
    folder = offline.root / "manifests"
    (folder / "docs.yaml").write_text(INDEX)
    (folder / "circle").symlink_to(".")
    for level in range(40):
        (folder / f"f{level}").mkdir()
        (folder / f"f{level}/a").symlink_to(f"../f{level + 1}")
        (folder / f"f{level}/b").symlink_to(f"../f{level + 1}")
    (folder / "f40").mkdir()
    assert offline.cli("validate").out == "1 object: no errors.\n"


@pytest.mark.parametrize("target", ["nowhere", "/etc", "../..", "../../nowhere", "shared"])
@pytest.mark.parametrize("name", ["shared", "shared.yaml"])
def test_a_link_that_cannot_be_followed_is_not_passed_over(
    offline: World, name: str, target: str
) -> None:
    (offline.root / "manifests" / name).symlink_to(target.replace("shared", name))
    ran = offline.cli("validate")
    assert ran.code == 1
    assert ran.err.startswith(f"manifests/{name}:1:1: error: ")


@pytest.mark.parametrize("name", ["a.yaml", "a.yml", "a.json", "a.YAML", "a b.yaml", "ä.Yml"])
def test_what_is_a_manifest(offline: World, name: str) -> None:
    offline.write(f"manifests/{name}", "hello\n")
    ran = offline.cli("validate")
    assert (ran.code, ran.err.startswith(f"manifests/{name}:1:1: error: ")) == (1, True)
