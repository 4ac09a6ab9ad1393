"""Small input that stands for endless work: refused in a moment and in little memory, with a place.

A pull request of a stranger is planned too. Each case runs as a process of its own.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.world import World

SECONDS, MEGABYTES = 20, 200
"""Far more than is needed on an idle machine, and far less than what is refused would need."""

MEASURED = """
import re, resource, sys
from pathlib import Path
from reconciler.cli import run
code = run(sys.argv[1:])
status = Path("/proc/self/status")
if status.exists():  # `ru_maxrss` is also that of the process that started this one
    peak = int(re.search(r"VmHWM:\\s+(\\d+) kB", status.read_text())[1])
else:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
print("peak", peak // 1024)
sys.exit(code)
"""

MAP = """\
apiVersion: azure-ai-search
kind: SynonymMap
metadata: {name: words}
spec:
  format: solr
  synonyms: %s
"""


def project(spec: str) -> str:
    return f"""\
apiVersion: reconciler/v1
kind: Project
metadata: {{name: test}}
spec:
{spec}  environments:
    test: {{service: {{endpoint: "http://127.0.0.1:9"}}}}
"""


def variables(count: int, value: str, last: str = "x") -> str:
    """Variables, each made of the next one as the value says."""
    lines = [f"    v{n}: {value.replace('NEXT', f'${{var.v{n + 1}}}')}\n" for n in range(count)]
    return project(f"  variables:\n{''.join(lines)}    v{count}: {last}\n")


def aliases(levels: int, first: str, level: str) -> str:
    """Anchors, each made of the one before it as the level says."""
    lines = [level.replace("THIS", f"a{n}").replace("LAST", f"a{n - 1}") for n in range(1, levels)]
    return "".join((f"a0: &a0 {first}\n", *lines))


def ten(text: str) -> str:
    return ", ".join([text] * 10)


Files = dict[str, str]
ONE = {"manifests/a.yaml": MAP % "${var.v0}"}
LARGE = "what expressions stand for is larger than 16,777,216 characters"
CASES: dict[str, tuple[Files, str]] = {
    "variables that double": (
        {"reconciler.yaml": variables(40, '"NEXTNEXT"'), **ONE},
        f"manifests/a.yaml:6:13: error: {LARGE}",
    ),
    "variables that double lists": (
        {"reconciler.yaml": variables(40, '["NEXT", "NEXT"]'), **ONE},
        f"manifests/a.yaml:6:13: error: {LARGE}",
    ),
    "variables that double mappings": (
        {"reconciler.yaml": variables(40, '{a: "NEXT", b: "NEXT"}'), **ONE},
        f"manifests/a.yaml:6:13: error: {LARGE}",
    ),
    "variables that grow by what is large": (
        {"reconciler.yaml": variables(2, '"' + "NEXT" * 40 + '"', "x" * 100_000), **ONE},
        f"manifests/a.yaml:6:13: error: {LARGE}",
    ),
    "variables in a long row": (
        {"reconciler.yaml": variables(3_000, '"NEXT"'), **ONE},
        "manifests/a.yaml:6:13: error: an expression leads to others more than 50 times",
    ),
    "variables that nest": (
        {"reconciler.yaml": variables(30, f'{"[" * 50}"NEXT"{"]" * 50}'), **ONE},
        "manifests/a.yaml:6:13: error: nested deeper than 100 levels",
    ),
    "a variable that is used often": (
        {
            "reconciler.yaml": variables(0, "", "x" * 1_000_000),
            "manifests/a.yaml": "---\n".join(MAP % "${var.v0}" for _ in range(1_000)),
        },
        f"manifests/a.yaml:118:13: error: {LARGE}",
    ),
    "a file that is used often": (
        {
            "manifests/a.yaml": "---\n".join(MAP % "${file:words.txt}" for _ in range(1_000)),
            "words.txt": "x" * 1_000_000,
        },
        f"manifests/a.yaml:118:13: error: {LARGE}",
    ),
    "a document that is used often": (
        {
            "manifests/a.yaml": MAP % ("x" * 1_000_000),
            "manifests/b.yaml": (MAP % f'"{"${SynonymMap.words/synonyms}" * 100}"').replace(
                "words}", "more}", 1
            ),
        },
        f"manifests/b.yaml:6:13: error: {LARGE}",
    ),
    "aliases that multiply lists": (
        {"manifests/a.yaml": aliases(30, "x", f"THIS: &THIS [{ten('*LAST')}]\n")},
        "manifests/a.yaml:1:1: error: its aliases stand for more than",
    ),
    "aliases that multiply a long text": (
        {"manifests/a.yaml": f"a: &a {'x' * 100_000}\nb: [{', '.join(['*a'] * 10_000)}]\n"},
        "manifests/a.yaml:1:1: error: its aliases stand for more than",
    ),
    "aliases that multiply keys": (
        {"manifests/a.yaml": aliases(30, "{x: 1}", "THIS: &THIS {a: *LAST, b: *LAST}\n")},
        "manifests/a.yaml:1:1: error: its aliases stand for more than",
    ),
    "aliases in many documents": (
        {
            "manifests/a.yaml": "---\n".join(
                aliases(4, "x", f"THIS: &THIS [{ten('*LAST')}]\n") for _ in range(3_000)
            )
        },
        "error: its aliases stand for more than",
    ),
    "values that are very many": (
        {"manifests/a.yaml": f"{MAP % 'x'}x: [{'1,' * 1_900_000}1]"},
        "manifests/a.yaml:7:799971: error: the file holds more than 400,000 values",
    ),
    "documents that are very many": (
        {
            "manifests/a.yaml": "---\n".join(
                MAP % "[1, 2, 3, 4, 5, 6, 7, 8, 9]" for _ in range(30_000)
            )
        },
        "error: the file holds more than 400,000 values",
    ),
    "values that are very many, as JSON": (
        {"manifests/a.json": f"[{'1,' * 1_900_000}1]"},
        "manifests/a.json:1:1: error: its values stand for more than 16,777,216 characters",
    ),
    "merges that multiply": (
        {"manifests/a.yaml": aliases(9, "{x: 1}", f"THIS: &THIS\n  <<: [{ten('*LAST')}]\n")},
        "error: its merges stand for more than",
    ),
    "aliases in the project file": (
        {"reconciler.yaml": aliases(30, "x", f"THIS: &THIS [{ten('*LAST')}]\n")},
        "reconciler.yaml:1:1: error: its aliases stand for more than",
    ),
    "a number of 100,000 hexadecimal digits": (
        {"manifests/a.yaml": MAP % f"0x{'f' * 100_000}"},
        "manifests/a.yaml:6:13: error: a value that JSON does not have (int)",
    ),
    "a number of 1,000,000 digits": (
        {"manifests/a.yaml": MAP % ("1" * 1_000_000)},
        "manifests/a.yaml:1:1: error: not valid YAML: a number has more than 4,300 digits",
    ),
    "a number of 1,000,000 digits, as JSON": (
        {"manifests/a.json": '{"a": ' + "1" * 1_000_000 + "}"},
        "manifests/a.json:1:1: error: not valid YAML: a number has more than 4,300 digits",
    ),
    "an ordered mapping that is none": (
        {"manifests/a.yaml": "a: !!omap [a: 1, a: 1]\n"},
        "manifests/a.yaml:1:1: error: not valid YAML: it cannot be parsed",
    ),
    "half of a surrogate pair": (
        {"manifests/a.json": '{"spec": {"a": "\\ud800"}}'},
        "manifests/a.json:1:1: error: a character that no text can hold",
    ),
    "half of a surrogate pair in a key": (
        {"manifests/a.json": '{"spec": {"\\udfff": 1}}'},
        "manifests/a.json:1:1: error: a character that no text can hold",
    ),
}


def measured(world: World, *arguments: str) -> tuple[int, str, int]:
    """Exit code, what was printed on stderr, and the peak of memory in megabytes."""
    ran = subprocess.run(
        [sys.executable, "-c", MEASURED, *arguments],
        cwd=world.root,
        env={**os.environ, **world.environ},
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    return ran.returncode, ran.stderr, int(ran.stdout.split("peak ")[1])


@pytest.mark.parametrize(("files", "said"), CASES.values(), ids=CASES)
def test_what_multiplies_is_refused(offline: World, files: Files, said: str) -> None:
    for path, text in files.items():
        (offline.root / path).write_text(text)
    code, err, peak = measured(offline, "validate")
    assert code == 1
    assert said in err
    assert "fault of the tool" not in err
    assert peak < MEGABYTES


def pipe(path: Path) -> None:
    os.mkfifo(path)


def door(path: Path) -> None:
    """A socket; its path may be longer than a socket's address."""
    before = os.open(".", os.O_RDONLY)
    os.chdir(path.parent)
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(path.name)
    os.chdir(before)
    os.close(before)


def device(path: Path) -> None:
    path.symlink_to("/dev/zero")


@pytest.mark.skipif(os.name != "posix", reason="such files are of POSIX systems")
@pytest.mark.parametrize("make", [pipe, door, device])
@pytest.mark.parametrize(
    "file", ["manifests/a.yaml", "words.txt", "key.txt", "reconciler.yaml", "plan.json"]
)
def test_what_would_block_is_not_waited_for(
    offline: World, file: str, make: Callable[[Path], None]
) -> None:
    text = project("  secrets: {key: {file: key.txt}}\n")
    (offline.root / "reconciler.yaml").write_text(text)
    (offline.root / "manifests/b.yaml").write_text(MAP % '"${file:words.txt}${secret.key}"')
    for other in ("words.txt", "key.txt"):
        (offline.root / other).write_text("x")
    path = offline.root / file
    path.unlink(missing_ok=True)
    make(path)
    command = ("show", file) if file == "plan.json" else ("validate",)
    code, err, _ = measured(offline, *command)
    assert code == 1
    assert file in err or "secret `key`" in err
    assert "fault of the tool" not in err


@pytest.mark.skipif(os.name != "posix", reason="variables of Windows are text")
@pytest.mark.parametrize("name", ["WORD", "KEY"])
def test_a_variable_that_is_no_text_is_named(offline: World, name: str) -> None:
    (offline.root / "reconciler.yaml").write_text(project("  secrets: {key: {env: KEY}}\n"))
    (offline.root / "manifests/a.yaml").write_text(MAP % '"${env.WORD}${secret.key}"')
    offline.environ |= {"WORD": "x", "KEY": "x", name: "\udcff"}
    code, err, _ = measured(offline, "validate")
    assert code == 1
    assert "manifests/a.yaml:6:13: error: " in err
    assert f"`{name if name == 'WORD' else 'key'}` is not UTF-8" in err
