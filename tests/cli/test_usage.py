"""Help, version, and what is said to somebody who mistypes: never 2, which means changes."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest

from reconciler.cli import COMMANDS
from reconciler.version import __version__
from tests.world import World

BENEATH = {"ledger": ("list", "forget"), "lint": ("list",)}
EVERY = [
    *((name,) for name in COMMANDS),
    *((name, inner) for name, inners in BENEATH.items() for inner in inners),
]
WRONG = {
    "": "Commands:",
    "aply": "no such command 'aply'. Did you mean 'apply'?",
    "--verbose": "no such option '--verbose'",
    "plan --bogus": "no such option '--bogus'",
    "plan extra": "got unexpected extra argument (extra)",
    "plan --format xml": "invalid value for '--format': 'xml' is not one of",
    "plan --out": "option '--out' requires an argument",
    "plan --var novalue": "invalid value for --var: 'novalue' is not K=V",
    "plan --var =x": "invalid value for --var",
    "plan --target docs": "invalid value for --target: 'docs' is not an address",
    "plan --exclude Index/": "invalid value for --exclude",
    "plan --consent maybe": "invalid value for --consent: 'maybe' is no consent: write mass-change",
    "plan --consent mass-chnge": "'mass-chnge' is no consent: did you mean `mass-change`?",
    "plan --consent Index/docs:delte": "'delte' is no action: did you mean `delete`?",
    "plan --consent Index/:delete": "invalid value for --consent: 'Index/' is not an address",
    "plan -e nowhere": "no environment `nowhere`",
    "plan --var nobody=1": "--var nobody: no such variable",
    "plan --target Index/nobody": "Index/nobody is neither declared nor in the ledger",
    "plan --project nowhere": "there is no nowhere in ",
    "apply --concurrency 0": "0 is not in the range",
    "apply --concurrency many": "'many' is not a valid integer",
    "apply": "nobody is there to answer: add --yes",
    "apply gone.json": "gone.json: error: cannot read the file: No such file or directory",
    "apply gone.json --target Index/docs": "gone.json",
    "apply --timeout soon": "'soon' is not a time: write 90s, 30m or 2h",
    "run": "missing argument 'INDEXER...'",
    "run Index/docs": "invalid value for INDEXER: Index/docs is not Indexer",
    "run Indexer/": "invalid value for INDEXER: 'Indexer/' is not an address",
    "reset": "missing argument 'INDEXER...'",
    "status Index/docs": "invalid value for INDEXER",
    "query docs": "missing option '--text'",
    "query --text a": "missing argument 'INDEX'",
    "test nobody": "no Check and no EmbeddingModel is called nobody: there are: none",
    "show": "missing argument 'FILE'",
    "show gone.json": "gone.json: error: cannot read the file: No such file or directory",
    "show manifests": "manifests:1:1: error: this is not a file",
    "ledger": "Commands:",
    "ledger forget": "missing argument 'ADDRESS'",
    "ledger forget docs": "invalid value for ADDRESS: 'docs' is not an address",
    "ledger forget Index/nobody": "Index/nobody is not in the ledger",
    "emulator --port 70000": "70000 is not in the range",
    "emulator --tier huge": "huge",
    "emulator --language-analyzers some": "'some' is not one of",
    "emulator --text-model bert": "'bert' is not one of",
    "emulator --azure --subscription mine": "'mine' is not a valid UUID",
    "emulator --deployment mine": "`mine` is not NAME=MODEL",
    "emulator --deployment mine=gpt-4o": "deployment mine: no model `gpt-4o`",
}


@pytest.mark.parametrize("command", EVERY, ids=" ".join)
@pytest.mark.parametrize("option", ["--help", "-h"])
def test_help(world: World, command: tuple[str, ...], option: str) -> None:
    ran = world.cli(*command, option)
    assert (ran.code, ran.err) == (0, "")
    usage, _, what, *_ = ran.out.splitlines()
    assert usage.startswith(f"Usage: reconciler {' '.join(command)} ")
    assert len(what.split()) > 3, "it says what the command does"
    exits = command[0] in BENEATH and len(command) == 1
    assert exits or "Exit codes: 0 " in " ".join(ran.out.split()), "it says how it exits"
    unexplained = re.findall(r"^  -.*\n(?=  -|$)", ran.out, re.MULTILINE)
    assert all("  " in line.strip() for line in unexplained), "every option is explained"


def test_help_lists_every_command(world: World) -> None:
    out = world.cli("--help").out
    for name, what in COMMANDS.items():
        assert any(line.split() == [name, *what.split()] for line in out.splitlines()), name


@pytest.mark.parametrize("command", [[], ["ledger"]])
def test_a_command_without_its_command_shows_its_help(world: World, command: list[str]) -> None:
    """As it would be shown on request, but for the exit code and where."""
    ran = world.cli(*command)
    assert ran == (1, "", world.cli(*command, "--help").out)


@pytest.mark.parametrize("option", ["--timeout", "--call-timeout"])
def test_no_time_is_no_time(world: World, option: str) -> None:
    world.declare("SynonymMap/docs", "{format: solr, synonyms: a}")
    ran = world.cli("plan", option, "0s", env={"RECONCILER_DEBUG": ""})
    assert ran.code == 1
    assert f"{option} is 0s" in ran.err


def test_a_plan_is_saved_whole_or_not_at_all(world: World) -> None:
    """What is no file is not written to: a pipe would block until somebody reads it."""
    world.declare("SynonymMap/docs", "{format: solr, synonyms: a}")
    os.mkfifo(world.root / "pipe")
    for target in ("pipe", "manifests", "/dev/full"):
        ran = world.cli("plan", "--out", target, env={"RECONCILER_DEBUG": ""})
        assert ran.code == 1
        assert f"error: {target} is not a file" in ran.err
    assert world.cli("plan", "--out", "plan.json").code == 0
    assert world.cli("show", "plan.json").code == 0
    assert not list(world.root.glob(".*tmp"))


@pytest.mark.skipif(sys.platform == "win32", reason="it has no limit on the size of files")
@pytest.mark.parametrize("size", [0, 100, 600])
def test_a_full_disk_is_told_before_anything_is_written(world: World, size: int) -> None:
    """With the file that there was no room for; and no part of any file stays."""
    world.declare("SynonymMap/docs", "{format: solr, synonyms: a}")
    world.environ["RECONCILER_DEBUG"] = ""
    limited = f"import resource as r; r.setrlimit(r.RLIMIT_FSIZE, ({size}, r.RLIM_INFINITY))"
    code = f"{limited}; from reconciler.cli import run; raise SystemExit(run(['apply', '--yes']))"
    ran = subprocess.run(
        [sys.executable, "-c", code],
        cwd=world.root,
        env={**os.environ, **world.environ},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 1
    assert "test.ledger.json: File too large" in ran.stderr
    assert "Traceback" not in ran.stderr
    assert world.service.objects() == set()
    assert not list(world.root.rglob("*.tmp"))
    world.apply()


def test_version(world: World) -> None:
    assert world.cli("--version") == (0, f"reconciler, version {__version__}\n", "")


@pytest.mark.parametrize(("command", "said"), WRONG.items())
def test_wrong(world: World, command: str, said: str) -> None:
    world.declare("Index/docs", "fields:\n  - {name: id, type: Edm.String, key: true}\n")
    ran = world.cli(*command.split())
    assert (ran.code, said in ran.err) == (1, True), ran.err
    assert not ran.err.count("Traceback")
    assert "fault of the tool" not in ran.err
    assert len(ran.err.splitlines()) <= 30
    assert not world.writes()
